#include "archive/bundle/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "archive/lane.h"
#include "archive/warn.h"

struct digest {
	EVP_MD_CTX *ctx;   /* while there is a lane, that one's */
	struct lane *lane; /* NULL: digested as it is added */
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
	d->lane = NULL;
	return d;

err2:
	EVP_MD_CTX_free(d->ctx);
err1:
	free(d);
err0:
	warn_msg("cannot start SHA-256: out of memory");
	return NULL;
}

/* lane_sink, of the context */
static int
update(void *cookie, const void *bytes, size_t len)
{

	if (EVP_DigestUpdate(cookie, bytes, len) != 1) {
		warn_msg("SHA-256 failed");
		return -1;
	}
	return 0;
}

int
digest_add(struct digest *d, const void *bytes, size_t len)
{

	return d->lane != NULL ? lane_write(d->lane, bytes, len)
			       : update(d->ctx, bytes, len);
}

int
digest_aside(struct digest *d)
{

	if (d->lane == NULL)
		d->lane = lane_open(update, d->ctx);
	return d->lane == NULL ? -1 : 0;
}

/* Wait until all is digested: 0, or -1 said. */
static int
settle(struct digest *d)
{
	struct lane *lane = d->lane;

	d->lane = NULL;
	return lane_end(lane);
}

int
digest_hex(struct digest *d, char hex[65])
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int len;

	if (settle(d) == -1)
		return -1;
	if (EVP_DigestFinal_ex(d->ctx, md, &len) != 1 || len != 32 ||
	    EVP_DigestInit_ex(d->ctx, NULL, NULL) != 1) {
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
	/* Nobody asks any more whether that failed. */
	(void)!settle(d);
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
