/* page: documents as a page; escaped, counted, bounded, written whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/page/page.h"
#include "cmd/page/page_list.h"
#include "tests/unit/folder.h"

/* What is on the page. */
static struct buf page;

static void
has(const char *text)
{

	if (strstr(page.data, text) == NULL)
		fail_msg("the page lacks %s", text);
}

static void
lacks(const char *text)
{

	if (strstr(page.data, text) != NULL)
		fail_msg("the page has %s", text);
}

typedef void teller(struct report *r);

/* The page of a report: report_end's outcome. */
static enum outcome
make(const char *command, int force, teller *tell, enum outcome outcome)
{
	int was = dup(STDOUT_FILENO);
	struct report r;
	struct page *p;

	fflush(stdout);
	assert_non_null(freopen("/dev/null", "w", stdout));
	report_start(&r, command, 0, 1);
	assert_int_equal(page_start("page.html", force, &r, &p), 0);
	assert_non_null(p);
	tell(&r);
	outcome = report_end(&r, outcome, "<outcome>");
	page_free(p);
	fflush(stdout);
	dup2(was, STDOUT_FILENO);
	close(was);
	buf_clear(&page);
	file_read("page.html", &page);
	assert_int_equal(buf_addc(&page, '\0'), 0);
	return outcome;
}

static void
put(struct report *r, const char *list, json_t *element)
{

	assert_non_null(element);
	report_open(r, list, '[');
	report_put(r, NULL, element);
	report_close(r);
}

static json_t *
change(
    const char *item, const char *name, const char *before, const char *after)
{

	return json_pack("{s:s, s:s, s:s, s:[{s:s, s:s}], s:[{s:s, s:s?, s:s?, "
			 "s:b}]}",
	    "type", "change", "kind", "row", "item", item, "places", "place",
	    "x", "place_kind", "kind of <place>", "cells", "name", name,
	    "before", before, "after", after, "secret", 0);
}

/* A plan whose every text is hostile. */
static void
hostile(struct report *r)
{
	const char *evil = "</script><script>hit()</script>\"'\xe2\x80\xae";

	report_put(r, "host", json_string(evil));
	report_put(r, "dry_run", json_true());
	report_open(r, "addresses", '[');
	report_put(r, NULL,
	    json_pack("{s:s, s:b, s:s, s:s, s:s, s:i, s:[{s:s, s:i, s:s}]}",
		"address", "10.2.116.14", "own", 1, "where", evil, "rule",
		"new", "becomes", "10.2.15.3", "places", 3, "kinds", "kind",
		evil, "places", 3, "held", evil));
	report_put(r, NULL,
	    json_pack("{s:s, s:b, s:n, s:s, s:n, s:i, s:[]}", "address",
		"10.2.116.15", "own", 1, "where", "rule", "none", "becomes",
		"places", 0, "kinds"));
	report_close(r);
	report_open(r, "changes", '[');
	report_put(r, NULL, change(evil, evil, evil, "after"));
	report_put(r, NULL,
	    json_pack("{s:s, s:s, s:s, s:[{s:s, s:s}]}", "type", "create",
		"kind", "file", "item", evil, "cells", "name", "content",
		"diff", "@@ <b> @@\n-<i>old\n+<u>new\n same\n"));
	report_close(r);
	put(r, "held",
	    json_pack("{s:s, s:s, s:s, s:s, s:s}", "type", "held", "item",
		"file:/a[b]'c", "place", "[x] *", "name", "n", "text", evil));
	put(r, "findings",
	    json_pack("{s:s, s:s, s:s, s:s, s:b}", "type", "finding", "item",
		evil, "name", evil, "text", evil, "waivable", 1));
	put(r, "next_steps",
	    json_pack("{s:i, s:s, s:s, s:s}", "order", 1, "text", evil,
		"command", evil, "why", evil));
	put(r, "notes", json_null());
	put(r, "drift", json_string("no object"));
}

