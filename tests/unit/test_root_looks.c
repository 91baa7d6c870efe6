#include "tests/unit/rooted.h"

#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include "tests/unit/nobody.h"

/* What root says of what stands there, without changing it. */

/* One way in which a file differs from what was captured. */
enum difference { NONE, MODE, USER, GROUP, LENGTH, VALUE, GONE, NEW };

static void
differ(struct item_file *f, enum difference how)
{

	switch (how) {
	case NONE:
		break;
	case MODE:
		f->mode ^= 0111;
		break;
	case USER:
		free(f->user);
		f->user = NULL;
		f->uid += 7;
		break;
	case GROUP:
		free(f->group);
		f->group = NULL;
		f->gid += 7;
		break;
	case LENGTH:
		f->xattrs[0].len--;
		break;
	case VALUE:
		f->xattrs[0].value[0] ^= 1;
		break;
	case GONE:
		f->xattrs[0].name[strlen(f->xattrs[0].name) - 1] = 'x';
		break;
	case NEW:
		/* It is freed by number. */
		free(f->xattrs[0].name);
		free(f->xattrs[0].value);
		f->nxattrs = 0;
		break;
	}
}

static void
test_same_file(void **state)
{
	static const struct {
		enum difference how;
		const char *text;
	} cases[] = { { NONE, NULL }, { MODE, "its mode is" },
		{ USER, "its owner is" }, { GROUP, "its group is" },
		{ LENGTH, "user.note is another" },
		{ VALUE, "user.note is another" },
		{ GONE, "user.notx is gone" }, { NEW, "user.note is new" } };
	struct rooted *f = *state;
	struct root_file was, now;
	struct buf why = BUF_EMPTY;
	size_t i;

	tree_file(&f->tree, "/file", "x");
	if (setxattr(tree_path(&f->tree, "/file"), "user.note", "ab", 2, 0)) {
		assert_int_equal(errno, ENOTSUP);
		skip();
	}
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(root_stat(f->root, "/file", &was), 1);
		assert_int_equal(root_stat(f->root, "/file", &now), 1);
		differ(&was.meta, cases[i].how);
		buf_clear(&why);
		assert_int_equal(
		    root_same(f->root, "/file", &was.meta, &now, &why),
		    cases[i].text == NULL);
		if (cases[i].text != NULL &&
		    strstr(why.data, cases[i].text) == NULL)
			fail_msg("%s: not in: %s", cases[i].text, why.data);
		root_file_free(&was);
		root_file_free(&now);
	}
	buf_free(&why);
}

/* Nothing is taken for a thing of another type, or a link to elsewhere. */
static void
test_same_type(void **state)
{
	static const char *const paths[] = { "/file", "/folder", "/link",
		"/pipe" };
	static const char *const words[] = { "a file", "a folder", "a link",
		"a device or socket" };
	struct rooted *f = *state;
	struct root_file one, other;
	struct buf why = BUF_EMPTY;
	size_t i, k;

	tree_file(&f->tree, "/file", "x");
	assert_int_equal(mkdir(tree_path(&f->tree, "/folder"), 0755), 0);
	tree_link(&f->tree, "/link", "file");
	assert_int_equal(mkfifo(tree_path(&f->tree, "/pipe"), 0600), 0);
	for (i = 0; i < 3; i++)
		for (k = 0; k < 4; k++) {
			assert_int_equal(root_stat(f->root, paths[i], &one), 1);
			assert_int_equal(
			    root_stat(f->root, paths[k], &other), 1);
			buf_clear(&why);
			assert_int_equal(root_same(f->root, paths[k], &one.meta,
					     &other, &why),
			    i == k);
			if (i != k)
				assert_non_null(strstr(why.data, words[k]));
			root_file_free(&one);
			root_file_free(&other);
		}
	tree_link(&f->tree, "/other", "folder");
	assert_int_equal(root_stat(f->root, "/link", &one), 1);
	assert_int_equal(root_stat(f->root, "/other", &other), 1);
	buf_clear(&why);
	assert_int_equal(
	    root_same(f->root, "/other", &one.meta, &other, &why), 0);
	assert_string_equal(why.data, "it leads elsewhere");
	root_file_free(&one);
	root_file_free(&other);
	buf_free(&why);
}

