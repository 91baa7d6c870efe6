#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/folder.h"

#include "tests/unit/journal_made.h"

/* Each test begins without a state folder. */
static int
no_state(void **state)
{

	(void)state;
	nftw("s", folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	warn_forget();
	return 0;
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

/* From the first record to the end, and again from the file. */
static void
a_whole_life(void **state)
{
	char id[JOURNAL_ID + 1], dir[64];
	struct journal *j;
	mode_t was = umask(0277);

	(void)state;
	j = made_open(5);
	umask(was);
	memcpy(id, journal_id(j), sizeof(id));
	assert_true(journal_is_id(id));
	snprintf(dir, sizeof(dir), "s/%s", id);
	assert_string_equal(journal_dir(j), dir);
	assert_int_equal(mode_of("s"), 0700);
	assert_int_equal(mode_of(dir), 0700);
	assert_int_equal(mode_of(made_file(id)), 0600);
	assert_int_equal(journal_state(j), JOURNAL_UNSEALED);
	assert_int_equal(journal_seal(j), 0);
	assert_int_equal(journal_state(j), JOURNAL_UNFINISHED);
	assert_int_equal(strlen(journal_digest(j)), 64);
	assert_int_equal(journal_intended(j), 0);
	assert_int_equal(journal_turn(j, JOURNAL_FORWARD), 0);
	assert_int_equal(journal_intend(j, 3), 0);
	assert_int_equal(journal_intend(j, 2), 0);
	assert_int_equal(journal_intended(j), 3);
	assert_int_equal(journal_done(j, 3), 0);
	made_check(j, 5);
	assert_int_equal(journal_intend(j, 5), 0);
	assert_int_equal(journal_done(j, 5), 0);
	assert_int_equal(journal_end(j), 0);
	assert_int_equal(journal_state(j), JOURNAL_APPLIED);
	journal_close(j);

	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_state(j), JOURNAL_APPLIED);
	assert_int_equal(journal_way(j), JOURNAL_FORWARD);
	assert_int_equal(journal_changes(j), 5);
	assert_int_equal(journal_intended(j), 5);
	assert_int_equal(journal_done_to(j), 5);
	assert_string_equal(
	    json_string_value(json_object_get(journal_asked(j), "host")), "n");
	made_check(j, 5);
	/* Back: what is done counts down from what was intended. */
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	assert_int_equal(journal_state(j), JOURNAL_UNFINISHED);
	assert_int_equal(journal_done_to(j), 5);
	assert_int_equal(journal_done(j, 2), 0);
	journal_close(j);

	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_way(j), JOURNAL_BACK);
	assert_int_equal(journal_done_to(j), 2);
	assert_int_equal(journal_end(j), 0);
	journal_close(j);
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_state(j), JOURNAL_UNDONE);
	journal_close(j);
}

/* More than is read or written at once, and one change larger than that. */
static void
many_changes(void **state)
{
	static char big[700000];
	struct plan_cell cell = {
		.name = "content", .after = big, .after_len = sizeof(big)
	};
	struct plan_record rec = { .type = PLAN_CREATE,
		.kind = ITEM_FILE,
		.item = "file:/2000",
		.source = "file:/2000",
		.cells = &cell,
		.ncells = 1 };
	const struct plan_record *got;
	char id[JOURNAL_ID + 1];
	struct journal *j;
	uint64_t n;

	(void)state;
	j = made_intended(2000, 64, id);
	made_check(j, 2000);
	journal_close(j);
	assert_non_null(j = journal_open("s", id));
	made_check(j, 2000);
	/* Half-way in one direction, then in the other. */
	assert_int_equal(journal_rewind(j, JOURNAL_FORWARD), 0);
	for (n = 0; n < 1000;)
		assert_int_equal(journal_next(j, &got, &n), 1);
	made_check(j, 2000);
	journal_close(j);

	memset(big, '\n', sizeof(big));
	j = made_open(3);
	memcpy(id, journal_id(j), sizeof(id));
	assert_int_equal(journal_change(j, &rec), 0);
	assert_int_equal(made_change(j, 4), 0);
	assert_int_equal(journal_seal(j), 0);
	journal_close(j);
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_rewind(j, JOURNAL_BACK), 0);
	assert_int_equal(journal_next(j, &got, &n), 1);
	assert_string_equal(got->item, "file:/4");
	assert_int_equal(journal_next(j, &got, &n), 1);
	assert_int_equal(n, 3);
	assert_int_equal(got->cells[0].after_len, sizeof(big));
	assert_int_equal(journal_next(j, &got, &n), 1);
	assert_string_equal(got->item, "file:/2");
	journal_close(j);
}

static void
no_changes_at_all(void **state)
{
	char id[JOURNAL_ID + 1];
	struct journal *j;

	(void)state;
	j = made_intended(0, 0, id);
	made_check(j, 0);
	journal_close(j);
	assert_non_null(j = journal_open("s", id));
	made_check(j, 0);
	journal_close(j);
}

static void
calls_out_of_order_are_refused(void **state)
{
	struct plan_record held = { .type = PLAN_HELD, .kind = ITEM_FILE };
	struct journal *j;
	int saved;

	(void)state;
	j = made_open(1);
	saved = hush();
	assert_int_equal(journal_change(j, &held), -1);
	assert_int_equal(journal_turn(j, JOURNAL_BACK), -1);
	assert_int_equal(journal_intend(j, 1), -1);
	assert_int_equal(journal_done(j, 1), -1);
	assert_int_equal(journal_end(j), -1);
	assert_int_equal(journal_seal(j), 0);
	assert_int_equal(journal_seal(j), -1);
	assert_int_equal(made_change(j, 1), -1);
	assert_int_equal(journal_intend(j, 2), -1);
	unhush(saved);
	journal_discard(j);
}

