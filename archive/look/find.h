#ifndef ARCHIVE_FIND_H
#define ARCHIVE_FIND_H

#include "archive/address/address.h"
#include "archive/look/sweep.h"

/**
 * find: what somebody looks for: addresses in any spelling, ranges, DNS names.
 */
struct find;

struct find *find_new(void) MUST_CHECK;
void find_free(struct find *f);

/**
 * find_add(f, text):
 * Look for ${text}, too: "10.2.116.14", "10.2.116.0/24", "2001:db8::1",
 * "ctl.old.example".  0, or -1 said: it is none of these.
 */
int find_add(struct find *f, const char *text) MUST_CHECK;

/**
 * find_match(f, bytes, len, off, mlen):
 * How often anything looked for stands in the bytes, as a whole token; the
 * first one's place in ${*off}, ${*mlen} when there is one.  Names are compared
 * as DNS does, any case, and never match a part of a longer name.
 */
size_t find_match(const struct find *f, const char *bytes, size_t len,
    size_t *off, size_t *mlen);

/**
 * find_glance(f, bytes, len, rows):
 * Where the first spot is that is worth a find_match: an offset, or ${len}: no
 * place in the bytes of a file, or with ${rows} of rows as tabfile has them,
 * holds what is looked for, however it is spelled or coded (inner.h).  May err
 * to the safe side.  Many times as fast as find_match; goes on from what stands
 * before ${bytes} in no way: they begin and end between two rows.
 */
size_t
find_glance(const struct find *f, const char *bytes, size_t len, int rows);

/**
 * find_network(f, net, prefix):
 * 1 when an address or range that is looked for lies in the network, or covers
 * a part of it: what a pattern such as 10.2.116.% stands for.
 */
int find_network(const struct find *f, const struct address *net, int prefix);

#endif
