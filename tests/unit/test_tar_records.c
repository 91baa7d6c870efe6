#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/tar_records.h"
#include "tar_made.h"

/* "LENGTH KEY=VALUE\n": the length counts itself. */
static void
record(struct buf *b, const char *key, const char *value, size_t len)
{
	size_t rest = 1 + strlen(key) + 1 + len + 1, n = rest;
	char head[32];

	do {
		n = rest + (size_t)snprintf(head, sizeof(head), "%zu", n);
	} while ((size_t)snprintf(head, sizeof(head), "%zu", n) + rest != n);
	assert_int_equal(buf_addf(b, "%s %s=", head, key), 0);
	add(b, value, len);
	assert_int_equal(buf_addc(b, '\n'), 0);
}

/* What a record says, goes before what the header says. */
static void
test_records(void **state)
{
	static const struct {
		char type;
		const char *key, *value, *want;
	} cases[] = {
		{ '0', "path", "a/\xc3\xa4=b",
		    "f a/\xc3\xa4=b 0640 107:108 nova:kvm 3 @7 abc\n" },
		{ '0', "uname", "a user of more than 32 bytes, with b",
		    "f etc/x 0640 107:108 a user of more than 32 bytes, with b"
		    ":kvm 3 @7 abc\n" },
		{ '0', "gname", "g", "f etc/x 0640 107:108 nova:g 3 @7 abc\n" },
		{ '0', "uid", "4294967295",
		    "f etc/x 0640 4294967295:108 nova:kvm 3 @7 abc\n" },
		{ '0', "gid", "0", "f etc/x 0640 107:0 nova:kvm 3 @7 abc\n" },
		{ '0', "size", "2", "f etc/x 0640 107:108 nova:kvm 2 @7 ab\n" },
		{ '0', "mtime", "68719476736",
		    "f etc/x 0640 107:108 nova:kvm 3 @68719476736 abc\n" },
		{ '0', "mtime", "-1",
		    "f etc/x 0640 107:108 nova:kvm 3 @-1 abc\n" },
		{ '5', "mtime", "-9223372036854775807",
		    "d etc/x 0640 107:108 nova:kvm 0 @-9223372036854775807\n" },
		{ '0', "SCHILY.xattr.user.x", "",
		    "f etc/x 0640 107:108 nova:kvm 3 @7 user.x= abc\n" },
		{ '0', "SCHILY.xattr.path", "a=b\n8 uid=0\n",
		    "f etc/x 0640 107:108 nova:kvm 3 @7 path=a=b\n8 uid=0\n"
		    " abc\n" },
		{ '2', "linkpath", "/a/way that is not in the header",
		    "l etc/x 0640 107:108 nova:kvm 0 @7 -> "
		    "/a/way that is not in the header\n" },
	};
	struct buf b = BUF_EMPTY, r = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&r);
		record(
		    &r, cases[i].key, cases[i].value, strlen(cases[i].value));
		with_records(&b, r.data, r.len, cases[i].type);
		/* Bytes of a file that its size does not count. */
		if (strcmp(cases[i].key, "size") == 0)
			b.data[3 * BLOCK + 2] = '\0';
		assert_told(&b, cases[i].want);
	}
	buf_free(&b);
	buf_free(&r);
}

/* All of them at once, where the header says nothing that could be read; zero
 * bytes in the value of an attribute. */
static void
test_all(void **state)
{
	static const char *const keys[] = { "path", "linkpath", "uname",
		"gname", "size", "uid", "gid", "mtime" };
	static const char *const values[] = { "p", "l", "u", "g", "0", "1", "2",
		"3" };
	static const char told[] = "l p 0640 1:2 u:g 0 @3 -> l user.z=\0\xff\0";
	struct buf b = BUF_EMPTY, r = BUF_EMPTY, out = BUF_EMPTY;
	unsigned char *h;
	size_t i;

	(void)state;
	for (i = 0; i < 8; i++)
		record(&r, keys[i], values[i], strlen(values[i]));
	record(&r, "SCHILY.xattr.user.z", "\0\xff", 3);
	with_records(&b, r.data, r.len, '2');
	h = (unsigned char *)b.data + 2 * BLOCK;
	memset(h + UID, 'x', 8);
	memset(h + GID, 'x', 8);
	memset(h + SIZE, 'x', 12);
	memset(h + MTIME, 'x', 12);
	put_sum(h);
	assert_null(read_buf(&b, &out));
	assert_int_equal(out.len, sizeof(told));
	assert_memory_equal(out.data, told, sizeof(told) - 1);
	buf_free(&b);
	buf_free(&r);
	buf_free(&out);
}

