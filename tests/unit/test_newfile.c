#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include "archive/node/newfile.h"
#include "folder.h"

static void
assert_content(const char *name, const char *want)
{
	struct buf b = BUF_EMPTY;

	file_read(name, &b);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(b.data, want, b.len);
	buf_free(&b);
}

static void
test_commit(void **state)
{
	struct newfile *n;
	struct stat st;
	size_t before = folder_count(".");

	(void)state;
	assert_non_null(n = newfile_open("one", 0600, NEWFILE_KEEP));
	assert_int_equal(newfile_write(n, "hello ", 6), 0);
	/* Nothing is there under any name until the end. */
	assert_int_equal(folder_count("."), before);
	assert_int_equal(newfile_write(n, "world", 5), 0);
	assert_int_equal(newfile_commit(n), 0);
	assert_content("one", "hello world");
	assert_int_equal(stat("one", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_nlink, 1);
	assert_int_equal(folder_count("."), before + 1);
}

static void
test_discard(void **state)
{
	struct newfile *n;
	size_t before = folder_count(".");

	(void)state;
	assert_non_null(n = newfile_open("two", 0600, NEWFILE_KEEP));
	assert_int_equal(newfile_write(n, "x", 1), 0);
	newfile_discard(n);
	newfile_discard(NULL);
	assert_int_equal(folder_count("."), before);
}

static void
test_existing(void **state)
{
	struct newfile *n;
	int saved;

	(void)state;
	file_write("there", "old", 3);
	saved = hush();
	n = newfile_open("there", 0600, NEWFILE_KEEP);
	unhush(saved);
	assert_null(n);
	assert_said("there exists already; --force replaces it");
	assert_content("there", "old");

	assert_non_null(n = newfile_open("there", 0600, NEWFILE_FORCE));
	assert_int_equal(newfile_write(n, "new", 3), 0);
	assert_content("there", "old");
	assert_int_equal(newfile_commit(n), 0);
	assert_content("there", "new");
	assert_non_null(n = newfile_open("there", 0600, NEWFILE_FORCE));
	newfile_discard(n);
	assert_content("there", "new");
}

/* A kill left the name that a file has for an instant. */
static void
test_force_after_kill(void **state)
{
	size_t before;
	struct newfile *n;

	(void)state;
	file_write("again", "old", 3);
	before = folder_count(".");
	file_write(".novark-again.tmp", "half", 4);
	assert_non_null(n = newfile_open("again", 0600, NEWFILE_FORCE));
	assert_int_equal(newfile_write(n, "new", 3), 0);
	assert_int_equal(newfile_commit(n), 0);
	assert_content("again", "new");
	assert_int_equal(folder_count("."), before);
}

/* Made by somebody else in between: theirs stays. */
static void
test_made_meanwhile(void **state)
{
	size_t before = folder_count(".");
	struct newfile *n;
	int saved, rc;

	(void)state;
	assert_non_null(n = newfile_open("race", 0600, NEWFILE_KEEP));
	assert_int_equal(newfile_write(n, "mine", 4), 0);
	file_write("race", "theirs", 6);
	saved = hush();
	rc = newfile_commit(n);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("race exists already");
	assert_content("race", "theirs");
	assert_int_equal(folder_count("."), before + 1);
}

/* What is there is no file, or the folder is none. */
static void
test_refused(void **state)
{
	static const struct {
		const char *name, *text;
		int force;
	} cases[] = {
		{ "dir", "is no regular file", 0 },
		{ "dir", "is no regular file", 1 },
		{ "link", "is no regular file", 1 },
		{ "fifo", "is no regular file", 1 },
		{ "dangling", "is no regular file", 0 },
		{ "dir/", "names a folder", 0 },
		{ "nowhere/x", "cannot open the folder nowhere", 0 },
		{ "one-file/x", "cannot open the folder one-file", 0 },
		{ "", "names a folder", 0 },
	};
	struct newfile *n;
	size_t i;
	int saved;

	(void)state;
	assert_int_equal(mkdir("dir", 0700), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	file_write("one-file", "", 0);
	assert_int_equal(symlink("one-file", "link"), 0);
	assert_int_equal(symlink("not-there", "dangling"), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		saved = hush();
		n = newfile_open(cases[i].name, 0600,
		    cases[i].force ? NEWFILE_FORCE : NEWFILE_NEVER);
		unhush(saved);
		assert_null(n);
		assert_said(cases[i].text);
	}
}

/* Whatever the umask, a mode is never wider than asked for. */
static void
test_umask(void **state)
{
	static const mode_t masks[] = { 0, 022, 027, 077, 0177 };
	static const mode_t modes[] = { 0600, 0644 };
	struct newfile *n;
	struct stat st;
	size_t i, k;
	mode_t old;

	(void)state;
	for (i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		for (k = 0; k < 2; k++) {
			old = umask(masks[i]);
			n = newfile_open("masked", modes[k], NEWFILE_NEVER);
			umask(old);
			assert_non_null(n);
			assert_int_equal(newfile_commit(n), 0);
			assert_int_equal(stat("masked", &st), 0);
			assert_int_equal(
			    st.st_mode & 07777, modes[k] & ~masks[i]);
			assert_int_equal(unlink("masked"), 0);
		}
	}
}

static void
test_spool(void **state)
{
	size_t before = folder_count(".");
	struct newfile *n;
	struct stat st;
	char back[5];
	int fd;

	(void)state;
	assert_non_null(n = newfile_open("spooled", 0600, NEWFILE_KEEP));
	assert_true((fd = newfile_spool(n)) != -1);
	assert_int_equal(newfile_spool_write(n, fd, "bytes", 5), 0);
	assert_int_equal(folder_count("."), before);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 07777 & ~0600u, 0);
	assert_int_equal(st.st_nlink, 0);
	assert_true(pread(fd, back, 5, 0) == 5);
	assert_memory_equal(back, "bytes", 5);
	close(fd);
	newfile_discard(n);
	assert_int_equal(folder_count("."), before);
}

/* A child that writes a file and is killed somewhere on the way. */
static void
test_killed(void **state)
{
	size_t before = folder_count(".");
	struct newfile *n;
	struct stat st;
	char chunk[4096];
	pid_t pid;
	int i, status, k;

	(void)state;
	memset(chunk, 'x', sizeof(chunk));
	for (i = 0; i < 20; i++) {
		if ((pid = fork()) == 0) {
			n = newfile_open("killed", 0600, NEWFILE_KEEP);
			for (k = 0; n != NULL && k < 64; k++)
				if (newfile_write(n, chunk, sizeof(chunk)) ==
				    -1)
					_exit(1);
			if (n == NULL || newfile_commit(n) == -1)
				_exit(1);
			_exit(0);
		}
		assert_true(pid > 0);
		usleep((useconds_t)(i * 100));
		kill(pid, SIGKILL);
		assert_true(waitpid(pid, &status, 0) == pid);
		if (stat("killed", &st) == 0) {
			assert_int_equal(st.st_size, 64 * sizeof(chunk));
			assert_int_equal(unlink("killed"), 0);
		}
		assert_int_equal(folder_count("."), before);
	}
}

/* In a mount namespace of the child's own: a file system of one page count.
 * 2: cannot be done here; 0: as it should be. */
static int
full_disk(void)
{
	struct newfile *n;
	char chunk[4096];
	int i;

	if (unshare(CLONE_NEWNS) == -1 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == -1 ||
	    mkdir("full", 0700) == -1 ||
	    mount("none", "full", "tmpfs", 0, "size=64k") == -1)
		return 2;
	memset(chunk, 'x', sizeof(chunk));
	(void)hush();
	if ((n = newfile_open("full/f", 0600, NEWFILE_KEEP)) == NULL)
		return 3;
	for (i = 0; i < 32; i++)
		if (newfile_write(n, chunk, sizeof(chunk)) == -1)
			break;
	newfile_discard(n);
	assert_said("cannot write full/f: the disk is full (0 KiB free in the "
		    "folder full)");
	return i < 32 && folder_count("full") == 0 ? 0 : 4;
}

static void
test_full(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: needs root to mount a small tmpfs\n");
		skip();
	}
	if ((pid = fork()) == 0)
		_exit(full_disk());
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2) {
		print_message("skipped: machine: no mount namespace here\n");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commit),
		cmocka_unit_test(test_discard),
		cmocka_unit_test(test_existing),
		cmocka_unit_test(test_made_meanwhile),
		cmocka_unit_test(test_force_after_kill),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_umask),
		cmocka_unit_test(test_spool),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
