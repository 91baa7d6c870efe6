#ifndef RESTORE_ALLOW_REFUSAL_H
#define RESTORE_ALLOW_REFUSAL_H

#include <libxml/tree.h>

#include "restore/allow/allow.h"

/**
 * refusal: what of one definition may not be, told once for each name of
 * name_table.h, with the first place and how many more there are.  A definition
 * of a million devices is not a plan of a million lines.
 *
 *   start from zeros with r and item; refusal_add; refusal_tell; refusal_free
 */
#define REFUSAL_NAMES 24
struct refusal {
	struct restore *r;
	const struct item *item;
	struct refusal_row {
		size_t n;
		struct buf place, text; /* of the first */
	} row[REFUSAL_NAMES];
};

/* ${text}, cut, is about the element, or its attribute: 0, or -1 said.
 * ${node} NULL: about the whole. */
int refusal_add(struct refusal *all, const char *name, xmlNodePtr node,
    const char *attr, const char *text) MUST_CHECK;

/* As findings, waived ones or (verify) notes: 0, or -1 said. */
int refusal_tell(const struct refusal *all) MUST_CHECK;
void refusal_free(struct refusal *all);

#endif
