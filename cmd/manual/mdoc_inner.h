#ifndef CMD_MANUAL_MDOC_INNER_H
#define CMD_MANUAL_MDOC_INNER_H

#include "cmd/manual/mdoc.h"

/* Inside mdoc only. */

/* Lists in lists, and words of one line. */
#define MDOC_LISTS 4
#define MDOC_WORDS 48

struct mdoc_list {
	size_t indent;    /* of its items */
	size_t body;      /* of what they say */
	unsigned number;  /* of a numbered one: the last; else 0 */
	int tag, compact; /* a head before each item; no line between them */
};

struct mdoc {
	struct buf *b;
	mdoc_refer *refer;
	size_t indent; /* of the next line */
	size_t column; /* where the line is; 0: at its beginning */
	int glued;     /* no space before the next word */
	int gap;       /* an empty line before the next word */
	int began;     /* something was written */
	int literal;   /* lines as they are */
	int failed;    /* memory ended */
	struct mdoc_list lists[MDOC_LISTS];
	size_t depth;
};

/* A word, folded into the line; text of escapes is undone. */
void mdoc_word(struct mdoc *m, const char *word, size_t len);
/* End the line, if there is one. */
void mdoc_newline(struct mdoc *m);

/**
 * mdoc_inline(m, words, n):
 * The ${n} ${words} of a line, which begins with a macro for text (Fl, Ar ...).
 * 0; -1 said: that is none.
 */
int mdoc_inline(struct mdoc *m, char *const *words, size_t n) MUST_CHECK;

#endif
