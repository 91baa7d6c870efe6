#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/preflight/finding.h"

/* The type of the record that a finding becomes, or -1. */
static int
type_of(const char *waive, const char *item, const char *name)
{
	const char *const list[] = { waive, NULL };
	struct restore_options opt;
	const struct plan_record *rec;
	struct restore r;
	int type = -1;

	memset(&opt, 0, sizeof(opt));
	memset(&r, 0, sizeof(r));
	opt.waive = list;
	r.opt = &opt;
	assert_non_null(r.plan = plan_new());
	if (finding_add(&r, PLAN_HOST, item, NULL, name, "%s %d", "text", 7) ==
	    0) {
		assert_int_equal(plan_rewind(r.plan), 0);
		assert_int_equal(plan_next(r.plan, &rec), 1);
		assert_string_equal(rec->name, name);
		assert_string_equal(rec->text, "text 7");
		assert_int_equal(rec->kind, PLAN_HOST);
		type = (int)rec->type;
	}
	plan_free(r.plan);
	return type;
}

static void
waived_by_name_or_item(void **state)
{
	static const struct {
		const char *waive, *item, *name;
		enum plan_type type;
	} rows[] = {
		{ "no-room", "/var", "no-room", PLAN_WAIVED },
		{ "no-room:/var", "/var", "no-room", PLAN_WAIVED },
		{ "no-room:/v*", "/var", "no-room", PLAN_WAIVED },
		{ "no-room:/etc", "/var", "no-room", PLAN_FINDING },
		{ "no-room:*", NULL, "no-room", PLAN_FINDING },
		{ "no-room", NULL, "no-room", PLAN_WAIVED },
		{ "no-roo", "/var", "no-room", PLAN_FINDING },
		{ "no-rooms", "/var", "no-room", PLAN_FINDING },
		{ "host-name", "a", "no-room", PLAN_FINDING },
		/* What may not be waived never is. */
		{ "machine", "domain:a", "machine", PLAN_FINDING },
		{ "machine:*", "domain:a", "machine", PLAN_FINDING },
		{ NULL, "domain:a", "machine", PLAN_FINDING },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (type_of(rows[i].waive, rows[i].item, rows[i].name) !=
		    (int)rows[i].type)
			fail_msg("row %zu", i);
	}
	warn_forget();
	assert_int_equal(type_of(NULL, "a", "no-such"), -1);
	assert_int_equal(type_of("no-such", "a", "no-such"), -1);
	warn_forget();
}

static void
arguments_are_checked(void **state)
{
	static const char *const good[] = { "no-room", "no-room:/x*",
		"missing-disk:domain:a", NULL };
	static const char *const bad[] = { "no-such", "machine", "no-room:", "",
		"machine:domain:a", NULL };
	size_t n;

	(void)state;
	warn_forget();
	assert_int_equal(finding_check(NULL), 0);
	assert_int_equal(finding_check(good), 0);
	(void)warn_said(&n);
	assert_int_equal(n, 0);
	assert_int_equal(finding_check(bad), -1);
	/* Each of them, and the names that there are. */
	(void)warn_said(&n);
	assert_int_equal(n, 6);
	assert_non_null(strstr(warn_said(&n)[0], "there is no such finding"));
	assert_non_null(strstr(warn_said(&n)[1], "--not"));
	assert_non_null(strstr(warn_said(&n)[5], "service-running"));
	assert_null(strstr(warn_said(&n)[5], "machine"));
	warn_forget();
}

static void
table(void **state)
{
	const struct finding_row *rows;
	size_t i, j, n;

	(void)state;
	rows = finding_rows(&n);
	for (i = 0; i < n; i++) {
		assert_true(rows[i].about[0] != '\0');
		assert_null(strchr(rows[i].name, ':'));
		assert_int_equal(
		    finding_may_waive(rows[i].name), rows[i].may_waive);
		for (j = i + 1; j < n; j++)
			assert_string_not_equal(rows[i].name, rows[j].name);
	}
	assert_int_equal(finding_may_waive(NULL), 0);
	assert_int_equal(finding_may_waive("no-such"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waived_by_name_or_item),
		cmocka_unit_test(arguments_are_checked),
		cmocka_unit_test(table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
