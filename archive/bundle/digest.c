#include "archive/bundle/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "archive/warn.h"

struct digest {
	EVP_MD_CTX *ctx;
};

void
digest_print(const unsigned char *md, size_t len, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		hex[2 * i] = digits[md[i] >> 4];
		hex[2 * i + 1] = digits[md[i] & 15];
	}
	hex[2 * len] = '\0';
}

struct digest *
digest_new(void)
{
	struct digest *d;

	if ((d = malloc(sizeof(*d))) == NULL)
		goto err0;
	if ((d->ctx = EVP_MD_CTX_new()) == NULL)
		goto err1;
	if (EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) != 1)
		goto err2;
	return d;

err2:
	EVP_MD_CTX_free(d->ctx);
err1:
	free(d);
err0:
	warn_msg("cannot start SHA-256: out of memory");
	return NULL;
}

int
digest_add(struct digest *d, const void *bytes, size_t len)
{

	if (EVP_DigestUpdate(d->ctx, bytes, len) != 1) {
		warn_msg("SHA-256 failed");
		return -1;
	}
	return 0;
}

int
digest_hex(struct digest *d, char hex[65])
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int len;

	if (EVP_DigestFinal_ex(d->ctx, md, &len) != 1 || len != 32 ||
	    EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) != 1) {
		warn_msg("SHA-256 failed");
		return -1;
	}
	digest_print(md, 32, hex);
	return 0;
}

void
digest_free(struct digest *d)
{

	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->ctx);
	free(d);
}

int
digest_bytes(const void *bytes, size_t len, char hex[65])
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int mdlen;

	if (EVP_Digest(bytes, len, md, &mdlen, EVP_sha256(), NULL) != 1 ||
	    mdlen != 32) {
		warn_msg("SHA-256 failed");
		return -1;
	}
	digest_print(md, 32, hex);
	return 0;
}
