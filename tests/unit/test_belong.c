/* belong: the table that says how rows belong to a host, against the catalogue
 * and against itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/address/catalog.h"
#include "archive/belong/belong.h"

static const char *const roles[] = { "nova", "nova_api", "keystone", "glance",
	"cinder", "neutron", "placement" };

/* No table of the catalogue without a line. */
static void
test_catalogue(void **state)
{
	const char *const *table;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		assert_non_null(catalog_tables(roles[i])[0]);
		for (table = catalog_tables(roles[i]); *table != NULL; table++)
			if (belong_next(roles[i], *table, NULL) == NULL)
				fail_msg("%s.%s has no line in belong_table.h",
				    roles[i], *table);
	}
}

static int
in_catalogue(const char *role, const char *name)
{
	const char *const *table;

	for (table = catalog_tables(role); *table != NULL; table++)
		if (strcmp(*table, name) == 0)
			return 1;
	return 0;
}

/* A table outside the catalogue is there for one that is in it. */
static int
is_followed(const struct belong *link)
{
	const struct belong *lines;
	size_t i, n;

	lines = belong_lines(&n);
	for (i = 0; i < n; i++)
		if (lines[i].of_table != NULL &&
		    (strcmp(lines[i].of_table, link->table) == 0 ||
			(&lines[i] != link &&
			    strcmp(lines[i].table, link->table) == 0)))
			return 1;
	return 0;
}

/* Each line has what its way needs, and speaks of what there is. */
static void
test_lines(void **state)
{
	const struct belong *lines, *l;
	size_t i, n;

	(void)state;
	lines = belong_lines(&n);
	assert_true(n > 50);
	for (i = 0; i < n; i++) {
		l = &lines[i];
		assert_non_null(catalog_tables(l->role)[0]);
		if (strcmp(l->table, "*") != 0 &&
		    !in_catalogue(l->role, l->table) && !is_followed(l))
			fail_msg("%s.%s links nothing", l->role, l->table);
		assert_int_equal(l->column == NULL,
		    l->way == BELONG_WHOLE || l->way == BELONG_PARENT);
		assert_int_equal(l->of_table != NULL,
		    l->way == BELONG_OF || l->way == BELONG_WITH ||
			l->way == BELONG_NEEDS);
		assert_int_equal(l->of_table != NULL, l->of_role != NULL);
		assert_int_equal(l->of_table != NULL, l->of_column != NULL);
		if (l->of_table != NULL &&
		    belong_next(l->of_role, l->of_table, NULL) == NULL)
			fail_msg("%s.%s is of %s.%s, which has no line",
			    l->role, l->table, l->of_role, l->of_table);
		if (l->names)
			assert_true(
			    l->way == BELONG_HOST || l->way == BELONG_AT);
		if (l->live)
			assert_int_equal(l->way, BELONG_NEEDS);
	}
}

/* WHOLE stands alone; nothing is said twice. */
static void
test_once(void **state)
{
	const struct belong *lines;
	size_t i, j, n;

	(void)state;
	lines = belong_lines(&n);
	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++) {
			if (strcmp(lines[i].role, lines[j].role) != 0 ||
			    strcmp(lines[i].table, lines[j].table) != 0)
				continue;
			if (lines[i].way == BELONG_WHOLE ||
			    lines[j].way == BELONG_WHOLE)
				fail_msg("%s.%s is whole, and has more lines",
				    lines[i].role, lines[i].table);
			if (memcmp(&lines[i], &lines[j], sizeof(*lines)) == 0)
				fail_msg("%s.%s: a line stands twice",
				    lines[i].role, lines[i].table);
		}
}

static void
test_next(void **state)
{
	const struct belong *l;

	(void)state;
	l = belong_next("nova", "compute_nodes", NULL);
	assert_non_null(l);
	assert_int_equal(l->way, BELONG_HOST);
	l = belong_next("nova", "compute_nodes", l);
	assert_non_null(l);
	assert_int_equal(l->way, BELONG_OF);
	assert_null(belong_next("nova", "compute_nodes", l));
	assert_null(belong_next("nova", "no_such", NULL));
	assert_null(belong_next("none", "services", NULL));
	/* "*" stands for all others of a role, once. */
	l = belong_next("keystone", "endpoint", NULL);
	assert_non_null(l);
	assert_int_equal(l->way, BELONG_WHOLE);
	assert_null(belong_next("keystone", "endpoint", l));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_catalogue),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
