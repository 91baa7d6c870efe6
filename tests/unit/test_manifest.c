#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/slice.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "sample.h"

#define ID "0123456789abcdef0123456789abcdef"

/* A manifest with an item of every kind, numbers and index included. */
static struct manifest *
whole(void)
{
	struct manifest *m = manifest_new();
	struct item *item;
	size_t i;
	int saved;

	assert_non_null(m);
	sample_node(m);
	assert_int_equal(manifest_set(&m->id, ID), 0);
	assert_int_equal(manifest_set(&m->created, "2026-11-22T16:15:47Z"), 0);
	assert_int_equal(manifest_set(&m->novark, "0.1"), 0);
	saved = hush();
	assert_int_equal(manifest_warn(m, NULL, "one"), 0);
	assert_int_equal(manifest_warn(m, "domain:x", "a\n%s", "\xff"), 0);
	unhush(saved);
	for (i = 0; i < SAMPLES; i++) {
		item = sample_item(&samples[i]);
		assert_non_null(item->path = item_member(item));
		memset(item->sha256, '0' + (int)(i % 10), 64);
		if (item->kind != ITEM_FILE || item->file->type == FILE_REGULAR)
			item->size = i;
		if (i == 5) {
			item->virt->has_value = 1;
			item->virt->value_size = 16;
			memset(item->virt->value_sha256, 'b', 64);
		}
		if (samples[i].bytes != NULL)
			assert_int_equal(
			    manifest_count(m, PLACE_TEXT, samples[i].bytes,
				strlen(samples[i].bytes)),
			    0);
		assert_int_equal(manifest_add(m, item), 0);
	}
	return m;
}

static void
print(const struct manifest *m, struct buf *out)
{

	assert_int_equal(manifest_print(m, out), 0);
}

/* print, parse, print: the same bytes, and the same model. */
static void
test_round(void **state)
{
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *m = whole(), *back;
	const struct item *item;
	size_t i;

	(void)state;
	m->sweep = (struct manifest_sweep){ 1, 30, 40, 50, 6, 7 };
	m->items[12]->table->outside = 1;
	assert_int_equal(manifest_add_host(m, "compute1"), 0);
	assert_int_equal(manifest_add_host(m, "h\xc3\xb6st 2"), 0);
	print(m, &one);
	assert_non_null(back = manifest_parse("m", one.data, one.len));
	print(back, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	assert_int_equal(back->nitems, SAMPLES);
	for (i = 0; i < SAMPLES; i++) {
		item = back->items[i];
		assert_string_equal(item->name, samples[i].name);
		assert_ptr_equal(manifest_find(back, samples[i].name), item);
		assert_null(item_check(item));
	}
	assert_null(manifest_find(back, "file:/not/there"));
	item = manifest_find(back, "file:/etc/nova/nova.conf");
	assert_int_equal(item->file->nxattrs, 2);
	assert_int_equal(item->file->xattrs[1].len, 5);
	assert_memory_equal(item->file->xattrs[1].value, "a\0\n=\xff", 5);
	assert_int_equal(item->file->gid, 3000000);
	assert_int_equal(item->file->mode, 0640);
	item = manifest_find(back, "pool:a/b 100%");
	assert_string_equal(item->path, "pools/a%2Fb 100%25.xml");
	item = manifest_find(back, "table:nova.volumes");
	assert_int_equal(item->table->ncolumns, 4);
	assert_int_equal(item->table->columns[0].key, 1);
	assert_int_equal(item->table->columns[3].generated, 1);
	assert_int_equal(item->table->outside, 0);
	assert_int_equal(back->items[12]->table->outside, 1);
	assert_int_equal(back->sweep.done, 1);
	assert_int_equal(back->sweep.tables, 30);
	assert_int_equal(back->sweep.columns, 40);
	assert_int_equal(back->sweep.files, 50);
	assert_int_equal(back->sweep.found_rows, 6);
	assert_int_equal(back->sweep.found_files, 7);
	assert_int_equal(back->nhosts, 2);
	assert_string_equal(back->hosts[0], "compute1");
	assert_string_equal(back->hosts[1], "h\xc3\xb6st 2");
	assert_int_equal(back->nown, 2);
	assert_int_equal(back->own[1].prefix, -1);
	assert_int_equal(back->nwarnings, 2);
	assert_null(back->warnings[0].item);
	assert_string_equal(back->warnings[1].text, "a\\x0a\\xff");
	manifest_free(m);
	manifest_free(back);
	manifest_free(NULL);
	buf_free(&one);
	buf_free(&two);
}

/* The index: by item, then by address, with the right counts. */
static void
test_index(void **state)
{
	static const struct {
		size_t item;
		const char *text;
		uint64_t count;
	} want[] = { { 1, "10.2.116.14", 2 }, { 8, "192.168.122.1", 1 },
		{ 10, "10.2.116.14", 1 }, { 11, "10.2.116.14", 1 },
		{ 14, "10.2.116.14", 1 } };
	struct manifest *m = whole(), *back;
	struct buf b = BUF_EMPTY;
	char text[ADDRESS_TEXT];
	size_t i;

	(void)state;
	print(m, &b);
	assert_non_null(
	    strstr(b.data, "\"10.2.116.14\":[[1,2],[10,1],[11,1],[14,1]]"));
	assert_non_null(back = manifest_parse("m", b.data, b.len));
	assert_int_equal(m->nindex, 5);
	assert_int_equal(back->nindex, 5);
	for (i = 0; i < 5; i++) {
		address_print(&m->index[i].addr, text);
		assert_string_equal(text, want[i].text);
		assert_int_equal(m->index[i].item, want[i].item);
		assert_int_equal(m->index[i].count, want[i].count);
		address_print(&back->index[i].addr, text);
		assert_string_equal(text, want[i].text);
		assert_int_equal(back->index[i].item, want[i].item);
		assert_int_equal(back->index[i].count, want[i].count);
	}
	manifest_free(m);
	manifest_free(back);
	buf_free(&b);
}

/* Formats count their own places; bytes that are not of a format count too. */
static void
test_count(void **state)
{
	static const struct {
		enum place_format format;
		const char *bytes;
		uint64_t count;
	} cases[] = {
		{ PLACE_OPAQUE, "10.0.0.1", 0 },
		{ PLACE_TEXT, "10.0.0.1 10.0.0.1\n10.0.0.1", 3 },
		{ PLACE_VALUE, "10.0.0.1", 1 },
		{ PLACE_INI, "[a]\nx = 10.0.0.1\n# 10.0.0.1\n", 2 },
		{ PLACE_XML, "<a b='10.0.0.1'>10.0.0.1</a>", 2 },
		{ PLACE_XML, "<a b='10.0.0.1'>10.0.0.1", 2 },
		{ PLACE_JSON, "{\"a\":[\"10.0.0.1\",\"10.0.0.1\"]}", 2 },
		{ PLACE_JSON, "10.0.0.1", 1 },
	};
	struct manifest *m = manifest_new();
	struct item *item;
	size_t i, before;
	char name[32];
	int saved;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		before = m->nindex;
		saved = hush();
		assert_int_equal(manifest_count(m, cases[i].format,
				     cases[i].bytes, strlen(cases[i].bytes)),
		    0);
		unhush(saved);
		item = item_new(ITEM_FILE);
		snprintf(name, sizeof(name), "file:/%zu", i);
		assert_int_equal(manifest_set(&item->name, name), 0);
		assert_int_equal(manifest_add(m, item), 0);
		if (cases[i].count == 0) {
			assert_int_equal(m->nindex, before);
			continue;
		}
		if (m->nindex != before + 1 ||
		    m->index[before].count != cases[i].count)
			fail_msg("case %zu", i);
		assert_int_equal(m->index[before].item, i);
	}
	manifest_free(m);
}

