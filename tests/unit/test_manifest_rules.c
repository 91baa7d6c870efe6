#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "archive/address/kind.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "rule.h"
#include "sample.h"
#include "whole.h"

/* Of a bundle. */
static const struct rule bundle_rules[] = {
	/* Hosts, and those elsewhere. */
	{ "\"hosts\":[\"one\"]", "\"hosts\":[]", "no list of names" },
	{ "\"hosts\":[\"one\"]", "\"hosts\":{}", "no list of names" },
	{ "\"hosts\":[\"one\"]", "\"hosts\":[1]", "host's name is none" },
	{ "\"hosts\":[\"one\"]", "\"hosts\":[\"\"]", "host's name is none" },
	{ "\"hosts\":[\"one\"]", "\"hosts\":[\"a\\u007f\"]",
	    "host's name is none" },
	{ "\"hosts\":[\"one\"]", "\"hosts\":[\"one\",\"ONE\"]", "named twice" },
	{ "{\"host\":\"two\"", "{\"host\":\"\"", "" },
	{ "{\"host\":\"two\"", "{\"host\":\"a\\n\"", "elsewhere is none" },
	{ "{\"host\":\"two\"", "{\"name\":\"two\"", "host is missing" },
	{ "7d01\",3]", "7d01\"]", "instance elsewhere is none" },
	{ "7d01\",3]", "7d01\",\"3\"]", "instance elsewhere is none" },
	{ "7d01\",3]", "7d01\",-3]", "instance elsewhere is none" },
	{ "[\"" SAMPLE_UUID "\",3]", "[3,3]", "instance elsewhere is none" },
	{ "[\"" SAMPLE_UUID "\",3]", "[\"\",3]", "elsewhere is none" },
	/* Certificates. */
	{ "\"certificates\":[{", "\"certificates\":[],\"x\":[{", "" },
	{ "\"file\":\"/etc/a.pem\"", "\"file\":\"etc/a.pem\"",
	    "certificate is none" },
	{ "\"file\":\"/etc/a.pem\"", "\"file\":\"/etc/\\u007f\"",
	    "certificate is none" },
	{ "\"subject\":\"CN = a\"", "\"subject\":\"a\\tb\"",
	    "certificate is none" },
	{ "\"named_by\":\"file:/x [a] b\"", "\"named_by\":\"a\\nb\"",
	    "certificate is none" },
	{ "\"not_after\":\"2026", "\"not_after\":\"202x",
	    "certificate is none" },
	{ "\"not_after\":\"2026-", "\"not_after\":\"2026/",
	    "certificate is none" },
	{ "15:47Z\",\"named_by\"", "15:47Z0\",\"named_by\"",
	    "certificate is none" },
	{ "\"addresses\":[\"10.2.116.14\",\"2001:db8::\"]", "\"addresses\":[]",
	    "names no address" },
	{ "\"addresses\":[\"10.2.116.14\",\"2001:db8::\"]", "\"addresses\":[7]",
	    "address of a certificate" },
	{ "\"addresses\":[\"10.2.116.14\",\"2001:db8::\"]",
	    "\"addresses\":[\"10.2.116.014\"]", "address of a certificate" },
	/* Kinds. */
	{ "\"libvirt\":{\"", "\"libvirt\":{\"\":1,\"", "count of places" },
	{ "\"libvirt\":{\"", "\"libvirt\":{\"a\\u0001\":1,\"",
	    "count of places" },
	{ "\"libvirt\":{\"", "\"libvirt\":{\"a\":\"1\",\"", "count of places" },
	{ "\"libvirt\":{\"", "\"libvirt\":{\"a\":-1,\"", "count of places" },
	{ "\"libvirt\":{\"", "\"elsewhere\":{\"", "does not know" },
	/* Items: what each kind may say. */
	{ "\"user\":\"nova\"", "\"user\":\"no\\nva\"", "owner's name" },
	{ "\"user\":\"nova\"", "\"user\":\"\"", "" },
	{ "\"group\":\"nova\"", "\"group\":\"\\u0001\"", "owner's name" },
	{ "\"set\":\"nova\"", "\"set\":\"\\u0001\"", "file set" },
	{ "\"user.empty\":\"\"", "\"user.empty\":1", "" },
	{ "\"user.empty\":\"\"", "\"user.empty\":\"=\"", "" },
	{ "\"user.empty\":\"\"", "\"\\u0001\":\"\"", "bad name" },
	{ "\"user.empty\":\"\"", "\"user.z\":\"\"", "not in order" },
	{ "\"target\":\"../nova/nova.conf\"", "\"target\":\"a\\nb\"",
	    "target" },
	{ "\"target\":\"../nova/nova.conf\"", "\"target\":\"\"", "" },
	{ "\"uuid\":\"" SAMPLE_UUID "\"", "\"uuid\":\"" SAMPLE_UUID "0\"",
	    "uuid is none" },
	{ "\"uuid\":\"" SAMPLE_UUID "\"",
	    "\"uuid\":\"0B4b9c0e-8a0e-4b52-9d0a-0e3a5a6c7d01\"",
	    "uuid is none" },
	{ "\"uuid\":\"" SAMPLE_UUID "\"",
	    "\"uuid\":\"0b4b9c0ee8a0e-4b52-9d0a-0e3a5a6c7d01\"",
	    "uuid is none" },
	{ "\"uuid\":\"" SAMPLE_UUID "\"", "\"uuid\":\"0b4b\"", "uuid is none" },
	{ "\"role\":\"nova\",\"schema\":\"nova\",\"table\"",
	    "\"role\":\"\\u0001\",\"schema\":\"nova\",\"table\"", "role" },
	{ "\"schema\":\"nova\",\"table\":\"volumes\"",
	    "\"schema\":\"\",\"table\":\"volumes\"", "" },
	{ "\"schema\":\"nova\",\"table\":\"volumes\"",
	    "\"schema\":\"novx\",\"table\":\"volumes\"", "SCHEMA.TABLE" },
	{ "\"schema\":\"nova\",\"table\":\"volumes\"",
	    "\"schema\":\"nova\",\"table\":\"volumex\"", "SCHEMA.TABLE" },
	{ "\"schema\":\"nova\",\"table\":\"volumes\"",
	    "\"schema\":\"nova\",\"table\":\"vol\\u0001\"", "plain text" },
	{ "\"columns\":[", "\"columns\":[],\"x\":[", "" },
	{ "\"columns\":[{\"name\":\"id\"", "\"columns\":[{\"name\":\"\\u0001\"",
	    "column's name" },
	{ "\"columns\":[{\"name\":\"id\"",
	    "\"columns\":[{\"name\":\"deleted_at\"", "one name" },
	{ "\"charset\":\"utf8\"", "\"charset\":\"\\u0001\"", "character set" },
	{ "\"key\":1", "\"key\":2", "primary key" },
	{ "\"key\":0", "\"key\":1", "primary key" },
	{ "\"user\":\"nova\",\"host\"", "\"user\":\"no\\u0001\",\"host\"",
	    "account is not plain" },
	{ "\"user\":\"nova\",\"host\"", "\"user\":\"novx\",\"host\"",
	    "USER@HOST" },
	{ "\"host\":\"10.2.116.14\",\"roles\"",
	    "\"host\":\"10.2.116.15\",\"roles\"", "USER@HOST" },
	{ "\"host\":\"10.2.116.14\",\"roles\"", "\"host\":\"\",\"roles\"", "" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[]", "64 databases" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[7]", "" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[\"a\\u0001\"]",
	    "its role" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[\"nova\",\"nova\"]",
	    "twice" },
};

/* Of a description. */
static const struct rule description_rules[] = {
	{ "\"engine\":\"InnoDB\"", "\"engine\":\"\\u0001\"", "plain text" },
	{ "\"engine\":\"InnoDB\"", "\"engine\":7", "wrong type" },
	{ "\"facts\":{\"engine\"", "\"facts\":{\"more\":1,\"engine\"",
	    "does not know" },
	{ "\"facts\":{\"engine\"", "\"facts\":[],\"fact\":{\"engine\"", "" },
	{ "\"needs\":[\"size\"]", "\"needs\":[7]", "something else" },
	{ "\"needs\":[\"size\"]", "\"needs\":[\"\\u0001\"]", "plain text" },
	{ "\"triggers\":[\"INSERT tg a b\"]", "\"triggers\":[{}]",
	    "something else" },
	{ "\"triggers\":[\"INSERT tg a b\"]", "\"triggers\":[\"INSERT\"]",
	    "EVENT NAME" },
	{ "\"triggers\":[\"INSERT tg a b\"]", "\"triggers\":[\"insert x\"]",
	    "EVENT NAME" },
	{ "\"triggers\":[\"INSERT tg a b\"]",
	    "\"triggers\":[\"INSERTINSERTINSERT x\"]", "EVENT NAME" },
	{ "\"triggers\":[\"INSERT tg a b\"]", "\"triggers\":[\"[ x\"]",
	    "EVENT NAME" },
	{ "\"unique\":[{\"name\":\"u1\"", "\"unique\":[{\"name\":\"\\u0001\"",
	    "unique key's name" },
	{ "\"unique\":[{\"name\":\"u1\"", "\"unique\":[{\"name\":7",
	    "wrong type" },
	{ "\"unique\":[{", "\"unique\":[7,{", "" },
	{ "\"name\":\"a\",\"collation\"", "\"name\":\"\\u0001\",\"collation\"",
	    "unique key's column" },
	{ "\"collation\":\"utf8mb4_bin\"", "\"collation\":\"\\u0001\"",
	    "unique key's column" },
	{ "\"prefix\":10", "\"prefix\":70000", "out of range" },
};

/* All that there is to say, as text. */
static void
whole_text(int described, struct buf *out)
{
	struct manifest *m = manifest_new();
	struct item *item;
	size_t i;
	int saved = hush();

	assert_non_null(m);
	assert_int_equal(whole_node(m), 0);
	unhush(saved);
	if (described)
		m->description = json_pack("{s:{s:s}, s:[s]}", "facts",
		    "host_name", "n", "libvirt", "domain");
	for (i = 0; i < SAMPLES; i++) {
		item = sample_item(&samples[i]);
		memset(item->sha256, 'a', 64);
		assert_non_null(item->path = item_member(item));
		if (described && item->table != NULL)
			assert_int_equal(whole_facts(item), 0);
		assert_int_equal(manifest_add(m, item), 0);
	}
	if (!described)
		assert_int_equal(
		    manifest_settle_kinds(m, 1u << KIND_LIBVIRT), 0);
	assert_int_equal(manifest_print(m, out), 0);
	manifest_free(m);
}

static void
test_bundle(void **state)
{
	struct buf good = BUF_EMPTY;
	struct manifest *m;
	size_t i;

	(void)state;
	whole_text(0, &good);
	assert_non_null(m = manifest_parse("FILE", good.data, good.len));
	manifest_free(m);
	for (i = 0; i < sizeof(bundle_rules) / sizeof(bundle_rules[0]); i++)
		rule_holds(&good, &bundle_rules[i]);
	buf_free(&good);
}

static void
test_description(void **state)
{
	struct buf good = BUF_EMPTY;
	struct manifest *m;
	size_t i;

	(void)state;
	whole_text(1, &good);
	assert_non_null(m = manifest_parse("FILE", good.data, good.len));
	manifest_free(m);
	for (i = 0;
	     i < sizeof(description_rules) / sizeof(description_rules[0]); i++)
		rule_holds(&good, &description_rules[i]);
	buf_free(&good);
}

/* What no document can say, a caller could. */
static void
test_items(void **state)
{
	struct item *item;

	(void)state;
	item = sample_item(&samples[1]);
	assert_non_null(item->path = item_member(item));
	assert_null(item_check(item));
	item->file->mode = 010000;
	assert_string_equal(
	    item_check(item), "its mode is more than permission bits");
	item->file->mode = 0640;
	item->file->xattrs[1].len = LIMIT_XATTRS + 1;
	assert_string_equal(
	    item_check(item), "its extended attributes are too large");
	item->file->xattrs[1].len = LIMIT_XATTRS - 12;
	assert_string_equal(
	    item_check(item), "its extended attributes are too large");
	item->file->xattrs[1].len = 5;
	item_free(item);

	item = sample_item(&samples[10]);
	assert_non_null(item->path = item_member(item));
	assert_null(item_check(item));
	item->virt->is_private = 1;
	assert_string_equal(item_check(item), "only a secret has a value");
	item->virt->is_private = 0;
	item->virt->value_size = 1;
	assert_string_equal(item_check(item), "only a secret has a value");
	item->virt->value_size = 0;
	assert_int_equal(manifest_set(&item->virt->source, "a\n"), 0);
	assert_non_null(item_check(item));
	assert_int_equal(manifest_set(&item->virt->source, "/a"), 0);
	assert_int_equal(manifest_set(&item->virt->file, "a\n"), 0);
	assert_non_null(item_check(item));
	item_free(item);

	item = sample_item(&samples[11]);
	assert_non_null(item->path = item_member(item));
	assert_null(item_check(item));
	assert_int_equal(
	    manifest_set(&item->table->columns[1].type, "\xff"), 0);
	assert_string_equal(
	    item_check(item), "a column's type is not plain text");
	free(item->table->columns[1].type);
	item->table->columns[1].type = NULL;
	assert_string_equal(
	    item_check(item), "a column's type is not plain text");
	item_free(item);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bundle),
		cmocka_unit_test(test_description),
		cmocka_unit_test(test_items),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
