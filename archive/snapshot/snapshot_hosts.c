#include "archive/snapshot/snapshot_hosts.h"

#include <inttypes.h>
#include <string.h>

#include "archive/database/db_schema.h"
#include "archive/num.h"

/* How many live instances no host has: 0, or -1 said. */
static int
count_hostless(struct db *db, const char *schema, uint64_t *n)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql, "SELECT COUNT(*) FROM ") ||
	    db_table_name(&sql, schema, "instances") ||
	    buf_adds(
		&sql, " WHERE (host IS NULL OR host = '') AND deleted = 0") ||
	    db_select(db, &sql, 0, &rows))
		goto out;
	if (db_next(rows, &cells) == 1 && cells[0].data != NULL)
		rc = num_u64(cells[0].data, UINT64_MAX, n);
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

/* Instances that are in no bundle of any host. */
static int
tell_hostless(struct manifest *m, const struct db_server *server,
    const struct db_schema *d)
{
	enum db_relation what;
	uint64_t n = 0;
	int innodb;

	if (strcmp(d->role, "nova") != 0)
		return 0;
	if (db_relation(server->db, d->schema, "instances", &what, &innodb))
		return -1;
	if (what != DB_BASE_TABLE || count_hostless(server->db, d->schema, &n))
		return what != DB_BASE_TABLE ? 0 : -1;
	if (n == 0)
		return 0;
	return manifest_warn(m, NULL,
	    "--host: %" PRIu64 " instance%s of %s that no host has (shelved, "
	    "or never started): in no bundle of a host, only in one of the "
	    "whole site",
	    n, n == 1 ? "" : "s", d->schema);
}

/* Files and definitions are of this node, whatever hosts were named. */
static int
tell_others(struct snapshot *s, struct manifest *m)
{
	const char *const *name;

	for (name = s->opt->hosts; *name != NULL; name++) {
		if (strcmp(*name, s->site->host) == 0)
			continue;
		if (manifest_warn(m, NULL,
			"--host %s: its rows only: files and definitions are "
			"those of this node, %s",
			*name, s->site->host))
			return -1;
	}
	return 0;
}

int
snapshot_hosts(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	const struct db_server *server;
	size_t i, j;

	if (s->opt->hosts == NULL)
		return 0;
	for (i = 0; s->opt->hosts[i] != NULL; i++)
		if (manifest_add_host(m, s->opt->hosts[i]))
			return -1;
	if (closure_find(s->db, s->opt->hosts, m, &s->closure) ||
	    tell_others(s, m) || snapshot_elsewhere(s))
		return -1;
	for (i = 0; i < s->db->nservers; i++) {
		server = &s->db->servers[i];
		for (j = 0; j < server->nschemas; j++)
			if (tell_hostless(m, server, &server->schemas[j]))
				return -1;
	}
	return 0;
}
