#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "restore/map/rewrite.h"
#include "restore/shares/share_hash.h"
#include "restore/shares/share_text.h"

#define OLD "1f44983343abd99eb6ce95ca25213a52"
#define NEW "c4edd4472604821640cb0a9c9c92a1a9"

/* As md5sum says, and hash() of Python 2 on 64 bits. */
static const struct {
	int kind;
	const char *share, *hash;
} hashes[] = {
	{ 0, "", "d41d8cd98f00b204e9800998ecf8427e" },
	{ 0, "10.2.116.14:/srv/nfs", OLD },
	{ 0, "10.2.15.3:/srv/nfs", NEW },
	{ 0, "[2001:db8::1]:/v", "166fb5826f34639a8881600bc3885ca9" },
	{ 1, "", "0" },
	{ 1, "a", "12416037344" },
	{ 1, "abc", "1453079729188098211" },
	{ 1, "10.2.116.14:/srv/nfs", "4535793293130337620" },
};

static void
test_hash(void **state)
{
	char text[SHARE_HASH];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(hashes) / sizeof(*hashes); i++) {
		assert_int_equal(share_hash(hashes[i].kind, hashes[i].share,
				     strlen(hashes[i].share), text),
		    0);
		assert_string_equal(text, hashes[i].hash);
	}
}

/* share_fn: "SHARE|" for each; "stop" ends it. */
static int
list(void *cookie, const char *share)
{

	if (strstr(share, "stop") != NULL)
		return 7;
	return buf_addf(cookie, "%s|", share);
}

enum of { JSON, WHOLE, POOL, LINES };

static const struct {
	enum of of;
	const char *text, *shares;
} texts[] = {
	{ JSON, "{\"data\": {\"export\": \"10.0.0.1:/a\", \"name\": \"v\"}}",
	    "10.0.0.1:/a|" },
	{ JSON, "{\"export\":\"[::1]:\\/a\\u0020b\"}", "[::1]:/a b|" },
	{ JSON, "{\"exports\": \"x:/y\", \"xexport\": \"x:/z\"}", "" },
	{ JSON, "{\"data\": {\"export\": null, \"device_path\": \"/a\"}}", "" },
	{ JSON, "{\"data\": {\"export\": \"quobyte://h/v\"}}", "h/v|" },
	{ JSON, "no json: {\"export", "" },
	{ JSON, "{}", "" },
	{ WHOLE, "10.0.0.1:/a b", "10.0.0.1:/a b|" },
	{ WHOLE, "[::1]:/a", "[::1]:/a|" },
	{ WHOLE, "//10.0.0.1/s", "//10.0.0.1/s|" },
	{ WHOLE, "quobyte://h/v", "h/v|" },
	{ WHOLE, "10.0.0.1:3260,1 iqn.2010-10.org:x 1", "" },
	{ WHOLE, "http://u:p@10.0.0.1:/a", "" },
	{ WHOLE, "", "" },
	{ POOL, "h@lvm#LVM", "" },
	{ POOL, "h@nfs#10.0.0.1:/a", "10.0.0.1:/a|" },
	{ POOL, "h@nfs#", "" },
	{ POOL, "h@nfs", "" },
	{ LINES, "10.0.0.1:/a\n10.0.0.2:/b -o vers=4\r\n",
	    "10.0.0.1:/a|10.0.0.2:/b|" },
	{ LINES, "# 10.0.0.1:/a\n;10.0.0.1:/b\n\n  \n", "" },
	{ LINES, "h:/a\\040b\\040c x", "h:/a b c|" },
	{ LINES, "//10.0.0.1/s -o user=x\n", "//10.0.0.1/s|" },
	{ LINES, "backup_share = 10.0.0.1:/b\n", "10.0.0.1:/b|" },
	{ LINES, "u = nova://x:p:/w@10.0.0.1/d\nv = http://10.0.0.1:/a", "" },
	{ LINES, "q = quobyte://h/v", "h/v|" },
	{ LINES, "[a]\nnas_host = 10.0.0.1\nnas_share_path=/x \n",
	    "10.0.0.1:/x|" },
	{ LINES, "[a]\nnas_share_path = /x\nnas_ip: 10.0.0.1", "10.0.0.1:/x|" },
	{ LINES, "[a]\nnas_host = 10.0.0.1\n[b]\nnas_share_path = /x", "" },
	{ LINES, "nas_hosts = 10.0.0.1\nnas_share_path = /x", "" },
	{ LINES, "nas_host\nnas_share_path = /x", "" },
};

static int
find(enum of of, const char *text, void *cookie)
{

	if (of == JSON)
		return share_json(text, strlen(text), list, cookie);
	if (of == WHOLE)
		return share_whole(text, list, cookie);
	if (of == POOL)
		return share_pool(text, list, cookie);
	return share_lines(text, strlen(text), list, cookie);
}

