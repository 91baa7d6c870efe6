#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "archive/address/kind.h"
#include "archive/manifest/manifest.h"
#include "failing.h"
#include "sample.h"
#include "whole.h"

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
			whole_facts(item) == -1) ||
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

/* Build, print, parse, print; ${cookie} is whether a description. */
static int
round_trip(void *cookie)
{
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *m = NULL, *back = NULL;
	const int *described = cookie;
	int rc = -1;

	failing_on();
	if ((m = manifest_new()) == NULL)
		goto out;
	if (*described) {
		failing_off();
		m->description = json_pack("{s:{s:s}, s:[s]}", "facts",
		    "host_name", "n", "libvirt", "domain");
		failing_on();
	}
	if (whole_node(m) == -1 || tell_items(m) == -1 ||
	    (!*described &&
		manifest_settle_kinds(
		    m, 1u << KIND_LIBVIRT | 1u << KIND_OPTION) == -1) ||
	    manifest_print(m, &one) == -1 ||
	    (back = manifest_parse("m", one.data, one.len)) == NULL ||
	    manifest_print(back, &two) == -1)
		goto out;
	rc = 0;
out:
	failing_off();
	if (rc == 0 && strcmp(one.data, two.data) != 0)
		failing_wrong(
		    *described ? "another description" : "another manifest");
	manifest_free(m);
	manifest_free(back);
	buf_free(&one);
	buf_free(&two);
	return rc;
}

static void
test_round(void **state)
{
	int described = 0;

	(void)state;
	failing_visits(1000);
	failing_run("manifest", round_trip, &described);
}

static void
test_description(void **state)
{
	int described = 1;

	(void)state;
	failing_visits(1000);
	failing_run("description", round_trip, &described);
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
