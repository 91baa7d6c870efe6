#ifndef ARCHIVE_ADDRESS_MARK_H
#define ARCHIVE_ADDRESS_MARK_H

#include <stddef.h>
#include <stdint.h>

/**
 * address_mark: where an address could be, quickly; for the scanner of
 * address.h alone.  A mark is a dot or dash between two digits, or a colon that
 * has a colon behind it or hex digits on both sides.  Most bytes are in no
 * address, and are passed 64 at a time.
 */
struct address_marks {
	const unsigned char *d;
	size_t len;
	size_t base;   /* the block being looked at */
	uint64_t bits; /* marks of it that are still to come */
};

/* Start at ${from}; what stands before it is seen as neighbour only. */
void address_marks_start(
    struct address_marks *m, const unsigned char *d, size_t len, size_t from);

/* The next mark, or the length of the bytes when there is none. */
size_t address_marks_next(struct address_marks *m);

/* Pass all marks before ${i}. */
void address_marks_pass(struct address_marks *m, size_t i);

#endif
