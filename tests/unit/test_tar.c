#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tar_made.h"

#define TEN(c) c c c c c c c c c c

static void
test_headers(void **state)
{
	static const char n100[] = TEN(TEN("n"));
	static const struct {
		char type;
		struct change c[2];
		const char *want;
	} cases[] = {
		{ '0', { { 0 } }, "f etc/x 0640 107:108 nova:kvm 3 @7 abc\n" },
		{ '5', { { 0 } }, "d etc/x 0640 107:108 nova:kvm 0 @7\n" },
		{ '2', { { 0 } },
		    "l etc/x 0640 107:108 nova:kvm 0 @7 -> to\n" },
		/* A field of text may be full, or empty. */
		{ '5', { { NAME, n100, 100 }, { PREFIX, "usr", 4 } },
		    ("d usr/" TEN(TEN("n")) " 0640 107:108 nova:kvm 0 @7\n") },
		{ '5', { { PREFIX, NULL, 155 } },
		    ("d " TEN(TEN("n")) TEN(
			"nnnnn") "nnnnn/etc/x 0640 107:108 nova:kvm 0 @7\n") },
		{ '2', { { LINK, NULL, 100 } },
		    ("l etc/x 0640 107:108 nova:kvm 0 @7 -> " TEN(
			TEN("n")) "\n") },
		{ '5', { { USER, NULL, 32 }, { GROUP, NULL, 32 } },
		    ("d etc/x 0640 107:108 " TEN("nnn") "nn:" TEN(
			"nnn") "nn 0 @7\n") },
		{ '5', { { USER, "\0", 1 }, { GROUP, "\0", 1 } },
		    "d etc/x 0640 107:108 : 0 @7\n" },
		/* One of numbers ends in zero bytes, in spaces, or is full. */
		{ '5', { { MODE, "7777\0\0\0", 8 }, { UID, "0       ", 8 } },
		    "d etc/x 7777 0:108 nova:kvm 0 @7\n" },
		{ '5', { { UID, "77777777", 8 }, { GID, "00000001", 8 } },
		    "d etc/x 0640 16777215:1 nova:kvm 0 @7\n" },
		{ '5',
		    { { MTIME, "777777777777", 12 }, { MODE, "1 \0 \0  ", 8 } },
		    "d etc/x 0001 107:108 nova:kvm 0 @68719476735\n" },
	};
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		changed(&b, cases[i].type, cases[i].c, 2);
		assert_told(&b, cases[i].want);
	}
	buf_clear(&b);
	end(&b);
	assert_told(&b, "");
	buf_free(&b);
}

static void
test_wrong_headers(void **state)
{
	static const char number[] = "a header with a number that is none",
			  ustar[] = "a header that is none of ustar",
			  sum[] = "a header whose sum is wrong",
			  rest[] = "a header with more in it than ustar has",
			  no_link[] = "a link target of what is no link",
			  empty[] = "a folder or a symlink with bytes";
	static const struct {
		char type;
		struct change c;
		const char *want;
	} cases[] = {
		{ '0', { MAGIC, "ustar  ", 8 }, ustar },
		{ '0',
		    { MAGIC,
			"ustar\0"
			"01",
			8 },
		    ustar },
		{ '0', { MAGIC, "\0\0\0\0\0\0\0", 8 }, ustar },
		{ '0', { SUM, "000000", 7 }, sum },
		{ '0', { SUM, "\0\0\0\0\0\0\0", 8 }, sum },
		{ '0', { SUM, "77777x", 7 }, sum },
		{ '0', { REST, "x", 1 }, rest },
		{ '0', { BLOCK - 1, "\1", 1 }, rest },
		{ '0', { MODE, "0010000", 7 }, number },
		{ '0', { MODE, "\0\0\0\0\0\0\0", 8 }, number },
		{ '0', { MODE, "0000648", 7 }, number },
		{ '0', { MODE, "  00640", 7 }, number },
		{ '0', { UID, "-1", 3 }, number },
		{ '0', { UID, "12 3", 4 }, number },
		{ '0', { GID, "0x10", 5 }, number },
		{ '0', { GID, "\0", 1 }, number },
		{ '0', { SIZE, "\x80\0\0\0\0\0\0\0\0\0\0\3", 12 }, number },
		{ '0', { SIZE, " ", 1 }, number },
		{ '0', { MTIME, "\xff", 1 }, number },
		{ '0', { MTIME, "1.5", 4 }, number },
		{ '0', { LINK, "x", 1 }, no_link },
		{ '5', { LINK, "x", 1 }, no_link },
		{ '5', { SIZE, "00000000001", 11 }, empty },
		{ '2', { SIZE, "00000001000", 11 }, empty },
	};
	/* Old files, hard links, devices, what pax has for all entries, GNU's
	 * and Solaris' ways. */
	static const char types[] = "\00013467gLKSVDMNXZ~";
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		changed(&b, cases[i].type, &cases[i].c, 1);
		assert_why(&b, cases[i].want);
	}
	for (i = 0; i < sizeof(types) - 1; i++) {
		changed(&b, types[i], NULL, 0);
		assert_why(&b, "an entry that is no file, folder or symlink");
	}
	buf_free(&b);
}

