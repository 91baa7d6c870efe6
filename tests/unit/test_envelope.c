#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/cms.h>
#include <openssl/err.h>

#include "archive/keys/envelope.h"
#include "archive/limits.h"
#include "certs.h"
#include "folder.h"

static const unsigned char secret[CIPHER_KEY] = { 0x00, 0x01, 0x7f, 0x80, 0xff,
	0x0a, [31] = 0x5c };
#define SECRET_HEX                                                             \
	"00017f80ff0a00000000000000000000000000000000000000000000"             \
	"0000005c"

static int
setup(void **state)
{

	if (folder_setup(state) == -1)
		return -1;
	certs_make("rsa", "RSA-2048", 1);
	certs_make("big", "RSA-3072", 255);
	certs_make("ec", "P-256", 3);
	certs_make("curve", "P-521", 4);
	certs_make("signs", "ED25519", 7);
	certs_make("stranger", "RSA-2048", 8);
	certs_make("foreign", "P-256", 9);
	return 0;
}

/* KEY.cms for those, ended by NULL. */
static void
seal(struct buf *out, const char *const *files)
{
	struct recipients *to = recipients_open(files);

	assert_non_null(to);
	assert_int_equal(envelope_seal(to, secret, out), 0);
	recipients_free(to);
}

/* Each of the recipients opens it, by novark and by openssl; nobody else. */
static void
all_recipients_open_it(void **state)
{
	static const char *const files[] = { "rsa.pem", "ec.pem", "big.pem",
		"curve.pem", NULL };
	static const char *const keys[] = { "rsa.key", "ec.key", "big.key",
		"curve.key" };
	static const char *const others[] = { "stranger.key", "foreign.key" };
	unsigned char got[CIPHER_KEY];
	struct buf cms = BUF_EMPTY, text = BUF_EMPTY;
	size_t i;
	int saved;

	(void)state;
	seal(&cms, files);
	file_write("KEY.cms", cms.data, cms.len);
	for (i = 0; i < 4; i++) {
		memset(got, 0, sizeof(got));
		assert_int_equal(
		    envelope_open("b", cms.data, cms.len, keys[i], got),
		    OUTCOME_DONE);
		assert_memory_equal(got, secret, CIPHER_KEY);
		assert_int_equal(
		    run_program(NULL, "openssl", "cms", "-decrypt", "-inform",
			"DER", "-in", "KEY.cms", "-inkey", keys[i], "-recip",
			files[i], "-out", "text", NULL),
		    0);
		buf_clear(&text);
		file_read("text", &text);
		assert_string_equal(text.data, SECRET_HEX "\n");
		/* As FORMAT.md has it, without the certificate. */
		assert_int_equal(run_program(NULL, "openssl", "cms", "-decrypt",
				     "-inform", "DER", "-in", "KEY.cms",
				     "-inkey", keys[i], "-out", "text", NULL),
		    0);
		buf_clear(&text);
		file_read("text", &text);
		assert_string_equal(text.data, SECRET_HEX "\n");
	}
	for (i = 0; i < 2; i++) {
		saved = hush();
		assert_int_equal(
		    envelope_open("b", cms.data, cms.len, others[i], got),
		    OUTCOME_FAILED);
		unhush(saved);
		assert_said("opens it for none of its 4 recipients");
		assert_said(others[i]);
	}
	buf_free(&cms);
	buf_free(&text);
}

/* The very algorithms of FORMAT.md stand in it. */
static void
has_its_algorithms(void **state)
{
	static const char *const files[] = { "rsa.pem", "ec.pem", NULL };
	static const char *const words[] = { "pkcs7-envelopedData", "rsaesOaep",
		"sha256", "mgf1", "dhSinglePass-stdDH-sha256kdf-scheme",
		"id-aes256-wrap", "aes-256-cbc" };
	struct buf cms = BUF_EMPTY, text = BUF_EMPTY;
	size_t i;

	(void)state;
	seal(&cms, files);
	file_write("KEY.cms", cms.data, cms.len);
	assert_int_equal(
	    run_program("text", "openssl", "cms", "-cmsout", "-print",
		"-inform", "DER", "-in", "KEY.cms", NULL),
	    0);
	file_read("text", &text);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(text.data, words[i]) == NULL)
			fail_msg("no %s in: %s", words[i], text.data);
	assert_null(strstr(text.data, "sha1"));
	buf_free(&cms);
	buf_free(&text);
}

static int
count(void *cookie, const char *issuer, const char *serial)
{
	struct buf *out = cookie;

	return buf_addf(out, "%s/%s ", issuer, serial);
}

