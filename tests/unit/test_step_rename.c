#include "tests/unit/file_step.h"

#define OLD "/d/10.2.116.14,3260"
#define NEW "/d/10.2.15.3,3260"

static struct plan_cell path;

/* The change that gives ${from}, which was captured at ${was}, the name ${to}.
 */
static void
renames(struct fixture *f, const char *was, const char *from, const char *to)
{

	root_file_free(&f->was);
	f->was.meta.type = FILE_DIRECTORY;
	(void)(root_stat(f->r.root, from, &f->was) == 1 ||
	       root_stat(f->r.root, was, &f->was) == 1);
	snprintf(f->item, sizeof(f->item), "file:%s", was);
	path =
	    (struct plan_cell){ "path", from, strlen(from), to, strlen(to), 0 };
	f->rec = (struct plan_record){ .type = PLAN_CHANGE,
		.kind = ITEM_FILE,
		.item = f->item,
		.source = f->item,
		.cells = &path,
		.ncells = 1,
		.was = &f->was.meta,
		.will = &f->was.meta };
}

/* The change of the bytes of what was captured at ${was} and is at ${now}. */
static void
changes_moved(struct fixture *f, const char *was, const char *now,
    const char *before, const char *after)
{
	static char source[700];

	changes(f, was, before, after);
	snprintf(f->item, sizeof(f->item), "file:%s", now);
	snprintf(source, sizeof(source), "file:%s", was);
	f->rec.source = source;
}

/* There and back, again and again; what is in it goes along. */
static void
test_types(void **state)
{
	static const enum file_type types[] = { FILE_REGULAR, FILE_SYMLINK,
		FILE_DIRECTORY };
	struct fixture *f = *state;
	char *was, *is;
	size_t i;

	for (i = 0; i < 3; i++) {
		if (types[i] == FILE_REGULAR)
			tree_file(&f->tree, OLD, "x");
		else if (types[i] == FILE_SYMLINK)
			tree_link(&f->tree, OLD, "nowhere");
		else
			tree_file(&f->tree, OLD "/in", "x");
		if (types[i] != FILE_SYMLINK)
			assert_int_equal(
			    chmod(tree_path(&f->tree, OLD), 0751), 0);
		renames(f, OLD, OLD, NEW);
		was = words(f, OLD);
		looks(f, STEP_BEFORE, NULL);
		assert_int_equal(file_unmake(&f->r, &f->rec), 0);
		assert_int_equal(file_make(&f->r, &f->rec), 0);
		looks(f, STEP_AFTER, NULL);
		assert_int_equal(file_make(&f->r, &f->rec), 0);
		assert_int_equal(tree_count(&f->tree, "/d"), 1);
		is = words(f, NEW);
		assert_string_equal(is, was);
		free(is);
		if (types[i] == FILE_DIRECTORY)
			tree_holds(&f->tree, NEW "/in", "x");
		assert_int_equal(file_unmake(&f->r, &f->rec), 0);
		looks(f, STEP_BEFORE, NULL);
		is = words(f, OLD);
		assert_string_equal(is, was);
		free(is);
		free(was);
		said_nothing();
		tree_remove(&f->tree);
		assert_int_equal(mkdir(f->tree.dir, 0700), 0);
		root_close(f->r.root);
		assert_non_null(f->r.root = root_open(f->tree.dir));
	}
}

/* Nothing is replaced, and nothing is done where it is neither way. */
static void
refused(struct fixture *f, const char *why)
{

	looks(f, STEP_OTHER, why);
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said(why);
	assert_int_equal(file_unmake(&f->r, &f->rec), -1);
	said("changed since the plan was made");
}

static void
test_other(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, OLD "/in", "old");
	renames(f, OLD, OLD, NEW);
	tree_file(&f->tree, NEW "/in", "new");
	refused(f, "its other name is there too: " NEW);
	tree_holds(&f->tree, OLD "/in", "old");
	tree_holds(&f->tree, NEW "/in", "new");

	assert_int_equal(remove(tree_path(&f->tree, OLD "/in")), 0);
	assert_int_equal(remove(tree_path(&f->tree, OLD)), 0);
	looks(f, STEP_AFTER, NULL);
	assert_int_equal(remove(tree_path(&f->tree, NEW "/in")), 0);
	assert_int_equal(remove(tree_path(&f->tree, NEW)), 0);
	refused(f, "it is gone");

	tree_file(&f->tree, OLD, "a file");
	refused(f, "something of another type stands there: " OLD);
	assert_int_equal(remove(tree_path(&f->tree, OLD)), 0);
	tree_link(&f->tree, NEW, "elsewhere");
	refused(f, "something of another type stands there: " NEW);
}

