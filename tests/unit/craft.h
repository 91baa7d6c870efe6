#ifndef TESTS_CRAFT_H
#define TESTS_CRAFT_H

/* Include behind cmocka.h: take a bundle apart and put one together again that
 * novark would never write, with all digests right and a valid signature, so
 * that what stands behind the signature is reached. */

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

#include "archive/bundle/digest.h"
#include "archive/bundle/outer.h"
#include "archive/bundle/sums.h"
#include "archive/keys/sign.h"
#include "folder.h"

struct craft {
	struct buf member[OUTER_ALL];
	int sealed; /* it is encrypted, and so stay the members */
};

static inline void
craft_open(const char *file, struct craft *c)
{
	struct outer_member m[OUTER_ALL];
	int i, fd = open(file, O_RDONLY | O_CLOEXEC);
	struct stored s = { .file = file, .fd = fd };
	char *to;

	memset(c, 0, sizeof(*c));
	assert_int_equal(outer_scan(&s, m), OUTCOME_DONE);
	c->sealed = outer_sealed(m);
	for (i = 0; i < OUTER_ALL; i++) {
		if (m[i].off == 0)
			continue;
		to = buf_reserve(&c->member[i], (size_t)m[i].size);
		assert_non_null(to);
		assert_int_equal(
		    stored_read(&s, to, (size_t)m[i].size, m[i].off),
		    OUTCOME_DONE);
		c->member[i].len = (size_t)m[i].size;
		to[m[i].size] = '\0';
	}
	close(fd);
}

static inline void
craft_free(struct craft *c)
{
	int i;

	for (i = 0; i < OUTER_ALL; i++)
		buf_free(&c->member[i]);
}

static inline void
craft_set(struct buf *b, const void *bytes, size_t len)
{

	buf_clear(b);
	assert_int_equal(buf_add(b, bytes, len), 0);
}

/* The signature of whatever SHA256SUMS says now. */
static inline void
craft_sign(struct craft *c, const char *key)
{
	struct sign_key *k = sign_open(key);
	unsigned char sig[SIGN_LEN];
	struct buf *sums = &c->member[OUTER_SUMS];

	assert_non_null(k);
	assert_int_equal(sign_make(k, sums->data, sums->len, sig), 0);
	craft_set(&c->member[OUTER_SIG], sig, sizeof(sig));
	sign_free(k);
}

/* SHA256SUMS of whatever the members are now, and its signature. */
static inline void
craft_seal(struct craft *c, const char *key)
{
	struct buf *sums = &c->member[OUTER_SUMS];
	struct sums s;
	int i;

	assert_int_equal(sums_parse(sums->data, sums->len, &s), 0);
	s.sealed = c->sealed;
	for (i = OUTER_MANIFEST; i < (c->sealed ? OUTER_ALL : OUTER_MEMBERS);
	     i++)
		assert_int_equal(
		    digest_bytes(c->member[i].data, c->member[i].len, s.hex[i]),
		    0);
	buf_clear(sums);
	assert_int_equal(sums_print(&s, sums), 0);
	craft_sign(c, key);
}

/* One member as it stands in the outer tar. */
static inline void
craft_add(struct buf *out, const char *name, const struct buf *bytes)
{
	static const char zeros[OUTER_BLOCK];
	unsigned char header[OUTER_BLOCK];

	outer_header(name, bytes->len, header);
	assert_int_equal(buf_add(out, header, sizeof(header)), 0);
	assert_int_equal(buf_add(out, bytes->data, bytes->len), 0);
	assert_int_equal(buf_add(out, zeros, outer_padding(bytes->len)), 0);
}

static inline void
craft_end(struct buf *out)
{
	static const char zeros[OUTER_END];

	assert_int_equal(buf_add(out, zeros, sizeof(zeros)), 0);
}

static inline void
craft_write(const struct craft *c, const char *file)
{
	const enum outer_id *order;
	struct buf out = BUF_EMPTY;
	size_t i, n;

	order = outer_order(c->sealed, &n);
	for (i = 0; i < n; i++)
		craft_add(&out,
		    c->sealed ? outer_name_sealed(order[i])
			      : outer_name(order[i]),
		    &c->member[order[i]]);
	craft_end(&out);
	file_write(file, out.data, out.len);
	buf_free(&out);
}

/* The tar inside a part, and back into a frame. */
static inline void
craft_unzip(const struct buf *zst, struct buf *out)
{
	ZSTD_DCtx *ctx = ZSTD_createDCtx();
	ZSTD_inBuffer in = { zst->data, zst->len, 0 };
	ZSTD_outBuffer to;
	size_t left;

	do {
		to = (ZSTD_outBuffer){ buf_reserve(out, 65536), 65536, 0 };
		left = ZSTD_decompressStream(ctx, &to, &in);
		assert_false(ZSTD_isError(left));
		out->len += to.pos;
	} while (left != 0);
	ZSTD_freeDCtx(ctx);
}

static inline void
craft_zip(const struct buf *tar, int window, struct buf *out)
{
	ZSTD_CCtx *ctx = ZSTD_createCCtx();
	size_t n, room = ZSTD_compressBound(tar->len);
	ZSTD_inBuffer in = { tar->data, tar->len, 0 };
	ZSTD_outBuffer to;

	if (window > 0) {
		assert_false(ZSTD_isError(
		    ZSTD_CCtx_setParameter(ctx, ZSTD_c_windowLog, window)));
	}
	assert_non_null(ctx);
	to = (ZSTD_outBuffer){ buf_reserve(out, room + 64), room + 64, 0 };
	/* In two steps, so that the frame does not know its size. */
	n = ZSTD_compressStream2(ctx, &to, &in, ZSTD_e_flush);
	assert_int_equal(n, 0);
	n = ZSTD_compressStream2(ctx, &to, &in, ZSTD_e_end);
	assert_int_equal(n, 0);
	out->len += to.pos;
	ZSTD_freeCCtx(ctx);
}

#endif
