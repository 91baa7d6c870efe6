#include "tests/unit/keys.h"
#include "tests/unit/tree.h"

#include <errno.h>
#include <sys/wait.h>

#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"

/* A node in "node", keys and bundle beside it. */
struct fixture {
	struct tree tree, node;
	char key[600], pub[600], out[600];
	struct snapshot_options opt;
	struct snapshot_result result;
	struct bundle *bundle;
	const struct manifest *m;
	const char *only[4], *leave[4];
};

static int
setup(void **state)
{
	struct fixture *f;
	char name[560];

	assert_non_null(f = calloc(1, sizeof(*f)));
	tree_make(&f->tree);
	snprintf(f->node.dir, sizeof(f->node.dir), "%.400s/node", f->tree.dir);
	assert_int_equal(mkdir(f->node.dir, 0755), 0);
	snprintf(name, sizeof(name), "%s/k", f->tree.dir);
	assert_int_equal(keys_make(name), 0);
	snprintf(f->key, sizeof(f->key), "%s.key", name);
	snprintf(f->pub, sizeof(f->pub), "%s.pub", name);
	snprintf(f->out, sizeof(f->out), "%s/b", f->tree.dir);
	f->opt.output = f->out;
	f->opt.key = f->key;
	f->opt.root = f->node.dir;
	f->opt.no_libvirt = f->opt.no_database = 1;
	f->opt.only = f->only;
	f->opt.except = f->leave;
	warn_forget();
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	bundle_close(f->bundle);
	snapshot_result_free(&f->result);
	tree_remove(&f->tree);
	free(f);
	warn_forget();
	return 0;
}

static enum outcome
take(struct fixture *f)
{

	bundle_close(f->bundle);
	f->bundle = NULL;
	f->m = NULL;
	snapshot_result_free(&f->result);
	return snapshot_take(&f->opt, &f->result);
}

/* Take it and open what was made. */
static void
take_and_open(struct fixture *f)
{

	f->opt.force = 1;
	assert_int_equal(take(f), OUTCOME_DONE);
	assert_int_equal(
	    bundle_open(
		f->out, &(struct bundle_keys){ .trust = f->pub }, &f->bundle),
	    OUTCOME_DONE);
	f->m = bundle_manifest(f->bundle);
	assert_int_equal(bundle_check(f->bundle), OUTCOME_DONE);
}

static const struct item_file *
file(const struct fixture *f, const char *name)
{
	const struct item *item = manifest_find(f->m, name);

	if (item == NULL)
		fail_msg("%s is not in the bundle", name);
	assert_non_null(item->file);
	return item->file;
}

static void
holds(struct fixture *f, const char *name, const char *text)
{
	struct buf b = BUF_EMPTY;

	assert_int_equal(bundle_load(f->bundle, name, &b), OUTCOME_DONE);
	assert_int_equal(b.len, strlen(text));
	if (b.len > 0)
		assert_memory_equal(b.data, text, b.len);
	buf_free(&b);
}

/* Is there a warning with that text about that item (NULL: of the whole)? */
static int
warned(const struct fixture *f, const char *item, const char *text)
{
	const struct manifest_warning *w;
	size_t i;

	for (i = 0; i < f->m->nwarnings; i++) {
		w = &f->m->warnings[i];
		if (strstr(w->text, text) != NULL &&
		    (item == NULL || w->item == NULL
			    ? item == w->item
			    : strcmp(item, w->item) == 0))
			return 1;
	}
	return 0;
}

