#include "restore/rows/unique.h"

#include <stdlib.h>
#include <string.h>

#include "archive/manifest/table_facts.h"
#include "archive/warn.h"
#include "restore/preflight/finding.h"
#include "restore/rows/claims.h"
#include "restore/rows/unique_query.h"
#include "restore/rows/waits.h"

struct unique {
	struct restore *r;
	const struct target *t;
	struct claims *claims;
	struct waits *waits;
	struct unique_query **query; /* one for each key; NULL: not looked at */
	size_t n;
	struct db_value *now, *then; /* the row as it is, as it will be */
	uint64_t turn;
};

/* Cells of the key's columns; 0 when one of them was not captured. */
static int
find_cells(const struct target *t, const struct table_unique *key, size_t *cell)
{
	size_t i, k;

	for (k = 0; k < key->ncolumns; k++) {
		for (i = 0; i < t->rules.n; i++)
			if (strcmp(t->rules.rule[i].column->name,
				key->columns[k].name) == 0)
				break;
		if (i == t->rules.n)
			return 0;
		cell[k] = i;
	}
	return 1;
}

/* The primary key's columns are numbers, or bits of time: no row gets another
 * one. */
static int
stays(const struct target *t, const struct table_unique *key)
{
	size_t k;

	if (strcmp(key->name, "PRIMARY") != 0)
		return 0;
	for (k = 0; k < t->rules.nkey; k++)
		if (t->rules.rule[t->rules.key[k]].text)
			return 0;
	return 1;
}

/* Keys that the bundle does not fill cannot be foreseen. */
static int
add_key(struct unique *u, const struct table_unique *key, size_t at)
{
	size_t *cell;
	int rc = -1;

	if ((cell = calloc(key->ncolumns + 1, sizeof(*cell))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (!find_cells(u->t, key, cell))
		rc = plan_say(u->r->plan, PLAN_NOTE, ITEM_TABLE,
		    u->t->source->name, NULL, "unique-key",
		    "its unique key %s is over a column that the bundle does "
		    "not fill: it is not looked at",
		    key->name);
	else if ((u->query[at] = unique_query_new(
		      u->t, key, cell, (unsigned int)at, u->claims)) != NULL)
		rc = 0;
	free(cell);
	return rc;
}

struct unique *
unique_new(struct restore *r, const struct target *t)
{
	const struct table_facts *f = t->here->table->facts;
	struct unique *u;
	size_t i;

	if ((u = calloc(1, sizeof(*u))) == NULL)
		goto err0;
	u->r = r;
	u->t = t;
	if (f == NULL || f->nunique == 0 || r->reading)
		return u;
	u->now = calloc(t->rules.n + 1, sizeof(*u->now));
	u->then = calloc(t->rules.n + 1, sizeof(*u->then));
	u->query = calloc(f->nunique, sizeof(struct unique_query *));
	if (u->now == NULL || u->then == NULL || u->query == NULL)
		goto err0;
	u->n = f->nunique;
	if ((u->claims = claims_new()) == NULL ||
	    (u->waits = waits_new()) == NULL)
		goto err1;
	for (i = 0; i < u->n; i++)
		if (!stays(t, &f->unique[i]) && add_key(u, &f->unique[i], i))
			goto err1;
	return u;

err0:
	warn_msg("out of memory");
err1:
	unique_free(u);
	return NULL;
}

void
unique_free(struct unique *u)
{
	size_t i;

	if (u == NULL)
		return;
	for (i = 0; i < u->n; i++)
		unique_query_free(u->query[i]);
	claims_free(u->claims);
	waits_free(u->waits);
	free(u->query);
	free(u->now);
	free(u->then);
	free(u);
}

/* The row as it will be: what stays, and what the cells set. */
static void
fill_then(struct unique *u, const struct db_value *current,
    const struct plan_cell *cells, size_t n)
{
	const struct cell_rules *rules = &u->t->rules;
	size_t i, k;

	for (i = k = 0; i < rules->n; i++) {
		if (current != NULL)
			u->then[i] = current[i];
		else
			u->then[i] = (struct db_value){ NULL, 0 };
		/* Cells stand in the order of the columns. */
		if (k < n && cells[k].name == rules->rule[i].column->name) {
			u->then[i].data = cells[k].after;
			u->then[i].len = cells[k].after_len;
			k++;
		}
	}
}

int
unique_row(struct unique *u, const char *name, const struct db_value *current,
    const struct plan_cell *cells, size_t n)
{
	size_t i;

	u->turn++;
	if (u->n == 0)
		return 0;
	fill_then(u, current, cells, n);
	for (i = 0; i < u->n; i++)
		if (u->query[i] != NULL && unique_query_row(u->query[i], name,
					       u->turn, current, u->then))
			return -1;
	return 0;
}

/* "address, deleted" */
static int
columns_of(const struct table_unique *key, struct buf *out)
{
	size_t i;

	for (i = 0; i < key->ncolumns; i++)
		if (buf_addf(
			out, "%s%s", i == 0 ? "" : ", ", key->columns[i].name))
			return -1;
	return 0;
}

static int
say(struct unique *u, unsigned int at, const char *row, const char *other,
    const char *has)
{
	const struct table_unique *key = &u->t->here->table->facts->unique[at];
	struct buf columns = BUF_EMPTY;
	int rc = -1;

	if (columns_of(key, &columns) == 0)
		rc = finding_add(u->r, ITEM_TABLE, row, key->columns[0].name,
		    "unique-key", "unique key %s (%s): %s %s --not '%s'",
		    key->name, columns.data, other, has, row);
	buf_free(&columns);
	return rc;
}

static int
tell(void *cookie, enum clash what, unsigned int at, const char *row,
    const char *other)
{
	struct unique *u = cookie;

	switch (what) {
	case CLASH_WANTED:
		return say(u, at, row, other,
		    "is to have the same values: correct the map, or leave one "
		    "of the two out with");
	case CLASH_HERE:
		return say(u, at, row, other,
		    "has these values here: change or remove that row, or "
		    "leave this one out with");
	case CLASH_FREED:
		break;
	}
	return waits_add(u->waits, at, row, other);
}

/* Rows that pass values on to each other in a circle: no server lets them. */
static int
tell_circle(void *cookie, unsigned int at, const char *row, const char *other)
{

	return say(cookie, at, row, other,
	    "has these values here, and waits in turn for this one to change "
	    "(a swap): change one of them by hand, or leave all of them out, "
	    "this one with");
}

int
unique_end(struct unique *u)
{
	size_t i;

	for (i = 0; i < u->n; i++)
		if (u->query[i] != NULL && unique_query_end(u->query[i]))
			return -1;
	if (u->n == 0)
		return 0;
	if (claims_tell(u->claims, tell, u))
		return -1;
	return waits_tell(u->waits, tell_circle, u);
}
