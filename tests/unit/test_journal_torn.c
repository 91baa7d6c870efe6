#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/folder.h"

#include "tests/unit/journal_made.h"

#define MOST 64

/* A journal's file in memory, and where each record in it ends. */
struct whole {
	char id[JOURNAL_ID + 1];
	struct buf bytes;
	size_t end[MOST];
	uint64_t type[MOST];
	size_t n;
	size_t sealed; /* where the sealed record ends */
};

static void
read_whole(struct whole *w)
{
	struct journal_head head;
	size_t at = 0;

	file_read(made_file(w->id), &w->bytes);
	for (w->n = 0; at < w->bytes.len; w->n++) {
		assert_true(w->n < MOST);
		memcpy(&head, w->bytes.data + at, sizeof(head));
		assert_memory_equal(head.mark, JOURNAL_MARK, 8);
		at += (size_t)journal_record_size(head.len);
		w->end[w->n] = at;
		w->type[w->n] = head.type;
		if (head.type == RECORD_SEALED)
			w->sealed = at;
	}
	assert_int_equal(at, w->bytes.len);
}

/* Four changes, an intent on two, done two, an intent on four, done three. */
static void
make_whole(struct whole *w)
{
	struct journal *j;

	memset(w, 0, sizeof(*w));
	nftw("s", folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	j = made_intended(4, 2, w->id);
	assert_int_equal(journal_done(j, 1), 0);
	assert_int_equal(journal_done(j, 2), 0);
	assert_int_equal(journal_intend(j, 4), 0);
	assert_int_equal(journal_done(j, 3), 0);
	assert_int_equal(journal_done(j, 4), 0);
	journal_close(j);
	read_whole(w);
}

/* The end of the last whole record within ${len} bytes, and how many. */
static size_t
records_in(const struct whole *w, size_t len, size_t *n)
{

	for (*n = 0; *n < w->n && w->end[*n] <= len; (*n)++)
		;
	return *n == 0 ? 0 : w->end[*n - 1];
}

/* Write the bytes, and open: as if records from number ${n} on never were. */
static void
opens_with(
    const struct whole *w, const char *bytes, size_t len, size_t n, size_t end)
{
	uint64_t intended = 0;
	struct journal *j;
	struct stat st;
	size_t i;
	int saved;

	file_write(made_file(w->id), bytes, len);
	saved = hush();
	j = journal_open("s", w->id);
	unhush(saved);
	if (end < w->sealed) {
		assert_null(j);
		assert_said("before anything was changed");
		return;
	}
	for (i = 0; i < n; i++)
		if (w->type[i] == RECORD_INTENT)
			intended = intended == 0 ? 2 : 4;
	assert_non_null(j);
	assert_int_equal(journal_intended(j), intended);
	assert_int_equal(journal_state(j), JOURNAL_UNFINISHED);
	made_check(j, 4);
	assert_int_equal(stat(made_file(w->id), &st), 0);
	assert_int_equal(st.st_size, end);
	/* It goes on from there. */
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	assert_int_equal(journal_end(j), 0);
	journal_close(j);
	assert_non_null(j = journal_open("s", w->id));
	assert_int_equal(journal_state(j), JOURNAL_UNDONE);
	assert_int_equal(journal_intended(j), intended);
	journal_close(j);
}

/* Cut at every byte. */
static void
torn_at_every_byte(void **state)
{
	struct whole w;
	size_t len, n, end;

	(void)state;
	make_whole(&w);
	for (len = 0; len <= w.bytes.len; len++) {
		end = records_in(&w, len, &n);
		opens_with(&w, w.bytes.data, len, n, end);
	}
	buf_free(&w.bytes);
}

/* The file is as long as it was, but zeros, or another's bytes, stand from
 * every byte on. */
static void
filled_from_every_byte(void **state)
{
	static const char with[] = { '\0', 'n', '\xff' };
	struct whole w;
	size_t len, n, end;
	char *copy;
	unsigned i;

	(void)state;
	make_whole(&w);
	assert_non_null(copy = malloc(w.bytes.len));
	for (i = 0; i < sizeof(with); i++) {
		for (len = i; len < w.bytes.len; len += 3) {
			/* What fits by chance is not gone. */
			if (w.bytes.data[len] == with[i])
				continue;
			memcpy(copy, w.bytes.data, w.bytes.len);
			memset(copy + len, with[i], w.bytes.len - len);
			end = records_in(&w, len, &n);
			opens_with(&w, copy, w.bytes.len, n, end);
		}
	}
	free(copy);
	buf_free(&w.bytes);
}

static void
zeros_never_verify(void **state)
{
	struct whole w;
	char *zeros;
	size_t len;

	(void)state;
	make_whole(&w);
	for (len = 1; len < 2000; len += 37) {
		assert_non_null(zeros = calloc(1, len));
		opens_with(&w, zeros, len, 0, 0);
		/* Behind all that holds, too. */
		assert_non_null(zeros = realloc(zeros, w.bytes.len + len));
		memset(zeros + w.bytes.len, 0, len);
		memcpy(zeros, w.bytes.data, w.bytes.len);
		opens_with(&w, zeros, w.bytes.len + len, w.n, w.bytes.len);
		free(zeros);
	}
	buf_free(&w.bytes);
}

/* One bit of every byte turned over: the record that it is in is gone.  Those
 * behind it tell whether it was durable: then the journal is refused. */
static void
holes(void **state)
{
	struct journal_head head;
	int durable, saved;
	struct whole w;
	size_t at, i, k, end;
	char *copy;

	(void)state;
	make_whole(&w);
	assert_non_null(copy = malloc(w.bytes.len));
	for (at = 0; at < w.bytes.len; at++) {
		end = records_in(&w, at, &i);
		durable = 0;
		for (k = i + 1; k < w.n; k++) {
			memcpy(
			    &head, w.bytes.data + w.end[k - 1], sizeof(head));
			durable |= head.durable > end;
		}
		memcpy(copy, w.bytes.data, w.bytes.len);
		copy[at] = (char)(copy[at] ^ (1 << at % 8));
		if (!durable) {
			opens_with(&w, copy, w.bytes.len, i, end);
			continue;
		}
		file_write(made_file(w.id), copy, w.bytes.len);
		saved = hush();
		assert_null(journal_open("s", w.id));
		unhush(saved);
		assert_said("damaged");
	}
	free(copy);
	buf_free(&w.bytes);
}

/* Old blocks of another journal, at the very same offset. */
static void
foreign_records(void **state)
{
	struct whole a, b;
	struct journal *j;

	(void)state;
	make_whole(&a);
	make_whole(&b);
	assert_int_equal(a.bytes.len, b.bytes.len);
	/* The first six are b's own, the others a's. */
	memcpy(b.bytes.data + b.end[6], a.bytes.data + a.end[6],
	    a.bytes.len - a.end[6]);
	opens_with(&b, b.bytes.data, b.bytes.len, 7, b.end[6]);
	/* All of it under another name. */
	opens_with(&b, a.bytes.data, a.bytes.len, 0, 0);
	/* One's own, but elsewhere: the last record once more. */
	buf_free(&b.bytes);
	make_whole(&b);
	assert_int_equal(buf_add(&b.bytes, b.bytes.data + b.end[b.n - 2],
			     b.end[b.n - 1] - b.end[b.n - 2]),
	    0);
	file_write(made_file(b.id), b.bytes.data, b.bytes.len);
	assert_non_null(j = journal_open("s", b.id));
	assert_int_equal(journal_done_to(j), 4);
	journal_close(j);
	buf_free(&a.bytes);
	buf_free(&b.bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(torn_at_every_byte),
		cmocka_unit_test(filled_from_every_byte),
		cmocka_unit_test(zeros_never_verify),
		cmocka_unit_test(holes),
		cmocka_unit_test(foreign_records),
	};

	return cmocka_run_group_tests_name(
	    "journal_torn", tests, folder_setup, folder_teardown);
}
