#ifndef TESTS_FILE_PLAN_H
#define TESTS_FILE_PLAN_H

#include "restore/journal/step.h"
#include "tests/unit/two_nodes.h"

/* The plan of the files of two nodes, in words. */

static const char conf[] = "# old 10.2.116.14\n--host=c1\n"
			   "--my_ip=10.2.116.14\n--dns=10.2.116.140\n"
			   "--rabbit_password=10.2.116.14\n";
static const char conf_new[] = "# old 10.2.116.14\n--host=c1\n"
			       "--my_ip=10.2.15.3\n--dns=10.2.116.140\n"
			       "--rabbit_password=10.2.116.14\n";

static inline int
setup(void **state)
{
	struct fixture *f = fixture_make(state, "10.2.116.14=10.2.15.3");

	tree_file(&f->here, "/etc/nova/nova.conf", conf);
	assert_int_equal(
	    chmod(tree_path(&f->here, "/etc/nova/nova.conf"), 0640), 0);
	return 0;
}

/* Put the plan into words. */
static inline void
read_plan(struct fixture *f)
{
	const struct plan_record *rec;
	size_t at = 0;

	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1)
		at += (size_t)snprintf(f->said + at, sizeof(f->said) - at,
		    "%s %s%s%s%s%s\n", plan_word(rec->type), rec->item,
		    rec->place != NULL ? " " : "",
		    rec->place != NULL ? rec->place : "",
		    rec->name != NULL ? " =" : "",
		    rec->name != NULL ? rec->name : "");
}

static inline void
plan(struct fixture *f, const char *want)
{

	start(f);
	assert_int_equal(plan_files(&f->r), OUTCOME_DONE);
	read_plan(f);
	assert_string_equal(f->said, want);
}

static inline void
leftovers(struct fixture *f, const char *want)
{

	start(f);
	f->r.reading = 1;
	assert_int_equal(leftover_files(&f->r), 0);
	read_plan(f);
	assert_string_equal(f->said, want);
}

#define HELD                                                                   \
	"held file:/etc/nova/nova.conf line 1 =comment\n"                      \
	"held file:/etc/nova/nova.conf --rabbit_password =secret\n"

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
