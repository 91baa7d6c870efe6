/* The tar around the parts: its bytes, members and headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "look.h"
#include "spoil.h"

/* How far on to the next byte to try: inside manifest and parts, which one
 * digest each covers, not every one. */
static size_t
stride(const struct outer_member *m, size_t i)
{
	int k;

	/* Under valgrind a look takes a tenth of a second. */
	if (getenv("NOVARK_SLOW") != NULL)
		return 131;
	for (k = OUTER_MANIFEST; k < OUTER_MEMBERS; k++)
		if (i > m[k].off && i + 8 < m[k].off + m[k].size)
			return 7;
	return 1;
}

/* Bytes with one bit turned, in a bundle that is otherwise good. */
static void
test_flipped(void **state)
{
	struct outer_member m[OUTER_ALL];
	struct buf good = BUF_EMPTY;
	size_t i, taken = 0;
	unsigned char c;
	int fd;

	(void)state;
	file_read("good", &good);
	file_write("flipped", good.data, good.len);
	assert_true((fd = open("flipped", O_RDWR | O_CLOEXEC)) != -1);
	assert_int_equal(
	    outer_scan(&(struct stored){ .file = "flipped", .fd = fd }, m),
	    OUTCOME_DONE);
	for (i = 0; i < good.len; i += stride(m, i)) {
		c = (unsigned char)good.data[i] ^ (unsigned char)(1u << i % 8);
		assert_true(pwrite(fd, &c, 1, (off_t)i) == 1);
		if (look("flipped", "k.pub") != OUTCOME_REFUSED) {
			print_error("byte %zu\n", i);
			taken++;
		}
		assert_true(pwrite(fd, good.data + i, 1, (off_t)i) == 1);
	}
	close(fd);
	assert_int_equal(taken, 0);
	assert_int_equal(look("flipped", "k.pub"), OUTCOME_DONE);
	buf_free(&good);
}

/* Cut off at every block, and a byte beside each; and longer than it was. */
static void
test_length(void **state)
{
	static const char tail[10240];
	struct buf good = BUF_EMPTY, b = BUF_EMPTY;
	size_t i;

	(void)state;
	file_read("good", &good);
	for (i = 0; i < good.len; i += i % 512 == 1 ? 510 : 1) {
		file_write("cut", good.data, i);
		if (look("cut", "k.pub") != OUTCOME_REFUSED)
			fail_msg("taken, cut at %zu", i);
	}
	file_write("cut", good.data, good.len - OUTER_END);
	look_refused("cut", "its end is missing");
	for (i = 1; i <= sizeof(tail); i += i < 4 ? 1 : 509) {
		craft_set(&b, good.data, good.len);
		assert_int_equal(buf_add(&b, tail, i), 0);
		file_write("long", b.data, b.len);
		look_refused("long", "bytes follow its end");
	}
	craft_set(&b, good.data, good.len);
	assert_int_equal(buf_add(&b, good.data, good.len), 0);
	file_write("long", b.data, b.len);
	look_refused("long", "bytes follow its end");
	buf_free(&good);
	buf_free(&b);
}

/* Members by number; 6 and up are names of the table below. */
static void
test_members(void **state)
{
	static const char *const names[] = { "extra", "KEY.cms",
		"MANIFEST.json.enc", "../../etc/passwd" };
	static const struct {
		const char *list, *text;
	} cases[] = {
		{ "102345",
		    "the member SHA256SUMS.sig stands where SHA256SUMS" },
		{ "021345", "the member MANIFEST.json stands where" },
		{ "013245", "stands where MANIFEST.json belongs" },
		{ "012435", "stands where files.tar.zst belongs" },
		{ "012354", "stands where libvirt.tar.zst belongs" },
		{ "12345", "stands where SHA256SUMS belongs" },
		{ "02345", "stands where SHA256SUMS.sig belongs" },
		{ "01345", "stands where MANIFEST.json belongs" },
		{ "01235", "stands where libvirt.tar.zst belongs" },
		{ "01234", "the member database.tar.zst is missing" },
		{ "0", "the member SHA256SUMS.sig is missing" },
		{ "", "it is empty" },
		{ "0123455", "the unknown member database.tar.zst follows" },
		{ "0012345", "the member SHA256SUMS stands where" },
		{ "0122345", "the member MANIFEST.json stands where files" },
		{ "0123456", "the unknown member extra follows" },
		{ "6012345", "the unknown member extra stands where" },
		{ "0162345", "the unknown member extra stands where" },
		{ "0172345", "the member MANIFEST.json stands where "
			     "MANIFEST.json.enc belongs" },
		{ "018345", "the member MANIFEST.json.enc stands where "
			    "MANIFEST.json belongs" },
		{ "0192345", "the unknown member ../../etc/passwd stands" },
	};
	struct buf b = BUF_EMPTY, x = BUF_EMPTY;
	struct craft c;
	const char *p;
	size_t i;
	int id;

	(void)state;
	craft_open("good", &c);
	craft_set(&x, "x", 1);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		for (p = cases[i].list; *p != '\0'; p++) {
			id = *p - '0';
			if (id < OUTER_MEMBERS)
				craft_add(&b, outer_name((enum outer_id)id),
				    &c.member[id]);
			else
				craft_add(&b, names[id - OUTER_MEMBERS], &x);
		}
		if (cases[i].list[0] != '\0')
			craft_end(&b);
		file_write("members", b.data == NULL ? "" : b.data, b.len);
		look_refused("members", cases[i].text);
	}
	buf_free(&b);
	buf_free(&x);
	craft_free(&c);
}

