#ifndef RESTORE_STALE_CERTIFICATES_H
#define RESTORE_STALE_CERTIFICATES_H

#include "restore/restore.h"

/**
 * stale_certificates: the certificates of the bundle's node that name an
 * address which the map changes.  No map changes a certificate: it has to be
 * issued again.
 */

/* 0 to go on; else the result of the walk. */
typedef int
stale_fn(void *cookie, const struct certificate *c, const struct address *old);

/**
 * stale_certificates(r, fn, cookie):
 * Call ${fn} for each that is part of this restore, but for those that were
 * issued again: their file here no longer names the old address, or the new one
 * beside it.  Return 0, what ${fn} returned, or -1 said.
 */
int
stale_certificates(struct restore *r, stale_fn *fn, void *cookie) MUST_CHECK;

/* A note of the plan for each: 0, or -1 said. */
int stale_certificates_note(struct restore *r) MUST_CHECK;

#endif
