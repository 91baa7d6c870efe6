#include <stdlib.h>

#include "archive/warn.h"
#include "restore/journal/engine_inner.h"
#include "restore/rows/target.h"

/* What is known of the rows while they are looked at. */
struct look {
	struct restore *r;
	engine_tell *tell;
	void *cookie;
	uint64_t *after;     /* of each server, rows that are as after */
	struct plan *others; /* rows that are neither, to be told of */
};

/* The number of a row's server, or that behind the last. */
static size_t
server_of(const struct look *l, const struct plan_record *rec)
{
	struct db_set *set = l->r->db;
	const struct db_schema *schema;
	struct db_server *s = NULL;

	if (set == NULL)
		return 0;
	if (rec->table != NULL)
		s = target_server(set, rec->table, &schema);
	return s == NULL ? set->nservers : (size_t)(s - set->servers);
}

/* row_tell: those that are neither wait until all are seen. */
static int
note(void *cookie, const struct plan_record *rec, enum step_state state,
    const char *why)
{
	struct look *l = cookie;
	struct plan_record other = *rec;

	if (state != STEP_OTHER) {
		l->after[server_of(l, rec)]++;
		return l->tell(l->cookie, rec, state, why);
	}
	other.text = why;
	other.cells = NULL;
	other.ncells = 0;
	return plan_add(l->others, &other);
}

/* What others have changed is theirs, on a server to which the restore had not
 * come when it was cut. */
static int
tell_others(struct look *l, enum journal_way way)
{
	int all =
	    way == JOURNAL_FORWARD || journal_made(l->r->journal) > l->r->steps;
	const struct plan_record *rec;
	int more, rc;

	if (plan_rewind(l->others) == -1)
		return -1;
	while ((more = plan_next(l->others, &rec)) == 1) {
		if (!all && l->after[server_of(l, rec)] == 0)
			continue;
		rc = l->tell(l->cookie, rec, STEP_OTHER, rec->text);
		if (rc != 0)
			return rc;
	}
	return more;
}

int
engine_rows(
    struct restore *r, enum journal_way way, engine_tell *tell, void *cookie)
{
	struct look l = { .r = r, .tell = tell, .cookie = cookie };
	size_t n = r->db == NULL ? 0 : r->db->nservers;
	int rc = -1;

	if ((l.after = calloc(n + 1, sizeof(*l.after))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if ((l.others = plan_new()) != NULL)
		rc = rows_look(r, r->journal, note, &l);
	if (rc == 0)
		rc = tell_others(&l, way);
	plan_free(l.others);
	free(l.after);
	return rc;
}
