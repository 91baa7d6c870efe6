#ifndef RESTORE_NEEDS_INNER_H
#define RESTORE_NEEDS_INNER_H

#include "archive/look/tally.h"
#include "restore/preflight/needs.h"

/**
 * The needs as their own files see them: needs collects, needs_tell looks.
 */

/* What is named, by which item and where. */
struct want {
	enum need_kind kind;
	char *name, *item, *place;
};

/* Things brought are counted below their kinds, and these. */
#define NEEDS_BRIDGE ITEM_KINDS
#define NEEDS_USAGE  (ITEM_KINDS + 1)

struct needs {
	struct want *w;
	size_t n, cap;
	struct tally *wanted; /* by need_kind: how many want it */
	struct tally *brought;
	char **names; /* those of ${brought} */
	size_t nnames, namescap;
	const char *item; /* whose definition is looked at */
};

/* 1 when a thing of that kind and name is brought. */
int needs_brought(const struct needs *n, size_t below, const char *name);

#endif
