#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/accounts.h"
#include "archive/num.h"
#include "archive/warn.h"

static const struct {
	const char *table, *one;
} kinds[DB_DEFINED] = {
	{ "VIEWS", "view" },
	{ "TRIGGERS", "trigger" },
	{ "ROUTINES", "routine" },
	{ "EVENTS", "event" },
};

void
db_definers_free(struct db_definer *list, size_t n)
{

	while (n-- > 0) {
		free(list[n].name.user);
		free(list[n].name.host);
	}
	free(list);
}

/* The entry of "user@host", made when it is the first; NULL said. */
static struct db_definer *
enter(struct db_definer **list, size_t *n, char *name)
{
	char *at = strrchr(name, '@'), none[] = "";
	struct db_definer *more;
	const char *host = none;
	size_t i;

	if (at != NULL) {
		*at = '\0';
		host = at + 1;
	}
	for (i = 0; i < *n; i++)
		if (db_account_same(&(*list)[i].name, name, host))
			return &(*list)[i];
	more = reallocarray(*list, *n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	*list = more;
	more += *n;
	memset(more, 0, sizeof(*more));
	(*n)++;
	if (manifest_set(&more->name.user, name) ||
	    manifest_set(&more->name.host, host))
		return NULL;
	return more;
}

static int
count(struct db_definer **list, size_t *n, size_t kind,
    const struct db_value *cells)
{
	struct db_definer *d = NULL;
	char *name = NULL;
	uint64_t found = 0;

	if (cells[0].data == NULL || cells[1].data == NULL ||
	    num_u64(cells[1].data, UINT64_MAX, &found))
		return 0;
	if (manifest_set(&name, cells[0].data) == 0)
		d = enter(list, n, name);
	free(name);
	if (d == NULL)
		return -1;
	d->n[kind] += found;
	return 0;
}

static int
read_kind(struct db *db, size_t kind, struct db_definer **list, size_t *n)
{
	struct buf sql = BUF_EMPTY;
	const struct db_value *cells;
	struct db_rows *rows;
	int rc = -1;

	if (buf_addf(&sql,
		"SELECT CAST(DEFINER AS BINARY), COUNT(*)"
		" FROM information_schema.%s GROUP BY 1 ORDER BY 1",
		kinds[kind].table) ||
	    db_select(db, &sql, 0, &rows))
		goto out;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = count(list, n, kind, cells)) != 0)
			break;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

int
db_definers_read(struct db *db, struct db_definer **list, size_t *n)
{
	size_t kind;

	*list = NULL;
	*n = 0;
	for (kind = 0; kind < DB_DEFINED; kind++)
		if (read_kind(db, kind, list, n)) {
			db_definers_free(*list, *n);
			return -1;
		}
	return 0;
}

int
db_definer_print(const struct db_definer *d, struct buf *out)
{
	size_t kind, left = 0;
	const char *between = "";

	for (kind = 0; kind < DB_DEFINED; kind++)
		left += d->n[kind] > 0;
	for (kind = 0; kind < DB_DEFINED; kind++) {
		if (d->n[kind] == 0)
			continue;
		if (buf_addf(out, "%s%" PRIu64 " %s%s", between, d->n[kind],
			kinds[kind].one, d->n[kind] == 1 ? "" : "s"))
			return -1;
		between = --left == 1 ? " and " : ", ";
	}
	return 0;
}
