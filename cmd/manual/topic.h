#ifndef CMD_MANUAL_TOPIC_H
#define CMD_MANUAL_TOPIC_H

#include <stddef.h>

/* topic: what "novark help TOPIC" tells of: each a section of the man page. */
struct topic {
	const char *name, *section, *about;
};

/* The topics: ${*n} of them, in the order in which they are listed. */
const struct topic *topic_rows(size_t *n);

#endif
