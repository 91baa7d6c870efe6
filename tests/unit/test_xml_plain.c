/* What is taken for XML without a parser is what xml_open takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "archive/buf.h"
#include "archive/judge/xml_judge.h"
#include "archive/judge/xml_plain.h"

static const char *const samples[] = {
	"<a/>",
	" <!-- - < & ]]> > -->\r\n<a b = 'c\"' d=\"'\" >\n</a > <!---->\n",
	"<domain type='qemu'>\n  <name>instance-0000005f</name>\n"
	"  <os><type arch='x86_64' machine=\"pc-1.0\">hvm</type>\n"
	"    <boot dev='hd'/></os><!-- a > b -->\n"
	"  <devices><graphics type='vnc' port='-1' listen='10.2.116.14'/>\n"
	"  <x a='&lt;&amp;&quot;&apos;&gt;' b2.c-d=''>&lt; a \" ' > / &amp;"
	"</x></devices>\n</domain>\n",
};

/* libxml2's word; the slow way of xml_well_formed has the same judge. */
static int
fits(const char *bytes, size_t len)
{
	const char *why;
	xmlDocPtr doc = xml_open(bytes, len, &why);

	xmlFreeDoc(doc);
	return doc != NULL;
}

static int
took(const char *bytes, size_t len)
{

	if (!xml_plain(bytes, len))
		return 0;
	if (!fits(bytes, len))
		fail_msg("taken: %.*s", (int)len, bytes);
	return 1;
}

static void
test_samples(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		assert_true(took(samples[i], strlen(samples[i])));
}

static void
test_left(void **state)
{
	static const char *const left[] = { "", " ", "<", "<a", "<a>", "</a>",
		"<a></b>", "<a/><b/>", "<a/>x", "x<a/>", "<a b/>", "<a b=c/>",
		"<a b='1' b='2'/>", "<a b='1'c='2'/>", "<a b='<'/>",
		"<a b='&'/>", "<a b='&x;'/>", "<a>&</a>", "<a>&#60;</a>",
		"<a>]]></a>", "<a><!-- -- --></a>", "<a><!-- ---></a>",
		"<a><!-></a>", "<a><![CDATA[x]]></a>",
		"<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>",
		"<a xmlns='b'/>", "<a:b/>", "<1/>", "<a>\x01</a>",
		"<a>\xc3\xa9</a>", "<a / >", "< a/>", "<a></ a>",
		"<a><?b?></a>", "<a/>&lt;", "<a b='\x7f'/>" };
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(left) / sizeof(left[0]); i++)
		if (xml_plain(left[i], strlen(left[i])))
			fail_msg("taken: %s", left[i]);
	assert_false(xml_plain("<a/>\0", 5));
	for (i = 0; i < 300; i++)
		assert_int_equal(buf_adds(&b, "<a>"), 0);
	for (i = 0; i < 300; i++)
		assert_int_equal(buf_adds(&b, "</a>"), 0);
	assert_false(xml_plain(b.data, b.len));
	buf_clear(&b);
	assert_int_equal(buf_adds(&b, "<a"), 0);
	for (i = 0; i < 300; i++)
		assert_int_equal(buf_addf(&b, " b%zu=''", i), 0);
	assert_int_equal(buf_adds(&b, "/>"), 0);
	assert_false(xml_plain(b.data, b.len));
	buf_free(&b);
}

/* Each byte another one, away, or twice; each length. */
static void
test_changed(void **state)
{
	char line[1024];
	size_t i, k, len, some = 0;
	int c;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		len = strlen(samples[i]);
		for (k = 0; k < len; k++) {
			memcpy(line, samples[i], len);
			for (c = 0; c < 256; c++) {
				line[k] = (char)c;
				some += (size_t)took(line, len);
			}
			memmove(line + k, samples[i] + k + 1, len - k - 1);
			some += (size_t)took(line, len - 1);
			memcpy(line + k + 1, samples[i] + k, len - k);
			line[k] = samples[i][k];
			some += (size_t)took(line, len + 1);
			(void)took(samples[i], k);
		}
	}
	assert_true(some > 1000);
}

/* Pieces of markup in any order. */
static const char *const pieces[] = { "<a", "<b", ">", "/>", "</a>", "</b>",
	" ", "\n", "c='d'", " c=\"e'\"", " f = ''", "x", "&lt;", "&", "]]>",
	"]", "<!--", "-->", "--", "-", "<!", "\"", "'", "=", "<a>", "<b/>",
	"<?", "?>", ":", "xmlns='u'" };
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

static void
test_random(void **state)
{
	uint64_t seed = (uint64_t)time(NULL), r = seed;
	size_t n, i, some = 0;
	struct buf text = BUF_EMPTY;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	for (n = 0; n < 200000; n++) {
		buf_clear(&text);
		assert_int_equal(buf_adds(&text, "<a"), 0);
		r = r * 6364136223846793005u + 1442695040888963407u;
		for (i = 0; i < 2 + (r >> 60); i++) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			assert_int_equal(
			    buf_adds(&text, pieces[(r >> 33) % PIECES]), 0);
		}
		if ((r >> 20 & 1) != 0)
			assert_int_equal(buf_adds(&text, "</a>"), 0);
		some += (size_t)took(text.data, text.len);
	}
	buf_free(&text);
	assert_true(some > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
