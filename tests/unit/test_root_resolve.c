#include "tests/unit/tree.h"

#include "archive/node/root_internal.h"
#include "archive/warn.h"
#include "tests/unit/nobody.h"

/* Where a path leads, as text: with openat2, and without it. */

static void
make(const struct tree *t)
{

	tree_file(t, "/real/sub/file", "x");
	tree_file(t, "/shut/y", "y");
	tree_link(t, "/link", "real");
	tree_link(t, "/abs", "/real/sub");
	tree_link(t, "/far", "link/../abs/../sub/file");
	tree_link(t, "/out", "../../../../../../real");
	tree_link(t, "/dangling", "none");
	tree_link(t, "/deep", "/real/none/file");
	tree_link(t, "/loop", "loop");
	assert_int_equal(chmod(tree_path(t, "/shut"), 0700), 0);
}

/* What it becomes; NULL: it cannot be told. */
static const struct {
	const char *path, *becomes;
} ways[] = {
	{ "/", "/" },
	{ "", "/" },
	{ "/real/sub", "/real/sub" },
	{ "/link/sub/file", "/real/sub/file" },
	{ "/abs/file", "/real/sub/file" },
	{ "/far", "/real/sub/file" },
	{ "/out/sub", "/real/sub" },
	/* What is not there stays as it was asked for. */
	{ "/none", "/none" },
	{ "/none/of/this", "/none/of/this" },
	{ "/abs/new/x", "/real/sub/new/x" },
	{ "/link/new", "/real/new" },
	{ "/abs/file/x", "/real/sub/file/x" },
	{ "/dangling", NULL },
	{ "/dangling/x", NULL },
	{ "/deep", NULL },
	{ "/loop", NULL },
	{ "/loop/x/y", NULL },
	/* Paths of a node start with a slash. */
	{ "none", NULL },
};

static void
resolves(struct root *r, const char *path, const char *becomes)
{
	struct buf b = BUF_EMPTY;
	int rc;

	assert_int_equal(buf_adds(&b, "> "), 0);
	rc = root_resolve(r, path, &b);
	if (rc != (becomes != NULL) ||
	    strcmp(b.data + 2, rc == 1 ? becomes : "") != 0)
		fail_msg("%s: %d, %s", path, rc, b.data);
	buf_free(&b);
}

static void
test_ways(void **state)
{
	struct root *r;
	struct tree t;
	size_t i, said;
	int walk;

	(void)state;
	tree_make(&t);
	make(&t);
	for (walk = 0; walk < 2; walk++) {
		assert_non_null(r = root_open(t.dir));
		r->no_openat2 = walk;
		for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
			resolves(r, ways[i].path, ways[i].becomes);
		root_close(r);
	}
	(void)warn_said(&said);
	assert_int_equal(said, 0);
	tree_remove(&t);
}

/* The machine's own root is in front of nothing. */
static void
test_machine(void **state)
{
	struct root *r;

	(void)state;
	assert_non_null(r = root_open(NULL));
	resolves(r, "/", "/");
	resolves(r, "/proc/self/../version", "/proc/version");
	resolves(r, "/proc/none/x", "/proc/none/x");
	root_close(r);
}

static int
look_shut(void *cookie)
{
	struct buf b = BUF_EMPTY;
	int rc = root_resolve(cookie, "/shut/y", &b);

	buf_free(&b);
	return rc;
}

/* What may not be looked at is not taken for what is not there. */
static void
test_shut(void **state)
{
	struct root *r;
	struct tree t;

	(void)state;
	if (geteuid() != 0)
		skip();
	tree_make(&t);
	make(&t);
	assert_int_equal(chmod(t.dir, 0755), 0);
	assert_non_null(r = root_open(t.dir));
	assert_int_equal(look_shut(r), 1);
	assert_int_equal(as_nobody(look_shut, r), 0);
	root_close(r);
	tree_remove(&t);
}

/* Names go by where the root is now, not by what it was called. */
static void
test_moved(void **state)
{
	struct tree t, moved;
	struct root *r;

	(void)state;
	tree_make(&t);
	make(&t);
	assert_non_null(r = root_open(t.dir));
	snprintf(moved.dir, sizeof(moved.dir), "%.500s-moved", t.dir);
	assert_int_equal(rename(t.dir, moved.dir), 0);
	resolves(r, "/abs/file", "/real/sub/file");
	resolves(r, "/", "/");
	tree_remove(&moved);
	/* And when it is gone. */
	resolves(r, "/", "/");
	root_close(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_machine),
		cmocka_unit_test(test_shut),
		cmocka_unit_test(test_moved),
	};

	return cmocka_run_group_tests_name("root resolve", tests, NULL, NULL);
}
