#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/file.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "restore/journal/lock.h"
#include "said.h"

static void
one_restore_at_a_time(void **state)
{
	char dir[] = "/tmp/test_restore.XXXXXX";
	char state_dir[64], file[80];
	struct stat st;
	mode_t mask;
	int fd;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(state_dir, sizeof(state_dir), "%s/var/lib/novark", dir);
	/* The program's own umask must not close /var/lib to others. */
	mask = umask(077);
	snprintf(file, sizeof(file), "%s/var/lib", dir);
	fd = lock_take(state_dir);
	umask(mask);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	snprintf(file, sizeof(file), "%s/lock", state_dir);
	assert_true(fd >= 0);
	snprintf(file, sizeof(file), "%s/var/lib", dir);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	snprintf(file, sizeof(file), "%s/lock", state_dir);
	assert_int_equal(stat(state_dir, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	warn_forget();
	assert_int_equal(lock_take(state_dir), -1);
	assert_non_null(strstr(said_last(), file));
	assert_non_null(strstr(said_last(), "another restore"));
	/* It ends with its holder, and the file stays. */
	close(fd);
	fd = lock_take(state_dir);
	assert_true(fd >= 0);
	close(fd);
	/* A link in its place is not followed. */
	assert_int_equal(unlink(file), 0);
	assert_int_equal(symlink("elsewhere", file), 0);
	assert_int_equal(lock_take(state_dir), -1);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(rmdir(state_dir), 0);
	/* A file in the place of a folder. */
	fd = open(state_dir, O_CREAT | O_WRONLY, 0600);
	close(fd);
	assert_int_equal(lock_take(state_dir), -1);
	assert_non_null(strstr(said_last(), state_dir));
	assert_int_equal(unlink(state_dir), 0);
	*strrchr(state_dir, '/') = '\0';
	assert_int_equal(rmdir(state_dir), 0);
	*strrchr(state_dir, '/') = '\0';
	assert_int_equal(rmdir(state_dir), 0);
	assert_int_equal(rmdir(dir), 0);
	warn_forget();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_restore_at_a_time),
	};

	return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
