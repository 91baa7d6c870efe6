#include "tests/unit/file_step.h"

#include <errno.h>
#include <linux/fs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

/* Make, again, take back, again: each time what it should be, and nothing
 * beside it. */
static void
there_and_back(struct fixture *f, const char *path, const char *folder)
{
	size_t names = tree_count(&f->tree, folder);
	char *before = words(f, path), *now;

	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	looks(f, STEP_AFTER, NULL);
	assert_int_equal(
	    tree_count(&f->tree, folder), names + (f->rec.was == NULL));
	now = words(f, path);
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	free(before);
	before = words(f, path);
	assert_string_equal(before, now);
	free(before);
	free(now);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	assert_int_equal(tree_count(&f->tree, folder), names);
	nothing_said();
}

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

#define LEFT "/d/.novark-" TAG

static void
test_leftovers(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/d/a", "old");
	tree_file(&f->tree, "/d/.novark-20261122T161547Z-0a1b2c3e", "other's");
	changes(f, "/d/a", "old", "new");
	tree_file(&f->tree, LEFT, "half");
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(tree_count(&f->tree, "/d"), 2);
	tree_link(&f->tree, LEFT, "x");
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	assert_int_equal(tree_count(&f->tree, "/d"), 2);
	assert_int_equal(mkdir(tree_path(&f->tree, LEFT), 0700), 0);
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	assert_int_equal(tree_count(&f->tree, "/d"), 2);
	tree_file(&f->tree, LEFT, "half");
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	assert_int_equal(tree_count(&f->tree, "/d"), 2);
	/* What root_write never leaves is not its own. */
	assert_int_equal(mkfifo(tree_path(&f->tree, LEFT), 0600), 0);
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(tree_count(&f->tree, "/d"), 3);
	remove_it(tree_path(&f->tree, LEFT));
	tree_file(&f->tree, LEFT "/mine", "x");
	looks(f, STEP_FAILED, NULL);
	said("cannot be removed");
	tree_holds(&f->tree, LEFT "/mine", "x");
	/* Where the folder is not there, nothing can be left in it. */
	creates(f, FILE_REGULAR, "/none/a", "x");
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("/none");
}

/* What was looked at is not what stands there when it is written. */
static void
test_race(void **state)
{
	struct fixture *f = *state;
	struct root_file over;

	tree_file(&f->tree, "/a", "old");
	changes(f, "/a", "old", "new");
	assert_int_equal(root_stat(f->r.root, "/a", &over), 1);
	remove_it(tree_path(&f->tree, "/a"));
	assert_int_equal(
	    root_replace(f->r.root, "/a", &over, &f->will, "x", 1, 0), 1);
	tree_file(&f->tree, "/a", "old");
	assert_int_equal(
	    root_replace(f->r.root, "/a", &over, &f->will, "x", 1, 0), 1);
	assert_int_equal(root_remove(f->r.root, "/a", &over), 1);
	tree_holds(&f->tree, "/a", "old");
	assert_int_equal(tree_count(&f->tree, "/"), 1);
	nothing_said();
	root_file_free(&over);
}

/* The kernel's form of "user:77:rw" beside the owner, with a mask. */
static const char acl[] = "\2\0\0\0\1\0\6\0\377\377\377\377\2\0\6\0\115\0\0\0"
			  "\4\0\4\0\377\377\377\377\20\0\6\0\377\377\377\377"
			  "\40\0\0\0\377\377\377\377";
#define ACL_LEN (sizeof(acl) - 1)

/* Access lists: what a file has goes with it, what its folder would hand down
 * does not. */
static void
test_lists(void **state)
{
	struct fixture *f = *state;
	char *was, *is;

	tree_file(&f->tree, "/d/a", "old");
	if (setxattr(tree_path(&f->tree, "/d/a"), "system.posix_acl_access",
		acl, ACL_LEN, 0) == -1) {
		print_message("skipped: machine: no access lists here\n");
		skip();
	}
	was = words(f, "/d/a");
	changes(f, "/d/a", "old", "new");
	there_and_back(f, "/d/a", "/d");
	is = words(f, "/d/a");
	assert_string_equal(is, was);
	free(is);
	free(was);
	assert_int_equal(setxattr(tree_path(&f->tree, "/d"),
			     "system.posix_acl_default", acl, ACL_LEN, 0),
	    0);
	creates(f, FILE_REGULAR, "/d/b", "x");
	there_and_back(f, "/d/b", "/d");
	creates(f, FILE_DIRECTORY, "/d/b", "");
	there_and_back(f, "/d/b", "/d");
	changes(f, "/d/a", "old", "new");
	there_and_back(f, "/d/a", "/d");
}

