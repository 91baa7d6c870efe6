#include "tests/unit/tree.h"

#include <errno.h>
#include <sys/xattr.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"
#include "failing.h"

/* What stands at the names of the scenario: each is whole, old or new, or is
 * not there.  Nothing else stands beside. */
struct ground {
	struct tree tree;
	struct root *root;
	int walk;     /* without openat2 */
	int tag;      /* temporary names are known */
	uint32_t uid; /* whose the files become */
};

#define TAG "20261122T161547Z-0123abcd"

static const char old_bytes[] = "old", new_bytes[] = "new and longer";

static struct item_file
meta_of(const struct ground *p, enum file_type type)
{
	static char name[] = "user.note", value[] = "v", target[] = "a/b";
	static struct file_xattr xattr = { name, value, 1 };
	struct item_file f = { .type = type,
		.mode = type == FILE_DIRECTORY ? 0750 : 0640,
		.uid = p->uid,
		.gid = p->uid,
		.mtime = 1329912000 };

	if (type == FILE_SYMLINK) {
		f.target = target;
	} else {
		f.xattrs = &xattr;
		f.nxattrs = 1;
	}
	return f;
}

/* The tree of before each run. */
static void
prepare(struct ground *p)
{

	tree_make(&p->tree);
	tree_file(&p->tree, "/etc/passwd", "nova:x:4242:4242::/:/bin/sh\n");
	tree_file(&p->tree, "/etc/group", "nova:x:4242:\n");
	tree_file(&p->tree, "/etc/nova/full/in", old_bytes);
	if (p->tag)
		tree_file(&p->tree, "/etc/nova/" ROOT_TEMP TAG, "left");
	tree_file(&p->tree, "/etc/nova/old", old_bytes);
	tree_file(&p->tree, "/etc/nova/gone", old_bytes);
	tree_file(&p->tree, "/etc/nova/from", old_bytes);
	assert_int_equal(
	    symlink("old", tree_path(&p->tree, "/etc/nova/ln")), 0);
	assert_int_equal(symlink("d", tree_path(&p->tree, "/etc/nova/way")), 0);
	setxattr(tree_path(&p->tree, "/etc/nova/old"), "user.was", "x", 1, 0);
}

/* Bytes of a file that is there are one of those, whole. */
static void
whole(struct ground *p, const char *path, const char *one, const char *other)
{
	char bytes[64] = "";
	ssize_t n;
	int fd;

	if ((fd = open(tree_path(&p->tree, path), O_RDONLY)) == -1)
		return;
	n = read(fd, bytes, sizeof(bytes) - 1);
	close(fd);
	if (n < 0 || (strcmp(bytes, one) != 0 && strcmp(bytes, other) != 0))
		failing_wrong("%s holds \"%s\"", path, bytes);
}

static int
make(struct ground *p)
{
	struct item_file file = meta_of(p, FILE_REGULAR),
			 folder = meta_of(p, FILE_DIRECTORY),
			 link = meta_of(p, FILE_SYMLINK);
	struct root *r = p->root;

	/* What a kill left. */
	if (root_clear_temp(r, "/etc/nova/old") != 0)
		return -1;
	if (root_create(r, "/etc/nova/d", &folder, "", 0) != 0 ||
	    root_create(r, "/etc/nova/d/new", &file, new_bytes,
		strlen(new_bytes)) != 0 ||
	    root_create(r, "/etc/nova/sym", &link, "", 0) != 0)
		return -1;
	/* Nothing that stands there is replaced. */
	if (root_create(r, "/etc/nova/full", &folder, "", 0) != 1 ||
	    root_create(r, "/etc/nova/old", &file, new_bytes, 1) != 1 ||
	    root_create(r, "/etc/nova/ln", &link, "", 0) != 1 ||
	    root_rename(r, "/etc/nova/gone", "/etc/nova/old") != 1 ||
	    root_rename(r, "/etc/nova/none", "/etc/nova/other") != 1)
		return -1;
	return 0;
}

static int
turn(struct ground *p)
{
	struct item_file file = meta_of(p, FILE_REGULAR),
			 link = meta_of(p, FILE_SYMLINK);
	struct root_file over;
	struct root *r = p->root;
	int rc;

	if (root_stat(r, "/etc/nova/old", &over) != 1)
		return -1;
	rc = root_replace(
	    r, "/etc/nova/old", &over, &file, new_bytes, strlen(new_bytes), 1);
	root_file_free(&over);
	if (rc != 0 || root_stat(r, "/etc/nova/ln", &over) != 1)
		return -1;
	rc = root_replace(r, "/etc/nova/ln", &over, &link, "", 0, 1);
	root_file_free(&over);
	if (rc != 0 || root_rename(r, "/etc/nova/from", "/etc/nova/to") != 0 ||
	    root_stat(r, "/etc/nova/gone", &over) != 1)
		return -1;
	rc = root_remove(r, "/etc/nova/gone", &over);
	root_file_free(&over);
	return rc;
}

