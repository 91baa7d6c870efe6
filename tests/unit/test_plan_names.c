#include "tests/unit/two_nodes.h"

#include "restore/journal/step.h"

/* The records of open-iscsi on a node, and a restore of them onto another. */
#define N "/etc/iscsi/nodes/iqn/"

static int
setup(void **state)
{

	(void)fixture_make(state, "10.0.0.1=10.9.9.1");
	return 0;
}

static void
record(const struct tree *t, const char *path, const char *address)
{
	char text[64];

	snprintf(text, sizeof(text), "address = %s\n", address);
	tree_file(t, path, text);
}

/* The plan in words: of a rename, to what. */
static void
read_plan(struct fixture *f)
{
	const struct plan_record *rec;
	const struct plan_cell *c;
	size_t at = 0;

	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1) {
		c = rec->ncells > 0 && strcmp(rec->cells[0].name, "path") == 0
			? &rec->cells[0]
			: NULL;
		at += (size_t)snprintf(f->said + at, sizeof(f->said) - at,
		    "%s %s%s%s%s%s\n",
		    c != NULL ? "rename" : plan_word(rec->type),
		    c != NULL ? c->before : rec->item + strlen("file:"),
		    rec->name != NULL ? " =" : "",
		    rec->name != NULL ? rec->name : "", c != NULL ? " " : "",
		    c != NULL ? strrchr(c->after, '/') + 1 : "");
	}
}

static void
plan(struct fixture *f, const char *want)
{

	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	read_plan(f);
	assert_string_equal(f->said, want);
}

static void
leftovers(struct fixture *f, const char *want)
{

	start(f);
	f->r.reading = 1;
	assert_int_equal(leftover_files(&f->r), 0);
	read_plan(f);
	assert_string_equal(f->said, want);
}

/* A record here as it was there. */
static void
both(struct fixture *f, const char *path, const char *address)
{

	record(&f->here, path, address);
	record(&f->there, path, address);
}

/* Renamed first, then changed; then nothing is left of it. */
static void
test_rename(void **state)
{
	struct fixture *f = *state;

	both(f, N "10.0.0.1,3260,1/default", "10.0.0.1");
	both(f, N "10.0.0.10,3260,1/default", "10.0.0.10");
	both(f, N "10.0.0.1,3260,1/10.0.0.1", "10.0.0.1");
	snapshot(f);
	tree_file(&f->there, N "10.0.0.1,3260,1/mine", "x");
	plan(f, "rename " N "10.0.0.1,3260,1 10.9.9.1,3260,1\n"
		"rename " N "10.9.9.1,3260,1/10.0.0.1 10.9.9.1\n"
		"change " N "10.9.9.1,3260,1/10.9.9.1\n"
		"change " N "10.9.9.1,3260,1/default\n");
	leftovers(f, "leftover " N "10.0.0.1,3260,1 =leftover\n"
		     "leftover " N "10.0.0.1,3260,1/10.0.0.1 =leftover\n"
		     "leftover " N "10.0.0.1,3260,1/10.0.0.1 =leftover\n"
		     "leftover " N "10.0.0.1,3260,1/default =leftover\n");
	plan(f, "rename " N "10.0.0.1,3260,1 10.9.9.1,3260,1\n"
		"rename " N "10.9.9.1,3260,1/10.0.0.1 10.9.9.1\n"
		"change " N "10.9.9.1,3260,1/10.9.9.1\n"
		"change " N "10.9.9.1,3260,1/default\n");
	assert_int_equal(apply(f), 0);
	tree_holds(
	    &f->there, N "10.9.9.1,3260,1/default", "address = 10.9.9.1\n");
	tree_holds(&f->there, N "10.9.9.1,3260,1/mine", "x");
	tree_holds(
	    &f->there, N "10.0.0.10,3260,1/default", "address = 10.0.0.10\n");
	plan(f, "");
	leftovers(f, "");
}

/* Two names of a folder: told once, and all in it is left alone. */
static void
test_both(void **state)
{
	struct fixture *f = *state;

	both(f, N "10.0.0.1,3260,1/default", "10.0.0.1");
	snapshot(f);
	record(&f->there, N "10.9.9.1,3260,1/default", "10.9.9.1");
	plan(f, "finding " N "10.0.0.1,3260,1 =two-names\n");
	f->leave[0] = "file:" N "10.0.0.1,3260,1";
	plan(f, "change " N "10.0.0.1,3260,1/default\n");
	f->leave[1] = "file:" N "10.0.0.1,3260,1/*";
	plan(f, "");
	leftovers(f, "");
}

/* Here under its new name, not here at all, and here with other bytes. */
static void
test_standing(void **state)
{
	struct fixture *f = *state;

	record(&f->here, N "10.0.0.1,3260,1/default", "10.0.0.1");
	snapshot(f);
	record(&f->there, N "10.9.9.1,3260,1/default", "10.0.0.1");
	plan(f, "change " N "10.9.9.1,3260,1/default\n");
	record(&f->there, N "10.9.9.1,3260,1/default", "10.9.9.1");
	plan(f, "");
	record(&f->there, N "10.9.9.1,3260,1/default", "somebody's");
	plan(f, "drift " N "10.0.0.1,3260,1/default\n");
	tree_remove(&f->there);
	assert_int_equal(mkdir(f->there.dir, 0755), 0);
	tree_folders(&f->there, N);
	plan(f, "create " N "10.9.9.1,3260,1\n"
		"create " N "10.9.9.1,3260,1/default\n");
	assert_int_equal(apply(f), 0);
	plan(f, "");
	leftovers(f, "");
}

