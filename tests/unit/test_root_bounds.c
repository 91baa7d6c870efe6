#include "tests/unit/rooted.h"

#include <errno.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>

#include "tests/unit/nobody.h"
#include "tests/unit/said.h"

/* How far it goes: room, depth, long lists, what cannot be written to, and
 * what is no place for a file. */

static void
test_list(void **state)
{
	struct rooted *f = *state;
	char path[32], **names;
	size_t i, n;

	assert_int_equal(mkdir(tree_path(&f->tree, "/d"), 0755), 0);
	assert_int_equal(root_list(f->root, "/d", &names, &n), 1);
	assert_int_equal(n, 0);
	root_names_free(names, n);
	for (i = 0; i < 100; i++) {
		snprintf(path, sizeof(path), "/d/%02zu", i * 37 % 100);
		tree_file(&f->tree, path, "x");
	}
	assert_int_equal(root_list(f->root, "/d", &names, &n), 1);
	assert_int_equal(n, 100);
	for (i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%02zu", i);
		assert_string_equal(names[i], path);
	}
	root_names_free(names, n);
	assert_int_equal(root_list(f->root, "/d/00", &names, &n), 0);
	assert_int_equal(root_list(f->root, "/d/none", &names, &n), 0);
}

/* More folders inside folders than a walk holds open: they are not taken for
 * absent. */
static void
test_depth(void **state)
{
	struct rooted *f = *state;
	char path[1024] = "";
	struct root_file file;
	size_t i;
	int fd, next;

	fd = open(f->tree.dir, O_RDONLY | O_DIRECTORY);
	assert_true(fd != -1);
	for (i = 0; i < 300; i++) {
		assert_int_equal(mkdirat(fd, "d", 0755), 0);
		next = openat(fd, "d", O_RDONLY | O_DIRECTORY);
		assert_true(next != -1);
		close(fd);
		fd = next;
		memcpy(path + strlen(path), "/d", 3);
	}
	close(fd);
	f->root->no_openat2 = 1;
	assert_int_equal(root_stat(f->root, path, &file), -1);
	said_one("cannot be looked at");
	path[400] = '\0';
	assert_int_equal(root_stat(f->root, path, &file), 1);
	root_file_free(&file);
}

static int
look_room(void *cookie)
{
	struct rooted *f = cookie;
	struct root_room room;
	struct statvfs v;

	if (root_room(f->root, "/shut/a/b", &room) != -1)
		return 1;
	if (root_room(f->root, "/d", &room) != 0 || room.block == 0)
		return 2;
	/* What is kept back for root is not this user's. */
	if (statvfs(f->tree.dir, &v) == -1 || v.f_blocks == 0)
		return 0;
	return room.bytes > v.f_bavail * v.f_frsize + (1u << 28) ? 3 : 0;
}

static void
test_room(void **state)
{
	struct rooted *f = *state;
	struct root_room room, deeper;
	struct statvfs v;
	struct root *proc;

	assert_int_equal(chmod(f->tree.dir, 0755), 0);
	tree_file(&f->tree, "/d/file", "x");
	tree_file(&f->tree, "/shut/a/file", "x");
	assert_int_equal(chmod(tree_path(&f->tree, "/shut"), 0700), 0);
	assert_int_equal(root_room(f->root, "/", &room), 0);
	/* Of what is not there, the nearest folder is. */
	assert_int_equal(root_room(f->root, "/d/none/x", &deeper), 0);
	assert_int_equal(room.dev, deeper.dev);
	assert_int_equal(root_room(f->root, "/d/file/x", &deeper), 0);
	assert_int_equal(room.dev, deeper.dev);
	assert_int_equal(room.block, deeper.block);
	assert_int_equal(root_room(f->root, "none", &room), -1);
	said_one("none");
	if (geteuid() == 0)
		assert_int_equal(as_nobody(look_room, f), 0);
	/* A system that counts neither bytes nor files is never full. */
	if (statvfs("/proc", &v) == -1 || v.f_blocks != 0 || v.f_files != 0)
		return;
	assert_non_null(proc = root_open("/proc"));
	assert_int_equal(root_room(proc, "/self/none", &room), 0);
	assert_true(room.bytes == UINT64_MAX && room.files == UINT64_MAX);
	root_close(proc);
}

static void
test_chattr(void **state)
{
	static const struct {
		const char *path;
		int flags;
		const char *text;
	} cases[] = { { "/d", FS_IMMUTABLE_FL, "folder is immutable" },
		{ "/d", FS_APPEND_FL, "folder can only be added to" },
		{ "/d/a", FS_IMMUTABLE_FL, "it is immutable" },
		{ "/d/a", FS_APPEND_FL, "only be appended to" } };
	struct rooted *f = *state;
	const char *why;
	size_t i, done = 0;
	int rc;

	tree_file(&f->tree, "/d/a", "x");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (rooted_flags(tree_path(&f->tree, cases[i].path),
			cases[i].flags) == -1)
			continue;
		rc = root_may_write(f->root, "/d/a", &f->file, &why);
		assert_int_equal(
		    rooted_flags(tree_path(&f->tree, cases[i].path), 0), 0);
		assert_int_equal(rc, 0);
		if (strstr(why, cases[i].text) == NULL)
			fail_msg("%s: not in: %s", cases[i].text, why);
		done++;
	}
	assert_int_equal(root_may_write(f->root, "/d/a", &f->file, &why), 1);
	/* No folder that could refuse. */
	assert_int_equal(root_may_write(f->root, "a", &f->file, &why), 1);
	if (done == 0)
		skip();
}

