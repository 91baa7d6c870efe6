#ifndef ARCHIVE_BUNDLE_H
#define ARCHIVE_BUNDLE_H

#include <stdint.h>
#include <sys/types.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"

/**
 * bundle: the one file (FORMAT.md), written whole or not at all, read only
 * behind its signature; plain or encrypted.
 *
 * Reading: bundle_open checks outer headers, signature and SHA256SUMS, then the
 * manifest's digest, and only then parses the manifest.  bundle_part checks the
 * digest of a whole part before the first byte of it is decompressed; every
 * item's digest and size are checked again as it is read.  All through one
 * descriptor.  There is no flag that weakens any of it; who only looks at a
 * bundle may do so without any trusted key: digests are still checked, and
 * bundle_signer says NULL.  Of an encrypted one nothing is decrypted before the
 * signature of a trusted key holds, and no plaintext of a part is ever written
 * to a disk.
 *
 * Writing: bundle_create, bundle_put for every item, part by part in the order
 * files, libvirt, database; bundle_commit signs, assembles, and gives the file
 * its name.  Until then nothing stands under any visible name where the file
 * system allows that (O_TMPFILE); bundle_discard or a kill leaves nothing under
 * the final name.
 */
struct bundle;
struct bundle_part;
struct bundle_new;

/* What the operator brings to a bundle; nothing of it is ever taken from it. */
struct bundle_keys {
	/* Public keys: a file or a folder (archive/keys/trust.h); NULL: those
	 * of the trust store, where it has any. */
	const char *trust;
	/* Private key file that opens an encrypted one; NULL: it stays shut. */
	const char *decrypt;
	/* Below which the trust store stands; NULL: "/". */
	const char *root;
	/* Only to be looked at: without any key nobody vouches for it, and it
	 * is opened all the same. */
	int look;
};

/**
 * bundle_open(file, keys, out):
 * Open ${file} with ${keys}; "-" is standard input, a file of that name is
 * "./-".  OUTCOME_DONE with ${*out} for the caller to
 * close; OUTCOME_FAILED when the system refuses (no such file, no permission,
 * key unreadable); OUTCOME_USAGE when no key was brought and there is none in
 * the trust store; OUTCOME_REFUSED when what is there is no bundle or does not
 * hold.  Said by warn.
 */
enum outcome bundle_open(const char *file, const struct bundle_keys *keys,
    struct bundle **out) MUST_CHECK;

/* As bundle_open, which refuses (FAILED) an encrypted bundle without
 * ${keys->decrypt}: here it opens, shut.  Then there is no manifest and no
 * part, and only what follows here, bundle_check and bundle_close are for it.
 */
enum outcome bundle_open_shut(const char *file, const struct bundle_keys *keys,
    struct bundle **out) MUST_CHECK;
void bundle_close(struct bundle *b);

int bundle_is_encrypted(const struct bundle *b);
int bundle_is_shut(const struct bundle *b);
/* Of SHA256SUMS (and the manifest). */
const char *bundle_id(const struct bundle *b);
const char *bundle_created(const struct bundle *b);
const char *bundle_host(const struct bundle *b);
/* Bytes of its manifest as stored. */
uint64_t bundle_manifest_size(const struct bundle *b);

/* Who can open an encrypted one: issuer and serial number of their
 * certificates (nobody, where nobody vouches for it).  ${tell} returns 0, or -1
 * (said) to stop.  DONE, FAILED, REFUSED. */
typedef int bundle_tell(void *cookie, const char *issuer, const char *serial);
enum outcome bundle_recipients(
    const struct bundle *b, bundle_tell *tell, void *cookie) MUST_CHECK;

const struct manifest *bundle_manifest(const struct bundle *b);
/* "SHA256:..." of the key that vouches for it, or NULL: opened without one. */
const char *bundle_signer(const struct bundle *b);
/* The file of that key, as it was found; or NULL. */
const char *bundle_signer_file(const struct bundle *b);
/* SHA-256 (hex) of SHA256SUMS: names these very bytes. */
const char *bundle_digest(const struct bundle *b);
/* The SIGN_LEN bytes of its signature: only who has the bundle knows them. */
const unsigned char *bundle_signature(const struct bundle *b);
/* Stored bytes of a part (compressed, encrypted). */
uint64_t bundle_part_size(const struct bundle *b, enum item_part part);

/**
 * bundle_part_open(b, part, out):
 * Start reading a part from its first item.  OUTCOME_DONE, _FAILED, _REFUSED.
 */
enum outcome bundle_part_open(
    struct bundle *b, enum item_part part, struct bundle_part **out) MUST_CHECK;

/**
 * bundle_part_next(p, item):
 * Go to the next item (unread bytes of the one before are read and checked).
 * Return 1 with ${*item}, 0 at the end of the part (every item of the manifest
 * was there), or -1: refused (said).
 */
int
bundle_part_next(struct bundle_part *p, const struct item **item) MUST_CHECK;

/**
 * bundle_part_read(p, buf, len):
 * Up to ${len} bytes of the current item; 0 at its end, which is only reached
 * when size and digest held; -1 refused (said).
 */
ssize_t
bundle_part_read(struct bundle_part *p, void *buf, size_t len) MUST_CHECK;

/* The whole current item, at most LIMIT_ITEM, appended to ${out}; 0 or -1. */
int bundle_part_load(struct bundle_part *p, struct buf *out) MUST_CHECK;

/**
 * The value of the current secret item, as it stands in the bundle (base64),
 * appended to ${out}.  Only while the item is current and has_value, and once;
 * bytes of the item that were not read until then are read and checked, and
 * gone. The reader wipes its own copy.  0 or -1.
 */
int bundle_part_value(struct bundle_part *p, struct buf *out) MUST_CHECK;

