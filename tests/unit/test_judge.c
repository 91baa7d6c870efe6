#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/judge/json_judge.h"
#include "archive/judge/xml_judge.h"
#include "archive/limits.h"

/* ${head}, ${times} times ${more}, ${tail}. */
static void
repeat(struct buf *b, const char *head, const char *more, size_t times,
    const char *tail)
{
	size_t i;

	buf_clear(b);
	assert_int_equal(buf_adds(b, head), 0);
	for (i = 0; i < times; i++)
		assert_int_equal(buf_adds(b, more), 0);
	assert_int_equal(buf_adds(b, tail), 0);
}

#define XML(why, bytes)                                                        \
	{                                                                      \
		why, bytes, sizeof(bytes) - 1                                  \
	}

static const struct {
	const char *why, *bytes; /* NULL: fine */
	size_t len;
} xml[] = {
	XML(NULL, "<a/>"),
	XML(NULL, " \n<a b='c'>d<!-- <!DOCTYPE --></a>\n"),
	XML(NULL, "\xef\xbb\xbf<a/>"),
	XML(NULL, "<?xml version='1.0' encoding='utf-8'?><a/>"),
	XML(NULL, "<?xml version=\"1.0\" encoding = \"ISO-8859-1\" ?><a/>"),
	XML(NULL, "<?xml version='1.0'?><a/>"),
	XML(NULL, "<a><![CDATA[<!DOCTYPE]]></a>"),
	XML("it is empty", ""),
	XML("it is not well formed", " "),
	XML("it is not well formed", "a"),
	XML("it is not well formed", "<a>"),
	XML("it is not well formed", "</a>"),
	XML("it is not well formed", "<a b></a>"),
	XML("it is not well formed", "<a><!-- "),
	XML("it is not well formed", "<!-- no element -->"),
	XML("it has a DOCTYPE", "<!DOCTYPE a><a/>"),
	XML("it has a DOCTYPE", "<!doctype a><a/>"),
	XML("it has a DOCTYPE", "<a><!ENTITY b 'c'></a>"),
	XML("it has a DOCTYPE", "<?xml version='1.0'?>\n<!-- -->\n<!DOCTYPE"),
	XML("it has NUL bytes", "<a>\0</a>"),
	XML("it has NUL bytes", "\xff\xfe<\0a\0/\0>\0"),
	XML("its encoding is not UTF-8",
	    "<?xml version='1.0' encoding='UTF-7'?><a/>"),
	XML("its encoding is not UTF-8",
	    "<?xml version='1.0' encoding='UTF-16'?><a/>"),
	XML("its encoding is not UTF-8",
	    "<?xml version='1.0' encoding=UTF-8?><a/>"),
	XML("its encoding is not UTF-8",
	    "<?xml version='1.0' encoding='UTF-8?><a/>"),
	XML("its encoding is not UTF-8",
	    "\xef\xbb\xbf<?xml version='1.0' encoding='IBM037'?><a/>"),
	XML("it is not well formed", "\x4c\x6f\xa7\x94\x93"),
};

static void
test_xml(void **state)
{
	const char *why;
	xmlDocPtr doc;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(xml) / sizeof(xml[0]); i++) {
		why = xml_judge(xml[i].bytes, xml[i].len);
		if ((why == NULL) != (xml[i].why == NULL) ||
		    (why != NULL && strcmp(why, xml[i].why) != 0))
			fail_msg("%zu: %s", i, why == NULL ? "fine" : why);
		doc = xml_open(xml[i].bytes, xml[i].len, &why);
		assert_int_equal(doc == NULL, xml[i].why != NULL);
		assert_int_equal(why == NULL, doc != NULL);
		xmlFreeDoc(doc);
		assert_int_equal(
		    xml_well_formed(xml[i].bytes, xml[i].len, &why), 0);
		assert_int_equal(why == NULL, xml[i].why == NULL);
	}
	/* What only libxml2 finds. */
	assert_null(xml_judge("<a>&lol;</a>", 12));
	assert_null(xml_open("<a>&lol;</a>", 12, &why));
	assert_string_equal(why, "it is not well formed");
	assert_null(xml_open(NULL, 0, &why));
}

static void
test_xml_limits(void **state)
{
	static const struct {
		const char *head, *more, *tail, *why;
		size_t most; /* so often is fine, once more is not */
	} cases[] = {
		{ "<r>", "<a/>", "</r>", "it has too many elements",
		    LIMIT_XML_ELEMENTS - 1 },
		{ "<r ", "a='' ", "/>", "an element has too many attributes",
		    LIMIT_XML_ATTRIBUTES },
		{ "<r>", "<a xmlns='b'/>", "</r>", "it has too many namespaces",
		    LIMIT_XML_NAMESPACES },
		{ "<r>", "<!---->", "</r>", "it would take too much memory",
		    (LIMIT_XML_WEIGHT - 160) / 160 },
	};
	struct buf b = BUF_EMPTY, all = BUF_EMPTY;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		repeat(&b, cases[i].head, cases[i].more, cases[i].most,
		    cases[i].tail);
		assert_null(xml_judge(b.data, b.len));
		repeat(&b, cases[i].head, cases[i].more, cases[i].most + 1,
		    cases[i].tail);
		assert_string_equal(xml_judge(b.data, b.len), cases[i].why);
	}
	for (i = LIMIT_XML_DEPTH; i <= LIMIT_XML_DEPTH + 1; i++) {
		repeat(&all, "", "<a>", i, "");
		repeat(&b, "", "</a>", i, "");
		assert_int_equal(buf_add(&all, b.data, b.len), 0);
		assert_int_equal(
		    xml_judge(all.data, all.len) == NULL, i == LIMIT_XML_DEPTH);
	}
	repeat(&b, "<a>", "0123456789abcdef", LIMIT_DEFINITION / 16, "</a>");
	assert_null(xml_judge(b.data, b.len));
	assert_null(xml_open(b.data, b.len, &why));
	assert_string_equal(why, "it is too large");
	buf_free(&b);
	buf_free(&all);
}

