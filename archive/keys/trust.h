#ifndef ARCHIVE_TRUST_H
#define ARCHIVE_TRUST_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * trust: the public keys that the operator trusts.  They come from a file or a
 * folder that the operator names, else from the trust store of this machine;
 * never from what they vouch for.
 */
struct trust;

/**
 * trust_open(path, root, out):
 * The keys of ${path}.  DONE with ${*out} for trust_free; FAILED (said) when a
 * key cannot be read.
 */
enum outcome
trust_open(const char *path, const char *root, struct trust **out) MUST_CHECK;
void trust_free(struct trust *t);

/**
 * trust_check(t, what, bytes, len, sig, siglen, signer):
 * Does a key of ${t} vouch for the bytes?  DONE with its fingerprint in
 * ${*signer} (borrowed from ${t}; NULL where ${t} is NULL: nobody vouches);
 * REFUSED and said with ${what} in front when none does.
 */
enum outcome trust_check(const struct trust *t, const char *what,
    const void *bytes, size_t len, const unsigned char *sig, size_t siglen,
    const char **signer) MUST_CHECK;

#endif
