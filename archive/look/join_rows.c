#include <stdlib.h>
#include <string.h>

#include "archive/database/rows.h"
#include "archive/look/join_private.h"
#include "archive/num.h"

/* The cells that a table is asked for, at most. */
#define CELLS 5

struct row {
	const char *cells[CELLS]; /* NULL: SQL NULL, or no such column */
	struct buf text;          /* what they point to */
	int history;
	const struct rows *rows;
	const struct db_value *all;
};

/* Later states of an instance say more than its row: it is on no host, or was
 * never there. */
static int
wants_definition(const char *state, const char *launched)
{
	static const char *const none[] = { "building", "deleted",
		"shelved_offloaded" };
	size_t i;

	if (state == NULL)
		return 1;
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (strcmp(state, none[i]) == 0)
			return 0;
	return strcmp(state, "error") != 0 || launched != NULL;
}

/* uuid, id, host, vm_state, launched_at */
static int
on_instance(struct join *j, const struct row *row)
{
	const char *host = row->cells[2];
	struct join_slip s = { .what = JOIN_SAYS_ROW,
		.file = j->nfiles - 1,
		.live = !row->history };

	if (row->cells[0] == NULL)
		return 0;
	if (row->cells[1] != NULL &&
	    num_u64(row->cells[1], UINT64_MAX, &s.number))
		s.number = 0;
	if (host != NULL && host[0] == '\0')
		host = NULL;
	s.wants = s.live && host != NULL &&
		  wants_definition(row->cells[3], row->cells[4]);
	s.text[0] = host;
	s.text[1] = row->cells[3];
	return join_say(j, row->cells[0], &s);
}

/* host, binary */
static int
on_service(struct join *j, const struct row *row)
{
	struct join_host *h;
	char *name = NULL;
	int rc = -1;

	if (row->history || row->cells[0] == NULL || row->cells[0][0] == '\0')
		return 0;
	if (manifest_set(&name, row->cells[0]) == -1)
		return -1;
	name[strcspn(name, "@#")] = '\0';
	if ((h = join_host(j, name)) != NULL) {
		if (row->cells[1] == NULL ||
		    strcmp(row->cells[1], "nova-compute") == 0)
			h->compute = 1;
		rc = manifest_set(&h->service, row->cells[1]);
	}
	free(name);
	return rc;
}

/* id, status, attach_status */
static int
on_volume(struct join *j, const struct row *row)
{
	struct join_slip s = { .what = JOIN_SAYS_VOLUME };

	if (row->history || row->cells[0] == NULL)
		return 0;
	s.in_use =
	    row->cells[1] != NULL && strcmp(row->cells[1], "in-use") == 0;
	return join_say(j, row->cells[0], &s);
}

/* volume_id, attach_status */
static int
on_attachment(struct join *j, const struct row *row)
{
	struct join_slip s = { .what = JOIN_SAYS_ATTACHMENT };
	struct buf name = BUF_EMPTY;
	int rc = -1;

	if (row->history || row->cells[0] == NULL || row->cells[0][0] == '\0' ||
	    (row->cells[1] != NULL && strcmp(row->cells[1], "detached") == 0))
		return 0;
	if (rows_name(row->rows, row->all, &name) == 0) {
		s.text[0] = name.data;
		rc = join_say(j, row->cells[0], &s);
	}
	buf_free(&name);
	return rc;
}

/* The tables that are read, and of what. */
static const struct reader {
	const char *role, *table;
	int (*each)(struct join *j, const struct row *row);
	const char *columns[CELLS];
} readers[] = {
	{ "nova", "instances", on_instance,
	    { "uuid", "id", "host", "vm_state", "launched_at" } },
	{ "nova", "services", on_service, { "host", "binary" } },
	{ "nova", "compute_nodes", on_service, { "host" } },
	{ "nova", "volumes", on_volume, { "id", "status" } },
	{ "nova", "block_device_mapping", on_attachment, { "volume_id" } },
	{ "cinder", "services", on_service, { "host", "binary" } },
	{ "cinder", "volumes", on_volume, { "id", "status" } },
	{ "cinder", "volume_attachment", on_attachment,
	    { "volume_id", "attach_status" } },
};

