#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "journal_made.h"

#define ID "20261122T161547Z-0123abcd"

/* A record as somebody could write it who knows the form: its digest holds. */
struct wrong {
	uint64_t type;
	const char *body; /* NULL: the number */
	uint64_t number;
};

#define ASKED                                                                  \
	{                                                                      \
		RECORD_ASKED, "{\"host\":\"n\"}", 0                            \
	}
#define SEALED                                                                 \
	{                                                                      \
		RECORD_SEALED, "", 0                                           \
	}

/* Rows of records that each hold, in an order or with a content that novark
 * never writes.  Each is damage, told at the record that cannot be. */
static const struct {
	const char *what;
	struct wrong records[5];
} rules[] = {
	{ "asked twice", { ASKED, ASKED, SEALED } },
	{ "asked is no JSON", { { RECORD_ASKED, "{", 0 }, SEALED } },
	{ "a change in front", { { RECORD_CHANGE, "x", 0 }, ASKED, SEALED } },
	{ "a change behind the seal",
	    { ASKED, SEALED, { RECORD_CHANGE, "x", 0 } } },
	{ "sealed first", { SEALED, ASKED } },
	{ "sealed twice", { ASKED, SEALED, SEALED } },
	{ "a short seal", { ASKED, { RECORD_SEALED, "short", 0 } } },
	{ "a seal of more changes",
	    { ASKED, { RECORD_CHANGE, "x", 0 }, SEALED } },
	{ "a seal of other changes",
	    { ASKED, { RECORD_CHANGE, "x", 0 }, { RECORD_SEALED, "", 1 } } },
	{ "an intent in front of the seal",
	    { ASKED, { RECORD_INTENT, NULL, 0 }, SEALED } },
	{ "an intent for more than there is",
	    { ASKED, SEALED, { RECORD_INTENT, NULL, 1 } } },
	{ "an intent that is no number",
	    { ASKED, SEALED, { RECORD_INTENT, "0", 0 } } },
	{ "a third way", { ASKED, SEALED, { RECORD_WAY, NULL, 2 } } },
	{ "a third way, of many changes",
	    { ASKED, { RECORD_CHANGE, "x", 0 }, { RECORD_SEALED, "x", 1 },
		{ RECORD_WAY, NULL, 2 } } },
	{ "an end of no way", { ASKED, SEALED, { RECORD_END, NULL, 7 } } },
	{ "an unknown type", { ASKED, SEALED, { 99, NULL, 0 } } },
};

/* Append a record.  A seal is of ${w}->number changes, each the one byte that
 * stands for its body; with none, its digest is that of no change. */
static void
append(struct journal *j, struct buf *file, const struct wrong *w,
    uint64_t number, uint64_t durable)
{
	struct journal_seal_body seal = { 0, "" };
	struct journal_head head = {
		.type = w->type, .number = number, .durable = durable
	};
	const void *body = w->body;
	struct digest *d;
	char hex[65];
	size_t start = file->len;
	uint64_t one = 1, i;

	memcpy(head.mark, JOURNAL_MARK, sizeof(head.mark));
	head.len = w->body == NULL ? sizeof(w->number) : strlen(w->body);
	if (w->body == NULL)
		body = &w->number;
	if (w->type == RECORD_SEALED && strlen(w->body) <= 1) {
		assert_non_null(d = digest_new());
		for (i = 0; i < w->number && w->body[0] != '\0'; i++) {
			assert_int_equal(digest_add(d, &one, sizeof(one)), 0);
			assert_int_equal(digest_add(d, w->body, 1), 0);
		}
		assert_int_equal(digest_hex(d, hex), 0);
		digest_free(d);
		memcpy(seal.digest, hex, sizeof(seal.digest));
		seal.changes = w->number;
		body = &seal;
		head.len = sizeof(seal);
	}
	assert_int_equal(buf_add(file, &head, sizeof(head)), 0);
	assert_int_equal(buf_add(file, body, (size_t)head.len), 0);
	assert_int_equal(journal_record_close(j, file, start, start), 0);
}

/* The file is a journal's, as far as owner and mode go. */
static void
put(const struct buf *file)
{

	assert_true(mkdir("s", 0700) == 0 || access("s", F_OK) == 0);
	assert_true(mkdir("s/" ID, 0700) == 0 || access("s/" ID, F_OK) == 0);
	file_write("s/" ID "/journal", file->data, file->len);
}

static struct journal *
look(int *damaged)
{
	const char *const *said;
	struct journal *j;
	size_t i, n;
	int saved = hush();

	j = journal_open("s", ID);
	unhush(saved);
	said = warn_said(&n);
	for (i = 0, *damaged = 0; i < n; i++)
		*damaged |= strstr(said[i], "is damaged at byte") != NULL;
	return j;
}

static void
wrong_records(void **state)
{
	struct buf file = BUF_EMPTY;
	struct journal *j, *writer;
	size_t i, k;
	int damaged;

	(void)state;
	assert_non_null(writer = journal_new("s", ID));
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		buf_clear(&file);
		for (k = 0; k < 5 && rules[i].records[k].type != 0; k++)
			append(writer, &file, &rules[i].records[k], k, 0);
		put(&file);
		j = look(&damaged);
		if (j != NULL || !damaged)
			fail_msg("%s: not refused as damage", rules[i].what);
	}
	journal_close(writer);
	buf_free(&file);
}

