#ifndef ARCHIVE_BUNDLE_NEW_H
#define ARCHIVE_BUNDLE_NEW_H

#include <stdint.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/pack.h"
#include "archive/bundle/stored.h"
#include "archive/errand.h"
#include "archive/keys/cipher.h"
#include "archive/keys/recipients.h"
#include "archive/keys/sign.h"
#include "archive/lane.h"
#include "archive/node/newfile.h"

/* Inside the bundle room only: a bundle that is being written. */

/* A finished or growing part as it will stand in the bundle, in a file without
 * a name; or, where the bundle has no folder, laid aside. */
struct new_part {
	struct stored stored;
	uint64_t size;
	char sha256[65];
};

/* The item between bundle_begin and bundle_end.  Its first bytes wait in
 * memory; once they are many, a thread (lane.h) digests them and writes them to
 * a file without a name.  From there another one (errand.h) brings them into
 * the part while the next item is begun, until bundle_settle: meanwhile pack,
 * digest and cipher of the bundle are that one's. */
struct new_big {
	struct bundle_new *n;
	struct item *item; /* the caller's, or already the manifest's */
	struct buf bytes;
	struct lane *lane;      /* NULL: all in memory so far, or ended */
	struct zst_writer *zst; /* of the file, or NULL: there is none */
	struct cipher *cipher;
	int fd;
	uint64_t size;
	struct digest *digest;
	struct errand *errand; /* while it is brought into the part */
};

struct bundle_new {
	char *file;
	struct newfile *newfile;
	int streams; /* it goes out as it is written, and has no folder */
	struct sign_key *key;
	struct manifest *manifest;
	struct new_part parts[ITEM_PARTS];
	int current;              /* part that is (or will next be) written */
	struct pack_writer *pack; /* of it, or NULL */
	struct digest *digest;    /* of its stored bytes */
	struct recipients *to;    /* NULL: it is not encrypted */
	unsigned char secret[CIPHER_KEY];
	struct cipher *cipher;  /* of the part, when it is */
	struct new_big *big;    /* between begin and end, or NULL */
	struct new_big *behind; /* ended, on its way into the part, or NULL */
	int failed;             /* an entry is half written */
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

/* Wait until what was ended is in the part: 0, or -1 said.  Before anything
 * else is done with the part. */
int bundle_settle(struct bundle_new *n) MUST_CHECK;

/* Forget the item that is between begin and end, or behind it. */
void bundle_big_free(struct bundle_new *n);

#endif