/* Only a file that may be read is opened, so that nothing blocks. */
static void
test_peek(void **state)
{
	static const struct {
		const char *path;
		int rc, opened;
	} cases[] = { { "/file", 1, 1 }, { "/link", 1, 1 }, { "/folder", 1, 0 },
		{ "/pipe", 1, 0 }, { "/none", 0, 0 }, { "/file/below", 0, 0 },
		{ "/dangling", 0, 0 } };
	struct rooted *f = *state;
	struct stat st;
	size_t i;
	int fd;

	tree_file(&f->tree, "/file", "x");
	assert_int_equal(mkdir(tree_path(&f->tree, "/folder"), 0755), 0);
	tree_link(&f->tree, "/link", "file");
	tree_link(&f->tree, "/dangling", "none");
	assert_int_equal(mkfifo(tree_path(&f->tree, "/pipe"), 0600), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fd = -1;
		assert_int_equal(
		    root_peek(f->root, cases[i].path, &st, &fd), cases[i].rc);
		assert_int_equal(fd != -1, cases[i].opened);
		if (fd != -1)
			close(fd);
	}
}

static void
test_rename(void **state)
{
	static const char *const bad[][2] = { { "/a/x", "/b/x" },
		{ "/a/x", "/aa/x" }, { "x", "/a/x" }, { "/a/x", "x" },
		{ "/a/", "/a/x" }, { "/a/x", "/b/c/x" } };
	struct rooted *f = *state;
	size_t i;

	tree_file(&f->tree, "/a/x", "x");
	tree_file(&f->tree, "/b/y", "y");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
		    root_rename(f->root, bad[i][0], bad[i][1]), -1);
	assert_int_equal(root_rename(f->root, "/a/none", "/a/z"), 1);
	tree_file(&f->tree, "/a/y", "y");
	assert_int_equal(root_rename(f->root, "/a/x", "/a/y"), 1);
	assert_int_equal(root_rename(f->root, "/a/x", "/a/z"), 0);
	assert_int_equal(access(tree_path(&f->tree, "/a/z"), F_OK), 0);
}

/* What a kill left: only what could be novark's goes. */
static void
test_clear(void **state)
{
	struct rooted *f = *state;
	const char *left = "/a/.novark-tag";
	char name[] = "0123456789012345678901234567890123456789012345678";

	tree_file(&f->tree, "/a/x", "x");
	tree_file(&f->tree, left, "x");
	assert_int_equal(root_clear_temp(f->root, "/a/x"), 0);
	assert_int_equal(access(tree_path(&f->tree, left), F_OK), 0);
	assert_int_equal(root_temp_tag(f->root, ""), -1);
	assert_int_equal(root_temp_tag(f->root, "a/b"), -1);
	assert_int_equal(root_temp_tag(f->root, name), -1);
	assert_int_equal(root_temp_tag(f->root, "tag"), 0);
	assert_int_equal(root_clear_temp(f->root, "/a/x"), 0);
	assert_int_equal(access(tree_path(&f->tree, left), F_OK), -1);
	tree_link(&f->tree, left, "x");
	assert_int_equal(root_clear_temp(f->root, "/a/x"), 0);
	assert_int_equal(readlink(tree_path(&f->tree, left), name, 1), -1);
	assert_int_equal(mkdir(tree_path(&f->tree, left), 0700), 0);
	assert_int_equal(root_clear_temp(f->root, "/a/x"), 0);
	assert_int_equal(access(tree_path(&f->tree, left), F_OK), -1);
	/* A folder with something in it, and a pipe, stay. */
	tree_file(&f->tree, "/a/.novark-tag/in", "x");
	assert_int_equal(root_clear_temp(f->root, "/a/x"), -1);
	assert_int_equal(unlink(tree_path(&f->tree, "/a/.novark-tag/in")), 0);
	assert_int_equal(rmdir(tree_path(&f->tree, left)), 0);
	assert_int_equal(mkfifo(tree_path(&f->tree, left), 0600), 0);
	assert_int_equal(root_clear_temp(f->root, "/a/x"), 0);
	assert_int_equal(access(tree_path(&f->tree, left), F_OK), 0);
	assert_int_equal(root_clear_temp(f->root, "/none/x"), 0);
}

static int
may(struct rooted *f, const char *path, uint32_t uid, uint32_t gid,
    const char *text)
{
	const struct item_file meta = {
		.type = FILE_REGULAR, .uid = uid, .gid = gid
	};
	const char *why = NULL;
	int rc = root_may_write(f->root, path, &meta, &why);

	if (text == NULL)
		return rc == 1;
	return rc == 0 && strstr(why, text) != NULL;
}

static int
look_may(void *cookie)
{
	struct rooted *f = cookie;
	const char *why;

	if (!may(f, "/open/x", 65534, 65534, NULL))
		return 1;
	if (!may(f, "/open/x", 65534, 4242, NULL))
		return 2;
	if (!may(f, "/open/x", 65534, 4243, "its group"))
		return 3;
	if (!may(f, "/open/x", 1, 65534, "its owner"))
		return 4;
	if (!may(f, "/shut/x", 65534, 65534, "not writable"))
		return 5;
	if (!may(f, "/none/x", 65534, 65534, NULL))
		return 6;
	if (root_may_write(f->root, "/open/x", NULL, &why) != 1)
		return 7;
	return 0;
}

