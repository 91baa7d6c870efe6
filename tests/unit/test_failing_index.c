#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "archive/address/kind.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/table_facts.h"
#include "failing.h"
#include "sample.h"
#include "whole.h"

/* Items with many addresses, in every form in which they are counted. */
static const struct {
	size_t sample;
	const char *bytes;
} counted[] = {
	{ 1, "[DEFAULT]\nmy_ip = 10.2.116.14\nvnc = 10.2.116.15\n"
	     "# 10.2.116.16\ns3_host = 10.2.116.17\nother = 10.2.116.14\n" },
	{ 4, "no = options\nat 10.2.116.14\nall 10.2.116.18 10.2.116.19\n" },
	{ 10, "<domain><graphics listen='10.2.116.14'/><metadata>"
	      "<a b='10.2.116.15'/>10.2.116.16, 10.2.116.17</metadata>"
	      "</domain>" },
	{ 11, "1\t10.2.116.14\t10.2.116.15\n2\t10.2.116.16\t\\N\n" },
};
#define COUNTED (sizeof(counted) / sizeof(counted[0]))

/* The item with all that it may have, and a name that is folded. */
static struct item *
make(size_t i)
{
	struct item *item = sample_item(&samples[counted[i].sample]);

	memset(item->sha256, 'a', 64);
	if (item->virt != NULL) {
		assert_int_equal(manifest_set(&item->name, "domain:I-5F"), 0);
		assert_int_equal(manifest_set(&item->virt->source, "/a"), 0);
		assert_int_equal(manifest_set(&item->virt->file, "/a/b"), 0);
	}
	if (item->table != NULL) {
		item->table->history = 1;
		item->table->outside = 1;
	}
	return item;
}

static int
put(struct manifest *m, size_t i)
{
	const char *bytes = counted[i].bytes;
	const struct item *twin;
	struct item *item;

	failing_off();
	item = make(i);
	failing_on();
	if ((item->path = item_member(item)) == NULL ||
	    manifest_twin(m, item, &twin) == -1 ||
	    manifest_count_item(
		m, item, item_format(item), bytes, strlen(bytes)) == -1 ||
	    manifest_add(m, item) == -1) {
		item_free(item);
		return -1;
	}
	return 0;
}

/* Two of each list. */
static int
tell_more(struct manifest *m)
{
	char role[] = "cinder", server[] = "tcp:10.2.116.14:3306";
	const struct captured_database d = { role, role, server, NULL, NULL };

	return manifest_add_database(m, &d) == -1 ||
		       manifest_add_elsewhere(m, "three") == -1 ||
		       manifest_add_elsewhere_instance(m, "u", 4) == -1
		   ? -1
		   : 0;
}

static struct buf want = BUF_EMPTY;

/* Count, print, parse, print: the index is whole, or there is none. */
static int
count(void *cookie)
{
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *m = NULL, *back = NULL;
	int rc = -1;
	size_t i;

	(void)cookie;
	failing_on();
	if ((m = manifest_new()) == NULL || whole_node(m) == -1 ||
	    tell_more(m) == -1)
		goto out;
	for (i = 0; i < COUNTED; i++)
		if (put(m, i) == -1)
			goto out;
	if (manifest_settle_kinds(m, 1u << KIND_OPTION | 1u << KIND_FILE) ==
		-1 ||
	    manifest_print(m, &one) == -1 ||
	    (back = manifest_parse("m", one.data, one.len)) == NULL ||
	    manifest_print(back, &two) == -1)
		goto out;
	rc = 0;
out:
	failing_off();
	if (rc == 0 && want.len == 0)
		assert_int_equal(buf_adds(&want, one.data), 0);
	if (rc == 0 && (strcmp(one.data, want.data) != 0 ||
			   strcmp(two.data, want.data) != 0))
		failing_wrong("another index");
	manifest_free(m);
	manifest_free(back);
	buf_free(&one);
	buf_free(&two);
	return rc;
}

static void
test_count(void **state)
{

	(void)state;
	failing_visits(200);
	failing_run("index", count, NULL);
}

/* What is refused stays refused. */
static int
refuse(void *cookie)
{
	const struct buf *bad = cookie;
	struct manifest *m;

	failing_on();
	m = manifest_parse("m", bad->data, bad->len);
	failing_off();
	if (m != NULL)
		failing_wrong("taken");
	return 0;
}

static void
test_refuse(void **state)
{
	struct buf bad = BUF_EMPTY;
	char *at;

	(void)state;
	assert_int_equal(buf_adds(&bad, want.data), 0);
	assert_non_null(at = strstr(bad.data, "\"mode\":\"0640\""));
	at[9] = '8';
	failing_visits(4);
	failing_run("refused", refuse, &bad);
	buf_free(&bad);
}

static int
same_facts(const struct table_facts *a, const struct table_facts *b)
{
	size_t i;

	if (strcmp(a->engine, b->engine) != 0 || a->nunique != b->nunique ||
	    a->nneeds != b->nneeds || a->ntriggers != b->ntriggers)
		return 0;
	for (i = 0; i < a->nunique; i++)
		if (strcmp(a->unique[i].name, b->unique[i].name) != 0 ||
		    a->unique[i].ncolumns != b->unique[i].ncolumns)
			return 0;
	for (i = 0; i < a->nneeds; i++)
		if (strcmp(a->needs[i], b->needs[i]) != 0)
			return 0;
	for (i = 0; i < a->ntriggers; i++)
		if (strcmp(a->triggers[i], b->triggers[i]) != 0)
			return 0;
	return 1;
}

/* A copy of what is said of a table is a whole one, or none. */
static int
copy(void *cookie)
{
	struct item *item = cookie;
	struct table_facts *f;
	int rc;

	failing_on();
	rc = table_facts_copy(item->table->facts, &f);
	failing_off();
	if ((f != NULL) != (rc == 0) ||
	    (f != NULL && !same_facts(f, item->table->facts)))
		failing_wrong("another copy");
	table_facts_free(f);
	return rc;
}

static void
test_copy(void **state)
{
	struct item *item = sample_item(&samples[11]);
	struct table_facts *none;

	(void)state;
	assert_int_equal(table_facts_copy(NULL, &none), 0);
	assert_null(none);
	assert_int_equal(whole_facts(item), 0);
	assert_int_equal(table_facts_need(item->table->facts, "more"), 0);
	assert_int_equal(
	    table_facts_trigger(item->table->facts, "DELETE", "x"), 0);
	failing_visits(100);
	failing_run("facts", copy, item);
	item_free(item);
}

/* What it is when all is well. */
static int
setup(void **state)
{

	(void)state;
	return count(NULL) == 0 &&
		       strstr(want.data, "\"10.2.116.14\":[[0,2],[1,1],[2,1],"
					 "[3,1]]") != NULL
		   ? 0
		   : -1;
}

static int
teardown(void **state)
{

	(void)state;
	buf_free(&want);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_count, failing_loud),
		cmocka_unit_test_teardown(test_refuse, failing_loud),
		cmocka_unit_test_teardown(test_copy, failing_loud),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
