#ifndef RESTORE_PASSED_H
#define RESTORE_PASSED_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * passed: texts that passed a judge, known again by their SHA-256, so that what
 * is asked once more is not judged once more.  Start from zeros.
 */
struct passed {
	unsigned char (*slot)[32]; /* zeros: free */
	size_t n, cap;             /* cap: a power of two, or 0 */
};

/* The text's digest: 0, or -1 (nothing said). */
int passed_digest(
    const char *text, size_t len, unsigned char digest[32]) MUST_CHECK;

int passed_has(const struct passed *p, const unsigned char digest[32]);

/* Without memory for it, it is judged again. */
void passed_add(struct passed *p, const unsigned char digest[32]);

void passed_free(struct passed *p);

#endif
