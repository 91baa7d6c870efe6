#include "restore/files/step_rename.h"

#include <string.h>

#include "archive/warn.h"
#include "restore/files/files.h"
#include "restore/files/names.h"

/* What stands under one of the names: 1 of the type that it should be, 2 of
 * another, 0 nothing, -1 said. */
static int
stands(struct restore *r, const struct plan_record *rec, const char *path)
{
	struct root_file f;
	int rc;

	if ((rc = root_stat(r->root, path, &f)) != 1)
		return rc;
	if (f.is_other || f.meta.type != rec->was->type)
		rc = 2;
	root_file_free(&f);
	return rc;
}

/* Neither name is there: is it that a folder above is not renamed yet? */
static enum step_state
look_above(struct restore *r, const struct plan_record *rec, struct buf *why)
{
	struct buf item = BUF_EMPTY, at = BUF_EMPTY;
	enum step_state state = STEP_FAILED;
	int rc = -1;

	if (buf_addf(&item, "file:%s", rec->cells[0].after) == 0)
		rc = names_stands(r->root, item.data, rec->item, &at);
	if (rc == 1)
		state = STEP_BEFORE;
	else if (rc == 0 && buf_adds(why, "it is gone") == 0)
		state = STEP_OTHER;
	buf_free(&item);
	buf_free(&at);
	return state;
}

static enum step_state
tell(struct buf *why, const char *what, const char *path)
{

	return buf_addf(why, "%s: %s", what, path) ? STEP_FAILED : STEP_OTHER;
}

enum step_state
rename_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{
	const char *from = rec->cells[0].before, *to = rec->cells[0].after;
	int was, is, rc;

	if (rec->was == NULL || from == NULL || to == NULL || *from != '/' ||
	    *to != '/') {
		warn_msg("%s: is no change of a name", rec->item);
		return STEP_FAILED;
	}
	if ((rc = root_parents(r->root, to, why)) != 1)
		return rc == 0 ? STEP_OTHER : STEP_FAILED;
	if ((was = stands(r, rec, from)) < 0 || (is = stands(r, rec, to)) < 0)
		return STEP_FAILED;
	if (was == 2 || is == 2)
		return tell(why, "something of another type stands there",
		    is == 2 ? to : from);
	if (was && is)
		return tell(why, "its other name is there too", to);
	if (!was && !is)
		return look_above(r, rec, why);
	return was ? STEP_BEFORE : STEP_AFTER;
}

/* Rename it when it is on side ${from}: 0, or -1 said. */
static int
step(struct restore *r, const struct plan_record *rec, enum step_state from)
{
	const struct plan_cell *c = &rec->cells[0];
	const char *dir = root_dir(r->root);
	struct buf why = BUF_EMPTY;
	enum step_state state;
	int rc = -1;

	state = rename_look(r, rec, &why);
	if (state == from)
		rc = from == STEP_BEFORE
			 ? root_rename(r->root, c->before, c->after)
			 : root_rename(r->root, c->after, c->before);
	else if (state == STEP_BEFORE || state == STEP_AFTER)
		rc = 0;
	if (state == STEP_OTHER || rc == 1)
		warn_msg("%s%s changed since the plan was made: %s",
		    strcmp(dir, "/") == 0 ? "" : dir, files_path(rec->item),
		    rc == 1 ? "its name, or the one that it should get"
			    : why.data);
	buf_free(&why);
	return rc == 0 ? 0 : -1;
}

int
rename_make(struct restore *r, const struct plan_record *rec)
{

	return step(r, rec, STEP_BEFORE);
}

int
rename_unmake(struct restore *r, const struct plan_record *rec)
{

	return step(r, rec, STEP_AFTER);
}
