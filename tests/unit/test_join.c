/* join: what several bundles lack together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/look/join.h"
#include "tests/unit/folder.h"
#include "tests/unit/made.h"

#define INSTANCES "id* uuid host vm_state launched_at deleted"

/* A bundle of a host, of a minute. */
static struct bundle_new *
begin(const char *file, const char *host, const char *minute)
{
	struct bundle_new *n = made_start(file);
	struct manifest *m = bundle_new_manifest(n);
	char created[32];

	snprintf(created, sizeof(created), "2026-11-22T16:%s:00Z", minute);
	assert_int_equal(manifest_set(&m->host, host), 0);
	assert_int_equal(manifest_set(&m->created, created), 0);
	return n;
}

static void
domain(struct bundle_new *n, const char *name, const char *uuid)
{
	char item[80];
	struct item *d;

	snprintf(item, sizeof(item), "domain:%s", name);
	d = made_item(ITEM_DOMAIN, item);
	d->virt->persistent = 1;
	assert_int_equal(manifest_set(&d->virt->uuid, uuid), 0);
	made_put(n, d, "<domain/>");
}

#define U "0e6a8f5e-0000-4222-8333-00000000000"

struct told {
	struct buf text;
	size_t n, stop_at;
};

static int
on_finding(void *cookie, const struct join_finding *f)
{
	struct told *t = cookie;

	if (++t->n == t->stop_at)
		return -1;
	assert_int_equal(f->missing, f->kind <= JOIN_NO_BUNDLE);
	assert_true(f->text != NULL && f->text[0] != '\0');
	return buf_addf(&t->text, "%s: %s\n", join_kind_name(f->kind), f->name);
}

/* Join bundles, in both orders, with all ids in memory and with one at a time,
 * and compare. */
static void
expect(const char *one, const char *two, const char *want)
{
	const char *files[] = { one, two };
	struct told t = { BUF_EMPTY, 0, 0 };
	struct join_counts counts;
	struct bundle *b;
	struct join *j;
	size_t way, i, n;

	for (way = 0; way < 4; way++) {
		assert_non_null(j = join_new());
		if (way >= 2)
			join_room(j, 1);
		for (i = 0; i < 2; i++) {
			if (files[(way ^ i) & 1] == NULL)
				continue;
			b = made_open(files[(way ^ i) & 1]);
			assert_int_equal(
			    join_add(j, files[(way ^ i) & 1], b), OUTCOME_DONE);
			bundle_close(b);
		}
		buf_clear(&t.text);
		t.n = t.stop_at = 0;
		assert_int_equal(buf_adds(&t.text, ""), 0);
		assert_int_equal(join_tell(j, on_finding, &t), 0);
		assert_string_equal(t.text.data, want);
		assert_int_equal(join_count(j, &counts), 0);
		assert_int_equal(counts.bundles, two == NULL ? 1 : 2);
		/* Whoever is told may end it. */
		for (n = t.n; n > 0; n--) {
			t.n = 0;
			t.stop_at = n;
			assert_int_equal(join_tell(j, on_finding, &t), -1);
			assert_int_equal(t.n, n);
		}
		join_free(j);
	}
	buf_free(&t.text);
}

/* By uuid, by name on the same host, by neither. */
static void
test_instances(void **state)
{
	struct bundle_new *n = begin("rows", "ctl", "10");

	(void)state;
	made_table(n, "nova", "nova", "instances", INSTANCES,
	    "1\t" U "1\tone\tactive\t\\N\t0\n"
	    "2\t" U "2\tone\tstopped\t\\N\t0\n"
	    "3\t" U "3\ttwo\tactive\t\\N\t0\n"
	    "4\t" U "4\tone\tbuilding\t\\N\t0\n"
	    "5\t" U "5\tone\terror\t\\N\t0\n"
	    "6\t" U "6\tone\terror\t2026-01-01\t0\n"
	    "7\t" U "7\t\\N\tshelved_offloaded\t\\N\t0\n"
	    "8\t" U "8\tone\tdeleted\t\\N\t8\n"
	    "9\t" U "9\tone\tactive\t\\N\t0\n"
	    "10\t" U "a\t\tactive\t\\N\t0\n");
	made_table(n, "nova", "nova", "services", "id* host binary deleted",
	    "1\tone\tnova-compute\t0\n2\tctl\tnova-conductor\t0\n"
	    "3\tnet\tnova-network\t0\n4\tgone\tnova-compute\t4\n");
	made_end(n);
	n = begin("one", "one", "20");
	domain(n, "instance-00000001", U "1");
	/* Defined by hand, without nova's uuid. */
	domain(n, "instance-00000002", U "f");
	/* The number of an instance of another host. */
	domain(n, "instance-00000003", U "e");
	domain(n, "any name", U "9");
	domain(n, "instance-00000008", U "8");
	domain(n, "gateway", U "d");
	domain(n, "instance-0000000g", U "c");
	made_end(n);
	expect("rows", "one",
	    "instance without a definition: " U "6\n"
	    "instance without a definition: " U "3\n"
	    "definition without an instance: domain:instance-00000003\n"
	    "definition without an instance: domain:instance-00000008\n"
	    "definition that is not nova's: domain:gateway\n"
	    "definition that is not nova's: domain:instance-0000000g\n"
	    "host without instances, without a bundle: net\n");
}