static int
stop(void *cookie, const char *issuer, const char *serial)
{

	(void)issuer;
	(void)serial;
	return ++*(int *)cookie == 2 ? -1 : 0;
}

static void
tells_who_can(void **state)
{
	static const char *const files[] = { "rsa.pem", "ec.pem", "big.pem",
		NULL };
	struct buf cms = BUF_EMPTY, list = BUF_EMPTY;
	int n = 0;

	(void)state;
	seal(&cms, files);
	assert_int_equal(
	    envelope_list("b", cms.data, cms.len, count, &list), OUTCOME_DONE);
	/* In the order of DER's SET OF. */
	assert_string_equal(list.data, "CN=rsa/01 CN=big/FF CN=ec/03 ");
	assert_int_equal(
	    envelope_list("b", cms.data, cms.len, stop, &n), OUTCOME_FAILED);
	assert_int_equal(n, 2);
	buf_free(&cms);
	buf_free(&list);
}

/* What --decrypt does not take: the bundle is as it was. */
static void
keys_are_judged(void **state)
{
	static const char *const to[] = { "rsa.pem", "ec.pem", NULL };
	static const struct {
		const char *file, *said;
	} cases[] = {
		{ "none.key", "cannot open the key none.key" },
		{ "rsa.pem", "rsa.pem is a certificate; --decrypt takes its" },
		{ "phrase.key", "has a pass phrase, which novark does not" },
		{ "empty", "empty is no private key in PEM" },
		{ "signs.key", "signs.key is neither an RSA nor an EC key" },
		{ "open.key", "others may use the private key open.key (mode "
			      "0640): chmod 600 it" },
	};
	unsigned char got[CIPHER_KEY];
	struct buf cms = BUF_EMPTY, key = BUF_EMPTY;
	size_t i;
	int saved;

	(void)state;
	seal(&cms, to);
	file_read("rsa.key", &key);
	file_write("open.key", key.data, key.len);
	assert_int_equal(chmod("open.key", 0640), 0);
	file_write("empty", "", 0);
	assert_int_equal(
	    run_program(NULL, "openssl", "rsa", "-in", "rsa.key", "-aes256",
		"-passout", "pass:xyzzy", "-out", "phrase.key", NULL),
	    0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		saved = hush();
		assert_int_equal(
		    envelope_open("b", cms.data, cms.len, cases[i].file, got),
		    OUTCOME_FAILED);
		unhush(saved);
		assert_said(cases[i].said);
	}
	buf_wipe(&key);
	buf_free(&cms);
}

/* A CMS of any kind over ${text}, to rsa.pem. */
static void
foreign_cms(const char *text, size_t len, const EVP_CIPHER *cipher, int pass,
    struct buf *out)
{
	BIO *in = BIO_new_mem_buf(text, (int)len);
	STACK_OF(X509) *to = sk_X509_new_null();
	unsigned char *der = NULL;
	CMS_ContentInfo *cms;
	X509 *x;
	FILE *f = fopen("rsa.pem", "r");
	int n;

	assert_non_null(f);
	assert_non_null(x = PEM_read_X509(f, NULL, NULL, NULL));
	fclose(f);
	assert_true(sk_X509_push(to, x) > 0);
	cms = CMS_encrypt(
	    pass ? NULL : to, NULL, cipher, CMS_BINARY | CMS_PARTIAL);
	assert_non_null(cms);
	if (pass == 1)
		assert_non_null(
		    CMS_add0_recipient_password(cms, -1, NID_undef, NID_undef,
			(unsigned char *)OPENSSL_strdup("password"), -1, NULL));
	assert_int_equal(CMS_final(cms, in, NULL, CMS_BINARY), 1);
	assert_true((n = i2d_CMS_ContentInfo(cms, &der)) > 0);
	buf_clear(out);
	assert_int_equal(buf_add(out, der, (size_t)n), 0);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	sk_X509_pop_free(to, X509_free);
	BIO_free(in);
}

static void
assert_refused(const struct buf *cms, const char *said)
{
	unsigned char got[CIPHER_KEY];
	int saved = hush();

	assert_int_equal(
	    envelope_open("b: KEY.cms", cms->data, cms->len, "rsa.key", got),
	    OUTCOME_REFUSED);
	unhush(saved);
	assert_said(said);
	assert_said("b: KEY.cms: refused");
	assert_int_equal(ERR_peek_error(), 0);
}

