#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/warn.h"
#include "tests/unit/place_list.h"

/* Formats with a tree: XML and JSON. */

static void
xml(void **state)
{
	static const struct walk_case cases[] = {
		{ PLACE_XML, "<a/>", "" },
		{ PLACE_XML, "<?xml version='1.0'?>\n<a b='1' c=\"2\">3</a>\n",
		    "/a/@b|p|1\n/a/@c|p|2\n/a|p|3\n" },
		{ PLACE_XML, "<a><b/><b x='1'/><c x='2'/><b>3</b></a>",
		    "/a/b[2]/@x|p|1\n/a/c/@x|p|2\n/a/b[3]|p|3\n" },
		{ PLACE_XML,
		    "<a><b><c x='1'/></b><b><c x='2'/><c x='3'/></b></a>",
		    "/a/b[1]/c/@x|p|1\n/a/b[2]/c[1]/@x|p|2\n"
		    "/a/b[2]/c[2]/@x|p|3\n" },
		{ PLACE_XML, "<!-- x --><a><!--y--></a>",
		    "/comment()|c| x \n/a/comment()|c|y\n" },
		{ PLACE_XML, "<a> 1 <b/>\n 2 </a>", "/a|p|1\n/a|p|2\n" },
		{ PLACE_XML, "<a><![CDATA[ <1> ]]></a>", "/a|p|<1>\n" },
		{ PLACE_XML, "<a b='x>y'  c = '1'\n d=''/>",
		    "/a/@b|p|x>y\n/a/@c|p|1\n/a/@d|p|\n" },
		{ PLACE_XML, "<n:a xmlns:n='u'><n:b n:c='1'/></n:a>",
		    "/n:a/@xmlns:n|p|u\n/n:a/n:b/@n:c|p|1\n" },
		{ PLACE_XML, "<a b='&lt;&#46;'>&amp;</a>",
		    "/a/@b|p|&lt;&#46;\n/a|p|&amp;\n" },
		{ PLACE_XML, "<g passwd='1' passwdValidTo='2' listen='3'/>",
		    "/g/@passwd|s|1\n/g/@passwdValidTo|p|2\n/g/@listen|p|3\n" },
		{ PLACE_XML, "<a><password>1</password></a>",
		    "/a/password|s|1\n" },
		{ PLACE_XML, "<secret usage='x' uuid='1'/>",
		    "/secret/@usage|p|x\n/secret/@uuid|p|1\n" },
		{ PLACE_XML,
		    "<domain><os><type machine='1'>2</type></os></domain>",
		    "/domain/os/type/@machine|m|1\n/domain/os/type|p|2\n" },
		{ PLACE_XML,
		    "<domain><devices><interface><source "
		    "bridge='1'/></interface>"
		    "<interface><source bridge='2'/></interface></devices>"
		    "</domain>",
		    "/domain/devices/interface[1]/source/@bridge|b|1\n"
		    "/domain/devices/interface[2]/source/@bridge|b|2\n" },
		{ PLACE_XML, "<network><bridge name='1'/></network>",
		    "/network/bridge/@name|b|1\n" },
		{ PLACE_XML, "\xef\xbb\xbf<a b='\xc3\xa9'/>",
		    "/a/@b|p|\xc3\xa9\n" },
	};

	(void)state;
	CHECK(cases);
}

/* Bytes that are no XML to us: -1, no place seen, and a message. */
static void
xml_refused(void **state)
{
	static const char *const cases[] = { "", "x", "<a>", "<a></b>", "</a>",
		"<a/><b/>", "<a b=1/>", "<a b='1/>", "<a b/>",
		"<a b='1' b='2'/>", "<a>&x;</a>", "<a>&#0;</a>",
		"<!DOCTYPE a><a/>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]><a>&x;</a>",
		"<!ELEMENT a ANY><a/>", "<a><!-- </a>", "<a><![CDATA[</a>",
		"<?x", "<a", "<", "<a \n", "<>", "< a/>", "<a b='<'/>",
		"<a b:c:1='x'/>", "<?xml version='1.0' encoding='UTF-16'?><a/>",
		"<?xml version='1.0' encoding='UTF-7'?><a/>",
		"<?xml version='1.0' encoding='EBCDIC'?><a/>" };
	struct buf b = BUF_EMPTY;
	size_t i, said, before;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)warn_said(&before);
		assert_int_equal(place_walk(PLACE_XML, cases[i],
				     strlen(cases[i]), list_place, &b),
		    -1);
		assert_null(b.data);
		(void)warn_said(&said);
		assert_int_equal(said, before + 1);
		assert_false(place_fits(PLACE_XML, cases[i], strlen(cases[i])));
		(void)warn_said(&before);
		assert_int_equal(said, before);
		assert_int_equal(place_walk_any(PLACE_XML, cases[i],
				     strlen(cases[i]), list_place, &b),
		    0);
		buf_free(&b);
	}
	assert_int_equal(
	    place_walk(PLACE_XML, "<a>\0</a>", 8, list_place, &b), -1);
}

/* A document of ${n} levels of ${open}, with ${close} behind. */
static void
nested(struct buf *b, size_t n, const char *open, const char *close)
{
	size_t i;

	buf_clear(b);
	for (i = 0; i < n; i++)
		assert_int_equal(buf_adds(b, open), 0);
	assert_int_equal(buf_adds(b, "\"1.2.3.4\""), 0);
	for (i = 0; i < n; i++)
		assert_int_equal(buf_adds(b, close), 0);
}

