#include "tests/unit/rooted.h"

#include <errno.h>
#include <linux/fs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/xattr.h>

#include "tests/unit/said.h"

/* Files made, put in the place of others and removed. */

/* Replace what stands there. */
static int
replace(struct rooted *f, const char *path, const struct item_file *meta,
    const char *bytes)
{
	struct root_file over;
	int rc;

	assert_int_equal(root_stat(f->root, path, &over), 1);
	rc = root_replace(f->root, path, &over, meta, bytes, strlen(bytes), 0);
	root_file_free(&over);
	return rc;
}

static void
test_write(void **state)
{
	struct rooted *f = *state;
	mode_t old = umask(0);
	struct stat st;

	umask(077);
	assert_int_equal(root_create(f->root, "/d", &f->folder, NULL, 0), 0);
	assert_int_equal(root_create(f->root, "/d/a", &f->file, "one", 3), 0);
	tree_holds(&f->tree, "/d/a", "one");
	assert_int_equal(stat(tree_path(&f->tree, "/d/a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(stat(tree_path(&f->tree, "/d"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0750);
	/* Again: replaced, a new inode, with the mode that is asked for. */
	assert_int_equal(root_create(f->root, "/d/a", &f->file, "two", 3), 1);
	tree_holds(&f->tree, "/d/a", "one");
	f->file.mode = 0400;
	assert_int_equal(replace(f, "/d/a", &f->file, ""), 0);
	tree_holds(&f->tree, "/d/a", "");
	assert_int_equal(stat(tree_path(&f->tree, "/d/a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0400);
	/* A folder that stands is left as it is. */
	f->folder.mode = 0700;
	assert_int_equal(root_create(f->root, "/d", &f->folder, NULL, 0), 1);
	assert_int_equal(stat(tree_path(&f->tree, "/d"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0750);
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
	assert_int_equal(tree_count(&f->tree, "/"), 1);
	said_nothing();
	umask(old);
}

static void
test_write_link(void **state)
{
	struct rooted *f = *state;
	struct root_file s;
	char to[] = "/etc/a", other[] = "b";

	f->link.target = to;
	assert_int_equal(root_create(f->root, "/l", &f->link, NULL, 0), 0);
	assert_int_equal(root_stat(f->root, "/l", &s), 1);
	assert_string_equal(s.meta.target, "/etc/a");
	root_file_free(&s);
	f->link.target = other;
	assert_int_equal(root_create(f->root, "/l", &f->link, NULL, 0), 1);
	assert_int_equal(replace(f, "/l", &f->link, ""), 0);
	assert_int_equal(root_stat(f->root, "/l", &s), 1);
	assert_string_equal(s.meta.target, "b");
	root_file_free(&s);
	assert_int_equal(tree_count(&f->tree, "/"), 1);
}

static void
test_write_xattrs(void **state)
{
	struct rooted *f = *state;
	struct file_xattr x[2] = { { NULL, NULL, 0 }, { NULL, NULL, 0 } };
	char name0[] = "user.a", name1[] = "user.b", value[] = "v\0w";
	struct root_file s;

	x[0].name = name0;
	x[0].value = value;
	x[0].len = 3;
	x[1].name = name1;
	x[1].value = value;
	x[1].len = 0;
	f->file.xattrs = x;
	f->file.nxattrs = 2;
	assert_int_equal(root_create(f->root, "/a", &f->file, "1", 1), 0);
	if (getxattr(tree_path(&f->tree, "/a"), "user.a", NULL, 0) == -1) {
		print_message("skipped: machine: this file system has no "
			      "extended attributes\n");
		skip();
	}
	assert_int_equal(root_stat(f->root, "/a", &s), 1);
	assert_int_equal(s.meta.nxattrs, 2);
	assert_string_equal(s.meta.xattrs[0].name, "user.a");
	assert_int_equal(s.meta.xattrs[0].len, 3);
	assert_memory_equal(s.meta.xattrs[0].value, "v\0w", 3);
	assert_string_equal(s.meta.xattrs[1].name, "user.b");
	assert_int_equal(s.meta.xattrs[1].len, 0);
	root_file_free(&s);
}

/* Nothing is ever written through a link, and the link is named. */
static void
test_write_through_links(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/real/sub/a", "old");
	tree_link(&f->tree, "/etc", "real");
	tree_link(&f->tree, "/real/l", "sub");
	assert_int_equal(root_create(f->root, "/etc/a", &f->file, "x", 1), -1);
	said_one("/etc is a symbolic link");
	assert_int_equal(
	    root_create(f->root, "/real/l/a", &f->file, "x", 1), -1);
	said_one("/real/l is a symbolic link");
	assert_int_equal(root_remove(f->root, "/etc/sub/a", NULL), -1);
	said_one("/etc is a symbolic link");
	assert_int_equal(root_check_parents(f->root, "/real/l/x/y"), -1);
	said_one("/real/l is a symbolic link");
	tree_holds(&f->tree, "/real/sub/a", "old");
	assert_int_equal(tree_count(&f->tree, "/real"), 2);

	/* The last part is replaced itself; what it led to is not touched. */
	tree_link(&f->tree, "/real/file", "sub/a");
	assert_int_equal(
	    root_create(f->root, "/real/file", &f->file, "new", 3), 1);
	assert_int_equal(replace(f, "/real/file", &f->file, "new"), 0);
	tree_holds(&f->tree, "/real/file", "new");
	tree_holds(&f->tree, "/real/sub/a", "old");
	said_nothing();
}

static const struct {
	const char *path, *says;
} refused[] = {
	{ "/", "no name" },
	{ "/d/", "no name" },
	{ "/d/..", "no name" },
	{ "/d/.", "no name" },
	{ "/../x", "leads out" },
	{ "/d/../../x", "leads out" },
	{ "/none/x", "/none" },
	{ "/file/x", "/file" },
};

static void
test_write_refused(void **state)
{
	struct rooted *f = *state;
	size_t i;

	tree_file(&f->tree, "/d/sub/a", "x");
	tree_file(&f->tree, "/file", "x");
	for (i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (root_create(f->root, refused[i].path, &f->file, "y", 1) !=
		    -1)
			fail_msg("%s was written", refused[i].path);
		said_one(refused[i].says);
	}
	assert_int_equal(replace(f, "/d/sub", &f->file, "y"), -1);
	said_one("/d/sub: a folder");
	assert_int_equal(root_create(f->root, "/d/sub", &f->file, "y", 1), 1);
	assert_int_equal(root_create(f->root, "/file", &f->folder, NULL, 0), 1);
	said_nothing();
	assert_int_equal(tree_count(&f->tree, "/"), 2);
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
	tree_holds(&f->tree, "/file", "x");
}

static void
test_check_parents(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/a/b/c", "x");
	assert_int_equal(root_check_parents(f->root, "/a/b/new"), 0);
	assert_int_equal(root_check_parents(f->root, "/a/none/b/c"), 0);
	assert_int_equal(root_check_parents(f->root, "/x"), 0);
	said_nothing();
	assert_int_equal(root_check_parents(f->root, "/a/b/c/d"), -1);
	said_one("/a/b/c is no folder");
}

static void
test_may_write(void **state)
{
	struct rooted *f = *state;
	char file[700];
	struct root *own;
	const char *why;

	tree_file(&f->tree, "/d/a", "x");
	assert_true(root_may_write(f->root, "/d/a", &f->file, &why));
	assert_true(root_may_write(f->root, "/d/new", &f->file, &why));
	assert_true(root_may_write(f->root, "/none/new", &f->file, &why));
	snprintf(file, sizeof(file), "%s", tree_path(&f->tree, "/d/a"));
	/* In a mount namespace of its own: nothing of it outlives the test. */
	if (getuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount(file, file, "none", MS_BIND, NULL) == 0) {
		assert_non_null(own = root_open(f->tree.dir));
		own->no_openat2 = f->root->no_openat2;
		assert_false(root_may_write(own, "/d/a", &f->file, &why));
		assert_non_null(strstr(why, "mount"));
		root_close(own);
		assert_int_equal(umount2(file, MNT_DETACH), 0);
	}
	if (getuid() == 0 && rooted_flags(file, FS_IMMUTABLE_FL) == 0) {
		assert_false(root_may_write(f->root, "/d/a", &f->file, &why));
		assert_non_null(strstr(why, "immutable"));
		assert_int_equal(rooted_flags(file, 0), 0);
	}
	said_nothing();
}

static void
test_remove(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/d/a", "x");
	tree_link(&f->tree, "/l", "d/a");
	assert_int_equal(root_remove(f->root, "/l", NULL), 0);
	tree_holds(&f->tree, "/d/a", "x");
	assert_int_equal(root_remove(f->root, "/d", NULL), -1);
	said_one("/d");
	assert_int_equal(root_remove(f->root, "/d/a", NULL), 0);
	assert_int_equal(root_remove(f->root, "/d", NULL), 0);
	assert_int_equal(tree_count(&f->tree, "/"), 0);
	assert_int_equal(root_remove(f->root, "/d", NULL), -1);
	said_one("/d");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTED_BOTH(test_write),
		ROOTED_BOTH(test_write_link),
		ROOTED_BOTH(test_write_xattrs),
		ROOTED_BOTH(test_write_through_links),
		ROOTED_BOTH(test_write_refused),
		ROOTED_BOTH(test_check_parents),
		ROOTED_BOTH(test_may_write),
		ROOTED_BOTH(test_remove),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
