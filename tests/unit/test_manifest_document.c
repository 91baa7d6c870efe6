#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "sample.h"

/* The document around the items: its keys, its lengths, its index. */

#define FIRST                                                                  \
	"\"id\":\"0123456789abcdef0123456789abcdef\","                         \
	"\"created\":\"2026-11-22T16:15:47Z\",\"host\":\"h\","                 \
	"\"novark\":\"1\",\"node\":{\"addresses\":[]},"

/* Two accounts, which are the shortest items. */
#define ACCOUNT(name)                                                          \
	"{\"name\":\"account:" name "@\xc3\xa4\",\"kind\":\"account\","        \
	"\"part\":\"database\",\"path\":\"accounts/" name "@\xc3\xa4.txt\","   \
	"\"size\":0,\"sha256\":\"" ZEROS ZEROS "\","                           \
	"\"account\":{\"user\":\"" name "\",\"host\":\"\xc3\xa4\","            \
	"\"roles\":[\"r\"]}}"
#define ZEROS "00000000000000000000000000000000"

/* Refused with one message, or taken (NULL). */
static void
assert_parsed(const struct buf *b, const char *text)
{
	struct manifest *m;
	int saved = hush();

	m = manifest_parse("FILE", b->data, b->len);
	unhush(saved);
	if ((m != NULL) != (text == NULL))
		fail_msg(
		    "%.1500s: %s", b->data, m != NULL ? "taken" : "refused");
	manifest_free(m);
	if (text != NULL) {
		assert_said(text);
		assert_said("FILE: refused: ");
	}
}

/* A document: ${format}; ${more} in front of "databases"; ${index} and what is
 * behind it. */
static void
document(struct buf *b, const char *format, const char *more,
    const char *warnings, const char *index)
{

	buf_clear(b);
	assert_int_equal(
	    buf_addf(b,
		"{\"format\":%s," FIRST "%s\"databases\":[],\"warnings\":[%s],"
		"\"items\":[" ACCOUNT("a") "," ACCOUNT("b") "],\"index\":%s}",
		format, more, warnings, index),
	    0);
}

static void
test_index(void **state)
{
	static const char none[] = "the index holds what is no address",
			  bad[] = "a bad entry in the index",
			  json[] = "the index is no JSON that can be read";
	static const struct {
		const char *index, *text;
	} cases[] = {
		{ "{}", NULL },
		{ "{\"10.2.116.14\":[[0,1]]}", NULL },
		{ "{\"10.2.116.14\":[[0,1],[1,9223372036854775807]],"
		  "\"2001:db8::1\":[[1,1]]}",
		    NULL },
		/* An address, as it is printed, each once, in order. */
		{ "{\"10.2.116.014\":[[0,1]]}", none },
		{ "{\"10.2.116.14/32\":[[0,1]]}", none },
		{ "{\"host\":[[0,1]]}", none },
		{ "{\"\":[[0,1]]}", none },
		{ "{\"2001:DB8::1\":[[0,1]]}", none },
		{ "{\"2001:db8:0::1\":[[0,1]]}", none },
		{ "{\"1111:1111:1111:1111:1111:1111:1111:11111:11111\":"
		  "[[0,1]]}",
		    none },
		{ "{\"10.2.116.14\":[[0,1]],\"10.2.116.14\":[[1,1]]}",
		    "the index is not in order" },
		{ "{\"10.2.116.14\":[[0,1]],\"10.2.116.13\":[[1,1]]}",
		    "the index is not in order" },
		{ "{\"2001:db8::1\":[[0,1]],\"10.2.116.13\":[[1,1]]}",
		    "the index is not in order" },
		/* Pairs of an item and a count, in order. */
		{ "{\"10.2.116.14\":[]}", bad },
		{ "{\"10.2.116.14\":{}}", bad },
		{ "{\"10.2.116.14\":7}", bad },
		{ "{\"10.2.116.14\":[7]}", bad },
		{ "{\"10.2.116.14\":[[]]}", bad },
		{ "{\"10.2.116.14\":[[0]]}", bad },
		{ "{\"10.2.116.14\":[[0,1,1]]}", bad },
		{ "{\"10.2.116.14\":[[0,0]]}", bad },
		{ "{\"10.2.116.14\":[[0,-1]]}", bad },
		{ "{\"10.2.116.14\":[[0,1.5]]}", bad },
		{ "{\"10.2.116.14\":[[0,9223372036854775808]]}", bad },
		{ "{\"10.2.116.14\":[[0,100000000000000000000000001]]}", bad },
		{ "{\"10.2.116.14\":[[\"0\",1]]}", bad },
		{ "{\"10.2.116.14\":[[2,1]]}", bad },
		{ "{\"10.2.116.14\":[[1,1],[0,1]]}", bad },
		{ "{\"10.2.116.14\":[[0,1],[0,1]]}", bad },
		{ "{\"10.2.116.14\":[[0,1],]}", bad },
		{ "{\"10.2.116.14\":[[0,1]],}", json },
		{ "[]", json },
		{ "{7:[[0,1]]}", json },
	};
	static const char nul[] = "{\"10.2.116.14\\u0000\":[[0,1]]}";
	struct buf b = BUF_EMPTY;
	char *at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		document(&b, "1", "", "", cases[i].index);
		assert_parsed(&b, cases[i].text);
	}
	/* A zero byte in a key, escaped and not. */
	document(&b, "1", "", "", nul);
	assert_parsed(&b, "the index ");
	document(&b, "1", "", "", "{\"10.2.116.14-x\":[[0,1]]}");
	assert_non_null(at = strstr(b.data, "-x"));
	*at = '\0';
	assert_parsed(&b, "the index ");
	buf_free(&b);
}

