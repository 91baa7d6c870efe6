#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/database/tabfile.h"

/* Bytes given out in pieces, so that every boundary falls inside something. */
struct source {
	const char *bytes;
	size_t len, pos, piece;
};

static ssize_t
source_read(void *cookie, void *buf, size_t len)
{
	struct source *s = cookie;
	size_t n = s->len - s->pos;

	n = n < s->piece ? n : s->piece;
	n = n < len ? n : len;
	memcpy(buf, s->bytes + s->pos, n);
	s->pos += n;
	return (ssize_t)n;
}

static ssize_t
broken_read(void *cookie, void *buf, size_t len)
{

	(void)cookie;
	(void)buf;
	(void)len;
	return -1;
}

static const struct {
	const char *value; /* NULL: SQL NULL */
	size_t len;
	const char *text;
} values[] = {
	{ NULL, 0, "\\N" },
	{ "", 0, "" },
	{ "10.2.116.14", 11, "10.2.116.14" },
	{ "a\tb", 3, "a\\\tb" },
	{ "a\nb", 3, "a\\\nb" },
	{ "a\\b", 3, "a\\\\b" },
	{ "a\0b", 3, "a\\0b" },
	{ "\\N", 2, "\\\\N" },
	{ "N", 1, "N" },
	{ "\r\b\x1a", 3, "\r\b\x1a" },
	{ "\xff\xfe", 2, "\xff\xfe" },
	{ "\\", 1, "\\\\" },
	{ "\t\n\\\0", 4, "\\\t\\\n\\\\\\0" },
	{ "NULL", 4, "NULL" },
};
#define NVALUES (sizeof(values) / sizeof(values[0]))

static void
test_values(void **state)
{
	struct buf b = BUF_EMPTY;
	struct db_value v;
	size_t i, len;

	(void)state;
	for (i = 0; i < NVALUES; i++) {
		v.data = values[i].value;
		v.len = values[i].len;
		buf_clear(&b);
		assert_int_equal(tabfile_encode(&b, &v, 1), 0);
		len = strlen(values[i].text);
		assert_int_equal(b.len, len + 1);
		assert_memory_equal(b.data, values[i].text, len);
		assert_int_equal(b.data[len], '\n');
	}
	buf_free(&b);
}

static void
same(const struct db_value *got, const struct db_value *want)
{

	if (want->data == NULL) {
		assert_null(got->data);
		return;
	}
	assert_non_null(got->data);
	assert_int_equal(got->len, want->len);
	if (want->len > 0)
		assert_memory_equal(got->data, want->data, want->len);
}

/* Rows of all pairs of values, read back in pieces of every small size. */
static void
test_round(void **state)
{
	struct db_value row[2];
	const struct db_value *got;
	struct source s = { 0 };
	struct buf b = BUF_EMPTY;
	struct tabfile *t;
	size_t i, j;

	(void)state;
	for (i = 0; i < NVALUES * NVALUES; i++) {
		row[0].data = values[i / NVALUES].value;
		row[0].len = values[i / NVALUES].len;
		row[1].data = values[i % NVALUES].value;
		row[1].len = values[i % NVALUES].len;
		assert_int_equal(tabfile_encode(&b, row, 2), 0);
	}
	for (s.piece = 1; s.piece < 20; s.piece++) {
		s.bytes = b.data;
		s.len = b.len;
		s.pos = 0;
		assert_non_null(t = tabfile_open("x", 2, source_read, &s));
		for (i = 0; i < NVALUES * NVALUES; i++) {
			assert_int_equal(tabfile_next(t, &got), 1);
			for (j = 0; j < 2; j++) {
				size_t k = j ? i % NVALUES : i / NVALUES;

				row[j].data = values[k].value;
				row[j].len = values[k].len;
				same(&got[j], &row[j]);
			}
		}
		assert_int_equal(tabfile_next(t, &got), 0);
		assert_int_equal(tabfile_next(t, &got), 0);
		tabfile_close(t);
	}
	buf_free(&b);
}

