#ifndef ARCHIVE_PATH_H
#define ARCHIVE_PATH_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * path_check(name):
 * Decide whether ${name} may name a bundle entry: relative, canonical, at most
 * LIMIT_NAME bytes, valid UTF-8, no "." or ".." part, no empty part, no control
 * byte, no backslash.  Return 0, or -1 with errno set to EINVAL.
 * Untrusted input: yes.  Allocates: nothing.
 */
int path_check(const char *name) MUST_CHECK;

/* 1 when the bytes are valid UTF-8 (a NUL byte is), else 0.  Untrusted: yes. */
int path_utf8(const char *bytes, size_t len);

/* 1 when the shell pattern ${glob} (fnmatch, * also spans slashes) fits
 * ${name}. */
int path_glob(const char *glob, const char *name);

#endif
