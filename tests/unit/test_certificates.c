#include "tests/unit/keys.h"
#include "tests/unit/tree.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "archive/node/certificates.h"
#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"

/* A certificate with that common name and those alternative names ("IP:1.2.3.4,
 * DNS:a.example"; NULL: none), in PEM or DER. */
static size_t
issue(const char *name, const char *names, int der, char *out, size_t size)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	X509 *cert = X509_new();
	X509_EXTENSION *ext;
	X509V3_CTX ctx;
	BIO *bio = BIO_new(BIO_s_mem());
	char *bytes;
	long len;

	assert_non_null(key);
	assert_non_null(cert);
	X509_set_version(cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 7);
	ASN1_TIME_set_string(X509_getm_notBefore(cert), "20260101000000Z");
	ASN1_TIME_set_string(X509_getm_notAfter(cert), "20271122101500Z");
	X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN",
	    MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
	X509_set_pubkey(cert, key);
	X509V3_set_ctx(&ctx, cert, cert, NULL, NULL, 0);
	if (names != NULL) {
		ext = X509V3_EXT_conf_nid(
		    NULL, &ctx, NID_subject_alt_name, names);
		assert_non_null(ext);
		X509_add_ext(cert, ext, -1);
		X509_EXTENSION_free(ext);
	}
	assert_true(X509_sign(cert, key, NULL) > 0);
	if (der)
		assert_int_equal(i2d_X509_bio(bio, cert), 1);
	else
		assert_int_equal(PEM_write_bio_X509(bio, cert), 1);
	len = BIO_get_mem_data(bio, &bytes);
	assert_true(len > 0 && (size_t)len < size);
	memcpy(out, bytes, (size_t)len);
	out[len] = '\0';
	BIO_free(bio);
	X509_free(cert);
	EVP_PKEY_free(key);
	return (size_t)len;
}

static int
note(void *cookie, const struct certificates_one *c)
{
	char *said = cookie, text[ADDRESS_TEXT];
	size_t at = strlen(said), i;

	at += (size_t)snprintf(
	    said + at, 2000 - at, "%s %s", c->subject, c->not_after);
	for (i = 0; i < c->naddresses; i++) {
		address_print(&c->addresses[i], text);
		at += (size_t)snprintf(said + at, 2000 - at, " %s", text);
	}
	snprintf(said + at, 2000 - at, "\n");
	return strstr(c->subject, "stop") != NULL ? 7 : 0;
}

/* Common name, alternative names, what is read of it. */
static const struct {
	const char *name, *names, *want;
} certs[] = {
	{ "ctl.example", "DNS:ctl.example,IP:10.2.116.14",
	    "CN = ctl.example 2027-11-22T10:15:00Z 10.2.116.14\n" },
	{ "10.2.116.14", NULL,
	    "CN = 10.2.116.14 2027-11-22T10:15:00Z "
	    "10.2.116.14\n" },
	{ "10.2.116.14", "IP:10.2.116.14,IP:2001:db8::1",
	    "CN = 10.2.116.14 2027-11-22T10:15:00Z 10.2.116.14 "
	    "2001:db8::1\n" },
	{ "a", "DNS:10.2.116.14,URI:https://10.2.116.15:5000/",
	    "CN = a 2027-11-22T10:15:00Z 10.2.116.14 10.2.116.15\n" },
	{ "a", "DNS:ctl.example", "" },
	{ "a", NULL, "" },
	{ "a\nb", "IP:10.2.116.14",
	    "CN = a\\0Ab 2027-11-22T10:15:00Z 10.2.116.14\n" },
};

static void
test_names(void **state)
{
	char bytes[8192], said[2000];
	size_t i, len;
	int der;

	(void)state;
	for (i = 0; i < sizeof(certs) / sizeof(certs[0]); i++) {
		for (der = 0; der < 2; der++) {
			len = issue(certs[i].name, certs[i].names, der, bytes,
			    sizeof(bytes));
			said[0] = '\0';
			assert_int_equal(
			    certificates_walk(bytes, len, note, said), 0);
			assert_string_equal(said, certs[i].want);
			assert_int_equal(certificates_in(bytes, len), !der);
		}
	}
}

/* Several in a file, other things and broken ones between them. */
static void
test_files(void **state)
{
	char bytes[32768] = "", said[2000] = "", one[8192];

	(void)state;
	issue("first", "IP:10.2.116.14", 0, one, sizeof(one));
	snprintf(bytes, sizeof(bytes),
	    "# words\n%s-----BEGIN PRIVATE KEY-----\nAAAA\n"
	    "-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n"
	    "bm90aGluZw==\n-----END CERTIFICATE-----\n"
	    "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
	    one);
	issue("second", "IP:10.2.116.15", 0, one, sizeof(one));
	strncat(bytes, one, sizeof(bytes) - strlen(bytes) - 1);
	issue("stop", "IP:10.2.116.16", 0, one, sizeof(one));
	strncat(bytes, one, sizeof(bytes) - strlen(bytes) - 1);
	assert_int_equal(
	    certificates_walk(bytes, strlen(bytes), note, said), 7);
	assert_string_equal(said,
	    "CN = first 2027-11-22T10:15:00Z 10.2.116.14\n"
	    "CN = second 2027-11-22T10:15:00Z "
	    "10.2.116.15\n"
	    "CN = stop 2027-11-22T10:15:00Z "
	    "10.2.116.16\n");
	said[0] = '\0';
	assert_int_equal(certificates_walk("", 0, note, said), 0);
	assert_int_equal(certificates_walk("10.2.116.14", 11, note, said), 0);
	assert_int_equal(
	    certificates_walk("-----BEGIN CERTIFICATE-----", 27, note, said),
	    0);
	/* One that needs a password asks nobody. */
	snprintf(bytes, sizeof(bytes),
	    "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
	    "DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
	    "AAAA\n-----END CERTIFICATE-----\n");
	assert_int_equal(
	    certificates_walk(bytes, strlen(bytes), note, said), 0);
	assert_string_equal(said, "");
}