static void
test_twice(void **state)
{
	struct manifest *m = manifest_new();
	struct item *a = item_new(ITEM_FILE), *b = item_new(ITEM_FILE);
	int saved, rc;

	(void)state;
	assert_int_equal(manifest_set(&a->name, "file:/a"), 0);
	assert_int_equal(manifest_set(&b->name, "file:/a"), 0);
	assert_int_equal(manifest_add(m, a), 0);
	saved = hush();
	rc = manifest_add(m, b);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("file:/a is there twice");
	assert_int_equal(m->nitems, 1);
	item_free(b);
	manifest_free(m);
}

/* The good document with the first ${from} made ${to}, and what is said then;
 * NULL: it is still taken. */
static const struct hostile {
	const char *from, *to, *text;
} hostile[] = {
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
	{ ID, "0123456789ABCDEF0123456789abcdef", "32 lower-case hex" },
	{ ID, "0123", "32 lower-case hex" },
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

/* ${text} with the first ${from} made ${to}. */
static void
replace(
    const struct buf *text, const char *from, const char *to, struct buf *out)
{
	char *at = strstr(text->data, from);

	if (at == NULL)
		fail_msg("not in the document: %s", from);
	buf_clear(out);
	assert_int_equal(
	    buf_add(out, text->data, (size_t)(at - text->data)), 0);
	assert_int_equal(buf_adds(out, to), 0);
	assert_int_equal(buf_adds(out, at + strlen(from)), 0);
}

static void
test_hostile(void **state)
{
	struct buf good = BUF_EMPTY, bad = BUF_EMPTY;
	struct manifest *m = whole(), *back;
	const struct hostile *h;
	size_t i;
	int saved;

	(void)state;
	print(m, &good);
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		h = &hostile[i];
		replace(&good, h->from, h->to, &bad);
		saved = hush();
		back = manifest_parse("FILE", bad.data, bad.len);
		unhush(saved);
		if ((back == NULL) != (h->text != NULL))
			fail_msg("%s -> %s: %s", h->from, h->to,
			    back == NULL ? "refused" : "taken");
		if (back == NULL) {
			assert_said(h->text);
			assert_said("FILE: refused: ");
		}
		manifest_free(back);
	}
	manifest_free(m);
	buf_free(&good);
	buf_free(&bad);
}

