#include "tests/unit/tree.h"

#include <errno.h>
#include <sys/xattr.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"
#include "meanwhile.h"

/* Somebody else changes what a path names, between any two calls: nothing
 * outside is read or written, nobody's file is taken for another, and what
 * appears where something new was to be made stays. */

struct world {
	struct tree tree; /* of it, the folder "node" is the root */
	struct root *root;
	int walk;
	const char *at; /* where the other one acts */
	int (*deed)(struct world *w);
	mode_t type; /* what stands there then */
	int acted;
};

static const char mine[] = "mine", others[] = "other", ours[] = "ours, new",
		  secret[] = "secret";

/* Each file tells in an attribute which it is. */
static void
file(struct world *w, const char *path, const char *text)
{

	tree_file(&w->tree, path, text);
	(void)setxattr(
	    tree_path(&w->tree, path), "user.is", text, strlen(text), 0);
}

static void
prepare(struct world *w)
{

	tree_make(&w->tree);
	file(w, "/node/etc/a", mine);
	file(w, "/other", others);
	file(w, "/out/a", secret);
	file(w, "/out/b", secret);
	assert_non_null(w->root = root_open(tree_path(&w->tree, "/node")));
	w->root->no_openat2 = w->walk;
	w->acted = 0;
}

/* What the other one does. */

static void
clear(struct world *w)
{

	w->acted = 1;
	(void)remove(tree_path(&w->tree, w->at));
}

static void
no_more(void *cookie)
{

	clear(cookie);
}

static void
a_file(void *cookie)
{
	struct world *w = cookie;

	clear(w);
	assert_int_equal(
	    rename(tree_path(&w->tree, "/other"), tree_path(&w->tree, w->at)),
	    0);
}

static void
a_link(void *cookie)
{
	struct world *w = cookie;

	clear(w);
	assert_int_equal(symlink("../../out/a", tree_path(&w->tree, w->at)), 0);
}

static void
a_pipe(void *cookie)
{
	struct world *w = cookie;

	clear(w);
	assert_int_equal(mkfifo(tree_path(&w->tree, w->at), 0644), 0);
}

static void
a_folder(void *cookie)
{
	struct world *w = cookie;

	clear(w);
	assert_int_equal(mkdir(tree_path(&w->tree, w->at), 0755), 0);
}

static void
way_out(void *cookie)
{
	struct world *w = cookie;

	w->acted = 1;
	assert_int_equal(rename(tree_path(&w->tree, "/node/etc"),
			     tree_path(&w->tree, "/node/was")),
	    0);
	tree_link(&w->tree, "/node/etc", "../out");
}

static const struct {
	const char *name;
	void (*act)(void *cookie);
	mode_t type; /* of what stands there then; 0: nothing */
} acts[] = {
	{ "is gone", no_more, 0 },
	{ "is another", a_file, S_IFREG },
	{ "is a link", a_link, S_IFLNK },
	{ "is a pipe", a_pipe, S_IFIFO },
	{ "is a folder", a_folder, S_IFDIR },
	{ "is elsewhere", way_out, 0 },
};

/* Is the file there the one that was to be made? */
static int
is_ours(struct world *w, const char *path)
{
	struct stat st;
	char *text;
	int rc;

	if (lstat(tree_path(&w->tree, path), &st) == -1 || !S_ISREG(st.st_mode))
		return 0;
	assert_non_null(text = tree_text(&w->tree, path));
	rc = strcmp(text, ours) == 0;
	free(text);
	return rc;
}

/* One of these, or nothing, is what was read. */
static void
no_secret(const char *text)
{

	if (*text != '\0' && strcmp(text, mine) != 0 &&
	    strcmp(text, others) != 0)
		fail_msg("\"%s\" was read", text);
}

