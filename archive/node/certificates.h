#ifndef ARCHIVE_CERTIFICATES_H
#define ARCHIVE_CERTIFICATES_H

#include <stddef.h>

#include "archive/address/address.h"
#include "archive/outcome.h"

/**
 * certificates: the X.509 certificates in a file, and the addresses that each
 * of them is for: of its alternative names (IP, DNS, URI) and its common name.
 * Private keys that stand beside them are passed over.
 */
struct certificates_one {
	const char *subject;   /* one line of ASCII: "CN = ctl.example" */
	const char *not_after; /* 2027-11-22T10:00:00Z */
	const struct address *addresses;
	size_t naddresses;
};

/* 0 to go on; anything else ends the walk and is its result. */
typedef int certificates_fn(void *cookie, const struct certificates_one *c);

/* 1 when the bytes hold a certificate in PEM. */
int certificates_in(const char *bytes, size_t len);

/**
 * certificates_walk(bytes, len, fn, cookie):
 * Call ${fn} for every certificate of a file in PEM, or the one of a file in
 * DER, that names an address.  What cannot be read is passed over.  Return 0,
 * what ${fn} returned, or -1 said (memory).  Untrusted input: yes.
 */
int certificates_walk(const char *bytes, size_t len, certificates_fn *fn,
    void *cookie) MUST_CHECK;

#endif
