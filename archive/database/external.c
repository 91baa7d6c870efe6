#include "archive/database/external.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/database/db_schema.h"
#include "archive/database/rows.h"
#include "archive/warn.h"

struct external {
	void *ids; /* a tree of strings */
	size_t n;
};

/* What a table's rows say, and the cells that say it. */
struct saying {
	const struct catalog_external *rule;
	size_t id, through, test; /* cells; NONE: not asked for */
};
#define NONE    ((size_t)-1)
#define SAY_MAX 4

static int
compare(const void *a, const void *b)
{

	return strcmp(a, b);
}

static struct external *
external_new(void)
{
	struct external *e;

	if ((e = calloc(1, sizeof(*e))) == NULL)
		warn_msg("out of memory");
	return e;
}

void
external_free(struct external *e)
{

	if (e == NULL)
		return;
	tdestroy(e->ids, free);
	free(e);
}

size_t
external_count(const struct external *e)
{

	return e == NULL ? 0 : e->n;
}

int
external_has(const struct external *e, const struct db_value *id)
{
	char text[64];

	if (e == NULL || id->data == NULL || id->len >= sizeof(text))
		return 0;
	memcpy(text, id->data, id->len);
	text[id->len] = '\0';
	return strlen(text) == id->len && tfind(text, &e->ids, compare) != NULL;
}

/* Keep an id: 0, or -1 said. */
static int
keep(struct external *e, const struct db_value *id)
{
	void *node;
	char *copy;

	if (id->data == NULL || id->len == 0 || id->len >= 64 ||
	    external_has(e, id))
		return 0;
	if ((copy = strndup(id->data, id->len)) == NULL)
		goto err0;
	if ((node = tsearch(copy, &e->ids, compare)) == NULL)
		goto err1;
	if (*(char **)node != copy)
		free(copy);
	else
		e->n++;
	return 0;

err1:
	free(copy);
err0:
	warn_msg("out of memory");
	return -1;
}

/* The cell of a column, of those that are stored; NONE. */
static size_t
cell_of(const struct item_table *t, const char *column)
{
	size_t i, cell = 0;

	for (i = 0; column != NULL && i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		if (strcmp(t->columns[i].name, column) == 0)
			return cell;
		cell++;
	}
	return NONE;
}

/* What a table says: how many things.  One that lacks a column says nothing. */
static size_t
find_sayings(
    const char *role, const struct item_table *t, struct saying say[SAY_MAX])
{
	const struct catalog_external *rules;
	struct saying *s;
	size_t n, i, found = 0;

	rules = catalog_externals(&n);
	for (i = 0; i < n && found < SAY_MAX; i++) {
		if (strcmp(rules[i].table, t->table) != 0 ||
		    strcmp(rules[i].role, role) != 0)
			continue;
		s = &say[found];
		s->rule = &rules[i];
		s->id = cell_of(t, rules[i].id);
		s->through = cell_of(t, rules[i].through);
		s->test = cell_of(t, rules[i].test);
		if (s->id != NONE &&
		    (s->through != NONE || rules[i].through == NULL) &&
		    (s->test != NONE || rules[i].test == NULL))
			found++;
	}
	return found;
}

static int
hear_row(struct external *e, const struct saying *say, size_t n,
    const struct db_value *cells)
{
	const struct db_value *test;
	size_t i;

	for (i = 0; i < n; i++) {
		if (say[i].through != NONE &&
		    !external_has(e, &cells[say[i].through]))
			continue;
		if (say[i].test != NONE) {
			test = &cells[say[i].test];
			if (test->data == NULL ||
			    test->len != strlen(say[i].rule->is) ||
			    memcmp(test->data, say[i].rule->is, test->len) != 0)
				continue;
		}
		if (keep(e, &cells[say[i].id]))
			return -1;
	}
	return 0;
}

/* The table that is current in the part: DONE, FAILED, REFUSED. */
static enum outcome
hear_item(struct external *e, struct bundle_part *part, const struct item *item)
{
	struct saying say[SAY_MAX];
	const struct db_value *cells;
	struct rows *r;
	size_t n;
	int rc;

	if (item->kind != ITEM_TABLE)
		return OUTCOME_DONE;
	if ((n = find_sayings(item->table->role, item->table, say)) == 0)
		return OUTCOME_DONE;
	if ((r = rows_open(part, item)) == NULL)
		return OUTCOME_FAILED;
	while ((rc = rows_next(r, &cells)) == 1)
		if (hear_row(e, say, n, cells)) {
			rows_close(r);
			return OUTCOME_FAILED;
		}
	rows_close(r);
	return rc == 0 ? OUTCOME_DONE : OUTCOME_REFUSED;
}

/* How many tables of the bundle have rows that say something. */
static size_t
count_items(const struct manifest *m)
{
	struct saying say[SAY_MAX];
	const struct item *item;
	size_t i, n = 0;

	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		if (item->kind == ITEM_TABLE && item->table->rows > 0)
			n += find_sayings(item->table->role, item->table, say) >
			     0;
	}
	return n;
}

enum outcome
external_read(struct bundle *b, struct external **out)
{
	struct bundle_part *part;
	const struct item *item;
	struct external *e;
	enum outcome rc;
	int more;

	if ((e = external_new()) == NULL)
		return OUTCOME_FAILED;
	if (count_items(bundle_manifest(b)) == 0 ||
	    !manifest_carries(bundle_manifest(b), PART_DATABASE)) {
		*out = e;
		return OUTCOME_DONE;
	}
	rc = bundle_part_open(b, PART_DATABASE, &part);
	if (rc != OUTCOME_DONE)
		goto err1;
	while (rc == OUTCOME_DONE && (more = bundle_part_next(part, &item))) {
		if (more == -1)
			rc = OUTCOME_REFUSED;
		else
			rc = hear_item(e, part, item);
	}
	bundle_part_close(part);
	if (rc != OUTCOME_DONE)
		goto err1;
	*out = e;
	return OUTCOME_DONE;

err1:
	/* The bundle knows better why it could not be read. */
	if (rc == OUTCOME_REFUSED && bundle_outcome(b) != OUTCOME_DONE)
		rc = bundle_outcome(b);
	external_free(e);
	return rc;
}

/* The rows of one table that is here: 0 or -1. */
static int
hear_table(struct external *e, struct db *db, const char *role,
    const struct item_table *t)
{
	struct saying say[SAY_MAX];
	const struct db_value *cells;
	struct db_rows *rows;
	size_t n = find_sayings(role, t, say);
	int rc;

	if (n == 0)
		return 0;
	if (db_read_table(db, t, &rows))
		return -1;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = hear_row(e, say, n, cells)) != 0)
			break;
	db_rows_free(rows);
	return rc;
}

struct external *
external_here(struct db *db, const char *role, const char *schema)
{
	const struct catalog_external *rules;
	struct external *e;
	struct item *item;
	size_t n, i;
	int rc;

	if ((e = external_new()) == NULL)
		return NULL;
	rules = catalog_externals(&n);
	for (i = 0; i < n; i++) {
		if (strcmp(rules[i].role, role) != 0 ||
		    (i > 0 && strcmp(rules[i].table, rules[i - 1].table) == 0))
			continue;
		if ((item = item_new(ITEM_TABLE)) == NULL)
			goto err1;
		rc = db_table(db, schema, rules[i].table, item);
		if (rc == 1)
			rc = hear_table(e, db, role, item->table);
		item_free(item);
		if (rc != 0)
			goto err1;
	}
	return e;

err1:
	external_free(e);
	return NULL;
}
