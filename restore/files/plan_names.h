#ifndef RESTORE_PLAN_NAMES_H
#define RESTORE_PLAN_NAMES_H

#include "restore/files/names.h"

/* The cell of a change that gives a file, link or folder another name. */
#define RENAME_CELL "path"

/* Is it such a change? */
int rename_is(const struct plan_record *rec);

/* What only the operator can decide of an item's name: 1 its name is fine; 0
 * not (told), the item is left alone; -1 said. */
int plan_names_fit(struct restore *r, const struct item *item,
    const struct names *n) MUST_CHECK;

/* Add what becomes of the name of an item that stands here as ${here} (NULL: it
 * does not stand here): the change, or the held address in it.  0, or -1 said.
 */
int plan_names_add(struct restore *r, const struct item *item,
    const struct names *n, const struct root_file *here) MUST_CHECK;

/**
 * plan_rename_add(r, item, now, from, to, here):
 * Add the change that renames ${from} to ${to}; it stands at ${now} before any
 * change.  0, or -1 said.
 */
int plan_rename_add(struct restore *r, const char *item, const char *now,
    const char *from, const char *to, const struct root_file *here) MUST_CHECK;

#endif
