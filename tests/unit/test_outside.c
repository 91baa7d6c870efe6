/* Files outside the file set: found by the sweep of a snapshot, held by a
 * restore, shown by the leftover scan. */
#include "tests/unit/two_nodes.h"

#include "archive/node/fileset_outside.h"
#include "restore/journal/step.h"

#define INSTANCES "/var/lib/nova/instances"

static int
setup(void **state)
{
	struct fixture *f = fixture_make(state, "10.2.116.14=10.2.15.3");

	f->snap.except = f->leave;
	f->opt.except = NULL;
	tree_file(&f->here, "/etc/nova/nova.conf", "--my_ip=10.2.116.14\n");
	return 0;
}

static void
take(struct fixture *f)
{

	bundle_close(f->b);
	snapshot(f);
	assert_int_equal(bundle_open(f->bundle,
			     &(struct bundle_keys){ .trust = f->pub }, &f->b),
	    OUTCOME_DONE);
	assert_int_equal(bundle_check(f->b), OUTCOME_DONE);
	f->m = bundle_manifest(f->b);
}

/* All records of a plan, then of the leftover scan, a record a line. */
static void
look(struct fixture *f, const char *want)
{
	const struct plan_record *rec;
	size_t at = 0;

	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	assert_int_equal(leftover_files(&f->r), 0);
	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1)
		if (strstr(rec->item, "nova.conf") == NULL)
			at +=
			    (size_t)snprintf(f->said + at, sizeof(f->said) - at,
				"%s %s%s%s =%s\n", plan_word(rec->type),
				rec->item, rec->place != NULL ? " " : "",
				rec->place != NULL ? rec->place : "",
				rec->name != NULL ? rec->name : "");
	assert_string_equal(f->said, want);
}

/* What is found, and what is passed by: by the table, by size, by kind. */
static const struct {
	const char *path, *text;
	int found;
} files[] = {
	{ "/etc/exim4/local_host_whitelist", "10.2.116.14\n", 1 },
	{ "/etc/backup.d/deep/er/a.conf", "x = http://10.2.116.14/\n", 1 },
	{ "/etc/other", "10.2.116.140\n", 0 },
	{ "/etc/base64", "a\nMTAuMi4xMTYuMTQ=\n", 1 },
	{ "/etc/my.key", "10.2.116.14\n", 0 },
	{ "/etc/pem", "-----BEGIN PRIVATE KEY-----\n10.2.116.14\n", 0 },
	{ "/etc/shadow", "10.2.116.14\n", 0 },
	{ "/etc/ssl/certs/ca.pem", "10.2.116.14\n", 0 },
	{ "/etc/libvirt/qemu/i.xml", "<a b='10.2.116.14'/>\n", 0 },
	{ "/etc/.git/config", "10.2.116.14\n", 0 },
	{ "/etc/.novark-1.tmp", "10.2.116.14\n", 0 },
	{ "/var/lib/other", "10.2.116.14\n", 0 },
	{ INSTANCES "/i/console.log", "10.2.116.14\n", 0 },
	{ INSTANCES "/i/disk", "10.2.116.14\n", 0 },
	{ INSTANCES "/_base/x", "10.2.116.14\n", 0 },
	{ INSTANCES "/compute_nodes", "{\"a\": \"10.2.116.14\"}", 1 },
	{ INSTANCES "/i/libvirt.xml.old", "<a b='10.2.116.14'/>", 1 },
	{ INSTANCES "/i_resize/note", "10.2.116.14\n", 1 },
};

