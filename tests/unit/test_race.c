#include "tests/unit/file_step.h"

#include <linux/fs.h>
#include <linux/magic.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <time.h>

#include "archive/node/root_internal.h"
#include "tests/unit/folder.h"

/* Somebody with rights inside the root swaps a folder of it, or the file
 * itself, with a link that leads out, again and again, while a file is restored
 * by restore's own step.  Each try ends with the file written or with a
 * refusal; what stands outside is never changed, and not opened either. */
#define TRIES 100000
#define WAYS  (sizeof(ways) / sizeof(ways[0]))

/* What is swapped with what, below the root, and where the link leads. */
static const struct way {
	const char *what, *with, *target;
	int from; /* the target is below: 0 as it stands, 1 the test's folder */
} ways[] = {
	{ "/root/a/d", "/root/a/l", "../../out/d", 0 },
	{ "/root/a/d", "/root/a/l", "/out/d", 1 },
	{ "/root/a", "/root/l", "/out", 1 },
	{ "/root/a/d/file", "/root/a/d/l", "/out/d/file", 1 },
	{ "/root/a/d", "/root/a/l", "../in", 0 },
};

/* What nobody may touch: outside the root, and inside of it behind a link. */
static const char *const quiet[] = { "/out", "/out/d", "/out/d/file",
	"/root/in", "/root/in/file" };
#define QUIET (sizeof(quiet) / sizeof(quiet[0]))

struct race {
	struct fixture f;
	struct stat before[QUIET];
	int folder; /* that the file is in, wherever it stands */
	int notify, out;
	char what[600], with[600];
	uint64_t random;
	atomic_int over;
	atomic_ulong swaps;
	unsigned long tries, written, refused;
};

