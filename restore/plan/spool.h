#ifndef RESTORE_SPOOL_H
#define RESTORE_SPOOL_H

#include <stdio.h>

#include "archive/outcome.h"

/* A private file without a name in TMPDIR or /tmp: it is gone when it is
 * closed.  NULL, said. */
FILE *spool_open(void) MUST_CHECK;

#endif
