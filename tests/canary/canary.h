#ifndef TESTS_CANARY_CANARY_H
#define TESTS_CANARY_CANARY_H

#include <stddef.h>

/**
 * canary: known secrets, looked for in bytes.
 *
 * A list is a text file of lines "NAME VALUE" or "NAME/WINDOW VALUE".  Any
 * WINDOW bytes (8 unless told, 6 at least) of a value in a row count, as they
 * are and as base64 (at any of its three offsets, in both alphabets), hex,
 * %XX, \uXXXX and &#N; write them.
 */
struct canary;

/* Read a list; NULL with errno set, or EINVAL for a line that is none. */
struct canary *canary_read(const char *file);
void canary_free(struct canary *c);

/* The name of the first canary in the bytes, and at ${*off} in which ${*form},
 * or NULL.  Allocates nothing. */
const char *canary_find(const struct canary *c, const void *bytes, size_t len,
    size_t *off, const char **form);

#endif
