#include "archive/keys/recipients.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "archive/keys/pem.h"
#include "archive/warn.h"

/* What NIST SP 800-57 asks for today: RSA of 2048 bits, EC of 224. */
#define STRENGTH 112

struct recipients {
	X509 **list;
	size_t n;
};

/* The one certificate in the text: NULL, said. */
static X509 *
take(const char *file, const struct buf *pem)
{
	X509 *cert, *more = NULL;
	BIO *bio;

	bio = BIO_new_mem_buf(pem->len ? pem->data : "", (int)pem->len);
	if (bio == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	cert = PEM_read_bio_X509(bio, NULL, pem_no_phrase, NULL);
	if (cert != NULL)
		more = PEM_read_bio_X509(bio, NULL, pem_no_phrase, NULL);
	BIO_free(bio);
	ERR_clear_error();
	if (cert == NULL)
		warn_msg("%s %s", file,
		    pem_has(pem, "PUBLIC KEY")
			? "is a public key; --encrypt-to takes a certificate "
			  "(openssl req -x509 makes one)"
		    : pem_has(pem, "PRIVATE KEY")
			? "is a private key; --encrypt-to takes a certificate, "
			  "the key stays with whoever reads the bundle"
			: "is no certificate in PEM");
	if (more == NULL)
		return cert;
	warn_msg("%s holds several certificates: give the recipient's alone, "
		 "and each recipient a file",
	    file);
	X509_free(more);
	X509_free(cert);
	return NULL;
}

/* Can something be encrypted to it?  0, or -1 said. */
static int
judge(const char *file, X509 *cert)
{
	EVP_PKEY *pkey = X509_get0_pubkey(cert);

	ERR_clear_error();
	if (pkey == NULL || (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_RSA &&
				EVP_PKEY_get_base_id(pkey) != EVP_PKEY_EC)) {
		warn_msg("%s: its key is neither RSA nor EC: nothing can be "
			 "encrypted to it",
		    file);
		return -1;
	}
	if (EVP_PKEY_get_security_bits(pkey) < STRENGTH) {
		warn_msg("%s: its key of %d bits is too weak", file,
		    EVP_PKEY_get_bits(pkey));
		return -1;
	}
	if (X509_cmp_current_time(X509_get0_notAfter(cert)) < 0)
		warn_info("%s has expired: it is encrypted to that all the "
			  "same",
		    file);
	return 0;
}

static int
is_known(const struct recipients *r, const X509 *cert)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (X509_cmp(r->list[i], cert) == 0)
			return 1;
	return 0;
}

static int
add(struct recipients *r, const char *file)
{
	struct buf pem = BUF_EMPTY;
	X509 *cert = NULL;
	mode_t mode;

	if (pem_read("certificate", file, &mode, &pem) == 0)
		cert = take(file, &pem);
	/* It may hold the key, too. */
	buf_wipe(&pem);
	if (cert == NULL)
		return -1;
	if (judge(file, cert) == -1)
		goto err0;
	if (is_known(r, cert)) {
		warn_msg(
		    "--encrypt-to %s: this certificate is given twice", file);
		goto err0;
	}
	r->list[r->n++] = cert;
	return 0;

err0:
	X509_free(cert);
	return -1;
}

struct recipients *
recipients_open(const char *const *files)
{
	struct recipients *r;
	size_t n;

	for (n = 0; files[n] != NULL; n++)
		continue;
	if ((r = calloc(1, sizeof(*r))) == NULL ||
	    (r->list = calloc(n + 1, sizeof(X509 *))) == NULL) {
		warn_msg("out of memory");
		free(r);
		return NULL;
	}
	for (; *files != NULL; files++)
		if (add(r, *files) == -1) {
			recipients_free(r);
			return NULL;
		}
	return r;
}

void
recipients_free(struct recipients *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++)
		X509_free(r->list[i]);
	free(r->list);
	free(r);
}

size_t
recipients_count(const struct recipients *r)
{

	return r->n;
}

X509 *
recipients_certificate(const struct recipients *r, size_t i)
{

	return r->list[i];
}

char *
recipients_name(const X509_NAME *name)
{
	char *text = NULL, *copy;
	BIO *bio;
	long len = 0;

	if ((bio = BIO_new(BIO_s_mem())) != NULL &&
	    X509_NAME_print_ex(bio, name, 0,
		XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0)
		len = BIO_get_mem_data(bio, &text);
	copy = text == NULL ? strdup("") : strndup(text, (size_t)len);
	BIO_free(bio);
	ERR_clear_error();
	if (copy == NULL)
		warn_msg("out of memory");
	return copy;
}
