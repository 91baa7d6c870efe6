#ifndef RESTORE_SHARE_HASH_H
#define RESTORE_SHARE_HASH_H

#include "archive/outcome.h"

#include <stddef.h>

/* Room for each of the hashes, and how many there are. */
#define SHARE_HASH   33
#define SHARE_HASHES 2

/**
 * share_hash(kind, share, len, text):
 * The name of a share's folder: 0: MD5, as nova and cinder since 2013.1 and
 * os-brick make it; 1: what hash() of Python 2 gives on 64 bits without -R, as
 * a number without sign, as those of 2012.2 made it.  0, or -1 said.
 */
int share_hash(
    int kind, const char *share, size_t len, char text[SHARE_HASH]) MUST_CHECK;

#endif
