#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "craft.h"
#include "look.h"

/* The same puts: the same parts; the manifests differ in id and time only. */
static void
test_same_bytes(void **state)
{
	struct manifest *m[2];
	struct craft c[2];
	struct buf json[2] = { BUF_EMPTY, BUF_EMPTY };
	int i;

	(void)state;
	sample_bundle("same0", "k.key", 1);
	sample_bundle("same1", "k.key", 1);
	craft_open("same0", &c[0]);
	craft_open("same1", &c[1]);
	for (i = OUTER_FILES; i < OUTER_MEMBERS; i++) {
		assert_int_equal(c[0].member[i].len, c[1].member[i].len);
		assert_memory_equal(c[0].member[i].data, c[1].member[i].data,
		    c[0].member[i].len);
	}
	for (i = 0; i < 2; i++) {
		m[i] = manifest_parse("m", c[i].member[OUTER_MANIFEST].data,
		    c[i].member[OUTER_MANIFEST].len);
		assert_non_null(m[i]);
	}
	assert_string_not_equal(m[0]->id, m[1]->id);
	for (i = 0; i < 2; i++) {
		assert_int_equal(manifest_set(&m[i]->id, "x"), 0);
		assert_int_equal(manifest_set(&m[i]->created, "x"), 0);
		assert_int_equal(manifest_print(m[i], &json[i]), 0);
		manifest_free(m[i]);
		craft_free(&c[i]);
	}
	assert_string_equal(json[0].data, json[1].data);
	buf_free(&json[0]);
	buf_free(&json[1]);
	assert_int_equal(unlink("same0"), 0);
	assert_int_equal(unlink("same1"), 0);
}

/* No items at all, and parts of which only some have any. */
static void
test_empty_parts(void **state)
{
	struct bundle_new *n;
	char *signer;
	int what;

	(void)state;
	for (what = 0; what < 8; what++) {
		n = sample_begin("parts", "k.key", NULL);
		if (what & 1)
			sample_put(n, &samples[1]);
		if (what & 2)
			sample_put(n, &samples[10]);
		if (what & 4)
			sample_put(n, &samples[11]);
		assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
		assert_int_equal(strncmp(signer, "SHA256:", 7), 0);
		free(signer);
		assert_int_equal(look("parts", "k.pub"), OUTCOME_DONE);
		assert_int_equal(unlink("parts"), 0);
	}
}

/* Items that cannot stand in a bundle: said, still the caller's, and the bundle
 * goes on without them. */
static void
test_put_refused(void **state)
{
	static const struct {
		enum item_kind kind;
		const char *name, *text;
	} cases[] = {
		{ ITEM_FILE, "file:/etc/\xff", "UTF-8" },
		{ ITEM_FILE, "file:/etc/a\nb", "control bytes" },
		{ ITEM_FILE, "file:/etc/../b", "the parts . or .." },
		{ ITEM_FILE, "file:/", "its path" },
		{ ITEM_FILE, "file:etc/b", "does not fit its kind" },
		{ ITEM_DOMAIN, "file:/etc/b", "does not fit its kind" },
		{ ITEM_FILE, "domain:b", "does not fit its kind" },
		{ ITEM_DOMAIN, "domain:", "does not fit its kind" },
		{ ITEM_SECRET, "secret:x", "named by its uuid" },
		{ ITEM_FILE, "file:/first", "is there twice" },
	};
	struct bundle_new *n = sample_begin("refused", "k.key", NULL);
	struct item *item;
	char *signer;
	size_t i;
	int saved, rc;

	(void)state;
	item = item_new(ITEM_FILE);
	assert_int_equal(manifest_set(&item->name, "file:/first"), 0);
	assert_int_equal(bundle_put(n, item, "1", 1), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		item = item_new(cases[i].kind);
		assert_int_equal(manifest_set(&item->name, cases[i].name), 0);
		saved = hush();
		rc = bundle_put(n, item, "x", 1);
		unhush(saved);
		if (rc != -1)
			fail_msg("taken: %s", cases[i].name);
		assert_said(cases[i].text);
		item_free(item);
	}
	sample_put(n, &samples[10]);
	/* Parts do not go back. */
	item = item_new(ITEM_FILE);
	assert_int_equal(manifest_set(&item->name, "file:/late"), 0);
	saved = hush();
	rc = bundle_put(n, item, "x", 1);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("after a later part was begun");
	item_free(item);
	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	free(signer);
	assert_int_equal(look("refused", "k.pub"), OUTCOME_DONE);
}