static int
reads(struct world *w)
{
	struct buf b = BUF_EMPTY;
	int rc, nofollow;

	for (nofollow = 0; nofollow < 2; nofollow++) {
		assert_int_equal(buf_adds(&b, ""), 0);
		rc = nofollow ? root_read_nofollow(w->root, "/etc/a", &b)
			      : root_read(w->root, "/etc/a", &b);
		failing_off();
		no_secret(b.data);
		assert_int_equal(b.len > 0, rc == 1);
		failing_on();
		buf_free(&b);
	}
	return 0;
}

/* What is told belongs together: the attributes are the file's own. */
static int
looks(struct world *w)
{
	struct root_file f;
	size_t i;
	int rc = root_stat(w->root, "/etc/a", &f);

	failing_off();
	if (rc != 1)
		return 0;
	for (i = 0; i < f.meta.nxattrs; i++) {
		no_secret(f.meta.xattrs[i].value);
		assert_int_equal(f.meta.xattrs[i].len, f.size);
	}
	if (f.meta.type == FILE_SYMLINK)
		assert_string_equal(f.meta.target, "../../out/a");
	else
		assert_int_equal(f.is_other,
		    f.meta.nxattrs == 0 && f.meta.type != FILE_DIRECTORY &&
			f.size == 0);
	root_file_free(&f);
	return 0;
}

/* A descriptor is of what was told, or there is none. */
static int
peeks(struct world *w)
{
	struct stat st, is;
	char text[16] = "";
	int fd, rc = root_peek(w->root, "/etc/a", &st, &fd);

	failing_off();
	assert_true(rc == 1 || fd == -1);
	if (fd == -1)
		return 0;
	assert_int_equal(fstat(fd, &is), 0);
	assert_int_equal(is.st_ino, st.st_ino);
	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	no_secret(text);
	close(fd);
	return 0;
}

static int
lists(struct world *w)
{
	struct buf b = BUF_EMPTY;
	char **names;
	size_t n;

	if (root_list(w->root, "/etc", &names, &n) == 1) {
		assert_true(n <= 1);
		root_names_free(names, n);
	}
	/* Where it leads may not be told, and is below the root. */
	if (root_resolve(w->root, "/etc/a", &b) == 1)
		assert_true(strcmp(b.data, "/etc/a") == 0 ||
			    strcmp(b.data, "/was/a") == 0 ||
			    strcmp(b.data, "/out/a") == 0);
	buf_free(&b);
	return 0;
}

static const struct item_file *
meta_of(enum file_type type)
{
	static char target[] = "ours";
	static struct item_file f;

	memset(&f, 0, sizeof(f));
	f.type = type;
	f.mode = type == FILE_DIRECTORY ? 0755 : 0644;
	f.target = type == FILE_SYMLINK ? target : NULL;
	f.uid = getuid();
	f.gid = getgid();
	return &f;
}

static int
replaces(struct world *w)
{
	struct root_file over;
	int rc;

	if (root_stat(w->root, "/etc/a", &over) != 1)
		return 0;
	rc = -1;
	if (!over.is_other && over.meta.type == FILE_REGULAR)
		rc = root_replace(w->root, "/etc/a", &over,
		    meta_of(FILE_REGULAR), ours, sizeof(ours) - 1, 0);
	root_file_free(&over);
	failing_off();
	if (rc != 0 || !w->acted)
		assert_int_equal(is_ours(w, "/node/etc/a"), rc == 0);
	return 0;
}

static int
removes(struct world *w)
{
	struct root_file over;
	int rc;

	if (root_stat(w->root, "/etc/a", &over) != 1)
		return 0;
	rc = root_remove(w->root, "/etc/a", &over);
	root_file_free(&over);
	failing_off();
	if (rc == 0 && !w->acted)
		assert_int_equal(
		    access(tree_path(&w->tree, "/node/etc/a"), F_OK), -1);
	return 0;
}

static int
makes_file(struct world *w)
{

	return root_create(
	    w->root, "/etc/b", meta_of(FILE_REGULAR), ours, sizeof(ours) - 1);
}

static int
makes_folder(struct world *w)
{

	return root_create(w->root, "/etc/b", meta_of(FILE_DIRECTORY), "", 0);
}

