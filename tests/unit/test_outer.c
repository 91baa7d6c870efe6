#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/outer.h"
#include "archive/bundle/sums.h"
#include "craft.h"
#include "folder.h"

/* Sizes around each edge; the header's size field for them. */
static void
test_size(void **state)
{
	static const struct {
		uint64_t size;
		const char *field;
	} cases[] = {
		{ 0, "00000000000\0" },
		{ 511, "00000000777\0" },
		{ 077777777777, "77777777777\0" },
		{ 0100000000000, "\x80\0\0\0\0\0\0\x02\0\0\0\0" },
		{ 0x123456789a, "\x80\0\0\0\0\0\0\x12\x34\x56\x78\x9a" },
		{ UINT64_MAX, "\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff" },
	};
	unsigned char h[OUTER_BLOCK];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		outer_header("MANIFEST.json", cases[i].size, h);
		assert_memory_equal(h + 124, cases[i].field, 12);
	}
	assert_int_equal(outer_padding(0), 0);
	assert_int_equal(outer_padding(1), 511);
	assert_int_equal(outer_padding(511), 1);
	assert_int_equal(outer_padding(512), 0);
	assert_int_equal(outer_padding(UINT64_C(0x200000001)), 511);
}

/* Against what GNU tar writes for such a file. */
static void
test_against_tar(void **state)
{
	struct buf b = BUF_EMPTY;
	unsigned char h[OUTER_BLOCK];

	(void)state;
	file_write("MANIFEST.json", "hello", 5);
	assert_int_equal(
	    run_program(NULL, "tar", "--format=ustar", "--numeric-owner",
		"--owner=:0", "--group=:0", "--mode=0600", "--mtime=@0", "-b1",
		"-cf", "ref.tar", "MANIFEST.json", NULL),
	    0);
	file_read("ref.tar", &b);
	outer_header("MANIFEST.json", 5, h);
	assert_memory_equal(b.data, h, OUTER_BLOCK);
	assert_int_equal(b.len, 2048);
	buf_free(&b);
}

/* A sparse bundle with a part of more than 8 GiB: scanned, and listed by tar.
 */
static void
test_large(void **state)
{
	static const uint64_t sizes[OUTER_MEMBERS] = { 10, 64, 20,
		(UINT64_C(9) << 30) + 5, 0, UINT64_C(3) << 30 };
	struct outer_member m[OUTER_ALL];
	unsigned char h[OUTER_BLOCK];
	struct buf list = BUF_EMPTY;
	uint64_t off = 0;
	int i, fd;

	(void)state;
	fd = open("large", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd != -1);
	for (i = 0; i < OUTER_MEMBERS; i++) {
		outer_header(outer_name((enum outer_id)i), sizes[i], h);
		assert_true(
		    pwrite(fd, h, sizeof(h), (off_t)off) == OUTER_BLOCK);
		off += OUTER_BLOCK + sizes[i] + outer_padding(sizes[i]);
	}
	assert_int_equal(ftruncate(fd, (off_t)off + OUTER_END), 0);
	assert_int_equal(
	    outer_scan(&(struct stored){ .file = "large", .fd = fd }, m),
	    OUTCOME_DONE);
	for (i = 0; i < OUTER_MEMBERS; i++)
		assert_int_equal(m[i].size, sizes[i]);
	assert_int_equal(m[4].off - m[3].off,
	    sizes[3] + outer_padding(sizes[3]) + OUTER_BLOCK);
	close(fd);
	assert_int_equal(run_program("list", "tar", "-tvf", "large", NULL), 0);
	file_read("list", &list);
	assert_non_null(strstr(list.data, " 9663676421 "));
	assert_int_equal(unlink("large"), 0);
	buf_free(&list);
}

/* Sizes that lie: larger than the file, so large that sums overflow. */
static void
test_lies(void **state)
{
	static const uint64_t sizes[] = { 513, 4096, UINT64_C(1) << 33,
		UINT64_C(1) << 60, (UINT64_C(1) << 60) + 1, UINT64_MAX - 1535,
		UINT64_MAX - 511, UINT64_MAX };
	struct outer_member m[OUTER_ALL];
	unsigned char file[4096];
	size_t i;
	int fd, saved;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(file, 0, sizeof(file));
		outer_header("SHA256SUMS", sizes[i], file);
		file_write("lie", file, i == 0 ? 1024 : sizeof(file));
		assert_true((fd = open("lie", O_RDONLY | O_CLOEXEC)) != -1);
		saved = hush();
		assert_int_equal(
		    outer_scan(&(struct stored){ .file = "lie", .fd = fd }, m),
		    OUTCOME_REFUSED);
		unhush(saved);
		close(fd);
		assert_said("cut short (inside SHA256SUMS)");
	}
}

