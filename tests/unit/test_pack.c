#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <sys/resource.h>

#include "archive/bundle/pack.h"
#include "archive/bundle/zst.h"
#include "craft.h"
#include "sample.h"

static int
to_buf(void *cookie, const void *bytes, size_t len)
{

	return buf_add(cookie, bytes, len);
}

struct from {
	const struct buf *bytes;
	size_t pos, step;
};

static ssize_t
from_buf(void *cookie, void *buf, size_t len)
{
	struct from *f = cookie;
	size_t left = f->bytes->len - f->pos;

	if (len > f->step)
		len = f->step;
	if (len > left)
		len = left;
	if (len > 0)
		memcpy(buf, f->bytes->data + f->pos, len);
	f->pos += len;
	return (ssize_t)len;
}

static int
broken_sink(void *cookie, const void *bytes, size_t len)
{

	(void)cookie;
	(void)bytes;
	(void)len;
	warn_msg("sink broke");
	return -1;
}

static ssize_t
broken_source(void *cookie, void *buf, size_t len)
{

	(void)cookie;
	(void)buf;
	(void)len;
	warn_msg("source broke");
	return -1;
}

/* The samples, with sizes as their bytes have. */
static struct item *
item_of(size_t i)
{
	struct item *item = sample_item(&samples[i]);

	assert_non_null(item->path = item_member(item));
	item->size = strlen(samples[i].bytes);
	return item;
}

/* A part with the given samples. */
static void
pack(const size_t *list, size_t n, struct buf *out)
{
	struct pack_writer *w = pack_writer_new(to_buf, out);
	struct item *item;
	size_t i;

	assert_non_null(w);
	for (i = 0; i < n; i++) {
		item = item_of(list[i]);
		assert_int_equal(pack_begin(w, item, PACK_ITEM), 0);
		assert_int_equal(
		    pack_write(w, samples[list[i]].bytes, (size_t)item->size),
		    0);
		item_free(item);
	}
	assert_int_equal(pack_end(w), 0);
	pack_writer_free(w);
}

static const size_t files[] = { 0, 1, 2, 3, 4 };

/* Read samples back: the step at which it was refused, -1 when it was not. */
static int
unpack(const struct buf *zst, const size_t *list, size_t n, size_t step)
{
	struct from f = { zst, 0, step };
	struct pack_reader *r;
	struct item *item, *last = NULL;
	char bytes[256];
	uint64_t budget = 0;
	size_t i, got;
	ssize_t k = 0;
	int rc = 0;

	for (i = 0; i < n; i++) {
		item = item_of(list[i]);
		budget += pack_budget(item);
		item_free(item);
	}
	assert_non_null(r = pack_reader_new("PART", budget, from_buf, &f));
	for (i = 0; i < n && rc == 0; i++) {
		item = item_of(list[i]);
		rc = pack_next(r, item, PACK_ITEM);
		for (got = 0; rc == 0; got += (size_t)k)
			if ((k = pack_read(
				 r, bytes + got, sizeof(bytes) - got)) <= 0)
				break;
		if (k == -1)
			rc = -1;
		else if (rc == 0 &&
			 (got != item->size ||
			     memcmp(bytes, samples[list[i]].bytes, got) != 0))
			fail_msg("%s came back changed", item->name);
		item_free(last);
		last = item;
	}
	if (rc == 0) {
		rc = pack_finish(r);
		i++;
	}
	pack_reader_free(r);
	item_free(last);
	return rc == 0 ? -1 : (int)i - 1;
}

/* In any locale, however few bytes the source gives at a time. */
static void
test_round(void **state)
{
	static const char *const locales[] = { "C", "C.UTF-8", "POSIX" };
	struct buf one = BUF_EMPTY, b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_non_null(setlocale(LC_ALL, locales[i]));
		buf_clear(&b);
		pack(files, 5, &b);
		assert_int_equal(unpack(&b, files, 5, 65536), -1);
		assert_int_equal(unpack(&b, files, 5, 1), -1);
		if (i == 0)
			pack(files, 5, &one);
		assert_int_equal(one.len, b.len);
		assert_memory_equal(one.data, b.data, b.len);
	}
	setlocale(LC_ALL, "C");
	buf_clear(&b);
	pack(files, 0, &b);
	assert_int_equal(unpack(&b, files, 0, 65536), -1);
	assert_int_equal(unpack(&b, files, 1, 65536), 0);
	buf_free(&one);
	buf_free(&b);
}

