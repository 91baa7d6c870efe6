#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/definitions/define.h"
#include "restore/definitions/definition.h"
#include "restore/journal/step.h"
#include "restore/meaning/meaning.h"

/* On which sides of the record something is, as bits; none: on neither. */
#define BEFORE 1
#define AFTER  2

/* A definition's step, and what stands here now. */
struct standing {
	struct restore *r;
	const struct plan_record *rec;
	const struct plan_cell *xml, *persistent, *value, *autostart;
	struct virt_object *now; /* or NULL */
	int xml_on, value_on, autostart_on;
	/* Taking back a value that was not set goes by way of nothing at all.
	 */
	int gone;
};

static const struct plan_cell *
cell_of(const struct plan_record *rec, const char *name)
{
	size_t i;

	for (i = 0; i < rec->ncells; i++)
		if (strcmp(rec->cells[i].name, name) == 0)
			return &rec->cells[i];
	return NULL;
}

/* Every string of a record has a NUL behind it; none may have one inside. */
static int
is_text(const struct plan_cell *c)
{

	return c == NULL ||
	       (c->after != NULL && strlen(c->after) == c->after_len &&
		   (c->before == NULL || strlen(c->before) == c->before_len));
}

/* The record's cells, and what stands here: 0, or -1 said. */
static int
standing_load(
    struct restore *r, const struct plan_record *rec, struct standing *s)
{
	const char *name = definition_name(rec->item);

	memset(s, 0, sizeof(*s));
	s->r = r;
	s->rec = rec;
	s->xml = cell_of(rec, "xml");
	s->persistent = cell_of(rec, "persistent");
	s->value = cell_of(rec, "value");
	s->autostart = cell_of(rec, "autostart");
	if (item_part(rec->kind) != PART_LIBVIRT || !is_text(s->xml) ||
	    !is_text(s->value) || !is_text(s->autostart) ||
	    (s->persistent != NULL && s->xml == NULL)) {
		warn_msg("%s: is no change of a definition", rec->item);
		return -1;
	}
	return virt_get(r->virt, rec->kind, name, &s->now) == -1 ? -1 : 0;
}

static void
standing_free(struct standing *s)
{

	virt_objects_free(s->now, s->now != NULL);
}

static int
means(const char *want, const char *here, int flags)
{

	return meaning_same(
	    want, strlen(want), here, strlen(here), flags, NULL);
}

/* Bits for a definition that is not here; -1 said. */
static int
xml_absent(struct standing *s, struct buf *why)
{

	/* What ran without a definition has ended: nothing is left of it. */
	if (s->xml->before == NULL || s->persistent != NULL)
		return BEFORE;
	if (s->rec->kind == ITEM_SECRET && s->value != NULL &&
	    s->value->before == NULL) {
		s->gone = 1;
		return BEFORE | AFTER;
	}
	return buf_adds(why, "it is not defined any more");
}

static int
xml_on(struct standing *s, struct buf *why)
{
	const char *before = s->xml->before, *after = s->xml->after, *now;
	int bits = 0, rc = 0;

	if (s->now == NULL)
		return xml_absent(s, why);
	now = s->now->xml;
	if (!s->now->persistent && s->persistent == NULL)
		return buf_adds(why, "it runs without a definition");
	if (before != NULL && strcmp(now, before) == 0)
		bits |= BEFORE;
	if (strcmp(now, after) == 0)
		bits |= AFTER;
	/* libvirt writes definitions in its own way. */
	if (bits == 0 && (rc = means(after, now, 0)) == 1)
		bits |= AFTER;
	if (bits == 0 && rc == 0 && before != NULL &&
	    (rc = means(before, now, MEANING_BOTH)) == 1)
		bits |= BEFORE;
	if (rc == -1)
		return -1;
	if (s->persistent != NULL)
		bits &= s->now->persistent ? AFTER : BEFORE;
	if (bits == 0 && buf_adds(why, "its definition has changed"))
		return -1;
	return bits;
}

static int
value_on(struct standing *s, struct buf *why)
{
	const char *now = s->now != NULL ? s->now->value : NULL;
	const char *before = s->value->before;
	int bits = 0;

	if (s->now == NULL && before != NULL)
		return buf_adds(why, "it is not defined any more");
	if (s->now != NULL && s->now->is_private)
		return buf_adds(why, "its value is private now");
	if (now == NULL || before == NULL)
		bits = now == NULL && before == NULL ? BEFORE : 0;
	else if (strcmp(now, before) == 0)
		bits = BEFORE;
	if (now != NULL && strcmp(now, s->value->after) == 0)
		bits |= AFTER;
	if (bits == 0 && buf_adds(why, "its value has changed"))
		return -1;
	return bits;
}