/* Cut off anywhere, or with any one byte turned: never a crash, and a shorter
 * one is never taken (but for the newline at its end). */
static void
test_damaged(void **state)
{
	struct buf good = BUF_EMPTY, bad = BUF_EMPTY;
	struct manifest *m = whole(), *back;
	size_t i;
	int saved;

	(void)state;
	print(m, &good);
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
	struct manifest *m = whole();
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
	print(m, &good);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&deep);
		assert_int_equal(buf_adds(&deep, "{\"text\":"), 0);
		for (k = 0; k < cases[i].times; k++)
			assert_int_equal(buf_adds(&deep, cases[i].open), 0);
		for (k = 0; k < cases[i].times; k++)
			assert_int_equal(buf_adds(&deep, "]"), 0);
		assert_int_equal(buf_adds(&deep, "}"), 0);
		replace(&good, "{\"text\":\"one\"}", deep.data, &bad);
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
	replace(&good, "{\"text\":\"one\"}", deep.data, &bad);
	saved = hush();
	assert_null(manifest_parse("m", bad.data, bad.len));
	unhush(saved);
	assert_said("longer than 1 MiB");
	manifest_free(m);
	buf_free(&good);
	buf_free(&bad);
	buf_free(&deep);
}

/* What a writer cannot hand in, although no document could hold it either. */
static void
test_item_check(void **state)
{
	struct item *item = sample_item(&samples[1]);
	const char *why;

	(void)state;
	assert_non_null(item->path = item_member(item));
	assert_null(item_check(item));
	assert_int_equal(manifest_set(&item->name, "file:/etc/\xff"), 0);
	assert_non_null(why = item_check(item));
	assert_non_null(strstr(why, "UTF-8"));
	assert_int_equal(
	    manifest_set(&item->name, "file:/etc/nova/nova.conf"), 0);
	item->file->xattrs[1].len = LIMIT_XATTRS;
	assert_string_equal(
	    item_check(item), "its extended attributes are too large");
	item->file->xattrs[1].len = 5;
	item->file->mode = 010644;
	assert_non_null(item_check(item));
	item->file->mode = 0644;
	assert_null(item_check(item));
	item_free(item);
	item_free(NULL);
}

/* Not UTF-8 where nobody looked before: the print fails, and names it. */
static void
test_print_refused(void **state)
{
	struct manifest *m = whole();
	struct buf b = BUF_EMPTY;
	int saved, rc;

	(void)state;
	assert_int_equal(manifest_set(&m->hypervisor, "QEMU\xff"), 0);
	saved = hush();
	rc = manifest_print(m, &b);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("node cannot stand in a manifest");
	manifest_free(m);
	buf_free(&b);
}

/* Elements of one object or array, joined by |; or why not. */
static void
test_slice(void **state)
{
	static const struct {
		char open;
		const char *text, *want;
	} cases[] = {
		{ '[', "[]", "" },
		{ '[', " [ ] ", "" },
		{ '[', "[1]", "1|" },
		{ '[', "[ 1 , \"a,]\\\"\" , {\"x\":[1,2]} ]",
		    "1|\"a,]\\\"\"|{\"x\":[1,2]}|" },
		{ '[', "[[ ], [ [ ] ] ]", "[ ]|[ [ ] ]|" },
		{ '{', "{\"a\":1,\"b\":[]}", "a=1|b=[]|" },
		{ '{', "{ \"a\" : true }", "a=true|" },
		{ '[', "", "!" },
		{ '[', "[", "!" },
		{ '[', "[1", "1|!" },
		{ '[', "[1,", "1|!" },
		{ '[', "[1,]", "1|!" },
		{ '[', "[,1]", "!" },
		{ '[', "[1 2]", "1|!" },
		{ '[', "[1]]", "1|!" },
		{ '[', "[1],", "1|!" },
		{ '[', "{}", "!" },
		{ '{', "[]", "!" },
		{ '{', "{\"a\"}", "!" },
		{ '{', "{a:1}", "!" },
		{ '{', "{\"a\":}", "!" },
		{ '{', "{\"a\\n\":1}", "!" },
		{ '{', "{\"a\":\"x}", "!" },
		{ '{', "{\"a\":\"\\", "!" },
	};
	struct buf b = BUF_EMPTY;
	struct slice s;
	char *copy;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		assert_non_null(copy = malloc(strlen(cases[i].text) + 1));
		memcpy(copy, cases[i].text, strlen(cases[i].text));
		slice_start(&s, cases[i].open, copy, strlen(cases[i].text));
		while ((rc = slice_next(&s)) == 1) {
			if (s.key != NULL)
				assert_int_equal(
				    buf_addf(&b, "%.*s=", (int)s.keylen, s.key),
				    0);
			assert_int_equal(
			    buf_addf(&b, "%.*s|", (int)s.len, s.value), 0);
		}
		assert_int_equal(slice_next(&s), rc);
		assert_int_equal(buf_adds(&b, rc == -1 ? "!" : ""), 0);
		if (strcmp(b.data, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].text, b.data);
		free(copy);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_item_check),
		cmocka_unit_test(test_print_refused),
		cmocka_unit_test(test_slice),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