/* Values that ustar cannot hold, and at its edges. */
static void
test_wide(void **state)
{
	static const int64_t times[] = { 0, -1, -2208988800, 077777777777,
		0100000000000, 4102444800 };
	static const uint32_t ids[] = { 0, 07777777, 010000000, UINT32_MAX };
	static const size_t lens[] = { 1, 99, 100, 101, 154, 155, 156, 255, 256,
		1000 };
	struct item *item = item_of(1);
	struct buf b = BUF_EMPTY;
	struct pack_writer *w;
	struct pack_reader *r;
	struct from f = { &b, 0, 65536 };
	char name[1024];
	size_t i;

	(void)state;
	for (i = 0; i < 40; i++) {
		item->file->mtime = times[i % 6];
		item->file->uid = ids[i % 4];
		item->file->gid = ids[(i + 1) % 4];
		item->file->mode = (uint32_t)(i * 111) & 07777;
		memset(name, 'n', sizeof(name));
		if (i % 3 == 1)
			name[lens[i % 10] / 2] = '/';
		name[lens[i % 10]] = '\0';
		if (name[0] == '/' || name[strlen(name) - 1] == '/')
			name[0] = name[strlen(name) - 1] = 'x';
		assert_int_equal(manifest_set(&item->path, name), 0);
		buf_clear(&b);
		assert_non_null(w = pack_writer_new(to_buf, &b));
		assert_int_equal(pack_begin(w, item, PACK_ITEM), 0);
		assert_int_equal(
		    pack_write(w, samples[1].bytes, (size_t)item->size), 0);
		assert_int_equal(pack_end(w), 0);
		pack_writer_free(w);
		f.pos = 0;
		assert_non_null(r = pack_reader_new(
				    "PART", pack_budget(item), from_buf, &f));
		assert_int_equal(pack_next(r, item, PACK_ITEM), 0);
		while (pack_read(r, name, sizeof(name)) > 0)
			continue;
		assert_int_equal(pack_finish(r), 0);
		pack_reader_free(r);
	}
	item_free(item);
	buf_free(&b);
}

/* The manifest says one thing, the part another. */
static void
change(struct item *item, int what)
{
	struct item_file *f = item->file;

	switch (what) {
	case 0:
		assert_int_equal(manifest_set(&item->path, "etc/other"), 0);
		break;
	case 1:
		item->size++;
		break;
	case 2:
		f->mode ^= 1;
		break;
	case 3:
		f->mode |= 04000;
		break;
	case 4:
		f->uid++;
		break;
	case 5:
		f->gid++;
		break;
	case 6:
		assert_int_equal(manifest_set(&f->user, "root"), 0);
		break;
	case 7:
		assert_int_equal(manifest_set(&f->group, NULL), 0);
		break;
	case 8:
		f->mtime++;
		break;
	case 9:
		f->type = FILE_SYMLINK;
		assert_int_equal(manifest_set(&f->target, "x"), 0);
		break;
	case 10:
		f->type = FILE_DIRECTORY;
		break;
	case 11:
		f->xattrs[1].value[0] ^= 1;
		break;
	case 12:
		f->xattrs[1].len--;
		break;
	case 13:
		assert_int_equal(manifest_set(&f->xattrs[1].name, "user.n"), 0);
		break;
	default:
		free(f->xattrs[1].name);
		free(f->xattrs[1].value);
		f->nxattrs--;
		break;
	}
}

static void
test_differs(void **state)
{
	static const char *const says[] = { "its name", "its size", "its mode",
		"its mode", "its owner", "its owner", "its owner", "its owner",
		"its time", "its type", "its type", "its extended",
		"its extended", "its extended", "its extended" };
	static const size_t list[] = { 1 };
	struct buf b = BUF_EMPTY;
	struct pack_reader *r;
	struct item *item;
	struct from f = { &b, 0, 65536 };
	size_t i;
	int saved, rc;

	(void)state;
	pack(list, 1, &b);
	for (i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		item = item_of(1);
		change(item, (int)i);
		f.pos = 0;
		assert_non_null(
		    r = pack_reader_new("PART", 100000, from_buf, &f));
		saved = hush();
		rc = pack_next(r, item, PACK_ITEM);
		unhush(saved);
		pack_reader_free(r);
		if (rc == 0)
			fail_msg("taken although %s differs", says[i]);
		assert_said(says[i]);
		assert_said(
		    "PART: refused: the entry for file:/etc/nova/nova.conf");
		item_free(item);
	}
	buf_free(&b);
}

