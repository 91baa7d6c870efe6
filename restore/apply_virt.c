#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/definition.h"
#include "restore/meaning.h"

/* Is what stands here still what the plan saw? */
static int
unchanged(const char *now, const struct plan_cell *cell)
{

	if (now == NULL || cell->before == NULL)
		return now == NULL && cell->before == NULL;
	return strlen(now) == cell->before_len &&
	       memcmp(now, cell->before, cell->before_len) == 0;
}

static int
moved(const struct plan_record *rec, const char *what)
{

	warn_msg("%s: its %s here has changed since the plan was made: run the "
		 "restore again",
	    rec->item, what);
	return -1;
}

/* A copy of a cell's new value as a string. */
static char *
cell_text(const struct plan_cell *cell)
{
	char *s;

	if (memchr(cell->after, '\0', cell->after_len) != NULL) {
		warn_msg("a definition holds a zero byte");
		return NULL;
	}
	if ((s = strndup(cell->after, cell->after_len)) == NULL)
		warn_msg("out of memory");
	return s;
}

static void
text_free(char *s)
{

	if (s != NULL)
		explicit_bzero(s, strlen(s));
	free(s);
}

/* libvirt said yes: is it there, to stay, and whole?  1; 0 with what is missing
 * in ${why}; -1 (said). */
static int
is_whole(struct restore *r, const struct plan_record *rec, const char *xml,
    struct buf *why)
{
	struct virt_object *o;
	int there, rc = -1;

	there = virt_get(r->virt, rec->kind, definition_name(rec->item), &o);
	if (there == -1)
		return -1;
	if (there == 1 && o->persistent)
		rc = meaning_same(
		    xml, strlen(xml), o->xml, strlen(o->xml), 0, why);
	else
		warn_msg("%s: libvirt took the definition, but does not keep "
			 "it",
		    rec->item);
	virt_objects_free(o, (size_t)there);
	return rc;
}

/* Put back what stood here before a definition that lost something. */
static int
take_back(struct restore *r, const struct plan_record *rec,
    const struct virt_object *before)
{
	const char *name = definition_name(rec->item);

	if (before == NULL || !before->persistent)
		return virt_undefine(r->virt, rec->kind, name);
	return virt_define_loosely(r->virt, rec->kind, name, before->xml);
}

/**
 * Define, and see that nothing is lost: libvirt drops without a word what it
 * does not know.  What was read back must mean what was wanted; only where that
 * cannot be said libvirt's schema is asked, which takes ten times as long.
 */
static int
define(struct restore *r, const struct plan_record *rec, const char *xml,
    const struct virt_object *before)
{
	const char *name = definition_name(rec->item);
	struct buf why = BUF_EMPTY;
	int rc = -1;

	if (virt_define_loosely(r->virt, rec->kind, name, xml))
		goto done;
	if ((rc = is_whole(r, rec, xml, &why)) != 0)
		goto done;
	if ((rc = virt_define(r->virt, rec->kind, name, xml)) != 1)
		goto done;
	warn_msg("%s: libvirt does not take all of it: %s", rec->item,
	    why.data != NULL ? why.data : "");
	if (take_back(r, rec, before))
		warn_msg("%s: the definition that was there before could not "
			 "be put back",
		    rec->item);
	rc = -1;
done:
	buf_free(&why);
	return rc == -1 ? -1 : 0;
}

static int
apply_xml(struct restore *r, const struct plan_record *rec,
    const struct plan_cell *cell, const struct virt_object *now)
{
	char *xml;
	int rc;

	if (!unchanged(now != NULL ? now->xml : NULL, cell))
		return moved(rec, "definition");
	if ((xml = cell_text(cell)) == NULL)
		return -1;
	rc = define(r, rec, xml, now);
	text_free(xml);
	return rc;
}

static int
apply_value(struct restore *r, const struct plan_record *rec,
    const struct plan_cell *cell, const struct virt_object *now)
{
	char *value;
	int rc;

	if (!unchanged(now != NULL ? now->value : NULL, cell))
		return moved(rec, "value");
	if ((value = cell_text(cell)) == NULL)
		return -1;
	rc = virt_secret_value(r->virt, definition_name(rec->item), value);
	text_free(value);
	return rc;
}

static int
apply_autostart(struct restore *r, const struct plan_record *rec,
    const struct plan_cell *cell)
{

	return virt_autostart(r->virt, rec->kind, definition_name(rec->item),
	    cell->after_len == 1 && cell->after[0] == '1');
}

int
apply_virt(struct restore *r, const struct plan_record *rec)
{
	const struct plan_cell *cell;
	struct virt_object *now = NULL;
	int there, rc = 0;
	size_t i;

	/* What an autostart was is not asked: either way it is set. */
	if (rec->ncells == 1 && strcmp(rec->cells[0].name, "autostart") == 0)
		return apply_autostart(r, rec, &rec->cells[0]);
	there = virt_get(r->virt, rec->kind, definition_name(rec->item), &now);
	if (there == -1)
		return -1;
	for (i = 0; rc == 0 && i < rec->ncells; i++) {
		cell = &rec->cells[i];
		if (strcmp(cell->name, "xml") == 0)
			rc = apply_xml(r, rec, cell, now);
		else if (strcmp(cell->name, "value") == 0)
			rc = apply_value(r, rec, cell, now);
		else if (strcmp(cell->name, "autostart") == 0)
			rc = apply_autostart(r, rec, cell);
	}
	virt_objects_free(now, (size_t)there);
	return rc;
}
