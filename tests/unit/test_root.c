#include "tests/unit/tree.h"

#include <errno.h>
#include <grp.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <pwd.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/xattr.h>
#include <time.h>

#include "archive/limits.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

struct fixture {
	struct tree tree;
	struct root *root;
	struct item_file file, folder, link;
};

static int
setup(void **state)
{
	struct fixture *f;

	assert_non_null(f = calloc(1, sizeof(*f)));
	tree_make(&f->tree);
	assert_non_null(f->root = root_open(f->tree.dir));
	f->file.type = FILE_REGULAR;
	f->file.mode = 0640;
	f->folder.type = FILE_DIRECTORY;
	f->folder.mode = 0750;
	f->link.type = FILE_SYMLINK;
	f->file.uid = f->folder.uid = f->link.uid = getuid();
	f->file.gid = f->folder.gid = f->link.gid = getgid();
	warn_forget();
	*state = f;
	return 0;
}

/* The same without openat2: all that holds with it holds without. */
static int
setup_walk(void **state)
{
	struct fixture *f;
	int rc = setup(state);

	f = *state;
	f->root->no_openat2 = 1;
	return rc;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	root_close(f->root);
	tree_remove(&f->tree);
	free(f);
	warn_forget();
	return 0;
}

/* One error was said, and it names that. */
static void
said(const char *what)
{
	const char *const *lines;
	size_t n;

	lines = warn_said(&n);
	assert_int_equal(n, 1);
	if (strstr(lines[0], what) == NULL)
		fail_msg("%s: not in: %s", what, lines[0]);
	warn_forget();
}

static void
nothing_said(void)
{
	size_t n;

	warn_said(&n);
	assert_int_equal(n, 0);
}