/* Zero bytes behind an entry and behind records; two zero blocks at the end. */
static void
test_padding(void **state)
{
	static const char one[] = "8 uid=1\n";
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	with_records(&b, one, 8, '0');
	assert_told(&b, "f etc/x 0640 1:108 nova:kvm 3 @7 abc\n");
	for (i = 0; i < b.len; i++) {
		/* Not in headers, records and bytes. */
		if (i % BLOCK == 0 && (i == 0 || i == 2 * BLOCK))
			i += BLOCK;
		if (i == BLOCK)
			i += 8;
		if (i == 3 * BLOCK)
			i += 3;
		b.data[i] ^= 1;
		assert_why(&b, i < 4 * BLOCK ? "its padding is not zero"
			       : i < 5 * BLOCK
				   ? "a header that is none of ustar"
				   : "its end is no end");
		b.data[i] ^= 1;
	}
	buf_free(&b);
}

/* A tar with every kind of entry, and what it tells. */
static void
all_kinds(struct buf *b)
{
	static const char records[] = "21 mtime=-2208988800\n"
				      "25 SCHILY.xattr.user.a=b\n";

	buf_clear(b);
	add_header(b, '5', 0);
	add_records(b, records, sizeof(records) - 1);
	add_header(b, '0', 3);
	add(b, "abc", 3);
	pad(b);
	add_header(b, '2', 0);
	add_header(b, '0', BLOCK);
	add(b, TEN(TEN("xxxxx")) "0123456789ab", BLOCK);
	end(b);
}

static const char *const all_told =
    ("d etc/x 0640 107:108 nova:kvm 0 @7\n"
     "f etc/x 0640 107:108 nova:kvm 3 @-2208988800 user.a=b abc\n"
     "l etc/x 0640 107:108 nova:kvm 0 @7 -> to\n"
     "f etc/x 0640 107:108 nova:kvm 512 @7 " TEN(
	 TEN("xxxxx")) "0123456789ab\n");

/* However few bytes the source has at a time; and where it fails, it alone
 * knows why. */
static void
test_source(void **state)
{
	static const size_t steps[] = { 1, 7, 511, 512, 513, 100000 };
	struct buf b = BUF_EMPTY, out = BUF_EMPTY;
	struct from f = { &b, 0, 0, SIZE_MAX };
	size_t i;

	(void)state;
	all_kinds(&b);
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		f.pos = 0;
		f.step = steps[i];
		buf_clear(&out);
		assert_null(read_tar(&f, &out));
		assert_string_equal(out.data, all_told);
		assert_int_equal(f.pos, b.len);
	}
	f.step = 7;
	for (i = 0; i < b.len; i += 5) {
		f.pos = 0;
		f.breaks = i;
		assert_string_equal(read_tar(&f, &out), "");
	}
	buf_free(&b);
	buf_free(&out);
}

/* Cut off anywhere. */
static void
test_cut(void **state)
{
	struct buf b = BUF_EMPTY;
	size_t len;

	(void)state;
	all_kinds(&b);
	for (len = b.len; len-- > 0;) {
		b.len = len;
		assert_why(&b, "it is cut short");
	}
	buf_free(&b);
}

/* Entries in bits, or not read at all; behind the end nothing is asked for. */
static void
test_reading(void **state)
{
	struct archive_entry *e = archive_entry_new();
	struct buf b = BUF_EMPTY;
	struct from f = { &b, 0, 512, SIZE_MAX };
	struct tar_reader *t;
	char c[4];
	size_t at;

	(void)state;
	all_kinds(&b);
	add_header(&b, '0', 3);
	assert_non_null(t = tar_new(give, &f));
	/* A folder. */
	assert_int_equal(tar_next(t, e), 1);
	assert_int_equal(tar_read(t, c, 4), 0);
	/* A file, by twos. */
	assert_int_equal(tar_next(t, e), 1);
	assert_int_equal(tar_read(t, c, 2), 2);
	assert_memory_equal(c, "ab", 2);
	assert_int_equal(tar_read(t, c, 4), 1);
	assert_memory_equal(c, "c", 1);
	assert_int_equal(tar_read(t, c, 4), 0);
	assert_int_equal(tar_read(t, c, 4), 0);
	/* A symlink, and a file of which a little is read. */
	assert_int_equal(tar_next(t, e), 1);
	assert_int_equal(tar_next(t, e), 1);
	assert_int_equal(tar_read(t, c, 1), 1);
	assert_int_equal(tar_next(t, e), 0);
	at = f.pos;
	assert_int_equal(at, b.len - BLOCK);
	assert_int_equal(tar_next(t, e), 0);
	assert_int_equal(tar_read(t, c, 4), 0);
	assert_int_equal(f.pos, at);
	tar_free(t);
	tar_free(NULL);
	archive_entry_free(e);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_wrong_headers),
		cmocka_unit_test(test_padding),
		cmocka_unit_test(test_source),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
