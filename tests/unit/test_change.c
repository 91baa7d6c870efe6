#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/digest.h"
#include "folder.h"
#include "restore/papers/change.h"

static const unsigned char one_key[CHANGE_KEY] = { 1 };
static const unsigned char other_key[CHANGE_KEY] = { 2 };

static json_t *
entry_with(
    const unsigned char *key, const struct plan_record *rec, unsigned flags)
{
	struct change_key *k;
	json_t *json;

	assert_non_null(k = change_key_new(key));
	json = change_json(k, rec, flags);
	change_key_free(k);
	assert_non_null(json);
	assert_null(change_check(json));
	return json;
}

static const char *
text(const json_t *json, const char *key)
{

	return json_string_value(json_object_get(json, key));
}

/* The digest of one side, copied. */
static void
digest_of(const struct plan_record *rec, unsigned flags, const char *side,
    char out[80])
{
	json_t *json = entry_with(one_key, rec, flags);

	assert_non_null(text(json, side));
	assert_true(strlen(text(json, side)) < 80);
	memcpy(out, text(json, side), strlen(text(json, side)) + 1);
	json_decref(json);
}

static struct plan_cell
cell(const char *name, const char *before, const char *after)
{
	struct plan_cell c = { .name = name, .before = before, .after = after };

	c.before_len = before == NULL ? 0 : strlen(before);
	c.after_len = after == NULL ? 0 : strlen(after);
	return c;
}

static struct plan_record
record(enum item_kind kind, const char *item, const struct plan_cell *cells,
    size_t n)
{
	struct plan_record r = { .type = PLAN_CHANGE,
		.kind = kind,
		.item = item,
		.source = item,
		.cells = cells,
		.ncells = n };

	return r;
}

/* Plain only where nothing is secret, and the whole is there. */
static void
test_plain(void **state)
{
	static const struct {
		enum item_kind kind;
		const char *cell, *after;
		int secret, plain;
	} cases[] = {
		{ ITEM_FILE, "content", "my_ip = 10.2.15.3\n", 0, 1 },
		{ ITEM_FILE, "content", "", 0, 1 },
		{ ITEM_FILE, "content", "rabbit_password = x\n", 0, 0 },
		{ ITEM_FILE, "content", "# admin_token = x\n", 0, 0 },
		{ ITEM_FILE, "content", "--sql_connection=mysql://n:p@h/d\n", 0,
		    0 },
		{ ITEM_FILE, "content", "{\"a\": {\"auth_password\": \"x\"}}",
		    0, 0 },
		{ ITEM_FILE, "content", "node.session.auth.password = x\n", 0,
		    0 },
		{ ITEM_FILE, "content", "a key", 1, 0 },
		{ ITEM_FILE, "target", "../nova.conf", 0, 0 },
		{ ITEM_FILE, "mode", "0640", 0, 0 },
		{ ITEM_DOMAIN, "xml", "<domain><name>a</name></domain>", 0, 1 },
		{ ITEM_DOMAIN, "xml",
		    "<domain><devices><graphics type='vnc' passwd='x'/>"
		    "</devices></domain>",
		    0, 0 },
		{ ITEM_DOMAIN, "autostart", "1", 0, 0 },
		{ ITEM_SECRET, "xml", "<secret/>", 0, 0 },
		{ ITEM_TABLE, "content", "10.2.15.3", 0, 0 },
		{ ITEM_TABLE, "host", "10.2.15.3", 0, 0 },
	};
	char hex[65], got[80], want[80];
	struct plan_record r;
	struct plan_cell c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		c = cell(cases[i].cell, "old", cases[i].after);
		c.secret = cases[i].secret;
		r = record(cases[i].kind, "file:/x", &c, 1);
		digest_of(&r, CHANGE_PLAIN, "after", got);
		assert_int_equal(
		    digest_bytes(cases[i].after, strlen(cases[i].after), hex),
		    0);
		snprintf(want, sizeof(want), "sha256:%s", hex);
		assert_int_equal(strcmp(got, want) == 0, cases[i].plain);
		assert_int_equal(
		    strncmp(got, "keyed:", 6) != 0, cases[i].plain);
		/* A saved plan has none that is plain. */
		digest_of(&r, 0, "after", got);
		assert_memory_equal(got, "keyed:", 6);
	}
}

/* A NUL byte makes it no text. */
static void
test_binary(void **state)
{
	struct plan_cell c = { .name = "content",
		.before = "a",
		.before_len = 1,
		.after = "a\0b",
		.after_len = 3 };
	struct plan_record r = record(ITEM_FILE, "file:/x", &c, 1);
	char got[80];

	(void)state;
	digest_of(&r, CHANGE_PLAIN, "after", got);
	assert_memory_equal(got, "keyed:", 6);
	digest_of(&r, CHANGE_PLAIN, "before", got);
	assert_memory_equal(got, "sha256:", 7);
}

/* All that a change sets is in its digest, but a file's time; and fields do not
 * run into each other. */
