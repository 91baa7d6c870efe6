#include "restore/allow/code_file.h"

#include <string.h>

#include "archive/node/fileset.h"
#include "restore/allow/allow.h"
#include "restore/allow/code_table.h"

static const struct code_row *
find_row(const char *path)
{
	size_t i, len;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		len = strlen(rows[i].path);
		if (strncmp(path, rows[i].path, len) == 0 &&
		    (path[len] == '\0' || path[len] == '/'))
			return &rows[i];
	}
	return NULL;
}

int
code_file(struct restore *r, const struct item *item, const char *path)
{
	const struct code_row *row;

	if (item->file->type == FILE_DIRECTORY ||
	    (row = find_row(path)) == NULL ||
	    (!row->always && fileset_lists(path)))
		return 0;
	if (!allow_released(r->opt->allow, "hook", item->name))
		return plan_say(r->plan, r->reading ? PLAN_NOTE : PLAN_FINDING,
		    ITEM_FILE, item->name, NULL, "not-allowed",
		    "%s; a bundle may not bring a file that the host runs or "
		    "obeys as root: leave it out with --not '%s', or, if that "
		    "is meant, --allow hook",
		    row->what, item->name);
	if (r->reading)
		return 0;
	return plan_say(r->plan, PLAN_WAIVED, ITEM_FILE, item->name, NULL,
	    "not-allowed", "%s: --allow hook", row->what);
}
