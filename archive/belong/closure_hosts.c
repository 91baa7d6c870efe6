#include <string.h>

#include "archive/belong/closure_private.h"
#include "archive/warn.h"

/* So many hosts are named in a message. */
#define HOSTS_TOLD 40

/* The hosts that a column names, into ${names}. */
static int
read_names(
    struct closure_table *t, const struct belong *line, struct idset *names)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql, "SELECT DISTINCT ") ||
	    (line->way == BELONG_AT ? closure_host_of(&sql, line->column)
				    : db_name(&sql, line->column)) ||
	    buf_adds(&sql, " FROM ") ||
	    db_table_name(
		&sql, t->item->table->schema, t->item->table->table) ||
	    db_select(t->server->db, &sql, 1, &rows))
		goto out;
	while ((rc = db_next(rows, &cells)) == 1)
		if (cells[0].data != NULL && cells[0].len > 0 &&
		    idset_add(names, cells[0].data, cells[0].len, IDSET_OWN) <
			0) {
			rc = -1;
			break;
		}
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

static int
all_names(struct closure *c, struct idset *names)
{
	const struct belong *line;
	struct closure_table *t;
	size_t i;

	for (i = 0; i < c->ntables; i++) {
		t = c->tables[i];
		line = NULL;
		while ((line = belong_next(
			    t->role, t->item->table->table, line)) != NULL)
			if (line->names &&
			    closure_column(t, line->column) <
				t->item->table->ncolumns &&
			    read_names(t, line, names))
				return -1;
	}
	return 0;
}

static int
by_bytes(const void *cookie, const struct idset_value *a,
    const struct idset_value *b)
{

	(void)cookie;
	/* A NUL byte follows each. */
	return strcmp(a->data, b->data);
}

/* "a, b, c and 12 more" */
static int
list(struct idset *names, struct buf *text)
{
	size_t i, n = idset_count(names);
	struct idset_value v;

	if (n == 0)
		return buf_adds(text, "none");
	if (idset_sort(names, by_bytes, NULL))
		return -1;
	for (i = 0; i < n && i < HOSTS_TOLD; i++) {
		idset_sorted(names, i, &v);
		if ((i > 0 && buf_adds(text, ", ")) ||
		    buf_add(text, v.data, v.len))
			return -1;
	}
	return n > HOSTS_TOLD ? buf_addf(text, " and %zu more", n - HOSTS_TOLD)
			      : 0;
}

int
closure_hosts(struct closure *c)
{
	struct buf text = BUF_EMPTY;
	struct idset *names;
	struct idset_value v;
	size_t i;
	int rc = -1;

	if ((names = idset_new()) == NULL)
		return -1;
	if (all_names(c, names))
		goto out;
	rc = 0;
	for (i = 0; i < idset_count(c->hosts); i++) {
		idset_event(c->hosts, i, &v);
		if (idset_has(names, v.data, v.len))
			continue;
		rc = -1;
		if (text.len == 0 && list(names, &text))
			break;
		warn_msg("--host %s: the databases know no such host; those "
			 "that they know: %s",
		    v.data, text.data);
	}
out:
	buf_free(&text);
	idset_free(names);
	return rc;
}