static const struct {
	const char *text;
	size_t len, ncells;
	int rows; /* good ones in front of the refusal */
} bad[] = {
	{ "a", 1, 1, 0 }, /* no newline */
	{ "a\nb", 3, 1, 1 },
	{ "a\\\n", 3, 1, 0 }, /* the newline is escaped */
	{ "a\\", 2, 1, 0 },
	{ "a\tb\n", 4, 1, 0 }, /* too many */
	{ "a\n", 2, 2, 0 },    /* too few */
	{ "a\tb\tc\n", 6, 2, 0 },
	{ "a\tb\nc\n", 6, 2, 1 },
	{ "a\\nb\n", 5, 1, 0 }, /* escapes that nobody writes */
	{ "a\\tb\n", 5, 1, 0 },
	{ "a\\Nb\n", 5, 1, 0 },
	{ "\\Nb\n", 4, 1, 0 },
	{ "a\\N\n", 4, 1, 0 },
	{ "\\x41\n", 5, 1, 0 },
};

static void
test_bad(void **state)
{
	const struct db_value *got;
	struct source s;
	struct tabfile *t;
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		s = (struct source){ bad[i].text, bad[i].len, 0, 3 };
		t = tabfile_open("x", bad[i].ncells, source_read, &s);
		assert_non_null(t);
		for (n = 0; n < bad[i].rows; n++)
			assert_int_equal(tabfile_next(t, &got), 1);
		if (tabfile_next(t, &got) != -1)
			fail_msg("case %zu is taken", i);
		tabfile_close(t);
	}
	assert_non_null(t = tabfile_open("x", 1, broken_read, NULL));
	assert_int_equal(tabfile_next(t, &got), -1);
	tabfile_close(t);
}

static void
test_empty(void **state)
{
	const struct db_value *got;
	struct source s = { "", 0, 0, 1 };
	struct tabfile *t;

	(void)state;
	assert_non_null(t = tabfile_open("x", 3, source_read, &s));
	assert_int_equal(tabfile_next(t, &got), 0);
	tabfile_close(t);
	tabfile_close(NULL);
}

/* Any bytes: a row comes back as it went in. */
/* The four that need a backslash, at every place of values of many lengths. */
static void
test_everywhere(void **state)
{
	static const char bytes[] = "\t\n\\\0", *const texts[] = { "\\\t",
		"\\\n", "\\\\", "\\0" };
	struct buf b = BUF_EMPTY, want = BUF_EMPTY;
	size_t len, at, which, i, k;
	struct db_value v;
	char *value;

	(void)state;
	for (len = 1; len < 50; len++)
		for (i = 0; i < len * 4; i++) {
			at = i / 4;
			which = i % 4;
			/* Just so long: a byte behind it is none of its own. */
			assert_non_null(value = malloc(len));
			memset(value, 'x', len);
			value[at] = bytes[which];
			value[len - 1 - at] = bytes[which];
			buf_clear(&b);
			buf_clear(&want);
			for (k = 0; k < len; k++)
				assert_int_equal(
				    value[k] == 'x'
					? buf_addc(&want, 'x')
					: buf_adds(&want, texts[which]),
				    0);
			assert_int_equal(buf_addc(&want, '\n'), 0);
			v.data = value;
			v.len = len;
			assert_int_equal(tabfile_encode(&b, &v, 1), 0);
			assert_int_equal(b.len, want.len);
			assert_memory_equal(b.data, want.data, want.len);
			free(value);
		}
	buf_free(&b);
	buf_free(&want);
}

static void
test_random(void **state)
{
	unsigned int seed = (unsigned int)time(NULL), i, j;
	static const char some[] = "\t\n\\\0N0ab";
	const struct db_value *got;
	struct db_value row[3];
	struct buf b = BUF_EMPTY;
	struct source s = { 0 };
	struct tabfile *t;
	char bytes[3][40];

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (i = 0; i < 2000; i++) {
		for (j = 0; j < 3 * sizeof(bytes[0]); j++)
			bytes[j / 40][j % 40] =
			    rand() % 2 ? some[rand() % 8] : (char)rand();
		for (j = 0; j < 3; j++) {
			row[j].data = rand() % 5 ? bytes[j] : NULL;
			row[j].len = row[j].data ? (size_t)rand() % 40 : 0;
		}
		buf_clear(&b);
		assert_int_equal(tabfile_encode(&b, row, 3), 0);
		s = (struct source){ b.data, b.len, 0,
			1 + (size_t)rand() % 50 };
		assert_non_null(t = tabfile_open("x", 3, source_read, &s));
		assert_int_equal(tabfile_next(t, &got), 1);
		for (j = 0; j < 3; j++)
			same(&got[j], &row[j]);
		assert_int_equal(tabfile_next(t, &got), 0);
		tabfile_close(t);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_everywhere),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
