#include "restore/rows/moves.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/row_name.h"
#include "archive/fnv.h"
#include "archive/look/tally.h"
#include "archive/warn.h"
#include "restore/preflight/finding.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/cell_width.h"
#include "restore/rows/cells.h"

/* A row of which both keys are taken here, copied. */
struct kept {
	struct db_value *captured, *here, *there;
	int moved;
};

struct moves {
	struct restore *r;
	const struct target *t;
	int say, text; /* the key has a part that may hold an address */
	struct cell_hold hold;
	struct buf name;
	struct db_value key[32];
	struct buf bytes[32];
	struct tally *used; /* hashes of the keys of rows that were found */
	struct kept *kept;
	size_t nkept;
};

struct moves *
moves_new(struct restore *r, const struct target *t, int say)
{
	struct moves *m;
	size_t k;

	if ((m = calloc(1, sizeof(*m))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	m->r = m->hold.r = r;
	m->hold.table = t->source->name;
	m->t = t;
	m->say = say;
	for (k = 0; k < t->rules.nkey; k++)
		m->text |= t->rules.rule[t->rules.key[k]].text;
	if ((m->used = tally_new()) == NULL) {
		moves_free(m);
		return NULL;
	}
	return m;
}

void
moves_free(struct moves *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nkept; i++)
		free(m->kept[i].captured);
	for (i = 0; i < sizeof(m->bytes) / sizeof(m->bytes[0]); i++)
		buf_wipe(&m->bytes[i]);
	free(m->kept);
	tally_free(m->used);
	cell_hold_free(&m->hold);
	buf_free(&m->name);
	free(m);
}

static int
set_name(struct moves *m, const struct db_value *captured)
{
	const struct item_table *t = m->t->source->table;
	const struct cell_rules *rules = &m->t->rules;
	struct db_value key[32];
	size_t k;

	for (k = 0; k < rules->nkey; k++)
		key[k] = captured[rules->key[k]];
	buf_clear(&m->name);
	return row_name(t->schema, t->table, key, rules->nkey, &m->name);
}

/* One part of the key through the map: 1 changed, 0, -1. */
static int
map_part(struct moves *m, size_t k, const struct db_value *captured)
{
	size_t cell = m->t->rules.key[k];
	const struct cell_rule *rule = &m->t->rules.rule[cell];
	const struct db_value *v = &captured[cell];
	struct db_value was = cell_width_cut(rule->column, v);
	struct buf *to = &m->bytes[k];
	struct rewrite_options opt;

	m->key[k] = *v;
	if (!rule->text || v->data == NULL)
		return 0;
	cell_hold_start(&m->hold, rule, &opt);
	buf_clear(to);
	if (rewrite(&opt, rule->format, was.data, was.len, to, NULL, NULL) ||
	    cell_width_fill(rule->column, to))
		return -1;
	m->key[k].data = to->data == NULL ? "" : to->data;
	m->key[k].len = to->len;
	return !cells_same(&m->key[k], v);
}

int
moves_key(struct moves *m, const struct db_value *captured,
    const struct db_value **key)
{
	int changed = 0, rc;
	size_t k;

	*key = NULL;
	if (!m->text)
		return 0;
	if (set_name(m, captured))
		return -1;
	cell_hold_row(
	    &m->hold, &m->t->rules, m->r->external, m->name.data, captured);
	for (k = 0; k < m->t->rules.nkey; k++) {
		if ((rc = map_part(m, k, captured)) == -1)
			return -1;
		changed |= rc;
	}
	if (changed)
		*key = m->key;
	return 0;
}

/* A hash of the key that a row has here. */
static size_t
hash_key(const struct moves *m, const struct db_value *cells)
{
	const struct cell_rules *rules = &m->t->rules;
	uint64_t h = FNV_START;
	const struct db_value *v;
	size_t k;

	for (k = 0; k < rules->nkey; k++) {
		v = &cells[rules->key[k]];
		h = fnv(h, &v->len, sizeof(v->len));
		h = fnv(h, v->data, v->len);
	}
	return (size_t)h;
}

static int
is_used(const struct moves *m, const struct db_value *cells)
{

	return tally_count(m->used, hash_key(m, cells), "", 0) > 0;
}

/* This row here is the captured one; it can be only one's. */
static int
use(struct moves *m, const struct db_value *captured,
    const struct db_value *current)
{
	int twice = is_used(m, current);

	if (tally_add(m->used, hash_key(m, current), "", 0) == 0)
		return -1;
	if (!twice || !m->say)
		return 0;
	if (set_name(m, captured))
		return -1;
	return finding_add(m->r, ITEM_TABLE, m->name.data, NULL, "unique-key",
	    "the row that stands here may be this one or another one whose key "
	    "the map changes: bring back the one that is missing, or leave "
	    "this one out with --not '%s'",
	    m->name.data);
}

static int
keep(struct moves *m, const struct db_value *captured,
    const struct db_value *here, const struct db_value *there)
{
	size_t n = m->t->rules.n, len;
	struct kept *more;
	char *bytes;

	more = reallocarray(m->kept, m->nkept + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	m->kept = more;
	more += m->nkept;
	memset(more, 0, sizeof(*more));
	len = cells_bytes(captured, n) + cells_bytes(here, n) +
	      cells_bytes(there, n);
	more->captured = malloc(3 * n * sizeof(*more->captured) + len);
	if (more->captured == NULL)
		goto err0;
	more->here = more->captured + n;
	more->there = more->here + n;
	bytes =
	    cells_copy(more->captured, captured, n, (char *)(more->there + n));
	bytes = cells_copy(more->here, here, n, bytes);
	cells_copy(more->there, there, n, bytes);
	m->nkept++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

int
moves_find(struct moves *m, const struct batch *b, size_t i,
    const struct db_value **current)
{
	const struct db_value *captured = batch_captured(b, i);
	const struct db_value *here = batch_current(b, i);
	const struct db_value *there = batch_moved(b, i);

	*current = here;
	if (!batch_moves(b, i))
		return 1;
	if (here != NULL && there != NULL)
		return keep(m, captured, here, there);
	if (here == NULL)
		*current = there;
	if (*current != NULL && use(m, captured, *current))
		return -1;
	return 1;
}

/* What stands under a row's captured key is another's: then its own has moved
 * as well, and what stands under its new key is it. */
static int
follow(struct moves *m)
{
	struct kept *k;
	int again = 1;
	size_t i;

	while (again) {
		again = 0;
		for (i = 0; i < m->nkept; i++) {
			k = &m->kept[i];
			if (k->moved || !is_used(m, k->here))
				continue;
			k->moved = again = 1;
			if (use(m, k->captured, k->there))
				return -1;
		}
	}
	return 0;
}

int
moves_end(struct moves *m, moves_fn *fn, void *cookie)
{
	struct kept *k;
	size_t i;
	int rc;

	if (follow(m))
		return -1;
	for (i = 0; i < m->nkept; i++) {
		k = &m->kept[i];
		rc = fn(cookie, k->captured, k->moved ? k->there : k->here);
		if (rc != 0)
			return rc;
	}
	return 0;
}