#define ID    "0123456789abcdef0123456789abcdef"
#define H64   "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FIRST "# novark-bundle 1 " ID " 2026-11-22T16:15:47Z compute1\n"
#define REST                                                                   \
	H64 "  files.tar.zst\n" H64 "  libvirt.tar.zst\n" H64                  \
	    "  database.tar.zst\n"
#define SUMS FIRST H64 "  MANIFEST.json\n" REST

/* One form, and no other byte. */
static void
test_sums(void **state)
{
	static const char *const bad[] = {
		"",
		"\n",
		FIRST,
		FIRST REST,
		SUMS "\n",
		SUMS "x",
		SUMS "# more\n",
		SUMS H64 "  KEY.cms\n",
		" " SUMS,
		"# novark-bundle 2 " ID " 2026-11-22T16:15:47Z compute1\n" H64
		"  MANIFEST.json\n" REST,
		"# novark-bundle 1 " ID " 2026-11-22T16:15:47Z \n" H64
		"  MANIFEST.json\n" REST,
		"# novark-bundle 1 " ID " 2026-11-22T16:15:47Z a b\n" H64
		"  MANIFEST.json\n" REST,
		"# novark-bundle 1 " ID " 2026-11-22T16:15:47Z a\x7f\n" H64
		"  MANIFEST.json\n" REST,
		"# novark-bundle 1 " ID "0 2026-11-22T16:15:47Z a\n" H64
		"  MANIFEST.json\n" REST,
		"# novark-bundle 1 x 2026-11-22T16:15:47Z a\n" H64
		"  MANIFEST.json\n" REST,
		"# novark-bundle 1 " ID " 2026-11-22 16:15:47 a\n" H64
		"  MANIFEST.json\n" REST,
		FIRST H64 " *MANIFEST.json\n" REST,
		FIRST H64 "  manifest.json\n" REST,
		FIRST H64 "   MANIFEST.json\n" REST,
		FIRST "0" H64 "  MANIFEST.json\n" REST,
		FIRST "\\" H64 "  MANIFEST.json\n" REST,
		FIRST "AA" H64 "  MANIFEST.json\n" REST,
		FIRST H64 "  MANIFEST.json\r\n" REST,
	};
	struct buf b = BUF_EMPTY;
	struct sums s;
	size_t i;
	char *copy;

	(void)state;
	assert_int_equal(sums_parse(SUMS, strlen(SUMS), &s), 0);
	assert_string_equal(s.id, ID);
	assert_string_equal(s.created, "2026-11-22T16:15:47Z");
	assert_string_equal(s.host, "compute1");
	assert_string_equal(s.hex[OUTER_DATABASE], H64);
	assert_int_equal(sums_print(&s, &b), 0);
	assert_string_equal(b.data, SUMS);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (sums_parse(bad[i], strlen(bad[i]), &s) != -1)
			fail_msg("taken: %s", bad[i]);
	/* Cut off anywhere; any byte made a NUL, a space, a newline. */
	for (i = 0; i < strlen(SUMS); i++) {
		assert_non_null(copy = malloc(i + 1));
		memcpy(copy, SUMS, i);
		assert_int_equal(sums_parse(copy, i, &s), -1);
		free(copy);
		b.data[i] = '\0';
		assert_int_equal(sums_parse(b.data, b.len, &s), -1);
		b.data[i] = ' ';
		if (SUMS[i] != ' ')
			assert_int_equal(sums_parse(b.data, b.len, &s), -1);
		b.data[i] = '\n';
		if (SUMS[i] != '\n')
			assert_int_equal(sums_parse(b.data, b.len, &s), -1);
		b.data[i] = SUMS[i];
	}
	buf_free(&b);
}

static void
test_host(void **state)
{
	char host[257];

	(void)state;
	memset(host, 'h', sizeof(host));
	host[256] = '\0';
	assert_non_null(sums_check(ID, "2026-11-22T16:15:47Z", host));
	host[255] = '\0';
	assert_null(sums_check(ID, "2026-11-22T16:15:47Z", host));
	assert_null(sums_check(ID, "2026-11-22T16:15:47Z", "a@b#lvm"));
	assert_non_null(sums_check(ID, "2026-11-22T16:15:47Z", "\xc3\xa4"));
	assert_non_null(sums_check(NULL, "2026-11-22T16:15:47Z", "a"));
	assert_non_null(sums_check(ID, NULL, "a"));
	assert_non_null(sums_check(ID, "2026-11-22T16:15:47Z", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_against_tar),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_lies),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_host),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
