#ifndef RESTORE_LISTENS_H
#define RESTORE_LISTENS_H

#include "restore/restore.h"

/**
 * listens: the addresses that this host must have, or where something should
 * answer, once what is captured stands here as the map wants it: where domains
 * and services listen, by a table of options (listen_table.h), and every
 * "address:port" of a service's configuration.  Each address and port once.
 */
struct listen {
	struct address addr;
	unsigned int port;  /* 0: none is named */
	int must;           /* listened on here: the host must have it */
	char *item, *place; /* the first that names it */
	size_t places;
};

struct listens {
	struct listen *l;
	size_t n, cap;
	/* Their numbers, counted from 1, where address and port lead. */
	size_t *slot, slots;
};

/* Read from the bundle what is wanted of it (--only, --not), through the map,
 * once: ${*out} is kept in ${r}.  DONE, FAILED or REFUSED. */
enum outcome
listens_find(struct restore *r, const struct listens **out) MUST_CHECK;
void listens_free(struct listens *l);

/* For the rooms that read (0, or -1 said): one more place; a configuration's
 * bytes; a domain's definition. */
int listens_add(struct listens *l, const struct listen *one) MUST_CHECK;
int listens_lines(struct listens *l, const struct item *item, const char *bytes,
    size_t len) MUST_CHECK;
int listens_domain(struct listens *l, const char *item, const char *xml,
    size_t len) MUST_CHECK;

#endif
