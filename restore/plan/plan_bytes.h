#ifndef RESTORE_PLAN_BYTES_H
#define RESTORE_PLAN_BYTES_H

#include <stdint.h>

#include "archive/buf.h"

/**
 * plan_bytes: numbers and strings of a plan's record as bytes, and back; for
 * plan_record and file_record alone.  Fixed-width numbers of this host; a
 * string is its length (all ones: NULL), its bytes and a NUL.
 *
 * Putting: 0, or -1 said.  Getting: 0, or -1 silent when the bytes end or are
 * something else; strings point into them.
 */
int plan_put_u64(struct buf *out, uint64_t n) MUST_CHECK;
int plan_put_bytes(struct buf *out, const char *s, size_t len) MUST_CHECK;
int plan_put_text(struct buf *out, const char *s) MUST_CHECK;

struct plan_input {
	char *at;
	size_t left;
};

int plan_get_u64(struct plan_input *in, uint64_t *n) MUST_CHECK;
/* A number that is at most ${most}. */
int plan_get_u32(struct plan_input *in, uint32_t most, uint32_t *n) MUST_CHECK;
int plan_get_bytes(struct plan_input *in, char **s, size_t *len) MUST_CHECK;
/* No zero byte in it. */
int plan_get_text(struct plan_input *in, char **s) MUST_CHECK;
/* A count of things that take eight bytes each at the least. */
int plan_get_count(struct plan_input *in, size_t *n) MUST_CHECK;

#endif