static int
makes_link(struct world *w)
{

	return root_create(w->root, "/etc/b", meta_of(FILE_SYMLINK), "", 0);
}

static int
renames(struct world *w)
{

	return root_rename(w->root, "/etc/a", "/etc/b");
}

/* Nothing outside was touched, nothing of ours is left beside. */
static void
whole(struct world *w)
{
	const char *const dirs[] = { "/node/etc", "/node/was" };
	struct dirent *e;
	size_t i;
	DIR *d;

	tree_holds(&w->tree, "/out/a", secret);
	tree_holds(&w->tree, "/out/b", secret);
	assert_int_equal(tree_count(&w->tree, "/out"), 2);
	for (i = 0; i < 2; i++) {
		if ((d = opendir(tree_path(&w->tree, dirs[i]))) == NULL)
			continue;
		while ((e = readdir(d)) != NULL)
			assert_true(strncmp(e->d_name, ROOT_TEMP,
					strlen(ROOT_TEMP)) != 0);
		closedir(d);
	}
}

static int
run(void *cookie)
{
	struct world *w = cookie;

	prepare(w);
	failing_on();
	(void)w->deed(w);
	failing_off();
	whole(w);
	root_close(w->root);
	tree_remove(&w->tree);
	return 0;
}

static void
all_acts(int (*deed)(struct world *w), failing_scenario *scenario,
    const char *name, const char *at, size_t from)
{
	struct world w = { .at = at, .deed = deed };
	char text[64];
	size_t i;

	/* Valgrind has no openat2: one way is like the other. */
	for (w.walk = getenv("NOVARK_SLOW") != NULL; w.walk < 2; w.walk++)
		for (i = from; i < sizeof(acts) / sizeof(acts[0]); i++) {
			w.type = acts[i].type;
			snprintf(text, sizeof(text), "%s, what it was %s", name,
			    acts[i].name);
			meanwhile_run(text, scenario, &w, acts[i].act);
		}
}

static void
test_looks(void **state)
{

	(void)state;
	all_acts(reads, run, "read", "/node/etc/a", 0);
	all_acts(looks, run, "look", "/node/etc/a", 0);
	all_acts(peeks, run, "peek", "/node/etc/a", 0);
	all_acts(lists, run, "list", "/node/etc/a", 0);
}

static void
test_writes(void **state)
{

	(void)state;
	all_acts(replaces, run, "replace", "/node/etc/a", 0);
	all_acts(removes, run, "remove", "/node/etc/a", 0);
}

/* What the other one put there is there at the end, if it came first. */
static int
run_new(void *cookie)
{
	struct world *w = cookie;
	struct stat st;
	int rc;

	prepare(w);
	failing_on();
	rc = w->deed(w);
	failing_off();
	whole(w);
	if (rc == 1) {
		assert_true(w->acted);
		assert_int_equal(
		    lstat(tree_path(&w->tree, "/node/etc/b"), &st), 0);
		assert_int_equal(st.st_mode & S_IFMT, w->type);
		if (w->type == S_IFREG)
			tree_holds(&w->tree, "/node/etc/b", others);
		/* What was to be renamed is where it was. */
		tree_holds(&w->tree, "/node/etc/a", mine);
	}
	root_close(w->root);
	tree_remove(&w->tree);
	return 0;
}

static void
test_makes(void **state)
{

	(void)state;
	all_acts(makes_file, run_new, "make file", "/node/etc/b", 1);
	all_acts(makes_folder, run_new, "make folder", "/node/etc/b", 1);
	all_acts(makes_link, run_new, "make link", "/node/etc/b", 1);
	all_acts(renames, run_new, "rename", "/node/etc/b", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_looks, meanwhile_loud),
		cmocka_unit_test_teardown(test_writes, meanwhile_loud),
		cmocka_unit_test_teardown(test_makes, meanwhile_loud),
	};

	return cmocka_run_group_tests_name("failing swap", tests, NULL, NULL);
}
