#ifndef ARCHIVE_CIPHER_H
#define ARCHIVE_CIPHER_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * cipher: AES-256 in counter mode (NIST SP 800-38A) over a stream of bytes, as
 * openssl enc -aes-256-ctr does it: the IV is the first counter block.  To
 * encrypt and to decrypt are the same.
 *
 * It hides bytes and keeps their number.  It does not notice that they were
 * changed: what is decrypted must be what a signed digest says, before.  And
 * the same key and IV must never cover two streams: each gets an IV of its own,
 * or a key.
 */
struct cipher;

#define CIPHER_KEY 32
#define CIPHER_IV  16

/* Bytes that nobody can guess: 0, or -1 said. */
int cipher_random(void *to, size_t len) MUST_CHECK;

/* A stream from its first byte on: NULL, said. */
struct cipher *cipher_new(const unsigned char key[CIPHER_KEY],
    const unsigned char iv[CIPHER_IV]) MUST_CHECK;

/* One under a random key that nobody is told, for a temporary file that this
 * process reads back: NULL, said. */
struct cipher *cipher_private(void) MUST_CHECK;

/* The next ${len} bytes of the stream; ${to} may be ${from}: 0, or -1 said. */
int cipher_apply(
    struct cipher *c, const void *from, void *to, size_t len) MUST_CHECK;

/* Go on at byte ${off} of the stream: 0, or -1 said. */
int cipher_seek(struct cipher *c, uint64_t off) MUST_CHECK;

/* The key is wiped.  NULL is fine. */
void cipher_free(struct cipher *c);

#endif