static void
discard_leaves_nothing(void **state)
{
	char id[JOURNAL_ID + 1];
	struct journal *j;

	(void)state;
	journal_discard(NULL);
	journal_close(NULL);
	journal_discard(made_open(3));
	assert_int_equal(folder_count("s"), 0);
	journal_discard(made_intended(3, 0, id));
	assert_int_equal(folder_count("s"), 0);
	/* Something may have been changed: it stays. */
	journal_discard(made_intended(3, 1, id));
	assert_int_equal(folder_count("s"), 1);
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_intended(j), 1);
	journal_close(j);
}

/* An unsealed one is no restore; it is swept away, others are not. */
static void
unsealed_ones_are_swept(void **state)
{
	char id[JOURNAL_ID + 1], cut[JOURNAL_ID + 1], *found;
	struct journal *j;
	int saved;

	(void)state;
	assert_int_equal(journal_sweep("s"), 0);
	journal_close(made_intended(3, 1, id));
	j = made_open(3);
	memcpy(cut, journal_id(j), sizeof(cut));
	journal_close(j);
	saved = hush();
	assert_null(journal_open("s", cut));
	assert_said("cut before anything was changed");
	unhush(saved);
	assert_int_equal(journal_find("s", cut, 0, &found), 0);
	/* The folder alone: cut before its file was made. */
	assert_int_equal(mkdir("s/20261122T161547Z-01234567", 0700), 0);
	file_write("s/other", "", 0);
	assert_int_equal(journal_sweep("s"), 0);
	assert_int_equal(folder_count("s"), 2);
	assert_non_null(j = journal_open("s", id));
	journal_close(j);
}

struct listed {
	size_t n;
	enum journal_state state[8];
};

static int
list_one(void *cookie, const char *id, enum journal_state state)
{
	struct listed *l = cookie;

	assert_true(journal_is_id(id));
	l->state[l->n++] = state;
	return 0;
}

/* Rename a journal's folder; its records no longer hold then. */
static void
finding(void **state)
{
	char a[JOURNAL_ID + 1], b[JOURNAL_ID + 1], c[JOURNAL_ID + 1];
	struct listed l = { .n = 0 };
	struct journal *j;
	char *found;
	int saved;

	(void)state;
	assert_int_equal(journal_find("s", NULL, 0, &found), 0);
	j = made_intended(2, 2, a);
	assert_int_equal(journal_end(j), 0);
	journal_close(j);
	assert_int_equal(journal_find("s", NULL, 1, &found), 0);
	assert_int_equal(journal_find("s", NULL, 0, &found), 1);
	assert_string_equal(found, a);
	free(found);

	j = made_intended(2, 1, b);
	journal_close(j);
	assert_int_equal(journal_find("s", NULL, 0, &found), 1);
	assert_string_equal(found, b);
	free(found);
	assert_int_equal(journal_find("s", NULL, 1, &found), 1);
	assert_string_equal(found, b);
	free(found);

	assert_non_null(j = journal_open("s", b));
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	assert_int_equal(journal_end(j), 0);
	journal_close(j);
	assert_int_equal(journal_find("s", NULL, 0, &found), 1);
	assert_string_equal(found, a);
	free(found);

	/* By name, or the start of one that is nobody else's. */
	journal_close(made_intended(1, 0, c));
	assert_int_equal(journal_find("s", b, 0, &found), 1);
	assert_string_equal(found, b);
	free(found);
	assert_int_equal(journal_find("s", "19", 0, &found), 0);
	assert_int_equal(journal_find("s", "", 0, &found), 0);
	assert_int_equal(journal_find("s", "../s", 0, &found), 0);
	saved = hush();
	assert_int_equal(journal_find("s", "2", 0, &found), -1);
	assert_said("more than one");
	assert_null(journal_open("s", "20261122T161547Z-01234567"));
	assert_null(journal_open("s", "../s"));
	assert_null(journal_open("nowhere", a));
	unhush(saved);

	assert_int_equal(journal_list("s", list_one, &l), 0);
	assert_int_equal(l.n, 3);
}

static void
ids(void **state)
{
	static const char *const bad[] = { "", "20261122T161547Z-0123456",
		"20261122T161547Z-012345678", "20261122T161547Z-0123456G",
		"20261122T161547Z-0123456A", "20261122t161547Z-01234567",
		"2026112aT161547Z-01234567", "." };
	size_t i;

	(void)state;
	assert_true(journal_is_id("20261122T161547Z-0123cdef"));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(journal_is_id(bad[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_whole_life, no_state),
		cmocka_unit_test_setup(many_changes, no_state),
		cmocka_unit_test_setup(no_changes_at_all, no_state),
		cmocka_unit_test_setup(
		    calls_out_of_order_are_refused, no_state),
		cmocka_unit_test_setup(discard_leaves_nothing, no_state),
		cmocka_unit_test_setup(unsealed_ones_are_swept, no_state),
		cmocka_unit_test_setup(finding, no_state),
		cmocka_unit_test(ids),
	};

	return cmocka_run_group_tests_name(
	    "journal", tests, folder_setup, folder_teardown);
}
