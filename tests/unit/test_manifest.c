#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/limits.h"
#include "sample_manifest.h"

/* print, parse, print: the same bytes, and the same model. */
static void
test_round(void **state)
{
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *m = sample_manifest(), *back;
	const struct item *item;
	size_t i;

	(void)state;
	m->sweep = (struct manifest_sweep){ 1, 30, 40, 50, 6, 7 };
	m->items[12]->table->outside = 1;
	assert_int_equal(manifest_add_host(m, "compute1"), 0);
	assert_int_equal(manifest_add_host(m, "h\xc3\xb6st 2"), 0);
	assert_int_equal(manifest_print(m, &one), 0);
	assert_non_null(back = manifest_parse("m", one.data, one.len));
	assert_int_equal(manifest_print(back, &two), 0);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	assert_int_equal(back->nitems, SAMPLES);
	for (i = 0; i < SAMPLES; i++) {
		item = back->items[i];
		assert_string_equal(item->name, samples[i].name);
		assert_ptr_equal(manifest_find(back, samples[i].name), item);
		assert_null(item_check(item));
	}
	assert_null(manifest_find(back, "file:/not/there"));
	item = manifest_find(back, "file:/etc/nova/nova.conf");
	assert_int_equal(item->file->nxattrs, 2);
	assert_int_equal(item->file->xattrs[1].len, 5);
	assert_memory_equal(item->file->xattrs[1].value, "a\0\n=\xff", 5);
	assert_int_equal(item->file->gid, 3000000);
	assert_int_equal(item->file->mode, 0640);
	item = manifest_find(back, "pool:a/b 100%");
	assert_string_equal(item->path, "pools/a%2Fb 100%25.xml");
	item = manifest_find(back, "table:nova.volumes");
	assert_int_equal(item->table->ncolumns, 4);
	assert_int_equal(item->table->columns[0].key, 1);
	assert_int_equal(item->table->columns[3].generated, 1);
	assert_int_equal(item->table->outside, 0);
	assert_int_equal(back->items[12]->table->outside, 1);
	assert_int_equal(back->sweep.done, 1);
	assert_int_equal(back->sweep.tables, 30);
	assert_int_equal(back->sweep.columns, 40);
	assert_int_equal(back->sweep.files, 50);
	assert_int_equal(back->sweep.found_rows, 6);
	assert_int_equal(back->sweep.found_files, 7);
	assert_int_equal(back->nhosts, 2);
	assert_string_equal(back->hosts[0], "compute1");
	assert_string_equal(back->hosts[1], "h\xc3\xb6st 2");
	assert_int_equal(back->nown, 2);
	assert_int_equal(back->own[1].prefix, -1);
	assert_int_equal(back->nwarnings, 2);
	assert_null(back->warnings[0].item);
	assert_string_equal(back->warnings[1].text, "a\\x0a\\xff");
	manifest_free(m);
	manifest_free(back);
	manifest_free(NULL);
	buf_free(&one);
	buf_free(&two);
}

/* The index: by item, then by address, with the right counts. */
static void
test_index(void **state)
{
	static const struct {
		size_t item;
		const char *text;
		uint64_t count;
	} want[] = { { 1, "10.2.116.14", 2 }, { 8, "192.168.122.1", 1 },
		{ 10, "10.2.116.14", 1 }, { 11, "10.2.116.14", 1 },
		{ 14, "10.2.116.14", 1 } };
	struct manifest *m = sample_manifest(), *back;
	struct buf b = BUF_EMPTY;
	char text[ADDRESS_TEXT];
	size_t i;

	(void)state;
	assert_int_equal(manifest_print(m, &b), 0);
	assert_non_null(
	    strstr(b.data, "\"10.2.116.14\":[[1,2],[10,1],[11,1],[14,1]]"));
	assert_non_null(back = manifest_parse("m", b.data, b.len));
	assert_int_equal(m->nindex, 5);
	assert_int_equal(back->nindex, 5);
	for (i = 0; i < 5; i++) {
		address_print(&m->index[i].addr, text);
		assert_string_equal(text, want[i].text);
		assert_int_equal(m->index[i].item, want[i].item);
		assert_int_equal(m->index[i].count, want[i].count);
		address_print(&back->index[i].addr, text);
		assert_string_equal(text, want[i].text);
		assert_int_equal(back->index[i].item, want[i].item);
		assert_int_equal(back->index[i].count, want[i].count);
	}
	manifest_free(m);
	manifest_free(back);
	buf_free(&b);
}

