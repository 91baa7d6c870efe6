#ifndef ARCHIVE_OUTER_H
#define ARCHIVE_OUTER_H

#include <stddef.h>
#include <stdint.h>

#include "archive/bundle/stored.h"
#include "archive/outcome.h"

/**
 * outer: the tar that a bundle is.  Its headers are looked at before anything
 * is trusted, so they have one form only: a header is a function of name and
 * size, and the reader builds it again and compares all 512 bytes.  Lines of
 * our own instead of libarchive's, because these canonical bytes are the point:
 * no bit of a header or of the padding can change unseen, and no parser is
 * exposed.
 */
enum outer_id {
	OUTER_SUMS,
	OUTER_SIG,
	OUTER_MANIFEST,
	OUTER_FILES,
	OUTER_LIBVIRT,
	OUTER_DATABASE,
	OUTER_KEY /* of encrypted bundles only, behind the signature */
};
/* What every bundle has, and what an encrypted one has. */
#define OUTER_MEMBERS 6
#define OUTER_ALL     7
#define OUTER_BLOCK   512
/* The two zero blocks behind the last member. */
#define OUTER_END (2 * OUTER_BLOCK)

struct outer_member {
	uint64_t off; /* of its first byte in the file; 0: it is not there */
	uint64_t size;
};

/* "SHA256SUMS", ...: as in a bundle that is not encrypted. */
const char *outer_name(enum outer_id id);
/* As in one that is: "MANIFEST.json.enc", ... */
const char *outer_name_sealed(enum outer_id id);

/* The header of a member of that name (at most 100 bytes) and size. */
void
outer_header(const char *name, uint64_t size, unsigned char block[OUTER_BLOCK]);

/* Zero bytes that follow ${size} bytes: 0 to 511. */
size_t outer_padding(uint64_t size);

/* The members in the order in which they stand: ${*n} of them. */
const enum outer_id *outer_order(int sealed, size_t *n);

/**
 * outer_scan(s, members):
 * Check that ${s} is a tar with exactly the members of a bundle, in order, with
 * zero padding, and its end where the file ends; tell where each is.  DONE,
 * FAILED (cannot read), REFUSED; said by warn. Untrusted input: yes.  Reads
 * nothing of the members' bytes.
 */
enum outcome outer_scan(
    const struct stored *s, struct outer_member members[OUTER_ALL]) MUST_CHECK;

/* Does it say that it is encrypted? */
int outer_sealed(const struct outer_member members[OUTER_ALL]);

#endif
