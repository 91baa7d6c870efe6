#ifndef ARCHIVE_PATH_H
#define ARCHIVE_PATH_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * path: the judge of names.  What a bundle calls its items, tables, columns,
 * hosts and owners comes through here before anything is done with it.
 */

/**
 * path_text(s, most):
 * 1 when ${s} is a text that people can read as it is: not NULL, not empty, at
 * most ${most} bytes, UTF-8, and every character of it visible (warn_visible);
 * else 0.  Untrusted input: yes.  Allocates: nothing.
 */
int path_text(const char *s, size_t most);

/**
 * path_check(name):
 * Decide whether ${name} may name a bundle entry: relative, canonical, at most
 * LIMIT_NAME bytes, path_text, no "." or ".." part, no empty part, no
 * backslash.  Return 0, or -1 with errno set to EINVAL.
 * Untrusted input: yes.  Allocates: nothing.
 */
int path_check(const char *name) MUST_CHECK;

/**
 * path_fold(name, how):
 * A malloced text that two names share when they are twins; NULL (said) when
 * memory ends.  ${name} is UTF-8.
 */
enum path_fold {
	PATH_FOLD_SAME, /* the same characters in other code points (NFC) */
	PATH_FOLD_LIKE  /* and what differs in case, width or form alone */
};
char *path_fold(const char *name, enum path_fold how) MUST_CHECK;

/* 1 when path_fold would give just the name again, as is easily seen; 0: it
 * may.
 */
int path_folded(const char *name, enum path_fold how);

/* ${name} with each byte that is not printable ASCII as \xNN, malloced: twins
 * look the same otherwise.  NULL (said) when memory ends. */
char *path_bytes(const char *name) MUST_CHECK;

/* 1 when the bytes are valid UTF-8 (a NUL byte is), else 0.  Untrusted: yes. */
int path_utf8(const char *bytes, size_t len);

/* 1 when the shell pattern ${glob} (fnmatch, * also spans slashes) fits
 * ${name}. */
int path_glob(const char *glob, const char *name);

#endif
