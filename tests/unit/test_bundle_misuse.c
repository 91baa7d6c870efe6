#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_new.h"
#include "archive/keys/sign.h"
#include "archive/limits.h"
#include "certs.h"
#include "sample.h"

/* A bundle that cannot be finished, or not with what is put into it: said once,
 * and no file has its name. */

static int
setup(void **state)
{
	char *id;

	if (folder_setup(state) == -1 || sign_keygen("k", &id) == -1)
		return -1;
	free(id);
	certs_make("alice", "P-256", 1);
	return 0;
}

static struct bundle_new *
begin(void)
{
	struct bundle_new *n;

	assert_int_equal(bundle_create("b", "k.key", 0, &n), OUTCOME_DONE);
	sample_node(bundle_new_manifest(n));
	return n;
}

static void
finish(struct bundle_new *n)
{
	char *signer;

	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	assert_non_null(signer);
	free(signer);
	assert_int_equal(unlink("b"), 0);
}

static void
no_finish(struct bundle_new *n, const char *text)
{
	int saved = hush();
	enum outcome rc;
	char *signer;

	rc = bundle_commit(n, &signer);
	unhush(saved);
	assert_int_equal(rc, OUTCOME_FAILED);
	assert_null(signer);
	assert_said(text);
	assert_int_equal(access("b", F_OK), -1);
}

/* What is ended is what was begun. */
static void
test_ends(void **state)
{
	struct bundle_new *n;
	struct item *item = sample_item(&samples[11]),
		    *other = sample_item(&samples[12]);
	int saved, rc, begun;

	(void)state;
	for (begun = 0; begun < 2; begun++) {
		n = begin();
		if (begun)
			assert_int_equal(bundle_begin(n, item), 0);
		saved = hush();
		rc = bundle_end(n, other);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_said("table:nova.none is ended, but was not begun");
		/* Whatever was begun is lost: nothing makes up for it. */
		saved = hush();
		rc = bundle_put(n, other, "", 0);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_said("nothing more can be put into it after a failure");
		no_finish(n, "cannot finish b: an item is incomplete");
	}
	item_free(item);
	item_free(other);
}

/* A table that is larger than a file may be here: 0, or -1 when a write went
 * wrong.  Bytes that do not shrink. */
static int
write_much(struct bundle_new *n)
{
	uint64_t r = 1;
	char chunk[65536];
	size_t i, k;

	for (i = 0; i < 64; i++) {
		for (k = 0; k < sizeof(chunk); k += sizeof(r)) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			memcpy(chunk + k, &r, sizeof(r));
		}
		if (bundle_write(n, chunk, sizeof(chunk)) == -1)
			return -1;
	}
	return 0;
}

/* Behind a write that failed nothing more is taken, and nothing more is said of
 * what was begun. */
static void
test_failed_write(void **state)
{
	static const char *const to[] = { "alice.pem", NULL };
	const size_t before = folder_count(".");
	struct rlimit was, less;
	struct item *item, *other;
	struct bundle_new *n;
	int saved, rc, sealed;
	size_t said;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	less = was;
	less.rlim_cur = 256 << 10;
	for (sealed = 0; sealed < 2; sealed++) {
		n = begin();
		if (sealed)
			assert_int_equal(bundle_encrypt(n, to), 0);
		item = sample_item(&samples[11]);
		other = sample_item(&samples[12]);
		assert_int_equal(bundle_begin(n, item), 0);
		saved = hush();
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
		rc = write_much(n);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_said("cannot write b: ");
		saved = hush();
		assert_int_equal(bundle_write(n, "x", 1), -1);
		assert_int_equal(bundle_end(n, item), -1);
		unhush(saved);
		warn_said(&said);
		assert_int_equal(said, 0);
		saved = hush();
		rc = bundle_begin(n, other);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_said("nothing more can be put into it");
		item_free(item);
		item_free(other);
		no_finish(n, "an item is incomplete");
	}
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(folder_count("."), before);
}

/* The same of the part itself: at its first byte (an encrypted one's IV), and
 * in the middle. */
