/* Manifests that are none: changed, damaged, too much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/limits.h"
#include "rule.h"
#include "sample_manifest.h"

static const struct rule hostile[] = {
	/* The document. */
	{ "{\n\"format\"", "\n { \"format\"", NULL },
	{ "}\n}\n", "}\n}", NULL },
	{ "}\n}\n", "}\n}\n ", NULL },
	{ "}\n}\n", "}\n}x", "no JSON" },
	{ "}\n}\n", "}\n}{}", "no JSON" },
	{ "}\n}\n", "}\n", "no JSON" },
	{ "}\n}\n", "},\n}\n", "no JSON" },
	{ "{\n\"format\"", "[\n\"format\"", "no JSON" },
	{ "{\n\"format\"", "\xef\xbb\xbf{\n\"format\"", "no JSON" },
	{ "\"format\":1", "\"format\":2", "format 1 only" },
	{ "\"format\":1", "\"format\":\"1\"", "format 1 only" },
	{ "\"format\":1", "\"format\":1.0", "format 1 only" },
	{ "\"format\":1,\n", "", "out of order" },
	{ "\"format\":1", "\"format\":1,\"format\":1", "out of order" },
	{ "\"format\":1", "\"format\":1,\"more\":1", "out of order" },
	{ "\"format\"", "\"\\u0066ormat\"", "no JSON" },
	{ "\"id\":", "\"created\":", "out of order" },
	{ SAMPLE_ID, "0123456789ABCDEF0123456789abcdef", "32 lower-case hex" },
	{ SAMPLE_ID, "0123", "32 lower-case hex" },
	{ "16:15:47Z", "16:15:47", "the time must be" },
	{ "2026-11", "2026/11", "the time must be" },
	{ "\"compute1\"", "\"\"", "host is not a text" },
	{ "\"compute1\"", "\"a b\"", "without spaces" },
	{ "\"compute1\"", "\"a\\nb\"", "without spaces" },
	{ "\"compute1\"", "\"\\u00e4\"", "without spaces" },
	{ "\"compute1\"", "\"a\\u0000b\"", "no JSON" },
	{ "\"compute1\"", "\"a\xff\"", "no JSON" },
	{ "\"compute1\"", "7", "host is not a text" },
	{ "\"compute1\"", "null", "host is not a text" },
	{ "\"novark\":\"0.1\"", "\"novark\":{}", "novark is not a text" },
	/* The node, its databases, the warnings. */
	{ "\"node\":{", "\"node\":{\"x\":1,", "does not know" },
	{ "\"node\":{", "\"node\":[{", "no JSON" },
	{ "\"address\":\"10.2.116.14\"", "\"address\":\"10.2.116.014\"",
	    "is none" },
	{ "\"address\":\"10.2.116.14\"", "\"address\":\"10.2.116.14/24\"",
	    "is none" },
	{ "\"address\":\"2001:db8::1\"", "\"address\":\"2001:DB8::1\"",
	    "is none" },
	{ "\"prefix\":24", "\"prefix\":33", "is none" },
	{ "\"prefix\":24", "\"prefix\":129", "out of range" },
	{ "\"prefix\":24", "\"prefix\":-1", "out of range" },
	{ "\"prefix\":24", "\"prefix\":true", "wrong type" },
	{ ",\"where\":\"interface eth0\"", "", "where is missing" },
	{ "{\"role\":\"nova\",\"schema\"", "{\"schema\"", "role is missing" },
	{ "{\"role\":\"nova\",\"schema\"",
	    "{\"password\":\"x\",\"role\":\"nova\",\"schema\"",
	    "does not know" },
	{ "\"databases\":[\n{", "\"databases\":[\n[],{", "not an object" },
	{ "\"databases\":[", "\"databases\":[,", "no JSON" },
	{ "{\"text\":\"one\"}", "{\"text\":1}", "wrong type" },
	{ "{\"text\":\"one\"}", "\"one\"", "not an object" },
	{ "{\"text\":\"one\"}", "{\"text\":\"one\",\"text\":\"two\"}",
	    "no JSON" },
	/* Items. */
	{ "\"name\":\"file:/etc/nova\"", "\"name\":\"file:/etc/../nova\"",
	    "does not follow" },
	{ "\"path\":\"etc/nova\"", "\"path\":\"etc/../nova\"",
	    "or the parts . or .." },
	{ "\"path\":\"etc/nova\"", "\"path\":\"/etc/nova\"",
	    "or the parts . or .." },
	{ "\"path\":\"etc/nova\"", "\"path\":\"etc/other\"",
	    "does not follow" },
	{ "\"path\":\"etc/nova\"", "\"path\":\"\"", "its path" },
	{ "\"path\":\"etc/nova\"", "\"path\":\"etc\\\\nova\"", "backslash" },
	{ "\"name\":\"file:/etc/nova\"", "\"name\":\"file:etc/nova\"",
	    "does not fit its kind" },
	{ "\"name\":\"file:/etc/nova\"", "\"name\":\"domain:/etc/nova\"",
	    "does not fit its kind" },
	{ "\"name\":\"file:/etc/nova\"", "\"name\":\"file:/etc/\\u001bnova\"",
	    "control bytes" },
	{ "\"name\":\"file:/etc/nova\"", "\"name\":7", "wrong type" },
	{ "\"name\":\"file:/etc/nova/empty\"",
	    "\"name\":\"file:/etc/nova/nova.conf\"", "follow from its name" },
	{ "\"kind\":\"file\"", "\"kind\":\"device\"", "does not know" },
	{ "\"kind\":\"file\"", "\"kind\":\"domain\"", "not of its part" },
	{ "\"part\":\"files\"", "\"part\":\"libvirt\"", "not of its part" },
	{ "\"kind\":\"file\",", "", "kind is missing" },
	{ "\"size\":0", "\"size\":-1", "out of range" },
	{ "\"size\":0", "\"size\":0.0", "wrong type" },
	{ "\"size\":0", "\"size\":1e3", "wrong type" },
	{ "\"size\":0", "\"size\":1", "only a regular file has bytes" },
	{ "\"size\":1,", "\"size\":99999999999999999,", "beyond all measure" },
	{ "\"size\":1,", "\"size\":99999999999999999999,", "no JSON" },
	{ "\"sha256\":\"0", "\"sha256\":\"A", "no SHA-256" },
	{ "\"sha256\":\"0", "\"sha256\":\"", "no SHA-256" },
	{ "\"sha256\":\"0", "\"sha256\":\"00", "no SHA-256" },
	{ "\"file\":{", "\"virt\":{", "file is missing" },
	{ "\"file\":{", "\"more\":{},\"file\":{", "does not know" },
	{ "\"type\":\"folder\"", "\"type\":\"fifo\"", "does not know" },
	{ "\"type\":\"folder\"", "\"type\":\"symlink\"", "has a target" },
	{ "\"mode\":\"2750\"", "\"mode\":\"12750\"", "octal" },
	{ "\"mode\":\"2750\"", "\"mode\":\"2758\"", "octal" },
	{ "\"mode\":\"2750\"", "\"mode\":\"750\"", "octal" },
	{ "\"mode\":\"2750\"", "\"mode\":1512", "wrong type" },
	{ "\"uid\":107", "\"uid\":4294967296", "out of range" },
	{ "\"uid\":107", "\"uid\":-1", "out of range" },
	{ "\"user\":\"nova\"", "\"user\":\"no\\nva\"", "not plain text" },
	{ "\"user\":\"nova\"", "\"user\":\"\"", "not plain text" },
	{ "\"user\":\"nova\"", "\"user\":null", "wrong type" },
	{ "\"target\":\"../nova/nova.conf\"", "\"target\":\"\"", "target" },
	{ "\"target\":\"../nova/nova.conf\"", "\"target\":\"a\\nb\"",
	    "target" },
	{ "\"format\":\"ini\"", "\"format\":\"yaml\"", "does not know" },
	{ "\"user.empty\":\"\"", "\"user.empty\":\"x\"", "no base64" },
	{ "\"user.empty\":\"\"", "\"user.empty\":1", "no base64" },
	{ "\"user.empty\":\"\"", "\"user.zzz\":\"\"", "not in order" },
	{ "\"user.empty\":\"\"", "\"\":\"\"", "bad name" },
	{ "\"xattrs\":{", "\"xattrs\":{},\"x\":{", "but empty" },
	{ SAMPLE_UUID "\",\"kind\"", SAMPLE_PRIVATE "\",\"kind\"",
	    "named by its uuid" },
	{ "\"uuid\":\"" SAMPLE_UUID "\"", "\"uuid\":\"x\"",
	    "its uuid is none" },
	{ "\"persistent\":true", "\"persistent\":1", "wrong type" },
	{ "\"persistent\":true,", "", "persistent is missing" },
	{ "\"value\":{\"size\":16", "\"value\":{\"size\":67108865",
	    "out of range" },
	{ "\"value\":{", "\"value\":{\"x\":1,", "does not know" },
	{ "\"active\":true", "\"active\":true,\"private\":false",
	    "does not know" },
	{ "\"active\":true", "\"active\":true,\"value\":{}", "does not know" },
	{ "\"schema\":\"nova\",\"table\":\"volumes\"",
	    "\"schema\":\"nov\",\"table\":\"volumes\"", "table:SCHEMA.TABLE" },
	{ "\"schema\":\"nova\",\"table\":\"volumes\"",
	    "\"schema\":\"nova\",\"table\":\"volume\"", "table:SCHEMA.TABLE" },
	{ "\"rows\":1", "\"rows\":-1", "out of range" },
	{ "\"rows\":1,", "\"rows\":1,\"outside\":false,", "or not there" },
	{ "\"rows\":1,", "\"rows\":1,\"outside\":1,", "wrong type" },
	{ "\"databases\"", "\"hosts\":[],\n\"databases\"", "no list of names" },
	{ "\"databases\"", "\"hosts\":\"a\",\n\"databases\"",
	    "no list of names" },
	{ "\"databases\"", "\"hosts\":[1],\n\"databases\"", "name is none" },
	{ "\"databases\"", "\"hosts\":[\"\"],\n\"databases\"", "name is none" },
	{ "\"databases\"", "\"hosts\":[\"a\\u0001\"],\n\"databases\"",
	    "name is none" },
	{ "\"databases\"", "\"hosts\":[\"a\",\"b\",\"a\"],\n\"databases\"",
	    "named twice" },
	{ "\"databases\"", "\"sweep\":{},\n\"databases\"",
	    "tables is missing" },
	{ "\"databases\"", "\"sweep\":1,\n\"databases\"", "not an object" },
	{ "\"databases\"",
	    "\"sweep\":{\"tables\":1,\"columns\":1,\"files\":-1,"
	    "\"found_rows\":0,\"found_files\":0},\n\"databases\"",
	    "out of range" },
	{ "\"columns\":[", "\"columns\":[],\"x\":[", "does not know" },
	{ "{\"name\":\"id\"", "{\"name\":\"deleted_at\"", "one name" },
	{ "{\"name\":\"id\"", "{\"name\":\"\"", "not plain text" },
	{ "\"key\":1", "\"key\":2", "primary key" },
	{ "\"key\":1", "\"key\":-1", "out of range" },
	{ "\"key\":0", "\"key\":1", "primary key" },
	{ "\"nullable\":false", "\"nullable\":\"false\"", "wrong type" },
	/* Accounts. */
	{ "\"user\":\"nova\",\"host\"", "\"user\":\"nov\",\"host\"",
	    "account:USER@HOST" },
	{ "\"host\":\"10.2.116.14\"", "\"host\":\"10.2.116.1\"",
	    "account:USER@HOST" },
	{ "\"host\":\"10.2.116.14\"", "\"host\":\"\"", "not plain text" },
	{ "\"user\":\"nova\",\"host\"", "\"host\"", "user is missing" },
	{ "\"roles\":[", "\"roles\":[],\"x\":[", "does not know" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[]", "1 to 64" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[1]", "no text" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[\"\"]", "its role" },
	{ "\"roles\":[\"nova\",\"cinder\"]", "\"roles\":[\"nova\",\"nova\"]",
	    "twice" },
	{ "accounts/nova@10.2.116.14.txt", "accounts/nova@10.2.116.14.xml",
	    "does not follow" },
	{ "255.255.255.0.txt", "255.255.255.1.txt", "does not follow" },
	/* The index. */
	{ "[[1,2],", "[[1,0],", "bad entry" },
	{ "[[1,2],", "[[1,-2],", "bad entry" },
	{ "[[1,2],", "[[1,2,3],", "bad entry" },
	{ "[[1,2],", "[[1],", "bad entry" },
	{ "[[1,2],", "[[1,2],[1,2],", "bad entry" },
	{ "[[1,2],", "[[2,1],[1,2],", "bad entry" },
	{ "[[1,2],", "[[1,02],", NULL },
	{ "[[1,2],", "[[1,1e1],", "bad entry" },
	{ "[[1,2],", "[[1,99999999999999999999],", "bad entry" },
	{ "[[1,2],", "[[99,2],", "bad entry" },
	{ "[[1,2],", "[[\"1\",2],", "bad entry" },
	{ "[[1,2],[10,1],[11,1],[14,1]]", "[]", "bad entry" },
	{ "[[1,2],[10,1],[11,1],[14,1]]", "{}", "bad entry" },
	{ "[[1,2],[10,1],[11,1],[14,1]]", "7", "bad entry" },
	{ "\"10.2.116.14\":[[", "\"10.2.116.014\":[[", "no address" },
	{ "\"10.2.116.14\":[[", "\"host\":[[", "no address" },
	{ "\"10.2.116.14\":[[", "\"200.2.116.14\":[[", "not in order" },
	{ "\"10.2.116.14\":[[", "\"192.168.122.1\":[[", "not in order" },
	{ "\"index\":{", "\"index\":[", "no JSON" },
	{ "\"index\":{", "\"index\":{,", "no JSON" },
};

