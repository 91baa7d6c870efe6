#ifndef TESTS_CERTS_H
#define TESTS_CERTS_H

/* Include behind cmocka.h: certificates to encrypt to, made here. */

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "folder.h"

/* "RSA-2048", or the name of a curve, or "ED25519". */
static inline EVP_PKEY *
certs_key(const char *kind)
{
	EVP_PKEY *pkey;

	if (strncmp(kind, "RSA-", 4) == 0)
		pkey = EVP_PKEY_Q_keygen(
		    NULL, NULL, "RSA", (size_t)strtoul(kind + 4, NULL, 10));
	else if (strcmp(kind, "ED25519") == 0)
		pkey = EVP_PKEY_Q_keygen(NULL, NULL, kind);
	else
		pkey = EVP_PKEY_Q_keygen(NULL, NULL, "EC", kind);
	assert_non_null(pkey);
	return pkey;
}

static inline X509 *
certs_new(EVP_PKEY *pkey, const char *name, long serial)
{
	X509 *x = X509_new();
	X509_NAME *n;

	assert_non_null(x);
	assert_int_equal(X509_set_version(x, 2), 1);
	assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(x), serial), 1);
	assert_non_null(X509_gmtime_adj(X509_getm_notBefore(x), -86400));
	assert_non_null(X509_gmtime_adj(X509_getm_notAfter(x),
	    strcmp(name, "expired") == 0 ? -3600 : 3600));
	n = X509_get_subject_name(x);
	assert_int_equal(X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_UTF8,
			     (const unsigned char *)name, -1, -1, 0),
	    1);
	assert_int_equal(X509_set_issuer_name(x, n), 1);
	assert_int_equal(X509_set_pubkey(x, pkey), 1);
	assert_true(
	    X509_sign(x, pkey,
		EVP_PKEY_is_a(pkey, "ED25519") ? NULL : EVP_sha256()) > 0);
	return x;
}

/* NAME.key (0600) and NAME.pem; one of the name "expired" is. */
static inline void
certs_make(const char *name, const char *kind, long serial)
{
	EVP_PKEY *pkey = certs_key(kind);
	X509 *x = certs_new(pkey, name, serial);
	char file[64];
	FILE *f;

	snprintf(file, sizeof(file), "%s.key", name);
	file_write(file, "", 0);
	assert_non_null(f = fopen(file, "w"));
	assert_int_equal(
	    PEM_write_PrivateKey(f, pkey, NULL, NULL, 0, NULL, NULL), 1);
	fclose(f);
	snprintf(file, sizeof(file), "%s.pem", name);
	assert_non_null(f = fopen(file, "w"));
	assert_int_equal(PEM_write_X509(f, x), 1);
	fclose(f);
	X509_free(x);
	EVP_PKEY_free(pkey);
}

#endif