static void
test_may_write(void **state)
{
	struct rooted *f = *state;

	if (geteuid() != 0)
		skip();
	assert_int_equal(chmod(f->tree.dir, 0755), 0);
	tree_file(&f->tree, "/open/y", "y");
	tree_file(&f->tree, "/shut/y", "y");
	assert_int_equal(chmod(tree_path(&f->tree, "/open"), 0777), 0);
	assert_int_equal(chmod(tree_path(&f->tree, "/shut"), 0755), 0);
	assert_int_equal(as_nobody(look_may, f), 0);
}

/* Rights keep from reading, and that is said, not taken for "not there". */
static int
look_shut(void *cookie)
{
	struct rooted *f = cookie;
	struct buf b = BUF_EMPTY;
	struct root_file file;
	struct root_room room;
	char **names;
	struct stat st;
	size_t n;
	int fd;

	if (root_read(f->root, "/shut/y", &b) != -1 ||
	    root_read(f->root, "/secret", &b) != -1)
		return 1;
	if (root_stat(f->root, "/shut/y", &file) != -1)
		return 2;
	if (root_list(f->root, "/shut", &names, &n) != -1)
		return 3;
	if (root_peek(f->root, "/shut/y", &st, &fd) != -1)
		return 4;
	if (root_peek(f->root, "/secret", &st, &fd) != 1 || fd != -1)
		return 5;
	if (root_room(f->root, "/shut/y", &room) == 0 && room.bytes == 0)
		return 6;
	return 0;
}

static void
test_shut(void **state)
{
	struct rooted *f = *state;

	if (geteuid() != 0)
		skip();
	assert_int_equal(chmod(f->tree.dir, 0755), 0);
	tree_file(&f->tree, "/shut/y", "y");
	tree_file(&f->tree, "/secret", "y");
	assert_int_equal(chmod(tree_path(&f->tree, "/secret"), 0600), 0);
	assert_int_equal(chmod(tree_path(&f->tree, "/shut"), 0700), 0);
	assert_int_equal(as_nobody(look_shut, f), 0);
}

/* Names with blanks stand in the system's list in octal. */
static void
test_mount(void **state)
{
	struct rooted *f = *state;

	assert_int_equal(mkdir(tree_path(&f->tree, "/a b\\c"), 0755), 0);
	assert_int_equal(mkdir(tree_path(&f->tree, "/plain"), 0755), 0);
	assert_int_equal(root_is_mount(f->root, "/a b\\c"), 0);
	/* From here on this program has mounts of its own. */
	if (unshare(CLONE_NEWNS) == -1 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == -1 ||
	    mount("t", tree_path(&f->tree, "/a b\\c"), "tmpfs", 0,
		"size=64k") == -1)
		skip();
	assert_int_equal(root_is_mount(f->root, "/a b\\c"), 1);
	assert_int_equal(root_is_mount(f->root, "/plain"), 0);
	assert_int_equal(umount(tree_path(&f->tree, "/a b\\c")), 0);
}

/* Names and ways that are too long are not there, by both ways of walking. */
static void
test_long(void **state)
{
	struct rooted *f = *state;
	struct root_file file;
	static char name[400], way[8192];
	size_t i;

	memset(name, 'a', 300);
	name[0] = '/';
	for (i = 0; i + 2 < sizeof(way); i += 2)
		memcpy(way + i, "/a", 2);
	for (i = 0; i < 2; i++) {
		f->root->no_openat2 = (int)i;
		assert_true(root_stat(f->root, name, &file) != 1);
		assert_true(root_stat(f->root, way, &file) != 1);
	}
}

/* The machine's own root. */
static void
test_whole_machine(void **state)
{
	struct root_file file;
	struct root *r;

	(void)state;
	assert_non_null(r = root_open(""));
	assert_string_equal(root_dir(r), "/");
	assert_int_equal(root_stat(r, "/etc/passwd", &file), 1);
	assert_string_equal(file.meta.user, "root");
	root_file_free(&file);
	assert_int_equal(root_is_mount(r, "/proc"), 1);
	assert_int_equal(root_is_mount(r, "/etc/none"), 0);
	root_close(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTED(test_same_file),
		ROOTED(test_same_type),
		ROOTED(test_peek),
		ROOTED(test_rename),
		ROOTED(test_clear),
		ROOTED(test_may_write),
		ROOTED(test_shut),
		ROOTED(test_long),
		cmocka_unit_test(test_whole_machine),
		ROOTED(test_mount),
	};

	return cmocka_run_group_tests_name("root looks", tests, NULL, NULL);
}
