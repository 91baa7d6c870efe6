#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>

#include "tests/unit/folder.h"

#include "tests/unit/journal_made.h"

static void
refused(const char *id, const char *why)
{
	int saved = hush();

	assert_null(journal_open("s", id));
	assert_said(why);
	unhush(saved);
}

static void
not_ours(void **state)
{
	char dir[64], file[80];
	char id[JOURNAL_ID + 1];
	struct journal *j;

	(void)state;
	journal_close(made_intended(2, 1, id));
	snprintf(dir, sizeof(dir), "s/%s", id);
	snprintf(file, sizeof(file), "%s/journal", dir);
	assert_int_equal(chmod(file, 0640), 0);
	refused(id, "not as novark makes it");
	assert_int_equal(chmod(file, 0600), 0);
	assert_int_equal(chmod(dir, 0755), 0);
	refused(id, "not as novark makes it");
	assert_int_equal(chmod(dir, 0700), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(file, 65534, (gid_t)-1), 0);
		refused(id, "not as novark makes it");
		assert_int_equal(chown(file, 0, (gid_t)-1), 0);
		assert_int_equal(chown(dir, 65534, (gid_t)-1), 0);
		refused(id, "not as novark makes it");
		assert_int_equal(chown(dir, 0, (gid_t)-1), 0);
	}
	assert_int_equal(rename(file, "moved"), 0);
	assert_int_equal(symlink("../../moved", file), 0);
	refused(id, "cannot be opened");
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mkfifo(file, 0600), 0);
	refused(id, "not as novark makes it");
	assert_int_equal(unlink(file), 0);
	refused(id, "no such journal");
	assert_int_equal(rename("moved", file), 0);
	assert_int_equal(rename(dir, "moved"), 0);
	assert_int_equal(symlink("../moved", dir), 0);
	refused(id, "cannot be opened");
	assert_int_equal(unlink(dir), 0);
	assert_int_equal(rename("moved", dir), 0);
	assert_non_null(j = journal_open("s", id));
	journal_close(j);
}

/* Let what ${fd} of it is be another file. */
static void
swap(int fd, const char *file, int flags)
{
	int to = open(file, flags | O_CLOEXEC);

	assert_true(to != -1);
	assert_int_equal(dup3(to, fd, O_CLOEXEC), fd);
	close(to);
}

/* No room: said once, and nothing is written any more. */
static void
no_room(void **state)
{
	char id[JOURNAL_ID + 1];
	struct journal *j;
	size_t n;
	int saved;

	(void)state;
	j = made_intended(3, 1, id);
	swap(j->fd, "/dev/full", O_RDWR);
	saved = hush();
	assert_int_equal(journal_intend(j, 2), -1);
	assert_said("cannot be written");
	assert_int_equal(journal_intended(j), 1);
	assert_int_equal(journal_done(j, 1), -1);
	assert_int_equal(journal_turn(j, JOURNAL_BACK), -1);
	assert_int_equal(journal_end(j), -1);
	assert_int_equal(journal_rewind(j, JOURNAL_BACK), -1);
	(void)warn_said(&n);
	assert_true(n >= 1);
	unhush(saved);
	assert_int_equal(journal_state(j), JOURNAL_UNFINISHED);
	journal_close(j);
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_intended(j), 1);
	journal_close(j);

	j = made_open(3);
	swap(j->fd, "/dev/full", O_RDWR);
	saved = hush();
	assert_int_equal(journal_seal(j), -1);
	assert_said("cannot be written");
	unhush(saved);
	assert_int_equal(journal_state(j), JOURNAL_UNSEALED);
	n = folder_count("s");
	journal_discard(j);
	assert_int_equal(folder_count("s"), n - 1);
}

