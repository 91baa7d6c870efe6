#ifndef ARCHIVE_SIGN_H
#define ARCHIVE_SIGN_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * sign: Ed25519 over whole byte strings, keys in PEM as openssl reads and
 * writes them (RFC 8410: PKCS#8 and SubjectPublicKeyInfo).
 */
struct sign_key;

#define SIGN_LEN 64

/* Make NAME.key (0600) and NAME.pub; neither may exist.  ${*id} (malloced) is
 * the fingerprint.  0, or -1 (said) and neither file is left. */
int sign_keygen(const char *name, char **id) MUST_CHECK;

/* Read a private key.  One that others may read is refused (said): NULL. */
struct sign_key *sign_open(const char *file) MUST_CHECK;
/* Read a public key: NULL (said) when it is none. */
struct sign_key *sign_trust(const char *file) MUST_CHECK;
void sign_free(struct sign_key *k);

/* "SHA256:" and 43 characters of base64: of the SubjectPublicKeyInfo DER. */
const char *sign_id(const struct sign_key *k);

int sign_make(const struct sign_key *k, const void *bytes, size_t len,
    unsigned char sig[SIGN_LEN]) MUST_CHECK;
/* 0 only when it holds; -1 else, silent. */
int sign_check(const struct sign_key *k, const void *bytes, size_t len,
    const unsigned char *sig, size_t siglen) MUST_CHECK;

#endif
