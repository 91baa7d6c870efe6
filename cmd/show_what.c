#include "cmd/show_what.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/address/kind.h"
#include "archive/warn.h"
#include "cmd/show_value.h"

/* The places of one side of a change. */
struct side {
	struct spot {
		char *label;
		const char *bytes;
		size_t len;
	} * spot;
	size_t n, cap;
};

/* The table of a row's record: its source, or as its name says. */
static const struct item_table *
table_of(const struct manifest *m, const struct plan_record *rec)
{
	const struct item *item = NULL;
	char *name = NULL;

	if (rec->source != NULL && strncmp(rec->source, "table:", 6) == 0) {
		item = manifest_find(m, rec->source);
	} else if (rec->item != NULL && strncmp(rec->item, "row:", 4) == 0 &&
		   asprintf(&name, "table:%.*s",
		       (int)strcspn(rec->item + 4, ":"), rec->item + 4) != -1) {
		item = manifest_find(m, name);
		free(name);
	}
	return item != NULL ? item->table : NULL;
}

static const char *
what_of_row(
    const struct manifest *m, const struct plan_record *rec, const char *place)
{
	const struct item_table *t = table_of(m, rec);
	const struct catalog_column *c = NULL;
	char *column;

	if (t == NULL || (column = strndup(place, strcspn(place, " "))) == NULL)
		return NULL;
	c = catalog_column(t->role, t->table, column);
	free(column);
	return c != NULL ? c->what : NULL;
}

static const char *
set_of(const struct manifest *m, const struct plan_record *rec)
{
	const struct item *item = manifest_find(m, rec->item);

	return item != NULL && item->file != NULL ? item->file->set : NULL;
}

const char *
show_what(
    const struct manifest *m, const struct plan_record *rec, const char *place)
{
	size_t kind;

	if (rec->what != NULL || rec->item == NULL || place == NULL ||
	    rec->kind == PLAN_HOST)
		return rec->what;
	if (rec->kind == ITEM_TABLE)
		return what_of_row(m, rec, place);
	kind = kind_of(rec->item, set_of(m, rec), place, "", 0);
	return kind == KIND_NONE ? NULL : kind_name(kind);
}

static void
side_free(struct side *s)
{

	while (s->n > 0)
		free(s->spot[--s->n].label);
	free(s->spot);
}

static int
side_add(void *cookie, const struct place *p)
{
	struct side *s = cookie;
	struct spot *more;

	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 64;
		if ((more = reallocarray(s->spot, s->cap, sizeof(*more))) ==
		    NULL)
			goto err0;
		s->spot = more;
	}
	more = &s->spot[s->n];
	if ((more->label = strdup(p->label)) == NULL)
		goto err0;
	more->bytes = p->bytes;
	more->len = p->len;
	s->n++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

/* The places of a file or definition that differ.  A change keeps their order;
 * where it does not (drift), they can no longer be told apart. */
static int
whole_places(const struct manifest *m, const struct plan_record *rec,
    const struct show_cell *c, show_place_fn *fn, void *cookie)
{
	struct side was = { NULL, 0, 0 }, will = { NULL, 0, 0 };
	const struct plan_cell *cell = c->cell;
	size_t i, kind;
	int rc = -1;

	if (place_walk_any(
		c->format, cell->before, cell->before_len, side_add, &was) ||
	    place_walk_any(
		c->format, cell->after, cell->after_len, side_add, &will))
		goto done;
	for (i = 0, rc = 0; rc == 0 && i < was.n && i < will.n; i++) {
		if (strcmp(was.spot[i].label, will.spot[i].label) != 0)
			break;
		if (was.spot[i].len == will.spot[i].len &&
		    memcmp(was.spot[i].bytes, will.spot[i].bytes,
			was.spot[i].len) == 0)
			continue;
		kind = kind_of(rec->item, set_of(m, rec), will.spot[i].label,
		    will.spot[i].bytes, will.spot[i].len);
		rc = fn(cookie, will.spot[i].label,
		    kind == KIND_NONE ? NULL : kind_name(kind));
	}
done:
	side_free(&was);
	side_free(&will);
	return rc;
}

int
show_places(const struct manifest *m, const struct plan_record *rec,
    show_place_fn *fn, void *cookie)
{
	struct show_cell c;
	size_t i;
	int rc = 0;

	for (i = 0; i < rec->ncells && rc == 0; i++) {
		if (rec->type != PLAN_CHANGE || show_unchanged(&rec->cells[i]))
			continue;
		show_cell(m, rec, &rec->cells[i], &c);
		if (rec->kind == ITEM_TABLE)
			rc = fn(cookie, rec->cells[i].name,
			    what_of_row(m, rec, rec->cells[i].name));
		else if (c.whole && !c.opaque && rec->cells[i].before != NULL &&
			 rec->cells[i].after != NULL)
			rc = whole_places(m, rec, &c, fn, cookie);
	}
	return rc;
}

/* The kinds of one change so far, in words. */
struct whats {
	struct buf text; /* ", first, second" */
	const char **seen;
	size_t n;
};

static int
add_what(void *cookie, const char *place, const char *what)
{
	struct whats *w = cookie;
	const char **more;
	size_t i;

	(void)place;
	for (i = 0; i < w->n; i++)
		if (what != NULL && strcmp(w->seen[i], what) == 0)
			return 0;
	if (what == NULL)
		return 0;
	if ((more = reallocarray(w->seen, w->n + 1, sizeof(*more))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	w->seen = more;
	w->seen[w->n++] = what;
	return buf_addf(&w->text, "%s%s", w->n > 1 ? ", " : "", what);
}

int
show_whats(
    struct report *r, const struct manifest *m, const struct plan_record *rec)
{
	struct whats w = { BUF_EMPTY, NULL, 0 };
	int rc;

	rc = show_places(m, rec, add_what, &w);
	if (rc == 0 && w.n > 0)
		report_line(r, "# %s", w.text.data);
	buf_free(&w.text);
	free(w.seen);
	return rc;
}
