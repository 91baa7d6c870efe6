#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "archive/look/find_private.h"
#include "archive/warn.h"

/*
 * A place's bytes stand as they are in what it is a place of; rows put a
 * backslash in front of some, but of none that an address or a name has.  So
 * whatever is looked for can be seen there, without cutting it into places,
 * unless it is coded: gzip by its first bytes, base64 of that by its first
 * letters, base64 of text by what a run of its letters decodes to.
 */

/* So many bytes are looked at for all that can be seen, before the next ones.
 */
#define STRIDE 4096

/* The longest octet, and the longest group. */
#define OCTET 3
#define GROUP 4

/* Shorter base64 is not looked into (inner.c). */
#define BASE64_MIN 8

static int
add_probe(struct find *f, const struct probe *p)
{
	struct probe *more;

	more = realloc(f->probes, (f->nprobes + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	f->probes = more;
	f->probes[f->nprobes++] = *p;
	return 0;
}

static void
put_byte(struct probe *p, char is, char other)
{
	struct probe_byte *b = &p->byte[p->n++];

	b->fold = isalpha((unsigned char)is) ? 0x20 : 0;
	b->is = (unsigned char)(is | b->fold);
	b->other = (unsigned char)other;
}

/* A text of any case, by its last three bytes. */
static int
add_text(struct find *f, const struct wanted *w, const char *text)
{
	struct probe p = { .n = 0, .means = w };
	size_t len = strlen(text), i;

	p.behind = len > 3 ? len - 3 : 0;
	for (i = p.behind; i < len; i++)
		put_byte(&p, text[i], text[i]);
	snprintf(p.text, sizeof(p.text), "%s", text);
	return add_probe(f, &p);
}

/* An octet and the dash or dot behind it; where the next one is known, too, how
 * that begins: 010.002.116.014 has zeros in front. */
static int
add_octets(struct find *f, const struct wanted *w)
{
	struct probe p = { .n = 0, .means = w };
	unsigned known = w->prefix / 8;
	char text[OCTET + 1];

	if (known == 0) {
		f->all = 1;
		return 0;
	}
	snprintf(text, sizeof(text), "%u",
	    (unsigned)w->addr.bytes[known > 1 ? known - 2 : 0]);
	put_byte(&p, text[strlen(text) - 1], text[strlen(text) - 1]);
	put_byte(&p, '.', '-');
	if (known > 1) {
		snprintf(text, sizeof(text), "%u",
		    (unsigned)w->addr.bytes[known - 1]);
		put_byte(&p, text[0], '0');
	}
	return add_probe(f, &p);
}

/* The longest group that every spelling has, which is not the last one and not
 * zero, with the colon behind it. */
static int
add_groups(struct find *f, const struct wanted *w)
{
	char text[GROUP + 1], best[GROUP + 2] = "";
	unsigned i, group;

	for (i = 0; i < 6 && 16 * (i + 1) <= w->prefix; i++) {
		group = (unsigned)w->addr.bytes[2 * i] << 8 |
			w->addr.bytes[2 * i + 1];
		snprintf(text, sizeof(text), "%x", group & 0xffff);
		if (group != 0 && strlen(text) + 1 > strlen(best))
			snprintf(best, sizeof(best), "%s:", text);
	}
	if (best[0] == '\0') {
		f->all = 1;
		return 0;
	}
	return add_text(f, w, best);
}

static int
add_name(struct find *f, const struct wanted *w)
{
	struct probe p = { .n = 0, .means = w };
	size_t i;

	for (i = 0; i < 3 && i < w->len; i++)
		put_byte(&p, w->name[i], w->name[i]);
	return add_probe(f, &p);
}

/* The fewest bytes that it is spelled in. */
static size_t
shortest(const struct wanted *w)
{
	char text[ADDRESS_TEXT];

	if (w->name != NULL)
		return w->len;
	if (w->addr.family == 6)
		return 2;
	if (w->prefix < 32)
		return 7;
	address_print(&w->addr, text);
	return strlen(text);
}

int
find_glance_add(struct find *f, const struct wanted *w)
{
	size_t least = shortest(w), run = (least * 4 + 2) / 3;

	if (f->least == 0 || least < f->least)
		f->least = least;
	if (run < BASE64_MIN)
		run = BASE64_MIN;
	if (run > FIND_RUN_MAX)
		run = FIND_RUN_MAX;
	if (f->run == 0 || run < f->run)
		f->run = run;
	if (w->name != NULL)
		return add_name(f, w);
	return w->addr.family == 4 ? add_octets(f, w) : add_groups(f, w);
}

/* Does the number before ${*i} end as ${octet} does?  ${*i} is in front of it
 * then, and of the zeros that may lead it. */
static int
ends_in(const unsigned char *d, size_t *i, unsigned octet)
{
	unsigned left = octet & 255;
	size_t n = 0;

	/* The last digit first. */
	do {
		if (*i == 0 || d[*i - 1] != '0' + left % 10)
			return 0;
		--*i;
		n++;
	} while ((left /= 10) > 0);
	for (; n<OCTET && * i> 0 && d[*i - 1] == '0'; n++)
		--*i;
	return 1;
}

/* Does a number of ${octet} begin at i, and end, too? */
static int
begins_with(const unsigned char *d, size_t len, size_t i, unsigned octet)
{
	unsigned v = 0;
	size_t n;

	for (n = 0; n <= OCTET && i + n < len && isdigit(d[i + n]); n++)
		v = v * 10 + (d[i + n] - (unsigned)'0');
	return n <= OCTET && v == octet;
}

/* The probe of an IPv4 address found the byte before the separator at i. */
static int
is_octets(const struct wanted *w, const unsigned char *d, size_t len, size_t i)
{
	unsigned known = w->prefix / 8, k = known > 1 ? known - 1 : 1;

	if (known > 1 && !begins_with(d, len, i + 1, w->addr.bytes[known - 1]))
		return 0;
	while (k-- > 0) {
		if (!ends_in(d, &i, w->addr.bytes[k]))
			return 0;
		if (k > 0 && (i == 0 || (d[i - 1] != '.' && d[i - 1] != '-')))
			return 0;
		i--;
	}
	return 1;
}

static int
is_name_at(const struct wanted *w, const unsigned char *d, size_t len, size_t i)
{

	return w->len <= len - i &&
	       strncasecmp((const char *)d + i, w->name, w->len) == 0;
}

/* A probe found its bytes at i: may it be what it stands for? */
static int
may_be(const struct probe *p, const unsigned char *d, size_t len, size_t i)
{
	const struct wanted *w = p->means;

	if (w->name != NULL)
		return is_name_at(w, d, len, i);
	if (w->addr.family == 4)
		return is_octets(w, d, len, i + 1);
	return p->behind <= i && strncasecmp((const char *)d + i - p->behind,
				     p->text, strlen(p->text)) == 0;
}

static int
fits(const struct probe *p, const unsigned char *d, size_t len, size_t i)
{
	const struct probe_byte *b = p->byte;
	size_t k;

	if (p->n > len - i)
		return 0;
	for (k = 0; k < p->n; k++)
		if ((d[i + k] | b[k].fold) != b[k].is && d[i + k] != b[k].other)
			return 0;
	return 1;
}

#ifdef __SSE2__
/* A byte of a probe, 16 times. */
struct wide {
	__m128i fold, is, other;
};

static struct wide
widen(const struct probe *p, size_t k)
{
	const struct probe_byte *b = &p->byte[k];
	struct wide w = { _mm_set1_epi8(-1), _mm_set1_epi8(-1),
		_mm_set1_epi8(-1) };

	if (k < p->n) {
		w.fold = _mm_set1_epi8((char)b->fold);
		w.is = _mm_set1_epi8((char)b->is);
		w.other = _mm_set1_epi8((char)b->other);
	}
	return w;
}

static __m128i
same(const unsigned char *d, const struct wide *w)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)d);

	return _mm_or_si128(_mm_cmpeq_epi8(_mm_or_si128(v, w->fold), w->is),
	    _mm_cmpeq_epi8(v, w->other));
}
#endif

