#include "tests/unit/file_plan.h"

#include <sys/wait.h>

/* The first record of that item. */
static const struct plan_record *
record(struct fixture *f, const char *item)
{
	const struct plan_record *rec;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1)
		if (strcmp(rec->item, item) == 0 && rec->ncells > 0)
			return rec;
	fail();
	return NULL;
}

static void
test_create(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	tree_link(&f->here, "/etc/nova/link", "nova.conf");
	tree_bytes(&f->here, "/etc/nova/bin",
	    "\0"
	    "10.2.116.14",
	    12);
	tree_file(&f->here, "/etc/nova/empty", "");
	assert_int_equal(chmod(tree_path(&f->here, "/etc/nova"), 0710), 0);
	snapshot(f);
	plan(f, "create file:/etc\n"
		"create file:/etc/nova\n"
		"create file:/etc/nova/bin\n"
		"create file:/etc/nova/empty\n"
		"create file:/etc/nova/link\n" HELD
		"create file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/nova/nova.conf", conf_new);
	tree_holds(&f->there, "/etc/nova/link", conf_new);
	tree_holds(&f->there, "/etc/nova/empty", "");
	assert_int_equal(stat(tree_path(&f->there, "/etc/nova"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0710);
	assert_int_equal(
	    stat(tree_path(&f->there, "/etc/nova/nova.conf"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(stat(tree_path(&f->there, "/etc/nova/bin"), &st), 0);
	assert_int_equal(st.st_size, 12);
	/* And then there is nothing to do. */
	plan(f, HELD);
	leftovers(f, "");
	assert_int_equal(tree_count(&f->there, "/etc/nova"), 4);
}

static void
test_change(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	snapshot(f);
	tree_file(&f->there, "/etc/nova/nova.conf", conf);
	assert_int_equal(
	    chmod(tree_path(&f->there, "/etc/nova/nova.conf"), 0600), 0);
	plan(f, HELD "change file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/nova/nova.conf", conf_new);
	/* Who may read it here stays. */
	assert_int_equal(
	    stat(tree_path(&f->there, "/etc/nova/nova.conf"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);

	/* Another line differs: only what the map touches is changed. */
	tree_file(&f->there, "/etc/nova/nova.conf",
	    "--host=c1\n--my_ip=10.2.116.14\n--dns=10.2.116.140\n--x=y\n");
	plan(f, HELD "change file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/nova/nova.conf",
	    "--host=c1\n--my_ip=10.2.15.3\n--dns=10.2.116.140\n--x=y\n");
	plan(f, HELD);
}

/* What the bundle held closer is not left wide open, where that is safe. */
static void
test_modes(void **state)
{
	static const struct {
		mode_t captured, here, want;
	} table[] = {
		{ 0640, 0640, 0640 },
		{ 0640, 0666, 0640 },
		{ 0640, 0644, 0640 },
		{ 0600, 0777, 0700 },
		{ 0644, 0600, 0600 },
		{ 0644, 0640, 0640 },
		{ 0600, 04755, 04700 },
	};
	struct fixture *f = *state;
	const char *conf_here, *conf_there;
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		conf_here = tree_path(&f->here, "/etc/nova/nova.conf");
		assert_int_equal(chmod(conf_here, table[i].captured), 0);
		snapshot(f);
		tree_file(&f->there, "/etc/nova/nova.conf", conf);
		conf_there = tree_path(&f->there, "/etc/nova/nova.conf");
		assert_int_equal(chmod(conf_there, table[i].here), 0);
		plan(f, HELD "change file:/etc/nova/nova.conf\n");
		assert_int_equal(apply(f), 0);
		assert_int_equal(stat(conf_there, &st), 0);
		if ((st.st_mode & 07777) != table[i].want)
			fail_msg("case %zu: %o", i,
			    (unsigned int)st.st_mode & 07777);
	}
	if (getuid() != 0)
		return;
	/* It is somebody else's here: its program must go on reading it. */
	tree_file(&f->there, "/etc/nova/nova.conf", conf);
	assert_int_equal(
	    chown(tree_path(&f->there, "/etc/nova/nova.conf"), 1, 1), 0);
	plan(f, HELD "note file:/etc/nova/nova.conf =mode\n"
		     "change file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	assert_int_equal(
	    stat(tree_path(&f->there, "/etc/nova/nova.conf"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(st.st_uid, 1);
	assert_int_equal(st.st_gid, 1);
	plan(f, HELD "note file:/etc/nova/nova.conf =mode\n");
}

/* A record tells by itself what stands here and what will. */
static void
test_was_and_will(void **state)
{
	struct fixture *f = *state;
	const struct timespec times[2] = { { 1000000000, 1 },
		{ 1000000000, 123456789 } };
	const struct plan_record *rec;

	tree_link(&f->here, "/etc/nova/l", "/old/place/x");
	f->maps[1] = "path /old/place = /new/place";
	snapshot(f);
	tree_file(&f->there, "/etc/nova/nova.conf", conf);
	assert_int_equal(
	    utimensat(AT_FDCWD, tree_path(&f->there, "/etc/nova/nova.conf"),
		times, 0),
	    0);
	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	rec = record(f, "file:/etc/nova/nova.conf");
	assert_int_equal(rec->was->mode, 0644);
	assert_true(rec->was->mtime == 1000000000);
	assert_int_equal(rec->was->mtime_nsec, 123456789);
	assert_int_equal(rec->will->mode, 0640);
	assert_int_equal(rec->will->uid, geteuid());
	assert_int_equal(rec->will->type, FILE_REGULAR);
	rec = record(f, "file:/etc/nova/l");
	assert_null(rec->was);
	assert_int_equal(rec->will->type, FILE_SYMLINK);
	assert_string_equal(rec->will->target, "/new/place/x");
	f->maps[1] = NULL;
}

/* Somebody who may not write here is told so in the plan, not half-way. */
static void
test_permission(void **state)
{
	struct fixture *f = *state;
	int status;
	pid_t pid;

	if (getuid() != 0)
		skip();
	snapshot(f);
	tree_file(&f->there, "/etc/nova/x", "x");
	start(f);
	fflush(NULL);
	assert_true((pid = fork()) != -1);
	if (pid == 0) {
		if (setgid(65534) || setuid(65534) || chdir("/") ||
		    plan_files(&f->r) != OUTCOME_DONE)
			_exit(98);
		_exit(plan_count(f->r.plan, PLAN_FINDING, ITEM_FILE) == 1 ? 0
									  : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
test_drift(void **state)
{
	struct fixture *f = *state;
	const char other[] = "--my_ip=10.9.9.9\n--x=10.2.116.14\n";

	snapshot(f);
	tree_file(&f->there, "/etc/nova/nova.conf", other);
	plan(f, HELD "drift file:/etc/nova/nova.conf --my_ip\n");
	f->opt.on_drift = ON_DRIFT_KEEP;
	plan(f, HELD "note file:/etc/nova/nova.conf --my_ip =drift\n"
		     "note file:/etc/nova/nova.conf =mode\n");
	f->opt.on_drift = ON_DRIFT_REWRITE;
	plan(f, HELD "note file:/etc/nova/nova.conf --my_ip =drift\n"
		     "change file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/nova/nova.conf",
	    "--my_ip=10.9.9.9\n--x=10.2.15.3\n");
	tree_file(&f->there, "/etc/nova/nova.conf", other);
	f->opt.on_drift = ON_DRIFT_REPLAY;
	plan(f, HELD "note file:/etc/nova/nova.conf --my_ip =drift\n"
		     "change file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/nova/nova.conf", conf_new);
}

static void
test_links(void **state)
{
	struct fixture *f = *state;
	char target[64] = "";

	tree_link(&f->here, "/etc/nova/l", "/old/place/x");
	f->maps[1] = "path /old/place = /new/place";
	f->leave[0] = "*.conf";
	snapshot(f);
	plan(f, "create file:/etc\ncreate file:/etc/nova\n"
		"create file:/etc/nova/l\n");
	assert_int_equal(apply(f), 0);
	assert_true(readlink(tree_path(&f->there, "/etc/nova/l"), target,
			sizeof(target) - 1) > 0);
	assert_string_equal(target, "/new/place/x");
	plan(f, "");

	assert_int_equal(unlink(tree_path(&f->there, "/etc/nova/l")), 0);
	tree_link(&f->there, "/etc/nova/l", "/old/place/x");
	leftovers(f, "leftover file:/etc/nova/l target =leftover\n");
	plan(f, "change file:/etc/nova/l\n");
	assert_int_equal(apply(f), 0);
	leftovers(f, "");

	assert_int_equal(unlink(tree_path(&f->there, "/etc/nova/l")), 0);
	tree_link(&f->there, "/etc/nova/l", "/elsewhere");
	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	assert_int_equal(plan_count(f->r.plan, PLAN_DRIFT, ITEM_FILE), 1);
}

/* Another type stands here, or the way to it is no folder. */
static void
test_findings(void **state)
{
	struct fixture *f = *state;

	f->snap.except = f->leave;
	tree_link(&f->here, "/etc/nova/l", "x");
	tree_file(&f->here, "/etc/nova/d/a", "x");
	snapshot(f);
	tree_file(&f->there, "/etc/nova/l", "x");
	tree_file(&f->there, "/etc/nova/d", "x");
	tree_link(&f->there, "/etc/nova/nova.conf", "other");
	plan(f, "finding file:/etc/nova/d =file-type\n"
		"finding file:/etc/nova/d/a =file-parent\n"
		"finding file:/etc/nova/l =file-type\n"
		"finding file:/etc/nova/nova.conf =file-type\n");
	assert_int_equal(apply(f), 0);

	/* A folder that is a link here: told once, nothing below is planned. */
	tree_remove(&f->there);
	assert_int_equal(mkdir(f->there.dir, 0755), 0);
	tree_file(&f->there, "/srv/nova/x", "x");
	tree_link(&f->there, "/etc/nova", "../srv/nova");
	plan(f, "finding file:/etc/nova =file-type\n"
		"finding file:/etc/nova/d =file-parent\n");
	assert_int_equal(tree_count(&f->there, "/srv/nova"), 1);

	/* The folder is left out, and not here either. */
	tree_remove(&f->there);
	assert_int_equal(mkdir(f->there.dir, 0755), 0);
	f->only[0] = "file:/etc/nova/nova.conf";
	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	assert_int_equal(plan_count(f->r.plan, PLAN_FINDING, ITEM_FILE), 1);
	assert_int_equal(plan_count(f->r.plan, PLAN_CREATE, ITEM_FILE), 0);
}

/* Between plan and write somebody else writes: nothing of it is lost. */
static void
test_moved(void **state)
{
	struct fixture *f = *state;
	const char *const *said;
	size_t n;

	snapshot(f);
	tree_file(&f->there, "/etc/nova/nova.conf", conf);
	plan(f, HELD "change file:/etc/nova/nova.conf\n");
	tree_file(&f->there, "/etc/nova/nova.conf", "somebody's\n");
	assert_int_equal(apply(f), -1);
	said = warn_said(&n);
	assert_int_equal(n, 1);
	assert_non_null(strstr(said[0], "nova.conf changed since the plan"));
	tree_holds(&f->there, "/etc/nova/nova.conf", "somebody's\n");

	assert_int_equal(
	    unlink(tree_path(&f->there, "/etc/nova/nova.conf")), 0);
	assert_int_equal(apply(f), -1);
	plan(f, HELD "create file:/etc/nova/nova.conf\n");
	tree_file(&f->there, "/etc/nova/nova.conf", "somebody's\n");
	assert_int_equal(apply(f), -1);
	tree_holds(&f->there, "/etc/nova/nova.conf", "somebody's\n");
	assert_int_equal(tree_count(&f->there, "/etc/nova"), 1);
}

/* What stands here is broken: compared as lines, and told as drift. */
static void
test_broken_xml(void **state)
{
	struct fixture *f = *state;
	const char path[] = "/var/lib/nova/instances/i/libvirt.xml";

	tree_file(&f->here, path, "<a b='10.2.116.14'/>\n");
	snapshot(f);
	f->only[0] = "*libvirt.xml";
	tree_file(&f->there, path, "<a b='10.2.116.14'\n");
	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	f->opt.on_drift = ON_DRIFT_REPLAY;
	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, path, "<a b='10.2.15.3'/>\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_create),
		TEST(test_change),
		TEST(test_modes),
		TEST(test_was_and_will),
		TEST(test_permission),
		TEST(test_drift),
		TEST(test_links),
		TEST(test_findings),
		TEST(test_moved),
		TEST(test_broken_xml),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
