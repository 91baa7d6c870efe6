#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_schema.h"
#include "archive/database/db_trouble.h"
#include "archive/warn.h"
#include "restore/plan/plan_record.h"
#include "restore/rows/batch.h"
#include "restore/rows/row_key.h"
#include "restore/rows/row_sql.h"
#include "restore/rows/row_state.h"
#include "restore/rows/rows_server.h"

/* One query for so many bytes of the journal, or BATCH_ROWS rows. */
#define LOOK_BYTES (4u << 20)

/* A row that waits for the query: its record, in bytes. */
struct waiting {
	size_t start, len;
	uint64_t n;
};

struct looking {
	struct restore *r;
	struct journal *j;
	row_tell *tell;
	void *cookie;
	uint64_t from;       /* changes before it are looked at */
	struct target table; /* of the rows that wait */
	int have_table;
	struct batch *batch;
	struct buf bytes;
	struct waiting row[BATCH_ROWS];
	struct plan_decoded decoded;
	struct db_value *key;   /* as a row of the table, only the key is set */
	size_t *at;             /* where a record's cells stand in a row */
	struct buf absent, why; /* a table that is not here */
};

static void
drop_table(struct looking *l)
{

	batch_free(l->batch);
	l->batch = NULL;
	if (l->have_table)
		target_close(&l->table);
	l->have_table = 0;
	free(l->key);
	free(l->at);
	l->key = NULL;
	l->at = NULL;
	buf_clear(&l->bytes);
}

/* Where the cells of a record stand in a row. */
static void
place_cells(struct looking *l, const struct plan_record *rec)
{
	const struct cell_rules *rules = &l->table.rules;
	size_t i, k;

	for (i = 0; i < rec->ncells; i++)
		for (k = 0; k < rules->n; k++)
			if (strcmp(rules->rule[(i + k) % rules->n].column->name,
				rec->cells[i].name) == 0) {
				l->at[i] = (i + k) % rules->n;
				break;
			}
}

/* One row, against what is here. */
static int
look_at(struct looking *l, const struct plan_record *rec, size_t i)
{
	/* All of a server's rows are before or after: which, where a row alone
	 * does not tell, is as far as the journal came. */
	enum step_state either =
	    l->row[i].n < journal_intended(l->j) ? STEP_AFTER : STEP_BEFORE;
	struct buf why = BUF_EMPTY;
	enum step_state state;
	int rc = -1;

	place_cells(l, rec);
	state = row_state_two(rec, batch_current(l->batch, i),
	    batch_moved(l->batch, i), l->at, either, &why);
	if (state == STEP_BEFORE)
		rc = 0;
	else if (state != STEP_FAILED)
		rc = l->tell(
		    l->cookie, rec, state, state == STEP_OTHER ? why.data : "");
	buf_free(&why);
	return rc;
}

/* What waits is asked for with one query, and compared. */
static int
flush(struct looking *l)
{
	size_t i, n = l->batch == NULL ? 0 : batch_rows(l->batch);

	if (n == 0)
		return 0;
	if (batch_fetch(l->batch))
		return -1;
	for (i = 0; i < n; i++) {
		if (plan_decode(l->bytes.data + l->row[i].start, l->row[i].len,
			&l->decoded)) {
			warn_msg("out of memory");
			return -1;
		}
		if (look_at(l, &l->decoded.r, i))
			return -1;
		l->from = l->row[i].n + 1;
	}
	batch_clear(l->batch);
	buf_clear(&l->bytes);
	return 0;
}

