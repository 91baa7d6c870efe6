#ifndef ARCHIVE_SUMS_H
#define ARCHIVE_SUMS_H

#include <stddef.h>

#include "archive/buf.h"
#include "archive/bundle/outer.h"
#include "archive/outcome.h"

/**
 * sums: the member SHA256SUMS.  A comment line that says whose it is, then the
 * lines of sha256sum for the members that follow the signature: of those of a
 * plain bundle, or of those of an encrypted one.  One form only.
 */
#define SUMS_ID      32
#define SUMS_CREATED 20
#define SUMS_HOST    255

struct sums {
	char id[SUMS_ID + 1];           /* 32 lower-case hex digits */
	char created[SUMS_CREATED + 1]; /* 2026-11-22T16:15:47Z */
	char host[SUMS_HOST + 1];       /* ASCII, no space, no control byte */
	char hex[OUTER_ALL][65];        /* from OUTER_MANIFEST on */
	int sealed;                     /* the names are of an encrypted one */
};

/* NULL when they may stand in SHA256SUMS, else which rule is broken. */
const char *sums_check(const char *id, const char *created, const char *host);

/* Append the member's bytes: 0 or -1. */
int sums_print(const struct sums *s, struct buf *out) MUST_CHECK;

/* Read the member: 0, or -1 (silent) when it is not just what sums_print
 * would write.  Untrusted input: yes. */
int sums_parse(const char *bytes, size_t len, struct sums *s) MUST_CHECK;

#endif