/* Signed, but not what FORMAT.md says. */
static void
other_forms_are_refused(void **state)
{
	static const char *const bad[] = { "", "\n", SECRET_HEX,
		SECRET_HEX "\n\n", SECRET_HEX " ", "X" SECRET_HEX,
		("00017F80ff0a00000000000000000000000000000000000000000000"
		 "0000005c\n") };
	static const char *const to[] = { "rsa.pem", NULL };
	struct buf cms = BUF_EMPTY, good = BUF_EMPTY;
	size_t i;
	char *der;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		foreign_cms(bad[i], strlen(bad[i]), EVP_aes_256_cbc(), 0, &cms);
		assert_refused(&cms, "there is no key in it");
	}
	foreign_cms(SECRET_HEX "\n", 65, EVP_aes_256_gcm(), 0, &cms);
	assert_refused(&cms, "it is no EnvelopedData");
	foreign_cms(SECRET_HEX "\n", 65, EVP_aes_256_cbc(), 1, &cms);
	assert_refused(&cms, "a recipient that is no certificate");
	foreign_cms(SECRET_HEX "\n", 65, EVP_aes_256_cbc(), 2, &cms);
	assert_refused(&cms, "it has no recipient");
	seal(&good, to);
	buf_clear(&cms);
	assert_int_equal(buf_add(&cms, good.data, good.len), 0);
	assert_int_equal(buf_addc(&cms, '\0'), 0);
	assert_refused(&cms, "bytes follow its CMS");
	buf_clear(&cms);
	assert_refused(&cms, "it is no CMS in DER");
	assert_int_equal(buf_adds(&cms, "hello"), 0);
	assert_refused(&cms, "it is no CMS in DER");
	assert_non_null(der = buf_reserve(&cms, LIMIT_ENVELOPE));
	memset(der, 0, LIMIT_ENVELOPE);
	cms.len += LIMIT_ENVELOPE;
	assert_refused(&cms, "it is longer than 64 KiB");
	buf_free(&cms);
	buf_free(&good);
}

/* Every length, and a bit of every byte: never a crash, and one message.  (A
 * changed bit can give another key: its digest is what tells.) */
static void
broken_ones_are_survived(void **state)
{
	static const char *const to[] = { "rsa.pem", "ec.pem", NULL };
	struct buf good = BUF_EMPTY, bad = BUF_EMPTY;
	unsigned char got[CIPHER_KEY];
	enum outcome rc;
	size_t i, said, n = 0;
	int saved;

	(void)state;
	seal(&good, to);
	saved = hush();
	for (i = 0; i < 2 * good.len; i++) {
		buf_clear(&bad);
		assert_int_equal(
		    buf_add(&bad, good.data, i < good.len ? i : good.len), 0);
		if (i >= good.len)
			bad.data[i - good.len] ^= (char)(1 << i % 8);
		rc = envelope_open("b", bad.data, bad.len, "ec.key", got);
		n += rc != OUTCOME_DONE;
		assert_true(i >= good.len || rc == OUTCOME_REFUSED);
		(void)warn_said(&said);
		assert_int_equal(said, rc != OUTCOME_DONE);
		warn_forget();
	}
	unhush(saved);
	assert_true(n > good.len);
	buf_free(&good);
	buf_free(&bad);
}

/* More recipients than KEY.cms has room for. */
static void
has_a_limit(void **state)
{
	const char *files[201];
	char name[200][16];
	struct recipients *to;
	struct buf cms = BUF_EMPTY;
	EVP_PKEY *pkey = certs_key("RSA-2048");
	X509 *x;
	size_t i;
	FILE *f;
	int saved;

	(void)state;
	for (i = 0; i < 200; i++) {
		snprintf(name[i], sizeof(name[i]), "many%zu", i);
		x = certs_new(pkey, name[i], (long)i + 1000);
		assert_non_null(f = fopen(name[i], "w"));
		assert_int_equal(PEM_write_X509(f, x), 1);
		fclose(f);
		X509_free(x);
		files[i] = name[i];
	}
	files[200] = NULL;
	assert_non_null(to = recipients_open(files));
	assert_int_equal(recipients_count(to), 200);
	saved = hush();
	assert_int_equal(envelope_seal(to, secret, &cms), -1);
	unhush(saved);
	assert_said("too many recipients");
	assert_int_equal(cms.len, 0);
	recipients_free(to);
	EVP_PKEY_free(pkey);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_recipients_open_it),
		cmocka_unit_test(has_its_algorithms),
		cmocka_unit_test(tells_who_can),
		cmocka_unit_test(keys_are_judged),
		cmocka_unit_test(other_forms_are_refused),
		cmocka_unit_test(broken_ones_are_survived),
		cmocka_unit_test(has_a_limit),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
