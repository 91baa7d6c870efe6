#include "archive/keys/sign.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/keys/pem.h"
#include "archive/keys/sign_private.h"
#include "archive/warn.h"

/* "SHA256:" and the base64 of 32 bytes, with its "=". */
#define ID_LEN (7 + 44)

struct sign_key {
	EVP_PKEY *pkey;
	char id[ID_LEN + 1];
};

struct sign_key *
sign_new(EVP_PKEY *pkey)
{
	unsigned char *der = NULL, md[32];
	struct sign_key *k;
	unsigned int mdlen;
	int len;

	if ((k = calloc(1, sizeof(*k))) == NULL)
		goto err0;
	if ((len = i2d_PUBKEY(pkey, &der)) <= 0)
		goto err1;
	if (EVP_Digest(der, (size_t)len, md, &mdlen, EVP_sha256(), NULL) != 1)
		goto err2;
	memcpy(k->id, "SHA256:", 7);
	EVP_EncodeBlock((unsigned char *)k->id + 7, md, 32);
	k->id[strcspn(k->id, "=")] = '\0';
	k->pkey = pkey;
	OPENSSL_free(der);
	return k;

err2:
	OPENSSL_free(der);
err1:
	free(k);
err0:
	warn_msg("out of memory");
	EVP_PKEY_free(pkey);
	return NULL;
}

static struct sign_key *
key_open(const char *file, int secret)
{
	struct buf pem = BUF_EMPTY;
	EVP_PKEY *pkey = NULL;
	const char *why;
	mode_t mode;

	if (pem_read("key", file, &mode, &pem) == -1)
		goto err0;
	if ((pkey = secret ? pem_secret(&pem) : pem_public(&pem)) == NULL) {
		if (pem_has(&pem, "ENCRYPTED"))
			why =
			    "has a pass phrase, which novark does not ask for";
		else if (secret && pem_has(&pem, "PUBLIC KEY"))
			why =
			    "is a public key; the private one signs (NAME.key)";
		else if (!secret && pem_has(&pem, "PRIVATE KEY"))
			why =
			    "is a private key; give the public one (NAME.pub)";
		else
			why = "is no key in PEM; novark keygen makes one";
		warn_msg("%s %s", file, why);
		goto err0;
	}
	if (EVP_PKEY_get_id(pkey) != EVP_PKEY_ED25519) {
		warn_msg("%s is no Ed25519 key; novark keygen makes one", file);
		goto err1;
	}
	if (secret && pem_exposed(file, mode))
		goto err1;
	buf_wipe(&pem);
	return sign_new(pkey);

err1:
	EVP_PKEY_free(pkey);
err0:
	buf_wipe(&pem);
	return NULL;
}

struct sign_key *
sign_open(const char *file)
{

	return key_open(file, 1);
}

struct sign_key *
sign_trust(const char *file)
{

	return key_open(file, 0);
}

void
sign_free(struct sign_key *k)
{

	if (k == NULL)
		return;
	EVP_PKEY_free(k->pkey);
	free(k);
}

const char *
sign_id(const struct sign_key *k)
{

	return k->id;
}

int
sign_make(const struct sign_key *k, const void *bytes, size_t len,
    unsigned char sig[SIGN_LEN])
{
	EVP_MD_CTX *ctx;
	size_t siglen = SIGN_LEN;
	int rc = -1;

	if ((ctx = EVP_MD_CTX_new()) != NULL &&
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, k->pkey) == 1 &&
	    EVP_DigestSign(ctx, sig, &siglen, bytes, len) == 1 &&
	    siglen == SIGN_LEN)
		rc = 0;
	else
		warn_msg("signing failed");
	EVP_MD_CTX_free(ctx);
	ERR_clear_error();
	return rc;
}

int
sign_check(const struct sign_key *k, const void *bytes, size_t len,
    const unsigned char *sig, size_t siglen)
{
	EVP_MD_CTX *ctx;
	int rc = -1;

	if ((ctx = EVP_MD_CTX_new()) != NULL && siglen == SIGN_LEN &&
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, k->pkey) == 1 &&
	    EVP_DigestVerify(ctx, sig, siglen, bytes, len) == 1)
		rc = 0;
	EVP_MD_CTX_free(ctx);
	ERR_clear_error();
	return rc;
}
