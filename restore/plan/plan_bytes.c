#include "restore/plan/plan_bytes.h"

#include <string.h>

#define ABSENT UINT64_MAX

int
plan_put_u64(struct buf *out, uint64_t n)
{

	return buf_add(out, &n, sizeof(n));
}

int
plan_put_bytes(struct buf *out, const char *s, size_t len)
{

	if (s == NULL)
		return plan_put_u64(out, ABSENT);
	if (plan_put_u64(out, len) == -1 || buf_add(out, s, len) == -1)
		return -1;
	return buf_addc(out, '\0');
}

int
plan_put_text(struct buf *out, const char *s)
{

	return plan_put_bytes(out, s, s == NULL ? 0 : strlen(s));
}

int
plan_get_u64(struct plan_input *in, uint64_t *n)
{

	if (in->left < sizeof(*n))
		return -1;
	memcpy(n, in->at, sizeof(*n));
	in->at += sizeof(*n);
	in->left -= sizeof(*n);
	return 0;
}

int
plan_get_u32(struct plan_input *in, uint32_t most, uint32_t *n)
{
	uint64_t v;

	if (plan_get_u64(in, &v) == -1 || v > most)
		return -1;
	*n = (uint32_t)v;
	return 0;
}

int
plan_get_bytes(struct plan_input *in, char **s, size_t *len)
{
	uint64_t n;

	*s = NULL;
	*len = 0;
	if (plan_get_u64(in, &n) == -1)
		return -1;
	if (n == ABSENT)
		return 0;
	if (n >= in->left || in->at[n] != '\0')
		return -1;
	*s = in->at;
	*len = (size_t)n;
	in->at += n + 1;
	in->left -= (size_t)n + 1;
	return 0;
}

int
plan_get_text(struct plan_input *in, char **s)
{
	size_t len;

	if (plan_get_bytes(in, s, &len) == -1)
		return -1;
	return (*s == NULL || strlen(*s) == len) ? 0 : -1;
}

int
plan_get_count(struct plan_input *in, size_t *n)
{
	uint64_t v;

	if (plan_get_u64(in, &v) == -1 || v > in->left / sizeof(v))
		return -1;
	*n = (size_t)v;
	return 0;
}
