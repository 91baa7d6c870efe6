#ifndef ARCHIVE_ADDRESS_MARK_H
#define ARCHIVE_ADDRESS_MARK_H

#include <stddef.h>
#include <stdint.h>

/**
 * address_mark: where an address could be, quickly; for the scanner of
 * address.h alone.  A mark is the first of three dots or dashes that have
 * digits on both sides and one to three bytes between them; or a colon, with a
 * colon behind it or a group on both sides, that five more follow as near as
 * groups put them, or that is not far from two side by side.  So dates, times,
 * MACs and most UUIDs have no mark.  Bytes are looked at once, in blocks of 64;
 * what a block cannot tell, because it is decided behind its end, is a mark.
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
