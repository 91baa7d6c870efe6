#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>

#include "pack_made.h"

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
		pack_made(files, 5, &b);
		assert_int_equal(pack_taken(&b, files, 5, 65536), -1);
		assert_int_equal(pack_taken(&b, files, 5, 1), -1);
		if (i == 0)
			pack_made(files, 5, &one);
		assert_int_equal(one.len, b.len);
		assert_memory_equal(one.data, b.data, b.len);
	}
	setlocale(LC_ALL, "C");
	buf_clear(&b);
	pack_made(files, 0, &b);
	assert_int_equal(pack_taken(&b, files, 0, 65536), -1);
	assert_int_equal(pack_taken(&b, files, 1, 65536), 0);
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
	struct item *item = pack_item(1);
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
	pack_made(list, 1, &b);
	for (i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		item = pack_item(1);
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
		pack_made(cases[i].stored, cases[i].nstored, &b);
		saved = hush();
		step = pack_taken(&b, cases[i].read, cases[i].nread, 65536);
		unhush(saved);
		if (step != cases[i].step)
			fail_msg("case %zu: at %d", i, step);
		assert_said(cases[i].text);
	}
	buf_free(&b);
}

/* Whoever gives or takes the bytes fails: said once. */
static void
test_broken(void **state)
{
	struct pack_writer *w;
	struct pack_reader *r;
	struct item *item = pack_item(1);
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
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
