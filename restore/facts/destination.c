#include "restore/facts/destination.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "archive/database/db_query.h"
#include "archive/warn.h"
#include "restore/facts/facts.h"
#include "restore/papers/paper.h"

/* What a server is known by, the best first.  Each node of a Galera cluster has
 * the same data, so there the cluster counts. */
static const struct {
	const char *sql, *name;
} marks[] = {
	{ "SHOW GLOBAL STATUS", "wsrep_cluster_state_uuid" },
	{ "SHOW GLOBAL VARIABLES", "server_uuid" },
	{ "SHOW GLOBAL VARIABLES", "server_uid" },
	{ "SHOW GLOBAL VARIABLES", "datadir" },
};

/* One value of the server: 1 with it appended, 0 when it has none of that name,
 * -1 said. */
static int
ask(struct db *db, const char *show, const char *name, struct buf *out)
{
	struct buf sql = BUF_EMPTY;
	const struct db_value *cells;
	struct db_rows *rows = NULL;
	int rc = -1;

	if (buf_addf(&sql, "%s LIKE '%s'", show, name) == -1 ||
	    db_select(db, &sql, 0, &rows) == -1)
		goto out;
	if ((rc = db_next(rows, &cells)) == 1 && db_width(rows) == 2) {
		if (cells[1].len == 0)
			rc = 0;
		else if (buf_addf(out, "%s ", name) == -1 ||
			 buf_add(out, cells[1].data, cells[1].len) == -1)
			rc = -1;
	}
out:
	db_rows_free(rows);
	buf_free(&sql);
	return rc;
}

static json_t *
server_json(const struct db_server *s)
{
	struct buf id = BUF_EMPTY;
	json_t *json = NULL;
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]) && rc == 0; i++) {
		if ((rc = ask(s->db, marks[i].sql, marks[i].name, &id)) == -1)
			goto out;
	}
	json = json_pack("{s:o,s:o}", "server", paper_text(s->label), "id",
	    paper_text(id.data));
	if (json == NULL)
		warn_msg("out of memory");
out:
	buf_free(&id);
	return json;
}

static json_t *
servers_json(const struct db_set *set)
{
	json_t *list, *one;
	size_t i;

	if ((list = json_array()) == NULL)
		goto err0;
	for (i = 0; set != NULL && i < set->nservers; i++) {
		if ((one = server_json(&set->servers[i])) == NULL)
			goto err1;
		if (json_array_append_new(list, one) == -1)
			goto err0;
	}
	return list;

err0:
	warn_msg("out of memory");
err1:
	json_decref(list);
	return NULL;
}

/* libvirt makes a uuid up, at each start another, where the firmware has none:
 * only the firmware's says something.  NULL: it is not known to be that. */
static const char *
firmware_uuid(const struct facts *f)
{
	static const char file[] = "/sys/class/dmi/id/product_uuid";
	char line[64] = "";
	FILE *dmi;

	if (f->libvirt_uuid == NULL || (dmi = fopen(file, "re")) == NULL)
		return NULL;
	if (fgets(line, sizeof(line), dmi) != NULL)
		line[strcspn(line, " \n")] = '\0';
	fclose(dmi);
	return strcasecmp(line, f->libvirt_uuid) == 0 ? f->libvirt_uuid : NULL;
}

json_t *
destination_json(const struct restore *r)
{
	json_t *servers, *json = NULL;
	struct facts *f;

	if ((f = facts_here(r->root, r->virt)) == NULL)
		return NULL;
	if ((servers = servers_json(r->db)) == NULL)
		goto out;
	json = json_pack("{s:o,s:o,s:o,s:o,s:o}", "host",
	    paper_text(f->host_name), "machine_id", paper_text(f->machine_id),
	    "hypervisor", paper_text(f->hypervisor_name), "libvirt",
	    paper_text(firmware_uuid(f)), "databases", servers);
	if (json == NULL)
		warn_msg("out of memory");
out:
	facts_free(f);
	return json;
}
