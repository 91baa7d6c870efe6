#include "restore/shares/shares.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/rows.h"
#include "archive/warn.h"
#include "restore/shares/share_hash.h"
#include "restore/shares/share_table.h"
#include "restore/shares/share_text.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* So many shares that the map changes are looked after: each is two rules. */
#define MOST 65536

struct finder {
	struct restore *r;
	struct share_set *seen; /* those that the map changes */
	struct buf text;
};

/* The map's rules for the folder of one share. */
static int
derive(struct finder *f, const char *was, const char *is)
{
	char old[SHARE_HASH], new[SHARE_HASH];
	struct buf where = BUF_EMPTY;
	int kind, rc = -1;

	if (buf_addf(&where, "derived from %s", was))
		goto done;
	for (kind = 0; kind < SHARE_HASHES; kind++)
		if (share_hash(kind, was, strlen(was), old) ||
		    share_hash(kind, is, strlen(is), new) ||
		    addrmap_derive(f->r->map, old, new, where.data))
			goto done;
	rc = 0;
done:
	buf_free(&where);
	return rc;
}

/* share_fn: one name, that may be a share's. */
static int
found(void *cookie, const char *share)
{
	struct rewrite_options opt = { .role = PLACE_PLAIN };
	struct finder *f = cookie;
	struct buf new = BUF_EMPTY;
	int rc;

	opt.map = f->r->map;
	if ((rc = share_set_has(f->seen, share)) != 0)
		return 0;
	rc = rewrite(&opt, PLACE_VALUE, share, strlen(share), &new, NULL, NULL);
	if (rc != 0 || strcmp(new.data, share) == 0)
		goto done;
	rc = -1;
	if (share_set_count(f->seen) == MOST)
		warn_msg("the bundle names more than %d shares that the map "
			 "changes: leave some out of it",
		    MOST);
	else if (share_set_add(f->seen, share) == 0)
		rc = derive(f, share, new.data);
done:
	buf_free(&new);
	return rc;
}

/* One cell of a row of the table. */
static int
look_cell(struct finder *f, enum share_form form, const struct db_value *cell)
{

	if (cell->data == NULL)
		return 0;
	buf_clear(&f->text);
	if (buf_add(&f->text, cell->data, cell->len))
		return -1;
	switch (form) {
	case SHARE_WHOLE:
		return share_whole(f->text.data, found, f);
	case SHARE_JSON:
		return share_json(f->text.data, f->text.len, found, f);
	case SHARE_POOL:
		return share_pool(f->text.data, found, f);
	}
	return 0;
}

static const struct share_row *
row_of(const struct item *item, const char *column)
{
	const struct share_row *s;

	for (s = share_rows; s < share_rows + COUNT(share_rows); s++)
		if (strcmp(s->table, item->table->table) == 0 &&
		    strcmp(s->role, item->table->role) == 0 &&
		    (column == NULL || strcmp(s->column, column) == 0))
			return s;
	return NULL;
}

static int
look_row(struct finder *f, const struct item *item, const struct rows *rows,
    const struct db_value *cells)
{
	const struct share_row *s;
	size_t i;

	for (i = 0; i < rows_width(rows); i++) {
		s = row_of(item, rows_cell(rows, i)->column->name);
		if (s != NULL && look_cell(f, s->form, &cells[i]))
			return -1;
	}
	return 0;
}

/* tabfile_glance: no share is without "export", ":/" or "//" (share_text.c). */
static size_t
glance(void *cookie, const char *bytes, size_t len)
{
	const char *at = memmem(bytes, len, "export", 6), *end, *slash = bytes;

	(void)cookie;
	end = at == NULL ? bytes + len : at;
	while (slash < end &&
	       (slash = memchr(slash, '/', (size_t)(end - slash))) != NULL) {
		if (slash > bytes && (slash[-1] == ':' || slash[-1] == '/'))
			return (size_t)(slash - 1 - bytes);
		slash++;
	}
	return (size_t)(end - bytes);
}

/* What a piece's end leaves open. */
#define OPEN 5