/* What is no bundle at all. */
static void
test_no_bundle(void **state)
{
	static const struct {
		const char *file, *text;
		enum outcome rc;
	} cases[] = {
		{ "not-there", "cannot open not-there", OUTCOME_FAILED },
		{ "k.pub/x", "cannot open k.pub/x", OUTCOME_FAILED },
		{ ".", "a folder", OUTCOME_REFUSED },
		{ "fifo", "no regular file", OUTCOME_REFUSED },
		{ "/dev/null", "no regular file", OUTCOME_REFUSED },
		{ "nothing", "it is empty", OUTCOME_REFUSED },
		{ "short", "no tar", OUTCOME_REFUSED },
		{ "text", "no tar", OUTCOME_REFUSED },
		{ "zeros", "no tar", OUTCOME_REFUSED },
		{ "any.tar", "the unknown member k.pub stands",
		    OUTCOME_REFUSED },
		{ "any.tgz", "no tar", OUTCOME_REFUSED },
	};
	char big[4096];
	size_t i;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	file_write("nothing", "", 0);
	file_write("short", "hello", 5);
	memset(big, 'x', sizeof(big));
	file_write("text", big, sizeof(big));
	memset(big, 0, sizeof(big));
	file_write("zeros", big, sizeof(big));
	assert_int_equal(
	    run_program(NULL, "tar", "-cf", "any.tar", "k.pub", NULL), 0);
	assert_int_equal(
	    run_program(NULL, "tar", "-czf", "any.tgz", "good", NULL), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(look(cases[i].file, "k.pub"), cases[i].rc);
		assert_said(cases[i].text);
	}
	assert_int_equal(symlink("good", "link"), 0);
	assert_int_equal(look("link", "k.pub"), OUTCOME_DONE);
	assert_int_equal(unlink("fifo"), 0);
}

/* Headers that another tar would take, but that are not the ones we write. */
static void
test_headers(void **state)
{
	static const struct {
		size_t off;
		const char *bytes;
		size_t len;
	} cases[] = {
		{ 100, "0000644", 7 },
		{ 108, "0001750", 7 },
		{ 136, "00000000001", 11 },
		{ 156, "\0", 1 },
		{ 156, "1", 1 },
		{ 156, "5", 1 },
		{ 156, "x", 1 },
		{ 157, "/etc/passwd", 11 },
		{ 257, "ustar  ", 8 },
		{ 265, "root", 4 },
		{ 345, "usr", 3 },
		{ 500, "x", 1 },
		{ 124, "\x80\0\0\0\0\0\0\0\0\0\0\x40", 12 },
		{ 124, "        100 ", 12 },
	};
	struct buf good = BUF_EMPTY;
	struct craft c;
	size_t i, at;
	char *h;

	(void)state;
	craft_open("good", &c);
	at = OUTER_BLOCK + c.member[OUTER_SUMS].len;
	at += outer_padding(at);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&good);
		file_read("good", &good);
		h = good.data + at;
		memcpy(h + cases[i].off, cases[i].bytes, cases[i].len);
		tar_sum(h);
		file_write("header", good.data, good.len);
		look_refused(
		    "header", "the tar header of SHA256SUMS.sig is damaged");
	}
	craft_free(&c);
	buf_free(&good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_no_bundle),
		cmocka_unit_test(test_headers),
	};

	return cmocka_run_group_tests(tests, look_setup, folder_teardown);
}
