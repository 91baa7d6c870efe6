#ifndef RESTORE_RECEIPT_H
#define RESTORE_RECEIPT_H

#include "restore/journal/journal.h"
#include "restore/next/next_steps.h"
#include "restore/papers/paper.h"
#include "restore/restore.h"

/**
 * receipt: the dated record of a restore that ended, or of its undo, for the
 * change ticket: which bundle, which map, every change with the digests of
 * before and after, what was waived, what verify found, what is left to do.
 *
 * It stands beside the journal: receipt.json, undo.json (mode 0600, paper.h).
 * Signed, a detached 64-byte Ed25519 signature over its bytes stands beside it
 * (.sig), which "openssl pkeyutl -verify -rawin" checks.
 *
 * No value is in it.  A file or definition without any secret has its plain
 * SHA-256, as sha256sum shows it.  All else (what has a secret in it, rows) has
 * a digest keyed with receipt.key, which stands beside the journal too and goes
 * nowhere: who reads the receipt cannot guess a short password by its digest,
 * and who is root on the host can still tell whether it was this one.
 */
struct receipt_about {
	enum journal_way way;
	int verified; /* the plan of the restore is the verify's */
	enum outcome outcome;
	const struct next_steps *next; /* or NULL */
	const char *sign;              /* private key, or NULL */
	const char *copy; /* write it there, too (and its .sig), or NULL */
	int force;        /* replace the copy */
};

/* 0 when the receipt could be signed and copied so, by a key that is not
 * revoked below ${root} (trust.h); -1 said.  For before anything is changed. */
int receipt_ready(
    const char *sign, const char *root, const char *copy, int force) MUST_CHECK;

/* Write it, from the journal of ${r}: 0 with its name in ${*file} (malloced),
 * or -1 said. */
int receipt_write(struct restore *r, const struct receipt_about *about,
    char **file) MUST_CHECK;

/* Is there one beside the journal already? */
int receipt_there(const struct journal *j, enum journal_way way);

#define RECEIPT_KIND    "novark-receipt"
#define RECEIPT_VERSION 1

struct receipt;

/* 1 when the file begins as a receipt does; silent. */
int receipt_begins(const char *file);

/**
 * receipt_open(file, keys, out):
 * Check the signature, before anything is parsed; then all of the document. One
 * without a signature is refused when ${keys} name a public key; else, and when
 * there is no key to check it with, nobody vouches for it.  DONE, FAILED, or
 * REFUSED: said.  Untrusted input: yes.
 */
enum outcome receipt_open(const char *file, const struct bundle_keys *keys,
    struct receipt **out) MUST_CHECK;
void receipt_close(struct receipt *r);

/* To be read from its first member on. */
struct paper *receipt_paper(struct receipt *r);
/* Fingerprint of the key that vouches for it, or NULL. */
const char *receipt_signer(const struct receipt *r);

#endif
