#ifndef CMD_MOVE_H
#define CMD_MOVE_H

#include "archive/look/whose.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "restore/restore.h"

/* What restore and verify have in common. */

/* The command line as options of a restore, which borrow from it. */
void move_options(const struct options *o, struct restore_options *opt);

/* What is compared with what, as JSON. */
void move_describe(struct report *r, const struct restore *re);

/* The array "addresses" (addresses.h), by the bundle and the map: 0, or -1
 * said. */
int move_addresses(
    struct report *r, const struct restore *re, struct whose *w) MUST_CHECK;

/* Differences that a verify found, without the leftovers. */
uint64_t move_differences(const struct plan *plan);

/* "no old address is left", as far as the bundle can tell. */
const char *move_none_left(const struct restore *re);

/* "s" unless ${n} is 1. */
const char *move_plural(uint64_t n);

#endif
