#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "restore/plan/diff.h"

#define NO_NEWLINE "\\ No newline at end of file\n"

/* What diff -u prints for the same bytes. */
static const struct {
	const char *before, *after, *want;
} table[] = {
	{ "", "", "" },
	{ "a\n", "a\n", "" },
	{ "a", "a", "" },
	{ "", "a\n", "@@ -0,0 +1 @@\n+a\n" },
	{ "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n" },
	{ "a\n", "", "@@ -1 +0,0 @@\n-a\n" },
	{ "a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n" },
	{ "a\n", "a", "@@ -1 +1 @@\n-a\n+a\n" NO_NEWLINE },
	{ "a", "a\n", "@@ -1 +1 @@\n-a\n" NO_NEWLINE "+a\n" },
	{ "a", "b", "@@ -1 +1 @@\n-a\n" NO_NEWLINE "+b\n" NO_NEWLINE },
	{ "x\na", "y\na", "@@ -1,2 +1,2 @@\n-x\n+y\n a\n" NO_NEWLINE },
	{ "\n", "\n\n", "@@ -1 +1,2 @@\n \n+\n" },
	{ "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n6\n7\n8\n",
	    "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n" },
	{ "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n",
	    "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n"
	    "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n" },
	/* Six equal lines between: one hunk; see above for seven. */
	{ "1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n",
	    "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n" },
	{ "a\nb\nc\n", "c\nb\na\n", NULL },
	{ "a\nb\nc\nd\n", "b\nc\nd\n", "@@ -1,4 +1,3 @@\n-a\n b\n c\n d\n" },
	{ "b\nc\nd\ne\n", "a\nb\nc\nd\ne\n",
	    "@@ -1,3 +1,4 @@\n+a\n b\n c\n d\n" },
};

static void
known_answers(void **state)
{
	struct buf out = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		buf_clear(&out);
		assert_int_equal(
		    diff_unified(table[i].before, strlen(table[i].before),
			table[i].after, strlen(table[i].after), &out),
		    0);
		if (table[i].want != NULL)
			assert_string_equal(
			    out.data == NULL ? "" : out.data, table[i].want);
	}
	buf_free(&out);
}

static void
bytes_of_any_kind(void **state)
{
	struct buf out = BUF_EMPTY;

	(void)state;
	assert_int_equal(diff_unified("a\0b\n", 4, "a\0c\n", 4, &out), 0);
	assert_int_equal(out.len, strlen("@@ -1 +1 @@\n") + 10);
	assert_memory_equal(
	    out.data + strlen("@@ -1 +1 @@\n"), "-a\0b\n+a\0c\n", 10);
	buf_clear(&out);
	assert_int_equal(diff_unified(NULL, 0, NULL, 0, &out), 0);
	assert_int_equal(out.len, 0);
	assert_int_equal(diff_unified(NULL, 0, "x\n", 2, &out), 0);
	assert_string_equal(out.data, "@@ -0,0 +1 @@\n+x\n");
	buf_free(&out);
}

/* Apply hunks to the text they were made of, as patch does; *edits counts. */
static void
patch(const char *before, const char *diff, struct buf *out, size_t *edits)
{
	unsigned long from, n, line = 1;
	const char *nl, *at = before;

	while (*diff != '\0') {
		nl = strchr(diff, '\n');
		assert_non_null(nl);
		if (*diff == '@') {
			char *end;

			from = strtoul(diff + 4, &end, 10);
			n = *end == ',' ? strtoul(end + 1, NULL, 10) : 1;
			for (from += n == 0; line < from; line++) {
				const char *e = strchr(at, '\n');

				assert_int_equal(
				    buf_add(out, at, (size_t)(e + 1 - at)), 0);
				at = e + 1;
			}
		} else if (*diff == '\\') {
			/* What was copied last had no newline. */
			if (out->len > 0 && diff[-1] == '\n' && edits[1] != '-')
				out->len--;
		} else {
			size_t len = (size_t)(nl - diff); /* newline, no mark */

			edits[0] += *diff != ' ';
			if (*diff != '+') {
				size_t have = strcspn(at, "\n");

				assert_int_equal(have, len - 1);
				assert_memory_equal(at, diff + 1, have);
				at += have + (at[have] == '\n');
				line++;
			}
			if (*diff != '-')
				assert_int_equal(
				    buf_add(out, diff + 1, len), 0);
			edits[1] = (size_t)*diff;
		}
		diff = nl + 1;
	}
	assert_int_equal(buf_adds(out, at), 0);
	out->data[out->len] = '\0';
}