static void
test_json(void **state)
{
	static const struct {
		const char *head, *more, *tail;
		size_t times;
		int fits;
	} cases[] = {
		{ "{\"a\":[1,", "true,", "\"b\"]}", 10, 1 },
		{ "", "[", "1", 64, 0 }, /* not closed */
		{ "[", "{},", "{}]", 20000, 1 },
		{ "[", "{},", "{}]", 40000, 0 },
		{ "[", "1,", "1]", 100000, 1 },
		{ "[", "1,", "1]", 200000, 0 },
		{ "[\"", "xxxxxxxx", "\"]", 500000, 1 },
		{ "[\"", "\\\"[{", "\"]", 1000, 1 },
		{ "[", "]", "", 2, 0 },
	};
	struct buf b = BUF_EMPTY;
	json_error_t error;
	json_t *json;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		repeat(&b, cases[i].head, cases[i].more, cases[i].times,
		    cases[i].tail);
		json = json_open(b.data, b.len, 0, LIMIT_JSON_WEIGHT, &error);
		if ((json != NULL) != cases[i].fits)
			fail_msg("%zu: %s", i, error.text);
		if (json == NULL)
			assert_true(error.text[0] != '\0');
		json_decref(json);
	}
	/* 64 deep is fine, 65 is not, however it is closed. */
	for (i = 64; i <= 65; i++) {
		repeat(&b, "", "[", i, "");
		assert_int_equal(
		    json_weight(b.data, b.len) == SIZE_MAX, i == 65);
		assert_null(json_open(b.data, b.len, 0, JSON_ANY_WEIGHT, NULL));
	}
	assert_int_equal(json_weight("", 0), 0);
	assert_true(json_weight("\"", 1) > 0);
	assert_true(json_weight("\"\\", 2) > 0);
	buf_free(&b);
}

/* FORMAT.md, section 7, has the very numbers of limits.h. */
static void
test_format(void **state)
{
	static const struct {
		const char *before;
		uint64_t number;
		const char *behind;
	} rows[] = {
		{ "| SHA256SUMS | ", LIMIT_SUMS >> 10, " KiB |" },
		{ "| KEY.cms | ", LIMIT_ENVELOPE >> 10, " KiB |" },
		{ "| MANIFEST.json | ", LIMIT_MANIFEST >> 20, " MiB; one" },
		{ "one entry of it ", LIMIT_MANIFEST_ENTRY >> 20, " MiB," },
		{ "`description` ", LIMIT_DESCRIPTION >> 20, " MiB; nesting" },
		{ " MiB; nesting ", LIMIT_JSON_DEPTH, " |" },
		{ "| what it takes in memory | ", LIMIT_MANIFEST_WEIGHT >> 20,
		    " MiB, as" },
		{ "takes as a tree | ", LIMIT_JSON_WEIGHT >> 20, " MiB: " },
		{ "of a part unpack to | ", LIMIT_UNPACKED_FREE >> 20,
		    " MiB, and" },
		{ " MiB, and ", LIMIT_UNPACKED_EACH, " times the part's" },
		{ "| path, target of a link | ", LIMIT_NAME, " bytes |" },
		{ "| extended attributes of a file | ", LIMIT_XATTRS >> 10,
		    " KiB, " },
		{ " KiB, ", LIMIT_XATTRS_COUNT, " of them |" },
		{ "definition, a secret's value | ", LIMIT_DEFINITION >> 20,
		    " MiB |" },
		{ "| XML of a definition | nesting ", LIMIT_XML_DEPTH, "; " },
		{ "; ", LIMIT_XML_ELEMENTS, " elements, " },
		{ " elements, ", LIMIT_XML_ATTRIBUTES, " attributes of one" },
		{ "attributes of one, ", LIMIT_XML_NAMESPACES, " namespaces" },
		{ " namespaces; ", LIMIT_XML_WEIGHT >> 20, " MiB in memory" },
		{ "| columns of a table | ", LIMIT_COLUMNS, ", " },
		{ ", ", LIMIT_KEY_COLUMNS, " of them in a key |" },
		{ "| rights of an account | ", LIMIT_ITEM >> 20, " MiB |" },
		{ "| `roles` of an account, `hosts` | ", LIMIT_ROLES, ", " },
		{ ", ", LIMIT_HOSTS, " |" },
		{ "| zstd window | ", (1u << LIMIT_ZSTD_WINDOW_LOG) >> 20,
		    " MiB |" },
	};
	struct buf page = BUF_EMPTY;
	char want[128], *to;
	size_t i, n;
	FILE *f;

	(void)state;
	if ((f = fopen("archive/FORMAT.md", "re")) == NULL)
		skip();
	do {
		assert_non_null(to = buf_reserve(&page, 65536));
		n = fread(to, 1, 65535, f);
		page.len += n;
		page.data[page.len] = '\0';
	} while (n > 0);
	fclose(f);
	assert_int_equal(LIMIT_SIZE, (uint64_t)1 << 56);
	assert_non_null(strstr(page.data, "a sum of sizes | 2^56 bytes |"));
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(want, sizeof(want), "%s%llu%s", rows[i].before,
		    (unsigned long long)rows[i].number, rows[i].behind);
		if (strstr(page.data, want) == NULL)
			fail_msg("FORMAT.md does not say: %s", want);
	}
	buf_free(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xml),
		cmocka_unit_test(test_xml_limits),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