static int
is_on(const char *cell)
{

	return cell != NULL && strcmp(cell, "1") == 0;
}

/* There are two, so it is on one of them, unless it is gone. */
static int
autostart_on(struct standing *s, struct buf *why)
{

	if (s->now == NULL)
		return is_on(s->autostart->before)
			   ? buf_adds(why, "it is not defined any more")
			   : BEFORE;
	return !s->now->autostart == !is_on(s->autostart->after) ? AFTER
								 : BEFORE;
}

/* Look at each cell; FAILED is said. */
static enum step_state
look(struct standing *s, struct buf *why)
{
	int all = BEFORE | AFTER;

	s->xml_on = s->value_on = s->autostart_on = all;
	if ((s->xml != NULL && (s->xml_on = xml_on(s, why)) == -1) ||
	    (s->value != NULL && s->xml_on != 0 &&
		(s->value_on = value_on(s, why)) == -1) ||
	    (s->autostart != NULL &&
		(s->autostart_on = autostart_on(s, why)) == -1))
		return STEP_FAILED;
	if (s->xml_on == 0 || s->value_on == 0 || s->autostart_on == 0)
		return STEP_OTHER;
	all = s->xml_on & s->value_on & s->autostart_on;
	if (s->gone)
		return STEP_HALF;
	if ((all & BEFORE) != 0)
		return STEP_BEFORE;
	return all != 0 ? STEP_AFTER : STEP_HALF;
}

static int
set_autostart(struct standing *s, const char *to)
{

	return virt_autostart(
	    s->r->virt, s->rec->kind, definition_name(s->rec->item), is_on(to));
}

/* What is not as it is to be. */
static int
make(struct standing *s)
{
	const char *name = definition_name(s->rec->item);

	if (s->xml != NULL && (s->gone || (s->xml_on & AFTER) == 0) &&
	    define_whole(s->r, s->rec, s->xml->after, s->now))
		return -1;
	if (s->value != NULL && (s->value_on & AFTER) == 0 &&
	    virt_secret_value(s->r->virt, name, s->value->after))
		return -1;
	if (s->autostart != NULL && (s->autostart_on & AFTER) == 0 &&
	    set_autostart(s, s->autostart->after))
		return -1;
	return 0;
}

/* A value goes back to what it was; to none at all only with its secret. */
static int
unmake_value(struct standing *s)
{
	const char *name = definition_name(s->rec->item);

	if (s->value->before != NULL)
		return virt_secret_value(s->r->virt, name, s->value->before);
	if (s->xml == NULL) {
		warn_msg("%s: had no value, and its definition is not known",
		    s->rec->item);
		return -1;
	}
	if (s->xml->before == NULL)
		return 0;
	s->gone = 1;
	return virt_undefine(s->r->virt, s->rec->kind, name);
}

/* The same backwards. */
static int
unmake(struct standing *s)
{
	const char *name = definition_name(s->rec->item);

	if (s->autostart != NULL && (s->autostart_on & BEFORE) == 0 &&
	    set_autostart(s, s->autostart->before))
		return -1;
	if (s->value != NULL && (s->value_on & BEFORE) == 0 && unmake_value(s))
		return -1;
	if (s->xml == NULL || (!s->gone && (s->xml_on & BEFORE) != 0))
		return 0;
	if (s->xml->before == NULL || s->persistent != NULL)
		return virt_undefine(s->r->virt, s->rec->kind, name);
	return define_again(s->r, s->rec, s->xml->before);
}

/* Act unless it is on side ${to} already: 0, or -1 said. */
static int
step(struct restore *r, const struct plan_record *rec, enum step_state to,
    int (*act)(struct standing *s))
{
	struct buf why = BUF_EMPTY;
	enum step_state state;
	struct standing s;
	int rc = -1;

	if (standing_load(r, rec, &s))
		return -1;
	state = look(&s, &why);
	if (state == to)
		rc = 0;
	else if (state == STEP_OTHER)
		warn_msg("%s: has changed since the plan was made: %s",
		    rec->item, why.data);
	else if (state != STEP_FAILED)
		rc = act(&s);
	standing_free(&s);
	buf_free(&why);
	return rc;
}

enum step_state
virt_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{
	enum step_state state;
	struct standing s;

	if (standing_load(r, rec, &s))
		return STEP_FAILED;
	state = look(&s, why);
	standing_free(&s);
	return state;
}

int
virt_make(struct restore *r, const struct plan_record *rec)
{

	return step(r, rec, STEP_AFTER, make);
}

int
virt_unmake(struct restore *r, const struct plan_record *rec)
{

	return step(r, rec, STEP_BEFORE, unmake);
}
