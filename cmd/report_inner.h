#ifndef CMD_REPORT_INNER_H
#define CMD_REPORT_INNER_H

#include <stddef.h>
#include <stdio.h>

#include "archive/outcome.h"

/* What the halves of report share. */

/* Print text with control bytes escaped, but for those in ${kept}: 0, or -1
 * said. */
int
report_escaped(FILE *f, const char *s, size_t len, const char *kept) MUST_CHECK;

/* Such text, tabs kept: malloced, or NULL, said. */
char *report_shown(const char *s, size_t len) MUST_CHECK;

#endif
