#include "archive/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

/* Copied at once: more may be copied by "rep movsb", which some processors do
 * at a fifth of the speed where both sides are not aligned alike; and the
 * compiler does it in the place of a memcpy of which it knows so much. */
#define STEP 2000u

char *
buf_reserve(struct buf *b, size_t len)
{
	size_t want, cap;
	char *data;

	if (len > SIZE_MAX - b->len - 1) {
		warn_msg("out of memory");
		return NULL;
	}
	want = b->len + len + 1;
	if (want > b->cap) {
		cap = b->cap ? b->cap : 64;
		while (cap < want)
			cap = (cap > SIZE_MAX / 2) ? want : cap * 2;
		if ((data = realloc(b->data, cap)) == NULL) {
			warn_msg("out of memory");
			return NULL;
		}
		b->data = data;
		b->cap = cap;
	}
	return b->data + b->len;
}

int
buf_add(struct buf *b, const void *data, size_t len)
{
	const char *from = data, *end = from + len;
	size_t step;
	char *to;

	if ((to = buf_reserve(b, len)) == NULL)
		return -1;
	for (; from < end; from += step, to += step) {
		step = (size_t)(end - from);
		step = step < STEP ? step : STEP;
		memmove(to, from, step);
	}
	b->len += len;
	b->data[b->len] = '\0';
	return 0;
}

int
buf_adds(struct buf *b, const char *s)
{

	return buf_add(b, s, strlen(s));
}

int
buf_addc(struct buf *b, char c)
{

	return buf_add(b, &c, 1);
}

int
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *to;
	int need;

	va_start(ap, fmt);
	need = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (need < 0 || (to = buf_reserve(b, (size_t)need)) == NULL)
		return -1;
	va_start(ap, fmt);
	vsnprintf(to, (size_t)need + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)need;
	return 0;
}

void
buf_clear(struct buf *b)
{

	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

char *
buf_steal(struct buf *b)
{
	char *data;

	if (buf_reserve(b, 0) == NULL)
		return NULL;
	data = b->data;
	data[b->len] = '\0';
	*b = (struct buf)BUF_EMPTY;
	return data;
}

void
buf_free(struct buf *b)
{

	free(b->data);
	*b = (struct buf)BUF_EMPTY;
}

void
buf_wipe(struct buf *b)
{

	if (b->data != NULL)
		explicit_bzero(b->data, b->cap);
	buf_free(b);
}