static void
test_texts(void **state)
{
	struct buf found = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		buf_clear(&found);
		assert_int_equal(buf_adds(&found, ""), 0);
		assert_int_equal(find(texts[i].of, texts[i].text, &found), 0);
		if (strcmp(found.data, texts[i].shares) != 0)
			fail_msg("%s\n  found: %s\n  not:   %s", texts[i].text,
			    found.data, texts[i].shares);
	}
	assert_int_equal(find(JSON, "{\"export\": \"stop\"}", &found), 7);
	assert_int_equal(find(POOL, "h#s:/stop", &found), 7);
	buf_free(&found);
}

/* Only the whole part of a path that has the rule's name. */
static const struct {
	const char *in, *out;
} paths[] = {
	{ "/mnt/" OLD "/v", "/mnt/" NEW "/v" },
	{ "/mnt/" OLD, "/mnt/" NEW },
	{ "/" OLD "/", "/" NEW "/" },
	{ "a /m/" OLD " b '/m/" OLD "',/m/" OLD ";",
	    "a /m/" NEW " b '/m/" NEW "',/m/" NEW ";" },
	{ "\\/m\\/" OLD "\\/v", "\\/m\\/" NEW "\\/v" },
	{ "file:///m/" OLD "/v", "file:///m/" NEW "/v" },
	{ "10.2.116.14:/srv/nfs /m/" OLD "/v",
	    "10.2.15.3:/srv/nfs /m/" NEW "/v" },
	{ "/m/4535793293130337620/v", "/m/8052862528887221212/v" },
	{ OLD, OLD },
	{ "/m/" OLD "0/v", "/m/" OLD "0/v" },
	{ "/m/0" OLD "/v", "/m/0" OLD "/v" },
	{ "/m/x-" OLD "/v", "/m/x-" OLD "/v" },
	{ "/m/" OLD ".d/v", "/m/" OLD ".d/v" },
	{ "/m/1F44983343ABD99EB6CE95CA25213A52/v",
	    "/m/1F44983343ABD99EB6CE95CA25213A52/v" },
	{ "/a/b/" OLD, "/new/" NEW },
	{ "/a/c/" OLD "/" OLD, "/chosen/" NEW },
};

static void
test_rules(void **state)
{
	static const char *const rules[] = { "10.2.116.14 = 10.2.15.3",
		"path /a/b = /new", "path /a/c/" OLD " = /chosen" };
	struct addrmap *m = addrmap_new();
	struct rewrite_options opt = { .map = m, .count = 1 };
	struct buf out = BUF_EMPTY;
	size_t i;

	(void)state;
	assert_non_null(m);
	for (i = 0; i < 3; i++)
		assert_int_equal(addrmap_add(m, rules[i], "test"), 0);
	assert_int_equal(addrmap_ready(m), 0);
	assert_int_equal(addrmap_has_folders(m), 0);
	for (i = 0; i < 2; i++) {
		assert_int_equal(addrmap_derive(m, OLD, NEW, "a share"), 0);
		assert_int_equal(addrmap_derive(m, "4535793293130337620",
				     "8052862528887221212", "a share"),
		    0);
		assert_int_equal(addrmap_ready(m), 0);
	}
	assert_int_equal(addrmap_rules(m), 5);
	assert_int_equal(addrmap_has_folders(m), 1);
	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		buf_clear(&out);
		assert_int_equal(rewrite(&opt, PLACE_VALUE, paths[i].in,
				     strlen(paths[i].in), &out, NULL, NULL),
		    0);
		assert_string_equal(out.data, paths[i].out);
	}
	assert_int_equal(addrmap_rule_derived(m, 0), 0);
	assert_int_equal(addrmap_rule_derived(m, 3), 1);
	assert_string_equal(addrmap_rule_text(m, 3), OLD " = " NEW);
	assert_string_equal(addrmap_rule_where(m, 3), "a share");
	assert_true(addrmap_rule_uses(m, 3) > 5);
	/* One folder, two names. */
	assert_int_equal(addrmap_derive(m, OLD, "x", "another"), 0);
	assert_int_equal(addrmap_ready(m), -1);
	buf_free(&out);
	addrmap_free(m);
	warn_forget();
}

static void
test_set(void **state)
{
	struct share_set *s = share_set_new();
	static const char *const names[] = { "m", "a", "z", "b" };
	char name[32];
	int i;

	(void)state;
	assert_non_null(s);
	assert_int_equal(share_set_has(s, "m"), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(share_set_add(s, names[i]), 0);
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "%d", i * 7919 % 100);
		assert_int_equal(share_set_has(s, name), 0);
		assert_int_equal(share_set_add(s, name), 0);
		assert_int_equal(share_set_has(s, name), 1);
	}
	for (i = 0; i < 4; i++)
		assert_int_equal(share_set_has(s, names[i]), 1);
	assert_int_equal(share_set_has(s, "c"), 0);
	assert_int_equal(share_set_count(s), 104);
	share_set_free(s);
	share_set_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_set),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