/* Whoever has the name now owns it; where nobody has, the number counts. */
static void
test_names(void **state)
{
	struct fixture *f = *state;
	char user[] = "stack", none[] = "nobody-here", line[100];

	if (getuid() != 0)
		skip();
	tree_file(&f->tree, "/etc/group", "stack:x:78:\n");
	tree_file(&f->tree, "/etc/passwd", "stack:x:77:77::/:\n");
	creates(f, FILE_REGULAR, "/a", "x");
	f->will.user = f->will.group = user;
	there_and_back(f, "/a", "/");
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	snprintf(line, sizeof(line), "stack:x:99:77::/:\n");
	tree_file(&f->tree, "/etc/passwd", line);
	looks(f, STEP_OTHER, "its owner is stack (77)");
	f->will.user = none;
	f->will.uid = 77;
	looks(f, STEP_AFTER, NULL);
	f->will.group = none;
	looks(f, STEP_OTHER, "its group is stack (78)");
}

/* In a mount namespace of its own: file systems that can do less. */
static void
test_mounts(void **state)
{
	struct fixture *f = *state;
	char dir[600];

	if (getuid() != 0 || unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0)
		skip();
	snprintf(dir, sizeof(dir), "%s/m", f->tree.dir);
	assert_int_equal(mkdir(dir, 0755), 0);
	/* ramfs has no attributes: one that cannot be is no difference. */
	assert_int_equal(mount("x", dir, "ramfs", 0, "mode=0755"), 0);
	root_close(f->r.root);
	assert_non_null(f->r.root = root_open(f->tree.dir));
	assert_int_equal(root_temp_tag(f->r.root, TAG), 0);
	creates(f, FILE_REGULAR, "/m/a", "x");
	f->will.xattrs = &(struct file_xattr){
		.name = f->target, .value = f->target, .len = 1
	};
	f->will.nxattrs = 1;
	snprintf(f->target, sizeof(f->target), "user.x");
	f->cell.after = "x";
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	looks(f, STEP_AFTER, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	f->will.nxattrs = 0;

	/* Read-only. */
	tree_file(&f->tree, "/m/b", "old");
	changes(f, "/m/b", "old", "new");
	assert_int_equal(
	    mount("x", dir, "ramfs", MS_REMOUNT | MS_RDONLY, ""), 0);
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("Read-only file system");
	tree_holds(&f->tree, "/m/b", "old");
	creates(f, FILE_DIRECTORY, "/m/new", "");
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("Read-only file system");
	creates(f, FILE_SYMLINK, "/m/new", "x");
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	said("Read-only file system");
	creates(f, FILE_REGULAR, "/m/b", "old");
	f->will.mode = 0644;
	assert_int_equal(file_unmake(&f->r, &f->rec), -1);
	said("Read-only file system");
	assert_int_equal(tree_count(&f->tree, "/m"), 1);
	root_close(f->r.root);
	assert_int_equal(umount2(dir, MNT_DETACH), 0);
	assert_non_null(f->r.root = root_open(f->tree.dir));
}

static void
test_immutable(void **state)
{
	struct fixture *f = *state;
	long flags = FS_IMMUTABLE_FL;
	int fd;

	tree_file(&f->tree, "/d/a", "old");
	assert_true((fd = open(tree_path(&f->tree, "/d"), O_RDONLY)) != -1);
	if (getuid() != 0 || ioctl(fd, FS_IOC_SETFLAGS, &flags) != 0) {
		close(fd);
		skip();
	}
	changes(f, "/d/a", "old", "new");
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	creates(f, FILE_REGULAR, "/d/b", "old");
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	flags = 0;
	assert_int_equal(ioctl(fd, FS_IOC_SETFLAGS, &flags), 0);
	close(fd);
	said("Operation not permitted");
	tree_holds(&f->tree, "/d/a", "old");
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
}

/* Records that no plan makes. */
static void
test_bad_records(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/a", "old");
	changes(f, "/a", "old", "new");
	f->rec.ncells = 0;
	looks(f, STEP_FAILED, NULL);
	said("file:/a: is no change of a file");
	changes(f, "/a", "old", "new");
	f->rec.was = NULL;
	assert_int_equal(file_make(&f->r, &f->rec), -1);
	changes(f, "/a", "old", "new");
	f->rec.will = NULL;
	assert_int_equal(file_unmake(&f->r, &f->rec), -1);
	changes(f, "/a", "old", "new");
	f->rec.kind = ITEM_DOMAIN;
	looks(f, STEP_FAILED, NULL);
	changes(f, "/a", "old", "new");
	f->will.type = FILE_DIRECTORY;
	looks(f, STEP_FAILED, NULL);
	warn_forget();
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
		TEST(test_leftovers),
		TEST(test_race),
		TEST(test_lists),
		TEST(test_names),
		TEST(test_immutable),
		TEST(test_bad_records),
		TEST(test_mounts),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