/* Replace what stands there. */
static int
replace(struct fixture *f, const char *path, const struct item_file *meta,
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
test_open(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(root_dir(f->root), f->tree.dir);
	tree_file(&f->tree, "/file", "x");
	assert_null(root_open(tree_path(&f->tree, "/file")));
	said("/file");
	assert_null(root_open(tree_path(&f->tree, "/none")));
	said("/none");
	root_close(NULL);
}

static void
test_read(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_EMPTY;

	tree_file(&f->tree, "/etc/a", "hello");
	tree_file(&f->tree, "/etc/empty", "");
	assert_int_equal(buf_adds(&b, "> "), 0);
	assert_int_equal(root_read(f->root, "/etc/a", &b), 1);
	assert_string_equal(b.data, "> hello");
	assert_int_equal(root_read_nofollow(f->root, "/etc/a", &b), 1);
	assert_string_equal(b.data, "> hellohello");
	buf_clear(&b);
	assert_int_equal(root_read(f->root, "/etc/empty", &b), 1);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	assert_int_equal(root_read(f->root, "/etc/none", &b), 0);
	assert_int_equal(root_read(f->root, "/none/none", &b), 0);
	assert_int_equal(root_read(f->root, "/etc/a/b", &b), 0);
	nothing_said();
	buf_free(&b);
}

static void
test_read_links(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_EMPTY;

	/* As if the folder were "/": an absolute target and .. stay in it. */
	tree_file(&f->tree, "/srv/real/a", "inside");
	tree_link(&f->tree, "/etc", "/srv/real");
	tree_link(&f->tree, "/srv/abs", "/srv/real/a");
	tree_link(&f->tree, "/srv/up", "../../../../srv/real/a");
	tree_link(&f->tree, "/srv/out", "/etc/passwd");
	tree_link(&f->tree, "/srv/loop", "loop");
	assert_int_equal(root_read(f->root, "/etc/a", &b), 1);
	assert_int_equal(root_read(f->root, "/srv/abs", &b), 1);
	assert_int_equal(root_read(f->root, "/srv/up", &b), 1);
	assert_string_equal(b.data, "insideinsideinside");
	assert_int_equal(root_read_nofollow(f->root, "/etc/a", &b), 1);
	buf_clear(&b);
	assert_int_equal(root_read(f->root, "/srv/out", &b), 0);
	assert_int_equal(root_read_nofollow(f->root, "/srv/abs", &b), 0);
	assert_int_equal(root_read_nofollow(f->root, "/srv/real", &b), 0);
	assert_int_equal(root_read(f->root, "/../../etc/passwd", &b), 0);
	nothing_said();
	assert_int_equal(root_read(f->root, "/srv/loop", &b), -1);
	said("/srv/loop");
	assert_int_equal(root_read(f->root, "/srv/real", &b), -1);
	said("/srv/real");
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

static void
test_read_special(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_EMPTY;

	/* Would wait for ever, were it opened. */
	assert_int_equal(mkfifo(tree_path(&f->tree, "/fifo"), 0600), 0);
	assert_int_equal(root_read(f->root, "/fifo", &b), -1);
	said("/fifo");
	assert_int_equal(root_read_nofollow(f->root, "/fifo", &b), -1);
	said("/fifo");
	buf_free(&b);
}

static void
test_read_limit(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_EMPTY;

	tree_file(&f->tree, "/big", "x");
	assert_int_equal(
	    truncate(tree_path(&f->tree, "/big"), (off_t)LIMIT_ITEM), 0);
	assert_int_equal(root_read(f->root, "/big", &b), 1);
	assert_int_equal(b.len, LIMIT_ITEM);
	buf_free(&b);
	assert_int_equal(
	    truncate(tree_path(&f->tree, "/big"), (off_t)LIMIT_ITEM + 1), 0);
	assert_int_equal(root_read(f->root, "/big", &b), -1);
	said("/big");
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

static void
test_stat(void **state)
{
	struct fixture *f = *state;
	struct root_file s;

	tree_file(&f->tree, "/d/a", "hello");
	assert_int_equal(chmod(tree_path(&f->tree, "/d/a"), 04751), 0);
	tree_link(&f->tree, "/d/l", "a");
	assert_int_equal(root_stat(f->root, "/d/a", &s), 1);
	assert_int_equal(s.meta.type, FILE_REGULAR);
	assert_int_equal(s.meta.mode, 04751);
	assert_int_equal(s.meta.uid, getuid());
	assert_int_equal(s.size, 5);
	assert_false(s.is_other);
	assert_null(s.meta.target);
	root_file_free(&s);
	assert_int_equal(root_stat(f->root, "/d/l", &s), 1);
	assert_int_equal(s.meta.type, FILE_SYMLINK);
	assert_string_equal(s.meta.target, "a");
	root_file_free(&s);
	assert_int_equal(root_stat(f->root, "/d", &s), 1);
	assert_int_equal(s.meta.type, FILE_DIRECTORY);
	root_file_free(&s);
	assert_int_equal(root_stat(f->root, "/", &s), 1);
	assert_int_equal(s.meta.type, FILE_DIRECTORY);
	root_file_free(&s);
	assert_int_equal(mkfifo(tree_path(&f->tree, "/d/p"), 0600), 0);
	assert_int_equal(root_stat(f->root, "/d/p", &s), 1);
	assert_true(s.is_other);
	root_file_free(&s);
	assert_int_equal(root_stat(f->root, "/d/none", &s), 0);
	assert_int_equal(root_stat(f->root, "/d/a/none", &s), 0);
	nothing_said();
}

/* Names come from the root's own accounts, when it has some. */
static void
test_names(void **state)
{
	struct fixture *f = *state;
	struct root_file s;
	char line[256];

	snprintf(line, sizeof(line), "nobody2:x:77:77::/:\nstack:x:%u:5::/:\n",
	    (unsigned int)getuid());
	tree_file(&f->tree, "/etc/passwd", line);
	snprintf(line, sizeof(line), "x:x:77:\nstackers:x:%u:\n",
	    (unsigned int)getgid());
	tree_file(&f->tree, "/etc/group", line);
	tree_file(&f->tree, "/a", "x");
	assert_int_equal(root_stat(f->root, "/a", &s), 1);
	assert_string_equal(s.meta.user, "stack");
	assert_string_equal(s.meta.group, "stackers");
	root_file_free(&s);

	/* A known name counts before the number, an unknown one does not. */
	f->file.uid = f->file.gid = 4711;
	f->file.user = strdup("stack");
	f->file.group = strdup("stackers");
	assert_int_equal(root_create(f->root, "/b", &f->file, "y", 1), 0);
	free(f->file.user);
	free(f->file.group);
	f->file.uid = getuid();
	f->file.gid = getgid();
	f->file.user = strdup("strange");
	f->file.group = strdup("strange");
	assert_int_equal(root_create(f->root, "/c", &f->file, "y", 1), 0);
	free(f->file.user);
	free(f->file.group);
	assert_int_equal(root_stat(f->root, "/b", &s), 1);
	assert_int_equal(s.meta.uid, getuid());
	assert_int_equal(s.meta.gid, getgid());
	root_file_free(&s);
	assert_int_equal(root_stat(f->root, "/c", &s), 1);
	assert_int_equal(s.meta.uid, getuid());
	root_file_free(&s);
}

static void
test_list(void **state)
{
	struct fixture *f = *state;
	char **names;
	size_t n;

	tree_file(&f->tree, "/d/b", "");
	tree_file(&f->tree, "/d/a", "");
	tree_file(&f->tree, "/d/.c", "");
	tree_file(&f->tree, "/d/B/x", "");
	assert_int_equal(root_list(f->root, "/d", &names, &n), 1);
	assert_int_equal(n, 4);
	assert_string_equal(names[0], ".c");
	assert_string_equal(names[1], "B");
	assert_string_equal(names[2], "a");
	assert_string_equal(names[3], "b");
	root_names_free(names, n);
	assert_int_equal(root_list(f->root, "/none", &names, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(root_list(f->root, "/d/a", &names, &n), 0);
	root_names_free(NULL, 0);
	nothing_said();
}

static void
test_write(void **state)
{
	struct fixture *f = *state;
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
	nothing_said();
	umask(old);
}

static void
test_write_link(void **state)
{
	struct fixture *f = *state;
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
	struct fixture *f = *state;
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
	struct fixture *f = *state;

	tree_file(&f->tree, "/real/sub/a", "old");
	tree_link(&f->tree, "/etc", "real");
	tree_link(&f->tree, "/real/l", "sub");
	assert_int_equal(root_create(f->root, "/etc/a", &f->file, "x", 1), -1);
	said("/etc is a symbolic link");
	assert_int_equal(
	    root_create(f->root, "/real/l/a", &f->file, "x", 1), -1);
	said("/real/l is a symbolic link");
	assert_int_equal(root_remove(f->root, "/etc/sub/a", NULL), -1);
	said("/etc is a symbolic link");
	assert_int_equal(root_check_parents(f->root, "/real/l/x/y"), -1);
	said("/real/l is a symbolic link");
	tree_holds(&f->tree, "/real/sub/a", "old");
	assert_int_equal(tree_count(&f->tree, "/real"), 2);

	/* The last part is replaced itself; what it led to is not touched. */
	tree_link(&f->tree, "/real/file", "sub/a");
	assert_int_equal(
	    root_create(f->root, "/real/file", &f->file, "new", 3), 1);
	assert_int_equal(replace(f, "/real/file", &f->file, "new"), 0);
	tree_holds(&f->tree, "/real/file", "new");
	tree_holds(&f->tree, "/real/sub/a", "old");
	nothing_said();
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
	struct fixture *f = *state;
	size_t i;

	tree_file(&f->tree, "/d/sub/a", "x");
	tree_file(&f->tree, "/file", "x");
	for (i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (root_create(f->root, refused[i].path, &f->file, "y", 1) !=
		    -1)
			fail_msg("%s was written", refused[i].path);
		said(refused[i].says);
	}
	assert_int_equal(replace(f, "/d/sub", &f->file, "y"), -1);
	said("/d/sub: a folder");
	assert_int_equal(root_create(f->root, "/d/sub", &f->file, "y", 1), 1);
	assert_int_equal(root_create(f->root, "/file", &f->folder, NULL, 0), 1);
	nothing_said();
	assert_int_equal(tree_count(&f->tree, "/"), 2);
	assert_int_equal(tree_count(&f->tree, "/d"), 1);
	tree_holds(&f->tree, "/file", "x");
}

static void
test_check_parents(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/a/b/c", "x");
	assert_int_equal(root_check_parents(f->root, "/a/b/new"), 0);
	assert_int_equal(root_check_parents(f->root, "/a/none/b/c"), 0);
	assert_int_equal(root_check_parents(f->root, "/x"), 0);
	nothing_said();
	assert_int_equal(root_check_parents(f->root, "/a/b/c/d"), -1);
	said("/a/b/c is no folder");
}

/* chattr: 0, or -1 where the file system has no such thing. */
static int
flags_of(const char *path, int flags)
{
	int fd = open(path, O_RDONLY), rc;
	long wide = flags; /* the kernel takes an int, the request says long */

	if (fd == -1)
		return -1;
	rc = ioctl(fd, FS_IOC_SETFLAGS, &wide);
	close(fd);
	return rc;
}

static void
test_may_write(void **state)
{
	struct fixture *f = *state;
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
	if (getuid() == 0 && flags_of(file, FS_IMMUTABLE_FL) == 0) {
		assert_false(root_may_write(f->root, "/d/a", &f->file, &why));
		assert_non_null(strstr(why, "immutable"));
		assert_int_equal(flags_of(file, 0), 0);
	}
	nothing_said();
}

static void
test_remove(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->tree, "/d/a", "x");
	tree_link(&f->tree, "/l", "d/a");
	assert_int_equal(root_remove(f->root, "/l", NULL), 0);
	tree_holds(&f->tree, "/d/a", "x");
	assert_int_equal(root_remove(f->root, "/d", NULL), -1);
	said("/d");
	assert_int_equal(root_remove(f->root, "/d/a", NULL), 0);
	assert_int_equal(root_remove(f->root, "/d", NULL), 0);
	assert_int_equal(tree_count(&f->tree, "/"), 0);
	assert_int_equal(root_remove(f->root, "/d", NULL), -1);
	said("/d");
}

/* A path of up to six parts of few names, so that most lead somewhere. */
static void
random_path(unsigned int *seed, char *path, size_t size, int absolute)
{
	static const char *const parts[] = { "a", "b", "c", "d", "..", "." };
	size_t at = 0;
	int n = 1 + rand_r(seed) % 6;

	path[0] = '\0';
	for (; n > 0; n--)
		at += (size_t)snprintf(path + at, size - at, "%s%s",
		    at > 0 || absolute ? "/" : "",
		    parts[(size_t)rand_r(seed) % 6]);
	if (rand_r(seed) % 8 == 0)
		snprintf(path + at, size - at, "/");
}

/* Make something at the path; never through a link, so never outside. */
static void
random_node(struct root *r, char *path, const char *target, int what)
{
	char *name = strrchr(path, '/');
	int dir, fd;

	*name++ = '\0';
	dir = root_at(r, path, O_PATH | O_DIRECTORY,
	    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	if (dir == -1)
		return;
	if (what == 0 && symlinkat(target, dir, name) == 0)
		what = 3;
	else if (what == 1 && (fd = openat(dir, name,
				   O_CREAT | O_EXCL | O_WRONLY, 0644)) != -1)
		close(fd);
	else if (what > 1)
		mkdirat(dir, name, 0755);
	close(dir);
}

/* Both ways agree on where a path leads, or that it leads nowhere. */
static void
agree(struct root *r, const char *path, uint64_t flags, uint64_t resolve)
{
	struct stat a, b;
	int fd, walked, err;

	r->no_openat2 = 0;
	fd = root_at(r, path, flags, resolve);
	err = errno;
	walked =
	    root_walk(r->fd, root_relative(path), flags | O_CLOEXEC, resolve);
	if ((fd == -1) != (walked == -1) || (fd == -1 && err != errno))
		fail_msg("%s (%lx %lx): %d %s, but walked %d %s", path,
		    (unsigned long)flags, (unsigned long)resolve, fd,
		    fd == -1 ? strerror(err) : "", walked,
		    walked == -1 ? strerror(errno) : "");
	if (fd == -1)
		return;
	assert_int_equal(fstat(fd, &a), 0);
	assert_int_equal(fstat(walked, &b), 0);
	if (a.st_dev != b.st_dev || a.st_ino != b.st_ino)
		fail_msg("%s leads to two places", path);
	close(fd);
	close(walked);
}

static void
test_walk_agrees(void **state)
{
	static const uint64_t flags[] = { O_PATH, O_PATH | O_NOFOLLOW,
		O_RDONLY | O_DIRECTORY, O_RDONLY | O_NONBLOCK };
	struct fixture *f = *state;
	unsigned int seed = (unsigned int)time(NULL);
	char path[128], target[128];
	int i, j, probe;

	probe = root_at(f->root, "/", O_PATH, RESOLVE_IN_ROOT);
	assert_true(probe != -1);
	close(probe);
	if (f->root->no_openat2) {
		print_message("skipped: machine: no openat2 to compare with "
			      "(valgrind has none)\n");
		skip();
	}
	print_message("seed %u\n", seed);
	for (i = 0; i < 200; i++) {
		random_path(&seed, path, sizeof(path), 1);
		random_path(&seed, target, sizeof(target), rand_r(&seed) % 2);
		random_node(f->root, path, target, rand_r(&seed) % 4);
	}
	for (i = 0; i < 3000; i++) {
		random_path(&seed, path, sizeof(path), 1);
		j = rand_r(&seed) % 4;
		agree(f->root, path, flags[j], RESOLVE_IN_ROOT);
		agree(f->root, path, flags[j],
		    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	}
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, teardown),                \
	    cmocka_unit_test_setup_teardown(name, setup_walk, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_open),
		TEST(test_read),
		TEST(test_read_links),
		TEST(test_read_special),
		TEST(test_read_limit),
		TEST(test_stat),
		TEST(test_names),
		TEST(test_list),
		TEST(test_write),
		TEST(test_write_link),
		TEST(test_write_xattrs),
		TEST(test_write_through_links),
		TEST(test_write_refused),
		TEST(test_check_parents),
		TEST(test_may_write),
		TEST(test_remove),
		cmocka_unit_test_setup_teardown(
		    test_walk_agrees, setup, teardown),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