/* What is not exactly what was looked at is not replaced, nor removed. */
static void
test_stale(void **state)
{
	struct rooted *f = *state;
	struct root_file over;

	tree_file(&f->tree, "/a", "was");
	tree_file(&f->tree, "/b", "other");
	assert_int_equal(root_stat(f->root, "/a", &over), 1);
	assert_int_equal(
	    rename(tree_path(&f->tree, "/b"), tree_path(&f->tree, "/a")), 0);
	assert_int_equal(
	    root_replace(f->root, "/a", &over, &f->file, "x", 1, 0), 1);
	assert_int_equal(root_remove(f->root, "/a", &over), 1);
	tree_holds(&f->tree, "/a", "other");
	assert_int_equal(unlink(tree_path(&f->tree, "/a")), 0);
	assert_int_equal(
	    root_replace(f->root, "/a", &over, &f->file, "x", 1, 0), 1);
	assert_int_equal(access(tree_path(&f->tree, "/a"), F_OK), -1);
	/* The same file, changed since. */
	tree_file(&f->tree, "/a", "was");
	root_file_free(&over);
	assert_int_equal(root_stat(f->root, "/a", &over), 1);
	over.changed -= 1000000000;
	assert_int_equal(
	    root_replace(f->root, "/a", &over, &f->file, "x", 1, 0), 1);
	tree_holds(&f->tree, "/a", "was");
	root_file_free(&over);
}

/* Only a file or a link is replaced, and only by one. */
static void
test_replace_other(void **state)
{
	struct rooted *f = *state;
	struct root_file over;
	struct stat st;

	assert_int_equal(mkfifo(tree_path(&f->tree, "/pipe"), 0600), 0);
	assert_int_equal(root_stat(f->root, "/pipe", &over), 1);
	assert_int_equal(
	    root_replace(f->root, "/pipe", &over, &f->file, "x", 1, 0), -1);
	said_one("/pipe: a folder or device is not replaced");
	assert_int_equal(stat(tree_path(&f->tree, "/pipe"), &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	root_file_free(&over);
	tree_file(&f->tree, "/a", "x");
	assert_int_equal(root_stat(f->root, "/a", &over), 1);
	assert_int_equal(
	    root_replace(f->root, "/a", &over, &f->folder, "", 0, 0), -1);
	said_one("is not replaced");
	tree_holds(&f->tree, "/a", "x");
	root_file_free(&over);
}

/* Whose owner has no name here is called by number. */
static void
test_nobodys(void **state)
{
	struct rooted *f = *state;
	struct buf why = BUF_EMPTY;
	struct root_file is;

	if (geteuid() != 0)
		skip();
	tree_file(&f->tree, "/etc/passwd", "root:x:0:0::/:/bin/sh\n");
	tree_file(&f->tree, "/etc/group", "root:x:0:\n");
	tree_file(&f->tree, "/a", "x");
	assert_int_equal(chown(tree_path(&f->tree, "/a"), 4711, 4712), 0);
	assert_int_equal(root_stat(f->root, "/a", &is), 1);
	assert_int_equal(root_same(f->root, "/a", &f->file, &is, &why), 0);
	assert_string_equal(why.data, "its owner is nobody's number (4711)");
	buf_clear(&why);
	f->file.uid = 4711;
	assert_int_equal(root_same(f->root, "/a", &f->file, &is, &why), 0);
	assert_string_equal(why.data, "its group is nobody's number (4712)");
	root_file_free(&is);
	buf_free(&why);
}

/* Nothing is made below what is no folder; right below the root, it is. */
static void
test_places(void **state)
{
	struct rooted *f = *state;

	assert_int_equal(mkfifo(tree_path(&f->tree, "/pipe"), 0600), 0);
	tree_file(&f->tree, "/file", "x");
	assert_int_equal(root_check_parents(f->root, "/pipe/a/b"), -1);
	said_one("/pipe is no folder");
	assert_int_equal(root_create(f->root, "/pipe/a", &f->file, "x", 1), -1);
	said_one("/pipe");
	assert_int_equal(root_create(f->root, "a", &f->file, "x", 1), 0);
	tree_holds(&f->tree, "/a", "x");
	assert_int_equal(root_temp_tag(f->root, "tag"), 0);
	assert_int_equal(root_clear_temp(f->root, "/file/a"), 0);
	assert_int_equal(root_clear_temp(f->root, "/none/a"), 0);
}

/* A block device is opened for its bytes, if it is there; no other device. */
static void
test_peek(void **state)
{
	struct rooted *f = *state;
	const char *block = tree_path(&f->tree, "/block");
	char name[300];
	struct stat st;
	int fd;

	memset(name, 'a', sizeof(name) - 1);
	name[0] = '/';
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(root_peek(f->root, name, &st, &fd), 0);
	assert_int_equal(fd, -1);
	/* Nobody has such a one. */
	if (mknod(block, S_IFBLK | 0600, makedev(240, 4095)) == -1)
		skip();
	assert_int_equal(root_peek(f->root, "/block", &st, &fd), 1);
	assert_true(S_ISBLK(st.st_mode));
	assert_int_equal(fd, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTED(test_list),
		ROOTED(test_depth),
		ROOTED(test_room),
		ROOTED(test_chattr),
		ROOTED(test_stale),
		ROOTED(test_replace_other),
		ROOTED(test_nobodys),
		ROOTED(test_places),
		ROOTED(test_peek),
	};

	return cmocka_run_group_tests_name("root bounds", tests, NULL, NULL);
}
