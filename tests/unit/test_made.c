#include "tests/unit/file_step.h"

#include "restore/files/made.h"

static void
folder_looks(struct fixture *f, struct made *m, const char *want)
{

	buf_clear(&f->why);
	creates(f, FILE_DIRECTORY, "/d", "");
	assert_int_equal(made_others(m, &f->r, &f->rec, &f->why), want != NULL);
	if (want != NULL)
		assert_non_null(strstr(f->why.data, want));
}

/* What the restore made is no stranger in a folder that it made too. */
static void
test_others(void **state)
{
	struct fixture *f = *state;
	struct made *m = made_new();

	assert_non_null(m);
	folder_looks(f, m, NULL);
	assert_int_equal(mkdir(tree_path(&f->tree, "/d"), 0755), 0);
	folder_looks(f, m, NULL);
	tree_file(&f->tree, "/d/a", "x");
	folder_looks(f, m, "something else is in it: a");
	creates(f, FILE_REGULAR, "/d/a", "x");
	assert_int_equal(made_add(m, &f->rec), 0);
	folder_looks(f, m, NULL);
	/* A file that was there, and was changed, is not the restore's. */
	tree_file(&f->tree, "/d/b", "x");
	changes(f, "/d/b", "x", "y");
	assert_int_equal(made_add(m, &f->rec), 0);
	folder_looks(f, m, "something else is in it: b");
	assert_int_equal(unlink(tree_path(&f->tree, "/d/b")), 0);
	/* Nor is what has its name elsewhere. */
	creates(f, FILE_REGULAR, "/e/b", "x");
	assert_int_equal(made_add(m, &f->rec), 0);
	tree_link(&f->tree, "/d/b", "x");
	folder_looks(f, m, "something else is in it: b");
	assert_int_equal(unlink(tree_path(&f->tree, "/d/b")), 0);
	/* What a kill left. */
	tree_file(&f->tree, "/d/.novark-" TAG, "half");
	folder_looks(f, m, NULL);
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
	said_nothing();
	made_free(m);
	made_free(NULL);
}

static void
test_many(void **state)
{
	struct fixture *f = *state;
	struct made *m = made_new();
	char path[64];
	int i;

	for (i = 0; i < 1000; i++) {
		snprintf(path, sizeof(path), "/d/%d", i);
		tree_file(&f->tree, path, "x");
		creates(f, FILE_REGULAR, path, "x");
		assert_int_equal(made_add(m, &f->rec), 0);
	}
	folder_looks(f, m, NULL);
	tree_file(&f->tree, "/d/1000", "x");
	folder_looks(f, m, "something else is in it: 1000");
	made_free(m);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_others),
		TEST(test_many),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
