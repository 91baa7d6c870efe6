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
	{ "an intent in front of the seal",
	    { ASKED, { RECORD_INTENT, NULL, 0 }, SEALED } },
	{ "an intent for more than there is",
	    { ASKED, SEALED, { RECORD_INTENT, NULL, 1 } } },
	{ "an intent that is no number",
	    { ASKED, SEALED, { RECORD_INTENT, "0", 0 } } },
	{ "a third way", { ASKED, SEALED, { RECORD_WAY, NULL, 2 } } },
	{ "an end of no way", { ASKED, SEALED, { RECORD_END, NULL, 7 } } },
	{ "an unknown type", { ASKED, SEALED, { 99, NULL, 0 } } },
};

/* Append a record; ${changes} says of how many changes a seal is. */
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

	memcpy(head.mark, JOURNAL_MARK, sizeof(head.mark));
	head.len = w->body == NULL ? sizeof(w->number) : strlen(w->body);
	if (w->body == NULL)
		body = &w->number;
	if (w->type == RECORD_SEALED && w->body[0] == '\0') {
		assert_non_null(d = digest_new());
		assert_int_equal(digest_hex(d, hex), 0);
		digest_free(d);
		memcpy(seal.digest, hex, sizeof(seal.digest));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_records),
		cmocka_unit_test(wrong_numbers),
	};

	return cmocka_run_group_tests_name(
	    "journal rules", tests, folder_setup, folder_teardown);
}