/* Records that hold and count wrongly, or boast of more durable bytes. */
static void
wrong_numbers(void **state)
{
	static const struct wrong right[] = { ASKED, SEALED };
	struct buf file = BUF_EMPTY;
	struct journal *j, *writer;
	int damaged, how;

	(void)state;
	assert_non_null(writer = journal_new("s", ID));
	for (how = 0; how < 3; how++) {
		buf_clear(&file);
		append(writer, &file, &right[0], 0, 0);
		append(writer, &file, &right[1], how == 1 ? 7 : 1,
		    how == 2 ? 100000 : 0);
		put(&file);
		j = look(&damaged);
		if ((j != NULL) != (how == 0) || damaged != (how != 0))
			fail_msg("case %d", how);
		journal_close(j);
	}
	journal_close(writer);
	buf_free(&file);
}

/* A change that novark never wrote, in a journal that holds otherwise: it is
 * not made, nor taken back. */
static void
wrong_change(void **state)
{
	static const struct wrong records[] = { ASKED,
		{ RECORD_CHANGE, "x", 0 }, { RECORD_SEALED, "x", 1 },
		{ RECORD_WAY, NULL, 0 }, { RECORD_INTENT, NULL, 1 } };
	const struct plan_record *rec;
	struct buf file = BUF_EMPTY;
	struct journal *j, *writer;
	int damaged, saved, way;
	uint64_t n;
	size_t k;

	(void)state;
	assert_non_null(writer = journal_new("s", ID));
	for (k = 0; k < 5; k++)
		append(writer, &file, &records[k], k, 0);
	put(&file);
	assert_non_null(j = look(&damaged));
	for (way = JOURNAL_FORWARD; way <= JOURNAL_BACK; way++) {
		assert_int_equal(journal_rewind(j, (enum journal_way)way), 0);
		saved = hush();
		assert_int_equal(journal_next(j, &rec, &n), -1);
		assert_true(warn_said(&k) != NULL && k >= 1);
		unhush(saved);
	}
	journal_close(j);
	journal_close(writer);
	buf_free(&file);
}

/* Another record in the place of a change, since it was opened. */
static void
exchanged(void **state)
{
	static const struct wrong records[] = { ASKED,
		{ RECORD_CHANGE, "x", 0 }, { RECORD_SEALED, "x", 1 } };
	static const struct wrong other = { RECORD_DONE, "y", 0 };
	const struct plan_record *rec;
	struct buf file = BUF_EMPTY;
	struct journal *j, *writer;
	size_t k, at = 0;
	int damaged, saved;
	uint64_t n;

	(void)state;
	assert_non_null(writer = journal_new("s", ID));
	for (k = 0; k < 3; k++) {
		append(writer, &file, &records[k], k, 0);
		if (k == 0)
			at = file.len;
	}
	put(&file);
	assert_non_null(j = look(&damaged));
	file.len = at;
	append(writer, &file, &other, 1, 0);
	assert_int_equal(pwrite(j->fd, file.data, file.len, 0), file.len);
	assert_int_equal(journal_rewind(j, JOURNAL_FORWARD), 0);
	buf_clear(&j->window.bytes);
	j->window.len = 0;
	saved = hush();
	assert_int_equal(journal_next(j, &rec, &n), -1);
	assert_said("does not hold what was written");
	unhush(saved);
	journal_close(j);
	journal_close(writer);
	buf_free(&file);
}

static int
state_is(void *cookie, const char *id, enum journal_state state)
{

	assert_string_equal(id, ID);
	*(enum journal_state *)cookie = state;
	return 5;
}

/* A list goes by the last record, when that holds: without reading more. */
static void
listed(void **state)
{
	static const struct {
		struct wrong last;
		const char *tail;
		enum journal_state state;
		int damaged;
	} cases[] = {
		{ { RECORD_END, NULL, 0 }, "", JOURNAL_APPLIED, 0 },
		{ { RECORD_END, NULL, 1 }, "", JOURNAL_UNDONE, 0 },
		{ { RECORD_WAY, NULL, 1 }, "", JOURNAL_UNFINISHED, 0 },
		/* Torn behind it: a length that is none, and one that is. */
		{ { RECORD_END, NULL, 0 }, "\xff\xff\xff\xff\xff\xff\xff\xff",
		    JOURNAL_APPLIED, 0 },
		{ { RECORD_WAY, NULL, 1 }, "ends not so", JOURNAL_UNFINISHED,
		    0 },
		{ { RECORD_END, "0", 0 }, "", JOURNAL_UNSEALED, 1 },
	};
	static const struct wrong right[] = { ASKED, SEALED };
	enum journal_state is;
	struct buf file = BUF_EMPTY;
	struct journal *writer;
	size_t i, k;
	int rc, saved;

	(void)state;
	assert_non_null(writer = journal_new("s", ID));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&file);
		for (k = 0; k < 2; k++)
			append(writer, &file, &right[k], k, 0);
		append(writer, &file, &cases[i].last, 2, 0);
		assert_int_equal(buf_adds(&file, cases[i].tail), 0);
		put(&file);
		saved = hush();
		rc = journal_list("s", state_is, &is);
		unhush(saved);
		/* What is told may end the list. */
		if (rc != (cases[i].damaged ? -1 : 5) ||
		    (rc == 5 && is != cases[i].state))
			fail_msg("case %zu: %d, %d", i, rc, (int)is);
	}
	journal_close(writer);
	buf_free(&file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_records),
		cmocka_unit_test(wrong_numbers),
		cmocka_unit_test(wrong_change),
		cmocka_unit_test(exchanged),
		cmocka_unit_test(listed),
	};

	return cmocka_run_group_tests_name(
	    "journal rules", tests, folder_setup, folder_teardown);
}
