#ifndef ARCHIVE_ADDRESS_TEXT_H
#define ARCHIVE_ADDRESS_TEXT_H

#include <stddef.h>
#include <stdint.h>

/**
 * address_text: the two spellings, shared by the scanner and the parser of
 * address.h; for no other room.
 */

/* Bits of ${address_class}[byte]. */
#define CLASS_DIGIT 1u
#define CLASS_HEX   2u /* digits too */
#define CLASS_ALNUM 4u /* digits and letters */
#define CLASS_MARK  8u /* . : - : no address without one of them */

extern const unsigned char address_class[256];

/**
 * address_text4(d, s, len, out, padded):
 * Read four decimal octets at ${s} of the ${len} bytes ${d}.  Return how many
 * bytes they take, or 0 when there are not exactly four: also when a digit, or
 * a dot and a digit, follows.  ${*padded}: an octet has a leading zero.
 */
size_t address_text4(const unsigned char *d, size_t s, size_t len,
    unsigned char out[4], int *padded);

/* The same for IPv6, 16 bytes; 0 also when a letter, digit or colon follows. */
size_t address_text6(
    const unsigned char *d, size_t s, size_t len, unsigned char out[16]);

#endif
