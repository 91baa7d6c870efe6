#ifndef ARCHIVE_ADDRESS_MARK_H
#define ARCHIVE_ADDRESS_MARK_H

#include <stddef.h>
#include <stdint.h>

/**
 * address_mark: where an address could be, quickly; for the scanner of
 * address.h alone.  What is a mark is told by address_block.h; where the first
 * separator of an address is, a mark is.  Bytes are looked at once.
 */
struct address_marks {
	const unsigned char *d;
	size_t len;
	size_t base;   /* the block being looked at */
	uint64_t bits; /* marks of it that are still to come */
};

void address_marks_start(
    struct address_marks *m, const unsigned char *d, size_t len, size_t from);

/* The next mark, or the length of the bytes when there is none. */
size_t address_marks_next(struct address_marks *m);

/* Pass all marks before ${i}. */
void address_marks_pass(struct address_marks *m, size_t i);

#endif
