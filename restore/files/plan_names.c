#include "restore/files/plan_names.h"

#include <string.h>

#include "archive/node/fileset.h"
#include "restore/files/files.h"
#include "restore/plan/there.h"
#include "restore/preflight/finding.h"

int
rename_is(const struct plan_record *rec)
{

	return rec->kind == ITEM_FILE && rec->type == PLAN_CHANGE &&
	       rec->ncells == 1 && strcmp(rec->cells[0].name, RENAME_CELL) == 0;
}

/* An address in the name of a file stays, where nothing finds it by that. */
static int
held_name(struct restore *r, const struct item *item)
{
	const char *name = strrchr(item->name, '/') + 1;
	struct held_cookie held = { r, ITEM_FILE, item->name, item->name };
	const char *path = files_path(item->name);
	int kept = fileset_kept(path) == strlen(path), rc;
	struct buf out = BUF_EMPTY;

	rc = files_map(r, item->name, PLACE_VALUE, name, strlen(name), &out,
	    kept ? NULL : restore_held, &held);
	if (rc == 0 && kept &&
	    (out.len != strlen(name) || memcmp(out.data, name, out.len) != 0))
		rc = plan_say(r->plan, PLAN_HELD, ITEM_FILE, item->name, "name",
		    "file-name",
		    "the name of a file is not changed: let its program make "
		    "a new one, then remove this: %s",
		    name);
	buf_free(&out);
	return rc;
}

int
plan_names_fit(
    struct restore *r, const struct item *item, const struct names *n)
{
	const char *what =
	    "look which of them is needed and move the other away";

	if (n->state == NAMES_BLOCKED)
		return 0;
	if (n->state != NAMES_BOTH)
		return 1;
	/* Which of two names is the old one, nobody could tell half-way. */
	if (manifest_find(r->manifest, n->item.data) != NULL)
		what = "the bundle has both, and a name that is taken from one "
		       "to the next is not changed: move this one away, and "
		       "let its program make it again";
	return finding_add(r, ITEM_FILE, item->name, NULL, "two-names",
		   "%s stands here, and %s, which it would be renamed to: %s "
		   "(--not '%s' leaves it out)",
		   n->from.data, files_path(n->item.data), what, item->name)
		   ? -1
		   : 0;
}

int
plan_rename_add(struct restore *r, const char *item, const char *now,
    const char *from, const char *to, const struct root_file *here)
{
	struct plan_cell cell = { .name = RENAME_CELL,
		.before = from,
		.before_len = strlen(from),
		.after = to,
		.after_len = strlen(to) };
	struct plan_record rec = { .type = PLAN_CHANGE,
		.kind = ITEM_FILE,
		.item = item,
		.source = item,
		.cells = &cell,
		.ncells = 1,
		.was = &here->meta,
		.will = &here->meta };
	const char *why;

	if (!r->reading && !there(r)->may_write(r, now, NULL, &why) &&
	    finding_add(r, ITEM_FILE, item, NULL, "file-permission",
		"it cannot be renamed: %s (--not '%s' leaves it out)", why,
		item))
		return -1;
	return plan_add(r->plan, &rec);
}

int
plan_names_add(struct restore *r, const struct item *item,
    const struct names *n, const struct root_file *here)
{

	if (held_name(r, item))
		return -1;
	if (n->state != NAMES_OLD || here == NULL)
		return 0;
	return plan_rename_add(r, item->name, n->now.data, n->from.data,
	    files_path(n->item.data), here);
}
