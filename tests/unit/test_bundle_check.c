#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "archive/keys/sign.h"
#include "sample.h"

/* What bundle_check finds in the bytes of an item, behind signature and
 * digests that hold. */

#define DOMAIN  10
#define POOL    9
#define NETWORK 8
#define FILTER  7
#define SECRET  5
#define VOLUMES 11
#define ACCOUNT 14
#define CONF    1

static int
setup(void **state)
{
	char *id;

	if (folder_setup(state) == -1 || sign_keygen("k", &id) == -1)
		return -1;
	free(id);
	return 0;
}

/* A bundle with that item alone: other bytes, another value, more rows, no uuid
 * in the manifest. */
struct odd {
	size_t sample;
	const char *bytes, *value;
	uint64_t rows, history; /* of a table */
	const char *says;       /* NULL: all is well */
};

static void
make(const struct odd *o, int no_uuid)
{
	const size_t len = strlen(o->bytes);
	struct bundle_new *n;
	struct item *item;
	char *signer;
	int saved;

	assert_int_equal(bundle_create("odd", "k.key", 1, &n), OUTCOME_DONE);
	sample_node(bundle_new_manifest(n));
	item = sample_item(&samples[o->sample]);
	if (no_uuid)
		assert_int_equal(manifest_set(&item->virt->uuid, NULL), 0);
	if (item->table != NULL) {
		item->table->rows = o->rows;
		item->table->history = o->history;
	}
	saved = hush();
	if (o->value == NULL)
		assert_int_equal(bundle_put(n, item, o->bytes, len), 0);
	else
		assert_int_equal(bundle_put_secret(n, item, o->bytes, len,
				     o->value, strlen(o->value)),
		    0);
	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	unhush(saved);
	free(signer);
}

static void
check(const struct odd *o, int no_uuid)
{
	const struct bundle_keys keys = { .trust = "k.pub" };
	const struct sample *s = &samples[o->sample];
	struct bundle *b;
	enum outcome rc, want;
	int part, saved;

	make(o, no_uuid);
	assert_int_equal(bundle_open("odd", &keys, &b), OUTCOME_DONE);
	want = o->says == NULL ? OUTCOME_DONE : OUTCOME_REFUSED;
	/* The part that it is in, and no other. */
	for (part = 0; part < ITEM_PARTS; part++) {
		saved = hush();
		rc = bundle_check_part(b, (enum item_part)part);
		unhush(saved);
		if (part != (int)item_part(s->kind)) {
			assert_int_equal(rc, OUTCOME_DONE);
			continue;
		}
		if (rc != want)
			fail_msg("%s: %s: %d", s->name, o->bytes, (int)rc);
		if (o->says != NULL) {
			assert_said(o->says);
			assert_said(s->name);
			assert_said("odd: refused: ");
		}
	}
	saved = hush();
	assert_int_equal(bundle_check(b), want);
	unhush(saved);
	bundle_close(b);
}

#define NAME  "its definition has another name"
#define UUID  "its definition has another uuid"
#define KIND  "its definition is one of another kind"
#define OTHER "0b4b9c0e-8a0e-4b52-9d0a-0e3a5a6c7dff"