/* Lines that a longest common subsequence leaves over: the least of edits. */
static size_t
fewest(const unsigned char *a, size_t n, const unsigned char *b, size_t m)
{
	static size_t lcs[64][64];
	size_t i, j;

	for (i = 0; i <= n; i++) {
		for (j = 0; j <= m; j++) {
			if (i == 0 || j == 0)
				lcs[i][j] = 0;
			else if (a[i - 1] == b[j - 1])
				lcs[i][j] = lcs[i - 1][j - 1] + 1;
			else
				lcs[i][j] = lcs[i - 1][j] > lcs[i][j - 1]
						? lcs[i - 1][j]
						: lcs[i][j - 1];
		}
	}
	return n + m - 2 * lcs[n][m];
}

static size_t
random_text(struct buf *b, unsigned char *lines, int letters)
{
	size_t n = (size_t)rand() % 40, i;

	buf_clear(b);
	for (i = 0; i < n; i++) {
		lines[i] = (unsigned char)('a' + rand() % letters);
		assert_int_equal(buf_addf(b, "%c\n", lines[i]), 0);
	}
	/* Without its newline the last line is another one. */
	if (n > 0 && rand() % 4 == 0) {
		b->data[--b->len] = '\0';
		lines[n - 1] = (unsigned char)(lines[n - 1] - 32);
	}
	if (n == 0)
		assert_int_equal(buf_adds(b, ""), 0);
	return n;
}

static void
random_texts(void **state)
{
	unsigned seed = (unsigned)time(NULL) ^ (unsigned)getpid();
	struct buf a = BUF_EMPTY, b = BUF_EMPTY, d = BUF_EMPTY,
		   back = BUF_EMPTY;
	unsigned char la[64], lb[64];
	size_t n, m, edits[2];
	int i, letters;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (i = 0; i < 3000; i++) {
		letters = 1 + rand() % 12;
		n = random_text(&a, la, letters);
		m = random_text(&b, lb, letters);
		buf_clear(&d);
		buf_clear(&back);
		assert_int_equal(buf_adds(&d, ""), 0);
		assert_int_equal(
		    diff_unified(a.data, a.len, b.data, b.len, &d), 0);
		edits[0] = edits[1] = 0;
		patch(a.data, d.data, &back, edits);
		assert_string_equal(back.data, b.data);
		assert_int_equal(edits[0], fewest(la, n, lb, m));
	}
	buf_free(&a);
	buf_free(&b);
	buf_free(&d);
	buf_free(&back);
}

/* Two texts with nothing in common: given up in time, and still right. */
static void
nothing_in_common(void **state)
{
	struct buf a = BUF_EMPTY, b = BUF_EMPTY, d = BUF_EMPTY,
		   back = BUF_EMPTY;
	size_t edits[2] = { 0, 0 };
	int i;

	(void)state;
	assert_int_equal(buf_adds(&a, "same\n"), 0);
	assert_int_equal(buf_adds(&b, "same\n"), 0);
	for (i = 0; i < 20000; i++) {
		assert_int_equal(buf_addf(&a, "a%d\n", i), 0);
		assert_int_equal(buf_addf(&b, "b%d\n", i), 0);
	}
	assert_int_equal(diff_unified(a.data, a.len, b.data, b.len, &d), 0);
	patch(a.data, d.data, &back, edits);
	assert_string_equal(back.data, b.data);
	assert_int_equal(edits[0], 40000);
	buf_free(&a);
	buf_free(&b);
	buf_free(&d);
	buf_free(&back);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answers),
		cmocka_unit_test(bytes_of_any_kind),
		cmocka_unit_test(random_texts),
		cmocka_unit_test(nothing_in_common),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
