#include "tests/unit/rooted.h"

#include <errno.h>
#include <sys/xattr.h>

#include "tests/unit/nobody.h"

/* Owners and attributes, read and set. */

#define ACCESS  "system.posix_acl_access"
#define DEFAULT "system.posix_acl_default"

/* An access list, as the kernel has it: the owner and user 4242 may write. */
static const unsigned char acl[] = { 2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255,
	2, 0, 6, 0, 0x92, 0x10, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255, 0x10, 0,
	6, 0, 255, 255, 255, 255, 0x20, 0, 0, 0, 255, 255, 255, 255 };

static int
setup(void **state)
{
	static char target[] = "file";
	struct rooted *f;

	rooted_setup(state);
	f = *state;
	assert_int_equal(chmod(f->tree.dir, 0755), 0);
	tree_file(&f->tree, "/file", "x");
	f->link.target = target;
	return 0;
}

/* What stands there, or skip: the test cannot be made here. */
static void
attribute(struct rooted *f, const char *path, const char *name,
    const void *value, size_t len)
{

	if (setxattr(tree_path(&f->tree, path), name, value, len, 0) == -1) {
		assert_true(errno == ENOTSUP || errno == EPERM);
		skip();
	}
}

/* What root_user_name or root_group_name says of a number. */
static void
is_named(int (*of)(struct root *, uint32_t, char **), struct rooted *f,
    uint32_t id, const char *name)
{
	char *is;

	assert_int_equal(of(f->root, id, &is), 0);
	if (name == NULL)
		assert_null(is);
	else
		assert_string_equal(is, name);
	free(is);
}

/* A root's own accounts count, not this machine's. */
static void
test_names(void **state)
{
	struct rooted *f = *state;
	int i;

	tree_file(&f->tree, "/etc/passwd",
	    "root:x:0:0::/:/bin/sh\n# none\n\n"
	    "nova:x:4711:4712::/:/bin/sh\nzero:x:4713:4714::/:/bin/sh\n");
	tree_file(
	    &f->tree, "/etc/group", "root:x:0:\nnova:x:4712:a,b\nkvm:x:5:\n");
	assert_int_equal(root_user_number(f->root, "nova", 1), 4711);
	assert_int_equal(root_group_number(f->root, "nova", 1), 4712);
	assert_int_equal(root_user_number(f->root, "daemon", 7), 7);
	assert_int_equal(root_group_number(f->root, "daemon", 7), 7);
	assert_int_equal(root_user_number(f->root, NULL, 8), 8);
	assert_int_equal(root_group_number(f->root, NULL, 8), 8);
	/* Asked again, and another between. */
	for (i = 0; i < 2; i++) {
		is_named(root_user_name, f, 4713, "zero");
		is_named(root_user_name, f, 4713, "zero");
		is_named(root_user_name, f, 1, NULL);
		is_named(root_user_name, f, 1, NULL);
		is_named(root_group_name, f, 5, "kvm");
		is_named(root_group_name, f, 5, "kvm");
		is_named(root_group_name, f, 1, NULL);
	}
}

/* It has none: this machine is asked. */
static void
test_names_here(void **state)
{
	struct rooted *f = *state;

	is_named(root_user_name, f, 0, "root");
	is_named(root_group_name, f, 0, "root");
	assert_int_equal(root_user_number(f->root, "root", 7), 0);
	assert_int_equal(root_group_number(f->root, "root", 7), 0);
	is_named(root_user_name, f, 4294967290u, NULL);
	is_named(root_group_name, f, 4294967290u, NULL);
}

static void
belongs(struct rooted *f, const char *path, uint32_t uid, uint32_t gid)
{
	struct root_file file;

	assert_int_equal(root_stat(f->root, path, &file), 1);
	assert_int_equal(file.meta.uid, uid);
	assert_int_equal(file.meta.gid, gid);
	root_file_free(&file);
}

