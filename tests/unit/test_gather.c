/* gather: the document as a tree, whatever is printed; long lists are taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/gather.h"
#include "cmd/report.h"
#include "tests/unit/folder.h"

/* What was told. */
struct heard {
	struct buf taken;
	json_t *document;
	int fails;
};

static int
take(void *cookie, const char *path, const json_t *element)
{
	struct heard *h = cookie;

	if (strstr(path, "long") == NULL)
		return 0;
	if (h->fails)
		return -1;
	return buf_addf(&h->taken, "%s %s;", path,
		   json_is_string(element)
		       ? json_string_value(element)
		       : json_string_value(json_object_get(element, "name"))) ==
		       -1
		   ? -1
		   : 1;
}

static int
end(void *cookie, const json_t *document)
{
	struct heard *h = cookie;

	h->document = json_deep_copy(document);
	return h->fails ? -1 : 0;
}

/* A report as a subcommand makes it. */
static enum outcome
tell(struct heard *h, int json)
{
	struct gather *g = gather_new(take, end, h);
	enum outcome outcome;
	struct report r;

	assert_non_null(g);
	report_start(&r, "verify", json, 1);
	report_gather(&r, g);
	report_line(&r, "a line");
	report_put(&r, "host", json_string("cloud01"));
	report_open(&r, "short", '[');
	report_put(&r, NULL, json_string("one"));
	report_close(&r);
	report_open(&r, "outer", '{');
	report_open(&r, "long", '[');
	report_open(&r, NULL, '{');
	report_put(&r, "name", json_string("first"));
	report_close(&r);
	report_put(&r, NULL, json_string("second"));
	report_close(&r);
	/* Left open, as behind a failure. */
	outcome = report_end(&r, OUTCOME_DONE, "well");
	gather_free(g);
	return outcome;
}

/* The same with standard output in a file. */
static enum outcome
run(struct heard *h, int json, struct buf *out)
{
	int was = dup(STDOUT_FILENO), fd;
	enum outcome outcome;

	fflush(stdout);
	fd = open("out", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd != -1 && dup2(fd, STDOUT_FILENO) != -1);
	close(fd);
	outcome = tell(h, json);
	fflush(stdout);
	dup2(was, STDOUT_FILENO);
	close(was);
	file_read("out", out);
	assert_int_equal(buf_addc(out, '\0'), 0);
	return outcome;
}

static void
heard_free(struct heard *h)
{

	buf_free(&h->taken);
	json_decref(h->document);
	warn_forget();
}

static void
check_document(struct heard *h)
{
	json_t *want;

	assert_string_equal(
	    h->taken.data, "outer.long first;outer.long second;");
	want =
	    json_pack("{s:s, s:s, s:[s], s:{s:[]}, s:s, s:i, s:b, s:s, s:[]}",
		"command", "verify", "host", "cloud01", "short", "one", "outer",
		"long", "outcome", "done", "exit", 0, "changed", 0, "message",
		"well", "errors");
	assert_true(json_equal(want, h->document));
	json_decref(want);
}

static void
it_is_gathered_beside_text(void **state)
{
	struct heard h = { BUF_EMPTY, NULL, 0 };
	struct buf out = BUF_EMPTY;

	(void)state;
	assert_int_equal(run(&h, 0, &out), OUTCOME_DONE);
	assert_string_equal(out.data, "a line\nverify: well\n");
	check_document(&h);
	buf_free(&out);
	heard_free(&h);
}

static void
it_is_gathered_beside_json(void **state)
{
	struct heard h = { BUF_EMPTY, NULL, 0 };
	struct buf out = BUF_EMPTY;
	json_t *printed, *outer;

	(void)state;
	assert_int_equal(run(&h, 1, &out), OUTCOME_DONE);
	check_document(&h);
	assert_non_null(printed = json_loads(out.data, 0, NULL));
	outer = json_object_get(printed, "outer");
	assert_int_equal(json_array_size(json_object_get(outer, "long")), 2);
	json_decref(printed);
	buf_free(&out);
	heard_free(&h);
}

/* What could not be gathered is a failure, however well the rest went. */
static void
a_failure_is_told(void **state)
{
	struct heard h = { BUF_EMPTY, NULL, 1 };
	struct buf out = BUF_EMPTY;

	(void)state;
	assert_int_equal(run(&h, 0, &out), OUTCOME_FAILED);
	assert_non_null(strstr(out.data, "verify: FAILED: well"));
	buf_free(&out);
	heard_free(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_gathered_beside_text),
		cmocka_unit_test(it_is_gathered_beside_json),
		cmocka_unit_test(a_failure_is_told),
	};

	return cmocka_run_group_tests_name(
	    "gather", tests, folder_setup, folder_teardown);
}