static void
test_keys(void **state)
{
	static const char order[] = "a key is unknown, missing, twice, or out "
				    "of order",
			  format[] = "this version reads format 1 only",
			  elsewhere[] = "a host elsewhere is none",
			  instance[] = "an instance elsewhere is none";
	static const struct {
		const char *format, *more, *index, *text;
	} cases[] = {
		{ "2", "", "{}", format },
		{ "0", "", "{}", format },
		{ "\"1\"", "", "{}", format },
		{ "1.0", "", "{}", format },
		{ "true", "", "{}", format },
		{ "1", "", "{},\"more\":1", order },
		{ "1", "", "{},\"index\":{}", order },
		{ "1", "\"more\":1,", "{}", order },
		{ "1", "\"sweep\":{},\"sweep\":{},", "{}", "is missing" },
		{ "1", "\"hosts\":[\"h\"],\"hosts\":[\"h\"],", "{}", order },
		{ "1", "\"elsewhere\":[],\"hosts\":[\"h\"],", "{}", order },
		{ "1", "\"kinds\":{},\"sweep\":{},", "{}", order },
		/* A host elsewhere is one beside those of the bundle. */
		{ "1", "\"elsewhere\":[{\"host\":\"x\",\"instances\":[]}],",
		    "{}", elsewhere },
		{ "1",
		    "\"hosts\":[\"h\"],"
		    "\"elsewhere\":[{\"host\":\"x\",\"instances\":[]}],",
		    "{}", NULL },
		{ "1",
		    "\"hosts\":[\"h\"],\"elsewhere\":[{\"host\":\"x\","
		    "\"instances\":[[\"u\",1],[\"v\",2]]}],",
		    "{}", NULL },
		{ "1",
		    "\"hosts\":[\"h\"],\"elsewhere\":[{\"host\":\"x\","
		    "\"instances\":[[\"u\",-1],[\"v\",2]]}],",
		    "{}", instance },
		{ "1",
		    "\"hosts\":[\"h\"],\"elsewhere\":[{\"host\":\"x\","
		    "\"instances\":[[\"u\",1],[\"v\",2,3]]}],",
		    "{}", instance },
		{ "1",
		    "\"hosts\":[\"h\"],\"elsewhere\":[{\"host\":\"x\","
		    "\"instances\":[[\"u\",1],[7,2]]}],",
		    "{}", instance },
		{ "1",
		    "\"hosts\":[\"h\"],\"elsewhere\":[{\"host\":\"x\","
		    "\"instances\":[[\"u\",1],7]}],",
		    "{}", instance },
		/* What a description is. */
		{ "1", "\"description\":{},", "{}", NULL },
		{ "1", "\"description\":[],", "{}",
		    "its description is no object" },
		{ "1", "\"description\":7,", "{}",
		    "its description is no object" },
		{ "1", "\"description\":{,", "{}", "no JSON that can be read" },
		/* A time has digits where it has them. */
		{ "1",
		    "\"certificates\":[{\"file\":\"/a\",\"subject\":\"a\","
		    "\"addresses\":[\"10.2.116.14\"],"
		    "\"not_after\":\"2027-11-22T10:00:00Z\"}],",
		    "{}", NULL },
		{ "1",
		    "\"certificates\":[{\"file\":\"/a\",\"subject\":\"a\","
		    "\"addresses\":[\"10.2.116.14\"],"
		    "\"not_after\":\"2027-1/-22T10:00:00Z\"}],",
		    "{}", "a certificate is none" },
		{ "1",
		    "\"certificates\":[{\"file\":\"/a\",\"subject\":\"a\","
		    "\"addresses\":[\"10.2.116.14\"],"
		    "\"not_after\":\"2027-1:-22T10:00:00Z\"}],",
		    "{}", "a certificate is none" },
	};
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		document(
		    &b, cases[i].format, cases[i].more, "", cases[i].index);
		assert_parsed(&b, cases[i].text);
	}
	buf_free(&b);
}

/* "HEADxxx...TAIL", ${len} bytes of it. */
static char *
filled(const char *head, char fill, const char *tail, size_t len)
{
	char *s = malloc(len + 1);

	assert_non_null(s);
	memset(s, fill, len);
	memcpy(s, head, strlen(head));
	memcpy(s + len - strlen(tail), tail, strlen(tail) + 1);
	return s;
}

