#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing.h"
#include "folder.h"
#include "journal_made.h"

/* What the journal was told, as far as it said that it was durable. */
struct told {
	uint64_t changes; /* of the scenario */
	char id[JOURNAL_ID + 1];
	uint64_t intended;
	int sealed, ended;
};

/* No failure makes a journal forget what it said was durable. */
static void
remembers(const struct told *t)
{
	struct journal *j;

	if (!t->sealed)
		return;
	if ((j = journal_open("s", t->id)) == NULL)
		failing_wrong("a sealed journal is lost");
	if (journal_changes(j) != t->changes ||
	    journal_intended(j) < t->intended ||
	    (t->ended && journal_state(j) != JOURNAL_UNDONE))
		failing_wrong("the journal forgot");
	made_check(j, t->changes);
	journal_close(j);
}

static int
forward(struct journal *j, struct told *t)
{
	uint64_t i;

	for (i = 0; i < t->changes; i++)
		if (made_change(j, i) == -1)
			return -1;
	if (journal_seal(j) == -1)
		return -1;
	t->sealed = 1;
	if (journal_turn(j, JOURNAL_FORWARD) == -1 ||
	    journal_intend(j, 1) == -1)
		return -1;
	t->intended = 1;
	if (journal_done(j, 1) == -1 || journal_sync(j) == -1 ||
	    journal_intend(j, t->changes) == -1)
		return -1;
	t->intended = t->changes;
	/* Durable or not: it says what is true. */
	(void)journal_retract(j, t->changes - 1);
	t->intended = t->changes - 1;
	return 0;
}

static int
back(struct told *t)
{
	const struct plan_record *rec;
	struct journal *j = NULL;
	char *found = NULL;
	uint64_t n, seen = 0;
	int rc = -1, more;

	/* "No such file" is an answer, which says nothing. */
	if ((more = journal_find("s", NULL, 1, &found)) != 1) {
		if (more == 0)
			warn_msg("none is found");
		goto out;
	}
	assert_string_equal(found, t->id);
	if ((j = journal_open("s", found)) == NULL ||
	    journal_turn(j, JOURNAL_BACK) == -1 ||
	    journal_rewind(j, JOURNAL_BACK) == -1)
		goto out;
	while ((more = journal_next(j, &rec, &n)) == 1)
		seen++;
	if (more == -1)
		goto out;
	if (seen != t->changes)
		failing_wrong("%llu changes", (unsigned long long)seen);
	if (journal_done(j, 0) == -1 || journal_end(j) == -1)
		goto out;
	t->ended = 1;
	rc = 0;
out:
	journal_close(j);
	free(found);
	return rc;
}

static int
count(void *cookie, const char *id, enum journal_state state)
{

	(void)id;
	(void)state;
	++*(int *)cookie;
	return 0;
}

/* What a kill leaves: one that is not sealed, and half a record. */
static int
torn(const json_t *asked, const struct told *t)
{
	struct journal *j = journal_create("s", asked);
	int fd;

	if (j == NULL)
		return -1;
	journal_close(j);
	failing_off();
	fd = open(made_file(t->id), O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, JOURNAL_MARK, 8), 8);
	close(fd);
	failing_on();
	return 0;
}

static int
live(void *cookie)
{
	json_t *asked = json_pack("{s:s}", "host", "n");
	struct told t = { .changes = *(uint64_t *)cookie };
	struct journal *j;
	int rc = -1, n = 0;

	assert_non_null(asked);
	failing_on();
	if ((j = journal_create("s/t", asked)) != NULL)
		journal_discard(j);
	if (j == NULL || (j = journal_create("s", asked)) == NULL)
		goto out;
	memcpy(t.id, journal_id(j), sizeof(t.id));
	rc = forward(j, &t);
	if (rc == -1 && !t.sealed)
		journal_discard(j);
	else
		journal_close(j);
	if (rc == 0)
		rc = torn(asked, &t);
	if (rc == 0)
		rc = back(&t);
	if (rc == 0)
		rc = journal_sweep("s");
	if (rc == 0)
		rc = journal_list("s", count, &n);
	/* "No such file" is an answer here, too. */
	if (rc == 0 && n != 1) {
		warn_msg("it is not in the list");
		rc = -1;
	}
out:
	failing_off();
	remembers(&t);
	json_decref(asked);
	nftw("s", folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return rc;
}

static void
test_life(void **state)
{
	uint64_t few = 2, many = 40;

	(void)state;
	failing_visits(20);
	failing_run("journal", live, &few);
	if (getenv("NOVARK_SLOW") != NULL)
		return;
	failing_more("journal of many changes", live, &many, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_life, failing_loud),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
