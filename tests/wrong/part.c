#include <string.h>
#include <zstd.h>

#include "made.h"
#include "tar.h"

/* What a raw or an RLE block of zstd holds at most. */
#define BLOCK_MAX (128u << 10)

/**
 * Verbs of "part PART VERB VALUE".  Of the tar: entries stand as "tar gone",
 * "tar twice", "tar early" and "tar late" want it; tar-raw BYTES (instead of
 * it), tar-cut N (last bytes gone), no-end (without its two zero blocks),
 * tar-behind BYTES, tar-zeros N (behind its end).  Of the frame: window N (a
 * power of two), no-checksum, frame BYTE (a frame of raw blocks whose window
 * descriptor that is), rle N (N blocks more of 128 KiB of zeros; with frame),
 * two (the tar in two frames).  Of the member: front BYTES, behind BYTES, cut
 * N, flip N (a bit of the N-th byte from its end), raw BYTES (instead of it).
 */
struct zip {
	struct sink sink;
	ZSTD_CCtx *ctx;
	struct bytes *out;
	int by_hand;
	struct bytes held; /* of a block by hand */
	unsigned long long cut;
};

static const struct edit *
verb(const struct made *m, enum part part, const char *name)
{
	const struct edit *e, *found = NULL;

	for (e = m->parts; e != NULL; e = e->next)
		if (strcmp(e->verb, name) == 0 &&
		    strcmp(e->a.p, part_names[part]) == 0)
			found = e;
	return found;
}

static void
compress(struct zip *z, const void *p, size_t n, ZSTD_EndDirective how)
{
	ZSTD_inBuffer in = { p, n, 0 };
	ZSTD_outBuffer to;
	char room[65536];
	size_t left;

	do {
		to = (ZSTD_outBuffer){ room, sizeof(room), 0 };
		left = ZSTD_compressStream2(z->ctx, &to, &in, how);
		if (ZSTD_isError(left))
			die("zstd: %s", ZSTD_getErrorName(left));
		bytes_add(z->out, room, to.pos);
	} while (how == ZSTD_e_continue ? in.pos < in.size : left > 0);
}

/* A block by hand: raw (0) or one byte repeated (1). */
static void
block(struct zip *z, int rle, int last, const char *p, size_t n)
{
	size_t h = (size_t)last | (size_t)rle << 1 | n << 3;

	bytes_addc(z->out, (char)(h & 255));
	bytes_addc(z->out, (char)(h >> 8 & 255));
	bytes_addc(z->out, (char)(h >> 16 & 255));
	bytes_add(z->out, p, rle ? 1 : n);
}

static void
take(struct sink *s, const void *p, size_t n)
{
	struct zip *z = (struct zip *)s;

	bytes_add(&z->held, p, n);
	if (z->by_hand || z->cut > 0 || z->held.n < BLOCK_MAX)
		return;
	compress(z, z->held.p, z->held.n, ZSTD_e_continue);
	z->held.n = 0;
}

static void
put(const struct thing *t, unsigned long i, struct sink *s)
{
	struct bytes name = { NULL, 0, 0 };
	const struct edit *raw = edit_find(t->tar, "raw", NULL);

	bytes_add_numbered(&name, &t->name, i);
	if (raw != NULL)
		s->take(s, raw->a.p, raw->a.n);
	else
		tar_entry(t, &name, 0, s);
	if (t->has_value && edit_find(t->tar, "value-gone", NULL) == NULL)
		tar_entry(t, &name, 1, s);
	bytes_free(&name);
}

/* Entries of a part: those that come early, most, those that come late. */
static void
put_all(const struct made *m, enum part part, struct sink *s)
{
	static const char *const when[] = { "early", "", "late" };
	const struct thing *t;
	unsigned long i;
	int pass, twice;

	for (pass = 0; pass < 3; pass++)
		for (t = m->things; t != NULL; t = t->next) {
			if (t->part != part ||
			    edit_find(t->tar, "gone", NULL) != NULL ||
			    (edit_find(t->tar, "early", NULL) != NULL) !=
				(*when[pass] == 'e') ||
			    (edit_find(t->tar, "late", NULL) != NULL) !=
				(*when[pass] == 'l'))
				continue;
			twice = edit_find(t->tar, "twice", NULL) != NULL;
			do {
				for (i = 0; i < t->count; i++)
					put(t, i, s);
			} while (twice-- > 0);
		}
}

