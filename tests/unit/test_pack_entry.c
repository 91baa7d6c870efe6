#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <archive_entry.h>
#include <cmocka.h>

#include "archive/bundle/pack_entry.h"
#include "sample.h"

/* A file with two attributes, and the entry that it makes. */
static struct archive_entry *
entry_of(struct item **item)
{
	struct archive_entry *e;

	*item = sample_item(&samples[1]);
	assert_non_null((*item)->path = item_member(*item));
	(*item)->size = strlen(samples[1].bytes);
	assert_non_null(e = pack_entry_new(*item, PACK_ITEM));
	assert_null(pack_entry_differs(e, *item, PACK_ITEM));
	return e;
}

/* Each attribute of the item is there, with its value, and no other: in any
 * order, but each once. */
static void
test_xattrs(void **state)
{
	static const struct {
		const char *name, *value;
		size_t len;
	} a[] = { { "user.empty", "", 0 }, { "user.note", "a\0\n=\xff", 5 },
		{ "user.note", "a\0\n=\xfe", 5 }, { "user.note", "a\0\n=", 4 },
		{ "user.Note", "a\0\n=\xff", 5 }, { "user.empty", "x", 1 } };
	/* By their numbers above. */
	static const struct {
		const char *list;
		int same;
	} cases[] = { { "01", 1 }, { "10", 1 }, { "", 0 }, { "0", 0 },
		{ "1", 0 }, { "012", 0 }, { "011", 0 }, { "00", 0 },
		{ "11", 0 }, { "02", 0 }, { "03", 0 }, { "04", 0 },
		{ "51", 0 } };
	struct archive_entry *e;
	struct item *item;
	const char *p, *why;
	size_t i;

	(void)state;
	e = entry_of(&item);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		archive_entry_xattr_clear(e);
		for (p = cases[i].list; *p != '\0'; p++)
			archive_entry_xattr_add_entry(e, a[*p - '0'].name,
			    a[*p - '0'].value, a[*p - '0'].len);
		why = pack_entry_differs(e, item, PACK_ITEM);
		if (cases[i].same != (why == NULL))
			fail_msg("attributes %s: %s", cases[i].list,
			    why == NULL ? "taken" : why);
		if (why != NULL)
			assert_string_equal(why, "its extended attributes");
	}
	archive_entry_free(e);
	item_free(item);
}

/* The name is the item's; a slash may follow it. */
static void
test_name(void **state)
{
	static const struct {
		const char *name;
		int same;
	} cases[] = { { "etc/nova/nova.conf", 1 }, { "etc/nova/nova.conf/", 1 },
		{ "etc/nova/nova.conf//", 0 }, { "etc/nova/nova.conf/x", 0 },
		{ "etc/nova/nova.con", 0 }, { "etc/nova/nova.conf.", 0 },
		{ "/etc/nova/nova.conf", 0 }, { "./etc/nova/nova.conf", 0 },
		{ "", 0 }, { NULL, 0 } };
	struct archive_entry *e;
	struct item *item;
	const char *why;
	size_t i;

	(void)state;
	e = entry_of(&item);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		archive_entry_set_pathname(e, cases[i].name);
		why = pack_entry_differs(e, item, PACK_ITEM);
		if (cases[i].same)
			assert_null(why);
		else
			assert_string_equal(why, "its name");
	}
	archive_entry_free(e);
	item_free(item);
}

/* A file that is also something else is another entry. */
static void
test_type(void **state)
{
	struct archive_entry *e;
	struct item *item;

	(void)state;
	e = entry_of(&item);
	archive_entry_sparse_add_entry(e, 0, 1);
	assert_string_equal(pack_entry_differs(e, item, PACK_ITEM), "its type");
	archive_entry_sparse_clear(e);
	assert_null(pack_entry_differs(e, item, PACK_ITEM));
	archive_entry_set_hardlink(e, "etc/passwd");
	assert_string_equal(pack_entry_differs(e, item, PACK_ITEM), "its type");
	archive_entry_free(e);
	item_free(item);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xattrs),
		cmocka_unit_test(test_name),
		cmocka_unit_test(test_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