static int
look(struct ground *p)
{
	struct item_file file = meta_of(p, FILE_REGULAR);
	struct root *r = p->root;
	struct root_file f;
	struct root_room room;
	struct buf why = BUF_EMPTY;
	const char *static_why;
	char **names;
	struct stat st;
	size_t n;
	int fd, rc = -1;

	if (root_read(r, "/etc/nova/way/new", &why) != 1 ||
	    root_read_nofollow(r, "/etc/nova/d/new", &why) != 1)
		goto out;
	buf_clear(&why);
	if (root_stat(r, "/etc/nova/d/new", &f) != 1)
		goto out;
	rc = root_same(r, "/etc/nova/d/new", &file, &f, &why);
	root_file_free(&f);
	if (rc == -1)
		goto out;
	rc = -1;
	if (root_list(r, "/etc/nova", &names, &n) != 1)
		goto out;
	root_names_free(names, n);
	if (root_parents(r, "/etc/nova/d/new", &why) != 1 ||
	    root_check_parents(r, "/etc/nova/d/new") == -1 ||
	    root_room(r, "/etc/nova/none/x", &room) == -1 ||
	    root_resolve(r, "/etc/nova/d/x/y", &why) != 1)
		goto out;
	rc = root_peek(r, "/etc/nova/d/new", &st, &fd);
	if (rc == 1 && fd != -1)
		close(fd);
	/* Its errors are for the caller to say. */
	if (rc == -1)
		warn_msg("peek fails");
	rc = rc == -1 ? -1 : 0;
	(void)root_is_mount(r, "/etc/nova");
	(void)root_may_write(r, "/etc/nova/d/new", &file, &static_why);
	(void)root_may_write(r, "/etc/nova/d/new", NULL, &static_why);
out:
	buf_free(&why);
	return rc;
}

static int
run(void *cookie)
{
	struct ground *p = cookie;
	int rc = -1;

	if (p->uid == 0)
		p->uid = getuid();
	prepare(p);
	failing_on();
	if ((p->root = root_open(p->tree.dir)) == NULL)
		goto out;
	p->root->no_openat2 = p->walk;
	if (p->tag && root_temp_tag(p->root, TAG) == -1)
		goto out;
	rc = make(p) == 0 && turn(p) == 0 && look(p) == 0 ? 0 : -1;
	/* Something else stood there, or nothing: told by 1, not said. */
	if (rc == -1)
		warn_msg("not done");
out:
	failing_off();
	root_close(p->root);
	whole(p, "/etc/nova/d/new", new_bytes, new_bytes);
	whole(p, "/etc/nova/old", old_bytes, new_bytes);
	whole(p, "/etc/nova/from", old_bytes, old_bytes);
	whole(p, "/etc/nova/to", old_bytes, old_bytes);
	if (access(tree_path(&p->tree, "/etc/nova/from"), F_OK) ==
	    access(tree_path(&p->tree, "/etc/nova/to"), F_OK))
		failing_wrong("half a rename");
	if (access(tree_path(&p->tree, "/etc/nova/old"), F_OK) == -1)
		failing_wrong("a file is lost");
	tree_remove(&p->tree);
	return rc;
}

static void
test_openat2(void **state)
{
	struct ground p = { .walk = 0 };

	(void)state;
	failing_visits(6);
	failing_run("root", run, &p);
	failing_more("root", run, &p, "O_TMPFILE", EOPNOTSUPP);
	failing_more("root", run, &p, "renameat2", EINVAL);
	failing_more("root", run, &p, "renameat2", ENOSYS);
	failing_more("root", run, &p, "syscall", ENOSYS);
}

/* One that is disturbed each time gives up, and says so. */
static int
disturbed(void *cookie)
{
	struct root_file f;
	struct ground *p = cookie;
	int rc;

	failing_on();
	rc = root_stat(p->root, "/", &f);
	failing_off();
	return rc == -1 ? 0 : -1;
}

static void
test_disturbed(void **state)
{
	struct ground p = { .walk = 0 };

	(void)state;
	tree_make(&p.tree);
	assert_non_null(p.root = root_open(p.tree.dir));
	failing_more("root", disturbed, &p, "syscall", EAGAIN);
	root_close(p.root);
	tree_remove(&p.tree);
}

static void
test_walk(void **state)
{
	struct ground p = { .walk = 1 };

	(void)state;
	failing_visits(6);
	failing_run("root, part by part", run, &p);
}

static void
test_tag(void **state)
{
	/* root makes them somebody else's. */
	struct ground p = { .tag = 1, .uid = getuid() == 0 ? 4242 : 0 };

	(void)state;
	failing_visits(6);
	failing_run("root, with a tag", run, &p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_openat2, failing_loud),
		cmocka_unit_test_teardown(test_disturbed, failing_loud),
		cmocka_unit_test_teardown(test_walk, failing_loud),
		cmocka_unit_test_teardown(test_tag, failing_loud),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