/* Formats count their own places; bytes that are not of a format count too. */
static void
test_count(void **state)
{
	static const struct {
		enum place_format format;
		const char *bytes;
		uint64_t count;
	} cases[] = {
		{ PLACE_OPAQUE, "10.0.0.1", 0 },
		{ PLACE_TEXT, "10.0.0.1 10.0.0.1\n10.0.0.1", 3 },
		{ PLACE_VALUE, "10.0.0.1", 1 },
		{ PLACE_INI, "[a]\nx = 10.0.0.1\n# 10.0.0.1\n", 2 },
		{ PLACE_XML, "<a b='10.0.0.1'>10.0.0.1</a>", 2 },
		{ PLACE_XML, "<a b='10.0.0.1'>10.0.0.1", 2 },
		{ PLACE_JSON, "{\"a\":[\"10.0.0.1\",\"10.0.0.1\"]}", 2 },
		{ PLACE_JSON, "10.0.0.1", 1 },
	};
	struct manifest *m = manifest_new();
	struct item *item;
	size_t i, before;
	char name[32];
	int saved;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		before = m->nindex;
		saved = hush();
		assert_int_equal(manifest_count(m, cases[i].format,
				     cases[i].bytes, strlen(cases[i].bytes)),
		    0);
		unhush(saved);
		item = item_new(ITEM_FILE);
		snprintf(name, sizeof(name), "file:/%zu", i);
		assert_int_equal(manifest_set(&item->name, name), 0);
		assert_int_equal(manifest_add(m, item), 0);
		if (cases[i].count == 0) {
			assert_int_equal(m->nindex, before);
			continue;
		}
		if (m->nindex != before + 1 ||
		    m->index[before].count != cases[i].count)
			fail_msg("case %zu", i);
		assert_int_equal(m->index[before].item, i);
	}
	manifest_free(m);
}

static void
test_twice(void **state)
{
	struct manifest *m = manifest_new();
	struct item *a = item_new(ITEM_FILE), *b = item_new(ITEM_FILE);
	int saved, rc;

	(void)state;
	assert_int_equal(manifest_set(&a->name, "file:/a"), 0);
	assert_int_equal(manifest_set(&b->name, "file:/a"), 0);
	assert_int_equal(manifest_add(m, a), 0);
	saved = hush();
	rc = manifest_add(m, b);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("file:/a is there twice");
	assert_int_equal(m->nitems, 1);
	item_free(b);
	manifest_free(m);
}

/* What a writer cannot hand in, although no document could hold it either. */
static void
test_item_check(void **state)
{
	struct item *item = sample_item(&samples[1]);
	const char *why;

	(void)state;
	assert_non_null(item->path = item_member(item));
	assert_null(item_check(item));
	assert_int_equal(manifest_set(&item->name, "file:/etc/\xff"), 0);
	assert_non_null(why = item_check(item));
	assert_non_null(strstr(why, "UTF-8"));
	assert_int_equal(
	    manifest_set(&item->name, "file:/etc/nova/nova.conf"), 0);
	item->file->xattrs[1].len = LIMIT_XATTRS;
	assert_string_equal(
	    item_check(item), "its extended attributes are too large");
	item->file->xattrs[1].len = 5;
	item->file->mode = 010644;
	assert_non_null(item_check(item));
	item->file->mode = 0644;
	assert_null(item_check(item));
	item_free(item);
	item_free(NULL);
}

/* Not UTF-8 where nobody looked before: the print fails, and names it. */
static void
test_print_refused(void **state)
{
	struct manifest *m = sample_manifest();
	struct buf b = BUF_EMPTY;
	int saved, rc;

	(void)state;
	assert_int_equal(manifest_set(&m->hypervisor, "QEMU\xff"), 0);
	saved = hush();
	rc = manifest_print(m, &b);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("node cannot stand in a manifest");
	manifest_free(m);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_item_check),
		cmocka_unit_test(test_print_refused),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
