#ifndef ARCHIVE_NUM_H
#define ARCHIVE_NUM_H

#include <stdint.h>

#include "archive/outcome.h"

/**
 * num_u64(s, max, out):
 * Read the whole string ${s} as an unsigned decimal number of at most ${max}:
 * digits only, no sign, no space, not empty.  Return 0, or -1 with ${*out}
 * untouched.  Untrusted input: yes.
 */
int num_u64(const char *s, uint64_t max, uint64_t *out) MUST_CHECK;

#endif
