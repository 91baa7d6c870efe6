#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "archive/address/kind.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/table_facts.h"
#include "sample.h"

/* The limits of a manifest, and those of an item: what is at one is taken, and
 * what is one more is refused. */

static struct manifest *
start(void)
{
	struct manifest *m = manifest_new();

	assert_non_null(m);
	sample_node(m);
	assert_int_equal(
	    manifest_set(&m->id, "0123456789abcdef0123456789abcdef"), 0);
	assert_int_equal(manifest_set(&m->created, "2026-11-22T16:15:47Z"), 0);
	assert_int_equal(manifest_set(&m->novark, "1"), 0);
	return m;
}

/* Parse it: taken, or refused with one message. */
static void
assert_parsed(const char *bytes, size_t len, const char *text)
{
	struct manifest *m;
	int saved = hush();

	m = manifest_parse("FILE", bytes, len);
	unhush(saved);
	if ((m != NULL) != (text == NULL))
		fail_msg("%.300s: %s", bytes, m != NULL ? "taken" : "refused");
	manifest_free(m);
	if (text != NULL) {
		assert_said(text);
		assert_said("FILE: refused: ");
	}
}

/* Print it, and parse that: frees ${m}. */
static void
assert_read(struct manifest *m, const char *text)
{
	struct buf b = BUF_EMPTY;

	assert_int_equal(manifest_print(m, &b), 0);
	manifest_free(m);
	assert_parsed(b.data, b.len, text);
	buf_free(&b);
}

/* The document of an empty bundle with ${more} in front of "databases". */
static void
assert_document(const char *more, const char *text)
{
	struct buf b = BUF_EMPTY;

	assert_int_equal(
	    buf_addf(&b,
		"{\"format\":1,\"id\":\"0123456789abcdef0123456789abcdef\","
		"\"created\":\"2026-11-22T16:15:47Z\",\"host\":\"h\","
		"\"novark\":\"1\",\"node\":{\"addresses\":[]},%s"
		"\"databases\":[],\"warnings\":[],\"items\":[],\"index\":{}}",
		more),
	    0);
	assert_parsed(b.data, b.len, text);
	buf_free(&b);
}

static struct item *
item_of(size_t sample)
{
	struct item *item = sample_item(&samples[sample]);

	memset(item->sha256, 'a', 64);
	assert_non_null(item->path = item_member(item));
	return item;
}

/* A manifest with that item alone; an item that is refused by itself, is so in
 * a document. */
static void
assert_item(struct item *item, const char *text)
{
	const char *why = item_check(item);
	struct manifest *m = start();

	if (text == NULL)
		assert_null(why);
	else
		assert_string_equal(why, text);
	assert_int_equal(manifest_add(m, item), 0);
	/* A reader may know sooner. */
	assert_read(m, text == NULL ? NULL : "");
}

static void
set_numbered(char **to, const char *prefix, size_t i)
{

	free(*to);
	assert_true(asprintf(to, "%s%05zu", prefix, i) > 0);
}

static void
with_xattrs(size_t n, const char *text)
{
	struct item *item = item_of(4);
	size_t i;

	item->file->xattrs = calloc(n, sizeof(*item->file->xattrs));
	assert_non_null(item->file->xattrs);
	item->file->nxattrs = n;
	for (i = 0; i < n; i++) {
		set_numbered(&item->file->xattrs[i].name, "user.", i);
		item->file->xattrs[i].value = calloc(1, 1);
		assert_non_null(item->file->xattrs[i].value);
	}
	assert_item(item, text);
}

static void
with_columns(size_t n, size_t nkey, const char *text)
{
	struct item *item = item_of(11);
	struct item_table *t = item->table;
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		free(t->columns[i].name);
		free(t->columns[i].type);
		free(t->columns[i].charset);
	}
	free(t->columns);
	assert_non_null(t->columns = calloc(n + 1, sizeof(*t->columns)));
	t->ncolumns = n;
	for (i = 0; i < n; i++) {
		set_numbered(&t->columns[i].name, "c", i);
		assert_int_equal(manifest_set(&t->columns[i].type, "int"), 0);
		t->columns[i].key = i < nkey ? (int)(nkey - i) : 0;
	}
	assert_item(item, text);
}

static void
with_roles(size_t n, int twice, const char *text)
{
	struct item *item = item_of(14);
	struct item_account *a = item->account;
	size_t i;

	for (i = 0; i < a->nroles; i++)
		free(a->roles[i]);
	free(a->roles);
	assert_non_null(a->roles = calloc(n + 1, sizeof(*a->roles)));
	a->nroles = n;
	for (i = 0; i < n; i++)
		set_numbered(&a->roles[i], "r", twice ? 0 : i);
	if (!twice) {
		assert_item(item, text);
		return;
	}
	assert_string_equal(item_check(item), text);
	item_free(item);
}

static void
test_items(void **state)
{

	(void)state;
	with_xattrs(LIMIT_XATTRS_COUNT, NULL);
	with_xattrs(
	    LIMIT_XATTRS_COUNT + 1, "it has too many extended attributes");
	with_columns(LIMIT_COLUMNS, 0, NULL);
	with_columns(LIMIT_COLUMNS + 1, 0, "a table has 1 to 4096 columns");
	with_columns(0, 0, "a table has 1 to 4096 columns");
	with_columns(100, LIMIT_KEY_COLUMNS, NULL);
	with_columns(100, LIMIT_KEY_COLUMNS + 1,
	    "the positions in its primary key are wrong");
	with_roles(LIMIT_ROLES, 0, NULL);
	with_roles(
	    LIMIT_ROLES + 1, 0, "an account is of 1 to 64 databases' servers");
	with_roles(0, 0, "an account is of 1 to 64 databases' servers");
	with_roles(2, 1, "one of its roles stands there twice");
}

