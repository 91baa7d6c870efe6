/**
 * Key files.  A private key that is read makes signatures that hold under what
 * OpenSSL says its public half is, under no other bytes and not when a bit of
 * them is changed; the fingerprint is of that half.
 */
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "archive/keys/sign.h"
#include "tests/fuzz/fuzz.h"

static const char text[] = "novark";

static void
check_id(const char *id)
{

	MUST(strncmp(id, "SHA256:", 7) == 0 && strlen(id) == 50);
	MUST(strspn(id + 7, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
			    "yz0123456789+/") == 43);
}

/* The public half, as OpenSSL finds it in the bytes. */
static struct sign_key *
public_of(const uint8_t *data, size_t len)
{
	BIO *in = BIO_new_mem_buf(data, (int)len), *out = BIO_new(BIO_s_mem());
	struct sign_key *k;
	EVP_PKEY *pkey;
	char path[64], none[1] = "", *pem;
	long n;
	int fd;

	MUST(in != NULL && out != NULL);
	pkey = PEM_read_bio_PrivateKey(in, NULL, NULL, none);
	MUST(pkey != NULL && PEM_write_bio_PUBKEY(out, pkey) == 1);
	n = BIO_get_mem_data(out, &pem);
	fd = fuzz_file(pem, (size_t)n, path);
	MUST((k = sign_trust(path)) != NULL);
	close(fd);
	EVP_PKEY_free(pkey);
	BIO_free(in);
	BIO_free(out);
	return k;
}

static void
check_private(const struct sign_key *k, const uint8_t *data, size_t len)
{
	struct sign_key *pub = public_of(data, len);
	unsigned char sig[SIGN_LEN];

	MUST(strcmp(sign_id(k), sign_id(pub)) == 0);
	MUST(sign_make(k, text, sizeof(text), sig) == 0);
	MUST(sign_check(pub, text, sizeof(text), sig, SIGN_LEN) == 0);
	MUST(sign_check(pub, text, sizeof(text) - 1, sig, SIGN_LEN) == -1);
	MUST(sign_check(pub, text, sizeof(text), sig, SIGN_LEN - 1) == -1);
	sig[len % SIGN_LEN] ^= 1;
	MUST(sign_check(pub, text, sizeof(text), sig, SIGN_LEN) == -1);
	sign_free(pub);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	unsigned char sig[SIGN_LEN] = { 0 };
	struct sign_key *k;
	char path[64];
	int fd;

	fd = fuzz_file(data, len, path);
	MUST(fchmod(fd, 0600) == 0);
	if ((k = sign_open(path)) != NULL) {
		check_id(sign_id(k));
		check_private(k, data, len);
		sign_free(k);
		/* Never one that others may read. */
		MUST(fchmod(fd, 0640) == 0);
		MUST(sign_open(path) == NULL);
	}
	if ((k = sign_trust(path)) != NULL) {
		check_id(sign_id(k));
		MUST(sign_check(k, text, sizeof(text), sig, 0) == -1);
		sign_free(k);
	}
	close(fd);
	warn_forget();
	return 0;
}
