#ifndef ARCHIVE_TABCHECK_H
#define ARCHIVE_TABCHECK_H

#include <stddef.h>
#include <stdint.h>

/**
 * tabcheck: are these the rows that tabfile writes?  Looked at as they come by,
 * so that rows of any size take no memory.  Start zeroed, but for ${ncells}.
 * Untrusted input: yes.  Allocates: nothing.
 */
struct tabcheck {
	size_t ncells;   /* that each row must have */
	uint64_t rows;   /* so far */
	const char *why; /* which rule row number ${rows} + 1 breaks, or NULL */
	size_t cells;    /* behind it: inside the module only */
	uint64_t bytes;
	int state;
};

/* Some bytes more: 0, or -1 (silent): ${why}. */
int tabcheck_add(struct tabcheck *t, const char *bytes, size_t len);

/* The bytes are over: likewise. */
int tabcheck_end(struct tabcheck *t);

#endif