static void
test_node(void **state)
{
	struct fixture *f = *state;
	char target[] = "nova.conf";

	tree_file(&f->node, "/etc/nova/nova.conf",
	    "--host=c1\n--my_ip=10.2.116.14\n--sql_connection=mysql://a/b\n");
	assert_int_equal(
	    chmod(tree_path(&f->node, "/etc/nova/nova.conf"), 0640), 0);
	assert_int_equal(chmod(tree_path(&f->node, "/etc/nova"), 0750), 0);
	tree_link(&f->node, "/etc/nova/link", target);
	tree_file(&f->node, "/etc/nova/empty", "");
	tree_bytes(&f->node, "/etc/nova/bin", "a\0b", 3);
	tree_file(&f->node, "/var/lib/nova/instances/i-1/libvirt.xml",
	    "<domain><x a='10.2.116.14'/></domain>");
	take_and_open(f);

	assert_string_equal(f->m->host, "c1");
	assert_string_equal(f->m->instances_path, "/var/lib/nova/instances");
	assert_string_equal(f->m->libvirt_uri, "qemu:///system");
	/* What the operator left out is told, and there is nothing else. */
	assert_true(warned(f, NULL, "left out by the operator: --no-libvirt"));
	assert_true(warned(f, NULL, "left out by the operator: --no-database"));
	assert_int_equal(f->m->nwarnings, 2);
	assert_int_equal(f->m->nown, 1);
	assert_string_equal(f->m->own[0].where, "nova.conf my_ip");
	assert_int_equal(f->result.items[ITEM_FILE], f->m->nitems);
	assert_int_equal(f->m->nitems, 12);
	assert_string_equal(f->result.id, f->m->id);
	assert_non_null(f->result.signer);
	assert_true(f->result.size > 0);

	assert_int_equal(file(f, "file:/etc")->type, FILE_DIRECTORY);
	assert_int_equal(file(f, "file:/etc/nova")->mode, 0750);
	assert_string_equal(file(f, "file:/etc/nova")->set, "nova");
	assert_int_equal(file(f, "file:/etc/nova/nova.conf")->mode, 0640);
	assert_int_equal(file(f, "file:/etc/nova/nova.conf")->uid, getuid());
	assert_int_equal(
	    file(f, "file:/etc/nova/nova.conf")->format, PLACE_FLAGS);
	assert_int_equal(file(f, "file:/etc/nova/bin")->format, PLACE_OPAQUE);
	assert_int_equal(file(f, "file:/etc/nova/link")->type, FILE_SYMLINK);
	assert_string_equal(
	    file(f, "file:/etc/nova/link")->target, "nova.conf");
	assert_int_equal(
	    file(f, "file:/var/lib/nova/instances/i-1/libvirt.xml")->format,
	    PLACE_XML);
	holds(f, "file:/etc/nova/nova.conf",
	    "--host=c1\n--my_ip=10.2.116.14\n--sql_connection=mysql://a/b\n");
	holds(f, "file:/etc/nova/empty", "");
	assert_int_equal(f->m->nindex, 2);
}

static void
test_warnings(void **state)
{
	struct fixture *f = *state;
	char target[2000];

	tree_file(&f->node, "/etc/hosts", "x");
	assert_int_equal(mkdir(tree_path(&f->node, "/etc/nova"), 0755), 0);
	assert_int_equal(mkfifo(tree_path(&f->node, "/etc/nova/p"), 0600), 0);
	tree_file(&f->node, "/etc/nova/a\nb", "x");
	tree_file(&f->node, "/var/lib/nova/instances/i/libvirt.xml", "<a>");
	memset(target, 'x', sizeof(target) - 1);
	target[sizeof(target) - 1] = '\0';
	tree_link(&f->node, "/etc/nova/long", target);
	tree_link(&f->node, "/etc/nova/control", "a\nb");
	take_and_open(f);
	assert_true(warned(f, NULL, "/etc/nova/long is left out"));
	assert_true(warned(f, NULL, "/etc/nova/control is left out"));
	assert_true(warned(f, NULL, "no /etc/nova/nova.conf"));
	assert_true(warned(f, NULL, "/etc/nova/p is left out"));
	assert_true(warned(f, NULL, "/etc/nova/a"));
	assert_true(
	    warned(f, "file:/var/lib/nova/instances/i/libvirt.xml", "no XML"));
	assert_true(warned(f, NULL, "none is known (--address"));
	assert_int_equal(f->m->nwarnings, 9);
	assert_int_equal(f->result.nwarnings, 9);
	assert_int_equal(
	    file(f, "file:/var/lib/nova/instances/i/libvirt.xml")->format,
	    PLACE_TEXT);
	assert_null(manifest_find(f->m, "file:/etc/nova/p"));
}

