#ifndef ARCHIVE_SWEEP_PATTERN_H
#define ARCHIVE_SWEEP_PATTERN_H

#include "archive/address/address.h"
#include "archive/buf.h"

/**
 * sweep_pattern: what all spellings of an address that address.h finds have in
 * common, as patterns of SQL.  They fit more, never less.
 *
 * IPv4: its four numbers, zeros in front or not, with dots or hyphens between
 * them; or its two groups in hex behind ffff: (::ffff:a02:740e).  IPv6: those
 * of its first six groups that are not zero, each with a colon behind, in their
 * order; the last two may be written as an IPv4 address.
 */

/* Append the ${n}th pattern of LIKE, of digits, ":", "_" and "%" alone: 1, 0
 * when there is none, -1 said. */
int sweep_like(const struct address *a, size_t n, struct buf *out) MUST_CHECK;

/* Append one regular expression for a server whose REGEXP is PCRE (MariaDB),
 * over bytes: 0, or -1 said. */
int sweep_regexp(const struct address *a, struct buf *out) MUST_CHECK;

#endif
