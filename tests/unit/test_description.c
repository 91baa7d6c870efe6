/* Descriptions: a manifest that lists what a destination has, and a bundle that
 * carries definitions only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "archive/bundle/digest.h"
#include "archive/manifest/table_facts.h"
#include "restore/papers/agree.h"
#include "restore/plan/described.h"
#include "rule.h"
#include "sample.h"

/* A file, a domain and a table with facts, as a description has them. */
static void
fill(struct bundle_new *n)
{
	struct manifest *m = bundle_new_manifest(n);
	struct item *item;
	struct table_facts *f;

	sample_node(m);
	assert_non_null(m->description = json_pack(
			    "{s:{}, s:[s]}", "facts", "libvirt", "domain"));
	item = sample_item(&samples[1]);
	item->size = 5;
	assert_int_equal(digest_bytes("hello", 5, item->sha256), 0);
	assert_int_equal(bundle_list(n, item), 0);
	sample_put(n, &samples[10]);
	item = sample_item(&samples[11]);
	item->table->rows = 77;
	assert_int_equal(digest_bytes("", 0, item->sha256), 0);
	assert_non_null(f = item->table->facts = table_facts_new());
	assert_int_equal(manifest_set(&f->engine, "InnoDB"), 0);
	assert_int_equal(table_facts_need(f, "size"), 0);
	assert_int_equal(table_facts_trigger(f, "INSERT", "tg a b"), 0);
	assert_int_equal(
	    table_facts_unique(f, "u1", "a", "utf8mb4_bin", 10), 0);
	assert_int_equal(table_facts_unique(f, "u1", "b", NULL, 0), 0);
	assert_int_equal(table_facts_unique(f, "u2", "a", NULL, 0), 0);
	assert_int_equal(bundle_list(n, item), 0);
}

static void
check_facts(const struct table_facts *f)
{

	assert_non_null(f);
	assert_string_equal(f->engine, "InnoDB");
	assert_int_equal(f->nneeds, 1);
	assert_string_equal(f->needs[0], "size");
	assert_int_equal(f->ntriggers, 1);
	assert_string_equal(f->triggers[0], "INSERT tg a b");
	assert_int_equal(f->nunique, 2);
	assert_string_equal(f->unique[0].name, "u1");
	assert_int_equal(f->unique[0].ncolumns, 2);
	assert_string_equal(f->unique[0].columns[0].collation, "utf8mb4_bin");
	assert_int_equal(f->unique[0].columns[0].prefix, 10);
	assert_null(f->unique[0].columns[1].collation);
	assert_string_equal(f->unique[1].columns[0].name, "a");
}

/* Written and read again: items are listed, only definitions are carried. */
static void
test_bundle(void **state)
{
	struct table_facts *copy;
	const struct manifest *m;
	struct buf bytes = BUF_EMPTY;
	struct bundle_new *n;
	struct bundle *b;
	const struct item *item;
	char *signer;
	int saved;

	(void)state;
	assert_int_equal(bundle_create("d", "k.key", 0, &n), OUTCOME_DONE);
	fill(n);
	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	free(signer);
	assert_int_equal(
	    bundle_open("d", &(struct bundle_keys){ .trust = "k.pub" }, &b),
	    OUTCOME_DONE);
	m = bundle_manifest(b);
	assert_non_null(m->description);
	assert_int_equal(m->nitems, 3);
	assert_false(manifest_carries(m, PART_FILES));
	assert_true(manifest_carries(m, PART_LIBVIRT));
	assert_false(manifest_carries(m, PART_DATABASE));
	assert_non_null(item = manifest_find(m, samples[11].name));
	assert_int_equal(item->table->rows, 77);
	check_facts(item->table->facts);
	assert_int_equal(table_facts_copy(item->table->facts, &copy), 0);
	check_facts(copy);
	table_facts_free(copy);
	assert_int_equal(table_facts_copy(NULL, &copy), 0);
	assert_null(copy);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
	assert_int_equal(
	    bundle_load(b, samples[10].name, &bytes), OUTCOME_DONE);
	assert_string_equal(bytes.data, samples[10].bytes);
	saved = hush();
	assert_int_equal(
	    bundle_load(b, samples[1].name, &bytes), OUTCOME_FAILED);
	assert_said("without its contents");
	unhush(saved);
	buf_free(&bytes);
	bundle_close(b);
}

