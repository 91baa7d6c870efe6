#include <inttypes.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/database/db_query.h"
#include "archive/database/db_schema.h"
#include "archive/node/path.h"
#include "archive/snapshot/row_counts.h"
#include "archive/snapshot/snapshot_table.h"
#include "archive/snapshot/sweep_filter.h"
#include "archive/snapshot/sweep_own.h"
#include "archive/snapshot/sweep_table.h"
#include "archive/warn.h"

/* Rows gather until there are so many bytes of them. */
#define WRITE_SIZE (64u << 10)

/* One sweep, and the table that is searched. */
struct sweep {
	struct snapshot *s;
	struct manifest *m;
	struct find *own;
	struct db_server *server;
	struct sweep_filter filter;
	const char *history; /* why it is, or NULL */
	struct item *item;
	int innodb, begun; /* a first row was found */
	uint64_t found;
	struct buf out;
	struct row_counts counts; /* of it */
};

/* Does one of the cells hold an own address?  1, 0, -1 said. */
static int
row_holds(const struct sweep *w, const struct db_value *cells)
{
	const struct item_table *t = w->item->table;
	enum place_format format;
	size_t i;
	int rc;

	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		if (cells->data != NULL && cells->len > 0 &&
		    sweep_filter_column(&t->columns[i])) {
			format = cells->data[0] == '{' || cells->data[0] == '['
				     ? PLACE_JSON
				     : PLACE_VALUE;
			rc = sweep_own_holds(
			    w->own, format, cells->data, cells->len);
			if (rc != 0)
				return rc;
		}
		cells++;
	}
	return 0;
}

/* A row that is to be in the bundle. */
static int
keep_row(struct sweep *w, const struct db_value *cells)
{

	if (!w->begun) {
		if (snapshot_check_table(w->m, w->item, w->innodb) ||
		    bundle_begin(w->s->bundle, w->item) ||
		    row_counts_start(&w->counts, w->item->table))
			return -1;
		w->begun = 1;
	}
	if (snapshot_put_row(&w->out, w->item->table, cells) ||
	    row_counts_add(&w->counts, w->m, w->item->table, cells))
		return -1;
	w->item->table->rows++;
	if (w->out.len < WRITE_SIZE)
		return 0;
	if (bundle_write(w->s->bundle, w->out.data, w->out.len))
		return -1;
	buf_clear(&w->out);
	return 0;
}

static int
read_rows(struct sweep *w, struct db_rows *rows)
{
	const struct db_value *cells;
	int rc, holds;

	while ((rc = db_next(rows, &cells)) == 1) {
		if ((holds = row_holds(w, cells)) == -1)
			return -1;
		if (!holds)
			continue;
		w->found++;
		if (w->history == NULL && keep_row(w, cells))
			return -1;
	}
	return rc;
}

/* All rows were read: the item is whole, or there is none. */
static int
end_table(struct sweep *w)
{
	struct item *item = w->item;

	if (w->history != NULL && w->found > 0)
		return manifest_warn(w->m, NULL,
		    "%s: %" PRIu64 " rows hold an address of this node; "
		    "counted, not captured: %s",
		    item->name, w->found, w->history);
	if (!w->begun)
		return 0;
	if ((w->out.len > 0 &&
		bundle_write(w->s->bundle, w->out.data, w->out.len)) ||
	    bundle_end(w->s->bundle, item))
		return -1;
	w->item = NULL;
	w->m->sweep.found_rows += w->found;
	return manifest_warn(w->m, item->name,
	    "outside the catalogue: %" PRIu64 " rows hold an address of this "
	    "node; a restore leaves %s alone unless --also names them",
	    w->found,
	    catalog_found(item->table->role, item->table->table)
		? "what it does not know of them"
		: "them");
}

static int
search(struct sweep *w)
{
	const struct item_table *t = w->item->table;
	struct buf where = BUF_EMPTY;
	struct db_rows *rows = NULL;
	size_t i;
	int rc;

	w->begun = 0;
	w->found = 0;
	buf_clear(&w->out);
	w->m->sweep.tables++;
	for (i = 0; i < t->ncolumns; i++)
		w->m->sweep.columns +=
		    (uint64_t)sweep_filter_column(&t->columns[i]);
	if ((rc = sweep_filter_where(&w->filter, t, &where)) == 1) {
		rc = snapshot_check_rows(w->server->db, t) ||
			     db_read_where(w->server->db, t, &where, &rows)
			 ? -1
			 : 0;
		if (rc == 0)
			rc = read_rows(w, rows);
		db_rows_free(rows);
		if (rc == 0)
			rc = end_table(w);
	}
	row_counts_free(&w->counts);
	buf_free(&where);
	return rc;
}

