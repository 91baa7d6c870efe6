#include "tests/unit/tree.h"

#include "archive/warn.h"
#include "restore/journal/lock.h"
#include "restore/journal/state_dir.h"
#include "tests/unit/folder.h"

static int
setup(void **state)
{
	struct tree *t = calloc(1, sizeof(*t));
	char *real;

	assert_non_null(t);
	tree_make(t);
	/* Where $TMPDIR itself is behind a link. */
	assert_non_null(real = realpath(t->dir, NULL));
	snprintf(t->dir, sizeof(t->dir), "%s", real);
	free(real);
	warn_forget();
	*state = t;
	return 0;
}

static int
teardown(void **state)
{
	struct tree *t = *state;

	tree_remove(t);
	free(t);
	warn_forget();
	return 0;
}

/* Links are followed where they are when it is asked for, and what is not there
 * stays as it is written. */
static void
test_resolve(void **state)
{
	struct tree *t = *state;
	static const struct {
		const char *dir, *want;
	} cases[] = {
		{ "/a/b", "/a/b" },
		{ "/a/b/", "/a/b" },
		{ "/a//b///c/d", "/a/b/c/d" },
		{ "/link", "/a/b" },
		{ "/link/c", "/a/b/c" },
		{ "/link/c/", "/a/b/c/" },
		{ "/a/../link/none/more", "/a/b/none/more" },
		{ "/dangling", "/dangling" },
		{ "/dangling/x", "/dangling/x" },
		{ "/loop/x", "/loop/x" },
	};
	char want[1024];
	char *is;
	size_t i;

	tree_file(t, "/a/b/file", "x");
	tree_link(t, "/link", "a/b");
	tree_link(t, "/dangling", "nowhere");
	tree_link(t, "/loop", "loop");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(want, sizeof(want), "%s%s", t->dir, cases[i].want);
		is = state_dir_resolve(tree_path(t, cases[i].dir));
		assert_non_null(is);
		assert_string_equal(is, want);
		free(is);
	}
	is = state_dir_resolve("/");
	assert_string_equal(is, "/");
	free(is);
	is = state_dir_resolve("/no-such-folder-here/x");
	assert_string_equal(is, "/no-such-folder-here/x");
	free(is);
	assert_int_equal(chdir(t->dir), 0);
	is = state_dir_resolve("none/x");
	snprintf(want, sizeof(want), "%s/none/x", t->dir);
	assert_string_equal(is, want);
	free(is);
	assert_int_equal(chdir("/"), 0);
}

/* What stands on the way, and what is said of it. */
static void
test_refused(void **state)
{
	struct tree *t = *state;
	static const char *const ways[] = { "/link", "/link/novark", "/file",
		"/file/novark", "/fifo", "/dangling", "/dangling/novark" };
	int saved, fd;
	size_t i;

	tree_file(t, "/out/file", "x");
	tree_file(t, "/file", "x");
	tree_link(t, "/link", "out");
	tree_link(t, "/dangling", "none");
	assert_int_equal(mkfifo(tree_path(t, "/fifo"), 0600), 0);
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		saved = hush();
		fd = state_dir_make(tree_path(t, ways[i]));
		unhush(saved);
		assert_int_equal(fd, -1);
		assert_said(ways[i]);
		saved = hush();
		assert_int_equal(
		    state_dir_open(tree_path(t, ways[i]), &fd), -1);
		unhush(saved);
		assert_said(ways[i]);
	}
	assert_int_equal(tree_count(t, "/out"), 1);
	assert_int_equal(tree_count(t, "/"), 5);
	assert_int_equal(state_dir_open(tree_path(t, "/none/x"), &fd), 0);
	saved = hush();
	assert_int_equal(state_dir_make(tree_path(t, "/a/../link/b")), -1);
	unhush(saved);
}

/* Made once, and only for us; the lock where it is already. */
static void
test_made(void **state)
{
	struct tree *t = *state;
	struct stat st;
	int fd, other, saved;

	assert_int_equal(lock_there(tree_path(t, "/var/lib/n"), &fd), 0);
	assert_int_equal(tree_count(t, "/"), 0);
	assert_true((fd = state_dir_make(tree_path(t, "/var//lib/n/"))) != -1);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	close(fd);
	assert_int_equal(stat(tree_path(t, "/var/lib"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(lock_there(tree_path(t, "/var/lib/n"), &fd), 0);
	assert_int_equal(tree_count(t, "/var/lib/n"), 0);
	assert_true((fd = lock_take(tree_path(t, "/var/lib/n"))) != -1);
	saved = hush();
	assert_int_equal(lock_there(tree_path(t, "/var/lib/n"), &other), -1);
	unhush(saved);
	assert_said("another restore holds this lock");
	close(fd);
	assert_int_equal(lock_there(tree_path(t, "/var/lib/n"), &fd), 1);
	close(fd);
	assert_int_equal(unlink(tree_path(t, "/var/lib/n/lock")), 0);
	assert_int_equal(mkfifo(tree_path(t, "/var/lib/n/lock"), 0600), 0);
	saved = hush();
	assert_int_equal(lock_take(tree_path(t, "/var/lib/n")), -1);
	unhush(saved);
	assert_said("is no regular file");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_resolve, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_made, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
