#include <string.h>

#include "archive/database/db_schema.h"
#include "archive/num.h"
#include "archive/snapshot/snapshot_hosts.h"
#include "archive/warn.h"

/* Is there a column of that name?  1, 0, -1 said. */
static int
has_column(struct db_server *server, const char *schema, const char *table,
    const char *column)
{
	struct item *item;
	size_t i;
	int rc;

	if ((item = item_new(ITEM_TABLE)) == NULL)
		return -1;
	if ((rc = db_table(server->db, schema, table, item)) == 1) {
		rc = 0;
		for (i = 0; i < item->table->ncolumns; i++)
			rc |= strcmp(item->table->columns[i].name, column) == 0;
	}
	item_free(item);
	return rc;
}

static int
is_taken(const struct manifest *m, const char *host)
{
	size_t i;

	for (i = 0; i < m->nhosts; i++)
		if (strcmp(m->hosts[i], host) == 0)
			return 1;
	return 0;
}

static int
is_known(const struct manifest *m, const char *host)
{
	size_t i;

	for (i = 0; i < m->nelsewhere; i++)
		if (strcmp(m->elsewhere[i].host, host) == 0)
			return 1;
	return 0;
}

/* Rows of host, and of an instance its uuid and id. */
static int
add_row(struct manifest *m, const struct db_value *cells, size_t width)
{
	const char *host = cells[0].data;
	uint64_t id;

	if (host == NULL || host[0] == '\0' || is_taken(m, host))
		return 0;
	/* Rows come by host: those of one are together. */
	if (width == 1)
		return is_known(m, host) ? 0 : manifest_add_elsewhere(m, host);
	if ((m->nelsewhere == 0 ||
		strcmp(m->elsewhere[m->nelsewhere - 1].host, host) != 0) &&
	    manifest_add_elsewhere(m, host))
		return -1;
	if (cells[1].data == NULL || cells[2].data == NULL ||
	    num_u64(cells[2].data, INT64_MAX, &id))
		return 0;
	return manifest_add_elsewhere_instance(m, cells[1].data, id);
}

/* What nova's tables tell of hosts.  In some states a host has no definition of
 * an instance: none is missed then. */
static const struct query {
	const char *head, *table, *tail;
	const char *needs; /* a column that not every release has */
} queries[] = {
	{ "SELECT host, uuid, id FROM ", "instances",
	    " WHERE deleted = 0 AND (vm_state IS NULL OR vm_state NOT IN"
	    " ('building', 'deleted', 'shelved_offloaded'))"
	    " AND NOT (vm_state <=> 'error' AND launched_at IS NULL)"
	    " ORDER BY host, id",
	    "launched_at" },
	{ "SELECT DISTINCT host FROM ", "compute_nodes",
	    " WHERE deleted = 0 ORDER BY host", "host" },
	{ "SELECT DISTINCT host FROM ", "services",
	    " WHERE deleted = 0 AND `binary` = 'nova-compute' ORDER BY host",
	    "binary" },
};

static int
read_rows(struct manifest *m, struct db *db, const char *schema,
    const struct query *q)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql, q->head) || db_table_name(&sql, schema, q->table) ||
	    buf_adds(&sql, q->tail) || db_select(db, &sql, 1, &rows))
		goto out;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = add_row(m, cells, db_width(rows))) != 0)
			break;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

/* One schema of nova. */
static int
add_schema(struct manifest *m, struct db_server *server, const char *schema)
{
	const struct query *q;
	size_t i;
	int rc;

	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		q = &queries[i];
		rc = has_column(server, schema, q->table, q->needs);
		if (rc == 1)
			rc = has_column(server, schema, q->table, "deleted");
		if (rc == 1)
			rc = read_rows(m, server->db, schema, q);
		if (rc < 0)
			return -1;
	}
	return 0;
}

int
snapshot_elsewhere(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct db_server *server;
	size_t i, j;

	for (i = 0; i < s->db->nservers; i++) {
		server = &s->db->servers[i];
		for (j = 0; j < server->nschemas; j++)
			if (strcmp(server->schemas[j].role, "nova") == 0 &&
			    add_schema(m, server, server->schemas[j].schema))
				return -1;
	}
	return 0;
}
