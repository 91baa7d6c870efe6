#ifndef ARCHIVE_TIE_SPOT_H
#define ARCHIVE_TIE_SPOT_H

#include "archive/look/sweep.h"

/**
 * tie_spot: which ties show at a place of a bundle (tie_spot_table.h); for tie
 * alone.
 */

/* The name of a tie that shows at ${p}, from ${*pos} (0 at first) on in the
 * table, or NULL: no more.  The same one may come twice. */
const char *tie_next(const struct sweep_place *p, size_t *pos);

/* Is this a place that clients outside are given? */
int tie_is_public(const struct sweep_place *p);

/* The option's name in a label ("[vnc] server_listen#2", "--my_ip"), with its
 * length; NULL: it is none. */
const char *tie_option(const char *label, size_t *len);

#endif