/* The table of the rows from here on: 1, 0 with l->why, -1. */
static int
open_table(struct looking *l, const struct plan_record *rec)
{
	int rc;

	drop_table(l);
	buf_clear(&l->why);
	if ((rc = target_at(l->r->db, rec->table, &l->table, &l->why)) != 1)
		return rc;
	l->have_table = 1;
	l->key = calloc(l->table.rules.n + 1, sizeof(*l->key));
	l->at = calloc(l->table.rules.n + 1, sizeof(*l->at));
	if (l->key == NULL || l->at == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return (l->batch = batch_new(&l->table)) == NULL ? -1 : 1;
}

/* The row's table is l->table: 1, 0 with l->why, -1. */
static int
find_table(struct looking *l, const struct plan_record *rec)
{
	const struct db_schema *schema;
	int rc;

	if (l->r->db == NULL || rec->table == NULL ||
	    target_server(l->r->db, rec->table, &schema) == NULL) {
		warn_msg("%s: its database is not among those of this site",
		    rec->item);
		return -1;
	}
	if (l->have_table && l->table.schema == schema &&
	    strcmp(l->table.here->table->table, rec->table->table) == 0)
		return 1;
	if (l->absent.len > 0 && strcmp(l->absent.data, rec->source) == 0)
		return 0;
	if (flush(l))
		return -1;
	if ((rc = open_table(l, rec)) != 0)
		return rc;
	buf_clear(&l->absent);
	return buf_adds(&l->absent, rec->source) ? -1 : 0;
}

/* Among the rows of the next query. */
static int
add_row(struct looking *l, const struct plan_record *rec, uint64_t n)
{
	const struct cell_rules *rules = &l->table.rules;
	struct waiting *w = &l->row[batch_rows(l->batch)];
	struct db_value after[DB_KEY_MAX];
	size_t k;

	w->n = n;
	w->start = l->bytes.len;
	if (plan_encode(rec, &l->bytes))
		return -1;
	w->len = l->bytes.len - w->start;
	for (k = 0; k < rules->nkey; k++) {
		l->key[rules->key[k]].data = rec->key[k];
		l->key[rules->key[k]].len = rec->key_len[k];
		after[k] = row_key(&l->table, rec, k, 1);
	}
	if (batch_add(
		l->batch, l->key, row_key_moves(&l->table, rec) ? after : NULL))
		return -1;
	return batch_full(l->batch) || l->bytes.len >= LOOK_BYTES ? flush(l)
								  : 0;
}

static int
look_row(struct looking *l, const struct plan_record *rec, uint64_t n)
{
	int rc;

	if ((rc = find_table(l, rec)) == 1) {
		buf_clear(&l->why);
		rc = row_sql_fits(&l->table, rec, &l->why);
	}
	if (rc == 1)
		return add_row(l, rec, n);
	/* In the order of the journal. */
	if (rc == -1 || flush(l) ||
	    l->tell(l->cookie, rec, STEP_OTHER, l->why.data))
		return -1;
	l->from = n + 1;
	return 0;
}

static int
look_all(struct looking *l)
{
	const struct plan_record *rec;
	uint64_t n;
	int more;

	if (journal_rewind(l->j, JOURNAL_FORWARD))
		return -1;
	while ((more = journal_next(l->j, &rec, &n)) == 1)
		if (rec->kind == ITEM_TABLE && n >= l->from &&
		    look_row(l, rec, n))
			return -1;
	return more == 0 ? flush(l) : -1;
}

/* A server went away, and is back: 0.  Looking goes on where it was. */
static int
come_back(struct looking *l, unsigned int tries)
{
	struct db_set *set = l->r->db;
	size_t i;

	for (i = 0; set != NULL && i < set->nservers; i++) {
		struct db_server *s = &set->servers[i];
		enum db_trouble trouble = db_trouble(s->db);

		if (trouble != DB_LOST && trouble != DB_AGAIN)
			continue;
		if (tries >= ROWS_TRIES) {
			warn_msg("%s: %s", s->label, db_why(s->db));
			return -1;
		}
		return db_reconnect(s->db, l->r->patience, NULL, NULL);
	}
	return -1;
}

static void
hush(struct restore *r, int on)
{
	size_t i;

	for (i = 0; r->db != NULL && i < r->db->nservers; i++)
		db_hush(r->db->servers[i].db, on);
}

int
rows_look(struct restore *r, struct journal *j, row_tell *tell, void *cookie)
{
	unsigned int tries = 0;
	struct looking *l;
	int rc;

	if ((l = calloc(1, sizeof(*l))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	l->r = r;
	l->j = j;
	l->tell = tell;
	l->cookie = cookie;
	hush(r, 1);
	while ((rc = look_all(l)) == -1 && come_back(l, ++tries) == 0)
		drop_table(l);
	hush(r, 0);
	drop_table(l);
	plan_decoded_free(&l->decoded);
	buf_wipe(&l->bytes);
	buf_free(&l->absent);
	buf_free(&l->why);
	free(l);
	return rc;
}
