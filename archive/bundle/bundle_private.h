#ifndef ARCHIVE_BUNDLE_PRIVATE_H
#define ARCHIVE_BUNDLE_PRIVATE_H

#include "archive/bundle/bundle.h"
#include "archive/bundle/outer.h"
#include "archive/bundle/sums.h"
#include "archive/keys/cipher.h"
#include "archive/keys/sign.h"

/* Inside the bundle room only: an open bundle. */
struct bundle {
	char *file; /* as it is called in messages */
	struct stored stored;
	struct outer_member members[OUTER_ALL];
	struct sums sums;
	char digest[65];
	unsigned char signature[SIGN_LEN];
	char *signer, *signer_file;
	int sealed;                       /* it is encrypted */
	struct buf envelope;              /* then: KEY.cms */
	int shut;                         /* no key was given for it */
	unsigned char secret[CIPHER_KEY]; /* its key */
	struct manifest *manifest;        /* NULL: it is shut */
	bundle_tick *tick;                /* bundle_watch, or NULL */
	void *cookie;
	enum outcome outcome; /* of the last -1 that a part gave */
};

/* A member's name in this bundle. */
const char *bundle_member_name(const struct bundle *b, enum outer_id id);

/* A whole small member, appended to ${out}: DONE, FAILED, REFUSED. */
enum outcome bundle_member_load(struct bundle *b, enum outer_id id,
    size_t limit, struct buf *out) MUST_CHECK;

/* The digest of a stored member against SHA256SUMS: likewise. */
enum outcome bundle_member_check(struct bundle *b, enum outer_id id) MUST_CHECK;

/* Open an encrypted bundle with the private key file ${decrypt}, or leave it
 * shut where that is NULL.  Behind SHA256SUMS, in front of the manifest. */
enum outcome bundle_key_open(struct bundle *b, const char *decrypt) MUST_CHECK;

/* The stream of a member whose IV is ${iv}: NULL, said. */
struct cipher *bundle_key_stream(
    const struct bundle *b, const unsigned char iv[CIPHER_IV]) MUST_CHECK;

/**
 * bundle_budget(m, part, stored):
 * NULL when what the manifest says of a part's items is no more than its
 * ${stored} bytes may unpack to (limits.h), else which rule is broken.
 * Reader and writer both ask.  Untrusted input: yes.
 */
const char *bundle_budget(
    const struct manifest *m, enum item_part part, uint64_t stored) MUST_CHECK;

#endif
