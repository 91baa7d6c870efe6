/* html: markup of ours, and text that is never markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/page/html.h"

static void
escaped(const char *bytes, size_t len, const char *want)
{
	struct html h = HTML_EMPTY;

	html_bytes(&h, bytes, len, 0);
	assert_int_equal(h.failed, 0);
	assert_string_equal(h.b.data, want);
	html_free(&h);
}

#define ESCAPED(text, want) escaped(text, sizeof(text) - 1, want)

static void
markup_becomes_text(void **state)
{

	(void)state;
	ESCAPED("<script>x()</script>", "&lt;script&gt;x()&lt;/script&gt;");
	ESCAPED("a & b &amp; &#60;", "a &amp; b &amp;amp; &amp;#60;");
	ESCAPED("\" onload='x'", "&#34; onload=&#39;x&#39;");
	ESCAPED("]]> <!-- -->", "]]&gt; &lt;!-- --&gt;");
	ESCAPED("javascript:x", "javascript:x");
}

static void
what_is_not_seen_is_told(void **state)
{

	(void)state;
	ESCAPED("a\tb", "a\tb");
	ESCAPED("a\nb\r\x1b[31m\x7f\0c", "a\\x0ab\\x0d\\x1b[31m\\x7f\\x00"
					 "c");
	/* Right-to-left override, isolates, no width, C1, no UTF-8. */
	ESCAPED("\xe2\x80\xae", "\\xe2\\x80\\xae");
	ESCAPED("\xe2\x81\xa6x\xe2\x81\xa9", "\\xe2\\x81\\xa6x\\xe2\\x81\\xa9");
	ESCAPED("\xe2\x80\x8b\xef\xbb\xbf", "\\xe2\\x80\\x8b\\xef\\xbb\\xbf");
	ESCAPED("\xc2\x85", "\\xc2\\x85");
	ESCAPED("\xff\xc3(\xc3", "\\xff\\xc3(\\xc3");
	ESCAPED("Gr\xc3\xbc\xc3\x9f", "Gr\xc3\xbc\xc3\x9f");
}

static void
lines_stay_where_asked(void **state)
{
	struct html h = HTML_EMPTY;

	(void)state;
	html_bytes(&h, "a\n<b>\n", 6, 1);
	assert_string_equal(h.b.data, "a\n&lt;b&gt;\n");
	html_free(&h);
}

/* Whatever the bytes: no markup character, no control character. */
static void
no_bytes_get_through(void **state)
{
	unsigned seed = (unsigned)time(NULL);
	struct html h = HTML_EMPTY;
	char bytes[64];
	size_t i, k;

	(void)state;
	print_message("# seed %u\n", seed);
	srand(seed);
	for (k = 0; k < 20000; k++) {
		for (i = 0; i < sizeof(bytes); i++)
			bytes[i] = (char)(rand() % 4 ? "<>&\"'\n\xe2\x80\xae"
						       "a"[rand() % 10]
						     : rand());
		buf_clear(&h.b);
		html_bytes(&h, bytes, sizeof(bytes), 0);
		assert_int_equal(h.failed, 0);
		for (i = 0; i < h.b.len; i++) {
			assert_null(memchr("<>\"'", h.b.data[i], 4));
			assert_true((unsigned char)h.b.data[i] >= 0x20 ||
				    h.b.data[i] == '\t');
		}
		assert_null(memmem(h.b.data, h.b.len, "\xe2\x80\xae", 3));
	}
	html_free(&h);
}

static void
numbers_and_text_are_put(void **state)
{
	struct html h = HTML_EMPTY, more = HTML_EMPTY;

	(void)state;
	html_put(&h, "<p class=\"%s\">%d %zu 100%% %s</p>", "a\"b", -3,
	    (size_t)7, "<i>");
	assert_string_equal(
	    h.b.data, "<p class=\"a&#34;b\">-3 7 100% &lt;i&gt;</p>");
	buf_clear(&h.b);
	html_text(&h, NULL);
	html_number(&h, 0);
	html_raw(&h, " ");
	html_number(&h, 999);
	html_raw(&h, " ");
	html_number(&h, 50000);
	html_raw(&h, " ");
	html_number(&h, 1234567);
	html_raw(&more, "<b>");
	html_join(&h, &more);
	assert_string_equal(h.b.data, "0 999 50,000 1,234,567<b>");
	assert_int_equal(h.failed, 0);
	html_put(&h, "%s %x", "a", 1u);
	assert_int_equal(h.failed, 1);
	html_free(&h);
	html_free(&more);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markup_becomes_text),
		cmocka_unit_test(what_is_not_seen_is_told),
		cmocka_unit_test(lines_stay_where_asked),
		cmocka_unit_test(no_bytes_get_through),
		cmocka_unit_test(numbers_and_text_are_put),
	};

	return cmocka_run_group_tests_name("page_html", tests, NULL, NULL);
}