static void
put_tar(const struct made *m, enum part part, struct sink *s)
{
	static const char zeros[65536];
	const struct edit *e;
	long long n, step;

	if ((e = verb(m, part, "tar-raw")) != NULL)
		s->take(s, e->b.p, e->b.n);
	else
		put_all(m, part, s);
	if (e == NULL && verb(m, part, "no-end") == NULL)
		s->take(s, zeros, 2 * TAR_BLOCK);
	if ((e = verb(m, part, "tar-behind")) != NULL)
		s->take(s, e->b.p, e->b.n);
	if ((e = verb(m, part, "tar-zeros")) != NULL)
		for (n = bytes_number(&e->b); n > 0; n -= step) {
			step = n < (long long)sizeof(zeros)
				   ? n
				   : (long long)sizeof(zeros);
			s->take(s, zeros, (size_t)step);
		}
}

/* A frame whose every byte is said here (RFC 8878). */
static void
frame_by_hand(const struct made *m, enum part part, struct zip *z)
{
	const struct edit *e = verb(m, part, "frame");
	long long blocks;
	size_t off, n;

	bytes_add(z->out, "\x28\xb5\x2f\xfd", 4);
	bytes_addc(z->out, 0);
	bytes_addc(z->out, (char)bytes_number(&e->b));
	for (off = 0; off < z->held.n; off += n) {
		n = z->held.n - off < BLOCK_MAX ? z->held.n - off : BLOCK_MAX;
		block(z, 0, 0, z->held.p + off, n);
	}
	if ((e = verb(m, part, "rle")) != NULL)
		for (blocks = bytes_number(&e->b); blocks > 0; blocks--)
			block(z, 1, 0, "", BLOCK_MAX);
	block(z, 0, 1, "", 0);
}

static void
frame(const struct made *m, enum part part, struct zip *z)
{
	const struct edit *e;

	if ((z->ctx = ZSTD_createCCtx()) == NULL)
		die("out of memory");
	e = verb(m, part, "window");
	if (ZSTD_isError(ZSTD_CCtx_setParameter(z->ctx, ZSTD_c_windowLog,
		e == NULL ? 21 : (int)bytes_number(&e->b))) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(z->ctx, ZSTD_c_checksumFlag,
		verb(m, part, "no-checksum") == NULL)))
		die("zstd does not take that");
	z->by_hand = verb(m, part, "frame") != NULL;
	if ((e = verb(m, part, "tar-cut")) != NULL)
		z->cut = (unsigned long long)bytes_number(&e->b);
	put_tar(m, part, &z->sink);
	z->held.n -= z->cut < z->held.n ? (size_t)z->cut : z->held.n;
	if (z->by_hand) {
		frame_by_hand(m, part, z);
	} else if (verb(m, part, "two") != NULL) {
		compress(z, z->held.p, z->held.n / 2, ZSTD_e_end);
		compress(z, z->held.p + z->held.n / 2,
		    z->held.n - z->held.n / 2, ZSTD_e_end);
	} else {
		compress(z, z->held.p, z->held.n, ZSTD_e_end);
	}
	ZSTD_freeCCtx(z->ctx);
	bytes_free(&z->held);
}

void
part_write(const struct made *m, enum part part, struct bytes *out)
{
	struct zip z = { .sink = { take }, .out = out };
	const struct edit *e;
	size_t n;

	if ((e = verb(m, part, "front")) != NULL)
		bytes_add(out, e->b.p, e->b.n);
	if ((e = verb(m, part, "raw")) != NULL)
		bytes_add(out, e->b.p, e->b.n);
	else
		frame(m, part, &z);
	if ((e = verb(m, part, "cut")) != NULL) {
		n = (size_t)bytes_number(&e->b);
		out->n -= n < out->n ? n : out->n;
	}
	if ((e = verb(m, part, "flip")) != NULL) {
		n = (size_t)bytes_number(&e->b);
		if (n == 0 || n > out->n)
			die("flip: there is no such byte");
		out->p[out->n - n] ^= 1;
	}
	if ((e = verb(m, part, "behind")) != NULL)
		bytes_add(out, e->b.p, e->b.n);
}
