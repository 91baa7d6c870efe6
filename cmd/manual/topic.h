#ifndef CMD_MANUAL_TOPIC_H
#define CMD_MANUAL_TOPIC_H

#include "archive/buf.h"

/**
 * topic: what "novark help WORD" tells, from the man page that is built in.
 *
 * A topic is a section of it (topic_table.h).  Other words are looked up where
 * its lists have an item of that name: options, findings, what --allow
 * releases, exit codes, files, variables.
 */
struct topic {
	const char *name, *section, *about;
	const char *refer; /* the command that shows it */
	/* Adds what is said behind a single item of it: 0 or -1; or NULL. */
	int (*behind)(struct buf *b, const char *item);
};

/* The topics: ${*n} of them, in the order in which they are listed. */
const struct topic *topic_rows(size_t *n);

/**
 * topic_tell(word, b):
 * Add to ${b} what there is on ${word}, as text for a terminal: the section of
 * the topic of that name, then each item of that name with the section that it
 * is in.  1; 0: nothing; -1 said.
 */
int topic_tell(const char *word, struct buf *b) MUST_CHECK;

#endif
