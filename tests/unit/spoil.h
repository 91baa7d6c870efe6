#ifndef TESTS_SPOIL_H
#define TESTS_SPOIL_H

/* Include behind cmocka.h: change a piece of a bundle that was taken apart
 * (craft.h), of its manifest, or of the tar in a part.  What it is signed with
 * is k.key. */

#include "craft.h"
#include "edit.h"

/* The whole line of the manifest that lists that item, without what follows
 * the object. */
static inline char *
line_of(struct craft *c, const char *name)
{
	const struct buf *m = &c->member[OUTER_MANIFEST];
	char *key, *line;
	const char *at;

	assert_true(asprintf(&key, "{\"name\":\"%s\"", name) > 0);
	assert_non_null(at = strstr(m->data, key));
	free(key);
	assert_non_null(line = strndup(at, strcspn(at, "\n")));
	strrchr(line, '}')[1] = '\0';
	return line;
}

/* Put a line behind that of the item ${last_item}. */
static inline void
add_line(struct craft *c, const char *last_item, const char *line)
{
	char *last, *both;

	last = line_of(c, last_item);
	assert_true(asprintf(&both, "%s,\n%s", last, line) > 0);
	edit(&c->member[OUTER_MANIFEST], last, both);
	free(both);
	free(last);
}

/* Behind this, tar_close makes it a member again. */
static inline void
tar_open(struct craft *c, enum outer_id id, struct buf *tar)
{

	*tar = (struct buf)BUF_EMPTY;
	craft_unzip(&c->member[id], tar);
}

static inline void
tar_close(struct craft *c, enum outer_id id, struct buf *tar)
{

	buf_clear(&c->member[id]);
	craft_zip(tar, 0, &c->member[id]);
	buf_free(tar);
	craft_seal(c, "k.key");
}

/* The header of an entry. */
static inline char *
tar_at(struct buf *tar, const char *name)
{
	size_t off;

	for (off = 0; off + 512 <= tar->len; off += 512)
		if (strcmp(tar->data + off, name) == 0)
			return tar->data + off;
	fail_msg("no entry %s", name);
	return NULL;
}

/* Its checksum, right again. */
static inline void
tar_sum(char *header)
{
	unsigned int sum = 0, i;

	memset(header + 148, ' ', 8);
	for (i = 0; i < 512; i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
}

/* The file as an encrypted bundle: the members, KEY.cms, which is none, and the
 * digest of ${key} for it. */
static inline void
sealed(struct craft *c, struct buf *file, const char *key)
{
	struct buf envelope = BUF_EMPTY, *sums = &c->member[OUTER_SUMS];
	const struct buf *member;
	const enum outer_id *ids;
	struct sums s;
	size_t i, n;

	assert_int_equal(buf_adds(&envelope, "no envelope"), 0);
	assert_int_equal(sums_parse(sums->data, sums->len, &s), 0);
	s.sealed = 1;
	assert_int_equal(digest_bytes(key, strlen(key), s.hex[OUTER_KEY]), 0);
	buf_clear(sums);
	assert_int_equal(sums_print(&s, sums), 0);
	craft_sign(c, "k.key");
	buf_clear(file);
	ids = outer_order(1, &n);
	for (i = 0; i < n; i++) {
		member = ids[i] == OUTER_KEY ? &envelope : &c->member[ids[i]];
		craft_add(file, outer_name_sealed(ids[i]), member);
	}
	craft_end(file);
	buf_free(&envelope);
}

/* Zero bytes behind a tar. */
static inline void
tar_zeros(struct buf *tar, size_t len)
{
	char *to = buf_reserve(tar, len);

	assert_non_null(to);
	memset(to, 0, len);
	tar->len += len;
}

/* An extended header with a comment of that many bytes (of 512). */
static inline void
tar_comment(struct buf *tar, size_t size)
{
	char header[512] = "comment", *pax;
	int n;

	memcpy(header + 100, "0000600", 7);
	snprintf(header + 124, 12, "%011zo", size);
	memcpy(header + 136, "00000000000", 11);
	header[156] = 'x';
	memcpy(header + 257, "ustar\00000", 8);
	tar_sum(header);
	assert_int_equal(buf_add(tar, header, sizeof(header)), 0);
	assert_non_null(pax = calloc(1, size + 1));
	n = snprintf(pax, size, "%zu comment=", size);
	memset(pax + n, 'x', size - (size_t)n - 1);
	pax[size - 1] = '\n';
	assert_int_equal(buf_add(tar, pax, size), 0);
	free(pax);
}

#endif