/* Is it in the catalogue, for any role that lives in this schema? */
static int
is_known(const struct sweep *w, const char *schema, const char *table)
{
	const struct db_schema *d = w->server->schemas;
	const char *const *known;
	size_t i;

	for (i = 0; i < w->server->nschemas; i++) {
		if (strcmp(d[i].schema, schema) != 0)
			continue;
		for (known = catalog_tables(d[i].role); *known; known++)
			if (strcmp(*known, table) == 0)
				return 1;
	}
	return 0;
}

static const char *
history_of(const char *role, const char *table)
{
	size_t i, n = sizeof(sweep_histories) / sizeof(sweep_histories[0]);

	for (i = 0; i < n; i++)
		if (strcmp(sweep_histories[i].role, role) == 0 &&
		    path_glob(sweep_histories[i].table, table))
			return sweep_histories[i].what;
	return catalog_dropped(role, table);
}

/* Is the table at hand to be searched?  Not when it is captured already, for
 * another role or by another session; not when it is gone since. */
static int
is_wanted(struct sweep *w, int *wanted)
{
	const struct item *item = w->item;
	const char *why;

	*wanted = item->name != NULL &&
		  manifest_find(w->m, item->name) == NULL &&
		  snapshot_wants(w->s, item->name);
	if (!*wanted || (why = item_check(item)) == NULL)
		return 0;
	*wanted = 0;
	return manifest_warn(
	    w->m, NULL, "%s is not searched: %s", item->name, why);
}

static int
sweep_table(struct sweep *w, const struct db_schema *d, const char *table)
{
	enum db_relation what;
	int rc = -1, wanted;

	if (is_known(w, d->schema, table))
		return 0;
	if ((w->item = item_new(ITEM_TABLE)) == NULL)
		return -1;
	w->item->table->outside = 1;
	w->history = history_of(d->role, table);
	if (manifest_set(&w->item->table->role, d->role) ||
	    db_relation(w->server->db, d->schema, table, &what, &w->innodb) ||
	    db_table(w->server->db, d->schema, table, w->item) == -1 ||
	    is_wanted(w, &wanted))
		goto done;
	if (!wanted) {
		rc = 0;
		goto done;
	}
	snapshot_tick(w->s, 0, w->item->name);
	if ((rc = search(w)) == -1)
		warn_msg("table %s.%s could not be searched; --no-sweep leaves "
			 "out all that is outside the catalogue, --not "
			 "'table:%s.%s' this table",
		    d->schema, table, d->schema, table);
done:
	item_free(w->item);
	w->item = NULL;
	return rc;
}

static int
sweep_schema(struct sweep *w, const struct db_schema *d)
{
	const struct db_value *cells;
	struct db_rows *names;
	int rc;

	if (db_base_tables(w->server->db, d->schema, &names))
		return -1;
	while ((rc = db_next(names, &cells)) == 1)
		if (cells[0].data != NULL &&
		    (rc = sweep_table(w, d, cells[0].data)) != 0)
			break;
	db_rows_free(names);
	return rc;
}

/* Each schema once, under its first role. */
static int
sweep_server(struct sweep *w)
{
	const struct db_schema *d = w->server->schemas;
	size_t i, k;
	int rc = 0;

	if (sweep_filter_start(&w->filter, w->m, w->server->db))
		return -1;
	for (i = 0; i < w->server->nschemas && rc == 0; i++) {
		for (k = 0; k < i; k++)
			if (strcmp(d[k].schema, d[i].schema) == 0)
				break;
		if (k == i)
			rc = sweep_schema(w, &d[i]);
	}
	sweep_filter_free(&w->filter);
	return rc;
}

int
snapshot_sweep_db(struct snapshot *s)
{
	struct sweep w = { .s = s, .m = bundle_new_manifest(s->bundle) };
	size_t i;
	int rc = 0;

	if (!snapshot_sweeps(s))
		return 0;
	if (s->opt->hosts != NULL)
		return manifest_warn(w.m, NULL,
		    "--host: tables outside the catalogue are not searched: "
		    "nothing tells whose rows they have; a snapshot of the "
		    "whole site searches them");
	if ((w.own = sweep_own(w.m)) == NULL)
		return -1;
	for (i = 0; i < s->db->nservers && rc == 0; i++) {
		w.server = &s->db->servers[i];
		rc = sweep_server(&w);
	}
	find_free(w.own);
	buf_wipe(&w.out);
	return rc;
}