static uint64_t
next_random(uint64_t *x)
{

	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
pause_for(uint64_t n)
{
	volatile uint64_t i;

	for (i = 0; i < n; i++)
		continue;
}

/* Long enough as it was that a step may come through, then a link, then back.
 */
static void *
swapper(void *cookie)
{
	struct race *c = cookie;
	uint64_t x = c->random | 1;
	int i;

	while (!atomic_load(&c->over)) {
		for (i = 0; i < 2; i++) {
			if (renameat2(AT_FDCWD, c->what, AT_FDCWD, c->with,
				RENAME_EXCHANGE) == 0)
				atomic_fetch_add(&c->swaps, 1);
			pause_for(next_random(&x) % (i == 0 ? 8000 : 80000));
		}
	}
	return NULL;
}

/* In memory where there is some: there, what is synced costs nothing. */
static void
make_folder(struct tree *t)
{
	struct statfs fs;

	snprintf(t->dir, sizeof(t->dir), "/dev/shm/novark-unit-XXXXXX");
	if (statfs("/dev/shm", &fs) == 0 && fs.f_type == TMPFS_MAGIC &&
	    mkdtemp(t->dir) != NULL)
		return;
	tree_make(t);
}

static int
race_setup(void **state)
{
	struct race *c = calloc(1, sizeof(*c));
	const char *seed = getenv("NOVARK_SEED");

	assert_non_null(c);
	make_folder(&c->f.tree);
	c->random = seed != NULL ? strtoull(seed, NULL, 10)
				 : (uint64_t)time(NULL) * 2654435761u;
	printf("# NOVARK_SEED=%llu\n", (unsigned long long)c->random);
	umask(022);
	*state = c;
	return 0;
}

static int
race_teardown(void **state)
{
	struct race *c = *state;

	tree_remove(&c->f.tree);
	free(c);
	warn_forget();
	return 0;
}

static int
step_look(const char *path, struct stat *st)
{

	return fstatat(AT_FDCWD, path, st, AT_SYMLINK_NOFOLLOW);
}

/* The same trees each time: 0 at the start of a way. */
static void
start(struct race *c, const struct way *w, int no_openat2)
{
	struct tree *t = &c->f.tree;
	char target[700];
	size_t i;

	tree_file(t, "/root/a/d/file", "old");
	tree_file(t, "/root/in/file", "in");
	tree_file(t, "/out/d/file", "out");
	snprintf(
	    target, sizeof(target), "%s%s", w->from ? t->dir : "", w->target);
	tree_link(t, w->with, target);
	snprintf(c->what, sizeof(c->what), "%s%s", t->dir, w->what);
	snprintf(c->with, sizeof(c->with), "%s%s", t->dir, w->with);
	c->f.r.opt = &c->f.opt;
	assert_non_null(c->f.r.root = root_open(tree_path(t, "/root")));
	assert_int_equal(root_temp_tag(c->f.r.root, TAG), 0);
	c->f.r.root->no_openat2 = no_openat2;
	c->folder =
	    open(tree_path(t, "/root/a/d"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	c->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	assert_true(c->folder != -1 && c->notify != -1);
	changes(&c->f, "/a/d/file", "old", "new");
	for (i = 0; i < QUIET; i++)
		assert_int_equal(
		    step_look(tree_path(t, quiet[i]), &c->before[i]), 0);
	c->out =
	    inotify_add_watch(c->notify, tree_path(t, "/out/d"), IN_ALL_EVENTS);
	assert_true(c->out != -1);
	atomic_store(&c->over, 0);
	atomic_store(&c->swaps, 0);
	c->tries = c->written = c->refused = 0;
}

/* Nothing outside was written, made, removed or opened; nothing was left beside
 * the file, which is whole. */
static void
check_quiet(struct race *c, const struct way *w)
{
	char events[4096], text[8] = "";
	struct stat st;
	size_t i;
	int fd;

	for (i = 0; i < QUIET; i++) {
		assert_int_equal(
		    step_look(tree_path(&c->f.tree, quiet[i]), &st), 0);
		if (st.st_ino != c->before[i].st_ino ||
		    st.st_ctim.tv_sec != c->before[i].st_ctim.tv_sec ||
		    st.st_ctim.tv_nsec != c->before[i].st_ctim.tv_nsec)
			fail_msg("%s: escaped to %s", w->target, quiet[i]);
	}
	if (read(c->notify, events, sizeof(events)) > 0)
		fail_msg("%s: it was opened outside", w->target);
	assert_true(
	    (fd = openat(c->folder, "file", O_RDONLY | O_NOFOLLOW)) != -1);
	assert_int_equal(read(fd, text, sizeof(text) - 1), 3);
	assert_true(strcmp(text, "old") == 0 || strcmp(text, "new") == 0);
	close(fd);
}

static void
finish(struct race *c)
{
	struct tree *t = &c->f.tree;
	size_t n = 0;
	DIR *d;

	assert_non_null(d = fdopendir(c->folder));
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	assert_true(n == 3 || n == 4); /* and the other name of the swap */
	close(c->notify);
	root_close(c->f.r.root);
	c->f.r.root = NULL;
	root_file_free(&c->f.was);
	nftw(tree_path(t, "/root"), tree_one, 16, FTW_DEPTH | FTW_PHYS);
	nftw(tree_path(t, "/out"), tree_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Whichever side it is on now becomes the other. */
static void
try_once(struct race *c, struct plan_record *to, struct plan_record *back)
{
	struct stat st, now;
	char text[4] = "";
	int fd, rc;

	assert_int_equal(
	    fstatat(c->folder, "file", &st, AT_SYMLINK_NOFOLLOW), 0);
	fd = openat(c->folder, "file", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return; /* the swap's link stands there now */
	(void)!read(fd, text, 3);
	close(fd);
	rc = file_make(&c->f.r, strcmp(text, "old") == 0 ? to : back);
	warn_forget();
	c->tries++;
	if (rc == -1)
		c->refused++;
	else if (fstatat(c->folder, "file", &now, AT_SYMLINK_NOFOLLOW) == 0 &&
		 now.st_ino != st.st_ino)
		c->written++;
}

static void
run(struct race *c, const struct way *w, int no_openat2, unsigned long tries)
{
	struct plan_record back;
	struct plan_cell cell;
	pthread_t thread;
	int saved;

	start(c, w, no_openat2);
	back = c->f.rec;
	cell = c->f.cell;
	cell.before = "new";
	cell.after = "old";
	back.cells = &cell;
	next_random(&c->random);
	assert_int_equal(pthread_create(&thread, NULL, swapper, c), 0);
	saved = hush();
	while (c->tries < tries)
		try_once(c, &c->f.rec, &back);
	unhush(saved);
	atomic_store(&c->over, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	check_quiet(c, w);
	printf("# race: %s, a link to %s%s: %lu restores, %lu swaps, %lu "
	       "written, %lu refused\n",
	    w->what, w->target, no_openat2 ? " (no openat2)" : "", c->tries,
	    atomic_load(&c->swaps), c->written, c->refused);
	finish(c);
}

static void
test_race(void **state)
{
	struct race *c = *state;
	unsigned long tries = TRIES, done = 0, swaps = 0, written = 0;
	unsigned long refused = 0;
	size_t i;

	if (getenv("NOVARK_SLOW") != NULL)
		tries = 500;
	for (i = 0; i < WAYS; i++) {
		run(c, &ways[i], 0, tries / WAYS);
		done += c->tries;
		swaps += atomic_load(&c->swaps);
		written += c->written;
		refused += c->refused;
	}
	printf("# figure: race: %lu restores of a file, %lu swaps, %lu "
	       "written, %lu refused, 0 escapes\n",
	    done, swaps, written, refused);
	/* Else nothing was raced for. */
	assert_true(written > tries / 100);
	assert_true(refused > 0);
}

/* The same where the kernel has no openat2. */
static void
test_walk(void **state)
{
	struct race *c = *state;
	size_t i;

	for (i = 0; i < WAYS; i++)
		run(c, &ways[i], 1,
		    getenv("NOVARK_SLOW") != NULL ? 100 : TRIES / 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_race),
		cmocka_unit_test(test_walk),
	};

	return cmocka_run_group_tests(tests, race_setup, race_teardown);
}