/* The first spot in [i, end) that the probe finds, or end. */
static size_t
seen_by(const struct probe *p, const unsigned char *d, size_t len, size_t i,
    size_t end)
{
#ifdef __SSE2__
	const struct wide a = widen(p, 0), b = widen(p, 1), c = widen(p, 2);
	unsigned bits;
	size_t at;

	for (; i < end && len - i >= 16 + 2; i += 16) {
		bits = (unsigned)_mm_movemask_epi8(_mm_and_si128(
		    _mm_and_si128(same(d + i, &a), same(d + i + 1, &b)),
		    same(d + i + 2, &c)));
		for (; bits != 0; bits &= bits - 1) {
			at = i + (size_t)__builtin_ctz(bits);
			if (at < end && may_be(p, d, len, at))
				return at;
		}
	}
#endif
	for (; i < end; i++)
		if (fits(p, d, len, i) && may_be(p, d, len, i))
			return i;
	return end;
}

size_t
find_glance(const struct find *f, const char *bytes, size_t len, int rows)
{
	const unsigned char *d = (const unsigned char *)bytes;
	size_t i, end, first, k, done = 0;

	if (f->all)
		return 0;
	if (len < f->least && len < BASE64_MIN)
		return len;
	for (i = 0; i < len; i = end) {
		end = len - i > STRIDE ? i + STRIDE : len;
		/* Nobody looks further than the one before has seen. */
		first = end;
		for (k = 0; k < f->nprobes; k++)
			first = seen_by(&f->probes[k], d, len, i, first);
		first = find_signs(d, len, i, first, rows);
		first = find_coded(d, len, i, first, f->run, &done);
		if (first < end)
			return first;
	}
	return len;
}
