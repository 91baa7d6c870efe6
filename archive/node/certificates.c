#include "archive/node/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/warn.h"

/* More addresses than these of one certificate are not looked at. */
#define ADDRESSES_MAX 256

/* What one certificate says. */
struct said {
	struct address addresses[ADDRESSES_MAX];
	size_t n;
};

int
certificates_in(const char *bytes, size_t len)
{
	static const char begin[] = "-----BEGIN CERTIFICATE-----";
	static const char trusted[] = "-----BEGIN TRUSTED CERTIFICATE-----";

	return memmem(bytes, len, begin, sizeof(begin) - 1) != NULL ||
	       memmem(bytes, len, trusted, sizeof(trusted) - 1) != NULL;
}

/* Nobody is asked for the password of anything. */
static int
no_password(char *buf, int size, int rwflag, void *cookie)
{

	(void)buf;
	(void)size;
	(void)rwflag;
	(void)cookie;
	return -1;
}

static void
add_address(struct said *s, const struct address *a)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (address_compare(&s->addresses[i], a) == 0)
			return;
	if (s->n < ADDRESSES_MAX)
		s->addresses[s->n++] = *a;
}

/* Every address in a name. */
static void
add_text(struct said *s, const ASN1_STRING *text)
{
	const char *bytes = (const char *)ASN1_STRING_get0_data(text);
	int len = ASN1_STRING_length(text);
	struct address_token t;
	size_t pos = 0;

	if (len <= 0)
		return;
	while (address_next(bytes, (size_t)len, &pos, &t))
		add_address(s, &t.addr);
}

static void
add_ip(struct said *s, const ASN1_OCTET_STRING *ip)
{
	int len = ASN1_STRING_length(ip);
	struct address a;

	if (len != 4 && len != 16)
		return;
	memset(&a, 0, sizeof(a));
	a.family = len == 4 ? 4 : 6;
	memcpy(a.bytes, ASN1_STRING_get0_data(ip), (size_t)len);
	add_address(s, &a);
}

static void
add_alternatives(struct said *s, const X509 *cert)
{
	GENERAL_NAMES *names;
	const GENERAL_NAME *name;
	int i;

	names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
	for (i = 0; names != NULL && i < sk_GENERAL_NAME_num(names); i++) {
		name = sk_GENERAL_NAME_value(names, i);
		if (name->type == GEN_IPADD)
			add_ip(s, name->d.iPAddress);
		else if (name->type == GEN_DNS)
			add_text(s, name->d.dNSName);
		else if (name->type == GEN_URI)
			add_text(s, name->d.uniformResourceIdentifier);
	}
	GENERAL_NAMES_free(names);
}

static void
add_common_names(struct said *s, const X509 *cert)
{
	const X509_NAME *name = X509_get_subject_name(cert);
	int i = -1;

	while ((i = X509_NAME_get_index_by_NID(name, NID_commonName, i)) >= 0)
		add_text(
		    s, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i)));
}

/* One line, malloced: 0 or -1. */
static int
print_subject(const X509 *cert, char **out)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *bytes;
	long len;
	int rc = -1;

	*out = NULL;
	if (bio == NULL)
		return -1;
	if (X509_NAME_print_ex(
		bio, X509_get_subject_name(cert), 0, XN_FLAG_ONELINE) >= 0) {
		len = BIO_get_mem_data(bio, &bytes);
		*out = strndup(len > 0 ? bytes : "", len > 0 ? (size_t)len : 0);
		rc = *out == NULL ? -1 : 0;
	}
	BIO_free(bio);
	return rc;
}

static void
print_time(const X509 *cert, char text[32])
{
	struct tm tm;

	if (ASN1_TIME_to_tm(X509_get0_notAfter(cert), &tm) != 1 ||
	    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) != 20)
		snprintf(text, 32, "0000-00-00T00:00:00Z");
}

static int
tell(const X509 *cert, certificates_fn *fn, void *cookie)
{
	struct certificates_one one;
	struct said *s;
	char *subject = NULL, time[32];
	int rc = -1;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		goto done;
	add_alternatives(s, cert);
	add_common_names(s, cert);
	rc = 0;
	if (s->n == 0)
		goto done;
	if ((rc = print_subject(cert, &subject)) == -1)
		goto done;
	print_time(cert, time);
	one.subject = subject[0] != '\0' ? subject : "no subject";
	one.not_after = time;
	one.addresses = s->addresses;
	one.naddresses = s->n;
	rc = fn(cookie, &one);
	free(subject);
	free(s);
	return rc;

done:
	if (rc == -1)
		warn_msg("out of memory");
	free(s);
	return rc;
}

int
certificates_walk(
    const char *bytes, size_t len, certificates_fn *fn, void *cookie)
{
	const unsigned char *der = (const unsigned char *)bytes;
	X509 *cert;
	BIO *bio;
	int rc = 0;

	if (len == 0 || len > INT32_MAX)
		return 0;
	if (!certificates_in(bytes, len)) {
		cert = d2i_X509(NULL, &der, (long)len);
		if (cert != NULL)
			rc = tell(cert, fn, cookie);
		X509_free(cert);
		ERR_clear_error();
		return rc;
	}
	if ((bio = BIO_new_mem_buf(bytes, (int)len)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	/* One that is broken does not hide those behind it. */
	while (rc == 0 && BIO_ctrl_pending(bio) > 0) {
		cert = PEM_read_bio_X509_AUX(bio, NULL, no_password, NULL);
		if (cert != NULL)
			rc = tell(cert, fn, cookie);
		X509_free(cert);
	}
	BIO_free(bio);
	ERR_clear_error();
	return rc;
}
