/* Items that are read without jansson are those that jansson reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/manifest/manifest_private.h"

#define DIGEST                                                                 \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* Lines as manifest_print writes them. */
static const char *const lines[] = {
	"{\"name\":\"file:/etc\",\"kind\":\"file\",\"part\":\"files\","
	"\"path\":\"etc\",\"size\":0,\"sha256\":\"" DIGEST "\",\"file\":{"
	"\"type\":\"folder\",\"mode\":\"0755\",\"uid\":0,\"gid\":0,"
	"\"user\":\"root\",\"group\":\"root\",\"mtime\":1795411734,"
	"\"format\":\"opaque\",\"set\":\"way\"}}",
	"{\"name\":\"file:/etc/nova/nova.conf\",\"kind\":\"file\","
	"\"part\":\"files\",\"path\":\"etc/nova/nova.conf\",\"size\":512,"
	"\"sha256\":\"" DIGEST "\",\"file\":{\"type\":\"regular\","
	"\"mode\":\"0640\",\"uid\":4294967295,\"gid\":64060,\"mtime\":1,"
	"\"format\":\"ini\"}}",
	"{\"name\":\"file:/etc/link\",\"kind\":\"file\",\"part\":\"files\","
	"\"path\":\"etc/link\",\"size\":0,\"sha256\":\"" DIGEST "\",\"file\":{"
	"\"type\":\"symlink\",\"mode\":\"0777\",\"uid\":0,\"gid\":10,"
	"\"group\":\"g\",\"mtime\":0,\"target\":\"../x y\","
	"\"format\":\"text\",\"set\":\"nova\"}}",
};

static struct item *
slowly(const char *bytes, size_t len)
{
	json_error_t error;
	struct item *item;
	json_t *json;

	json = json_loadb(
	    bytes, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (json == NULL)
		return NULL;
	item = item_parse("x", json);
	json_decref(json);
	return item;
}

/* What is taken, is taken by both, as the same. */
static int
took(const char *bytes, size_t len)
{
	size_t used = 0;
	struct item *quick = item_parse_quick(bytes, len, &used), *slow;
	struct buf line = BUF_EMPTY, other = BUF_EMPTY;
	json_t *a, *b;

	if (quick == NULL)
		return 0;
	assert_in_range(used, 1, len);
	assert_non_null(slow = slowly(bytes, used));
	assert_non_null(a = item_print(quick));
	assert_non_null(b = item_print(slow));
	assert_true(json_equal(a, b));
	assert_int_equal(item_weight(quick), item_weight(slow));
	assert_int_equal(item_print_quick(quick, &line), 1);
	assert_int_equal(manifest_add_json(&other, "x", b), 0);
	assert_string_equal(line.data, other.data);
	buf_free(&line);
	buf_free(&other);
	json_decref(a);
	item_free(quick);
	item_free(slow);
	return 1;
}

static void
test_lines(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_true(took(lines[i], strlen(lines[i])));
}

/* Every byte another one, away, or twice; and every length. */
static void
test_changed(void **state)
{
	static const char bytes[] = "\"\\{}[]:,. 019-+eaA/\t\n\x01\x7f\xc3";
	size_t i, k, m, len, some = 0;
	char line[1024];

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		len = strlen(lines[i]);
		for (k = 0; k < len; k++) {
			for (m = 0; m < sizeof(bytes); m++) {
				memcpy(line, lines[i], len);
				line[k] = bytes[m];
				some += (size_t)took(line, len);
			}
			memmove(line + k, lines[i] + k + 1, len - k - 1);
			memcpy(line, lines[i], k);
			some += (size_t)took(line, len - 1);
			memcpy(line, lines[i], k + 1);
			memcpy(line + k + 1, lines[i] + k, len - k);
			some += (size_t)took(line, len + 1);
			assert_false(took(lines[i], k));
		}
	}
	/* A digit for a digit, a letter of an owner for another. */
	assert_true(some > 100);
}

/* What jansson would write in another way is left to it. */
static void
test_not_plain(void **state)
{
	static const char *const names[] = { "caf\xc3\xa9", "a\"b", "a\\b",
		"a\tb", "a\x7f" };
	struct buf out = BUF_EMPTY;
	struct item *item;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		item = slowly(lines[2], strlen(lines[2]));
		assert_non_null(item);
		assert_int_equal(item_print_quick(item, &out), 1);
		buf_clear(&out);
		free(item->file->target);
		item->file->target = strdup(names[i]);
		assert_int_equal(item_print_quick(item, &out), 0);
		assert_int_equal(out.len, 0);
		item_free(item);
	}
	item = slowly(lines[2], strlen(lines[2]));
	assert_non_null(item);
	item->file->mtime = -1;
	assert_int_equal(item_print_quick(item, &out), 0);
	item_free(item);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_not_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
