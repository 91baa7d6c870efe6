#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>

#include "archive/bundle/bundle.h"
#include "archive/keys/sign.h"
#include "certs.h"
#include "failing.h"
#include "sample.h"

/* Rows of the big table here: more than waits in memory, so that it is spooled.
 */
#define ROWS 70000

static const char *const to_alice[] = { "alice.pem", NULL };

/* A bundle, and with what it opens. */
struct kind {
	const char *file;
	const char *const *to;
	struct bundle_keys keys;
};

static struct kind plain = { "good", NULL, { .trust = "k.pub" } },
		   sealed = { "sealed", to_alice,
			   { .trust = "k.pub", .decrypt = "alice.key" } };

/* One of the sample's items into the bundle; 0 or -1. */
static int
put(struct bundle_new *n, const struct sample *s)
{
	static char rows[32768];
	struct item *item;
	unsigned int i = 0;
	size_t len;

	failing_off();
	item = sample_item(s);
	failing_on();
	if (s->bytes == NULL) {
		if (bundle_begin(n, item) == -1)
			goto err0;
		while (i < ROWS) {
			for (len = 0; len < sizeof(rows) - 64 && i < ROWS; i++)
				len += sample_row(rows + len, 64, 0);
			if (bundle_write(n, rows, len) == -1)
				goto err0;
		}
		item->table->rows = ROWS;
		if (bundle_end(n, item) == -1)
			goto err0;
		return 0;
	}
	if (strcmp(s->name, "secret:" SAMPLE_UUID) == 0
		? bundle_put_secret(n, item, s->bytes, strlen(s->bytes),
		      SAMPLE_VALUE, strlen(SAMPLE_VALUE)) == -1
		: bundle_put(n, item, s->bytes, strlen(s->bytes)) == -1)
		goto err0;
	return 0;

err0:
	item_free(item);
	return -1;
}

/* A bundle is there whole, under its name, or not at all. */
static int
make(void *cookie)
{
	const struct kind *k = cookie;
	struct bundle_new *n = NULL;
	struct bundle *b;
	char *signer = NULL;
	int rc = -1;
	size_t i;

	failing_on();
	if (bundle_create("made", "k.key", 0, &n) != OUTCOME_DONE)
		goto out;
	if (k->to != NULL && bundle_encrypt(n, k->to) == -1) {
		bundle_discard(n);
		goto out;
	}
	failing_off();
	sample_node(bundle_new_manifest(n));
	failing_on();
	/* valgrind takes minutes for the big table. */
	for (i = 0; i < SAMPLES; i++)
		if ((samples[i].bytes != NULL ||
			getenv("NOVARK_SLOW") == NULL) &&
		    put(n, &samples[i]) == -1) {
			bundle_discard(n);
			goto out;
		}
	if (bundle_commit(n, &signer) == OUTCOME_DONE)
		rc = 0;
out:
	failing_off();
	free(signer);
	if (access("made", F_OK) == 0) {
		if (bundle_open("made", &k->keys, &b) != OUTCOME_DONE)
			failing_wrong("no good bundle");
		assert_int_equal(bundle_check(b), OUTCOME_DONE);
		bundle_close(b);
		unlink("made");
	} else if (rc == 0) {
		failing_wrong("no bundle, but all is well,");
	}
	return rc;
}

static void
test_make(void **state)
{

	(void)state;
	failing_visits(4);
	failing_run("bundle, made", make, &plain);
	failing_more("bundle, made", make, &plain, "O_TMPFILE", EOPNOTSUPP);
	failing_more("bundle, made", make, &plain, "pthread_create", EAGAIN);
	failing_more("bundle, sealed", make, &sealed, NULL, 0);
}

/* All items, by their bytes; refusals are lies when the bundle is right. */
static enum outcome
read_part(struct bundle *b, enum item_part part)
{
	struct buf bytes = BUF_EMPTY, value = BUF_EMPTY;
	const struct item *item;
	struct bundle_part *p;
	enum outcome rc;
	size_t i, seen = 0;
	int more;

	if ((rc = bundle_part_open(b, part, &p)) != OUTCOME_DONE)
		return rc;
	while ((more = bundle_part_next(p, &item)) == 1) {
		seen++;
		buf_clear(&bytes);
		if (bundle_part_load(p, &bytes) == -1 ||
		    (item->virt != NULL && item->virt->has_value &&
			bundle_part_value(p, &value) == -1)) {
			more = -1;
			break;
		}
		for (i = 0; i < SAMPLES; i++)
			if (strcmp(samples[i].name, item->name) == 0 &&
			    samples[i].bytes != NULL &&
			    strcmp(samples[i].bytes,
				bytes.data == NULL ? "" : bytes.data) != 0)
				failing_wrong("other bytes of %s", item->name);
	}
	if (more == 0 && seen == 0)
		failing_wrong("no item of %d", (int)part);
	rc = more == 0 ? OUTCOME_DONE : bundle_outcome(b);
	if (more == -1 && rc == OUTCOME_DONE)
		failing_wrong("no outcome");
	bundle_part_close(p);
	buf_free(&bytes);
	buf_free(&value);
	return rc;
}

static int
look(void *cookie)
{
	const struct kind *k = cookie;
	struct buf bytes = BUF_EMPTY;
	enum outcome rc;
	struct bundle *b;
	int part;

	failing_on();
	rc = bundle_open(k->file, &k->keys, &b);
	if (rc != OUTCOME_DONE)
		goto out;
	for (part = 0; part < ITEM_PARTS && rc == OUTCOME_DONE; part++)
		rc = read_part(b, (enum item_part)part);
	if (rc == OUTCOME_DONE)
		rc = bundle_load(b, "file:/etc/nova/nova.conf", &bytes);
	if (rc == OUTCOME_DONE) {
		assert_string_equal(bytes.data, samples[1].bytes);
		rc = bundle_check(b);
	}
	bundle_close(b);
out:
	failing_off();
	buf_free(&bytes);
	return rc == OUTCOME_DONE ? 0 : -1;
}

static void
test_look(void **state)
{

	(void)state;
	failing_visits(30);
	failing_run("bundle, read", look, &plain);
	failing_more("bundle, opened", look, &sealed, NULL, 0);
}

static int
setup(void **state)
{

	if (sample_setup(state) == -1)
		return -1;
	certs_make("alice", "P-256", 1);
	sample_bundle("good", "k.key", 0);
	sample_sealed("sealed", "k.key", 0, to_alice);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_make, failing_loud),
		cmocka_unit_test_teardown(test_look, failing_loud),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