/* A name that is taken from one to the next, or swapped, is told; side by side
 * in different folders it is none of that. */
static void
test_chain(void **state)
{
	struct fixture *f = *state;

	both(f, N "10.0.0.1,3260,1/default", "10.0.0.1");
	both(f, N "10.0.0.2,3260,1/default", "10.0.0.2");
	snapshot(f);
	f->maps[0] = "10.0.0.1=10.0.0.2";
	f->maps[1] = "10.0.0.2=10.0.0.3";
	plan(f, "finding " N "10.0.0.1,3260,1 =two-names\n"
		"rename " N "10.0.0.2,3260,1 10.0.0.3,3260,1\n"
		"change " N "10.0.0.3,3260,1/default\n");
	f->maps[1] = "10.0.0.2=10.0.0.1";
	plan(f, "finding " N "10.0.0.1,3260,1 =two-names\n"
		"finding " N "10.0.0.2,3260,1 =two-names\n");
	tree_remove(&f->here);
	tree_remove(&f->there);
	assert_int_equal(mkdir(f->here.dir, 0755), 0);
	assert_int_equal(mkdir(f->there.dir, 0755), 0);
	both(f, N "10.0.0.1,3260,1/default", "10.0.0.1");
	both(f, "/etc/iscsi/nodes/other/10.0.0.2,3260,1/default", "10.0.0.2");
	snapshot(f);
	plan(f, "rename " N "10.0.0.1,3260,1 10.0.0.2,3260,1\n"
		"change " N "10.0.0.2,3260,1/default\n"
		"rename /etc/iscsi/nodes/other/10.0.0.2,3260,1 "
		"10.0.0.1,3260,1\n"
		"change /etc/iscsi/nodes/other/10.0.0.1,3260,1/default\n");
	assert_int_equal(apply(f), 0);
	plan(f, "");
	leftovers(f, "");
}

/* A link is renamed, then turned; a name made from an address is held, and a
 * name elsewhere is no name to be changed. */
static void
test_kinds(void **state)
{
	struct fixture *f = *state;
	char path[200], target[200];
	int i;

	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path),
		    "/etc/iscsi/send_targets/10.0.0.1,1/i,10.0.0.1,1,1,x");
		tree_link(i ? &f->there : &f->here, path, N "10.0.0.1,1,1/x");
		snprintf(
		    path, sizeof(path), "/etc/iscsi/nodes/host-10-0-0-1/a/b");
		tree_file(i ? &f->there : &f->here, path, "x\n");
		tree_file(i ? &f->there : &f->here, "/etc/iscsi/10.0.0.1", "x");
	}
	snapshot(f);
	plan(f, "held /etc/iscsi/10.0.0.1 =file-name\n"
		"held /etc/iscsi/nodes/host-10-0-0-1 =dashed\n"
		"rename /etc/iscsi/send_targets/10.0.0.1,1 10.9.9.1,1\n"
		"rename /etc/iscsi/send_targets/10.9.9.1,1/i,10.0.0.1,1,1,x "
		"i,10.9.9.1,1,1,x\n"
		"change /etc/iscsi/send_targets/10.9.9.1,1/i,10.9.9.1,1,1,x\n");
	assert_int_equal(apply(f), 0);
	snprintf(path, sizeof(path), "%s",
	    tree_path(&f->there,
		"/etc/iscsi/send_targets/10.9.9.1,1/i,10.9.9.1,1,1,x"));
	i = (int)readlink(path, target, sizeof(target) - 1);
	assert_true(i > 0);
	target[i] = '\0';
	assert_string_equal(target, N "10.9.9.1,1,1/x");
	plan(f, "held /etc/iscsi/10.0.0.1 =file-name\n"
		"held /etc/iscsi/nodes/host-10-0-0-1 =dashed\n");
	leftovers(f, "");
}

/* What keeps this user from renaming is found beforehand. */
static void
test_permission(void **state)
{
	struct fixture *f = *state;

	if (geteuid() == 0)
		return;
	both(f, N "10.0.0.1,3260,1/default", "10.0.0.1");
	snapshot(f);
	assert_int_equal(
	    chmod(tree_path(&f->there, "/etc/iscsi/nodes/iqn"), 0555), 0);
	plan(f, "finding " N "10.0.0.1,3260,1 =file-permission\n"
		"rename " N "10.0.0.1,3260,1 10.9.9.1,3260,1\n"
		"change " N "10.9.9.1,3260,1/default\n");
	assert_int_equal(
	    chmod(tree_path(&f->there, "/etc/iscsi/nodes/iqn"), 0755), 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_rename),
		TEST(test_both),
		TEST(test_standing),
		TEST(test_chain),
		TEST(test_kinds),
		TEST(test_permission),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
