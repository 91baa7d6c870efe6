/* whose: instances by each of their names, and the rows that are theirs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "archive/look/whose.h"

static struct whose *whose;

/* A cell of a row. */
static void
cell(const char *role, const char *table, const char *row, const char *column,
    const char *value, const char *held)
{
	struct item_table t = { .role = (char *)(uintptr_t)role,
		.table = (char *)(uintptr_t)table };
	struct item item = { .kind = ITEM_TABLE, .table = &t };
	struct sweep_place p = { .item = &item,
		.name = row,
		.label = column,
		.held = held,
		.bytes = value,
		.len = strlen(value) };

	assert_int_equal(whose_place(whose, &p), 0);
}

static void
instance(const char *row, const char *id, const char *uuid, const char *shown)
{

	cell("nova", "instances", row, "id", id, NULL);
	cell("nova", "instances", row, "display_name", shown, NULL);
	cell("nova", "instances", row, "uuid", uuid, NULL);
}

/* One domain, which the rows of ${id} are about, if they are. */
static void
start(const char *domain, const char *uuid)
{
	struct item_virt virt = { .uuid = (char *)(uintptr_t)uuid };
	struct item item = { .kind = ITEM_DOMAIN,
		.name = (char *)(uintptr_t)domain,
		.virt = &virt };
	struct item *items[] = { &item };
	struct manifest m = { .items = items, .nitems = 1 };

	if (whose == NULL)
		assert_non_null(whose = whose_new());
	assert_int_equal(whose_bundle(whose, &m), 0);
}

static int
teardown(void **state)
{

	(void)state;
	whose_free(whose);
	whose = NULL;
	return 0;
}

static void
row_is(const char *row, const char *name)
{
	struct whose_instance one;

	assert_int_equal(whose_row(whose, row, &one), name != NULL);
	if (name != NULL)
		assert_string_equal(one.name, name);
}

static void
rows_find_their_instance(void **state)
{
	struct whose_instance one;

	(void)state;
	start("domain:guest", "uuid-b");
	cell("nova", "fixed_ips", "row:nova.fixed_ips:1", "instance_id", "7",
	    NULL);
	instance("row:nova.instances:7", "7", "uuid-a", "web");
	instance("row:nova.instances:8", "8", "uuid-b", "mail");
	instance("row:nova.instances:9", "9", "uuid-c", "gone");
	cell("nova", "instances", "row:nova.instances:9", "host", "x",
	    "a deleted row (history)");
	cell("nova", "block_device_mapping", "row:nova.bdm:1", "instance_uuid",
	    "uuid-b", NULL);
	cell("cinder", "volumes", "row:cinder.volumes:1", "instance_id", "7",
	    NULL);
	cell("neutron", "ports", "row:neutron.ports:1", "device_id", "uuid-a",
	    NULL);
	cell("neutron", "ports", "row:neutron.ports:2", "device_id", "dhcp1",
	    NULL);
	row_is("row:nova.fixed_ips:1", NULL);
	assert_int_equal(whose_count(whose), 0);
	assert_int_equal(whose_end(whose), 0);
	assert_int_equal(whose_count(whose), 2);
	assert_int_equal(whose_held(whose), 2);
	whose_get(whose, 0, &one);
	assert_string_equal(one.name, "guest");
	assert_string_equal(one.uuid, "uuid-b");
	assert_string_equal(one.shown, "mail");
	whose_get(whose, 1, &one);
	assert_string_equal(one.name, "instance-00000007");
	assert_string_equal(one.shown, "web");
	row_is("row:nova.fixed_ips:1", "instance-00000007");
	row_is("row:nova.instances:8", "guest");
	row_is("row:nova.bdm:1", "guest");
	row_is("row:neutron.ports:1", "instance-00000007");
	/* A number is one of nova's; a deleted one is none. */
	row_is("row:cinder.volumes:1", NULL);
	row_is("row:neutron.ports:2", NULL);
	row_is("row:nova.instances:9", NULL);
	row_is("row:nova.none:1", NULL);
}

/* The rows in one bundle, the definition in another one; each twice. */
static void
bundles_are_joined(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		start("domain:guest", "uuid-a");
		instance("row:nova.instances:7", "7", "uuid-a", "web");
	}
	assert_int_equal(whose_end(whose), 0);
	assert_int_equal(whose_count(whose), 1);
	row_is("row:nova.instances:7", "guest");
}

static void
without_any_it_knows_none(void **state)
{

	(void)state;
	assert_non_null(whose = whose_new());
	assert_int_equal(whose_end(whose), 0);
	assert_int_equal(whose_count(whose), 0);
	row_is("row:nova.instances:7", NULL);
	whose_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(rows_find_their_instance, teardown),
		cmocka_unit_test_teardown(bundles_are_joined, teardown),
		cmocka_unit_test_teardown(without_any_it_knows_none, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
