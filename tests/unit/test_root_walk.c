#include "tests/unit/rooted.h"

#include <errno.h>
#include <linux/openat2.h>
#include <time.h>

/* Without openat2 a path leads where it does with it. */

/* A path of up to six parts of few names, so that most lead somewhere. */
static void
random_path(unsigned int *seed, char *path, size_t size, int absolute)
{
	static const char *const parts[] = { "a", "b", "c", "d", "..", "." };
	size_t at = 0;
	int n = 1 + rand_r(seed) % 6;

	path[0] = '\0';
	for (; n > 0; n--)
		at += (size_t)snprintf(path + at, size - at, "%s%s",
		    at > 0 || absolute ? "/" : "",
		    parts[(size_t)rand_r(seed) % 6]);
	if (rand_r(seed) % 8 == 0)
		snprintf(path + at, size - at, "/");
}

/* Make something at the path; never through a link, so never outside. */
static void
random_node(struct root *r, char *path, const char *target, int what)
{
	char *name = strrchr(path, '/');
	int dir, fd;

	*name++ = '\0';
	dir = root_at(r, path, O_PATH | O_DIRECTORY,
	    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	if (dir == -1)
		return;
	if (what == 0 && symlinkat(target, dir, name) == 0)
		what = 3;
	else if (what == 1 && (fd = openat(dir, name,
				   O_CREAT | O_EXCL | O_WRONLY, 0644)) != -1)
		close(fd);
	else if (what > 1)
		mkdirat(dir, name, 0755);
	close(dir);
}

/* Both ways agree on where a path leads, or that it leads nowhere. */
static void
agree(struct root *r, const char *path, uint64_t flags, uint64_t resolve)
{
	struct stat a, b;
	int fd, walked, err;

	r->no_openat2 = 0;
	fd = root_at(r, path, flags, resolve);
	err = errno;
	walked =
	    root_walk(r->fd, root_relative(path), flags | O_CLOEXEC, resolve);
	if ((fd == -1) != (walked == -1) || (fd == -1 && err != errno))
		fail_msg("%s (%lx %lx): %d %s, but walked %d %s", path,
		    (unsigned long)flags, (unsigned long)resolve, fd,
		    fd == -1 ? strerror(err) : "", walked,
		    walked == -1 ? strerror(errno) : "");
	if (fd == -1)
		return;
	assert_int_equal(fstat(fd, &a), 0);
	assert_int_equal(fstat(walked, &b), 0);
	if (a.st_dev != b.st_dev || a.st_ino != b.st_ino)
		fail_msg("%s leads to two places", path);
	close(fd);
	close(walked);
}

static void
test_walk_agrees(void **state)
{
	static const uint64_t flags[] = { O_PATH, O_PATH | O_NOFOLLOW,
		O_RDONLY | O_DIRECTORY, O_RDONLY | O_NONBLOCK,
		O_PATH | O_DIRECTORY | O_NOFOLLOW };
	struct rooted *f = *state;
	unsigned int seed = (unsigned int)time(NULL);
	char path[128], target[128];
	int i, j, probe;

	probe = root_at(f->root, "/", O_PATH, RESOLVE_IN_ROOT);
	assert_true(probe != -1);
	close(probe);
	if (f->root->no_openat2) {
		print_message("skipped: machine: no openat2 to compare with "
			      "(valgrind has none)\n");
		skip();
	}
	print_message("seed %u\n", seed);
	for (i = 0; i < 200; i++) {
		random_path(&seed, path, sizeof(path), 1);
		random_path(&seed, target, sizeof(target), rand_r(&seed) % 2);
		random_node(f->root, path, target, rand_r(&seed) % 4);
	}
	for (i = 0; i < 3000; i++) {
		random_path(&seed, path, sizeof(path), 1);
		j = rand_r(&seed) % 5;
		agree(f->root, path, flags[j], RESOLVE_IN_ROOT);
		agree(f->root, path, flags[j],
		    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTED(test_walk_agrees),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
