/* report: text, document, outcome; what cannot be written is a failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/report.h"
#include "tests/unit/folder.h"

/* What a report wrote to both outputs. */
struct written {
	struct buf out, err;
	enum outcome outcome;
};

typedef enum outcome writer(struct report *r);

static void
read_text(const char *name, struct buf *b)
{

	file_read(name, b);
	assert_int_equal(buf_addc(b, '\0'), 0);
	b->len--;
}

/* Run a writer with the two outputs in files (or standard output in to). */
static void
run(writer *fn, const char *command, int json, const char *to,
    struct written *w)
{
	int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO), fd;
	struct report r;

	memset(w, 0, sizeof(*w));
	warn_forget();
	fflush(stdout);
	fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd != -1 && dup2(fd, STDOUT_FILENO) != -1);
	close(fd);
	fd = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd != -1 && dup2(fd, STDERR_FILENO) != -1);
	close(fd);
	report_start(&r, command, json, 0);
	w->outcome = fn(&r);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	clearerr(stdout);
	close(out);
	close(err);
	if (strcmp(to, "out") == 0)
		read_text("out", &w->out);
	read_text("err", &w->err);
}

static void
written_free(struct written *w)
{

	buf_free(&w->out);
	buf_free(&w->err);
	warn_forget();
}

static const char *
text(const struct buf *b)
{

	return b->len > 0 ? b->data : "";
}

static enum outcome
lines(struct report *r)
{

	report_line(r, "a\tb \033[31m %s", "x\ny\xff\xe2\x80\xae");
	report_put(r, "not", json_string("in text"));
	return report_end(r, OUTCOME_DONE, "all is %s", "well\n");
}

static void
escapes(void **state)
{
	struct written w;

	(void)state;
	run(lines, "audit", 0, "out", &w);
	assert_string_equal(text(&w.out),
	    "a\tb \\x1b[31m x\\x0ay\\xff\\xe2\\x80\\xae\n"
	    "audit: all is well\\x0a\n");
	assert_string_equal(text(&w.err), "");
	assert_int_equal(w.outcome, OUTCOME_DONE);
	written_free(&w);
}

static enum outcome
failure(struct report *r)
{

	warn_msg("no such %s", "thing");
	return report_end(r, OUTCOME_FAILED, "nothing was done");
}

static enum outcome
late_failure(struct report *r)
{

	report_line(r, "result");
	return report_end(r, OUTCOME_REFUSED, "digest");
}

static enum outcome
bytes(struct report *r)
{

	report_bytes(r, "\0\033a\t\n", 5, 0);
	report_bytes(r, "\0\033a\t\n", 5, 1);
	return report_end(r, OUTCOME_DONE, "shown");
}

/* The outcome is the last line; where there is no result, on standard error. */
static void
placement(void **state)
{
	static const char both[] = "\0\033a\t\n\\x00\\x1ba\t\n";
	struct written w;

	(void)state;
	run(failure, "snapshot", 0, "out", &w);
	assert_string_equal(text(&w.out), "");
	assert_string_equal(text(&w.err),
	    "novark: no such thing\nsnapshot: FAILED: nothing was done\n");
	written_free(&w);

	run(late_failure, "audit", 0, "out", &w);
	assert_string_equal(text(&w.out), "result\naudit: REFUSED: digest\n");
	assert_string_equal(text(&w.err), "");
	written_free(&w);

	run(failure, NULL, 0, "out", &w);
	assert_non_null(strstr(text(&w.err), "novark: FAILED: nothing"));
	written_free(&w);

	run(bytes, "audit", 0, "out", &w);
	assert_int_equal(w.out.len, sizeof(both) - 1);
	assert_memory_equal(w.out.data, both, sizeof(both) - 1);
	assert_string_equal(text(&w.err), "audit: shown\n");
	written_free(&w);
}

static enum outcome
document(struct report *r)
{

	report_line(r, "not in a document");
	report_bytes(r, "nor this", 8, 0);
	report_put(r, "bytes", report_string("\xff\033", 2));
	report_put(r, "text", report_string("a\0\xc3\xa4\n", 5));
	report_put(r, "none", report_text(NULL));
	report_put(r, "empty", report_string("", 0));
	report_open(r, "list", '[');
	report_put(r, NULL, json_integer(1));
	report_open(r, NULL, '{');
	report_put(r, "a \"name\"\n\xff", json_true());
	report_close(r);
	report_open(r, NULL, '[');
	warn_msg("trouble %s", "\033");
	/* Two are left open, as after a failure. */
	return report_end(r, OUTCOME_DIFFERS, "as far as it went");
}

