/* Rows whose key is to be the one that another row has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/neutron_rows.h"

/* Keys that go from one row to the next, up or down, have an order; the rows
 * that were captured are told from their successors. */
static void
test_chain(void **state)
{
	static const char *const up[] = { "10.2.116.14=10.2.116.15",
		"10.2.116.15=10.2.116.16", NULL };
	static const char *const down[] = { "10.2.116.15=10.2.116.14",
		"10.2.116.14=10.2.116.13", NULL };
	static const char *const *const maps[] = { up, down };
	static const char *const after[] = {
		"10.2.116.15 s1 1\n10.2.116.15 s2 2\n10.2.116.16 s1 3",
		"10.2.116.13 s1 1\n10.2.116.13 s2 2\n10.2.116.14 s1 3"
	};
	static const char *const only[] = { "table:neutron.dnsnameservers",
		NULL };
	static const char before[] =
	    "10.2.116.14 s1 1\n10.2.116.14 s2 2\n10.2.116.15 s1 3";
	struct restore r;
	struct journal *j;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		neutron_rows("UPDATE neutron.dnsnameservers SET address ="
			     " '10.2.116.15' WHERE `order` = 3",
		    maps[i], NULL);
		opt.only = only;
		opt.also = also;
		row_plan_open(&opt, &r);
		assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 0);
		assert_int_equal(plan_count(r.plan, PLAN_CHANGE, -1), 3);
		j = journal_of(r.plan, site.server.dir);
		assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, DNS, after[i]);
		/* An answer that was lost: once more does nothing. */
		assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, DNS, after[i]);
		row_plan_expect(&opt, "");
		row_plan_verify(&opt, OUTCOME_DONE);
		assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, DNS, before);
		assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, DNS, before);
		journal_close(j);
		restore_close(&r);
	}
}

/* One of a chain is missing: it is not told which one, so nothing is done. */
static void
test_chain_broken(void **state)
{
	static const char *const up[] = { "10.2.116.14=10.2.116.15",
		"10.2.116.15=10.2.116.16", NULL };
	static const char *const only[] = { "table:neutron.dnsnameservers",
		NULL };
	struct restore r;

	(void)state;
	neutron_rows("UPDATE neutron.dnsnameservers SET address = '10.2.116.15'"
		     " WHERE `order` = 3",
	    up, "DELETE FROM neutron.dnsnameservers WHERE `order` IN (1, 2)");
	opt.only = only;
	opt.also = also;
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 1);
	assert_true(row_plan_says(r.plan, "may be this one or another one"));
	restore_close(&r);
}

/* A swap below one key is none that a server makes; below two it is. */
static void
test_swap(void **state)
{
	static const char *const swap[] = { "10.2.116.14=10.2.116.140",
		"10.2.116.140=10.2.116.14", NULL };
	static const char *const only[] = { "table:neutron.dnsnameservers",
		NULL };
	struct restore r;

	(void)state;
	neutron_rows(NULL, swap, NULL);
	opt.only = only;
	opt.also = also;
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 2);
	assert_true(row_plan_says(r.plan,
	    "unique key PRIMARY (address, subnet_id):"
	    " row:neutron.dnsnameservers:10.2.116.140,s1 has these values here,"
	    " and waits in turn"));
	restore_close(&r);
	neutron_rows(
	    "DELETE FROM neutron.dnsnameservers WHERE `order` = 1", swap, NULL);
	opt.only = only;
	opt.also = also;
	row_plan_apply(&opt, site.server.dir);
	dbsite_cell(&site, DNS, "10.2.116.14 s1 3\n10.2.116.140 s2 2");
	row_plan_expect(&opt, "");
	row_plan_verify(&opt, OUTCOME_DONE);
}

/* Two captured rows that the map makes one. */
static void
test_two_to_one(void **state)
{
	static const char *const one[] = { "10.2.116.14=10.2.15.3",
		"10.2.116.140=10.2.15.3", NULL };
	static const char *const only[] = { "table:neutron.dnsnameservers",
		NULL };
	struct restore r;

	(void)state;
	neutron_rows(NULL, one, NULL);
	opt.only = only;
	opt.also = also;
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 1);
	assert_true(row_plan_says(r.plan, "is to have the same values"));
	restore_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_chain_broken),
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_two_to_one),
	};
	int rc;

	if (neutron_rows_start() == 0)
		return 77;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
