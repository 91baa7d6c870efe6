#ifndef ARCHIVE_RECIPIENTS_H
#define ARCHIVE_RECIPIENTS_H

#include <openssl/x509.h>
#include <stddef.h>

#include "archive/outcome.h"

/**
 * recipients: those to whom something is encrypted, by their certificates
 * (X.509, PEM, with an RSA or an EC key).  The operator names the files; whom
 * to believe is settled with that, so its chain is not checked, and one that
 * has expired is only told of; but its key must be one that can do it.
 */
struct recipients;

/**
 * recipients_open(files):
 * The certificates in ${files}, ended by NULL: NULL, said, when one cannot be
 * read, is no certificate or several (a chain: whose is it?), has a key that is
 * neither RSA nor EC or is too weak, or is there twice.
 */
struct recipients *recipients_open(const char *const *files) MUST_CHECK;
void recipients_free(struct recipients *r);

size_t recipients_count(const struct recipients *r);
X509 *recipients_certificate(const struct recipients *r, size_t i);

/* A name as RFC 2253 writes it, malloced; NULL: out of memory. */
char *recipients_name(const X509_NAME *name) MUST_CHECK;

#endif
