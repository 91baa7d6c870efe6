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

#define ID   "0123456789abcdef0123456789abcdef"
#define TIME "2026-11-22T16:15:47Z"

/* What a snapshot tells beside its items.  0 or -1 as its rooms say. */
static int
tell_node(struct manifest *m)
{
	struct address a[2] = { { 4, { 10, 2, 116, 14 } },
		{ 6, { 0x20, 1, 0xd, 0xb8 } } };
	char file[] = "/etc/a.pem", subject[] = "CN = a",
	     by[] = "file:/x [a] b", time[] = TIME, nova[] = "nova",
	     server[] = "tcp:10.2.116.14:3306", version[] = "10.11";
	const struct certificate c = { file, subject, time, by, a, 2 };
	const struct captured_database d = { nova, nova, server, version, by };

	if (manifest_set(&m->id, ID) == -1 ||
	    manifest_set(&m->created, TIME) == -1 ||
	    manifest_set(&m->novark, "0.1") == -1 ||
	    manifest_set(&m->host, "compute1") == -1 ||
	    manifest_set(&m->instances_path, "/var/lib/nova") == -1 ||
	    manifest_set(&m->libvirt_uri, "qemu:///system") == -1 ||
	    manifest_set(&m->hypervisor_name, "node1") == -1 ||
	    manifest_set(&m->hypervisor, "libvirt 9.0.0") == -1)
		return -1;
	if (manifest_add_own(m, &a[0], 24, "interface eth0") == -1 ||
	    manifest_add_own(m, &a[1], -1, "nova.conf my_ip") == -1 ||
	    manifest_add_database(m, &d) == -1 ||
	    manifest_add_certificate(m, &c) == -1 ||
	    manifest_add_host(m, "one") == -1 ||
	    manifest_add_elsewhere(m, "two") == -1 ||
	    manifest_add_elsewhere_instance(m, SAMPLE_UUID, 3) == -1 ||
	    manifest_warn(m, NULL, "one") == -1 ||
	    manifest_warn(m, "domain:x", "a\n%s", "\xff") == -1)
		return -1;
	m->sweep = (struct manifest_sweep){ 1, 30, 40, 50, 6, 7 };
	return 0;
}

static int
tell_facts(struct item *item)
{
	struct table_facts *f = item->table->facts = table_facts_new();

	return f == NULL || manifest_set(&f->engine, "InnoDB") == -1 ||
		       table_facts_need(f, "size") == -1 ||
		       table_facts_trigger(f, "INSERT", "tg a b") == -1 ||
		       table_facts_unique(f, "u1", "a", "utf8mb4_bin", 10) ==
			   -1 ||
		       table_facts_unique(f, "u1", "b", NULL, 0) == -1
		   ? -1
		   : 0;
}

/* The items of the sample, with their addresses counted. */
static int
tell_items(struct manifest *m)
{
	const struct sample *s;
	struct item *item;
	size_t i;

	for (i = 0; i < SAMPLES; i++) {
		s = &samples[i];
		/* What the test makes itself does not fail. */
		failing_off();
		item = sample_item(s);
		memset(item->sha256, 'a', 64);
		if (item->virt != NULL && i == 5) {
			item->virt->has_value = 1;
			memset(item->virt->value_sha256, 'b', 64);
		}
		failing_on();
		if ((item->path = item_member(item)) == NULL ||
		    (m->description != NULL && item->table != NULL &&
			tell_facts(item) == -1) ||
		    (s->bytes != NULL && m->description == NULL &&
			s->type == FILE_REGULAR &&
			manifest_count_item(m, item, item_format(item),
			    s->bytes, strlen(s->bytes)) == -1) ||
		    manifest_add(m, item) == -1) {
			item_free(item);
			return -1;
		}
	}
	return 0;
}

/* Build, print, parse, print: ${cookie} is what has to come out, or NULL. */
static int
round_trip(void *cookie)
{
	const char *want = cookie;
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *m = NULL, *back = NULL;
	int rc = -1;

	failing_on();
	if ((m = manifest_new()) == NULL || tell_node(m) == -1 ||
	    tell_items(m) == -1 ||
	    manifest_settle_kinds(m, 1u << KIND_LIBVIRT | 1u << KIND_OPTION) ==
		-1 ||
	    manifest_print(m, &one) == -1 ||
	    (back = manifest_parse("m", one.data, one.len)) == NULL ||
	    manifest_print(back, &two) == -1)
		goto out;
	rc = 0;
out:
	failing_off();
	if (rc == 0 && (strcmp(one.data, two.data) != 0 ||
			   (want != NULL && strcmp(one.data, want) != 0)))
		failing_wrong("another manifest");
	manifest_free(m);
	manifest_free(back);
	buf_free(&one);
	buf_free(&two);
	return rc;
}

static void
test_round(void **state)
{

	(void)state;
	failing_visits(1000);
	failing_run("manifest", round_trip, NULL);
}

static int
round_description(void *cookie)
{
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *m = NULL, *back = NULL;
	int rc = -1;

	(void)cookie;
	failing_on();
	if ((m = manifest_new()) == NULL)
		goto out;
	failing_off();
	m->description = json_pack(
	    "{s:{s:s}, s:[s]}", "facts", "host_name", "n", "libvirt", "domain");
	failing_on();
	if (tell_node(m) == -1 || tell_items(m) == -1 ||
	    manifest_print(m, &one) == -1 ||
	    (back = manifest_parse("m", one.data, one.len)) == NULL ||
	    manifest_print(back, &two) == -1)
		goto out;
	rc = 0;
out:
	failing_off();
	if (rc == 0 && strcmp(one.data, two.data) != 0)
		failing_wrong("another description");
	manifest_free(m);
	manifest_free(back);
	buf_free(&one);
	buf_free(&two);
	return rc;
}

static void
test_description(void **state)
{

	(void)state;
	failing_visits(1000);
	failing_run("description", round_description, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_round, failing_loud),
		cmocka_unit_test_teardown(test_description, failing_loud),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