static void
test_definitions(void **state)
{
	static const struct odd cases[] = {
		/* A name is the item's, where the definition has one. */
		{ DOMAIN, "<domain><name>instance-0000005f</name></domain>",
		    NULL, 0, 0, NULL },
		{ DOMAIN, "<domain><name>instance-0000005e</name></domain>",
		    NULL, 0, 0, NAME },
		{ DOMAIN, "<domain><name/></domain>", NULL, 0, 0, NULL },
		{ DOMAIN, "<domain name='other'/>", NULL, 0, 0, NULL },
		{ POOL, "<pool><name>a/b 100%</name></pool>", NULL, 0, 0,
		    NULL },
		{ POOL, "<pool><name>a%2Fb 100%25</name></pool>", NULL, 0, 0,
		    NAME },
		{ NETWORK, "<network><name>Default</name></network>", NULL, 0,
		    0, NAME },
		/* A filter's is an attribute, a secret's is its uuid. */
		{ FILTER, "<filter name='no-mac-spoofing'/>", NULL, 0, 0,
		    NULL },
		{ FILTER, "<filter name='other'/>", NULL, 0, 0, NAME },
		{ FILTER, "<filter><name>other</name></filter>", NULL, 0, 0,
		    NULL },
		{ SECRET, "<secret><uuid>" SAMPLE_UUID "</uuid></secret>",
		    SAMPLE_VALUE, 0, 0, NULL },
		{ SECRET, "<secret><uuid>" OTHER "</uuid></secret>",
		    SAMPLE_VALUE, 0, 0, NAME },
		/* A uuid too, in any case. */
		{ DOMAIN, "<domain><uuid>" SAMPLE_UUID "</uuid></domain>", NULL,
		    0, 0, NULL },
		{ DOMAIN,
		    "<domain><uuid>0B4B9C0E-8A0E-4B52-9D0A-0E3A5A6C7D01</uuid>"
		    "</domain>",
		    NULL, 0, 0, NULL },
		{ DOMAIN, "<domain><uuid>" OTHER "</uuid></domain>", NULL, 0, 0,
		    UUID },
		{ NETWORK, "<network><uuid/></network>", NULL, 0, 0, NULL },
		/* Of the item's kind. */
		{ POOL, "<network/>", NULL, 0, 0, KIND },
		{ FILTER, "<nwfilter/>", NULL, 0, 0, KIND },
		{ DOMAIN, "<Domain/>", NULL, 0, 0, KIND },
		{ SECRET, "<domain/>", SAMPLE_VALUE, 0, 0, KIND },
		/* Not XML that is taken. */
		{ DOMAIN, "", NULL, 0, 0, "" },
		{ DOMAIN, "<domain>", NULL, 0, 0, "" },
		{ DOMAIN, "<domain/><domain/>", NULL, 0, 0, "" },
		{ NETWORK, "<!DOCTYPE network><network/>", NULL, 0, 0,
		    "DOCTYPE" },
		{ NETWORK, "<network>&other;</network>", NULL, 0, 0, "" },
	};
	static const struct odd no_uuid = { DOMAIN,
		"<domain><uuid>" OTHER "</uuid></domain>", NULL, 0, 0, NULL };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i], 0);
	check(&no_uuid, 1);
}

/* What a secret is, in base64. */
static void
test_values(void **state)
{
	static const char none[] = "its value is no base64";
	static const struct odd cases[] = {
		{ SECRET, "<secret/>", SAMPLE_VALUE, 0, 0, NULL },
		{ SECRET, "<secret/>", "", 0, 0, NULL },
		{ SECRET, "<secret/>", "QQ==", 0, 0, NULL },
		{ SECRET, "<secret/>", "QQ", 0, 0, none },
		{ SECRET, "<secret/>", "QR==", 0, 0, none },
		{ SECRET, "<secret/>", "QQ==\n", 0, 0, none },
		{ SECRET, "<secret/>", "super secret", 0, 0, none },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i], 0);
}

/* Rows have the form of tabfile.h, as many cells as columns that are not
 * computed (an account: four), and are as many as the manifest says. */
static void
test_rows(void **state)
{
	static const char count[] = "it has another number of rows";
	static const struct odd cases[] = {
		{ VOLUMES, "1\ta\t\\N\n", NULL, 1, 0, NULL },
		{ VOLUMES, "1\ta\tb\n2\tc\td\n", NULL, 2, 1, NULL },
		{ VOLUMES, "1\ta\tb\n2\tc\td\n", NULL, 2, 2, NULL },
		{ VOLUMES, "", NULL, 0, 0, NULL },
		{ VOLUMES, "1\ta\tb\n", NULL, 0, 0, count },
		{ VOLUMES, "1\ta\tb\n", NULL, 2, 0, count },
		{ VOLUMES, "", NULL, 1, 0, count },
		/* More rows of the past than rows. */
		{ VOLUMES, "1\ta\tb\n", NULL, 1, 2, count },
		{ VOLUMES, "1\ta\n", NULL, 1, 0, "row 1 " },
		{ VOLUMES, "1\ta\tb\tc\n", NULL, 1, 0, "row 1 " },
		{ VOLUMES, "1\ta\tb\n2\ta\n3\ta\tb\n", NULL, 3, 0, "row 2 " },
		{ VOLUMES, "1\ta\tb", NULL, 1, 0, "row 1 " },
		{ VOLUMES, "1\ta\tb\\", NULL, 1, 0, "row 1 " },
		{ VOLUMES, "1\ta\t\\q\n", NULL, 1, 0, "row 1 " },
		{ ACCOUNT, "a\tb\tc\td\n", NULL, 0, 0, NULL },
		{ ACCOUNT, "", NULL, 0, 0, NULL },
		{ ACCOUNT, "a\tb\tc\n", NULL, 0, 0, "row 1 " },
		{ ACCOUNT, "a\tb\tc\td\na\tb\tc\td\te\n", NULL, 0, 0,
		    "row 2 " },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i], 0);
}

/* A file may be anything. */
static void
test_files(void **state)
{
	static const struct odd any = { CONF, "<domain>\t\xff\n", NULL, 0, 0,
		NULL };

	(void)state;
	check(&any, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_definitions),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