/* As long as may be, and a byte more. */
static void
test_lengths(void **state)
{
	struct buf b = BUF_EMPTY;
	size_t more, len;
	char *s;

	(void)state;
	document(&b, "1", "", "", "{}");
	len = b.len;
	for (more = 0; more < 2; more++) {
		s = filled("", ' ', "", LIMIT_MANIFEST - len + more);
		document(&b, "1", s, "", "{}");
		assert_int_equal(b.len, LIMIT_MANIFEST + more);
		assert_parsed(&b, more == 0 ? NULL : "longer than 16 MiB");
		free(s);
		s = filled(
		    "{\"text\":\"", 'w', "\"}", LIMIT_MANIFEST_ENTRY + more);
		document(&b, "1", "", s, "{}");
		assert_parsed(
		    &b, more == 0 ? NULL : "an entry is longer than 1 MiB");
		free(s);
		s = filled("\"description\":{\"a\":\"", 'd', "\"},",
		    LIMIT_DESCRIPTION + more + strlen("\"description\":,"));
		document(&b, "1", s, "", "{}");
		assert_parsed(&b,
		    more == 0 ? NULL : "its description is longer than 8 MiB");
		free(s);
	}
	buf_free(&b);
}

/* What no reader would take is not printed. */
static void
test_printed(void **state)
{
	struct manifest *m = manifest_new();
	struct buf b = BUF_EMPTY;
	int more, saved, rc;
	char *s;

	(void)state;
	assert_non_null(m);
	sample_node(m);
	assert_int_equal(manifest_set(&m->id, ZEROS), 0);
	assert_int_equal(manifest_set(&m->created, "2026-11-22T16:15:47Z"), 0);
	assert_int_equal(manifest_set(&m->novark, "1"), 0);
	for (more = 0; more < 2; more++) {
		buf_clear(&b);
		/* {"a":"..."} and the key in front of it. */
		s = filled("", 'd', "",
		    LIMIT_DESCRIPTION - strlen("\"description\":{\"a\":\"\"}") +
			(size_t)more);
		json_decref(m->description);
		m->description = json_pack("{s:s}", "a", s);
		assert_non_null(m->description);
		free(s);
		saved = hush();
		rc = manifest_print(m, &b);
		unhush(saved);
		assert_int_equal(rc, more ? -1 : 0);
		if (more)
			assert_said("takes more than 8 MiB of the manifest");
		else
			assert_parsed(&b, NULL);
	}
	manifest_free(m);
	buf_free(&b);
}

static struct item *
add_domain(struct manifest *m, const char *name)
{
	struct item *item = item_new(ITEM_DOMAIN);

	assert_non_null(item);
	assert_int_equal(manifest_set(&item->name, name), 0);
	assert_int_equal(manifest_add(m, item), 0);
	return item;
}

/* A twin is another item, whichever of the two came first. */
static void
test_twins(void **state)
{
	struct manifest *m = manifest_new();
	struct item *one, *two, *three;
	const struct item *twin;
	int saved;

	(void)state;
	one = add_domain(m, "domain:one");
	assert_int_equal(manifest_twin(m, one, &twin), 0);
	assert_null(twin);
	two = add_domain(m, "domain:ONE");
	assert_int_equal(manifest_twin(m, one, &twin), 0);
	assert_ptr_equal(twin, two);
	assert_int_equal(manifest_twin(m, two, &twin), 0);
	assert_ptr_equal(twin, one);
	three = add_domain(m, "domain:THREE");
	assert_int_equal(manifest_twin(m, three, &twin), 0);
	assert_null(twin);
	saved = hush();
	manifest_twin_say("FILE", two, one, "; so");
	unhush(saved);
	assert_said("FILE: refused: ");
	assert_said("domain:ONE");
	assert_said("domain:one");
	assert_said("; so");
	manifest_free(m);
}

/* The member that follows from a name: what no path can have, as %XX. */
static void
test_members(void **state)
{
	static const struct {
		enum item_kind kind;
		const char *name, *path;
	} cases[] = {
		{ ITEM_DOMAIN, "domain:one", "domains/one.xml" },
		{ ITEM_DOMAIN, "domain:a/b\\c%d", "domains/a%2Fb%5Cc%25d.xml" },
		{ ITEM_DOMAIN, "domain:a\tb\x7f", "domains/a%09b%7F.xml" },
		{ ITEM_DOMAIN, "domain:a:b", "domains/a:b.xml" },
		{ ITEM_DOMAIN, "one", "domains/one.xml" },
		{ ITEM_FILE, "file:/etc/a", "etc/a" },
		{ ITEM_FILE, "file:etc/a", "etc/a" },
	};
	struct item *item;
	char *path;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_non_null(item = item_new(cases[i].kind));
		assert_int_equal(manifest_set(&item->name, cases[i].name), 0);
		assert_non_null(path = item_member(item));
		assert_string_equal(path, cases[i].path);
		free(path);
		item_free(item);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_printed),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
