#ifndef TESTS_TAR_MADE_H
#define TESTS_TAR_MADE_H

/* Include behind cmocka.h: tars of a part, made by hand, right and wrong, and
 * what the reader tells of them. */

#include <archive_entry.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/bundle/tar.h"

/* What a header has where. */
enum {
	NAME = 0,
	MODE = 100,
	UID = 108,
	GID = 116,
	SIZE = 124,
	MTIME = 136,
	SUM = 148,
	TYPE = 156,
	LINK = 157,
	MAGIC = 257,
	USER = 265,
	GROUP = 297,
	PREFIX = 345,
	REST = 500,
	BLOCK = 512
};

/* The tar in memory, given out in steps; from ${breaks} on it fails. */
struct from {
	const struct buf *b;
	size_t pos, step, breaks;
};

static inline ssize_t
give(void *cookie, void *to, size_t len)
{
	struct from *f = cookie;

	if (f->pos >= f->breaks)
		return -1;
	if (len > f->step)
		len = f->step;
	if (len > f->b->len - f->pos)
		len = f->b->len - f->pos;
	if (len > 0)
		memcpy(to, f->b->data + f->pos, len);
	f->pos += len;
	return (ssize_t)len;
}

static inline void
add(struct buf *b, const void *p, size_t len)
{

	assert_int_equal(buf_add(b, p, len), 0);
}

/* Zero bytes up to a block. */
static inline void
pad(struct buf *b)
{
	static const char zeros[BLOCK];

	add(b, zeros, -b->len % BLOCK);
}

static inline void
end(struct buf *b)
{
	static const char zeros[2 * BLOCK];

	add(b, zeros, sizeof(zeros));
}

static inline void
put_sum(unsigned char *h)
{
	unsigned int sum = 0;
	size_t i;

	memset(h + SUM, ' ', 8);
	for (i = 0; i < BLOCK; i++)
		sum += h[i];
	snprintf((char *)h + SUM, 8, "%06o", sum);
}

/* A header as bundles have them. */
static inline void
header(unsigned char *h, char type, size_t size)
{

	memset(h, 0, BLOCK);
	memcpy(h + NAME, "etc/x", 5);
	memcpy(h + MODE, "0000640", 7);
	memcpy(h + UID, "0000153", 7);
	memcpy(h + GID, "0000154", 7);
	snprintf((char *)h + SIZE, 12, "%011zo", size);
	memcpy(h + MTIME, "00000000007", 11);
	h[TYPE] = (unsigned char)type;
	memcpy(h + MAGIC,
	    "ustar\0"
	    "00",
	    8);
	memcpy(h + USER, "nova", 4);
	memcpy(h + GROUP, "kvm", 3);
	if (type == '2')
		memcpy(h + LINK, "to", 2);
	put_sum(h);
}

static inline void
add_header(struct buf *b, char type, size_t size)
{
	unsigned char h[BLOCK];

	header(h, type, size);
	add(b, h, sizeof(h));
}

static inline void
add_records(struct buf *b, const char *records, size_t len)
{

	add_header(b, 'x', len);
	add(b, records, len);
	pad(b);
}

/* A tar with a pax header and one entry behind it. */
static inline void
with_records(struct buf *b, const char *records, size_t len, char type)
{

	buf_clear(b);
	add_records(b, records, len);
	add_header(b, type, type == '0' ? 3 : 0);
	if (type == '0')
		add(b, "abc", 3);
	pad(b);
	end(b);
}

/* All that an entry has, in one line. */
static inline void
tell(struct archive_entry *e, const char *bytes, size_t n, struct buf *out)
{
	const __LA_MODE_T type = archive_entry_filetype(e);
	const char *name;
	const void *value;
	size_t len;

	assert_int_equal(
	    buf_addf(out,
		"%c %s %04o %" PRId64 ":%" PRId64 " %s:%s %" PRId64
		" @%" PRId64,
		type == AE_IFREG   ? 'f'
		: type == AE_IFDIR ? 'd'
				   : 'l',
		archive_entry_pathname(e), (unsigned int)archive_entry_perm(e),
		(int64_t)archive_entry_uid(e), (int64_t)archive_entry_gid(e),
		archive_entry_uname(e), archive_entry_gname(e),
		(int64_t)archive_entry_size(e),
		(int64_t)archive_entry_mtime(e)),
	    0);
	if (archive_entry_symlink(e) != NULL)
		assert_int_equal(
		    buf_addf(out, " -> %s", archive_entry_symlink(e)), 0);
	archive_entry_xattr_reset(e);
	while (archive_entry_xattr_next(e, &name, &value, &len) == 0) {
		assert_int_equal(buf_addf(out, " %s=", name), 0);
		add(out, value, len);
	}
	if (n > 0)
		assert_int_equal(buf_addf(out, " %.*s", (int)n, bytes), 0);
	assert_int_equal(buf_adds(out, "\n"), 0);
}

/* Read it through, told in ${out}: NULL, or why not ("" where the source has to
 * know). */
static inline const char *
read_tar(struct from *f, struct buf *out)
{
	struct archive_entry *e = archive_entry_new();
	struct tar_reader *t = tar_new(give, f);
	const char *why = NULL;
	char bytes[4096];
	ssize_t n = 0;
	int rc;

	assert_non_null(t);
	assert_non_null(e);
	while ((rc = tar_next(t, e)) == 1) {
		if ((n = tar_read(t, bytes, sizeof(bytes))) == -1)
			break;
		tell(e, bytes, (size_t)n, out);
	}
	if (rc == -1 || n == -1)
		why = tar_why(t) == NULL ? "" : tar_why(t);
	tar_free(t);
	archive_entry_free(e);
	return why;
}

static inline const char *
read_buf(const struct buf *b, struct buf *out)
{
	struct from f = { b, 0, SIZE_MAX, SIZE_MAX };

	buf_clear(out);
	return read_tar(&f, out);
}

static inline void
assert_told(const struct buf *b, const char *want)
{
	struct buf out = BUF_EMPTY;
	const char *why = read_buf(b, &out);

	if (why != NULL)
		fail_msg("refused: %s, not: %s", why, want);
	assert_string_equal(out.len == 0 ? "" : out.data, want);
	buf_free(&out);
}

static inline void
assert_why(const struct buf *b, const char *want)
{
	struct buf out = BUF_EMPTY;
	const char *why = read_buf(b, &out);

	if (why == NULL)
		fail_msg("taken: %s, not refused: %s", out.data, want);
	assert_string_equal(why, want);
	buf_free(&out);
}

/* Bytes that a header has otherwise; ${bytes} NULL: ${len} times 'n'. */
struct change {
	size_t at;
	const char *bytes;
	size_t len;
};

/* A tar of one entry, so changed, with its sum right unless that is changed. */
static inline void
changed(struct buf *b, char type, const struct change *c, size_t n)
{
	unsigned char h[BLOCK];
	int sum = 1;
	size_t i;

	header(h, type, type == '0' ? 3 : 0);
	for (i = 0; i < n; i++) {
		if (c[i].bytes == NULL)
			memset(h + c[i].at, 'n', c[i].len);
		else if (c[i].len > 0)
			memcpy(h + c[i].at, c[i].bytes, c[i].len);
		sum = sum && c[i].at != SUM;
	}
	if (sum)
		put_sum(h);
	buf_clear(b);
	add(b, h, sizeof(h));
	if (type == '0')
		add(b, "abc", 3);
	pad(b);
	end(b);
}

#endif
