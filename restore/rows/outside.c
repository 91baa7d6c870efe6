#include "restore/rows/outside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/node/path.h"

/* May the glob mean a row of the table?  Its name, or how it begins. */
static int
names_row(const char *glob, const struct item_table *t)
{
	char *row;
	size_t len;
	int rc;

	if (asprintf(&row, "row:%s.%s:", t->schema, t->table) == -1)
		return 1;
	len = strlen(row);
	rc = strncmp(glob, row, len) == 0 || path_glob(glob, row);
	free(row);
	return rc;
}

int
outside_held(const struct restore *r, const struct item *item)
{
	const char *const *glob = r->opt->also;

	if (!item->table->outside)
		return 0;
	for (; glob != NULL && *glob != NULL; glob++)
		if (path_glob(*glob, item->name) ||
		    names_row(*glob, item->table))
			return 0;
	return 1;
}

int
outside_differs(struct restore *r, const struct item *item)
{

	return plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, item->name, NULL,
	    "outside",
	    "outside the catalogue, and no table here is as it was: its rows "
	    "are left out");
}

int
outside_absent(struct restore *r, const struct item *item, const char *row)
{

	if (!item->table->outside || restore_also(r, item->name, NULL) ||
	    restore_also(r, row, NULL))
		return 0;
	return plan_say(r->plan, PLAN_HELD, ITEM_TABLE, row, NULL, "outside",
		   "outside the catalogue: the row is not here, and is not "
		   "made")
		   ? -1
		   : 1;
}