static void
test_failed_part(void **state)
{
	static const char *const to[] = { "alice.pem", NULL };
	static const rlim_t limits[] = { 0, 100 << 10 };
	struct rlimit was, less;
	struct bundle_new *n;
	struct item *item;
	char *bytes;
	int saved, rc, how;

	(void)state;
	assert_non_null(bytes = malloc(1 << 20));
	for (rc = 0; rc < 1 << 20; rc++)
		bytes[rc] = (char)((unsigned int)rc * 2654435761u >> 13);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	less = was;
	for (how = 0; how < 4; how++) {
		n = begin();
		if (how & 1)
			assert_int_equal(bundle_encrypt(n, to), 0);
		less.rlim_cur = limits[how >> 1];
		item = sample_item(&samples[1]);
		saved = hush();
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
		rc = bundle_put(n, item, bytes, 1 << 20);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_said("cannot write b: ");
		item_free(item);
		no_finish(n, "an item is incomplete");
	}
	signal(SIGXFSZ, SIG_DFL);
	free(bytes);
}

/* What comes back from the disk is what went there. */
static void
test_changed_part(void **state)
{
	struct bundle_new *n;
	int how;

	(void)state;
	for (how = 0; how < 2; how++) {
		n = begin();
		sample_put(n, &samples[1]);
		/* Ends the part of files. */
		sample_put(n, &samples[10]);
		if (how == 0)
			assert_int_equal(
			    pwrite(n->parts[PART_FILES].stored.fd, "x", 1, 100),
			    1);
		else
			assert_int_equal(
			    ftruncate(n->parts[PART_FILES].stored.fd, 100), 0);
		no_finish(n, how == 0
				 ? "cannot write b: a temporary file came back "
				   "changed"
				 : "a temporary file");
	}
}

/* Rows that no reader would unpack: too many for their packed bytes. */
static void
test_budget(void **state)
{
	struct bundle_new *n = begin();
	struct item *item = sample_item(&samples[11]);
	char *rows;
	int i;

	(void)state;
	assert_non_null(rows = malloc(1 << 20));
	memset(rows, '0', 1 << 20);
	assert_int_equal(bundle_begin(n, item), 0);
	for (i = 0; i < 80; i++)
		assert_int_equal(bundle_write(n, rows, 1 << 20), 0);
	assert_int_equal(bundle_end(n, item), 0);
	free(rows);
	no_finish(n,
	    "cannot finish b: database.tar.zst: the sizes of its items are "
	    "more than 64 MiB and 1000 times its stored bytes");
}

/* A manifest that no reader would take. */
static void
test_manifest(void **state)
{
	struct bundle_new *n;
	char *text;
	int i, saved;

	(void)state;
	assert_non_null(text = malloc(LIMIT_MANIFEST_ENTRY + 1));
	memset(text, 'w', LIMIT_MANIFEST_ENTRY);
	text[LIMIT_MANIFEST_ENTRY] = '\0';
	n = begin();
	saved = hush();
	assert_int_equal(
	    manifest_warn(bundle_new_manifest(n), NULL, "%s", text), 0);
	unhush(saved);
	no_finish(n, "a warning takes more than 1 MiB of the manifest");
	text[LIMIT_MANIFEST_ENTRY - 100] = '\0';
	n = begin();
	saved = hush();
	for (i = 0; i < 17; i++)
		assert_int_equal(
		    manifest_warn(bundle_new_manifest(n), NULL, "%s", text), 0);
	unhush(saved);
	no_finish(n, "cannot finish b: its manifest is longer than 16 MiB");
	/* Shorter, but read it would take too much memory. */
	n = begin();
	saved = hush();
	for (i = 0; i < 4; i++)
		assert_int_equal(
		    manifest_warn(bundle_new_manifest(n), NULL, "%s", text), 0);
	unhush(saved);
	no_finish(n, "it would take more than 24 MiB of memory");
	free(text);
}