/* The disk takes a part of a block, and no more: the change is not in it. */
static void
short_write(void **state)
{
	struct rlimit was, small = { 300000, 0 };
	struct journal *j;
	uint64_t i = 0;
	int saved;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	small.rlim_max = was.rlim_max;
	j = made_open(0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	saved = hush();
	while (i < 1000 && made_change(j, i) == 0)
		i++;
	unhush(saved);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_true(i < 1000);
	assert_said("File too large");
	journal_discard(j);
}

/* A read that fails is not the end of the file. */
static void
reads_that_fail(void **state)
{
	const struct plan_record *rec;
	char id[JOURNAL_ID + 1];
	struct journal *j;
	uint64_t n;
	int saved;

	(void)state;
	j = made_intended(300, 1, id);
	assert_int_equal(journal_rewind(j, JOURNAL_FORWARD), 0);
	swap(j->fd, "/dev/null", O_WRONLY);
	saved = hush();
	assert_int_equal(journal_next(j, &rec, &n), -1);
	assert_said("cannot be read");
	unhush(saved);
	swap(j->fd, "/dev/null", O_RDWR);
	saved = hush();
	assert_int_equal(journal_next(j, &rec, &n), -1);
	assert_said("shorter than it was");
	unhush(saved);
	journal_close(j);

	/* Changed under our eyes. */
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(pwrite(j->fd, "\0\0\0\0", 4, (off_t)j->first), 4);
	assert_int_equal(journal_rewind(j, JOURNAL_FORWARD), 0);
	buf_clear(&j->window.bytes);
	j->window.len = 0;
	saved = hush();
	assert_int_equal(journal_next(j, &rec, &n), -1);
	assert_said("does not hold what was written");
	unhush(saved);
	journal_close(j);
	refused(id, "damaged");
}

static void
fsync_that_fails(void **state)
{
	char id[JOURNAL_ID + 1];
	struct journal *j;
	int saved;

	(void)state;
	j = made_intended(3, 1, id);
	swap(j->fd, "/dev/null", O_RDWR); /* takes bytes, cannot be synced */
	saved = hush();
	assert_int_equal(journal_intend(j, 2), -1);
	assert_said("cannot be synced");
	unhush(saved);
	assert_int_equal(journal_intended(j), 1);
	journal_close(j);
}

/* What only a sealed journal has, another refuses. */
static void
not_sealed(void **state)
{
	struct journal *j = made_open(2);
	int saved, i, rc;

	(void)state;
	for (i = 0; i < 6; i++) {
		saved = hush();
		rc = i == 0   ? journal_turn(j, JOURNAL_BACK)
		     : i == 1 ? journal_intend(j, 1)
		     : i == 2 ? journal_retract(j, 1)
		     : i == 3 ? journal_done(j, 1)
		     : i == 4 ? journal_sync(j)
			      : journal_end(j);
		assert_int_equal(rc, -1);
		assert_said("not sealed yet");
		unhush(saved);
	}
	assert_int_equal(journal_state(j), JOURNAL_UNSEALED);
	journal_discard(j);
}

/* One under which something was intended is not discarded; what was not is not
 * taken back twice. */
static void
kept(void **state)
{
	char id[JOURNAL_ID + 1];
	struct journal *j = made_intended(5, 3, id);

	(void)state;
	assert_int_equal(journal_retract(j, 4), 0);
	assert_int_equal(journal_intended(j), 3);
	assert_int_equal(journal_retract(j, 2), 0);
	assert_int_equal(journal_intended(j), 2);
	journal_discard(j);
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_intended(j), 2);
	/* Back, more than was made is not made. */
	assert_int_equal(journal_done(j, 2), 0);
	assert_int_equal(journal_done(j, 1), 0);
	assert_int_equal(journal_made(j), 2);
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	assert_int_equal(journal_done(j, 2), 0);
	assert_int_equal(journal_made(j), 2);
	assert_int_equal(journal_done(j, 1), 0);
	assert_int_equal(journal_made(j), 1);
	journal_close(j);
}

/* A restore of no changes has two ways like any other. */
static void
of_nothing(void **state)
{
	char id[JOURNAL_ID + 1];
	struct journal *j = made_intended(0, 0, id);

	(void)state;
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	assert_int_equal(journal_end(j), 0);
	journal_close(j);
	assert_non_null(j = journal_open("s", id));
	assert_int_equal(journal_state(j), JOURNAL_UNDONE);
	made_check(j, 0);
	journal_close(j);
}

static void
folders_that_cannot_be_made(void **state)
{
	json_t *asked = json_object();
	int saved;

	(void)state;
	file_write("plain", "", 0);
	saved = hush();
	assert_null(journal_create("plain/s", asked));
	assert_said("cannot be made");
	unhush(saved);
	json_decref(asked);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(not_ours),
		cmocka_unit_test(no_room),
		cmocka_unit_test(short_write),
		cmocka_unit_test(reads_that_fail),
		cmocka_unit_test(fsync_that_fails),
		cmocka_unit_test(not_sealed),
		cmocka_unit_test(kept),
		cmocka_unit_test(of_nothing),
		cmocka_unit_test(folders_that_cannot_be_made),
	};

	return cmocka_run_group_tests_name(
	    "journal_fail", tests, folder_setup, folder_teardown);
}
