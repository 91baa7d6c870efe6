#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/address/kind.h"
#include "archive/manifest/manifest.h"
#include "archive/warn.h"

#define ALL                                                                    \
	(1u << KIND_OPTION | 1u << KIND_LIBVIRT | 1u << KIND_FILE |            \
	    1u << KIND_COLUMN)

static int
setup(void **state)
{
	struct manifest *m = manifest_new();

	assert_non_null(m);
	assert_int_equal(
	    manifest_set(&m->id, "0123456789abcdef0123456789abcdef"), 0);
	assert_int_equal(manifest_set(&m->created, "2026-11-22T16:15:47Z"), 0);
	assert_int_equal(manifest_set(&m->host, "c1"), 0);
	assert_int_equal(manifest_set(&m->novark, "1"), 0);
	warn_forget();
	*state = m;
	return 0;
}

static int
teardown(void **state)
{

	manifest_free(*state);
	warn_forget();
	return 0;
}

static uint64_t
places(const struct manifest *m, enum kind_group group, const char *name)
{
	size_t i;

	for (i = 0; i < m->nkinds; i++)
		if (m->kinds[i].group == group &&
		    strcmp(m->kinds[i].name, name) == 0)
			return m->kinds[i].places;
	fail_msg("%s is not there", name);
	return 0;
}

/* Count the bytes of an item of that name. */
static void
count(struct manifest *m, enum item_kind kind, const char *name,
    const char *set, enum place_format format, const char *bytes)
{
	struct item *item = item_new(kind);

	assert_non_null(item);
	assert_int_equal(manifest_set(&item->name, name), 0);
	if (set != NULL)
		assert_int_equal(manifest_set(&item->file->set, set), 0);
	assert_int_equal(
	    manifest_count_item(m, item, format, bytes, strlen(bytes)), 0);
	item_free(item);
}

static struct manifest *
back(struct manifest *m)
{
	struct buf one = BUF_EMPTY, two = BUF_EMPTY;
	struct manifest *again;

	assert_int_equal(manifest_print(m, &one), 0);
	assert_non_null(again = manifest_parse("m", one.data, one.len));
	assert_int_equal(manifest_print(again, &two), 0);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	buf_free(&one);
	buf_free(&two);
	return again;
}

static void
test_count(void **state)
{
	struct manifest *m = *state, *r;

	count(m, ITEM_FILE, "file:/etc/nova/nova.conf", "nova", PLACE_INI,
	    "[DEFAULT]\n# my_ip = 1\nmy_ip = 1.2.3.4\nmy_ip = 2\nhost =\n"
	    "other = 10.2.116.14\n[vnc]\nserver_listen = 0.0.0.0\n");
	count(m, ITEM_FILE, "file:/etc/mysql/my.cnf", "mysql", PLACE_TEXT,
	    "#bind-address = 1\n[mysqld]\nbind-address = 2\nbind_address=3");
	count(m, ITEM_FILE, "file:/etc/mysql/x.cnf", "mysql", PLACE_TEXT, "");
	count(m, ITEM_FILE, "file:/etc/odd", "outside", PLACE_INI,
	    "[a]\nmy_ip = 10.2.116.14\n");
	count(m, ITEM_FILE, "file:/etc/nova/blob", "nova", PLACE_OPAQUE, "x");
	count(m, ITEM_DOMAIN, "domain:i", NULL, PLACE_XML,
	    "<domain><devices><graphics listen='a'><listen address='b'/>"
	    "</graphics></devices></domain>");
	assert_int_equal(manifest_count_kind(m, KIND_NONE, 1), 0);
	assert_int_equal(manifest_count_kind(
			     m, kind_of_column("nova", "volumes", "host"), 1),
	    0);
	assert_int_equal(manifest_settle_kinds(m, ALL), 0);
	r = back(m);
	assert_int_equal(r->nkinds, m->nkinds);
	assert_int_equal(places(r, KIND_OPTION, "own address"), 2);
	assert_int_equal(places(r, KIND_OPTION, "VNC listen address"), 1);
	assert_int_equal(places(r, KIND_OPTION, "host name of a service"), 0);
	assert_int_equal(places(r, KIND_OPTION, "MySQL's listen address"), 2);
	assert_int_equal(places(r, KIND_FILE, "nova's configuration"), 2);
	assert_int_equal(places(r, KIND_FILE, "MySQL's configuration"), 2);
	assert_int_equal(
	    places(r, KIND_LIBVIRT, "console's listen address (VNC, SPICE)"),
	    2);
	assert_int_equal(places(r, KIND_COLUMN, "nova host name"), 1);
	manifest_free(r);
}

/* Only what was looked at; nothing counted is all absent. */
static void
test_groups(void **state)
{
	struct manifest *m = *state, *r;
	size_t i;

	assert_int_equal(manifest_settle_kinds(m, 0), 0);
	assert_int_equal(m->nkinds, 0);
	r = back(m);
	assert_int_equal(r->nkinds, 0);
	manifest_free(r);
	assert_int_equal(manifest_settle_kinds(m, 1u << KIND_LIBVIRT), 0);
	assert_true(m->nkinds > 10);
	r = back(m);
	for (i = 0; i < r->nkinds; i++) {
		assert_int_equal(r->kinds[i].group, KIND_LIBVIRT);
		assert_int_equal(r->kinds[i].places, 0);
	}
	manifest_free(r);
}

