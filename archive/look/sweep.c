#include "archive/look/sweep.h"

#include <string.h>

#include "archive/address/inner.h"
#include "archive/address/kind.h"
#include "archive/database/rows.h"
#include "archive/node/fileset.h"
#include "archive/node/fileset_outside.h"
#include "archive/warn.h"

/* The sweep, and where it is. */
struct sweep {
	struct bundle_part *part;
	struct external *external; /* networks of the bundle */
	sweep_glance *glance;      /* or NULL */
	sweep_fn *fn;
	void *cookie;
	struct sweep_place at; /* item, name, what and held of all places */
	const struct item_column *column; /* of a row, else NULL */
	struct buf label, inner;
	int stopped; /* fn said -1 */
};

/* Why a map leaves places of this role alone, or NULL. */
static const char *
held_by_role(enum place_role role)
{

	switch (role) {
	case PLACE_COMMENT:
		return "a comment";
	case PLACE_SECRET:
		return "a secret by its name";
	case PLACE_HOST:
		return "a nova host name";
	case PLACE_TENANT:
		return "a tenant's own data";
	default:
		return NULL;
	}
}

/* A place whose decoded bytes are looked at. */
struct inside {
	struct sweep *s;
	struct sweep_place outer;
};

/* inner_fn */
static int
call_inside(void *cookie, const char *how, const char *bytes, size_t len)
{
	struct inside *i = cookie;
	struct sweep_place place = i->outer;
	struct sweep *s = i->s;

	buf_clear(&s->inner);
	if (buf_adds(&s->inner, place.label) ||
	    (place.label[0] != '\0' && buf_addc(&s->inner, ' ')) ||
	    buf_addf(&s->inner, "(%s)", how))
		return -1;
	place.label = s->inner.data;
	place.held = inner_held(how);
	place.inner = how;
	place.bytes = bytes;
	place.len = len;
	return s->fn(s->cookie, &place) ? -1 : 0;
}

/* Each place is asked for its own: a row or a file has many beside the one that
 * is looked for. */
static int
is_worth(const struct sweep *s, const char *bytes, size_t len)
{

	return s->glance == NULL || s->at.item->kind == ITEM_ACCOUNT ||
	       s->glance(s->cookie, bytes, len, 0) < len;
}

static int
call(struct sweep *s, const char *label, enum place_role role,
    const char *bytes, size_t len)
{
	struct sweep_place place = s->at;
	struct inside inside;

	place.label = label;
	place.role = role;
	if (place.held == NULL)
		place.held = held_by_role(role);
	place.bytes = bytes;
	place.len = len;
	place.kind = KIND_NONE;
	if (s->column == NULL) {
		place.kind = kind_of(place.item->name,
		    place.item->file != NULL ? place.item->file->set : NULL,
		    label, bytes, len);
		if (place.kind != KIND_NONE)
			place.what = kind_name(place.kind);
	}
	inside = (struct inside){ s, place };
	if (s->fn(s->cookie, &place) ||
	    inner_walk(bytes, len, call_inside, &inside)) {
		s->stopped = 1;
		return -1;
	}
	return 0;
}

/* A place inside a file, a definition or a column. */
static int
on_place(void *cookie, const struct place *p)
{
	struct sweep *s = cookie;

	if (!is_worth(s, p->bytes, p->len))
		return 0;
	if (s->column == NULL)
		return call(s, p->label, p->role, p->bytes, p->len);
	buf_clear(&s->label);
	if (buf_adds(&s->label, s->column->name) ||
	    (p->label[0] != '\0' && buf_addf(&s->label, " %s", p->label))) {
		s->stopped = 1;
		return -1;
	}
	return call(s, s->label.data,
	    p->role == PLACE_PLAIN ? s->at.role : p->role, p->bytes, p->len);
}

/* All places of some bytes; what cannot be cut is one place, line by line. */
static int
walk(struct sweep *s, enum place_format format, const char *bytes, size_t len)
{
	int fits;

	if (format == PLACE_OPAQUE) {
		s->at.held = "a binary file";
		return call(s, "binary", PLACE_PLAIN, bytes, len);
	}
	fits = place_fits(format, bytes, len);
	if (fits == 0) {
		warn_info("%s: read as plain text", s->at.name);
		format = PLACE_TEXT;
	}
	if (fits != -1 && place_walk(format, bytes, len, on_place, s) == 0)
		return 0;
	/* What fits ends for want of memory. */
	s->stopped = 1;
	return -1;
}

static int
sweep_row(struct sweep *s, const struct rows *r, const struct db_value *cells)
{
	const struct rows_cell *cell;
	size_t i;

	for (i = 0; i < rows_width(r); i++) {
		if (cells[i].data == NULL ||
		    !is_worth(s, cells[i].data, cells[i].len))
			continue;
		cell = rows_cell(r, i);
		s->column = cell->column;
		s->at.what = cell->what;
		s->at.role =
		    rows_secret(r, cells, i) ? PLACE_SECRET : cell->role;
		s->at.held = rows_held(r, s->external, cells, i);
		if (walk(s, cell->form, cells[i].data, cells[i].len))
			return -1;
	}
	return 0;
}

