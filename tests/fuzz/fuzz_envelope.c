/**
 * KEY.cms.  The input is hex digits, two for each byte of it (all else in the
 * text is passed over), so that a corpus is text.  Whoever can open it can also
 * be listed; what is opened is what OpenSSL finds in it, and sealed again it
 * gives the same key; and who has another key gets none.
 */
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "archive/keys/envelope.h"
#include "tests/fuzz/fuzz.h"

/* Made for this, and used for nothing else. */
static const char key_text[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9o2p9RDcAmMvK3qs\n"
    "17ftEm5ar/3syQXpMH4JYuAP6RuhRANCAATn26vxxJCyW5ob7Ws/OpW1Cyq5pjf8\n"
    "1qs52nbJWU1UXd0IfnkPALvZ/EWZJCwcB+kinqMSYuIW/UFgbp0+Er32\n"
    "-----END PRIVATE KEY-----\n";
static const char certificate_text[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBdjCCARugAwIBAgIUMf6hRLKdyibyf9pUPloL3OL/aFowCgYIKoZIzj0EAwIw\n"
    "DzENMAsGA1UEAwwEZnV6ejAgFw0yNjExMjMwMzAzMzRaGA8yMTI2MTAzMDAzMDMz\n"
    "NFowDzENMAsGA1UEAwwEZnV6ejBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOfb\n"
    "q/HEkLJbmhvtaz86lbULKrmmN/zWqznadslZTVRd3Qh+eQ8Au9n8RZkkLBwH6SKe\n"
    "oxJi4hb9QWBunT4SvfajUzBRMB0GA1UdDgQWBBR6u8aSNINp1Y7uM+I26Pb01X+l\n"
    "BDAfBgNVHSMEGDAWgBR6u8aSNINp1Y7uM+I26Pb01X+lBDAPBgNVHRMBAf8EBTAD\n"
    "AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDZ3kiGW6blCyxis6bSy1zI0u9glwjrVBpO\n"
    "eQ+H4d0QqAIhAO+4eC9s86JMsKfi94QMH9SXhllQaIeb79ckcGwlDLnU\n"
    "-----END CERTIFICATE-----\n";

/* The input's bytes. */
static void
unhex(const uint8_t *data, size_t len, struct buf *out)
{
	static const char digits[] = "0123456789abcdef";
	const char *at;
	size_t i, n = 0;
	int byte = 0;

	for (i = 0; i < len; i++) {
		at = memchr(digits, data[i], 16);
		if (at == NULL)
			continue;
		byte = byte << 4 | (int)(at - digits);
		if (++n % 2 == 0) {
			MUST(buf_addc(out, (char)byte) == 0);
			byte = 0;
		}
	}
}

static int
count(void *cookie, const char *issuer, const char *serial)
{

	MUST(issuer != NULL && serial != NULL);
	++*(size_t *)cookie;
	return 0;
}

/* What OpenSSL by itself finds in it. */
static void
check_text(const struct buf *der, const unsigned char key[CIPHER_KEY])
{
	const unsigned char *p = (const unsigned char *)der->data;
	BIO *in = BIO_new_mem_buf(key_text, -1), *out = BIO_new(BIO_s_mem());
	EVP_PKEY *pkey = PEM_read_bio_PrivateKey(in, NULL, NULL, NULL);
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)der->len);
	char *text, hex[3];
	size_t i;

	MUST(pkey != NULL && cms != NULL);
	MUST(CMS_decrypt(cms, pkey, NULL, NULL, out, CMS_BINARY) == 1);
	MUST(BIO_get_mem_data(out, &text) == ENVELOPE_TEXT);
	for (i = 0; i < CIPHER_KEY; i++) {
		snprintf(hex, sizeof(hex), "%02x", (unsigned int)key[i]);
		MUST(memcmp(text + 2 * i, hex, 2) == 0);
	}
	MUST(text[ENVELOPE_TEXT - 1] == '\n');
	CMS_ContentInfo_free(cms);
	EVP_PKEY_free(pkey);
	BIO_free(in);
	BIO_free(out);
}

/* Sealed again, and opened: the same key. */
static void
check_again(const char *path, const unsigned char key[CIPHER_KEY])
{
	unsigned char again[CIPHER_KEY];
	struct buf der = BUF_EMPTY;
	struct recipients *to;
	const char *files[2] = { NULL, NULL };
	char certificate[64];
	int fd;

	fd = fuzz_file(
	    certificate_text, sizeof(certificate_text) - 1, certificate);
	files[0] = certificate;
	MUST((to = recipients_open(files)) != NULL);
	MUST(envelope_seal(to, key, &der) == 0);
	MUST(envelope_open("again", der.data, der.len, path, again) ==
	     OUTCOME_DONE);
	MUST(memcmp(key, again, CIPHER_KEY) == 0);
	recipients_free(to);
	buf_free(&der);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	unsigned char key[CIPHER_KEY];
	struct buf der = BUF_EMPTY;
	enum outcome list, rc;
	char path[64];
	size_t n = 0;
	int fd;

	unhex(data, len, &der);
	fd = fuzz_file(key_text, sizeof(key_text) - 1, path);
	MUST(fchmod(fd, 0600) == 0);
	list = envelope_list("KEY.cms", der.data, der.len, count, &n);
	MUST(list == OUTCOME_DONE || list == OUTCOME_REFUSED);
	rc = envelope_open("KEY.cms", der.data, der.len, path, key);
	MUST(list == OUTCOME_DONE || rc == OUTCOME_REFUSED);
	if (rc == OUTCOME_DONE) {
		MUST(n > 0);
		check_text(&der, key);
		check_again(path, key);
	}
	MUST(ERR_peek_error() == 0 || rc == OUTCOME_DONE);
	ERR_clear_error();
	close(fd);
	buf_free(&der);
	warn_forget();
	return 0;
}
