#include "archive/keys/cipher.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

#define BLOCK 16

/* OpenSSL counts in int. */
#define STEP ((size_t)1 << 30)

struct cipher {
	EVP_CIPHER_CTX *ctx;
	unsigned char key[CIPHER_KEY], iv[CIPHER_IV];
};

int
cipher_random(void *to, size_t len)
{

	/* The generator for what stays secret. */
	if (RAND_priv_bytes(to, (int)len) != 1) {
		warn_msg("no random bytes can be had");
		ERR_clear_error();
		return -1;
	}
	return 0;
}

struct cipher *
cipher_new(
    const unsigned char key[CIPHER_KEY], const unsigned char iv[CIPHER_IV])
{
	struct cipher *c;

	if ((c = calloc(1, sizeof(*c))) == NULL ||
	    (c->ctx = EVP_CIPHER_CTX_new()) == NULL) {
		warn_msg("cannot start AES-256-CTR: out of memory");
		free(c);
		return NULL;
	}
	memcpy(c->key, key, CIPHER_KEY);
	memcpy(c->iv, iv, CIPHER_IV);
	if (cipher_seek(c, 0) == -1) {
		cipher_free(c);
		return NULL;
	}
	return c;
}

struct cipher *
cipher_private(void)
{
	unsigned char key[CIPHER_KEY], iv[CIPHER_IV];
	struct cipher *c = NULL;

	if (cipher_random(key, sizeof(key)) == 0 &&
	    cipher_random(iv, sizeof(iv)) == 0)
		c = cipher_new(key, iv);
	explicit_bzero(key, sizeof(key));
	return c;
}

int
cipher_apply(struct cipher *c, const void *from, void *to, size_t len)
{
	const unsigned char *in = from;
	unsigned char *out = to;
	size_t step;
	int n;

	for (; len > 0; len -= step, in += step, out += step) {
		step = len < STEP ? len : STEP;
		if (EVP_EncryptUpdate(c->ctx, out, &n, in, (int)step) != 1 ||
		    (size_t)n != step) {
			warn_msg("AES-256-CTR failed");
			ERR_clear_error();
			return -1;
		}
	}
	return 0;
}

/* The counter block of byte ${off}: the IV, as a number, and so many blocks. */
static void
count(const unsigned char iv[CIPHER_IV], uint64_t off,
    unsigned char block[CIPHER_IV])
{
	uint64_t carry = off / BLOCK;
	size_t i;

	for (i = CIPHER_IV; i-- > 0;) {
		carry += iv[i];
		block[i] = (unsigned char)carry;
		carry >>= 8;
	}
}

int
cipher_seek(struct cipher *c, uint64_t off)
{
	unsigned char block[CIPHER_IV], skip[BLOCK] = { 0 };

	count(c->iv, off, block);
	if (EVP_EncryptInit_ex(
		c->ctx, EVP_aes_256_ctr(), NULL, c->key, block) != 1) {
		warn_msg("cannot start AES-256-CTR");
		ERR_clear_error();
		return -1;
	}
	return cipher_apply(c, skip, skip, (size_t)(off % BLOCK));
}

void
cipher_free(struct cipher *c)
{

	if (c == NULL)
		return;
	EVP_CIPHER_CTX_free(c->ctx);
	explicit_bzero(c, sizeof(*c));
	free(c);
}