/* Each gets its owner and its group, by name if there is one. */
static void
test_owners(void **state)
{
	static char name[] = "nova", none[] = "gone";
	struct rooted *f = *state;
	struct item_file *all[] = { &f->file, &f->folder, &f->link };
	char path[16];
	int i;

	if (geteuid() != 0)
		skip();
	tree_file(&f->tree, "/etc/passwd", "nova:x:4711:4712::/:/bin/sh\n");
	tree_file(&f->tree, "/etc/group", "nova:x:4712:\n");
	for (i = 0; i < 3; i++) {
		all[i]->gid = 4;
		snprintf(path, sizeof(path), "/a%d", i);
		assert_int_equal(root_create(f->root, path, all[i], "x", 1), 0);
		belongs(f, path, 0, 4);
		all[i]->user = all[i]->group = name;
		path[1] = 'b';
		assert_int_equal(root_create(f->root, path, all[i], "x", 1), 0);
		belongs(f, path, 4711, 4712);
		all[i]->user = all[i]->group = none;
		all[i]->uid = 5;
		path[1] = 'c';
		assert_int_equal(root_create(f->root, path, all[i], "x", 1), 0);
		belongs(f, path, 5, 4);
	}
}

/* The names of those whom a file is not, in words. */
static void
test_owner_told(void **state)
{
	struct rooted *f = *state;
	struct buf why = BUF_EMPTY;
	struct root_file is;

	if (geteuid() != 0)
		skip();
	tree_file(&f->tree, "/etc/passwd", "nova:x:4711:4712::/:/bin/sh\n");
	tree_file(&f->tree, "/etc/group", "nova:x:4712:\n");
	assert_int_equal(chown(tree_path(&f->tree, "/file"), 4711, 4712), 0);
	f->file.mode = 0644;
	assert_int_equal(root_stat(f->root, "/file", &is), 1);
	assert_int_equal(root_same(f->root, "/file", &f->file, &is, &why), 0);
	assert_string_equal(why.data, "its owner is nova (4711)");
	buf_clear(&why);
	f->file.uid = 4711;
	assert_int_equal(root_same(f->root, "/file", &f->file, &is, &why), 0);
	assert_string_equal(why.data, "its group is nova (4712)");
	f->file.gid = 4712;
	assert_int_equal(root_same(f->root, "/file", &f->file, &is, &why), 1);
	root_file_free(&is);
	buf_free(&why);
}

/* What belongs to the system that runs is not captured, and what is comes in
 * the order of names. */
static void
test_foreign(void **state)
{
	static const char *const names[] = { "user.overlay.opaque", "user.b",
		"user.empty", "user.a", "trusted.overlay.origin",
		"security.ima", "trusted.note" };
	struct rooted *f = *state;
	const char *path = tree_path(&f->tree, "/file");
	struct root_file is;
	size_t i, seen = 0;

	attribute(f, "/file", "user.b", "2", 1);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)setxattr(path, names[i], "22",
		    strcmp(names[i], "user.empty") == 0 ? 0 : 2, 0);
	assert_int_equal(root_stat(f->root, "/file", &is), 1);
	for (i = 0; i < is.meta.nxattrs; i++) {
		if (strstr(is.meta.xattrs[i].name, "overlay") != NULL ||
		    strcmp(is.meta.xattrs[i].name, "security.ima") == 0)
			fail_msg("%s was captured", is.meta.xattrs[i].name);
		if (i > 0)
			assert_true(strcmp(is.meta.xattrs[i - 1].name,
					is.meta.xattrs[i].name) < 0);
		if (strcmp(is.meta.xattrs[i].name, "user.empty") == 0)
			assert_int_equal(is.meta.xattrs[i].len, 0);
		seen += strncmp(is.meta.xattrs[i].name, "user.", 5) == 0;
	}
	assert_int_equal(seen, 3);
	root_file_free(&is);
}

static int
has(struct rooted *f, const char *path, const char *name)
{

	return getxattr(tree_path(&f->tree, path), name, NULL, 0) != -1;
}

