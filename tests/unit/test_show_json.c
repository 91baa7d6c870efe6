#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "show_made.h"

static const char *
string_at(const json_t *o, const char *name)
{

	return json_string_value(json_object_get(o, name));
}

static void
plan_as_json(void **state)
{
	struct plan *p = told_plan();
	const struct plan_cell file = cell("content", "my_ip = 10.2.116.14\n",
	    "my_ip = 10.2.15.3\npassword = geheim\n", 0);
	const struct plan_cell row[] = {
		cell("provider_location", "10.2.116.14", "10.2.15.3", 0),
		cell("provider_auth", NULL, "geheim", 0),
	};
	json_t *doc, *a, *cells;

	(void)state;
	add(p, PLAN_CHANGE, ITEM_FILE, "file:/etc/nova/nova.conf",
	    "file:/etc/nova/nova.conf", &file, 1);
	add(p, PLAN_CREATE, ITEM_TABLE, "row:nova.volumes:7",
	    "table:nova.volumes", row, 2);
	show(p, 1, 0, 0);
	shows_not("geheim");
	doc = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(doc);
	assert_int_equal(
	    json_integer_value(json_object_get(doc, "schema_version")), 1);
	a = json_object_get(doc, "changes");
	assert_int_equal(json_array_size(a), 2);
	assert_string_equal(string_at(json_array_get(a, 0), "type"), "change");
	assert_string_equal(string_at(json_array_get(a, 0), "kind"), "file");
	cells = json_object_get(json_array_get(a, 0), "cells");
	assert_non_null(strstr(string_at(json_array_get(cells, 0), "diff"),
	    "+my_ip = 10.2.15.3\n"));
	assert_string_equal(string_at(json_array_get(a, 1), "kind"), "row");
	cells = json_object_get(json_array_get(a, 1), "cells");
	assert_string_equal(
	    string_at(json_array_get(cells, 0), "before"), "10.2.116.14");
	assert_string_equal(
	    string_at(json_array_get(cells, 0), "after"), "10.2.15.3");
	assert_true(
	    json_is_false(json_object_get(json_array_get(cells, 0), "secret")));
	assert_true(
	    json_is_null(json_object_get(json_array_get(cells, 1), "before")));
	assert_string_equal(
	    string_at(json_array_get(cells, 1), "after"), "***");
	assert_true(
	    json_is_true(json_object_get(json_array_get(cells, 1), "secret")));
	assert_int_equal(json_array_size(json_object_get(doc, "held")), 1);
	assert_int_equal(json_array_size(json_object_get(doc, "notes")), 1);
	assert_string_equal(
	    string_at(json_array_get(json_object_get(doc, "notes"), 0), "name"),
	    "unused-rule");
	assert_int_equal(json_array_size(json_object_get(doc, "drift")), 1);
	assert_int_equal(json_array_size(json_object_get(doc, "findings")), 1);
	assert_true(json_is_false(json_object_get(
	    json_array_get(json_object_get(doc, "findings"), 0), "waivable")));
	assert_int_equal(json_array_size(json_object_get(doc, "waived")), 1);
	a = json_array_get(json_object_get(doc, "waived"), 0);
	assert_true(json_is_true(json_object_get(a, "waivable")));
	assert_string_equal(string_at(a, "kind"), "host");
	a = json_object_get(json_object_get(doc, "counts"), "waived");
	assert_int_equal(json_integer_value(json_object_get(a, "host")), 1);
	a = json_object_get(json_object_get(doc, "counts"), "create");
	assert_int_equal(json_integer_value(json_object_get(a, "row")), 1);
	assert_string_equal(string_at(doc, "outcome"), "done");
	json_decref(doc);
	free(text);
}

static void
verify_as_json(void **state)
{
	struct plan *p = told_plan();
	json_t *doc;

	(void)state;
	add(p, PLAN_CREATE, ITEM_FILE, "file:/gone", "file:/gone", NULL, 0);
	show(p, 1, 0, 1);
	doc = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(doc);
	assert_int_equal(
	    json_array_size(json_object_get(doc, "differences")), 3);
	assert_int_equal(json_array_size(json_object_get(doc, "leftovers")), 1);
	assert_int_equal(json_array_size(json_object_get(doc, "held")), 1);
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(doc, "ran"), 0)),
	    "domain:i-1");
	json_decref(doc);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plan_as_json),
		cmocka_unit_test(verify_as_json),
	};

	return cmocka_run_group_tests_name("show_json", tests, NULL, NULL);
}
