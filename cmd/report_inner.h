#ifndef CMD_REPORT_INNER_H
#define CMD_REPORT_INNER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "archive/outcome.h"

/* What the halves of report share. */

/* A malloced string, or NULL, said. */
char *report_format(const char *fmt, va_list ap)
    __attribute__((format(printf, 1, 0))) MUST_CHECK;

/* Print text with control bytes escaped, but for those in ${kept}: 0, or -1
 * said. */
int
report_escaped(FILE *f, const char *s, size_t len, const char *kept) MUST_CHECK;

/* Such text, tabs kept: malloced, or NULL, said. */
char *report_shown(const char *s, size_t len) MUST_CHECK;

#endif