static const struct rule bad[] = {
	{ "\"description\":{", "\"descriptiom\":{", "out of order" },
	{ "\"description\":{\"facts\":{},\"libvirt\":[\"domain\"]},\n", "",
	    "has facts, but this is no description" },
	{ "\"description\":{\"facts\":{},\"libvirt\":[\"domain\"]}",
	    "\"description\":[]", "its description is no object" },
	{ "\"engine\":\"InnoDB\"", "\"engine\":7", "engine" },
	{ "\"engine\":\"InnoDB\",", "", "engine is missing" },
	{ "\"engine\":\"InnoDB\"", "\"engine\":\"a\\nb\"", "not plain text" },
	{ "\"engine\":\"InnoDB\"", "\"engine\":\"x\",\"more\":1",
	    "does not know" },
	{ "[\"INSERT tg a b\"]", "[\"INSERT\"]", "EVENT NAME" },
	{ "[\"INSERT tg a b\"]", "[1]", "list of texts" },
	{ "[\"size\"]", "[[]]", "list of texts" },
	{ "\"prefix\":10", "\"prefix\":-1", "out of range" },
	{ "\"prefix\":10", "\"prefix\":10,\"x\":1", "does not know" },
	{ "\"name\":\"u1\",", "", "name is missing" },
	{ "\"collation\":\"utf8mb4_bin\"", "\"collation\":\"\\u0001\"",
	    "not plain text" },
};

static void
test_refused(void **state)
{
	struct buf text = BUF_EMPTY;
	struct bundle_new *n;
	struct manifest *m;
	size_t i;

	(void)state;
	assert_int_equal(bundle_create("e", "k.key", 0, &n), OUTCOME_DONE);
	fill(n);
	assert_int_equal(manifest_print(bundle_new_manifest(n), &text), 0);
	bundle_discard(n);
	assert_non_null(m = manifest_parse("m", text.data, text.len));
	manifest_free(m);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		rule_holds(&text, &bad[i]);
	buf_free(&text);
}

static const struct {
	const char *from, *to, *bytes;
	int fits;
} sets[] = {
	{ NULL, NULL, "a", 1 },
	{ "utf8", NULL, "a", 0 },
	{ NULL, "utf8", "a", 0 },
	{ "latin1", "latin1", "\xe9", 1 },
	{ "utf8", "utf8mb4", "\xc3\xa9", 1 },
	{ "utf8mb3", "utf8", "\xc3\xa9", 1 },
	{ "utf8mb4", "utf8mb3", "\xe2\x82\xac", 1 },
	{ "utf8mb4", "utf8", "\xf0\x9f\x98\x80", 0 },
	{ "utf8", "latin1", "plain", 1 },
	{ "utf8", "latin1", "caf\xc3\xa9", 0 },
	{ "latin1", "utf8mb4", "caf\xe9", 0 },
	{ "latin1", "utf8mb4", "plain", 1 },
	{ "ascii", "utf8mb4", "plain", 1 },
	{ "utf8", "utf16", "plain", 0 },
	{ "ucs2", "utf8", "plain", 0 },
	{ "utf32", "utf32", "x", 1 },
};

static void
test_charsets(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (agree_charset(sets[i].from, sets[i].to, sets[i].bytes,
			strlen(sets[i].bytes)) != sets[i].fits)
			fail_msg("%s to %s: %s",
			    sets[i].from ? sets[i].from : "-",
			    sets[i].to ? sets[i].to : "-", sets[i].bytes);
}

/* Passwords of consoles go; all else stays, to the byte where there is none. */
static void
test_passwords(void **state)
{
	static const char none[] = "<domain ><name>passwd</name></domain>";
	static const char one[] =
	    "<domain><devices><graphics type='vnc' passwd='canary'/>"
	    "<input passwd='kept'/></devices></domain>";
	struct buf b = BUF_EMPTY;

	(void)state;
	assert_int_equal(described_xml(&b), 0);
	assert_int_equal(buf_adds(&b, none), 0);
	assert_int_equal(described_xml(&b), 0);
	assert_string_equal(b.data, none);
	buf_clear(&b);
	assert_int_equal(buf_adds(&b, one), 0);
	assert_int_equal(described_xml(&b), 0);
	assert_null(strstr(b.data, "canary"));
	assert_non_null(strstr(b.data, "kept"));
	assert_non_null(strstr(b.data, "type=\"vnc\""));
	buf_clear(&b);
	assert_int_equal(buf_adds(&b, "no passwd xml"), 0);
	assert_int_equal(described_xml(&b), 0);
	assert_string_equal(b.data, "no passwd xml");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bundle),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_passwords),
	};

	return cmocka_run_group_tests_name(
	    "description", tests, sample_setup, folder_teardown);
}
