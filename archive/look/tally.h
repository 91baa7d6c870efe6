#ifndef ARCHIVE_TALLY_H
#define ARCHIVE_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * tally: count how often each name was met below each parent, so that places
 * can be told apart ("disk[2]", "dns_server#2").  Names are borrowed: they must
 * live as long as the tally.
 */
struct tally;

struct tally *tally_new(void) MUST_CHECK;
void tally_free(struct tally *t);

/* Count a name: 1 for the first time, 2 for the second ...; 0 when memory ends
 * (said by warn). */
size_t tally_add(
    struct tally *t, size_t parent, const char *name, size_t len) MUST_CHECK;

/* How often it was added. */
size_t
tally_count(const struct tally *t, size_t parent, const char *name, size_t len);

#endif
