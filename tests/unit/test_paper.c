#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/digest.h"
#include "archive/limits.h"
#include "folder.h"
#include "restore/papers/paper.h"

#define KIND "novark-test"

/* A document of two members, a list of ${n}, and one member behind it. */
static void
make(const char *file, size_t n, char hex[65])
{
	struct paper_new *p;
	size_t i;

	p = paper_create(file, NEWFILE_FORCE, KIND, 3);
	assert_non_null(p);
	assert_int_equal(paper_put(p, "first", json_string("a\"b")), 0);
	assert_int_equal(paper_put(p, "object", json_pack("{s:i}", "x", 1)), 0);
	assert_int_equal(paper_list(p, "list"), 0);
	for (i = 0; i < n; i++)
		assert_int_equal(
		    paper_add(p, json_pack("{s:I}", "n", (json_int_t)i)), 0);
	assert_int_equal(paper_list_end(p, hex), 0);
	assert_int_equal(paper_put(p, "last", json_true()), 0);
	assert_int_equal(paper_commit(p), 0);
}

/* Read all of it: how many elements, or -1. */
static int
read_all(FILE *f, const char *kind, int version)
{
	const json_t *value;
	const char *name;
	struct paper *p;
	int more, element, n = 0;

	if ((p = paper_open(f, "test", kind, version)) == NULL)
		return -1;
	while ((more = paper_next(p, &name, &value)) == 1) {
		if (value != NULL)
			continue;
		while ((element = paper_element(p, &value)) == 1)
			n++;
		if (element == -1) {
			more = -1;
			break;
		}
	}
	paper_close(p);
	return more == 0 ? n : -1;
}

static int
read_bytes(const char *bytes, size_t len)
{
	FILE *f = fmemopen((void *)(uintptr_t)bytes, len, "r");
	int n;

	assert_non_null(f);
	n = read_all(f, KIND, 3);
	fclose(f);
	return n;
}

static void
test_both_ways(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 5000 };
	char hex[65], want[65];
	struct buf b = BUF_EMPTY, lines = BUF_EMPTY;
	struct stat st;
	json_t *json;
	size_t i, k;

	(void)state;
	for (i = 0; i < 4; i++) {
		make("doc", sizes[i], hex);
		assert_int_equal(stat("doc", &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		buf_clear(&b);
		file_read("doc", &b);
		assert_int_equal(read_bytes(b.data, b.len), (int)sizes[i]);
		/* Any other program reads it, too. */
		json = json_loadb(b.data, b.len, 0, NULL);
		assert_non_null(json);
		assert_int_equal(
		    json_array_size(json_object_get(json, "list")), sizes[i]);
		assert_string_equal(
		    json_string_value(json_object_get(json, "first")), "a\"b");
		json_decref(json);
		/* The digest of the list is that of its lines. */
		buf_clear(&lines);
		for (k = 0; k < sizes[i]; k++)
			assert_int_equal(
			    buf_addf(&lines, "{\"n\":%zu}\n", k), 0);
		assert_int_equal(
		    digest_bytes(lines.len ? lines.data : "", lines.len, want),
		    0);
		assert_string_equal(hex, want);
	}
	buf_free(&b);
	buf_free(&lines);
}

/* The last member is the digest of all lines before it. */
static void
test_digest(void **state)
{
	struct buf b = BUF_EMPTY;
	char hex[65], *at;

	(void)state;
	make("doc", 2, hex);
	file_read("doc", &b);
	at = strstr(b.data, "\"sha256\"");
	assert_non_null(at);
	assert_int_equal(digest_bytes(b.data, (size_t)(at - b.data), hex), 0);
	assert_memory_equal(at + 10, hex, 64);
	assert_string_equal(at + 10 + 64, "\"\n}\n");
	buf_free(&b);
}

/* No bit may turn over, and no byte may be missing or too many. */
static void
test_damage(void **state)
{
	struct buf b = BUF_EMPTY;
	char hex[65];
	size_t i;
	int bit;

	(void)state;
	make("doc", 3, hex);
	file_read("doc", &b);
	for (i = 0; i < b.len; i++) {
		for (bit = 0; bit < 8; bit++) {
			b.data[i] = (char)(b.data[i] ^ (1 << bit));
			assert_int_equal(read_bytes(b.data, b.len), -1);
			b.data[i] = (char)(b.data[i] ^ (1 << bit));
		}
	}
	for (i = 1; i < b.len; i++)
		assert_int_equal(read_bytes(b.data, i), -1);
	assert_int_equal(buf_addc(&b, '\n'), 0);
	assert_int_equal(read_bytes(b.data, b.len), -1);
	assert_int_equal(read_bytes(b.data, b.len - 1), 3);
	buf_free(&b);
}

/* What the digest vouches for, but no writer would write. */
static void
test_other_forms(void **state)
{
	static const char *const bodies[] = {
		/* another kind, another version, none */
		"{\n\"kind\":\"novark-other\",\n\"schema_version\":3,\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":4,\n",
		"{\n\"kind\":\"novark-test\",\n\"version\":3,\n",
		"{\n\"schema_version\":3,\n\"kind\":\"novark-test\",\n",
		"{\n\"kind\":[\n],\n\"schema_version\":3,\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":\"3\",\n",
		/* no commas, too many */
		"{\n\"kind\":\"novark-test\"\n\"schema_version\":3,\n",
		"{,\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n\"l\":[\n"
		"{},\n],\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n\"l\":[\n"
		"{}\n{}\n],\n",
		/* no JSON, two keys, a name that is none */
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n\"a\":{,"
		"\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n"
		"\"a\":{\"x\":1,\"x\":2},\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\na:1,\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n"
		"\"a\\u0041\":1,\n",
		/* a list that does not end, an end without a list */
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n\"l\":[\n"
		"{},\n",
		"{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n],\n",
	};
	struct buf b = BUF_EMPTY;
	char hex[65];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, bodies[i]), 0);
		assert_int_equal(digest_bytes(b.data, b.len, hex), 0);
		assert_int_equal(
		    buf_addf(&b, "\"sha256\":\"%s\"\n}\n", hex), 0);
		assert_int_equal(read_bytes(b.data, b.len), -1);
	}
	buf_free(&b);
}

