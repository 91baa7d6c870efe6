#ifndef ARCHIVE_ENVELOPE_H
#define ARCHIVE_ENVELOPE_H

#include <stddef.h>

#include "archive/buf.h"
#include "archive/keys/cipher.h"
#include "archive/keys/recipients.h"
#include "archive/outcome.h"

/**
 * envelope: a bundle's key for its recipients, CMS EnvelopedData (RFC 5652) in
 * DER, as openssl cms reads it: RSA keys by OAEP with SHA-256, EC keys by ECDH
 * (RFC 5753) with SHA-256.  Its contents are ENVELOPE_TEXT bytes: the key as
 * lower-case hex digits, and a newline.
 */
#define ENVELOPE_TEXT (2 * CIPHER_KEY + 1)

/* Append one with ${key} for all of ${to}: 0, or -1 said. */
int envelope_seal(const struct recipients *to,
    const unsigned char key[CIPHER_KEY], struct buf *out) MUST_CHECK;

/**
 * envelope_open(what, bytes, len, file, key):
 * Open one with the private key in ${file}: DONE with ${key}; FAILED (said)
 * when the file holds no key, one that others may use, or one of no recipient;
 * REFUSED (said, ${what} in front) when the bytes are no such envelope.  Only
 * for bytes that a trusted signature covers.
 */
enum outcome envelope_open(const char *what, const void *bytes, size_t len,
    const char *file, unsigned char key[CIPHER_KEY]) MUST_CHECK;

/* Who can open it: called with the issuer's name and the serial number (hex) of
 * each certificate.  0; -1 (said) when the callback says so. */
typedef int envelope_tell(void *cookie, const char *issuer, const char *serial);

/* As envelope_open without a key: DONE, FAILED, REFUSED. */
enum outcome envelope_list(const char *what, const void *bytes, size_t len,
    envelope_tell *tell, void *cookie) MUST_CHECK;

#endif
