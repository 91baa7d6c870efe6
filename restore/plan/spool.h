#ifndef RESTORE_SPOOL_H
#define RESTORE_SPOOL_H

#include <stdio.h>

#include "archive/outcome.h"

/**
 * A private file without a name in TMPDIR or /tmp: it is gone when it is
 * closed.  What stands in it comes from a bundle, so it is encrypted, with a
 * key that only this process has, and only for as long as it is open.
 *
 * It is written at its end and read anywhere; to write over what stands there
 * is refused (EINVAL), for that would use the cipher's stream twice.  It has no
 * descriptor.  NULL, said.
 */
FILE *spool_open(void) MUST_CHECK;

#endif
