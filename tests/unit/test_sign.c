#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/keys/sign.h"
#include "folder.h"

/* RFC 8032 section 7.1, test 2, as PKCS#8 and SubjectPublicKeyInfo. */
static const char rfc_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
static const unsigned char rfc_sig[SIGN_LEN] = { 0x92, 0xa0, 0x09, 0xa9, 0xf0,
	0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82, 0x0b, 0x5f, 0x64, 0x25, 0x40, 0xa2,
	0xb2, 0x7b, 0x54, 0x16, 0x50, 0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb,
	0xdb, 0x69, 0xda, 0x08, 0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99, 0x6e, 0x45,
	0x8f, 0x36, 0x13, 0xd0, 0xf1, 0x1d, 0x8c, 0x38, 0x7b, 0x2e, 0xae, 0xb4,
	0x30, 0x2a, 0xee, 0xb0, 0x0d, 0x29, 0x16, 0x12, 0xbb, 0x0c, 0x00 };

static mode_t
mode_of(const char *name)
{
	struct stat st;

	assert_int_equal(stat(name, &st), 0);
	return st.st_mode & 07777;
}

static void
test_known(void **state)
{
	unsigned char sig[SIGN_LEN];
	struct sign_key *k;

	(void)state;
	file_write("rfc.key", rfc_key, strlen(rfc_key));
	assert_non_null(k = sign_open("rfc.key"));
	assert_int_equal(sign_make(k, "\x72", 1, sig), 0);
	assert_memory_equal(sig, rfc_sig, SIGN_LEN);
	assert_int_equal(sign_check(k, "\x72", 1, rfc_sig, SIGN_LEN), 0);
	sign_free(k);
}

static void
test_keygen(void **state)
{
	struct sign_key *secret, *public;
	unsigned char sig[SIGN_LEN];
	char *id;
	size_t i;

	(void)state;
	assert_int_equal(sign_keygen("a", &id), 0);
	assert_int_equal(mode_of("a.key"), 0600);
	assert_int_equal(mode_of("a.pub"), 0644);
	assert_int_equal(strlen(id), 7 + 43);
	assert_int_equal(strncmp(id, "SHA256:", 7), 0);
	assert_non_null(secret = sign_open("a.key"));
	assert_non_null(public = sign_trust("a.pub"));
	assert_string_equal(sign_id(secret), id);
	assert_string_equal(sign_id(public), id);
	free(id);
	assert_int_equal(sign_make(secret, "abc", 3, sig), 0);
	assert_int_equal(sign_check(public, "abc", 3, sig, SIGN_LEN), 0);
	/* Any other text, any other bit, any other length. */
	assert_int_equal(sign_check(public, "abd", 3, sig, SIGN_LEN), -1);
	assert_int_equal(sign_check(public, "abc", 2, sig, SIGN_LEN), -1);
	assert_int_equal(sign_check(public, "", 0, sig, SIGN_LEN), -1);
	assert_int_equal(sign_check(public, "abc", 3, sig, SIGN_LEN - 1), -1);
	assert_int_equal(sign_check(public, "abc", 3, sig, 0), -1);
	for (i = 0; i < SIGN_LEN * 8; i++) {
		sig[i / 8] ^= (unsigned char)(1u << i % 8);
		assert_int_equal(
		    sign_check(public, "abc", 3, sig, SIGN_LEN), -1);
		sig[i / 8] ^= (unsigned char)(1u << i % 8);
	}
	memset(sig, 0, sizeof(sig));
	assert_int_equal(sign_check(public, "abc", 3, sig, SIGN_LEN), -1);
	sign_free(secret);
	sign_free(public);
	sign_free(NULL);
}

/* Two keys differ; a signature holds under its own only. */
static void
test_other_key(void **state)
{
	struct sign_key *one, *two;
	unsigned char sig[SIGN_LEN];
	char *id;

	(void)state;
	assert_int_equal(sign_keygen("k1", &id), 0);
	free(id);
	assert_int_equal(sign_keygen("k2", &id), 0);
	free(id);
	assert_non_null(one = sign_open("k1.key"));
	assert_non_null(two = sign_trust("k2.pub"));
	assert_string_not_equal(sign_id(one), sign_id(two));
	assert_int_equal(sign_make(one, "abc", 3, sig), 0);
	assert_int_equal(sign_check(two, "abc", 3, sig, SIGN_LEN), -1);
	sign_free(one);
	sign_free(two);
}

/* Neither file may be there already; and if one is, neither is made. */
static void
test_keygen_existing(void **state)
{
	static const char *const names[] = { "x.key", "x.pub" };
	char *id = NULL;
	size_t i;
	int saved, rc;

	(void)state;
	for (i = 0; i < 2; i++) {
		file_write(names[i], "mine", 4);
		saved = hush();
		rc = sign_keygen("x", &id);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_null(id);
		assert_said("exists already");
		assert_int_equal(access(names[1 - i], F_OK), -1);
		assert_int_equal(unlink(names[i]), 0);
	}
	saved = hush();
	rc = sign_keygen("nowhere/x", &id);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("nowhere");
}

static void
test_umask(void **state)
{
	static const mode_t masks[] = { 0, 022, 077 };
	mode_t old;
	char *id;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < 3; i++) {
		old = umask(masks[i]);
		rc = sign_keygen("m", &id);
		umask(old);
		assert_int_equal(rc, 0);
		free(id);
		assert_int_equal(mode_of("m.key"), 0600);
		assert_int_equal(mode_of("m.pub"), 0644 & ~masks[i]);
		unlink("m.key");
		unlink("m.pub");
	}
}

