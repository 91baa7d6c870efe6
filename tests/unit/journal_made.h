#ifndef TESTS_JOURNAL_MADE_H
#define TESTS_JOURNAL_MADE_H

/* Include behind folder.h: journals to be looked at, below the folder "s". */

#include "restore/journal/journal_inner.h"

/* Change number i: recognisable, of many sizes. */
static inline int
made_change(struct journal *j, uint64_t i)
{
	static char bytes[3000];
	struct plan_cell cell = { .name = "content",
		.before = bytes,
		.before_len = 5,
		.after = bytes,
		.after_len = (size_t)(i * 37 % sizeof(bytes)) };
	struct plan_record rec = { .type = i % 2 ? PLAN_CHANGE : PLAN_CREATE,
		.kind = ITEM_FILE,
		.cells = &cell,
		.ncells = 1 };
	char item[32];

	memset(bytes, 'x', sizeof(bytes));
	snprintf(item, sizeof(item), "file:/%llu", (unsigned long long)i);
	rec.item = rec.source = item;
	return journal_change(j, &rec);
}

/* A new one with so many changes, not sealed. */
static inline struct journal *
made_open(uint64_t changes)
{
	json_t *asked = json_pack("{s:s}", "host", "n");
	struct journal *j;
	uint64_t i;

	assert_non_null(asked);
	assert_non_null(j = journal_create("s", asked));
	json_decref(asked);
	for (i = 0; i < changes; i++)
		assert_int_equal(made_change(j, i), 0);
	return j;
}

/* As that, sealed, turned forward, so many intended; its ID in ${id}. */
static inline struct journal *
made_intended(uint64_t changes, uint64_t intended, char id[JOURNAL_ID + 1])
{
	struct journal *j = made_open(changes);

	memcpy(id, journal_id(j), JOURNAL_ID + 1);
	assert_int_equal(journal_seal(j), 0);
	assert_int_equal(journal_turn(j, JOURNAL_FORWARD), 0);
	assert_int_equal(journal_intend(j, intended), 0);
	return j;
}

/* Where its file is. */
static inline const char *
made_file(const char *id)
{
	static char name[64];

	snprintf(name, sizeof(name), "s/%s/journal", id);
	return name;
}

/* All changes, read either way, are those that were made. */
static inline void
made_check(struct journal *j, uint64_t changes)
{
	const struct plan_record *rec;
	char item[32];
	uint64_t i, n;
	int way;

	for (way = JOURNAL_FORWARD; way <= JOURNAL_BACK; way++) {
		assert_int_equal(journal_rewind(j, (enum journal_way)way), 0);
		for (i = 0; i < changes; i++) {
			assert_int_equal(journal_next(j, &rec, &n), 1);
			assert_int_equal(
			    n, way == JOURNAL_FORWARD ? i : changes - 1 - i);
			snprintf(item, sizeof(item), "file:/%llu",
			    (unsigned long long)n);
			assert_string_equal(rec->item, item);
			assert_int_equal(
			    rec->cells[0].after_len, n * 37 % 3000);
		}
		assert_int_equal(journal_next(j, &rec, &n), 0);
	}
}

#endif
