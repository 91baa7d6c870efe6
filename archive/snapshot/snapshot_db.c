#include "archive/snapshot/snapshot.h"

#include <string.h>

#include "archive/address/catalog.h"
#include "archive/bundle/digest.h"
#include "archive/database/db_facts.h"
#include "archive/database/db_query.h"
#include "archive/database/db_same.h"
#include "archive/database/db_schema.h"
#include "archive/num.h"
#include "archive/snapshot/row_counts.h"
#include "archive/snapshot/snapshot_hosts.h"
#include "archive/snapshot/snapshot_table.h"
#include "archive/warn.h"

/* Rows gather until there are so many bytes of them. */
#define WRITE_SIZE (64u << 10)

/* So many rows are read before who looks is told again. */
#define TICK_ROWS 1024u

/* One row: into ${out}, and counted. */
static int
take_row(struct manifest *m, struct item_table *t, struct row_counts *counts,
    const struct db_value *cells, struct buf *out)
{

	if (snapshot_put_row(out, t, cells) ||
	    row_counts_add(counts, m, t, cells))
		return -1;
	t->rows++;
	return 0;
}

static int
copy_rows(struct snapshot *s, struct db_rows *rows, struct item_table *t)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	const struct db_value *cells;
	struct row_counts counts;
	struct buf out = BUF_EMPTY;
	int rc;

	if (row_counts_start(&counts, t))
		return -1;
	while ((rc = db_next(rows, &cells)) == 1) {
		rc = take_row(m, t, &counts, cells, &out);
		if (++s->rows % TICK_ROWS == 0)
			snapshot_tick(s, s->rows, t->table);
		if (rc == 0 && out.len >= WRITE_SIZE) {
			rc = bundle_write(s->bundle, out.data, out.len);
			buf_clear(&out);
		}
		if (rc)
			break;
	}
	if (rc == 0 && out.len > 0)
		rc = bundle_write(s->bundle, out.data, out.len);
	if (rc == 0)
		rc = row_counts_end(&counts, m);
	buf_free(&out);
	row_counts_free(&counts);
	return rc;
}

int
snapshot_check_table(struct manifest *m, const struct item *item, int innodb)
{
	size_t key[DB_KEY_MAX], nkey = db_key(item->table, key);

	if (!innodb &&
	    manifest_warn(m, item->name,
		"%s: its engine has no transactions: its rows are not of the "
		"snapshot's instant",
		item->name))
		return -1;
	if (nkey == 0)
		return manifest_warn(m, item->name,
		    "%s: no primary key, and no unique one without NULL: its "
		    "rows are captured, but a restore leaves them alone",
		    item->name);
	if (item->table->no_primary)
		return manifest_warn(m, item->name,
		    "%s: no primary key: a unique key (%s%s) tells its rows "
		    "apart",
		    item->name, item->table->columns[key[0]].name,
		    nkey > 1 ? " ..." : "");
	return 0;
}

/* The rows of a table: all, or those that --host lets in. */
static int
copy_all(struct snapshot *s, struct db_server *server, struct item_table *t)
{
	struct db_rows *rows;
	size_t cursor = 0;
	int rc;

	if (s->closure == NULL) {
		if (snapshot_check_rows(server->db, t) ||
		    db_read_table(server->db, t, &rows))
			return -1;
		rc = copy_rows(s, rows, t);
		db_rows_free(rows);
		return rc;
	}
	while (
	    (rc = closure_next(s->closure, server, t, &cursor, &rows)) == 1) {
		rc = copy_rows(s, rows, t);
		db_rows_free(rows);
		if (rc)
			break;
	}
	return rc;
}

/* Capture a base table; ${*item} is handed over (NULL then) at its end. */
static int
copy_table(struct snapshot *s, struct db_server *server, struct item **item)
{

	if (bundle_begin(s->bundle, *item) ||
	    copy_all(s, server, (*item)->table) || bundle_end(s->bundle, *item))
		return -1;
	*item = NULL;
	return 0;
}

static int
count_rows(struct db *db, struct item_table *t)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql, "SELECT COUNT(*) FROM ") ||
	    db_table_name(&sql, t->schema, t->table) ||
	    db_select(db, &sql, 0, &rows))
		goto out;
	if (db_next(rows, &cells) == 1 && cells[0].data != NULL)
		rc = num_u64(cells[0].data, UINT64_MAX, &t->rows);
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

/* Into a description: all but the rows; ${*item} is handed over. */
static int
list_table(struct snapshot *s, struct db_server *server, struct item **item)
{
	struct item_table *t = (*item)->table;

	if (count_rows(server->db, t) ||
	    db_table_facts(server->db, t->schema, t->table, &t->facts) ||
	    digest_bytes("", 0, (*item)->sha256) ||
	    bundle_list(s->bundle, *item))
		return -1;
	*item = NULL;
	return 0;
}

/* What to say of a catalogue's table that is not there as a base table. */
static int
missing_table(struct manifest *m, const struct db_schema *d, const char *table,
    enum db_relation what)
{