/* A private key for others' eyes, and files that are no such key. */
static void
test_refused(void **state)
{
	static const mode_t wide[] = { 0640, 0604, 0620, 0610, 0666, 0777 };
	static const struct {
		const char *file, *text;
		int secret;
	} cases[] = {
		{ "none", "cannot open the key none", 1 },
		{ "none", "cannot open the key none", 0 },
		{ ".", "is no regular file", 1 },
		{ ".", "is no regular file", 0 },
		{ "fifo.key", "is no regular file", 0 },
		{ "empty", "is no key in PEM", 1 },
		{ "empty", "is no key in PEM", 0 },
		{ "text", "is no key in PEM", 0 },
		{ "r.pub", "is a public key", 1 },
		{ "r.key", "is a private key", 0 },
		{ "rsa.key", "is no Ed25519 key", 1 },
		{ "rsa.pub", "is no Ed25519 key", 0 },
		{ "pass.key", "has a pass phrase", 1 },
		{ "long", "is too long", 0 },
	};
	struct sign_key *k;
	char *id, big[70000];
	size_t i;
	int saved;

	(void)state;
	assert_int_equal(sign_keygen("r", &id), 0);
	free(id);
	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		assert_int_equal(chmod("r.key", wide[i]), 0);
		saved = hush();
		k = sign_open("r.key");
		unhush(saved);
		assert_null(k);
		assert_said("chmod 600");
	}
	assert_int_equal(chmod("r.key", 0400), 0);
	assert_non_null(k = sign_open("r.key"));
	sign_free(k);
	file_write("empty", "", 0);
	file_write("text", "hello\n", 6);
	memset(big, '\n', sizeof(big));
	file_write("long", big, sizeof(big));
	assert_int_equal(mkfifo("fifo.key", 0600), 0);
	assert_int_equal(
	    run_program(NULL, "openssl", "genpkey", "-algorithm", "RSA",
		"-pkeyopt", "rsa_keygen_bits:1024", "-out", "rsa.key", NULL),
	    0);
	assert_int_equal(run_program("rsa.pub", "openssl", "pkey", "-in",
			     "rsa.key", "-pubout", NULL),
	    0);
	assert_int_equal(
	    run_program(NULL, "openssl", "pkcs8", "-topk8", "-in", "r.key",
		"-out", "pass.key", "-passout", "pass:secret", NULL),
	    0);
	assert_int_equal(chmod("pass.key", 0600), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		saved = hush();
		k = cases[i].secret ? sign_open(cases[i].file)
				    : sign_trust(cases[i].file);
		unhush(saved);
		assert_null(k);
		assert_said(cases[i].text);
	}
}

/* openssl takes our keys and signatures, and we take its. */
static void
test_openssl(void **state)
{
	unsigned char sig[SIGN_LEN];
	struct buf b = BUF_EMPTY;
	struct sign_key *k;
	char *id;

	(void)state;
	assert_int_equal(sign_keygen("o", &id), 0);
	file_write("msg", "some text", 9);
	assert_non_null(k = sign_open("o.key"));
	assert_int_equal(sign_make(k, "some text", 9, sig), 0);
	file_write("msg.sig", sig, sizeof(sig));
	assert_int_equal(run_program(NULL, "openssl", "pkeyutl", "-verify",
			     "-rawin", "-pubin", "-inkey", "o.pub", "-in",
			     "msg", "-sigfile", "msg.sig", NULL),
	    0);
	sign_free(k);
	/* The fingerprint is of the key in DER. */
	assert_int_equal(run_program("o.der", "openssl", "pkey", "-pubin",
			     "-in", "o.pub", "-outform", "DER", NULL),
	    0);
	assert_int_equal(run_program("o.sha", "openssl", "dgst", "-sha256",
			     "-binary", "o.der", NULL),
	    0);
	assert_int_equal(
	    run_program("o.b64", "openssl", "base64", "-in", "o.sha", NULL), 0);
	file_read("o.b64", &b);
	assert_int_equal(strncmp(b.data, id + 7, 43), 0);
	free(id);
	buf_free(&b);

	assert_int_equal(run_program(NULL, "openssl", "genpkey", "-algorithm",
			     "ed25519", "-out", "p.key", NULL),
	    0);
	assert_int_equal(chmod("p.key", 0600), 0);
	assert_int_equal(run_program("p.pub", "openssl", "pkey", "-in", "p.key",
			     "-pubout", NULL),
	    0);
	assert_int_equal(
	    run_program(NULL, "openssl", "pkeyutl", "-sign", "-rawin", "-inkey",
		"p.key", "-in", "msg", "-out", "p.sig", NULL),
	    0);
	file_read("p.sig", &b);
	assert_non_null(k = sign_trust("p.pub"));
	assert_int_equal(
	    sign_check(k, "some text", 9, (unsigned char *)b.data, b.len), 0);
	sign_free(k);
	assert_non_null(k = sign_open("p.key"));
	sign_free(k);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_keygen),
		cmocka_unit_test(test_other_key),
		cmocka_unit_test(test_keygen_existing),
		cmocka_unit_test(test_umask),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_openssl),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