/* What a folder would hand down is not there, unless it is the file's own. */
static void
test_inherited(void **state)
{
	struct rooted *f = *state;
	char access_name[] = ACCESS, default_name[] = DEFAULT;
	char value[sizeof(acl)];
	struct file_xattr own[] = { { access_name, value, sizeof(acl) },
		{ default_name, value, sizeof(acl) } };
	struct stat st;

	memcpy(value, acl, sizeof(acl));
	assert_int_equal(mkdir(tree_path(&f->tree, "/d"), 0755), 0);
	attribute(f, "/d", DEFAULT, acl, sizeof(acl));
	assert_int_equal(root_create(f->root, "/d/file", &f->file, "x", 1), 0);
	assert_int_equal(root_create(f->root, "/d/sub", &f->folder, "", 0), 0);
	assert_false(has(f, "/d/file", ACCESS));
	assert_false(has(f, "/d/sub", ACCESS));
	assert_false(has(f, "/d/sub", DEFAULT));
	assert_int_equal(stat(tree_path(&f->tree, "/d/file"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	/* Its own. */
	f->file.mode = 0660;
	f->file.xattrs = f->folder.xattrs = own;
	f->file.nxattrs = 1;
	f->folder.nxattrs = 2;
	assert_int_equal(root_create(f->root, "/d/file2", &f->file, "x", 1), 0);
	assert_int_equal(root_create(f->root, "/d/sub2", &f->folder, "", 0), 0);
	assert_true(has(f, "/d/file2", ACCESS));
	assert_true(has(f, "/d/sub2", ACCESS));
	assert_true(has(f, "/d/sub2", DEFAULT));
}

/* One that this file system cannot have: left out, and then no difference. */
static void
test_impossible(void **state)
{
	char name[] = "nowhere.note", user[] = "user.note", value[] = "v";
	struct file_xattr own[] = { { name, value, 1 }, { user, value, 0 } };
	struct rooted *f = *state;
	struct buf why = BUF_EMPTY;
	struct root_file is;
	size_t said;

	attribute(f, "/file", "user.try", "", 0);
	f->file.xattrs = own;
	f->file.nxattrs = 2;
	assert_int_equal(root_create(f->root, "/new", &f->file, "x", 1), 0);
	(void)warn_said(&said);
	assert_int_equal(said, 0);
	assert_int_equal(root_stat(f->root, "/new", &is), 1);
	assert_int_equal(root_same(f->root, "/new", &f->file, &is, &why), 1);
	/* But one that it can have is missed. */
	f->file.xattrs = own + 1;
	f->file.nxattrs = 1;
	assert_int_equal(removexattr(tree_path(&f->tree, "/new"), user), 0);
	root_file_free(&is);
	assert_int_equal(root_stat(f->root, "/new", &is), 1);
	assert_int_equal(root_same(f->root, "/new", &f->file, &is, &why), 0);
	assert_string_equal(why.data, "its attribute user.note is gone");
	root_file_free(&is);
	buf_free(&why);
}

/* A label that the system gave by itself is no difference; a capability is. */
static void
test_labels(void **state)
{
	/* Revision 2, cap_net_raw. */
	static const unsigned char capability[20] = { 1, 0, 0, 2, 0, 0x20 };
	struct rooted *f = *state;
	struct buf why = BUF_EMPTY;
	struct root_file is;
	int rc;

	if (geteuid() != 0)
		skip();
	f->file.mode = 0644;
	attribute(f, "/file", "security.label", "x", 1);
	assert_int_equal(root_stat(f->root, "/file", &is), 1);
	assert_int_equal(is.meta.nxattrs, 1);
	rc = root_same(f->root, "/file", &f->file, &is, &why);
	assert_int_equal(rc, 1);
	root_file_free(&is);
	attribute(
	    f, "/file", "security.capability", capability, sizeof(capability));
	assert_int_equal(root_stat(f->root, "/file", &is), 1);
	rc = root_same(f->root, "/file", &f->file, &is, &why);
	assert_int_equal(rc, 0);
	assert_string_equal(
	    why.data, "its attribute security.capability is new");
	root_file_free(&is);
	buf_free(&why);
}

/* A file that may not be read has attributes that nobody knows: it is not
 * taken for the one that was captured. */
static int
look_unread(void *cookie)
{
	char name[] = "user.note", value[] = "v";
	struct file_xattr own = { name, value, 1 };
	struct rooted *f = cookie;
	struct buf why = BUF_EMPTY;
	struct root_file is;
	int rc = root_stat(f->root, "/file", &is);

	if (rc != 1)
		return -2;
	f->file.xattrs = &own;
	f->file.nxattrs = 1;
	f->file.mode = is.meta.mode;
	rc = root_same(f->root, "/file", &f->file, &is, &why);
	root_file_free(&is);
	buf_free(&why);
	return rc;
}

static void
test_unread(void **state)
{
	struct rooted *f = *state;

	if (geteuid() != 0)
		skip();
	attribute(f, "/file", "user.note", "v", 1);
	assert_int_equal(chmod(tree_path(&f->tree, "/file"), 0600), 0);
	assert_int_equal(look_unread(f), 1);
	assert_int_equal(as_nobody(look_unread, f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_names, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_names_here, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_owners, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_owner_told, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_foreign, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_inherited, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_impossible, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_labels, setup, rooted_teardown),
		cmocka_unit_test_setup_teardown(
		    test_unread, setup, rooted_teardown),
	};

	return cmocka_run_group_tests_name("root meta", tests, NULL, NULL);
}