	if (what == DB_VIEW)
		return manifest_warn(m, NULL,
		    "%s.%s is a view: left out (base tables are captured)",
		    d->schema, table);
	if (catalog_required(d->role, table))
		return manifest_warn(m, NULL,
		    "%s.%s is not there, or this login may not read it",
		    d->schema, table);
	return 0;
}

static int
snapshot_table(struct snapshot *s, struct db_server *server,
    const struct db_schema *d, const char *table)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	enum db_relation what;
	struct item *item;
	int innodb, rc = -1;

	if (db_relation(server->db, d->schema, table, &what, &innodb))
		return -1;
	if (what != DB_BASE_TABLE)
		return missing_table(m, d, table, what);
	if ((item = item_new(ITEM_TABLE)) == NULL)
		return -1;
	if (manifest_set(&item->table->role, d->role) ||
	    db_table(server->db, d->schema, table, item) != 1)
		goto out;
	/* Two roles may live in one schema: a table is captured once. */
	if (manifest_find(m, item->name) != NULL ||
	    !snapshot_wants(s, item->name)) {
		rc = 0;
		goto out;
	}
	if (s->opt->describe != NULL)
		rc = list_table(s, server, &item);
	else if (snapshot_check_table(m, item, innodb) == 0)
		rc = copy_table(s, server, &item);
out:
	item_free(item);
	return rc;
}

static int
snapshot_schema(
    struct snapshot *s, struct db_server *server, const struct db_schema *d)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	const char *const *table;
	uint64_t n;

	if (db_schema_tables(server->db, d->schema, &n))
		return -1;
	if (n == 0)
		return manifest_warn(m, NULL,
		    "schema %s (%s) has no table that this login may read",
		    d->schema, d->source);
	for (table = catalog_tables(d->role); *table != NULL; table++)
		if (snapshot_table(s, server, d, *table)) {
			warn_msg("table %s.%s could not be captured; "
				 "--no-database leaves the database out, "
				 "--not 'table:%s.%s' this table",
			    d->schema, *table, d->schema, *table);
			return -1;
		}
	return 0;
}

/* Several sessions have several instants: the bundle says so. */
static int
check_instants(struct manifest *m, const struct db_set *set)
{
	size_t i;

	if (set->nservers < 2)
		return 0;
	for (i = 1; i < set->nservers; i++)
		if (strcmp(set->servers[i].label, set->servers[0].label) != 0)
			return manifest_warn(m, NULL,
			    "the databases are on %zu servers: each is "
			    "consistent, but they are not of one instant",
			    set->nservers);
	return manifest_warn(m, NULL,
	    "the databases have %zu logins at one server: each is consistent, "
	    "but they are not of one instant; --defaults-file FILE with a "
	    "login that may read all of them makes it one",
	    set->nservers);
}

/* Another server has a database of that name: the items of both would have the
 * same names.  1 (said) when it comes first, 0, -1 said. */
static int
check_twins(struct snapshot *s, size_t server, const struct db_schema *d)
{
	struct db_set *set = s->db;
	struct db_server *first, *here = &set->servers[server];
	size_t i, j;
	int rc;

	for (i = 0; i < server; i++) {
		first = &set->servers[i];
		for (j = 0; j < first->nschemas; j++) {
			if (strcmp(first->schemas[j].schema, d->schema) != 0)
				continue;
			if ((rc = db_same(first->db, here->db)) != 0)
				return rc == -1 ? -1 : 0;
			return manifest_warn(bundle_new_manifest(s->bundle),
				   NULL,
				   "schema %s of %s (%s) has the name of one "
				   "of "
				   "%s and is not in this bundle: take it in a "
				   "bundle of its own, with --defaults-file "
				   "FILE for its server",
				   d->schema, here->label, d->source,
				   first->label)
				   ? -1
				   : 1;
		}
	}
	return 0;
}

static int
snapshot_schemas(struct snapshot *s)
{
	struct db_server *server;
	size_t i, j;
	int rc;

	for (i = 0; i < s->db->nservers; i++) {
		server = &s->db->servers[i];
		for (j = 0; j < server->nschemas; j++) {
			rc = check_twins(s, i, &server->schemas[j]);
			if (rc == 0)
				rc = snapshot_schema(
				    s, server, &server->schemas[j]);
			if (rc == -1)
				return -1;
		}
	}
	return 0;
}

int
snapshot_db(struct snapshot *s)
{
	struct db_set *set = s->db;
	size_t i, begun = 0;
	int rc = -1;

	/* All instants first, close together; then the long reading. */
	for (; begun < set->nservers; begun++)
		if (db_begin_reading(set->servers[begun].db))
			goto out;
	if (check_instants(bundle_new_manifest(s->bundle), set) ||
	    snapshot_hosts(s))
		goto out;
	if (snapshot_schemas(s) == 0)
		rc = snapshot_sweep_db(s);
out:
	closure_free(s->closure);
	s->closure = NULL;
	for (i = 0; i < begun; i++)
		if (db_run(set->servers[i].db, "ROLLBACK"))
			rc = -1;
	return rc;
}