/* The newer row counts, whichever came first. */
static void
test_newer(void **state)
{
	struct bundle_new *n = begin("a", "one", "10");

	(void)state;
	domain(n, "instance-00000002", U "2");
	made_table(n, "nova", "nova", "instances", INSTANCES,
	    "1\t" U "1\tone\tactive\t\\N\t0\n"
	    "2\t" U "2\tone\tactive\t\\N\t0\n");
	made_end(n);
	n = begin("b", "one", "11");
	made_table(n, "nova", "nova", "instances", INSTANCES,
	    "1\t" U "1\tone\tdeleted\t\\N\t1\n"
	    "2\t" U "2\tone\tactive\t\\N\t0\n");
	made_end(n);
	expect("a", "b", "host with several bundles: one\n");
	expect("b", NULL, "instance without a definition: " U "2\n");
}

/* A bundle of some hosts tells of the others. */
static void
test_elsewhere(void **state)
{
	struct bundle_new *n = begin("a", "one", "10");
	struct manifest *m = bundle_new_manifest(n);

	(void)state;
	assert_int_equal(manifest_add_host(m, "one"), 0);
	assert_int_equal(manifest_add_elsewhere(m, "two"), 0);
	assert_int_equal(manifest_add_elsewhere_instance(m, U "3", 3), 0);
	assert_int_equal(manifest_add_elsewhere(m, "three"), 0);
	domain(n, "instance-00000001", U "1");
	made_table(n, "nova", "nova", "instances", INSTANCES,
	    "1\t" U "1\tone\tactive\t\\N\t0\n");
	made_end(n);
	n = begin("b", "two", "11");
	m = bundle_new_manifest(n);
	assert_int_equal(manifest_add_host(m, "two"), 0);
	domain(n, "instance-00000003", U "3");
	made_table(n, "nova", "nova", "instances", INSTANCES,
	    "3\t" U "3\ttwo\tactive\t\\N\t0\n");
	made_end(n);
	expect("a", "b", "host without a bundle: three\n");
	expect("a", NULL,
	    "host without a bundle: three\nhost without a bundle: two\n"
	    "instance without its rows: " U "3\n"
	    "instance without a definition: " U "3\n");
}

static void
test_volumes(void **state)
{
	struct bundle_new *n = begin("a", "one", "10");

	(void)state;
	made_table(n, "nova", "nova", "instances", INSTANCES, "");
	made_table(n, "nova", "nova", "block_device_mapping",
	    "id* volume_id deleted",
	    "1\tv1\t0\n2\tv2\t2\n3\tv9\t0\n4\t\\N\t0\n");
	made_end(n);
	n = begin("b", "ctl", "11");
	made_table(n, "cinder", "cinder", "services", "id* host binary deleted",
	    "1\tctl@lvm\tcinder-volume\t0\n");
	made_table(n, "cinder", "cinder", "volumes", "id* status deleted",
	    "v1\tin-use\t0\nv2\tin-use\t0\nv3\tavailable\t0\n"
	    "v4\tin-use\t1\nv5\tin-use\t0\nv6\tin-use\t0\n");
	made_table(n, "cinder", "cinder", "volume_attachment",
	    "id* volume_id attach_status deleted",
	    "t5\tv5\tattached\t0\nt6\tv6\tdetached\t0\nt4\tv4\tattached\t0\n");
	made_end(n);
	expect("a", "b",
	    "volume without an attachment: v2\n"
	    "volume without an attachment: v6\n"
	    "attachment without a volume: row:cinder.volume_attachment:t4\n"
	    "attachment without a volume: row:nova.block_device_mapping:3\n");
	expect("a", NULL, "attachment without a volume: volumes\n");
}

/* Definitions alone say nothing; rows have to be somewhere. */
static void
test_no_rows(void **state)
{
	struct bundle_new *n = begin("a", "one", "10");

	(void)state;
	domain(n, "instance-00000001", U "1");
	made_end(n);
	expect("a", NULL, "instance without its rows: nova\n");
}

/* A row that may not be held is neither refused nor joined. */
static void
test_long_row(void **state)
{
	static const struct {
		size_t most;
		enum outcome want;
	} cases[] = { { 1u << 20, OUTCOME_DONE }, { 200u << 10, OUTCOME_DONE },
		{ 100u << 10, OUTCOME_PARTIAL }, { 1, OUTCOME_PARTIAL } };
	struct bundle_new *n = begin("long", "ctl", "10");
	const size_t len = 150u << 10;
	struct bundle *b;
	struct join *j;
	char *rows;
	size_t i;

	(void)state;
	assert_non_null(rows = malloc(len + 80));
	i = (size_t)snprintf(rows, 80, "1\t" U "1\tone\tactive\t\\N\t0\t");
	memset(rows + i, 'x', len);
	memcpy(rows + i + len, "\n", 2);
	made_table(
	    n, "nova", "nova", "instances", INSTANCES " user_data", rows);
	made_end(n);
	free(rows);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		b = made_open("long");
		assert_non_null(j = join_new());
		join_limit(j, cases[i].most);
		assert_int_equal(join_add(j, "long", b), cases[i].want);
		join_free(j);
		bundle_close(b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instances),
		cmocka_unit_test(test_newer),
		cmocka_unit_test(test_elsewhere),
		cmocka_unit_test(test_volumes),
		cmocka_unit_test(test_no_rows),
		cmocka_unit_test(test_long_row),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
