#ifndef CMD_MANUAL_TAKES_H
#define CMD_MANUAL_TAKES_H

#include "archive/buf.h"
#include "cmd/options.h"

/* takes: what may follow an option, for the completions. */
enum takes {
	TAKES_NOTHING,
	TAKES_TEXT,   /* something of one's own */
	TAKES_FILE,   /* a file; for public keys also a folder */
	TAKES_FOLDER, /* a folder */
	TAKES_WORDS   /* one of some words */
};

/**
 * takes_of(row, words, t):
 * What the option ${row} takes, into ${t}; for TAKES_WORDS the words are added
 * to ${words}, with bars between them.  0, or -1 said.
 */
int takes_of(
    const struct option_row *row, struct buf *words, enum takes *t) MUST_CHECK;

/* Add each option that the subcommand ${c} takes: 0, or -1 when ${add} says so.
 */
int takes_each(struct buf *b, enum command c,
    int (*add)(struct buf *, const struct option_row *)) MUST_CHECK;

/* What the operands of a subcommand ("FILE...", or "") are. */
enum takes takes_operands(const char *operands);

#endif