/* Missing, double, swapped, too many, none. */
static void
test_order(void **state)
{
	static const struct {
		size_t stored[5], nstored, read[5], nread;
		int step;
		const char *text;
	} cases[] = {
		{ { 0, 1, 2 }, 3, { 0, 2 }, 2, 1, "the entry for" },
		{ { 0, 2 }, 2, { 0, 1, 2 }, 3, 1, "the entry for" },
		{ { 1, 0 }, 2, { 0, 1 }, 2, 0, "the entry for" },
		{ { 0, 1 }, 2, { 0, 1, 2 }, 3, 2, "is missing in it" },
		{ { 0, 1, 2 }, 3, { 0, 1 }, 2, 2, "does not list" },
		{ { 0, 1, 1 }, 3, { 0, 1 }, 2, 2, "does not list" },
		{ { 0 }, 1, { 0 }, 0, 0, "more than the manifest says" },
		{ { 0 }, 0, { 0 }, 1, 0, "is missing in it" },
	};
	struct buf b = BUF_EMPTY;
	size_t i;
	int saved, step;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		pack(cases[i].stored, cases[i].nstored, &b);
		saved = hush();
		step = unpack(&b, cases[i].read, cases[i].nread, 65536);
		unhush(saved);
		if (step != cases[i].step)
			fail_msg("case %zu: at %d", i, step);
		assert_said(cases[i].text);
	}
	buf_free(&b);
}

/* Cut off anywhere: refused, with one message. */
static void
test_cut(void **state)
{
	struct buf whole = BUF_EMPTY, b = BUF_EMPTY;
	size_t i;
	int saved, step;

	(void)state;
	pack(files, 5, &whole);
	for (i = 0; i < whole.len; i++) {
		craft_set(&b, whole.data, i);
		saved = hush();
		step = unpack(&b, files, 5, 65536);
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
	pack(files, 5, &whole);
	craft_set(&b, whole.data, whole.len);
	assert_int_equal(buf_addc(&b, '\0'), 0);
	saved = hush();
	step = unpack(&b, files, 5, 65536);
	unhush(saved);
	assert_int_equal(step, 5);
	assert_said("bytes follow the zstd frame");

	craft_set(&b, whole.data, whole.len);
	assert_int_equal(buf_add(&b, whole.data, whole.len), 0);
	saved = hush();
	step = unpack(&b, files, 5, 65536);
	unhush(saved);
	assert_int_equal(step, 5);
	assert_said("bytes follow the zstd frame");

	craft_unzip(&whole, &tar);
	craft_zip(&tar, 0, &frame);
	assert_int_equal(unpack(&frame, files, 5, 65536), -1);
	assert_int_equal(buf_add(&tar, "hello", 5), 0);
	buf_clear(&frame);
	craft_zip(&tar, 0, &frame);
	saved = hush();
	step = unpack(&frame, files, 5, 65536);
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
	pack(list, 1, &whole);
	craft_unzip(&whole, &tar);
	for (window = 20; window <= 27; window++) {
		buf_clear(&b);
		craft_zip(&tar, window, &b);
		saved = hush();
		assert_int_equal(
		    unpack(&b, list, 1, 65536), window <= 23 ? -1 : 0);
		unhush(saved);
		if (window > 23)
			assert_said("too much memory");
	}
	craft_set(&b, "hello, this is no frame at all", 30);
	saved = hush();
	assert_int_equal(unpack(&b, list, 1, 65536), 0);
	unhush(saved);
	assert_said("not what zstd can read");
	craft_set(&b, "", 0);
	saved = hush();
	assert_int_equal(unpack(&b, list, 1, 65536), 0);
	unhush(saved);
	assert_said("cut short");
	/* A frame, but no tar in it. */
	craft_set(
	    &tar, "hello, this is no tar at all, and it is not short", 49);
	buf_clear(&b);
	craft_zip(&tar, 0, &b);
	saved = hush();
	assert_int_equal(unpack(&b, list, 1, 65536), 0);
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
	pack(list, 1, &small);
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
	assert_int_equal(unpack(&b, list, 1, 65536), 1);
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
	assert_int_equal(unpack(&b, list, 1, 65536), 0);
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
		step = unpack(&b, list, 1, 65536);
		unhush(saved);
		/* The last one is what it should be. */
		assert_int_equal(step, i == 6 ? -1 : 0);
		if (i < 6)
			assert_said(says[i]);
	}
	buf_free(&b);
}

/* Whoever gives or takes the bytes fails: said once. */
static void
test_broken(void **state)
{
	struct pack_writer *w;
	struct pack_reader *r;
	struct item *item = item_of(1);
	int saved, rc;

	(void)state;
	saved = hush();
	assert_non_null(w = pack_writer_new(broken_sink, NULL));
	rc = pack_begin(w, item, PACK_ITEM);
	if (rc == 0)
		rc = pack_write(w, samples[1].bytes, (size_t)item->size);
	if (rc == 0)
		rc = pack_end(w);
	pack_writer_free(w);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("sink broke");
	saved = hush();
	assert_non_null(r = pack_reader_new("PART", 1000, broken_source, NULL));
	rc = pack_next(r, item, PACK_ITEM);
	pack_reader_free(r);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("source broke");
	pack_writer_free(NULL);
	pack_reader_free(NULL);
	item_free(item);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_differs),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_behind),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