/* The bundle's file, for messages. */
const char *bundle_part_file(const struct bundle_part *p);

void bundle_part_close(struct bundle_part *p);

/* Why the last -1 of a part came: OUTCOME_REFUSED, or OUTCOME_FAILED (the
 * system could not read, memory ended, an item larger than LIMIT_ITEM).
 * OUTCOME_DONE while there was none since bundle_part_open. */
enum outcome bundle_outcome(const struct bundle *b);

/* One whole item by name, for a look at it (audit): DONE, FAILED, REFUSED;
 * FAILED and said when there is none of that name. */
enum outcome
bundle_load(struct bundle *b, const char *name, struct buf *out) MUST_CHECK;

/* Read a part, or everything (of a shut bundle: what is stored), and check
 * every digest, and that each item's bytes are of the form of its kind: a
 * definition (xml_judge.h) of its name, a secret's value base64, rows as many
 * and as wide as the manifest says.  DONE, FAILED or REFUSED. */
enum outcome
bundle_check_part(struct bundle *b, enum item_part part) MUST_CHECK;
enum outcome bundle_check(struct bundle *b) MUST_CHECK;

/* How many bytes a bundle_check of all reads: those of items, or of a shut
 * bundle what is stored. */
uint64_t bundle_bytes(const struct bundle *b);
/* From now on ${tick} (NULL: nobody) is told of as many of these as were read
 * and are being checked, in the thread that reads. */
typedef void bundle_tick(void *cookie, uint64_t n);
void bundle_watch(struct bundle *b, bundle_tick *tick, void *cookie);

/* As bundle_check; ${look} gets the bytes of each table as well, as they are
 * stored, piece by piece. */
typedef void bundle_look(
    void *cookie, const struct item *item, const char *bytes, size_t len);
enum outcome
bundle_check_look(struct bundle *b, bundle_look *look, void *cookie) MUST_CHECK;

/* The same of the item that is current in ${p}, for who reads others of its
 * part himself; of a table that was read so (rows.h), what is left to check:
 * 0, or -1 said, refused unless bundle_outcome says else. */
int
bundle_check_item(struct bundle_part *p, const struct item *item) MUST_CHECK;
int bundle_check_count(const struct bundle_part *p, const struct item *item,
    uint64_t rows) MUST_CHECK;

/**
 * bundle_create(file, key, force, out):
 * Start a new bundle that will be ${file}, signed with the private key file
 * ${key}.  Refuses (said, OUTCOME_FAILED) when ${file} exists and not ${force},
 * when its folder is not writable, or when the key cannot be read.
 */
enum outcome bundle_create(const char *file, const char *key, int force,
    struct bundle_new **out) MUST_CHECK;

/**
 * bundle_create_stream(fd, name, key, size, out):
 * As bundle_create, but bundle_commit writes it to ${fd}, a pipe or whatever
 * was opened by somebody else, ${name} in messages; ${*size} tells how many
 * bytes went there.  Nothing goes out before bundle_commit, and what waits
 * until then is laid aside (archive/aside.h).  A bundle that failed meanwhile
 * is cut, and its reader refuses it.  ${fd} stays the caller's.
 */
enum outcome bundle_create_stream(int fd, const char *name, const char *key,
    uint64_t *size, struct bundle_new **out) MUST_CHECK;

/**
 * bundle_encrypt(n, certificates):
 * Encrypt it to those certificates (files, ended by NULL; recipients.h), under
 * a random key of its own.  To be called before anything is put into it.  0, or
 * -1 said.
 */
int bundle_encrypt(
    struct bundle_new *n, const char *const *certificates) MUST_CHECK;

/* The manifest to fill in: borrowed, lives until commit or discard. */
struct manifest *bundle_new_manifest(struct bundle_new *n);

/**
 * bundle_put(n, item, bytes, len):
 * Add a small item with its bytes (counted for the address index by its own
 * format; XML for libvirt).  Fills in size and sha256.  Hands ${item} over on
 * success: 0; -1 (said) and it is still the caller's.
 */
int bundle_put(struct bundle_new *n, struct item *item, const void *bytes,
    size_t len) MUST_CHECK;

/* As bundle_put; the caller has filled in size and sha256. */
int bundle_put_digested(struct bundle_new *n, struct item *item,
    const void *bytes, size_t len) MUST_CHECK;

/* As bundle_put, for a secret with its value (base64 text). */
int bundle_put_secret(struct bundle_new *n, struct item *item, const void *xml,
    size_t len, const void *value, size_t value_len) MUST_CHECK;

/* An item of a description whose bytes are not carried (manifest_carries): its
 * size and sha256 are the caller's.  Handed over like bundle_put's. */
int bundle_list(struct bundle_new *n, struct item *item) MUST_CHECK;

/**
 * A large item whose size is not known at first (a table): bundle_begin, then
 * bundle_write as often as needed, then bundle_end.  The bytes are spooled
 * (private, unlinked, compressed) until the size is known.  The caller counts
 * addresses itself (manifest_count) before bundle_end.  begin borrows ${item},
 * end takes it over.
 */
int bundle_begin(struct bundle_new *n, struct item *item) MUST_CHECK;
int
bundle_write(struct bundle_new *n, const void *bytes, size_t len) MUST_CHECK;
int bundle_end(struct bundle_new *n, struct item *item) MUST_CHECK;

/**
 * bundle_commit(n, signer):
 * Write manifest, digests and signature, assemble, fsync, give it its name,
 * fsync the folder.  Frees ${n} either way.  ${*signer} (malloced) is the key's
 * fingerprint.
 */
enum outcome bundle_commit(struct bundle_new *n, char **signer) MUST_CHECK;
void bundle_discard(struct bundle_new *n);

#endif