/* tabfile_glance */
static size_t
glance_rows(void *cookie, const char *bytes, size_t len)
{
	struct sweep *s = cookie;

	return s->glance(s->cookie, bytes, len, 1);
}

/* The next row that is worth a look: 1, 0 at the end, -1. */
static int
next_row(struct sweep *s, struct rows *r, const struct db_value **cells)
{

	if (s->glance != NULL && rows_pass(r, glance_rows, s) == -1)
		return -1;
	return rows_next(r, cells);
}

static int
sweep_table(struct sweep *s)
{
	const struct db_value *cells;
	struct buf name = BUF_EMPTY;
	struct rows *r;
	int rc;

	if ((r = rows_open(s->part, s->at.item)) == NULL)
		return -1;
	while ((rc = next_row(s, r, &cells)) == 1) {
		buf_clear(&name);
		if ((rc = rows_name(r, cells, &name)) != 0)
			break;
		s->at.name = name.data;
		if ((rc = sweep_row(s, r, cells)) != 0)
			break;
	}
	buf_free(&name);
	rows_close(r);
	return rc;
}

/* A file's own name, and where a link points. */
static int
sweep_name(struct sweep *s)
{
	const struct item *item = s->at.item;
	const char *path = item->name + strlen("file:");
	const char *name = strrchr(path, '/') + 1;
	int rc;

	if (path[fileset_kept(path)] == '\0')
		s->at.held = "the name of a file";
	rc = is_worth(s, name, strlen(name))
		 ? call(s, "name", PLACE_PLAIN, name, strlen(name))
		 : 0;
	s->at.held = NULL;
	if (rc == 0 && item->file->type == FILE_SYMLINK)
		rc = call(s, "target", PLACE_PLAIN, item->file->target,
		    strlen(item->file->target));
	return rc;
}

/* Why a restore leaves the whole file alone, or NULL. */
static const char *
held_file(const struct item *item)
{
	const struct fileset_hold *hold;

	if (item->file->set != NULL &&
	    strcmp(item->file->set, FILESET_OUTSIDE) == 0)
		return "outside the catalogue";
	hold = fileset_held(item->name + strlen("file:"));
	return hold != NULL ? hold->why : NULL;
}

/* A file or a definition: its bytes, and a file's name. */
static int
sweep_whole(struct sweep *s)
{
	const struct item *item = s->at.item;
	struct buf bytes = BUF_EMPTY;
	int rc = 0;

	if (item->kind == ITEM_FILE) {
		if (sweep_name(s))
			return -1;
		if (item->file->type != FILE_REGULAR)
			return 0;
		s->at.held = held_file(item);
	}
	if (bundle_part_load(s->part, &bytes) ||
	    (bytes.len > 0 && is_worth(s, bytes.data, bytes.len) &&
		walk(s, item_format(item), bytes.data, bytes.len)))
		rc = -1;
	buf_wipe(&bytes);
	return rc;
}

static enum outcome
sweep_part(struct sweep *s, struct bundle *b, enum item_part part)
{
	const struct item *item;
	enum outcome outcome;
	int rc;

	outcome = bundle_part_open(b, part, &s->part);
	if (outcome != OUTCOME_DONE)
		return outcome;
	while ((rc = bundle_part_next(s->part, &item)) == 1) {
		memset(&s->at, 0, sizeof(s->at));
		s->column = NULL;
		s->at.item = item;
		s->at.name = item->name;
		if (item->kind == ITEM_TABLE)
			rc = sweep_table(s);
		else
			rc = sweep_whole(s);
		if (rc != 0)
			break;
	}
	bundle_part_close(s->part);
	if (rc == 0)
		return OUTCOME_DONE;
	return s->stopped ? OUTCOME_FAILED : OUTCOME_REFUSED;
}

enum outcome
sweep_bundle(struct bundle *b, sweep_fn *fn, void *cookie)
{

	return sweep_bundle_for(b, NULL, fn, cookie);
}

enum outcome
sweep_bundle_for(
    struct bundle *b, sweep_glance *glance, sweep_fn *fn, void *cookie)
{
	struct sweep s = { .glance = glance,
		.fn = fn,
		.cookie = cookie,
		.label = BUF_EMPTY,
		.inner = BUF_EMPTY };
	enum outcome outcome;
	int part;

	outcome = external_read(b, &s.external);
	for (part = 0; part < ITEM_PARTS && outcome == OUTCOME_DONE; part++)
		outcome = sweep_part(&s, b, (enum item_part)part);
	buf_free(&s.label);
	external_free(s.external);
	buf_free(&s.inner);
	return outcome;
}
