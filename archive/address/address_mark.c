#include "archive/address/address_mark.h"

#include <string.h>

#include "archive/address/address_block.h"

#define BLOCK ADDRESS_BLOCK

/* Go to the first block with marks from base on; without marks, to the end. */
static void
find(struct address_marks *m)
{
	unsigned char last[BLOCK] = { 0 };
	size_t left = m->len - m->base, n = left / BLOCK, at;

	at = address_block_find(m->d + m->base, n, &m->bits);
	m->base += at * BLOCK;
	left -= at * BLOCK;
	if (m->bits != 0 || left == 0)
		return;
	memcpy(last, m->d + m->base, left);
	if (address_block_find(last, 1, &m->bits) == 1)
		m->base = m->len;
}

void
address_marks_start(
    struct address_marks *m, const unsigned char *d, size_t len, size_t from)
{

	m->d = d;
	m->len = len;
	m->base = from;
	find(m);
}

size_t
address_marks_next(struct address_marks *m)
{
	size_t i;

	if (m->bits == 0 && m->len - m->base > BLOCK) {
		m->base += BLOCK;
		find(m);
	}
	if (m->bits == 0)
		return m->len;
	i = m->base + (size_t)__builtin_ctzll(m->bits);
	m->bits &= m->bits - 1;
	return i;
}

void
address_marks_pass(struct address_marks *m, size_t i)
{

	if (i <= m->base)
		return;
	if (i - m->base < BLOCK) {
		m->bits &= ~(uint64_t)0 << (i - m->base);
		return;
	}
	m->base = i;
	find(m);
}
