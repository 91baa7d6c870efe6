#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/manual/fill.h"
#include "cmd/options.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"

/* What stands for one mark; the caller frees it. */
static char *
filled(const char *mark)
{
	struct buf b = BUF_EMPTY;

	assert_int_equal(fill(mark, &b), 0);
	return buf_steal(&b);
}

/* Where ${line}, a whole one, stands behind ${from}. */
static const char *
find_line(const char *from, const char *line)
{
	size_t len = strlen(line);
	const char *at;

	for (at = strstr(from, line); at != NULL; at = strstr(at + 1, line)) {
		if ((at == from || at[-1] == '\n') && at[len] == '\n')
			return at;
	}
	return NULL;
}

static void
text_stays(void **state)
{
	struct buf b = BUF_EMPTY;

	(void)state;
	assert_int_equal(fill("a@b@\n.\\\" no mark\n@@\nno newline", &b), 0);
	assert_string_equal(b.data, "a@b@\n.\\\" no mark\n@@\nno newline");
	buf_free(&b);
}

static void
unknown_mark(void **state)
{
	struct buf b = BUF_EMPTY;
	size_t n;

	(void)state;
	assert_int_equal(fill("one\n# @optoins@\n", &b), -1);
	assert_non_null(strstr(warn_said(&n)[0], "@optoins@"));
	assert_int_equal(n, 1);
	buf_free(&b);
	warn_forget();
}

/* Every option once, below a heading that names who has it, with what it
 * takes. */
static void
options(void **state)
{
	char *page = filled(".\\\" @options@\n");
	const struct option_row *rows;
	char line[128];
	const char *at;
	size_t n, i;

	(void)state;
	rows = options_rows(&n);
	for (i = 0; i < n; i++) {
		assert_true(rows[i].help[0] != '\0');
		snprintf(line, sizeof(line), "\n.It Fl -%s%s", rows[i].name,
		    rows[i].value == NULL ? "\n" : " ");
		assert_non_null(at = strstr(page, line));
		assert_null(strstr(at + 1, line));
	}
	assert_non_null(find_line(
	    page, ".It Fl -on-drift Cm stop | keep | rewrite | replay"));
	assert_non_null(
	    at = find_line(page, ".Ss snapshot, restore and verify"));
	assert_true(
	    find_line(at, ".It Fl -root Ar DIR") < find_line(at, ".Ss All"));
	assert_non_null(at = find_line(page, ".It Fl -map Ar OLD=NEW"));
	assert_non_null(find_line(at, "May be repeated."));
	assert_non_null(at = find_line(page, ".It Fl -sign Ar KEY"));
	assert_true(find_line(at, "Required by snapshot.") <
		    find_line(at, ".It Fl -force"));
	free(page);
}

/* The lists have all rows of their tables, in the same order. */
static void
lists(void **state)
{
	char *findings = filled("@findings@"), *releases = filled("@releases@");
	const char *at = findings, *next;
	const struct finding_row *rows;
	const struct allow_name *names;
	char line[128];
	size_t n, i;

	(void)state;
	rows = finding_rows(&n);
	for (i = 0; i < n; i++, at = next) {
		snprintf(line, sizeof(line), ".It Cm %s%s", rows[i].name,
		    rows[i].may_waive ? " No +" : "");
		assert_non_null(next = find_line(at, line));
	}
	at = releases;
	names = allow_names(&n);
	for (i = 0; i < n; i++, at = next) {
		snprintf(line, sizeof(line), ".It Cm %s", names[i].name);
		assert_non_null(next = find_line(at, line));
	}
	assert_non_null(strstr(releases, "\nA device of the host.\n"));
	free(findings);
	free(releases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stays),
		cmocka_unit_test(unknown_mark),
		cmocka_unit_test(options),
		cmocka_unit_test(lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