/* Nesting has an end, and so has a line. */
static void
test_limits(void **state)
{
	static const char head[] =
	    "{\n\"kind\":\"novark-test\",\n\"schema_version\":3,\n\"a\":";
	struct buf b = BUF_EMPTY;
	char hex[65];
	int depth;

	(void)state;
	for (depth = LIMIT_JSON_DEPTH; depth <= LIMIT_JSON_DEPTH + 1; depth++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, head), 0);
		for (int i = 0; i < depth; i++)
			assert_int_equal(buf_addc(&b, '['), 0);
		/* Brackets in a string are none. */
		assert_int_equal(buf_adds(&b, "\"\\\"[[[[\""), 0);
		for (int i = 0; i < depth; i++)
			assert_int_equal(buf_addc(&b, ']'), 0);
		assert_int_equal(buf_adds(&b, ",\n"), 0);
		assert_int_equal(digest_bytes(b.data, b.len, hex), 0);
		assert_int_equal(
		    buf_addf(&b, "\"sha256\":\"%s\"\n}\n", hex), 0);
		assert_int_equal(read_bytes(b.data, b.len),
		    depth > LIMIT_JSON_DEPTH ? -1 : 0);
	}
	buf_clear(&b);
	assert_int_equal(buf_adds(&b, head), 0);
	while (b.len < LIMIT_PAPER_LINE + 100)
		assert_int_equal(buf_addf(&b, "%01000d", 1), 0);
	assert_int_equal(read_bytes(b.data, b.len), -1);
	buf_free(&b);
}

/* Elements are not members, and members are not elements. */
static void
test_sequence(void **state)
{
	const json_t *value;
	const char *name;
	struct paper *p;
	char hex[65];
	FILE *f;

	(void)state;
	make("doc", 2, hex);
	assert_non_null(f = fopen("doc", "re"));
	assert_null(paper_open(f, "doc", "novark-other", 3));
	rewind(f);
	assert_non_null(p = paper_open(f, "doc", KIND, 3));
	assert_int_equal(paper_element(p, &value), -1);
	assert_int_equal(paper_next(p, &name, &value), 1);
	assert_string_equal(name, "first");
	assert_int_equal(paper_next(p, &name, &value), 1);
	assert_int_equal(paper_next(p, &name, &value), 1);
	assert_string_equal(name, "list");
	assert_null(value);
	assert_int_equal(paper_next(p, &name, &value), -1);
	assert_int_equal(paper_rewind(p), 0);
	assert_int_equal(paper_next(p, &name, &value), 1);
	assert_string_equal(name, "first");
	paper_close(p);
	paper_close(NULL);
	fclose(f);
}

static void
test_writing(void **state)
{
	struct paper_new *p;
	char hex[65];
	json_t *json;

	(void)state;
	make("there", 0, hex);
	assert_null(paper_create("there", NEWFILE_KEEP, KIND, 3));
	assert_null(paper_create("no/folder", NEWFILE_KEEP, KIND, 3));
	p = paper_create("gone", NEWFILE_KEEP, KIND, 3);
	assert_non_null(p);
	assert_int_equal(paper_put(p, "x", NULL), -1);
	paper_discard(p);
	paper_discard(NULL);
	assert_int_equal(access("gone", F_OK), -1);
	assert_non_null(json = paper_text("caf\xe9"));
	assert_string_equal(json_string_value(json), "caf\\xe9");
	json_decref(json);
	assert_true(json_is_null(json = paper_text(NULL)));
	json_decref(json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_other_forms),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_sequence),
		cmocka_unit_test(test_writing),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
