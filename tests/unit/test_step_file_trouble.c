#include "tests/unit/file_step.h"

#include <linux/fs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

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
	assert_int_equal(unlink(tree_path(&f->tree, LEFT)), 0);
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
	assert_int_equal(unlink(tree_path(&f->tree, "/a")), 0);
	assert_int_equal(
	    root_replace(f->r.root, "/a", &over, &f->will, "x", 1, 0), 1);
	tree_file(&f->tree, "/a", "old");
	assert_int_equal(
	    root_replace(f->r.root, "/a", &over, &f->will, "x", 1, 0), 1);
	assert_int_equal(root_remove(f->r.root, "/a", &over), 1);
	tree_holds(&f->tree, "/a", "old");
	assert_int_equal(tree_count(&f->tree, "/"), 1);
	said_nothing();
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
