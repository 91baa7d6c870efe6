/* What is signed, and what only says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "look.h"
#include "spoil.h"

/* Signatures that are none; keys that are not the one. */
static void
test_signature(void **state)
{
	static const size_t lens[] = { 0, 1, 63, 65, 128 };
	char sig[128] = { 0 };
	struct craft c;
	size_t i;

	(void)state;
	craft_open("good", &c);
	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		craft_set(&c.member[OUTER_SIG], sig, lens[i]);
		craft_write(&c, "sig");
		look_refused("sig", "it is not signed");
		/* Without a key too: there is no unsigned bundle. */
		assert_int_equal(look("sig", NULL), OUTCOME_REFUSED);
	}
	craft_set(&c.member[OUTER_SIG], sig, SIGN_LEN);
	craft_write(&c, "sig");
	look_refused(
	    "sig", "the signature does not hold under the key SHA256:");
	craft_seal(&c, "other.key");
	craft_write(&c, "sig");
	look_refused("sig", "the signature does not hold");
	assert_int_equal(look("sig", "other.pub"), OUTCOME_DONE);
	assert_int_equal(look("good", "other.pub"), OUTCOME_REFUSED);
	/* A key that cannot be read is no verdict on the bundle. */
	assert_int_equal(look("good", "not-there.pub"), OUTCOME_FAILED);
	assert_int_equal(look("good", "k.key"), OUTCOME_FAILED);
	assert_int_equal(look("good", "good"), OUTCOME_FAILED);
	craft_free(&c);
}

/* The gate: what is behind a wrong signature is not even looked at; only that
 * is ever said.  Behind a right one each is found. */
static void
test_gate(void **state)
{
	static const struct {
		enum outer_id id;
		const char *bytes, *text;
	} cases[] = {
		{ OUTER_SUMS, "hello\n", "SHA256SUMS is not of the form" },
		{ OUTER_SUMS, "", "SHA256SUMS is not of the form" },
		{ OUTER_MANIFEST, "{}", "keys are missing" },
		{ OUTER_MANIFEST, "", "no JSON" },
		{ OUTER_MANIFEST, "[[[[[", "no JSON" },
		{ OUTER_FILES, "x", "files.tar.zst: refused: not what zstd" },
		{ OUTER_LIBVIRT, "",
		    "libvirt.tar.zst: refused: the zstd frame" },
		{ OUTER_DATABASE, "(\xb5/\xfd", "database.tar.zst: refused" },
	};
	struct craft c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		craft_open("good", &c);
		craft_set(&c.member[cases[i].id], cases[i].bytes,
		    strlen(cases[i].bytes));
		if (cases[i].id == OUTER_SUMS)
			craft_sign(&c, "other.key");
		else
			craft_seal(&c, "other.key");
		craft_write(&c, "gate");
		look_refused("gate", "the signature does not hold");
		craft_sign(&c, "k.key");
		craft_write(&c, "gate");
		look_refused("gate", cases[i].text);
		craft_free(&c);
	}
}

/* A member that is not the one that SHA256SUMS tells of, signature right. */
static void
test_digests(void **state)
{
	struct craft c, d;
	int i;

	(void)state;
	for (i = OUTER_MANIFEST; i < OUTER_MEMBERS; i++) {
		craft_open("good", &c);
		assert_int_equal(buf_addc(&c.member[i], ' '), 0);
		craft_write(&c, "digest");
		look_refused(
		    "digest", "its digest is not the one in SHA256SUMS");
		assert_said(outer_name((enum outer_id)i));
		assert_int_equal(look("digest", NULL), OUTCOME_REFUSED);
		craft_free(&c);
	}
	/* Parts of another bundle, with its digests: the manifest knows. */
	sample_bundle("twin", "k.key", 1);
	for (i = OUTER_MANIFEST; i < OUTER_MEMBERS; i++) {
		craft_open("good", &c);
		craft_open("twin", &d);
		craft_set(&c.member[i], d.member[i].data, d.member[i].len);
		craft_seal(&c, "k.key");
		craft_write(&c, "mixed");
		/* Files and definitions are the very same in both. */
		if (i == OUTER_FILES || i == OUTER_LIBVIRT)
			assert_int_equal(look("mixed", "k.pub"), OUTCOME_DONE);
		else
			look_refused("mixed",
			    i == OUTER_MANIFEST ? "its id, time or host"
						: "database.tar.zst: refused");
		craft_free(&c);
		craft_free(&d);
	}
	assert_int_equal(unlink("twin"), 0);
}

/* The bytes of an item are not those of the manifest. */
static void
test_item_digest(void **state)
{
	static const struct {
		enum outer_id id;
		const char *from, *to, *text;
	} cases[] = {
		{ OUTER_FILES, "my_ip = 10.2.116.14", "my_ip = 10.2.116.15",
		    "size or digest of file:/etc/nova/nova.conf" },
		/* A secret's value. */
		{ OUTER_LIBVIRT, SAMPLE_VALUE, "d3VwZXIgc2VjcmV0",
		    "size or digest of secret:" SAMPLE_UUID },
	};
	struct craft c;
	struct buf tar;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		craft_open("good", &c);
		tar_open(&c, cases[i].id, &tar);
		edit(&tar, cases[i].from, cases[i].to);
		tar_close(&c, cases[i].id, &tar);
		craft_write(&c, "item");
		look_refused("item", cases[i].text);
		craft_free(&c);
	}
}

/* A manifest that lies about an item, with everything signed. */
static void
test_lying_manifest(void **state)
{
	static const struct {
		const char *from, *to, *text;
	} cases[] = {
		{ "\"mode\":\"0640\"", "\"mode\":\"4755\"", "(its mode)" },
		{ "\"uid\":107", "\"uid\":0", "(its owner)" },
		{ "\"mtime\":1329912000", "\"mtime\":0", "(its time)" },
		{ "../nova/nova.conf", "/etc/shadow", "(its target)" },
		{ "\"size\":16,", "\"size\":15,", "(its size)" },
		{ "\"user.note\"", "\"user.notf\"", "(its extended" },
		{ "\"host\":\"compute1\"", "\"host\":\"compute2\"",
		    "id, time or host" },
		{ "\"part\":\"libvirt\"", "\"part\":\"files\"",
		    "not of its part" },
	};
	struct craft c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		craft_open("good", &c);
		edit(&c.member[OUTER_MANIFEST], cases[i].from, cases[i].to);
		craft_seal(&c, "k.key");
		craft_write(&c, "lying");
		look_refused("lying", cases[i].text);
		craft_free(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_item_digest),
		cmocka_unit_test(test_lying_manifest),
	};

	return cmocka_run_group_tests(tests, look_setup, folder_teardown);
}
