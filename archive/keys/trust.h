#ifndef ARCHIVE_TRUST_H
#define ARCHIVE_TRUST_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * trust: the public keys that the operator trusts.  They come from a file or a
 * folder that the operator names, else from the trust store of this machine,
 * ROOT/etc/novark/trusted.d; never from what they vouch for.
 *
 * A folder holds one public key in each file, and nothing else: what is no key
 * there is an error, so that none is overlooked.  Names that begin with a dot
 * are left out, and so is a folder revoked.d.
 *
 * Revoked keys win over everything.  They stand in the same way in
 * etc/novark/revoked.d below ROOT and of this machine, and in a folder
 * revoked.d in or beside the file or folder that the operator names.
 *
 * Nobody but root and the caller may be able to write to the store.
 */
struct trust;

/**
 * trust_open(path, root, out):
 * The keys of the file or folder ${path}; NULL: those of the trust store below
 * ${root} (NULL: "/"), which need not be there.  DONE with ${*out} for
 * trust_free; FAILED (said) when a key cannot be read or is none, or when
 * ${path} is a folder without any.
 */
enum outcome
trust_open(const char *path, const char *root, struct trust **out) MUST_CHECK;
void trust_free(struct trust *t);

/* Is there any key that could vouch?  Else all is refused that a revoked one
 * signed, and for the rest nobody vouches. */
int trust_any(const struct trust *t);

/**
 * trust_check(t, what, bytes, len, sig, siglen, signer):
 * Does a key of ${t} vouch for the bytes?  DONE with its fingerprint in
 * ${*signer} (borrowed from ${t}; NULL: ${t} has no key, nobody vouches);
 * REFUSED and said with ${what} in front when none does, or when the one that
 * does is revoked.
 */
enum outcome trust_check(const struct trust *t, const char *what,
    const void *bytes, size_t len, const unsigned char *sig, size_t siglen,
    const char **signer) MUST_CHECK;

/* The file that holds the trusted key of that fingerprint, or NULL. */
const char *trust_file(const struct trust *t, const char *signer);

/**
 * trust_still(root, what, signer):
 * Is the key of that fingerprint, which has vouched for ${what} before, not
 * revoked since, below ${root} or on this machine?  DONE; REFUSED or FAILED,
 * said.
 */
enum outcome
trust_still(const char *root, const char *what, const char *signer) MUST_CHECK;

/**
 * trust_may_sign(file, root):
 * May the private key ${file} sign: can it be opened, and is it not revoked
 * below ${root} or on this machine?  0, or -1 said.
 */
int trust_may_sign(const char *file, const char *root) MUST_CHECK;

#endif