static void
test_certificates(void **state)
{
	struct address a[2] = { { 4, { 10, 2, 116, 14 } },
		{ 6, { 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			 1 } } };
	char file[] = "/etc/a.pem", subject[] = "CN = a",
	     time[] = "2027-11-22T10:00:00Z", by[] = "file:/x [a] b";
	struct certificate c = { file, subject, time, NULL, a, 2 };
	struct manifest *m = *state, *r;

	assert_int_equal(manifest_add_certificate(m, &c), 0);
	c.named_by = by;
	c.naddresses = 1;
	assert_int_equal(manifest_add_certificate(m, &c), 0);
	r = back(m);
	assert_int_equal(r->ncertificates, 2);
	assert_string_equal(r->certificates[0].file, "/etc/a.pem");
	assert_null(r->certificates[0].named_by);
	assert_int_equal(r->certificates[0].naddresses, 2);
	assert_int_equal(
	    address_compare(&r->certificates[0].addresses[1], &a[1]), 0);
	assert_string_equal(r->certificates[1].named_by, by);
	manifest_free(r);
}

#define CERT(file, subject, list, time)                                        \
	"\"certificates\":[{\"file\":\"" file "\",\"subject\":\"" subject      \
	"\",\"addresses\":" list ",\"not_after\":\"" time "\"}]"
#define TIME "2027-11-22T10:00:00Z"

/* What stands before "databases", and what is said of it; NULL: it is taken. */
static const struct {
	const char *put, *said;
} bad[] = {
	{ "\"kinds\":{\"option\":{\"a\":1}}", NULL },
	{ "\"kinds\":{\"column\":{\"a\":0},\"file\":{\"a\":0}}", NULL },
	{ "\"kinds\":{}", NULL },
	{ "\"kinds\":[]", "not an object" },
	{ "\"kinds\":{\"other\":{}}", "does not know" },
	{ "\"kinds\":{\"option\":1}", "wrong type" },
	{ "\"kinds\":{\"option\":{\"a\":-1}}", "is none" },
	{ "\"kinds\":{\"option\":{\"a\":1.5}}", "is none" },
	{ "\"kinds\":{\"option\":{\"a\":\"1\"}}", "is none" },
	{ "\"kinds\":{\"option\":{\"\":1}}", "is none" },
	{ "\"kinds\":{\"option\":{\"a\\nb\":1}}", "is none" },
	{ "\"kinds\":{\"option\":{\"a\":1,\"a\":1}}", "no JSON" },
	{ CERT("/a", "CN = a", "[\"10.2.116.14\"]", TIME), NULL },
	{ CERT("/a", "CN = a", "[\"10.2.116.14\"]",
	      TIME) ",\n\"kinds\":{\"option\":{\"a\":1}}",
	    "out of order" },
	{ CERT("a", "CN = a", "[\"10.2.116.14\"]", TIME), "is none" },
	{ CERT("/a", "a\\u0007", "[\"10.2.116.14\"]", TIME), "is none" },
	{ CERT("/a", "CN = a", "[]", TIME), "names no address" },
	{ CERT("/a", "CN = a", "[\"10.2.116.014\"]", TIME), "is none" },
	{ CERT("/a", "CN = a", "[1]", TIME), "is none" },
	{ CERT("/a", "CN = a", "1", TIME), "wrong type" },
	{ CERT("/a", "CN = a", "[\"10.2.116.14\"]", "soon"), "is none" },
	{ CERT("/a", "CN = a", "[\"10.2.116.14\"]", TIME "x"), "is none" },
	{ "\"certificates\":[]", "no list" },
	{ "\"certificates\":{}", "no list" },
	{ "\"certificates\":[1]", "not an object" },
	{ "\"certificates\":[{\"file\":\"/a\"}]", "missing" },
};

static void
test_bad(void **state)
{
	struct manifest *m = *state, *r;
	struct buf doc = BUF_EMPTY, text = BUF_EMPTY;
	const char *at, *const *said;
	size_t i, n;

	assert_int_equal(manifest_print(m, &doc), 0);
	assert_non_null(at = strstr(doc.data, "\"databases\""));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		buf_clear(&text);
		assert_int_equal(
		    buf_addf(&text, "%.*s%s,\n%s", (int)(at - doc.data),
			doc.data, bad[i].put, at),
		    0);
		warn_forget();
		r = manifest_parse("m", text.data, text.len);
		if ((r != NULL) != (bad[i].said == NULL))
			fail_msg("%s: %s", bad[i].put,
			    r != NULL ? "taken" : "refused");
		manifest_free(r);
		said = warn_said(&n);
		if (bad[i].said != NULL &&
		    (n == 0 || strstr(said[n - 1], bad[i].said) == NULL))
			fail_msg("%s: %s", bad[i].put,
			    n == 0 ? "nothing said" : said[n - 1]);
	}
	buf_free(&doc);
	buf_free(&text);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_count),
		TEST(test_groups),
		TEST(test_certificates),
		TEST(test_bad),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