/* A folder above is a link: it is not followed. */
static void
test_link(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/real/10.2.116.14,3260/in", "x");
	tree_link(&f->tree, "/d", "real");
	renames(f, OLD, OLD, NEW);
	f->was.meta.type = FILE_DIRECTORY;
	refused(f, "/d is a symbolic link");
	assert_int_equal(tree_count(&f->tree, "/real"), 1);
	tree_holds(&f->tree, "/real/10.2.116.14,3260/in", "x");
}

/* The changes of one tree, in their order, and each step's state at each moment
 * when it could be cut. */
#define S "/d/10.2.116.14,3260/iqn,10.2.116.14,3260"
#define M "/d/10.2.15.3,3260/iqn,10.2.116.14,3260"
#define T "/d/10.2.15.3,3260/iqn,10.2.15.3,3260"

static void
take(struct fixture *f, int step)
{

	if (step == 0)
		renames(f, OLD, OLD, NEW);
	else if (step == 1)
		renames(f, S, M, T);
	else
		changes_moved(f, S, T, "/x/10.2.116.14", "/x/10.2.15.3");
}

static void
test_nested(void **state)
{
	struct fixture *f = *state;
	struct plan_record rec;
	struct root_file kept;
	struct item_file will;
	struct plan_cell cell;
	char target[64];
	int done, step;

	tree_file(&f->tree, OLD "/other", "x");
	tree_link(&f->tree, S, "/x/10.2.116.14");
	/* As the journal keeps the last of them. */
	take(f, 2);
	assert_int_equal(root_stat(f->r.root, S, &kept), 1);
	will = kept.meta;
	snprintf(target, sizeof(target), "%s", "/x/10.2.15.3");
	will.target = target;
	cell = f->cell;
	cell.after = target;
	rec = f->rec;
	rec.cells = &cell;
	rec.was = &kept.meta;
	rec.will = &will;
	for (done = 0; done <= 6; done++) {
		for (step = 0; step < 3; step++) {
			if (step < 2) {
				take(f, step);
			} else {
				f->rec = rec;
				snprintf(f->item, sizeof(f->item), "file:" T);
			}
			if (step < 2)
				f->was.meta.type =
				    step == 0 ? FILE_DIRECTORY : FILE_SYMLINK;
			looks(f,
			    (done <= 3 ? step < done : step < 6 - done)
				? STEP_AFTER
				: STEP_BEFORE,
			    NULL);
			if (done < 3 && step == done) {
				assert_int_equal(file_make(&f->r, &f->rec), 0);
				break;
			}
			if (done >= 3 && step == 5 - done) {
				assert_int_equal(
				    file_unmake(&f->r, &f->rec), 0);
				break;
			}
		}
	}
	said_nothing();
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
	tree_holds(&f->tree, OLD "/other", "x");
	root_file_free(&kept);
}

/* A change of bytes is not made in front of the rename. */
static void
test_order(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, OLD "/default", "old");
	changes_moved(f, OLD "/default", NEW "/default", "old", "new");
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("is not renamed yet");
	tree_file(&f->tree, OLD "/default", "mine");
	looks(f, STEP_OTHER, OLD "/default: its content is another");
	tree_file(&f->tree, OLD "/default", "new");
	looks(f, STEP_OTHER, OLD "/default");
	assert_int_equal(
	    rename(tree_path(&f->tree, OLD), tree_path(&f->tree, NEW)), 0);
	looks(f, STEP_AFTER, NULL);
}

/* What is no rename at all is refused. */
static void
test_nonsense(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, OLD, "x");
	renames(f, OLD, OLD, "/e/x");
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("are not in one folder");
	renames(f, OLD, OLD, "d");
	looks(f, STEP_FAILED, NULL);
	said("is no change of a name");
	renames(f, OLD, OLD, NEW);
	f->rec.was = NULL;
	looks(f, STEP_FAILED, NULL);
	renames(f, OLD, OLD, NEW);
	path.before = NULL;
	looks(f, STEP_FAILED, NULL);
	warn_forget();
	tree_holds(&f->tree, OLD, "x");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_types),
		TEST(test_other),
		TEST(test_link),
		TEST(test_nested),
		TEST(test_order),
		TEST(test_nonsense),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
