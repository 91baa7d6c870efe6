#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <archive.h>
#include <cmocka.h>

#include "archive/bundle/pack_entry.h"
#include "archive/bundle/pack_plain.h"
#include "pack_made.h"

struct headers {
	struct buf *to;
	int over; /* what follows is no header */
};

static la_ssize_t
to_memory(struct archive *a, void *cookie, const void *bytes, size_t len)
{

	struct headers *h = cookie;

	(void)a;
	if (h->over)
		return (la_ssize_t)len;
	return buf_add(h->to, bytes, len) == 0 ? (la_ssize_t)len : -1;
}

/* All that libarchive writes in front of the bytes of an entry. */
static void
headers(const struct item *item, struct buf *out)
{
	struct headers to = { out, 0 };
	struct archive *a = archive_write_new();
	struct archive_entry *e = pack_entry_new(item, PACK_ITEM);

	assert_non_null(a);
	assert_non_null(e);
	archive_write_set_format_pax_restricted(a);
	archive_write_set_options(a, "pax:xattrheader=SCHILY");
	archive_write_set_bytes_per_block(a, 0);
	assert_int_equal(
	    archive_write_open(a, &to, NULL, to_memory, NULL), ARCHIVE_OK);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	archive_entry_free(e);
	assert_true(out->len >= PACK_BLOCK && out->len % PACK_BLOCK == 0);
	to.over = 1;
	archive_write_free(a);
}

/* Is it written plain?  Then it is what libarchive writes, to the byte. */
static int
is_plain(const struct item *item)
{
	struct buf want = BUF_EMPTY;
	unsigned char h[PACK_BLOCK];
	int plain = pack_plain(item, h);

	if (plain) {
		headers(item, &want);
		assert_int_equal(want.len, PACK_BLOCK);
		assert_memory_equal(h, want.data, PACK_BLOCK);
		buf_free(&want);
	}
	return plain;
}

/* A name of ${len} bytes, with folders in it. */
static void
set_name(struct item *item, size_t len)
{
	char name[512];
	size_t i;

	assert_true(len > 0 && len < sizeof(name));
	for (i = 0; i < len; i++)
		name[i] =
		    i % 9 == 5 && i + 1 < len ? '/' : (char)('a' + i % 26);
	name[len] = '\0';
	assert_int_equal(manifest_set(&item->path, name), 0);
}

/* At each edge: one below is plain, one above is not. */
static void
test_edges(void **state)
{
	struct item *item = pack_item(2);
	struct item_file *f = item->file;

	(void)state;
	f->uid = f->gid = 0;
	f->mtime = 0;
	assert_true(is_plain(item));
	set_name(item, 98);
	assert_true(is_plain(item));
	f->type = FILE_DIRECTORY;
	item->size = 0;
	assert_true(is_plain(item));
	f->type = FILE_REGULAR;
	set_name(item, 101);
	assert_false(is_plain(item));
	set_name(item, 9);
	f->uid = f->gid = (1u << 18) - 1;
	f->mode = 07777;
	f->mtime = 0x7ffffffe;
	item->size = ((uint64_t)1 << 33) - 1;
	assert_true(is_plain(item));
	f->uid++;
	assert_false(is_plain(item));
	f->uid = 0;
	f->gid++;
	assert_false(is_plain(item));
	f->gid = 0;
	f->mtime++;
	assert_false(is_plain(item));
	f->mtime = -1;
	assert_false(is_plain(item));
	f->mtime = 0;
	item->size++;
	assert_false(is_plain(item));
	item->size = 0;
	assert_true(is_plain(item));
	assert_int_equal(manifest_set(&item->path, "etc/\xc3\xa4"), 0);
	assert_false(is_plain(item));
	assert_int_equal(manifest_set(&item->path, "etc/a"), 0);
	assert_int_equal(manifest_set(&f->user, "\xc3\xa4"), 0);
	assert_false(is_plain(item));
	assert_int_equal(
	    manifest_set(&f->user, "u234567890123456789012345678901"), 0);
	assert_true(is_plain(item));
	assert_int_equal(
	    manifest_set(&f->user, "u2345678901234567890123456789012"), 0);
	assert_false(is_plain(item));
	item_free(item);
}

/* What only libarchive writes. */
static void
test_others(void **state)
{
	unsigned char h[PACK_BLOCK];
	struct item *item;
	size_t i;

	(void)state;
	for (i = 0; samples[i].bytes != NULL; i++) {
		item = pack_item(i);
		if (item->file == NULL || item->file->type == FILE_SYMLINK)
			assert_int_equal(pack_plain(item, h), 0);
		item_free(item);
	}
}

/* Anything below ${n}. */
static uint64_t
below(unsigned short seed[3], uint64_t n)
{

	return (uint64_t)nrand48(seed) % n;
}

static void
test_random(void **state)
{
	unsigned short seed[3] = { 1, 2, (unsigned short)time(NULL) };
	struct item *item = pack_item(2);
	struct item_file *f = item->file;
	int i, plain = 0;

	(void)state;
	print_message("seed %u\n", (unsigned int)seed[2]);
	for (i = 0; i < 3000; i++) {
		set_name(item, 1 + below(seed, 110));
		f->type = below(seed, 2) ? FILE_REGULAR : FILE_DIRECTORY;
		f->mode = (uint32_t)below(seed, 010000);
		f->uid = (uint32_t)below(seed, 1u << 19);
		f->gid = (uint32_t)below(seed, 1u << 10);
		f->mtime = (int64_t)below(seed, 0x7fffffff);
		item->size =
		    f->type == FILE_DIRECTORY ? 0 : below(seed, 1u << 16);
		plain += is_plain(item);
	}
	assert_true(plain > 1000);
	item_free(item);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
