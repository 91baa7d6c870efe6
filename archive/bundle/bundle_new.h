#ifndef ARCHIVE_BUNDLE_NEW_H
#define ARCHIVE_BUNDLE_NEW_H

#include <stdint.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/pack.h"
#include "archive/keys/cipher.h"
#include "archive/keys/recipients.h"
#include "archive/keys/sign.h"
#include "archive/node/newfile.h"

/* Inside the bundle room only: a bundle that is being written. */

/* A finished or growing part as it will stand in the bundle, in a file without
 * a name. */
struct new_part {
	int fd;
	uint64_t size;
	char sha256[65];
};

/* The item between bundle_begin and bundle_end.  Its first bytes wait in
 * memory; once they are many, in a file without a name. */
struct new_big {
	struct item *item; /* NULL: none is open */
	struct buf bytes;
	struct zst_writer *zst; /* NULL: all in memory so far */
	struct cipher *cipher;  /* of the file */
	int fd;
	uint64_t size;
	struct digest *digest;
};

struct bundle_new {
	char *file;
	struct newfile *newfile;
	struct sign_key *key;
	struct manifest *manifest;
	struct new_part parts[ITEM_PARTS];
	int current;              /* part that is (or will next be) written */
	struct pack_writer *pack; /* of it, or NULL */
	struct digest *digest;    /* of its stored bytes */
	struct recipients *to;    /* NULL: it is not encrypted */
	unsigned char secret[CIPHER_KEY];
	struct cipher *cipher; /* of the part, when it is */
	struct new_big big;
	int failed; /* an entry is half written */
};

/* May the item come next?  Said when not.  0 or -1. */
int bundle_admit(struct bundle_new *n, struct item *item) MUST_CHECK;

/* Go on to a part; ITEM_PARTS ends the last one.  0, or -1 said. */
int bundle_to_part(struct bundle_new *n, int part) MUST_CHECK;

/* Encrypt ${len} bytes of memory as a member, IV in front, appended to ${out}:
 * 0, or -1 said. */
int bundle_seal(struct bundle_new *n, const void *bytes, size_t len,
    struct buf *out) MUST_CHECK;

/* A stream of its own under the bundle's key; its IV into ${iv}: NULL, said. */
struct cipher *
bundle_seal_start(struct bundle_new *n, unsigned char iv[CIPHER_IV]) MUST_CHECK;

/* The member KEY.cms, appended to ${out}: 0, or -1 said. */
int bundle_seal_key(struct bundle_new *n, struct buf *out) MUST_CHECK;

/* Wipe and free what encryption needed. */
void bundle_seal_free(struct bundle_new *n);

/* Forget the item that is between begin and end. */
void bundle_big_free(struct bundle_new *n);

#endif
