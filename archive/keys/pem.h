#ifndef ARCHIVE_PEM_H
#define ARCHIVE_PEM_H

#include <openssl/evp.h>
#include <sys/types.h>

#include "archive/buf.h"

/**
 * pem: files that hold keys or certificates as text.  No pass phrase is ever
 * asked for.
 */

/* The whole file (regular, at most LIMIT_KEY) appended to ${out}, and its mode:
 * 0, or -1 said.  ${what} names it in messages: "key". */
int pem_read(const char *what, const char *file, mode_t *mode,
    struct buf *out) MUST_CHECK;

/* Does that text stand in it? */
int pem_has(const struct buf *pem, const char *text);

/* The first private key, or public key, in it; NULL, silent. */
EVP_PKEY *pem_secret(const struct buf *pem) MUST_CHECK;
EVP_PKEY *pem_public(const struct buf *pem) MUST_CHECK;

/* 1 and said when ${mode} lets others at the private key ${file}. */
int pem_exposed(const char *file, mode_t mode);

/* A pem_password_cb that knows none. */
int pem_no_phrase(char *to, int size, int rw, void *cookie);

#endif
