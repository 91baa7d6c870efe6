#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/keys/sign.h"
#include "archive/keys/sign_private.h"
#include "archive/node/newfile.h"
#include "archive/warn.h"

/* Write one PEM; it has no name yet. */
static struct newfile *
pem_write(const char *file, mode_t mode, EVP_PKEY *pkey)
{
	struct newfile *n;
	char *pem;
	BIO *bio;
	long len;
	int ok;

	if ((n = newfile_open(file, mode, NEWFILE_NEVER)) == NULL)
		goto err0;
	/* OpenSSL wipes the memory of such a BIO when it goes. */
	if ((bio = BIO_new(BIO_s_mem())) == NULL)
		goto err1;
	ok = mode == 0600 ? PEM_write_bio_PKCS8PrivateKey(
				bio, pkey, NULL, NULL, 0, NULL, NULL)
			  : PEM_write_bio_PUBKEY(bio, pkey);
	if (ok != 1 || (len = BIO_get_mem_data(bio, &pem)) <= 0) {
		BIO_free(bio);
		goto err1;
	}
	ok = newfile_write(n, pem, (size_t)len);
	BIO_free(bio);
	if (ok == 0)
		return n;
	newfile_discard(n);
	return NULL;

err1:
	warn_msg("cannot write %s: out of memory", file);
	newfile_discard(n);
err0:
	return NULL;
}

/* Both files, or neither. */
static int
pair_write(EVP_PKEY *pkey, const char *secret, const char *public)
{
	struct newfile *sn, *pn;

	if ((sn = pem_write(secret, 0600, pkey)) == NULL)
		goto err0;
	if ((pn = pem_write(public, 0644, pkey)) == NULL)
		goto err1;
	if (newfile_commit(sn) == -1) {
		sn = NULL;
		goto err2;
	}
	if (newfile_commit(pn) == -1) {
		(void)unlink(secret);
		goto err0;
	}
	return 0;

err2:
	newfile_discard(pn);
err1:
	newfile_discard(sn);
err0:
	return -1;
}

int
sign_keygen(const char *name, char **id)
{
	char *secret = NULL, *public = NULL;
	struct sign_key *k;
	EVP_PKEY *pkey;

	if (asprintf(&secret, "%s.key", name) == -1) {
		warn_msg("out of memory");
		goto err0;
	}
	if (asprintf(&public, "%s.pub", name) == -1) {
		warn_msg("out of memory");
		goto err1;
	}
	if ((pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")) == NULL) {
		warn_msg("cannot make an Ed25519 key");
		goto err2;
	}
	if ((k = sign_new(pkey)) == NULL)
		goto err2;
	if ((*id = strdup(sign_id(k))) == NULL) {
		warn_msg("out of memory");
		goto err3;
	}
	if (pair_write(pkey, secret, public) == -1)
		goto err4;
	sign_free(k);
	free(public);
	free(secret);
	return 0;

err4:
	free(*id);
	*id = NULL;
err3:
	sign_free(k);
err2:
	free(public);
err1:
	free(secret);
err0:
	return -1;
}