static void
what_is_said_is_text(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(
	    make("restore", 0, hostile, OUTCOME_UNSAFE), OUTCOME_UNSAFE);
	lacks("<script>hit");
	lacks("\xe2\x80\xae");
	lacks("<b> @@");
	has("&lt;script&gt;hit()&lt;/script&gt;&#34;&#39;\\xe2\\x80\\xae");
	has("<del>-&lt;i&gt;old</del>");
	has("<ins>+&lt;u&gt;new</ins>");
	has("&lt;outcome&gt;");
	has("kind of &lt;place&gt;");
	/* One that can be typed: a glob of this place alone. */
	has("--also &#39;file:/a\\[b\\]&#39;\\&#39;&#39;c \\[x\\] \\*&#39;");
	assert_int_equal(stat("page.html", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
it_says_what_matters_first(void **state)
{

	(void)state;
	(void)make("restore", 1, hostile, OUTCOME_UNSAFE);
	has("<h1>Not safe to go on</h1>");
	has("<dd data-n=changes>2</dd>");
	has("<dd data-n=findings>1</dd>");
	has("<dd data-n=held>1</dd>");
	has("<dd data-n=unmapped>1</dd>");
	has("class=caution");
	has("no rule: the old address stays");
	(void)make("restore", 1, hostile, OUTCOME_DONE);
	has("<h1>Look before you go on</h1>");
	has("<header class=warn>");
}

/* The policy names the style and the script that are there, by their hashes. */
static void
nothing_else_may_run(void **state)
{

	(void)state;
	(void)make("restore", 1, hostile, OUTCOME_DONE);
	has("default-src 'none'; base-uri 'none'; form-action 'none'; "
	    "style-src 'sha256-");
	has("script-src 'sha256-");
	lacks("http://");
	lacks("https://");
	lacks(" src=");
	lacks("url(");
	lacks("@import");
}

static void
values(struct report *r)
{

	report_open(r, "changes", '[');
	report_put(r, NULL,
	    change("row:a.b:1", "c", "http://10.2.116.14:5000/v2",
		"http://10.2.15.3:5000/v2"));
	report_put(r, NULL, change("row:a.b:2", "c", "***", "***"));
	report_put(r, NULL, change("row:a.b:3", "c", NULL, "new"));
	report_put(r, NULL, change("row:a.b:4", "c", "old", NULL));
	report_put(r, NULL, change("row:a.b:5", "c", "a", "aa"));
	report_put(r, NULL, change("row:a.b:6", "c", "", "x"));
	report_put(
	    r, NULL, change("row:a.b:7", "c", "\xc3\xbc|1", "\xc3\xa4|1"));
	report_close(r);
}

static void
of_a_value_is_shown_what_changes(void **state)
{

	(void)state;
	(void)make("restore", 1, values, OUTCOME_DONE);
	has("http://<del>10.2.116.14:5000</del><ins>10.2.15.3:5000</ins>/v2");
	has("<em>a masked value changes</em>");
	has("<del>(null)</del><ins>new</ins>");
	has("<del>old</del><ins>(null)</ins>");
	has("<del>a</del><ins>aa</ins>");
	has("<del></del><ins>x</ins>");
	has("<del>\xc3\xbc</del><ins>\xc3\xa4</ins>|1");
}

static void
refuse(const char *file)
{
	struct report r;
	struct page *p;

	report_start(&r, "verify", 0, 1);
	assert_int_equal(page_start(file, 0, &r, &p), -1);
	assert_null(p);
	assert_null(r.gather);
}

static void
a_bad_name_fails_at_once(void **state)
{

	(void)state;
	file_write("there", "x", 1);
	warn_forget();
	refuse("there");
	said_one("--force");
	refuse("none/page.html");
	said_one("none/page.html");
	assert_int_equal(access("none", F_OK), -1);
}

/* Started and not ended, nothing is left. */
static void
given_up_it_leaves_nothing(void **state)
{
	struct report r;
	struct page *p;

	(void)state;
	report_start(&r, "verify", 0, 1);
	assert_int_equal(page_start("gone.html", 0, &r, &p), 0);
	page_free(p);
	assert_int_equal(access("gone.html", F_OK), -1);
	page_free(NULL);
	assert_int_equal(page_start(NULL, 0, &r, &p), 0);
	assert_null(p);
}

/* What does not fit is counted, and other lists have room of their own. */
static void
long_lists_are_bounded(void **state)
{
	struct html h = HTML_EMPTY;
	struct page_lists l;
	json_t *e = change("row:a.b:1", "c", "10.2.116.14", "10.2.15.3");
	size_t i;

	(void)state;
	page_lists_start(&l, 2000000);
	for (i = 0; i < 50000; i++)
		assert_int_equal(page_lists_take(&l, "changes", e), 1);
	assert_int_equal(page_lists_take(&l, "held", e), 1);
	assert_int_equal(page_lists_take(&l, "nowhere", e), 0);
	assert_int_equal(l.list[LIST_CHANGES].n, 50000);
	assert_in_range(l.list[LIST_CHANGES].shown, 1000, 30000);
	assert_int_equal(l.list[LIST_HELD].shown, 1);
	page_list_put(&l, LIST_CHANGES, &h);
	assert_in_range(h.b.len, 500000, 2000000);
	assert_non_null(strstr(h.b.data, "more are not on this page"));
	html_free(&h);
	page_lists_free(&l);
	json_decref(e);
}

static int
teardown(void **state)
{

	buf_free(&page);
	return folder_teardown(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_is_text),
		cmocka_unit_test(it_says_what_matters_first),
		cmocka_unit_test(nothing_else_may_run),
		cmocka_unit_test(of_a_value_is_shown_what_changes),
		cmocka_unit_test(a_bad_name_fails_at_once),
		cmocka_unit_test(given_up_it_leaves_nothing),
		cmocka_unit_test(long_lists_are_bounded),
	};

	return cmocka_run_group_tests_name(
	    "page", tests, folder_setup, teardown);
}