/* A node with certificates here and there, and what its snapshot says. */
static void
put(struct tree *t, const char *path, const char *name, const char *names)
{
	char bytes[8192];

	issue(name, names, 0, bytes, sizeof(bytes));
	tree_file(t, path, bytes);
}

static void
node(struct tree *t)
{

	tree_file(t, "/etc/nova/nova.conf",
	    "[DEFAULT]\nmy_ip = 10.2.116.14\ncert = /opt/tls/console.pem\n"
	    "# ssl_ca_file = /opt/tls/commented.pem\n"
	    "[a]\ncafile = /opt/tls/other\n[b]\ncafile = /opt/none.pem\n"
	    "[c]\ncafile = /opt/tls/console.pem\nnote = /opt/tls/note\n"
	    "[d]\ncafile = /opt/fifo.pem\n");
	tree_file(t, "/etc/haproxy/haproxy.cfg",
	    "frontend a\n\tbind 10.2.116.14:443 ssl crt /opt/site.pem\n"
	    "\tbind 10.2.116.14:444 ssl crt /opt/all.crt\n");
	tree_file(t, "/etc/apache2/sites-available/a.conf",
	    "SSLCertificateFile /opt/apache\n");
	put(t, "/opt/tls/console.pem", "console", "IP:10.2.116.14");
	put(t, "/opt/tls/commented.pem", "commented", "IP:10.2.116.14");
	put(t, "/opt/tls/other", "other", "IP:10.2.116.15");
	put(t, "/opt/tls/note", "note", "IP:10.2.116.14");
	put(t, "/opt/site.pem", "site", "DNS:a.example,IP:10.2.116.14");
	put(t, "/opt/all.crt/one.pem", "one", "IP:10.2.116.14");
	put(t, "/opt/all.crt/sub/two.pem", "two", "IP:10.2.116.14");
	put(t, "/opt/apache", "10.2.116.14", NULL);
	put(t, "/etc/pki/libvirt/servercert.pem", "virt", "IP:10.2.116.14");
	put(t, "/etc/pki/libvirt/clientcert.pem", "client", NULL);
	assert_int_equal(mkfifo(tree_path(t, "/opt/fifo.pem"), 0600), 0);
}

static const struct {
	const char *file, *subject, *by;
} wanted[] = {
	{ "/etc/pki/libvirt/servercert.pem", "CN = virt", NULL },
	{ "/opt/apache", "CN = 10.2.116.14",
	    "file:/etc/apache2/sites-available/a.conf line 1" },
	{ "/opt/site.pem", "CN = site",
	    "file:/etc/haproxy/haproxy.cfg line 2" },
	{ "/opt/all.crt/one.pem", "CN = one",
	    "file:/etc/haproxy/haproxy.cfg line 3" },
	{ "/opt/tls/console.pem", "CN = console",
	    "file:/etc/nova/nova.conf [DEFAULT] cert" },
};

static const struct certificate *
certificate(const struct manifest *m, const char *file)
{
	size_t i;

	for (i = 0; i < m->ncertificates; i++)
		if (strcmp(m->certificates[i].file, file) == 0)
			return &m->certificates[i];
	fail_msg("%s is not told", file);
	return NULL;
}

static void
test_snapshot(void **state)
{
	struct snapshot_options opt = { .no_libvirt = 1, .no_database = 1 };
	const char *leave[] = { "file:/opt/apache", NULL };
	char key[600], pub[600], out[600], name[560];
	struct snapshot_result result;
	const struct certificate *c;
	struct tree tree, root;
	struct bundle *bundle;
	size_t i;
	int again;

	(void)state;
	tree_make(&tree);
	snprintf(root.dir, sizeof(root.dir), "%.400s/node", tree.dir);
	assert_int_equal(mkdir(root.dir, 0755), 0);
	snprintf(name, sizeof(name), "%s/k", tree.dir);
	snprintf(key, sizeof(key), "%s.key", name);
	snprintf(pub, sizeof(pub), "%s.pub", name);
	snprintf(out, sizeof(out), "%s/b", tree.dir);
	assert_int_equal(keys_make(name), 0);
	node(&root);
	opt.output = out;
	opt.key = key;
	opt.root = root.dir;
	opt.force = 1;
	for (again = 0; again < 2; again++) {
		opt.except = again ? leave : NULL;
		assert_int_equal(snapshot_take(&opt, &result), OUTCOME_DONE);
		snapshot_result_free(&result);
		assert_int_equal(
		    bundle_open(
			out, &(struct bundle_keys){ .trust = pub }, &bundle),
		    OUTCOME_DONE);
		assert_int_equal(bundle_manifest(bundle)->ncertificates,
		    sizeof(wanted) / sizeof(wanted[0]) - (size_t)again);
		for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
			if (again && strcmp(wanted[i].file, "/opt/apache") == 0)
				continue;
			c = certificate(
			    bundle_manifest(bundle), wanted[i].file);
			assert_string_equal(c->subject, wanted[i].subject);
			assert_string_equal(
			    c->not_after, "2027-11-22T10:15:00Z");
			assert_int_equal(c->naddresses, 1);
			if (wanted[i].by == NULL)
				assert_null(c->named_by);
			else
				assert_string_equal(c->named_by, wanted[i].by);
		}
		bundle_close(bundle);
	}
	tree_remove(&tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_snapshot),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