/* A folder with this name; the caller's. */
static struct item *
numbered_folder(const char *below, unsigned int number)
{
	struct item *item = item_new(ITEM_FILE);
	char *name;

	assert_non_null(item);
	assert_true(asprintf(&name, "file:%s/%06u", below, number) > 0);
	assert_int_equal(manifest_set(&item->name, name), 0);
	free(name);
	assert_int_equal(manifest_set(&item->file->set, "instances"), 0);
	item->file->type = FILE_DIRECTORY;
	item->file->format = PLACE_OPAQUE;
	item->file->mode = 0755;
	return item;
}

/* What a manifest has no room for is told as soon as it comes, with what could
 * be left out; and what was taken until then can be finished. */
static void
test_no_room(void **state)
{
	struct bundle_new *n = begin();
	unsigned int i = 0;
	struct item *item;
	int saved = hush(), rc;

	(void)state;
	for (;; i++) {
		item = numbered_folder(
		    i < 1000 ? "/etc/nova" : "/var/lib/nova/instances", i);
		if ((rc = bundle_put(n, item, "", 0)) == -1)
			break;
	}
	assert_in_range(i, 40000, 50000);
	assert_said("file:/var/lib/nova/instances/");
	assert_said("--not 'file:/var/lib/nova/instances/*'");
	unhush(saved);
	item_free(item);
	item = sample_item(&samples[11]);
	saved = hush();
	rc = bundle_put(n, item, "", 0);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("--not what need not move");
	item_free(item);
	finish(n);
}

/* Whose host is not known yet may put; but not commit. */
static void
test_no_host(void **state)
{
	struct bundle_new *n;

	(void)state;
	assert_int_equal(bundle_create("b", "k.key", 0, &n), OUTCOME_DONE);
	sample_put(n, &samples[1]);
	no_finish(n, "host cannot stand in a manifest");
	assert_int_equal(bundle_create("b", "k.key", 0, &n), OUTCOME_DONE);
	sample_put(n, &samples[1]);
	sample_node(bundle_new_manifest(n));
	finish(n);
}

static struct item *
named(enum item_kind kind, const char *name)
{
	struct item *item = item_new(kind);

	assert_non_null(item);
	assert_int_equal(manifest_set(&item->name, name), 0);
	return item;
}

/* Names that somebody takes for one: a file's by its characters, all else in
 * any case. */
static void
test_twins(void **state)
{
	static const struct {
		enum item_kind kind;
		const char *one, *two;
		int twins;
	} cases[] = {
		{ ITEM_FILE, "file:/etc/\xc3\xa4", "file:/etc/a\xcc\x88", 1 },
		{ ITEM_FILE, "file:/etc/a\xcc\x88", "file:/etc/\xc3\xa4", 1 },
		{ ITEM_FILE, "file:/etc/a", "file:/etc/A", 0 },
		{ ITEM_DOMAIN, "domain:one", "domain:ONE", 1 },
		{ ITEM_DOMAIN, "domain:One", "domain:oNE", 1 },
		{ ITEM_DOMAIN, "domain:one", "domain:one1", 0 },
	};
	struct item *one, *two;
	struct bundle_new *n;
	size_t i;
	int saved, rc, list;

	(void)state;
	for (i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		list = i % 2 == 1;
		n = begin();
		one = named(cases[i / 2].kind, cases[i / 2].one);
		two = named(cases[i / 2].kind, cases[i / 2].two);
		assert_int_equal(bundle_put(n, one, "<domain/>", 9), 0);
		saved = hush();
		rc = list ? bundle_list(n, two)
			  : bundle_put(n, two, "<domain/>", 9);
		unhush(saved);
		assert_int_equal(rc, cases[i / 2].twins ? -1 : 0);
		if (cases[i / 2].twins) {
			assert_said("its name is a twin of");
			assert_said("rename one, or leave it out with --not");
			item_free(two);
			/* The bundle goes on without it. */
			finish(n);
		} else {
			bundle_discard(n);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_failed_write),
		cmocka_unit_test(test_failed_part),
		cmocka_unit_test(test_changed_part),
		cmocka_unit_test(test_budget),
		cmocka_unit_test(test_manifest),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_no_host),
		cmocka_unit_test(test_twins),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
