#include "restore/preflight/finding.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "archive/node/path.h"
#include "archive/warn.h"
#include "restore/preflight/finding_table.h"

#define ROWS (sizeof(rows) / sizeof(rows[0]))

const struct finding_row *
finding_rows(size_t *n)
{

	*n = ROWS;
	return rows;
}

static const struct finding_row *
find_row(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if (strlen(rows[i].name) == len &&
		    memcmp(rows[i].name, name, len) == 0)
			return &rows[i];
	}
	return NULL;
}

int
finding_may_waive(const char *name)
{
	const struct finding_row *row;

	if (name == NULL || (row = find_row(name, strlen(name))) == NULL)
		return 0;
	return row->may_waive;
}

/* What may be written behind --force-preflight. */
static void
say_names(void)
{
	struct buf names = BUF_EMPTY;
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if (rows[i].may_waive &&
		    buf_addf(&names, "%s%s", names.len > 0 ? ", " : "",
			rows[i].name) == -1)
			goto out;
	}
	warn_msg("--force-preflight takes NAME or NAME:ITEM, NAME being one "
		 "of: %s",
	    names.data);
out:
	buf_free(&names);
}

int
finding_check(const char *const *waive)
{
	const struct finding_row *row;
	size_t len;
	int rc = 0;

	for (; waive != NULL && *waive != NULL; waive++) {
		len = strcspn(*waive, ":");
		row = find_row(*waive, len);
		if (row != NULL && row->may_waive && (*waive)[len] == '\0')
			continue;
		if (row != NULL && row->may_waive && (*waive)[len + 1] != '\0')
			continue;
		if (row != NULL && !row->may_waive)
			warn_msg("--force-preflight %s: it cannot be waived "
				 "(%s): leave the item out with --not",
			    *waive, row->about);
		else if (row != NULL)
			warn_msg(
			    "--force-preflight %s: no item behind the colon",
			    *waive);
		else
			warn_msg("--force-preflight %s: there is no such "
				 "finding",
			    *waive);
		rc = -1;
	}
	if (rc == -1)
		say_names();
	return rc;
}

/* Does one of --force-preflight's arguments fit? */
static int
is_waived(
    const char *const *waive, const struct finding_row *row, const char *item)
{
	size_t len = strlen(row->name);

	if (!row->may_waive)
		return 0;
	for (; waive != NULL && *waive != NULL; waive++) {
		if (strncmp(*waive, row->name, len) != 0)
			continue;
		if ((*waive)[len] == '\0')
			return 1;
		if ((*waive)[len] == ':' && item != NULL &&
		    path_glob(*waive + len + 1, item))
			return 1;
	}
	return 0;
}

int
finding_add(struct restore *r, enum item_kind kind, const char *item,
    const char *place, const char *name, const char *fmt, ...)
{
	const struct finding_row *row;
	enum plan_type type;
	char *text;
	va_list ap;
	int rc;

	if ((row = find_row(name, strlen(name))) == NULL) {
		warn_msg("%s: not in the table of findings", name);
		return -1;
	}
	va_start(ap, fmt);
	text = warn_text(fmt, ap);
	va_end(ap);
	if (text == NULL)
		return -1;
	type = is_waived(r->opt->waive, row, item) ? PLAN_WAIVED : PLAN_FINDING;
	rc = plan_say(r->plan, type, kind, item, place, name, "%s", text);
	free(text);
	return rc;
}