static void
test_found(void **state)
{
	struct fixture *f = *state;
	const struct item *item;
	struct buf big = BUF_EMPTY;
	char name[128];
	size_t i, n;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		tree_file(&f->here, files[i].path, files[i].text);
	tree_bytes(&f->here, "/etc/bin", "\0 10.2.116.14\n", 14);
	tree_link(&f->here, "/etc/link", "exim4/local_host_whitelist");
	while (big.len <= (4u << 20))
		assert_int_equal(buf_adds(&big, "10.2.116.14 and more\n"), 0);
	tree_bytes(&f->here, "/etc/big", big.data, big.len);
	buf_free(&big);
	take(f);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(name, sizeof(name), "file:%s", files[i].path);
		item = manifest_find(f->m, name);
		if ((item != NULL) != files[i].found)
			fail_msg("%s: found %d", name, item != NULL);
		if (item != NULL)
			assert_string_equal(item->file->set, FILESET_OUTSIDE);
	}
	assert_null(manifest_find(f->m, "file:/etc/bin"));
	assert_null(manifest_find(f->m, "file:/etc/big"));
	for (i = n = 0; i < f->m->nwarnings; i++)
		n += strstr(f->m->warnings[i].text,
			 "/etc/big is larger than 4 MiB: not searched") != NULL;
	assert_int_equal(n, 1);
	assert_null(manifest_find(f->m, "file:/etc/link"));
	assert_int_equal(f->m->sweep.done, 1);
	assert_int_equal(f->m->sweep.found_files, 6);
	assert_true(f->m->sweep.files >= 6);
	f->snap.no_sweep = 1;
	take(f);
	assert_null(
	    manifest_find(f->m, "file:/etc/exim4/local_host_whitelist"));
	assert_int_equal(f->m->sweep.done, 0);
	f->snap.no_sweep = 0;
	f->leave[0] = "file:/etc/exim4";
	take(f);
	assert_null(
	    manifest_find(f->m, "file:/etc/exim4/local_host_whitelist"));
	assert_int_equal(f->m->sweep.found_files, 5);
}

/* Held: not changed, not made; both with --also. */
static void
test_held(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->here, "/etc/a", "10.2.116.14\n");
	tree_file(&f->here, "/etc/b", "10.2.116.14\n");
	take(f);
	tree_file(&f->there, "/etc/a", "10.2.116.14\n");
	tree_file(&f->there, "/etc/c", "10.2.116.14\n");
	tree_file(&f->there, "/etc/nova/nova.conf", "--my_ip=10.2.15.3\n");
	look(f, "held file:/etc/a line 1 =outside\n"
		"held file:/etc/b =outside\n"
		"held file:/etc/c line 1 =outside\n");
	f->also[0] = "file:/etc/[ab]";
	look(f, "change file:/etc/a =\n"
		"create file:/etc/b =\n"
		"leftover file:/etc/a line 1 =leftover\n"
		"held file:/etc/c line 1 =outside\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/a", "10.2.15.3\n");
	tree_holds(&f->there, "/etc/b", "10.2.15.3\n");
	tree_holds(&f->there, "/etc/c", "10.2.116.14\n");
	look(f, "held file:/etc/c line 1 =outside\n");
}

/* Base64 is told, never changed: not with --also either. */
static void
test_inner(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->here, "/etc/nova/user", "MTAuMi4xMTYuMTQ=\n");
	take(f);
	tree_file(&f->there, "/etc/nova/nova.conf", "--my_ip=10.2.15.3\n");
	tree_file(&f->there, "/etc/nova/user", "MTAuMi4xMTYuMTQ=\n");
	f->also[0] = "*";
	look(f, "held file:/etc/nova/user line 1 (base64) =inner\n");
}

/* An image: the address anywhere in it, also where two reads meet. */
static void
test_image(void **state)
{
	static const size_t at[] = { 0, 1, 262000, 262080, 262137, 262143,
		262144, 262145, 524280, 600000 - 11 };
	static const char text[] = "10.2.116.14";
	struct fixture *f = *state;
	char *bytes;
	size_t i, k, n;

	tree_file(&f->there, "/etc/nova/nova.conf", "--my_ip=10.2.15.3\n");
	assert_non_null(bytes = calloc(1, 600000));
	for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		memset(bytes, 0, 600000);
		memcpy(bytes + at[i], text, strlen(text));
		tree_bytes(&f->here, INSTANCES "/i/disk.config", bytes, 600000);
		tree_bytes(
		    &f->there, INSTANCES "/i/disk.config", bytes, 600000);
		take(f);
		assert_null(
		    manifest_find(f->m, "file:" INSTANCES "/i/disk.config"));
		for (k = n = 0; k < f->m->nwarnings; k++)
			n += strstr(f->m->warnings[k].text,
				 "disk.config: an image that holds") != NULL;
		assert_int_equal(n, 1);
		look(f, "held file:" INSTANCES "/i/disk.config =image\n");
		if (at[i] + strlen(text) == 600000)
			continue;
		/* Another number: where it ends decides. */
		bytes[at[i] + strlen(text)] = '0';
		tree_bytes(
		    &f->there, INSTANCES "/i/disk.config", bytes, 600000);
		look(f, "");
	}
	free(bytes);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_found),
		TEST(test_held),
		TEST(test_inner),
		TEST(test_image),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