static void
test_hostile(void **state)
{
	struct manifest *m = sample_manifest();
	struct buf good = BUF_EMPTY;
	size_t i;

	(void)state;
	assert_int_equal(manifest_print(m, &good), 0);
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		rule_holds(&good, &hostile[i]);
	manifest_free(m);
	buf_free(&good);
}

/* Cut off anywhere, or with any one byte turned: never a crash, and a shorter
 * one is never taken (but for the newline at its end). */
static void
test_damaged(void **state)
{
	struct buf good = BUF_EMPTY, bad = BUF_EMPTY;
	struct manifest *m = sample_manifest(), *back;
	size_t i;
	int saved;

	(void)state;
	assert_int_equal(manifest_print(m, &good), 0);
	saved = hush();
	for (i = 0; i + 1 < good.len; i++) {
		/* An allocation of its own, so that ASan sees the end. */
		buf_free(&bad);
		assert_int_equal(buf_add(&bad, good.data, i), 0);
		back = manifest_parse("m", bad.data == NULL ? "" : bad.data, i);
		if (back != NULL)
			fail_msg("taken, cut at %zu", i);
		warn_forget();
	}
	buf_free(&bad);
	assert_int_equal(buf_add(&bad, good.data, good.len), 0);
	for (i = 0; i < good.len; i++) {
		bad.data[i] = (char)(bad.data[i] ^ (1 << i % 8));
		manifest_free(manifest_parse("m", bad.data, bad.len));
		bad.data[i] = good.data[i];
		warn_forget();
	}
	unhush(saved);
	manifest_free(m);
	buf_free(&good);
	buf_free(&bad);
}

