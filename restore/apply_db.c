#include <stdlib.h>
#include <string.h>

#include "archive/db_write.h"
#include "archive/warn.h"
#include "restore/apply_db.h"

int
apply_db_begin(struct restore *r)
{
	size_t i;

	if ((r->rows = calloc(1, sizeof(*r->rows))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < r->db->nservers; i++)
		if (db_begin_writing(r->db->servers[i].db))
			goto err1;
	return 0;

err1:
	while (i-- > 0)
		db_rollback(r->db->servers[i].db);
	free(r->rows);
	r->rows = NULL;
	return -1;
}

static void
end(struct restore *r)
{

	if (r->rows != NULL && r->rows->open)
		target_close(&r->rows->target);
	free(r->rows);
	r->rows = NULL;
}

void
apply_db_rollback(struct restore *r)
{
	size_t i;

	for (i = 0; i < r->db->nservers; i++)
		db_rollback(r->db->servers[i].db);
	end(r);
}

/* What became of one server's rows: 0, or -1 and said. */
static int
commit(struct db_server *s)
{

	if (db_commit(s->db) == 0)
		return 0;
	warn_msg("%s: the connection was lost in the commit: either all of its "
		 "rows are changed or none; the same restore, run again, tells",
	    s->label);
	return -1;
}

int
apply_db_commit(struct restore *r)
{
	struct db_server *server = r->db->servers;
	size_t n = r->db->nservers, i, bad;

	end(r);
	for (bad = 0; bad < n; bad++)
		if (commit(&server[bad]))
			break;
	if (bad == n)
		return 0;
	for (i = 0; i < bad; i++)
		warn_msg("%s: its rows are changed", server[i].label);
	for (i = bad + 1; i < n; i++) {
		db_rollback(server[i].db);
		warn_msg("%s: its rows are as they were", server[i].label);
	}
	return -1;
}