/* A host name that SHA256SUMS cannot hold: said at the first item. */
static void
test_host(void **state)
{
	static const char *const bad[] = { "", "a b", "a\nb", "\xc3\xa4" };
	struct bundle_new *n;
	struct item *item;
	enum outcome rc;
	char *signer;
	size_t i;
	int saved;

	(void)state;
	for (i = 0; i < 4; i++) {
		n = sample_begin("host", "k.key", NULL);
		assert_int_equal(
		    manifest_set(&bundle_new_manifest(n)->host, bad[i]), 0);
		item = sample_item(&samples[2]);
		saved = hush();
		assert_int_equal(bundle_put(n, item, "", 0), -1);
		unhush(saved);
		assert_said("the host name");
		item_free(item);
		saved = hush();
		rc = bundle_commit(n, &signer);
		unhush(saved);
		assert_int_equal(rc, OUTCOME_FAILED);
		assert_said("the host name");
		assert_int_equal(access("host", F_OK), -1);
	}
}

/* Half an item: the bundle cannot be finished. */
static void
test_incomplete(void **state)
{
	struct bundle_new *n = sample_begin("half", "k.key", NULL);
	struct item *item = sample_item(&samples[11]), *other;
	enum outcome rc;
	char *signer;
	int saved;

	(void)state;
	assert_int_equal(bundle_begin(n, item), 0);
	assert_int_equal(bundle_write(n, "1\t2\n", 4), 0);
	other = sample_item(&samples[12]);
	saved = hush();
	assert_int_equal(bundle_begin(n, other), -1);
	unhush(saved);
	assert_said("is begun before table:nova.volumes is ended");
	item_free(other);
	saved = hush();
	rc = bundle_commit(n, &signer);
	unhush(saved);
	assert_int_equal(rc, OUTCOME_FAILED);
	assert_said("an item is incomplete");
	assert_int_equal(access("half", F_OK), -1);
	item_free(item);
	bundle_discard(NULL);
}

/* Sizes around what waits in memory, in one piece and in many. */
static void
test_big(void **state)
{
	static const size_t sizes[] = { 0, 1, (1 << 20) - 1, 1 << 20,
		(1 << 20) + 1, 3 << 20 };
	struct buf b = BUF_EMPTY, out = BUF_EMPTY;
	struct bundle_new *n;
	struct bundle *bundle;
	struct item *item;
	size_t i, k, step;
	char *signer;

	(void)state;
	for (i = 0; i < 12; i++) {
		buf_clear(&b);
		for (k = 0; k < sizes[i / 2]; k++)
			assert_int_equal(buf_addc(&b, (char)(k * k >> 7)), 0);
		step = i % 2 == 0 ? b.len : 4093;
		n = sample_begin("sized", "k.key", NULL);
		item = sample_item(&samples[11]);
		assert_int_equal(bundle_begin(n, item), 0);
		for (k = 0; k < b.len; k += step)
			assert_int_equal(
			    bundle_write(n, b.data + k,
				b.len - k < step ? b.len - k : step),
			    0);
		assert_int_equal(bundle_end(n, item), 0);
		assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
		free(signer);
		assert_int_equal(
		    bundle_open("sized",
			&(struct bundle_keys){ .trust = "k.pub" }, &bundle),
		    OUTCOME_DONE);
		buf_clear(&out);
		assert_int_equal(
		    bundle_load(bundle, samples[11].name, &out), OUTCOME_DONE);
		assert_int_equal(out.len, b.len);
		if (b.len > 0)
			assert_memory_equal(out.data, b.data, b.len);
		bundle_close(bundle);
		assert_int_equal(unlink("sized"), 0);
	}
	buf_free(&b);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_empty_parts),
		cmocka_unit_test(test_put_refused),
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_big),
	};

	return cmocka_run_group_tests(tests, sample_setup, folder_teardown);
}