/* Deep nesting, huge entries, too much of everything: refused, cheaply. */
static void
test_limits(void **state)
{
	struct buf good = BUF_EMPTY, bad = BUF_EMPTY, deep = BUF_EMPTY;
	struct manifest *m = sample_manifest();
	static const struct {
		const char *open;
		size_t times;
		const char *text;
	} cases[] = { { "[", 60, "wrong type" }, { "[", 100, "no JSON" },
		{ "[", 3000000, "no JSON" },
		{ "{\"a\":", 2000000, "no JSON" } };
	size_t i, k;
	int saved;

	(void)state;
	assert_int_equal(manifest_print(m, &good), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&deep);
		assert_int_equal(buf_adds(&deep, "{\"text\":"), 0);
		for (k = 0; k < cases[i].times; k++)
			assert_int_equal(buf_adds(&deep, cases[i].open), 0);
		for (k = 0; k < cases[i].times; k++)
			assert_int_equal(buf_adds(&deep, "]"), 0);
		assert_int_equal(buf_adds(&deep, "}"), 0);
		edit_copy(&good, "{\"text\":\"one\"}", deep.data, &bad);
		saved = hush();
		assert_null(manifest_parse("m", bad.data, bad.len));
		unhush(saved);
		assert_said(cases[i].text);
	}
	buf_clear(&deep);
	assert_int_equal(buf_adds(&deep, "{\"text\":\""), 0);
	for (k = 0; k <= LIMIT_MANIFEST_ENTRY; k++)
		assert_int_equal(buf_addc(&deep, 'x'), 0);
	assert_int_equal(buf_adds(&deep, "\"}"), 0);
	edit_copy(&good, "{\"text\":\"one\"}", deep.data, &bad);
	saved = hush();
	assert_null(manifest_parse("m", bad.data, bad.len));
	unhush(saved);
	assert_said("longer than 1 MiB");
	manifest_free(m);
	buf_free(&good);
	buf_free(&bad);
	buf_free(&deep);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