static const struct reader *
reader_of(const struct item_table *t)
{
	size_t i;

	for (i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (strcmp(readers[i].role, t->role) == 0 &&
		    strcmp(readers[i].table, t->table) == 0)
			return &readers[i];
	return NULL;
}

/* Where the columns that are asked for stand; the width: nowhere. */
static void
find_columns(
    const struct rows *rows, const struct reader *reader, size_t at[CELLS])
{
	size_t i, k;

	for (i = 0; i < CELLS; i++) {
		for (k = 0; k < rows_width(rows); k++)
			if (reader->columns[i] != NULL &&
			    strcmp(rows_cell(rows, k)->column->name,
				reader->columns[i]) == 0)
				break;
		at[i] = k;
	}
}

/* The cells of a row as strings. */
static int
set_row(struct row *row, const struct rows *rows, const size_t at[CELLS],
    const struct db_value *cells)
{
	const struct db_value *v;
	size_t start[CELLS], i;

	row->rows = rows;
	row->all = cells;
	row->history = rows_deleted(rows, cells);
	buf_clear(&row->text);
	for (i = 0; i < CELLS; i++) {
		start[i] = row->text.len;
		v = at[i] < rows_width(rows) ? &cells[at[i]] : NULL;
		if (v != NULL && v->data != NULL &&
		    (buf_add(&row->text, v->data, v->len) ||
			buf_addc(&row->text, '\0')))
			return -1;
	}
	for (i = 0; i < CELLS; i++) {
		v = at[i] < rows_width(rows) ? &cells[at[i]] : NULL;
		row->cells[i] = v != NULL && v->data != NULL
				    ? row->text.data + start[i]
				    : NULL;
	}
	return 0;
}

/* DONE; FAILED, when it is our own fault; PARTIAL, when a row is too long;
 * REFUSED unless the bundle knows better.
 */
static enum outcome
read_table(struct join *j, struct bundle_part *p, const struct item *item,
    const struct reader *reader)
{
	enum outcome outcome = OUTCOME_DONE;
	const struct db_value *cells;
	struct row row = { .text = BUF_EMPTY };
	struct rows *rows;
	size_t at[CELLS];
	int rc;

	if ((rows = rows_open(p, item)) == NULL)
		return OUTCOME_FAILED;
	find_columns(rows, reader, at);
	if (j->most > 0)
		rows_limit(rows, j->most);
	while ((rc = rows_next(rows, &cells)) == 1)
		if (set_row(&row, rows, at, cells) || reader->each(j, &row)) {
			outcome = OUTCOME_FAILED;
			break;
		}
	if (rc == 2)
		outcome = OUTCOME_PARTIAL;
	else if (rc == -1 ||
		 (rc == 0 && bundle_check_count(p, item, rows_count(rows))))
		outcome = OUTCOME_REFUSED;
	buf_free(&row.text);
	rows_close(rows);
	return outcome;
}

/* A table that tells something is read, all else only checked. */
static enum outcome
read_item(struct join *j, struct bundle_part *p, const struct item *item)
{
	const struct reader *reader = NULL;

	if (item->table != NULL && !item->table->outside)
		reader = reader_of(item->table);
	if (reader == NULL)
		return bundle_check_item(p, item) == -1 ? OUTCOME_REFUSED
							: OUTCOME_DONE;
	j->has_instances |= reader->each == on_instance;
	j->has_volumes |=
	    reader->each == on_volume &&
	    (item->table->rows > 0 || strcmp(reader->role, "cinder") == 0);
	return read_table(j, p, item, reader);
}

enum outcome
join_rows(struct join *j, struct bundle *b)
{
	const struct item *item;
	struct bundle_part *p;
	enum outcome outcome;
	int rc;

	outcome = bundle_part_open(b, PART_DATABASE, &p);
	if (outcome != OUTCOME_DONE)
		return outcome;
	while (
	    outcome == OUTCOME_DONE && (rc = bundle_part_next(p, &item)) != 0)
		outcome = rc == -1 ? OUTCOME_REFUSED : read_item(j, p, item);
	bundle_part_close(p);
	/* The bundle knows better why it could not be read. */
	if (outcome != OUTCOME_DONE && bundle_outcome(b) != OUTCOME_DONE)
		outcome = bundle_outcome(b);
	return outcome;
}