/* novark's own keys and journals never come from a bundle; their neighbours
 * may. */
static void
test_own_files(void **state)
{
	static const char own[] =
	    "novark's own keys and journals are never in a bundle";
	static const struct {
		const char *name, *text;
	} cases[] = {
		{ "file:/etc/novark", own },
		{ "file:/etc/novark/trusted.d/a.pub", own },
		{ "file:/etc/novark2", NULL },
		{ "file:/etc/novar", NULL },
		{ "file:/etc/Novark/x", NULL },
		{ "file:/var/lib/novark", own },
		{ "file:/var/lib/novark/journal", own },
		{ "file:/var/lib/novark.d/x", NULL },
		{ "file:/opt/etc/novark", NULL },
	};
	struct item *item;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		item = item_of(4);
		assert_int_equal(manifest_set(&item->name, cases[i].name), 0);
		free(item->path);
		assert_non_null(item->path = item_member(item));
		assert_item(item, cases[i].text);
	}
}

static void
test_sizes(void **state)
{
	static const char large[] = "a definition larger than 4 MiB",
			  value[] = "a secret's value larger than 4 MiB",
			  only[] = "only a secret has a value",
			  rights[] = "the rights of an account are larger than "
				     "32 MiB",
			  beyond[] = "its size is beyond all measure";
	static const struct {
		size_t sample;
		uint64_t size, value;
		const char *text;
	} cases[] = {
		{ 10, LIMIT_DEFINITION, 0, NULL },
		{ 10, LIMIT_DEFINITION + 1, 0, large },
		{ 5, LIMIT_DEFINITION, LIMIT_DEFINITION, NULL },
		{ 5, LIMIT_DEFINITION + 1, LIMIT_DEFINITION, large },
		{ 5, LIMIT_DEFINITION, LIMIT_DEFINITION + 1, value },
		{ 14, LIMIT_ITEM, 0, NULL },
		{ 14, LIMIT_ITEM + 1, 0, rights },
		{ 11, LIMIT_SIZE, 0, NULL },
		{ 11, LIMIT_SIZE + 1, 0, beyond },
		{ 1, LIMIT_SIZE, 0, NULL },
		{ 1, LIMIT_SIZE + 1, 0, beyond },
		{ 10, 1, 1, only },
		{ 8, 1, 1, only },
	};
	struct item *item;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		item = item_of(cases[i].sample);
		item->size = cases[i].size;
		if (cases[i].value > 0) {
			item->virt->has_value = 1;
			item->virt->value_size = cases[i].value;
			memset(item->virt->value_sha256, 'b', 64);
		}
		assert_item(item, cases[i].text);
	}
}

/* What a document cannot say, a caller could. */
static void
test_callers(void **state)
{
	struct item *item;

	(void)state;
	item = item_of(14);
	free(item->account->user);
	item->account->user = NULL;
	assert_string_equal(item_check(item),
	    "the name or the host of an account is not plain text");
	item_free(item);
	item = item_of(11);
	assert_non_null(item->table->facts = table_facts_new());
	assert_int_equal(
	    manifest_set(&item->table->facts->engine, "InnoDB"), 0);
	assert_null(item_check(item));
	item->table->outside = 1;
	assert_string_equal(item_check(item),
	    "a description has no rows outside the catalogue");
	item_free(item);
	item = item_of(1);
	free(item->path);
	item->path = NULL;
	assert_int_equal(manifest_set(&item->path, "etc/nova/other"), 0);
	assert_string_equal(
	    item_check(item), "its path does not follow from its name");
	item_free(item);
}

/* ${n} elements in a list, or pairs in an object: "NAME":[ELEMENT,ELEMENT].
 * Each "%" of an element is its number. */
static void
assert_list(const char *head, const char *element, size_t n, const char *tail,
    const char *text)
{
	struct buf b = BUF_EMPTY;
	const char *p;
	size_t i;

	assert_int_equal(buf_adds(&b, head), 0);
	for (i = 0; i < n; i++) {
		if (i > 0)
			assert_int_equal(buf_addc(&b, ','), 0);
		for (p = element; *p != '\0'; p++)
			assert_int_equal(*p == '%' ? buf_addf(&b, "%zu", i)
						   : buf_addc(&b, *p),
			    0);
	}
	assert_int_equal(buf_adds(&b, tail), 0);
	assert_document(b.data, text);
	buf_free(&b);
}

static void
test_lists(void **state)
{
	static const char one[] = "\"certificates\":[{\"file\":\"/a\","
				  "\"subject\":\"a\",\"addresses\":[",
			  end[] = "],\"not_after\":\"2027-11-22T10:00:00Z\"}],";

	(void)state;
	assert_list("\"hosts\":[", "\"h%\"", LIMIT_HOSTS, "],", NULL);
	assert_list("\"hosts\":[", "\"h%\"", LIMIT_HOSTS + 1, "],",
	    "hosts is no list of names");
	assert_list(one, "\"2001:db8::1%\"", 1000, end, NULL);
	assert_list(one, "\"10.2.116.14\"", 65536, end, NULL);
	assert_list(one, "\"10.2.116.14\"", 65537, end,
	    "a certificate names no address");
	assert_list("\"certificates\":[", "0", 65537, "],",
	    "certificates is no list of them");
	assert_list("\"kinds\":{\"file\":{", "\"%\":1", 10000, "}},", NULL);
	assert_list("\"kinds\":{\"file\":{", "\"%\":1", 65537, "}},",
	    "it would take too much memory");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_own_files),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_callers),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