static void
json_document(void **state)
{
	struct written w;
	json_error_t error;
	json_t *d, *want;

	(void)state;
	run(document, "audit", 1, "out", &w);
	assert_int_equal(w.outcome, OUTCOME_DIFFERS);
	d = json_loadb(w.out.data, w.out.len,
	    JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	assert_non_null(d);
	want = json_pack("{s:i, s:s, s:s, s:s%, s:n, s:s, s:[i, {s:b}, []],"
			 " s:s, s:i, s:b, s:s, s:[s]}",
	    "schema_version", 1, "command", "audit", "bytes", "\\xff\\x1b",
	    "text", "a\0\xc3\xa4\n", (size_t)5, "none", "empty", "", "list", 1,
	    "a \"name\"\\x0a\\xff", 1, "outcome", "differs", "exit", 4,
	    "changed", 0, "message", "as far as it went", "errors",
	    "trouble \\x1b");
	assert_non_null(want);
	assert_true(json_equal(d, want));
	json_decref(d);
	json_decref(want);
	/* Nothing in it can act on a terminal. */
	for (size_t i = 0; i < w.out.len; i++)
		assert_true(w.out.data[i] == '\n' ||
			    (w.out.data[i] >= ' ' && w.out.data[i] < 0x7f));
	assert_string_equal(text(&w.err), "novark: trouble \\x1b\n");
	written_free(&w);
}

static enum outcome
usage_error(struct report *r)
{

	warn_msg("unknown option");
	return report_end(r, OUTCOME_USAGE, "nothing was done");
}

static void
json_failure(void **state)
{
	struct written w;
	json_t *d;

	(void)state;
	run(usage_error, NULL, 1, "out", &w);
	assert_non_null(d = json_loadb(w.out.data, w.out.len, 0, NULL));
	assert_true(json_is_null(json_object_get(d, "command")));
	assert_int_equal(json_integer_value(json_object_get(d, "exit")), 2);
	assert_int_equal(json_array_size(json_object_get(d, "errors")), 1);
	json_decref(d);
	written_free(&w);
}

static enum outcome
memory_ended(struct report *r)
{

	report_put(r, "lost", NULL);
	return report_end(r, OUTCOME_DONE, "done");
}

/* A value that could not be made fails the whole. */
static void
lost_value(void **state)
{
	struct written w;
	json_t *d;

	(void)state;
	run(memory_ended, "audit", 1, "out", &w);
	assert_int_equal(w.outcome, OUTCOME_FAILED);
	assert_non_null(d = json_loadb(w.out.data, w.out.len, 0, NULL));
	assert_int_equal(json_integer_value(json_object_get(d, "exit")), 1);
	json_decref(d);
	written_free(&w);
}

static enum outcome
partial(struct report *r)
{

	report_line(r, "result");
	return report_end(r, OUTCOME_PARTIAL, "stopped");
}

/* A full disk makes a failure of what went well, and of nothing worse. */
static void
full_disk(void **state)
{
	struct written w;

	(void)state;
	run(lines, "audit", 0, "/dev/full", &w);
	assert_int_equal(w.outcome, OUTCOME_FAILED);
	assert_non_null(strstr(text(&w.err), "No space left on device"));
	assert_non_null(strstr(text(&w.err),
	    "\naudit: FAILED: the result could not be written\n"));
	written_free(&w);
	run(document, "audit", 1, "/dev/full", &w);
	assert_int_equal(w.outcome, OUTCOME_FAILED);
	written_free(&w);
	run(late_failure, "audit", 0, "/dev/full", &w);
	assert_int_equal(w.outcome, OUTCOME_REFUSED);
	written_free(&w);
	run(partial, "restore", 0, "/dev/full", &w);
	assert_int_equal(w.outcome, OUTCOME_PARTIAL);
	written_free(&w);
}

static void
sizes(void **state)
{
	static const struct {
		uint64_t size;
		const char *text;
	} cases[] = {
		{ 0, "0 bytes" },
		{ 1, "1 byte" },
		{ 999, "999 bytes" },
		{ 1000, "1.0 kB" },
		{ 999949, "999.9 kB" },
		{ 999950, "1.0 MB" },
		{ 1234567, "1.2 MB" },
		{ 5000000000, "5.0 GB" },
		{ UINT64_MAX, "18.4 EB" },
	};
	char size[REPORT_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		report_size(cases[i].size, size);
		assert_string_equal(size, cases[i].text);
	}
}

/* Sizes of a list are as printf makes them. */
static void
many_sizes(void **state)
{
	char size[REPORT_SIZE], want[REPORT_SIZE];
	unsigned n;

	(void)state;
	for (n = 1000; n < 999950; n += 7) {
		report_size(n, size);
		snprintf(want, sizeof(want), "%.1f kB", (double)n / 1000);
		assert_string_equal(size, want);
	}
}

static void
ranks(void **state)
{
	static const enum outcome order[] = { OUTCOME_DONE, OUTCOME_DIFFERS,
		OUTCOME_UNSAFE, OUTCOME_FAILED, OUTCOME_USAGE, OUTCOME_REFUSED,
		OUTCOME_PARTIAL };
	size_t i, j;

	(void)state;
	for (i = 0; i < 7; i++) {
		for (j = 0; j < 7; j++)
			assert_int_equal(report_worse(order[i], order[j]),
			    order[i > j ? i : j]);
	}
	assert_string_equal(report_outcome(OUTCOME_DONE), "done");
	assert_string_equal(report_outcome(OUTCOME_UNSAFE), "unsafe");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes),
		cmocka_unit_test(placement),
		cmocka_unit_test(json_document),
		cmocka_unit_test(json_failure),
		cmocka_unit_test(lost_value),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(sizes),
		cmocka_unit_test(many_sizes),
		cmocka_unit_test(ranks),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