static void
test_wrong(void **state)
{
	static const char length[] = "a pax record without its length",
			  wrong[] = "a pax record whose length is wrong",
			  value[] = "a pax record without a value",
			  unknown[] = "a pax record that no bundle has, or "
				      "twice",
			  number[] = "a pax record with a number that is none",
			  zero[] = "a pax record with a zero byte",
			  no_link[] = "a link target of what is no link";
	static const struct {
		const char *bytes;
		size_t len;
		const char *want;
	} cases[] = {
		{ "x", 1, length },
		{ "12345678", 8, length },
		{ "00000010 path=a\n", 16, length },
		{ " path=a\n", 8, wrong },
		{ "-9 path=a\n", 10, wrong },
		{ "1x path=a\n", 10, wrong },
		{ "1048577 path=a\n", 15, wrong },
		{ "0 path=a\n", 9, wrong },
		{ "1 path=a\n", 9, wrong },
		{ "2 path=a\n", 9, wrong },
		{ "8 path=a\n", 9, wrong },
		{ "10 path=a\n", 10, NULL },
		{ "11 path=a\n", 10, wrong },
		{ "10 path=ab", 10, wrong },
		{ "10 path=a\nx", 11, length },
		{ "9 path-a\n", 9, value },
		{ "3 \n", 3, value },
		{ "5 =a\n", 5, unknown },
		{ "8 Path=a\n", 9, wrong },
		{ "9 Path=a\n", 9, unknown },
		{ "9 pat=ab\n", 9, unknown },
		{ "11 paths=a\n", 11, unknown },
		{ "11 atime=1\n", 11, unknown },
		{ "13 charset=x\n", 13, unknown },
		{ "13 comment=x\n", 13, unknown },
		{ "23 GNU.sparse.major=1\n", 22, wrong },
		{ "22 GNU.sparse.major=1\n", 22, unknown },
		{ "17 SCHILY.ino=12\n", 17, unknown },
		/* An attribute without a name. */
		{ "17 SCHILY.xattr=\n", 17, unknown },
		{ "18 SCHILY.xattr.=\n", 18, unknown },
		/* Twice, even the same. */
		{ "8 uid=1\n8 uid=1\n", 16, unknown },
		{ "8 gid=1\n8 gid=2\n", 16, unknown },
		{ "9 path=a\n", 9, NULL },
		{ "9 path=a\n9 path=a\n", 18, unknown },
		{ "9 size=3\n9 size=3\n", 18, unknown },
		{ "11 mtime=1\n11 mtime=1\n", 22, unknown },
		{ "11 uname=a\n11 uname=a\n", 22, unknown },
		{ "11 gname=a\n11 gname=a\n", 22, unknown },
		{ "8 uid=x\n", 8, number },
		{ "7 uid=\n", 7, number },
		{ "9 uid=-1\n", 9, number },
		{ "9 uid=+1\n", 9, number },
		{ "9 gid= 1\n", 9, number },
		{ "10 gid=1.0\n", 11, wrong },
		{ "11 gid=1.0\n", 11, number },
		{ "28 size=9223372036854775808\n", 28, number },
		{ "11 size=-1\n", 11, number },
		{ "13 mtime=1.5\n", 13, number },
		{ "11 mtime=-\n", 11, number },
		{ "13 mtime=--1\n", 13, number },
		{ "9 path=\0\n", 9, zero },
		{ "10 uname=\0\n", 10, wrong },
		{ "9 uid=1\0\n", 9, zero },
		{ "14 linkpath=x\n", 14, no_link },
	};
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		with_records(&b, cases[i].bytes, cases[i].len, '0');
		if (cases[i].want == NULL)
			assert_told(&b, "f a 0640 107:108 nova:kvm 3 @7 abc\n");
		else
			assert_why(&b, cases[i].want);
	}
	buf_free(&b);
}

/* A header of records stands in front of an entry, once, with records. */
static void
test_header(void **state)
{
	static const char size[] = "a pax header without size, or larger than "
				   "1 MiB";
	static const char *const sizes[] = { "00000000000", "        ",
		"00004000001", "77777777777", "1x", "\x80" };
	struct buf b = BUF_EMPTY;
	unsigned char *h;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		with_records(&b, "8 uid=1\n", 8, '0');
		h = (unsigned char *)b.data;
		memset(h + SIZE, 0, 12);
		memcpy(h + SIZE, sizes[i], strlen(sizes[i]));
		put_sum(h);
		assert_why(&b, size);
	}
	with_records(&b, "8 uid=1\n", 8, 'x');
	assert_why(&b, "an entry that is no file, folder or symlink");
	buf_clear(&b);
	add_records(&b, "8 uid=1\n", 8);
	end(&b);
	assert_why(&b, "a pax header without its entry");
	/* They hold for the one behind them only. */
	with_records(&b, "8 uid=1\n", 8, '5');
	b.len -= 2 * BLOCK;
	add_header(&b, '5', 0);
	end(&b);
	assert_told(&b, "d etc/x 0640 1:108 nova:kvm 0 @7\n"
			"d etc/x 0640 107:108 nova:kvm 0 @7\n");
	/* Of a size that no file ever reaches. */
	with_records(&b, "28 size=9223372036854775807\n", 28, '0');
	assert_why(&b, "it is cut short");
	with_records(&b, "9 size=1\n", 9, '5');
	assert_why(&b, "a folder or a symlink with bytes");
	buf_free(&b);
}

/* As many records as there may be, and a byte more. */
static void
test_most(void **state)
{
	static const char key[] = "SCHILY.xattr.user.big";
	const size_t around = strlen("1048576 =\n") + strlen(key);
	struct buf b = BUF_EMPTY, r = BUF_EMPTY, out = BUF_EMPTY;
	char *value = malloc(TAR_RECORDS_MAX);

	(void)state;
	assert_non_null(value);
	memset(value, 'v', TAR_RECORDS_MAX);
	record(&r, key, value, TAR_RECORDS_MAX - around);
	assert_int_equal(r.len, TAR_RECORDS_MAX);
	with_records(&b, r.data, r.len, '5');
	assert_null(read_buf(&b, &out));
	assert_true(out.len > TAR_RECORDS_MAX - around);
	buf_clear(&r);
	record(&r, key, value, TAR_RECORDS_MAX - around + 1);
	with_records(&b, r.data, r.len, '5');
	assert_why(&b, "a pax header without size, or larger than 1 MiB");
	free(value);
	buf_free(&b);
	buf_free(&r);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
