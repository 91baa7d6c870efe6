/* Parts that say one thing and hold another: cut, longer, bombs, foreign. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/resource.h>

#include "archive/bundle/zst.h"
#include "craft.h"
#include "pack_made.h"

/* Cut off anywhere: refused, with one message. */
static void
test_cut(void **state)
{
	struct buf whole = BUF_EMPTY, b = BUF_EMPTY;
	size_t i;
	int saved, step;

	(void)state;
	pack_made(files, 5, &whole);
	for (i = 0; i < whole.len; i++) {
		craft_set(&b, whole.data, i);
		saved = hush();
		step = pack_taken(&b, files, 5, 65536);
		unhush(saved);
		if (step == -1)
			fail_msg("taken, cut at %zu of %zu", i, whole.len);
		assert_said("PART: refused");
	}
	buf_free(&whole);
	buf_free(&b);
}

/* Bytes behind the frame, a frame behind it, bytes behind the tar. */
static void
test_behind(void **state)
{
	struct buf whole = BUF_EMPTY, b = BUF_EMPTY, tar = BUF_EMPTY,
		   frame = BUF_EMPTY;
	int saved, step;

	(void)state;
	pack_made(files, 5, &whole);
	craft_set(&b, whole.data, whole.len);
	assert_int_equal(buf_addc(&b, '\0'), 0);
	saved = hush();
	step = pack_taken(&b, files, 5, 65536);
	unhush(saved);
	assert_int_equal(step, 5);
	assert_said("bytes follow the zstd frame");

	craft_set(&b, whole.data, whole.len);
	assert_int_equal(buf_add(&b, whole.data, whole.len), 0);
	saved = hush();
	step = pack_taken(&b, files, 5, 65536);
	unhush(saved);
	assert_int_equal(step, 5);
	assert_said("bytes follow the zstd frame");

	craft_unzip(&whole, &tar);
	craft_zip(&tar, 0, &frame);
	assert_int_equal(pack_taken(&frame, files, 5, 65536), -1);
	assert_int_equal(buf_add(&tar, "hello", 5), 0);
	buf_clear(&frame);
	craft_zip(&tar, 0, &frame);
	saved = hush();
	step = pack_taken(&frame, files, 5, 65536);
	unhush(saved);
	assert_int_equal(step, 5);
	assert_said("bytes follow the end of its tar");
	buf_free(&whole);
	buf_free(&b);
	buf_free(&tar);
	buf_free(&frame);
}

/* A frame that asks for more memory than it may, and what is no frame. */
static void
test_frames(void **state)
{
	static const size_t list[] = { 1 };
	struct buf tar = BUF_EMPTY, b = BUF_EMPTY, whole = BUF_EMPTY;
	int saved, window;

	(void)state;
	pack_made(list, 1, &whole);
	craft_unzip(&whole, &tar);
	for (window = 20; window <= 27; window++) {
		buf_clear(&b);
		craft_zip(&tar, window, &b);
		saved = hush();
		assert_int_equal(
		    pack_taken(&b, list, 1, 65536), window <= 23 ? -1 : 0);
		unhush(saved);
		if (window > 23)
			assert_said("too much memory");
	}
	craft_set(&b, "hello, this is no frame at all", 30);
	saved = hush();
	assert_int_equal(pack_taken(&b, list, 1, 65536), 0);
	unhush(saved);
	assert_said("not what zstd can read");
	craft_set(&b, "", 0);
	saved = hush();
	assert_int_equal(pack_taken(&b, list, 1, 65536), 0);
	unhush(saved);
	assert_said("cut short");
	/* A frame, but no tar in it. */
	craft_set(
	    &tar, "hello, this is no tar at all, and it is not short", 49);
	buf_clear(&b);
	craft_zip(&tar, 0, &b);
	saved = hush();
	assert_int_equal(pack_taken(&b, list, 1, 65536), 0);
	unhush(saved);
	assert_said("no tar that can be read");
	buf_free(&tar);
	buf_free(&b);
	buf_free(&whole);
}

/* A pax header with so many bytes of records. */
static void
pax_header(uint64_t size, struct buf *tar)
{
	unsigned char block[OUTER_BLOCK];
	unsigned int sum = 0;
	char *to;
	size_t i;

	outer_header("records", size, block);
	block[156] = 'x';
	memset(block + 148, ' ', 8);
	for (i = 0; i < sizeof(block); i++)
		sum += block[i];
	snprintf((char *)block + 148, 8, "%06o", sum);
	assert_int_equal(buf_add(tar, block, sizeof(block)), 0);
	assert_non_null(to = buf_reserve(tar, size));
	memset(to, 'x', size);
	tar->len += size;
}

