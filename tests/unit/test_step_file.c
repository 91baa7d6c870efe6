#include "tests/unit/file_step.h"

static void
test_create(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/d/x", "x");
	creates(f, FILE_REGULAR, "/d/a", "new");
	there_and_back(f, "/d/a", "/d");
	f->cell.after_len = 0;
	there_and_back(f, "/d/a", "/d");
	f->will.mode = 06751;
	there_and_back(f, "/d/a", "/d");
	creates(f, FILE_SYMLINK, "/d/a", "../nowhere");
	there_and_back(f, "/d/a", "/d");
	creates(f, FILE_DIRECTORY, "/d/a", "");
	f->will.mode = 01750;
	there_and_back(f, "/d/a", "/d");
	creates(f, FILE_REGULAR, "/a", "new");
	there_and_back(f, "/a", "/");
}

/* All of what was there comes back, to the nanosecond. */
static void
test_change(void **state)
{
	static const struct timespec times[2] = { { 5, 6 },
		{ 1400000000, 123456789 } };
	struct fixture *f = *state;
	const char *path;
	char *was, *is;

	tree_file(&f->tree, "/d/a", "old");
	path = tree_path(&f->tree, "/d/a");
	if (getuid() == 0)
		assert_int_equal(chown(path, 12, 34), 0);
	assert_int_equal(chmod(path, 0664), 0);
	(void)setxattr(path, "user.note", "a\0b", 3, 0);
	(void)setxattr(path, "user.empty", "", 0, 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	was = words(f, "/d/a");
	changes(f, "/d/a", "old", "new bytes");
	f->will.mode = 0640;
	there_and_back(f, "/d/a", "/d");
	is = words(f, "/d/a");
	assert_string_equal(is, was);
	free(is);
	free(was);

	tree_link(&f->tree, "/d/l", "one");
	assert_int_equal(utimensat(AT_FDCWD, tree_path(&f->tree, "/d/l"), times,
			     AT_SYMLINK_NOFOLLOW),
	    0);
	was = words(f, "/d/l");
	changes(f, "/d/l", "one", "two");
	there_and_back(f, "/d/l", "/d");
	is = words(f, "/d/l");
	assert_string_equal(is, was);
	free(is);
	free(was);
}

static void
change_content(const char *path)
{
	FILE *f = fopen(path, "a");

	assert_non_null(f);
	assert_int_equal(fputs("more", f) >= 0, 1);
	assert_int_equal(fclose(f), 0);
}

static void
change_mode(const char *path)
{

	assert_int_equal(chmod(path, 0604), 0);
}

static void
change_owner(const char *path)
{

	assert_int_equal(lchown(path, 77, (gid_t)-1), 0);
}

static void
change_group(const char *path)
{

	assert_int_equal(lchown(path, (uid_t)-1, 77), 0);
}

static void
drop_attribute(const char *path)
{

	assert_int_equal(removexattr(path, "user.note"), 0);
}

static void
change_attribute(const char *path)
{

	assert_int_equal(setxattr(path, "user.note", "x", 1, 0), 0);
}

static void
add_attribute(const char *path)
{

	assert_int_equal(setxattr(path, "user.other", "x", 1, 0), 0);
}

static void
remove_it(const char *path)
{

	assert_int_equal(remove(path), 0);
}

static void
make_folder(const char *path)
{

	assert_int_equal(remove(path), 0);
	assert_int_equal(mkdir(path, 0755), 0);
}

static void
make_link(const char *path)
{

	assert_int_equal(remove(path), 0);
	assert_int_equal(symlink("elsewhere", path), 0);
}

static void
make_fifo(const char *path)
{

	assert_int_equal(remove(path), 0);
	assert_int_equal(mkfifo(path, 0640), 0);
}

/* The folder goes elsewhere, and a link to it stands in its place. */
static void
swap_parent(const char *path)
{
	char parent[1024], aside[1100];

	snprintf(parent, sizeof(parent), "%s", path);
	*strrchr(parent, '/') = '\0';
	snprintf(aside, sizeof(aside), "%s.aside", parent);
	assert_int_equal(rename(parent, aside), 0);
	assert_int_equal(symlink(strrchr(aside, '/') + 1, parent), 0);
}

static const struct {
	void (*act)(const char *path);
	const char *why;
	int root, xattr, link;
} others[] = {
	{ change_content, "its content is another", 0, 0, 0 },
	{ change_mode, "its mode is 0604, not 0640", 0, 0, 0 },
	{ change_owner, "its owner is ", 1, 0, 1 },
	{ change_group, "its group is ", 1, 0, 1 },
	{ drop_attribute, "its attribute user.note is gone", 0, 1, 0 },
	{ change_attribute, "its attribute user.note is another", 0, 1, 0 },
	{ add_attribute, "its attribute user.other is new", 0, 1, 0 },
	{ remove_it, "it is gone", 0, 0, 1 },
	{ make_folder, "it is a folder now", 0, 0, 1 },
	{ make_link, "it is a link now", 0, 0, 0 },
	{ make_link, "it leads elsewhere", 0, 0, 2 },
	{ make_fifo, "it is a device or socket now", 0, 0, 1 },
	{ swap_parent, "/d is a symbolic link", 0, 0, 1 },
};

/* Somebody was here since: neither way is gone, and nothing is touched. */
static void
other(struct fixture *f, int link, size_t i)
{
	const char *path = link ? "/d/l" : "/d/a", *full;
	char *was, *is;

	tree_file(&f->tree, "/d/a", "old");
	full = tree_path(&f->tree, "/d/a");
	assert_int_equal(chmod(full, 0640), 0);
	if (others[i].xattr && setxattr(full, "user.note", "n", 1, 0) == -1)
		return;
	tree_link(&f->tree, "/d/l", "one");
	changes(f, path, link ? "one" : "old", link ? "two" : "new");
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	others[i].act(tree_path(&f->tree, path));
	was = words(f, path);
	looks(f, STEP_OTHER, others[i].why);
	assert_int_equal(file_unmake(&f->r, &f->rec), -1);
	said(others[i].why);
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("changed since the plan");
	is = words(f, path);
	assert_string_equal(is, was);
	free(is);
	free(was);
}

static void
test_other(void **state)
{
	struct fixture *f = *state;
	size_t i;
	int link;

	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		for (link = 0; link < 2; link++) {
			if ((others[i].root && getuid() != 0) ||
			    (link && !others[i].link) ||
			    (!link && others[i].link == 2))
				continue;
			other(f, link, i);
			tree_remove(&f->tree);
			assert_int_equal(mkdir(f->tree.dir, 0700), 0);
			root_close(f->r.root);
			f->r.root = root_open(f->tree.dir);
			assert_non_null(f->r.root);
		}
}

/* What is to be made stands there meanwhile. */
static void
test_appeared(void **state)
{
	static const enum file_type types[] = { FILE_REGULAR, FILE_DIRECTORY,
		FILE_SYMLINK };
	struct fixture *f = *state;
	size_t i;

	tree_file(&f->tree, "/d/a", "somebody's");
	for (i = 0; i < 3; i++) {
		creates(f, types[i], "/d/a", "new");
		looks(f, STEP_OTHER, "something else stands there: it");
		assert_int_equal(file_make(&f->r, &f->rec), -1);
		said("something else stands there");
		assert_int_equal(file_unmake(&f->r, &f->rec), -1);
		warn_forget();
	}
	tree_holds(&f->tree, "/d/a", "somebody's");
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
	/* Exactly what was to be made is what a cut restore has made. */
	creates(f, FILE_REGULAR, "/d/a", "somebody's");
	f->will.mode = 0644;
	looks(f, STEP_AFTER, NULL);
	/* A folder of that name is none of ours when it is another. */
	creates(f, FILE_DIRECTORY, "/d", "");
	looks(f, STEP_OTHER, "its mode is 0755, not 0640");
}

/* A folder with something in it stays, and what is in it is named. */
static void
test_full_folder(void **state)
{
	struct fixture *f = *state;

	creates(f, FILE_DIRECTORY, "/d", "");
	f->will.mode = 0755;
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	tree_file(&f->tree, "/d/b", "x");
	tree_file(&f->tree, "/d/a", "x");
	looks(f, STEP_AFTER, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), -1);
	said("/d stays: it was made by the restore, and something else is in "
	     "it now: a, ...");
	assert_int_equal(tree_count(&f->tree, "/d"), 2);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_create),
		TEST(test_change),
		TEST(test_other),
		TEST(test_appeared),
		TEST(test_full_folder),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