/* Below another root only what the configuration says, each address once. */
static void
test_own(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->node, "/etc/nova/nova.conf",
	    "[DEFAULT]\nmy_ip = 10.2.116.14\nrouting_source_ip = $my_ip\n"
	    "my_block_storage_ip = 10.3.0.1\niscsi_ip_address = a.name\n"
	    "[vnc]\nserver_proxyclient_address = 127.0.0.1\n"
	    "[spice]\nserver_proxyclient_address = 169.254.1.1\n"
	    "[libvirt]\nlive_migration_inbound_addr = fe80::1\n");
	take_and_open(f);
	assert_int_equal(f->m->nown, 2);
	assert_string_equal(f->m->own[0].where, "nova.conf my_ip");
	assert_string_equal(
	    f->m->own[1].where, "nova.conf my_block_storage_ip");
	assert_int_equal(f->m->own[0].prefix, -1);
}

static void
test_no_database(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->node, "/etc/nova/nova.conf", "--host=c1\n");
	f->opt.no_database = 0;
	take_and_open(f);
	assert_true(warned(f, NULL, "names no database"));
	assert_true(warned(f, NULL, "--no-libvirt"));
	assert_true(warned(f, NULL, "none is known (--address"));
	assert_int_equal(f->m->nwarnings, 3);
}

/* A file that nobody can parse stops it, unless it is left out by its name. */
static void
test_unparsable(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->node, "/etc/nova/nova.conf", "--host=c1\n");
	tree_file(&f->node, "/etc/cinder/cinder.conf", "[DEFAULT]\nbroken\n");
	assert_int_equal(take(f), OUTCOME_FAILED);
	f->leave[0] = "file:/etc/cinder/c*";
	assert_int_equal(take(f), OUTCOME_FAILED);
	f->leave[0] = "file:/etc/cinder/cinder.conf";
	take_and_open(f);
	assert_string_equal(f->m->host, "c1");
	assert_null(manifest_find(f->m, "file:/etc/cinder/cinder.conf"));
	assert_true(warned(f, NULL, "--not 'file:/etc/cinder/cinder.conf'"));
}

static void
test_choice(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->node, "/etc/nova/nova.conf",
	    "--host=c1\n--sql_connection=mysql://a/b\n");
	tree_file(&f->node, "/etc/nova/sub/a", "x");
	tree_file(&f->node, "/etc/nova/other", "x");
	f->leave[0] = "file:/etc/nova/sub";
	f->leave[1] = "file:*/other";
	take_and_open(f);
	assert_int_equal(f->m->nitems, 3);
	assert_non_null(manifest_find(f->m, "file:/etc/nova/nova.conf"));
	f->leave[0] = NULL;
	f->only[0] = "file:/etc/nova/s*";
	take_and_open(f);
	assert_int_equal(f->m->nitems, 2);
	assert_non_null(manifest_find(f->m, "file:/etc/nova/sub/a"));
	f->only[0] = "domain:*";
	take_and_open(f);
	assert_int_equal(f->m->nitems, 0);
	f->only[0] = "*conf";
	take_and_open(f);
	assert_int_equal(f->m->nitems, 1);
	f->only[0] = NULL;
	f->opt.no_files = 1;
	take_and_open(f);
	assert_int_equal(f->m->nitems, 0);
}

/* What stops it: said with the item and the way out, and no bundle is left. */
static void
stops(struct fixture *f, const char *first, const char *second)
{
	const char *const *said;
	size_t n;

	warn_forget();
	f->opt.force = 0;
	unlink(f->out);
	assert_int_equal(take(f), OUTCOME_FAILED);
	said = warn_said(&n);
	assert_int_equal(n, second == NULL ? 1 : 2);
	if (strstr(said[0], first) == NULL)
		fail_msg("%s", said[0]);
	if (second != NULL && strstr(said[1], second) == NULL)
		fail_msg("%s", said[1]);
	assert_int_equal(access(f->out, F_OK), -1);
	assert_int_equal(tree_count(&f->tree, "/"), 3); /* node, two keys */
	warn_forget();
}