void
shares_glance(
    void *cookie, const struct item *item, const char *bytes, size_t len)
{
	struct shares_seen *s = cookie;
	char both[2 * OPEN + 1];
	size_t n, first = len < OPEN ? len : OPEN;

	if (s->item != item)
		s->nlast = 0;
	s->item = item;
	if (s->may || row_of(item, NULL) == NULL)
		return;
	/* What stands on both sides of where one piece ends, too. */
	memcpy(both, s->last, s->nlast);
	memcpy(both + s->nlast, bytes, first);
	n = s->nlast + first;
	s->may = glance(NULL, both, n) < n || glance(NULL, bytes, len) < len;
	if (len < OPEN) {
		s->nlast = n < OPEN ? n : OPEN;
		memmove(s->last, both + n - s->nlast, s->nlast);
	} else {
		s->nlast = OPEN;
		memcpy(s->last, bytes + len - OPEN, OPEN);
	}
}

static int
look_table(struct finder *f, struct bundle_part *part, const struct item *item)
{
	const struct db_value *cells;
	struct rows *rows;
	int rc;

	if (row_of(item, NULL) == NULL)
		return 0;
	if ((rows = rows_open(part, item)) == NULL)
		return -1;
	while ((rc = rows_pass(rows, glance, NULL)) == 0 &&
	       (rc = rows_next(rows, &cells)) == 1)
		if (look_row(f, item, rows, cells)) {
			rc = -1;
			break;
		}
	rows_close(rows);
	return rc;
}

static int
is_of_set(const struct item *item)
{
	size_t i;

	for (i = 0; i < COUNT(share_sets); i++)
		if (item->file->set != NULL &&
		    strcmp(item->file->set, share_sets[i]) == 0)
			return 1;
	return 0;
}

static int
look_file(struct finder *f, struct bundle_part *part, const struct item *item)
{
	struct buf bytes = BUF_EMPTY;
	int rc = -1;

	if (item->file->type != FILE_REGULAR ||
	    item->file->format == PLACE_OPAQUE || !is_of_set(item))
		return 0;
	if (bundle_part_load(part, &bytes) == 0)
		rc = bytes.len == 0
			 ? 0
			 : share_lines(bytes.data, bytes.len, found, f);
	buf_wipe(&bytes);
	return rc;
}

/* Can there be a share that the map changes in this part?  The index has every
 * address; only names and paths need a look. */
static int
is_worth(const struct restore *r, enum item_part part)
{
	const struct manifest *m = r->manifest;
	const struct item *item;
	struct address new;
	size_t i;

	if (part == PART_DATABASE && r->shares.item != NULL && !r->shares.may)
		return 0;
	if (part == PART_FILES || addrmap_has_names(r->map) ||
	    addrmap_has_paths(r->map))
		return 1;
	for (i = 0; i < m->nindex; i++) {
		item = m->items[m->index[i].item];
		if (item->kind == ITEM_TABLE && row_of(item, NULL) != NULL &&
		    addrmap_address(r->map, &m->index[i].addr, &new, NULL) ==
			ADDRMAP_NEW)
			return 1;
	}
	return 0;
}

static enum outcome
look_part(struct finder *f, enum item_part which)
{
	struct bundle_part *part;
	const struct item *item;
	enum outcome rc;
	int more, bad = 0;

	if (!is_worth(f->r, which))
		return OUTCOME_DONE;
	if ((rc = bundle_part_open(f->r->bundle, which, &part)) != OUTCOME_DONE)
		return rc;
	while (!bad && (more = bundle_part_next(part, &item)) != 0) {
		if (more == -1)
			bad = -1;
		else if (item->kind == ITEM_TABLE)
			bad = look_table(f, part, item);
		else if (item->kind == ITEM_FILE)
			bad = look_file(f, part, item);
	}
	if (bad && (rc = bundle_outcome(f->r->bundle)) == OUTCOME_DONE)
		rc = OUTCOME_FAILED;
	bundle_part_close(part);
	return rc;
}

enum outcome
shares_derive(struct restore *r)
{
	struct finder f = { .r = r };
	enum outcome rc = OUTCOME_FAILED;

	if (addrmap_rules(r->map) == 0)
		return OUTCOME_DONE;
	if ((f.seen = share_set_new()) == NULL)
		return rc;
	if ((rc = look_part(&f, PART_FILES)) == OUTCOME_DONE)
		rc = look_part(&f, PART_DATABASE);
	if (rc == OUTCOME_DONE && share_set_count(f.seen) > 0 &&
	    addrmap_ready(r->map))
		rc = OUTCOME_FAILED;
	share_set_free(f.seen);
	buf_wipe(&f.text);
	return rc;
}
