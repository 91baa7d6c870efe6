#ifndef ARCHIVE_ADDRESS_H
#define ARCHIVE_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

#include "archive/address/address_mark.h"
#include "archive/outcome.h"

/**
 * address: find IPv4 and IPv6 addresses in bytes, as whole tokens.
 *
 * IPv4: four decimal octets.  Not preceded by a digit or by a digit and a dot,
 * not followed by a digit or by a dot and a digit.  Any other neighbour is
 * fine: - _ = : / @ , ; " [ % letters.
 * IPv6: RFC 4291 section 2.2 in any spelling, also with a dotted tail; a
 * letter, a digit or a colon directly beside it makes it something else.
 * Six groups of two digits (a MAC) or eight (a WWN) are no address.
 * An escape in front (%20, %3A, \n, \u0020) is a boundary for both, although it
 * may end in a digit or a letter; where the digits behind a % can be read both
 * ways (%10.2.116.14), the escape counts if an address starts behind it.
 */

struct address {
	int family;              /* 4 or 6 */
	unsigned char bytes[16]; /* network order; 4 or 16 of them count */
};

/* How the token was written, where that matters to whoever replaces it. */
enum address_spelling {
	ADDRESS_PLAIN,
	/* 010.002.116.014: octal to some readers, so ambiguous. */
	ADDRESS_PADDED,
	/* 10-2-116-14 as whole part of a host name (ip-10-2-116-14). */
	ADDRESS_DASHED,
	/* ::ffff:10.2.116.14 or ::ffff:a02:740e; family is 4. */
	ADDRESS_MAPPED
};

struct address_token {
	/* The address alone: no brackets, no /prefix, no zone. */
	size_t off, len;
	struct address addr;
	enum address_spelling spelling;
	/* N of a following /N, or -1; of a mapped one as of the IPv4 address.
	 */
	int prefix;
};

/**
 * address_next(data, len, pos, token):
 * Find the first address token at or behind ${*pos}.  Return 1 with ${token}
 * filled and ${*pos} behind it, or 0 when there is none.  Linear in ${len}.
 */
int address_next(
    const char *data, size_t len, size_t *pos, struct address_token *token);

/**
 * The same for whoever wants all tokens of long bytes: what was looked at is
 * not looked at again from token to token.
 */
struct address_scan {
	size_t pos; /* behind the token found last */
	struct address_marks marks;
};

/* Tokens at or behind ${from} of ${data}, which must outlive the scan. */
void address_scan_start(
    struct address_scan *s, const char *data, size_t len, size_t from);

/* As address_next. */
int address_scan_next(struct address_scan *s, struct address_token *token);

/* Whole string to address: 0, or -1 when it is anything else (a prefix too). */
int address_parse(const char *s, struct address *a) MUST_CHECK;

/* Longest text of an address, with its NUL. */
#define ADDRESS_TEXT 46

/* Write the canonical text (RFC 5952 for IPv6) into ${text}; its length. */
size_t address_print(const struct address *a, char text[ADDRESS_TEXT]);

/* -1, 0, 1: by family, then by number. */
int address_compare(const struct address *a, const struct address *b);

/* 1 for loopback, unspecified, broadcast, multicast, netmasks: never "own". */
int address_special(const struct address *a);

#endif