static void
depth(void **state)
{
	struct buf b = BUF_EMPTY, out = BUF_EMPTY;

	(void)state;
	nested(&b, LIMIT_XML_DEPTH - 1, "<a>", "</a>");
	assert_true(place_fits(PLACE_XML, b.data, b.len));
	assert_int_equal(
	    place_walk(PLACE_XML, b.data, b.len, list_place, &out), 0);
	nested(&b, LIMIT_XML_DEPTH + 1, "<a>", "</a>");
	assert_false(place_fits(PLACE_XML, b.data, b.len));
	buf_clear(&out);
	nested(&b, LIMIT_JSON_DEPTH, "[", "]");
	assert_int_equal(
	    place_walk(PLACE_JSON, b.data, b.len, list_place, &out), 0);
	assert_memory_equal(out.data, "[0][0]", 6);
	buf_clear(&out);
	nested(&b, LIMIT_JSON_DEPTH + 1, "[", "]");
	assert_int_equal(
	    place_walk(PLACE_JSON, b.data, b.len, list_place, &out), 0);
	assert_memory_equal(out.data, "|p|[[", 5);
	buf_free(&b);
	buf_free(&out);
}

/* place_fn: the longest label. */
static int
longest(void *cookie, const struct place *p)
{
	size_t len = strlen(p->label), *most = cookie;

	*most = len > *most ? len : *most;
	return 0;
}

/* Names are kept short in labels, and only their own last bytes tell what they
 * are for: every place below them would have them again. */
static void
long_names(void **state)
{
	struct buf b = BUF_EMPTY, name = BUF_EMPTY;
	size_t most = 0;

	(void)state;
	while (name.len < LIMIT_XML_PATH)
		assert_int_equal(buf_addc(&name, 'n'), 0);
	assert_int_equal(buf_addf(&b, "<%s a='1'/>", name.data), 0);
	assert_true(place_fits(PLACE_XML, b.data, b.len));
	buf_clear(&b);
	assert_int_equal(
	    buf_addf(&b, "<%s><b a='1'/></%s>", name.data, name.data), 0);
	assert_false(place_fits(PLACE_XML, b.data, b.len));
	buf_clear(&b);
	assert_int_equal(buf_addf(&b, "<a %sn='1'/>", name.data), 0);
	assert_false(place_fits(PLACE_XML, b.data, b.len));
	buf_clear(&b);
	assert_int_equal(
	    buf_addf(&b, "{\"%s\":{\"password\":\"x\"}}", name.data), 0);
	assert_int_equal(
	    place_walk(PLACE_JSON, b.data, b.len, longest, &most), 0);
	assert_true(most > 0 && most <= LIMIT_NAME + 1);
	buf_clear(&b);
	most = 0;
	assert_int_equal(
	    buf_addf(&b, "[%s]\n%s = 1\n", name.data, name.data), 0);
	assert_int_equal(
	    place_walk(PLACE_INI, b.data, b.len, longest, &most), 0);
	assert_true(most > 0 && most <= LIMIT_NAME + 2);
	buf_free(&b);
	buf_free(&name);
}

static void
json(void **state)
{
	static const struct walk_case cases[] = {
		{ PLACE_JSON, "{}", "" },
		{ PLACE_JSON, "[]", "" },
		{ PLACE_JSON, "[1, true, null, 2.5]", "" },
		{ PLACE_JSON, "{\"a\": \"1\"}", "a|p|1\n" },
		{ PLACE_JSON,
		    " {\"a\" : {\"b\":[\"1\",2,\"3\"]},\"c\":\"4\"}\n",
		    "a.b[0]|p|1\na.b[2]|p|3\nc|p|4\n" },
		{ PLACE_JSON, "[{\"a\":\"1\"},{\"a\":\"2\"},[\"3\",[\"4\"]]]",
		    "[0].a|p|1\n[1].a|p|2\n[2][0]|p|3\n[2][1][0]|p|4\n" },
		{ PLACE_JSON, "{\"a\":{\"b\":{}},\"c\":\"1\"}", "c|p|1\n" },
		{ PLACE_JSON, "{\"a\":[[],{}],\"c\":\"1\"}", "c|p|1\n" },
		{ PLACE_JSON, "\"1\"", "|p|1\n" },
		{ PLACE_JSON, "{\"a\":\"x\\\"y\\\\\"}", "a|p|x\\\"y\\\\\n" },
		{ PLACE_JSON, "{\"a\":\"\"}", "a|p|\n" },
		{ PLACE_JSON, "{\"auth_password\":\"1\",\"x\":\"2\"}",
		    "auth_password|s|1\nx|p|2\n" },
		{ PLACE_JSON, "{\"tokens\":[\"1\"],\"secret\":[\"2\",\"3\"]}",
		    "tokens[0]|p|1\nsecret[0]|s|2\nsecret[1]|s|3\n" },
		{ PLACE_JSON, "{\"secret\":{\"a\":\"1\"},\"b\":\"2\"}",
		    "secret.a|p|1\nb|p|2\n" },
		{ PLACE_JSON, "", "|p|\n" },
		{ PLACE_JSON, "10.2.116.14", "|p|10.2.116.14\n" },
		{ PLACE_JSON, "5", "|p|5\n" },
		{ PLACE_JSON, "{\"a\":\"1\"", "|p|{\"a\":\"1\"\n" },
		{ PLACE_JSON, "{\"a\":\"1\"} x", "|p|{\"a\":\"1\"} x\n" },
		{ PLACE_JSON, "{'a':'1'}", "|p|{'a':'1'}\n" },
		{ PLACE_JSON, "]", "|p|]\n" },
		{ PLACE_JSON, "\"x", "|p|\"x\n" },
	};

	(void)state;
	CHECK(cases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xml),
		cmocka_unit_test(xml_refused),
		cmocka_unit_test(depth),
		cmocka_unit_test(long_names),
		cmocka_unit_test(json),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