static void
test_differs(void **state)
{
	struct file_xattr x = { (char *)(uintptr_t) "user.a",
		(char *)(uintptr_t) "1", 1 };
	struct item_file f[8];
	struct plan_cell a[2] = { cell("a", "1", "2"), cell("b", "3", "4") };
	struct plan_cell b[2] = { cell("a", "1", "24"), cell("b", "3", "") };
	struct plan_cell none = cell("a", "1", NULL);
	struct plan_cell empty = cell("a", "1", "");
	struct plan_record r[16];
	char got[16][80], same[80];
	size_t i, k, n = 0;

	(void)state;
	memset(f, 0, sizeof(f));
	f[1].mode = 0600;
	f[2].uid = 1;
	f[3].gid = 1;
	f[4].user = (char *)(uintptr_t) "nova";
	f[5].group = (char *)(uintptr_t) "nova";
	f[6].xattrs = &x;
	f[6].nxattrs = 1;
	r[n++] = record(ITEM_TABLE, "row:a.b:1", a, 2);
	r[n++] = record(ITEM_TABLE, "row:a.b:2", a, 2);
	r[n++] = record(ITEM_TABLE, "row:a.b:1", a, 1);
	r[n++] = record(ITEM_TABLE, "row:a.b:1", b, 2);
	r[n++] = record(ITEM_TABLE, "row:a.b:1", &none, 1);
	r[n++] = record(ITEM_TABLE, "row:a.b:1", &empty, 1);
	for (i = 0; i < 7; i++) {
		r[n] = record(ITEM_FILE, "file:/x", a, 1);
		r[n++].will = &f[i];
	}
	for (i = 0; i < n; i++)
		digest_of(&r[i], 0, "after", got[i]);
	for (i = 0; i < n; i++) {
		for (k = i + 1; k < n; k++)
			assert_string_not_equal(got[i], got[k]);
	}
	f[0].mtime = 12345;
	digest_of(&r[6], 0, "after", same);
	assert_string_equal(same, got[6]);
}

/* Another key, another digest; the same one, the same. */
static void
test_keys(void **state)
{
	struct plan_cell c = cell("content", "x", "y");
	struct plan_record r = record(ITEM_FILE, "file:/x", &c, 1);
	json_t *a, *b, *other;

	(void)state;
	a = entry_with(one_key, &r, 0);
	b = entry_with(one_key, &r, 0);
	other = entry_with(other_key, &r, 0);
	assert_true(json_equal(a, b));
	assert_string_not_equal(text(a, "before"), text(other, "before"));
	assert_string_not_equal(text(a, "before"), text(a, "after"));
	json_decref(a);
	json_decref(b);
	json_decref(other);
}

/* Taken back: the same digests, the other way round. */
static void
test_back(void **state)
{
	struct plan_cell c = cell("content", NULL, "y");
	struct plan_record r = record(ITEM_FILE, "file:/x", &c, 1);
	json_t *there, *back;

	(void)state;
	r.type = PLAN_CREATE;
	there = entry_with(one_key, &r, CHANGE_PLAIN);
	back = entry_with(one_key, &r, CHANGE_PLAIN | CHANGE_BACK);
	assert_string_equal(text(there, "what"), "create");
	assert_string_equal(text(back, "what"), "remove");
	assert_true(json_is_null(json_object_get(there, "before")));
	assert_true(json_is_null(json_object_get(back, "after")));
	assert_string_equal(text(there, "after"), text(back, "before"));
	assert_int_equal(json_array_size(json_object_get(there, "cells")), 0);
	json_decref(there);
	json_decref(back);
	c.before = "x";
	c.before_len = 1;
	r.type = PLAN_CHANGE;
	back = entry_with(one_key, &r, CHANGE_BACK);
	assert_string_equal(text(back, "what"), "put-back");
	assert_string_equal(json_string_value(json_array_get(
				json_object_get(back, "cells"), 0)),
	    "content");
	json_decref(back);
}

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_check(void **state)
{
	static const struct {
		const char *json;
		int good;
	} cases[] = {
		{ "{'item':'a','what':'change','cells':['x'],'before':'"
		  "keyed:" HEX "','after':'sha256:" HEX "'}",
		    1 },
		{ "{'item':'a','what':'create','cells':[],'before':null,'after'"
		  ":"
		  "'keyed:" HEX "'}",
		    1 },
		{ "{'item':'a','what':'erase','cells':[],'before':null,'after':"
		  "null}",
		    0 },
		{ "{'item':1,'what':'create','cells':[],'before':null,'after':"
		  "null}",
		    0 },
		{ "{'item':'a','what':'create','cells':{},'before':null,'after'"
		  ":"
		  "null}",
		    0 },
		{ "{'item':'a','what':'create','cells':[1],'before':null,"
		  "'after':null}",
		    0 },
		{ "{'item':'a','what':'create','cells':[],'before':'x','after':"
		  "null}",
		    0 },
		{ "{'item':'a','what':'create','cells':[],'before':'md5:" HEX
		  "','after':null}",
		    0 },
		{ "{'item':'a','what':'create','cells':[],'before':'keyed:" HEX
		  "0','after':null}",
		    0 },
		{ "{'item':'a','what':'create','cells':[],'before':null}", 0 },
		{ "{'item':'a','what':'create','cells':[],'before':null,'after'"
		  ":"
		  "null,'more':1}",
		    0 },
		{ "[]", 0 },
		{ "null", 0 },
	};
	char text_[512], *s;
	json_t *json;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text_, sizeof(text_), "%s", cases[i].json);
		for (s = text_; *s != '\0'; s++)
			*s = *s == '\'' ? '"' : *s;
		json = json_loads(text_, JSON_DECODE_ANY, NULL);
		assert_non_null(json);
		assert_int_equal(change_check(json) == NULL, cases[i].good);
		json_decref(json);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_differs),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_back),
		cmocka_unit_test(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
