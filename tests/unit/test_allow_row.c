#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "restore/allow/row.h"

static const struct allow_row rows[] = {
	{ "a[x]/b@c", ALLOW_YES, NULL, NULL },
	{ "a[x]/b", ALLOW_NO, NULL, NULL },
	{ "a/b@c", ALLOW_PATH, NULL, NULL },
	{ "a", ALLOW_DISK, NULL, NULL },
	{ "d/**", ALLOW_YES, NULL, NULL },
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* What is remembered is what is found, for each element and its attribute "c".
 */
static void
compare(struct row_found *found, struct row_at *at, xmlNodePtr parent)
{
	xmlNodePtr node;

	for (node = parent->children; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		at->chain[at->n++] = node;
		assert_ptr_equal(row_find(found, rows, ROWS, at, NULL),
		    row_find(NULL, rows, ROWS, at, NULL));
		assert_ptr_equal(row_find(found, rows, ROWS, at, "c"),
		    row_find(NULL, rows, ROWS, at, "c"));
		compare(found, at, node);
		at->n--;
	}
}

/* Types that read like places must not be taken for them. */
static void
as_found(void **state)
{
	static const char *const types[] = { "", "type='x'", "type='y'",
		"type=''", "type='x/b'", "type='1:x'", "type='x@c'",
		"type='0:/b'", "type='x/b[1:x@c'", "type=']'" };
	struct row_found *found;
	struct row_at at = { .n = 0 };
	xmlDocPtr doc;
	char xml[512];
	size_t i, j, again;

	(void)state;
	assert_non_null(found = row_found_new());
	for (again = 0; again < 2; again++)
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			for (j = 0; j < sizeof(types) / sizeof(types[0]); j++) {
				snprintf(xml, sizeof(xml),
				    "<t><a %s><b %s/></a><d %s><a %s/></d>"
				    "<b/></t>",
				    types[i], types[j], types[j], types[i]);
				doc = virt_xml_parse(xml, strlen(xml));
				assert_non_null(doc);
				compare(found, &at, xmlDocGetRootElement(doc));
				xmlFreeDoc(doc);
			}
	row_found_free(found);
	row_found_free(NULL);
}

/* A definition with more places than are remembered. */
static void
many(void **state)
{
	struct row_found *found;
	struct row_at at = { .n = 0 };
	xmlDocPtr doc;
	char xml[64];
	int i;

	(void)state;
	assert_non_null(found = row_found_new());
	for (i = 0; i < 10000; i++) {
		snprintf(xml, sizeof(xml), "<t><a><b%d/></a></t>", i % 5000);
		assert_non_null(doc = virt_xml_parse(xml, strlen(xml)));
		compare(found, &at, xmlDocGetRootElement(doc));
		xmlFreeDoc(doc);
	}
	row_found_free(found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_found),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests_name("allow_row", tests, NULL, NULL);
}
