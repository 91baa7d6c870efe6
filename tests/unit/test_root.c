#include "tests/unit/rooted.h"

#include "archive/limits.h"
#include "tests/unit/said.h"

static void
test_open(void **state)
{
	struct rooted *f = *state;

	assert_string_equal(root_dir(f->root), f->tree.dir);
	tree_file(&f->tree, "/file", "x");
	assert_null(root_open(tree_path(&f->tree, "/file")));
	said_one("/file");
	assert_null(root_open(tree_path(&f->tree, "/none")));
	said_one("/none");
	root_close(NULL);
}

static void
test_read(void **state)
{
	struct rooted *f = *state;
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
	said_nothing();
	buf_free(&b);
}

static void
test_read_links(void **state)
{
	struct rooted *f = *state;
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
	said_nothing();
	assert_int_equal(root_read(f->root, "/srv/loop", &b), -1);
	said_one("/srv/loop");
	assert_int_equal(root_read(f->root, "/srv/real", &b), -1);
	said_one("/srv/real");
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

static void
test_read_special(void **state)
{
	struct rooted *f = *state;
	struct buf b = BUF_EMPTY;

	/* Would wait for ever, were it opened. */
	assert_int_equal(mkfifo(tree_path(&f->tree, "/fifo"), 0600), 0);
	assert_int_equal(root_read(f->root, "/fifo", &b), -1);
	said_one("/fifo");
	assert_int_equal(root_read_nofollow(f->root, "/fifo", &b), -1);
	said_one("/fifo");
	buf_free(&b);
}

static void
test_read_limit(void **state)
{
	struct rooted *f = *state;
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
	said_one("/big");
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

static void
test_stat(void **state)
{
	struct rooted *f = *state;
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
	said_nothing();
}

/* Names come from the root's own accounts, when it has some. */
static void
test_names(void **state)
{
	struct rooted *f = *state;
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
	struct rooted *f = *state;
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
	said_nothing();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTED_BOTH(test_open),
		ROOTED_BOTH(test_read),
		ROOTED_BOTH(test_read_links),
		ROOTED_BOTH(test_read_special),
		ROOTED_BOTH(test_read_limit),
		ROOTED_BOTH(test_stat),
		ROOTED_BOTH(test_names),
		ROOTED_BOTH(test_list),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
