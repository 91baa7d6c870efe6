#include <string.h>

#include "archive/address/place_walk.h"
#include "archive/judge/xml_judge.h"
#include "archive/limits.h"
#include "archive/look/tally.h"
#include "archive/warn.h"
#include "archive/xml_scan.h"

/* One open element. */
struct level {
	size_t id;    /* 1.. in the order of the bytes */
	size_t label; /* length of its parent's label */
};

struct xml {
	struct walk *w;
	struct tally *totals; /* siblings by name, over the whole document */
	struct tally *seen;   /* so far */
	struct level stack[LIMIT_XML_DEPTH];
	size_t depth, ids;
};

int
place_xml_fits(const char *bytes, size_t len, int quiet)
{
	const char *why;

	if (xml_well_formed(bytes, len, &why) == -1)
		return -1;
	if (why != NULL && !quiet)
		warn_msg("not usable as XML: %s", why);
	return why == NULL;
}

/* Count every element below its parent. */
static int
count(struct xml *p)
{
	struct xml_scan x = { p->w->bytes, p->w->len, 0, 0, 0, 0, 0, 0 };
	size_t stack[LIMIT_XML_DEPTH + 1] = { 0 }, depth = 0, ids = 0;
	enum xml_event e;

	while ((e = xml_scan_next(&x)) != XML_SCAN_END) {
		if (e == XML_SCAN_OPEN) {
			if (tally_add(p->totals, stack[depth], x.b + x.s,
				x.e - x.s) == 0)
				return -1;
			stack[++depth] = ++ids;
		} else if (e == XML_SCAN_CLOSE) {
			depth--;
		}
	}
	return 0;
}

static int
open_element(struct xml *p, const char *name, size_t len)
{
	size_t parent = p->depth > 0 ? p->stack[p->depth - 1].id : 0, nth;
	struct buf *label = &p->w->label;
	struct level *l = &p->stack[p->depth];

	l->label = label->len;
	l->id = ++p->ids;
	if (buf_addc(label, '/') || buf_add(label, name, len))
		return -1;
	if (p->w->bare) {
		p->depth++;
		return 0;
	}
	if ((nth = tally_add(p->seen, parent, name, len)) == 0)
		return -1;
	if (tally_count(p->totals, parent, name, len) > 1 &&
	    buf_addf(label, "[%zu]", nth))
		return -1;
	p->depth++;
	return 0;
}

static void
cut_label(struct buf *label, size_t len)
{

	label->len = len;
	if (label->data != NULL)
		label->data[len] = '\0';
}

/* A place with ${what} behind the label of the open element. */
static int
emit(struct xml *p, const char *what, const char *name, size_t len, size_t s,
    size_t e, int comment)
{
	struct buf *label = &p->w->label;
	size_t keep = label->len;
	enum place_role role = PLACE_PLAIN;
	int rc;

	if (buf_adds(label, what) || buf_add(label, name, len))
		return -1;
	if (comment)
		role = PLACE_COMMENT;
	else if (!p->w->bare)
		role = place_xml_role(
		    label->data != NULL ? label->data : "", label->len);
	rc = walk_emit(p->w, s, e, role);
	cut_label(label, keep);
	return rc;
}

static int
blank(char c)
{

	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static int
text(struct xml *p, size_t s, size_t e)
{
	const char *b = p->w->bytes;

	while (s < e && blank(b[s]))
		s++;
	while (e > s && blank(b[e - 1]))
		e--;
	/* Outside the root there is at most a byte order mark. */
	return s < e && p->depth > 0 ? emit(p, "", "", 0, s, e, 0) : 0;
}

static int
walk(struct xml *p)
{
	struct xml_scan x = { p->w->bytes, p->w->len, 0, 0, 0, 0, 0, 0 };
	enum xml_event e;
	int rc = 0;

	while (rc == 0 && (e = xml_scan_next(&x)) != XML_SCAN_END) {
		if (e == XML_SCAN_OPEN)
			rc = open_element(p, x.b + x.s, x.e - x.s);
		else if (e == XML_SCAN_CLOSE)
			cut_label(&p->w->label, p->stack[--p->depth].label);
		else if (e == XML_SCAN_ATTR)
			rc = emit(p, "/@", x.b + x.s, x.e - x.s, x.vs, x.ve, 0);
		else if (e == XML_SCAN_TEXT)
			rc = text(p, x.s, x.e);
		else if (e == XML_SCAN_COMMENT)
			rc = emit(p, "/comment()", "", 0, x.s, x.e, 1);
	}
	return rc;
}

int
place_xml(struct walk *w)
{
	struct xml p = { .w = w };
	int rc = -1;

	if (w->bare)
		return walk(&p);
	if ((p.totals = tally_new()) == NULL)
		goto err0;
	if ((p.seen = tally_new()) == NULL)
		goto err1;
	if (count(&p) == 0)
		rc = walk(&p);
	tally_free(p.seen);
err1:
	tally_free(p.totals);
err0:
	return rc;
}
