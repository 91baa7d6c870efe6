#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/limits.h"
#include "craft.h"
#include "look.h"

static const struct bundle_keys keys = { .trust = "k.pub", .root = "." };

/* What the manifest says of the bundle as a whole. */

/* The first ${from} of the manifest made ${to}, and all signed. */
static void
with_manifest(const char *from, const char *to)
{
	struct buf json = BUF_EMPTY;
	struct craft c;
	const char *at, *text;

	craft_open("good", &c);
	text = c.member[OUTER_MANIFEST].data;
	assert_non_null(at = strstr(text, from));
	assert_int_equal(buf_add(&json, text, (size_t)(at - text)), 0);
	assert_int_equal(buf_adds(&json, to), 0);
	assert_int_equal(buf_adds(&json, at + strlen(from)), 0);
	craft_set(&c.member[OUTER_MANIFEST], json.data, json.len);
	craft_seal(&c, "k.key");
	craft_write(&c, "bad");
	craft_free(&c);
	buf_free(&json);
}

/* SHA256SUMS and the manifest name one bundle: by id, time and host. */
static void
test_identity(void **state)
{
	static const struct {
		const char *key, *to;
	} cases[] = {
		{ "\"id\":\"",
		    "\"id\":\"0123456789abcdef0123456789abcdef\",\n" },
		{ "\"created\":\"", "\"created\":\"2026-11-22T16:15:47Z\",\n" },
		{ "\"host\":\"", "\"host\":\"compute2\",\n" },
	};
	char line[128];
	struct craft c;
	struct bundle *b;
	const char *at;
	size_t i;

	(void)state;
	craft_open("good", &c);
	for (i = 0; i < 3; i++) {
		at = strstr(c.member[OUTER_MANIFEST].data, cases[i].key);
		assert_non_null(at);
		snprintf(
		    line, sizeof(line), "%.*s\n", (int)strcspn(at, "\n"), at);
		with_manifest(line, cases[i].to);
		assert_int_equal(look_open("bad", &keys, &b), OUTCOME_REFUSED);
		assert_said("bad: MANIFEST.json: refused: its id, time or host "
			    "is not the one in SHA256SUMS");
	}
	craft_free(&c);
}

/* Sizes that no part of that length unpacks to: refused before any of it is. */
static void
test_sizes(void **state)
{
	static const struct {
		const char *from, *to, *text;
	} cases[] = {
		{ "\"size\":48,", "\"size\":99999999,",
		    "bad: files.tar.zst: refused: the sizes of its items are "
		    "more than 64 MiB and 1000 times its stored bytes" },
		{ "\"size\":16,", "\"size\":4194304,", NULL },
		{ "\"size\":51,", "\"size\":72057594030000000,",
		    "bad: database.tar.zst: refused: the sizes of its items "
		    "are more than 64 MiB" },
		{ "\"size\":51,", "\"size\":72057594037927937,",
		    "its size is beyond all measure" },
	};
	struct bundle *b;
	enum outcome rc;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		with_manifest(cases[i].from, cases[i].to);
		rc = look_open("bad", &keys, &b);
		if (cases[i].text == NULL) {
			assert_int_equal(rc, OUTCOME_DONE);
			bundle_close(b);
			continue;
		}
		assert_int_equal(rc, OUTCOME_REFUSED);
		assert_said(cases[i].text);
	}
}

/* A manifest with two items of that kind, and what they weigh. */
static const char *
budget_of(enum item_kind kind, uint64_t one, uint64_t two, uint64_t value,
    enum item_part part, uint64_t stored)
{
	struct manifest *m = manifest_new();
	struct item *a = item_new(kind), *b = item_new(kind);
	const char *why;

	assert_non_null(m);
	assert_int_equal(manifest_set(&a->name, "a"), 0);
	assert_int_equal(manifest_set(&b->name, "b"), 0);
	a->size = one;
	b->size = two;
	if (a->virt != NULL)
		a->virt->value_size = value;
	assert_int_equal(manifest_add(m, a), 0);
	assert_int_equal(manifest_add(m, b), 0);
	why = bundle_budget(m, part, stored);
	manifest_free(m);
	return why;
}

static void
test_budget(void **state)
{
	static const char many[] = "the sizes of its items are more than",
			  sum[] = "the sizes of its items add up to more than";
	static const struct {
		enum item_kind kind;
		uint64_t one, two, value;
		enum item_part part;
		uint64_t stored;
		const char *want;
	} cases[] = {
		{ ITEM_FILE, LIMIT_UNPACKED_FREE, 0, 0, PART_FILES, 0, NULL },
		{ ITEM_FILE, LIMIT_UNPACKED_FREE, 1, 0, PART_FILES, 0, many },
		{ ITEM_FILE, LIMIT_UNPACKED_FREE, 1000, 0, PART_FILES, 1,
		    NULL },
		{ ITEM_FILE, LIMIT_UNPACKED_FREE, 1001, 0, PART_FILES, 1,
		    many },
		/* Of this part only. */
		{ ITEM_FILE, LIMIT_UNPACKED_FREE, 1, 0, PART_LIBVIRT, 0, NULL },
		/* A value counts. */
		{ ITEM_SECRET, LIMIT_UNPACKED_FREE - 1, 0, 1, PART_LIBVIRT, 0,
		    NULL },
		{ ITEM_SECRET, LIMIT_UNPACKED_FREE - 1, 0, 2, PART_LIBVIRT, 0,
		    many },
		{ ITEM_SECRET, LIMIT_SIZE, 0, 1, PART_LIBVIRT, UINT64_MAX,
		    sum },
		/* As much as there can be, however much is stored. */
		{ ITEM_TABLE, LIMIT_SIZE - 1, 1, 0, PART_DATABASE, UINT64_MAX,
		    NULL },
		{ ITEM_TABLE, LIMIT_SIZE, 1, 0, PART_DATABASE, UINT64_MAX,
		    sum },
		{ ITEM_TABLE, 1, LIMIT_SIZE, 0, PART_DATABASE, UINT64_MAX,
		    sum },
		{ ITEM_TABLE, LIMIT_SIZE + 1, 0, 0, PART_DATABASE, UINT64_MAX,
		    sum },
		{ ITEM_TABLE, UINT64_MAX, UINT64_MAX, 0, PART_DATABASE,
		    UINT64_MAX, sum },
	};
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		why = budget_of(cases[i].kind, cases[i].one, cases[i].two,
		    cases[i].value, cases[i].part, cases[i].stored);
		if (cases[i].want == NULL
			? why != NULL
			: why == NULL || strncmp(why, cases[i].want,
					     strlen(cases[i].want)) != 0)
			fail_msg("case %zu: %s", i, why == NULL ? "-" : why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_budget),
	};

	return cmocka_run_group_tests(tests, look_setup, folder_teardown);
}