static void
test_stops(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->node, "/etc/nova/nova.conf", "--host=c1\n");
	tree_file(&f->node, "/etc/nova/big", "x");
	assert_int_equal(
	    truncate(tree_path(&f->node, "/etc/nova/big"), 65 << 20), 0);
	stops(f, "/etc/nova/big is larger",
	    "--not 'file:/etc/nova/big' leaves it out");
	f->leave[0] = "file:/etc/nova/big";
	assert_int_equal(take(f), OUTCOME_DONE);
	f->leave[0] = NULL;
	assert_int_equal(unlink(tree_path(&f->node, "/etc/nova/big")), 0);

	tree_file(&f->node, "/etc/cinder/cinder.conf", "[a\n");
	stops(f, "/etc/cinder/cinder.conf:1", NULL);
	assert_int_equal(
	    unlink(tree_path(&f->node, "/etc/cinder/cinder.conf")), 0);

	f->opt.root = "/nonexistent/root";
	stops(f, "/nonexistent/root", NULL);
	f->opt.root = f->node.dir;
	f->opt.key = "/nonexistent/key";
	stops(f, "/nonexistent/key", NULL);
}

/* Run as somebody who may not read it (only root can become that); the lines
 * said, one after the other. */
static void
refused(struct fixture *f, const char *first, const char *second)
{
	const char *const *said;
	int status;
	size_t n;
	pid_t pid;

	fflush(NULL);
	assert_true((pid = fork()) != -1);
	if (pid == 0) {
		warn_forget();
		if (getuid() == 0 &&
		    (chmod(f->tree.dir, 0777) || chown(f->key, 65534, 65534) ||
			setgid(65534) || setuid(65534)))
			_exit(99);
		if (take(f) != OUTCOME_FAILED)
			_exit(98);
		said = warn_said(&n);
		_exit(n == 2 && strstr(said[0], first) != NULL &&
			      strcmp(said[1], second) == 0
			  ? 0
			  : 97);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(access(f->out, F_OK), -1);
	if (getuid() == 0)
		assert_int_equal(chown(f->key, 0, 0), 0);
}

static void
test_unreadable(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->node, "/etc/nova/secret", "x");
	assert_int_equal(chmod(tree_path(&f->node, "/etc/nova/secret"), 0), 0);
	refused(f, "/etc/nova/secret cannot be read",
	    "--not 'file:/etc/nova/secret' leaves it out");
	tree_file(&f->node, "/etc/cinder/sub/a", "x");
	assert_int_equal(chmod(tree_path(&f->node, "/etc/cinder/sub"), 0), 0);
	refused(f, "/etc/cinder/sub cannot be listed",
	    "--not 'file:/etc/cinder/sub' leaves out all that is in it");
	assert_int_equal(
	    chmod(tree_path(&f->node, "/etc/cinder/sub"), 0755), 0);
}

static void
test_twice(void **state)
{
	struct fixture *f = *state;
	const char *const *said;
	size_t n;

	tree_file(&f->node, "/etc/nova/nova.conf", "--host=c1\n");
	assert_int_equal(take(f), OUTCOME_DONE);
	assert_int_equal(take(f), OUTCOME_FAILED);
	said = warn_said(&n);
	assert_int_equal(n, 1);
	assert_non_null(strstr(said[0], f->out));
	f->opt.force = 1;
	assert_int_equal(take(f), OUTCOME_DONE);
}

/* More than this would be a file that never ends; all of it is captured. */
static void
test_many(void **state)
{
	struct fixture *f = *state;
	char path[128];
	int i;

	for (i = 0; i < 500; i++) {
		snprintf(path, sizeof(path),
		    "/var/lib/nova/instances/instance-%08x/libvirt.xml", i);
		tree_file(&f->node, path, "<domain/>");
	}
	take_and_open(f);
	assert_int_equal(f->m->nitems, 4 + 2 * 500);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_node),
		TEST(test_warnings),
		TEST(test_own),
		TEST(test_no_database),
		TEST(test_unparsable),
		TEST(test_choice),
		TEST(test_stops),
		TEST(test_unreadable),
		TEST(test_twice),
		TEST(test_many),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