/* A gigabyte behind a few kilobytes: refused where it begins, in little memory;

 * and what is larger than the manifest says at the budget. */
static void
test_bomb(void **state)
{
	static const size_t list[] = { 1 };
	struct buf b = BUF_EMPTY, tar = BUF_EMPTY, small = BUF_EMPTY;
	struct zst_writer *w;
	struct rusage before, after;
	char *zeros;
	int i, saved;

	(void)state;
	/* The entry as it should be, but its tar has no end. */
	pack_made(list, 1, &small);
	craft_unzip(&small, &tar);
	assert_non_null(w = zst_writer_new(ZST_FAST, to_buf, &b));
	assert_int_equal(zst_write(w, tar.data, tar.len - 1024), 0);
	assert_non_null(zeros = calloc(1, 1 << 20));
	memset(zeros, 'x', 1 << 20);
	for (i = 0; i < 1024; i++)
		assert_int_equal(zst_write(w, zeros, 1 << 20), 0);
	assert_int_equal(zst_end(w), 0);
	zst_writer_free(w);
	free(zeros);
	getrusage(RUSAGE_SELF, &before);
	saved = hush();
	assert_int_equal(pack_taken(&b, list, 1, 65536), 1);
	unhush(saved);
	getrusage(RUSAGE_SELF, &after);
	assert_said("no tar that can be read");
	assert_true(after.ru_maxrss - before.ru_maxrss < 64 << 10);
	/* Records that are as long as a reader takes, of a small item. */
	buf_clear(&tar);
	pax_header(1 << 20, &tar);
	buf_clear(&b);
	craft_zip(&tar, 0, &b);
	saved = hush();
	assert_int_equal(pack_taken(&b, list, 1, 65536), 0);
	unhush(saved);
	assert_said("more than the manifest says");
	buf_free(&b);
	buf_free(&tar);
	buf_free(&small);
}

/* Entries that no item makes: a link to a file, a device, a sparse file. */
static void
hostile_tar(int what, struct buf *zst)
{
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	char *room;
	struct buf tar = BUF_EMPTY;
	size_t used = 0;

	assert_non_null(room = buf_reserve(&tar, 100000));
	assert_int_equal(
	    archive_write_set_format_pax_restricted(a), ARCHIVE_OK);
	assert_int_equal(
	    archive_write_open_memory(a, room, 100000, &used), ARCHIVE_OK);
	archive_entry_set_pathname(
	    e, what == 4 ? "../../etc/nova/empty" : "etc/nova/empty");
	archive_entry_set_perm(e, 0640);
	archive_entry_set_uid(e, 107);
	archive_entry_set_gid(e, 3000000);
	archive_entry_set_uname(e, "nova");
	archive_entry_set_mtime(e, 1329912000, 0);
	archive_entry_set_size(e, 0);
	archive_entry_set_filetype(e, what == 1   ? AE_IFCHR
				      : what == 2 ? AE_IFIFO
				      : what == 5 ? AE_IFDIR
						  : AE_IFREG);
	if (what == 0)
		archive_entry_set_hardlink(e, "etc/nova/nova.conf");
	if (what == 3) {
		archive_entry_set_size(e, 1 << 20);
		archive_entry_sparse_add_entry(e, 1 << 19, 512);
	}
	assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	tar.len = used;
	archive_write_free(a);
	archive_entry_free(e);
	craft_zip(&tar, 0, zst);
	buf_free(&tar);
}

static void
test_hostile(void **state)
{
	static const char *const says[] = { "no file, folder or symlink",
		"no file, folder or symlink", "no file, folder or symlink",
		"no tar that can be read", "its name", "its type" };
	static const size_t list[] = { 2 };
	struct buf b = BUF_EMPTY;
	int i, saved, step;

	(void)state;
	for (i = 0; i < 7; i++) {
		buf_clear(&b);
		hostile_tar(i, &b);
		saved = hush();
		step = pack_taken(&b, list, 1, 65536);
		unhush(saved);
		/* The last one is what it should be. */
		assert_int_equal(step, i == 6 ? -1 : 0);
		if (i < 6)
			assert_said(says[i]);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_behind),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
