#ifndef ARCHIVE_MANIFEST_PENDING_H
#define ARCHIVE_MANIFEST_PENDING_H

#include <stddef.h>
#include <stdint.h>

#include "archive/address/address.h"

/**
 * manifest_pending: inside the manifest room only.  How often each address
 * stands in some bytes, as a hash table: it grows with the addresses that
 * differ, not with the bytes.  Start zeroed, end with pending_free.
 */
struct pending {
	struct pending_count *slots; /* n is 0 where one is free */
	size_t n;
	size_t nslots; /* a power of two, more than n; or 0 */
};

struct pending_count {
	struct address addr;
	uint64_t n;
};

/* ${n} more of an address: 0, or -1 said. */
int
pending_add(struct pending *p, const struct address *a, uint64_t n) MUST_CHECK;

/* Every address of some bytes, each once more: 0, or -1 said. */
int
pending_add_bytes(struct pending *p, const char *bytes, size_t len) MUST_CHECK;

/**
 * pending_add_json(p, bytes, len):
 * Every address that place.h finds in bytes which are taken for JSON, without
 * a parser where that says the same: an address stands in a string there, or
 * the bytes are no JSON and count as text; only those in names of members make
 * a difference.  1; 0 when nothing was added, because there is one of those; -1
 * said.
 */
int
pending_add_json(struct pending *p, const char *bytes, size_t len) MUST_CHECK;

/* All that is in ${from}, too: 0, or -1 said. */
int pending_merge(struct pending *p, const struct pending *from) MUST_CHECK;

/* Forget all. */
void pending_free(struct pending *p);

#endif
