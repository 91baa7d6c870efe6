#ifndef ARCHIVE_SECRET_H
#define ARCHIVE_SECRET_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * secret: find in bytes what must not be shown, beyond the places that a walker
 * tells by their names (place.h); for mask alone.  Each finds the next one at
 * or behind ${*pos}: 1 with its ${*off} and ${*vlen}, ${*pos} behind it; or 0.
 * Untrusted input: yes; one call after the other looks at each byte a bounded
 * number of times.
 */

/* In one line of text, by the word in front of it (secret_line_table.h), or
 * because it is a hash of a password. */
int secret_line(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen);

/* The body of a private key in PEM, whatever stands around it. */
int secret_key(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen);

/* Does the text hold a secret?  1, 0, or -1 (memory, said). */
typedef int secret_has_fn(const char *bytes, size_t len);

/* base64 (also of gzip, also over several lines), hex or %XX of a text that
 * ${has} a secret; the whole of it.  -1: memory (said). */
int secret_coded(const char *bytes, size_t len, secret_has_fn *has, size_t *pos,
    size_t *off, size_t *vlen) MUST_CHECK;

#endif
