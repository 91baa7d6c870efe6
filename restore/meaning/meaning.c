#include "restore/meaning/meaning.h"

#include <libxml/tree.h>

#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/meaning/meaning_pattern.h"
#include "restore/meaning/meaning_table.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* One comparison, of the first tree with the second. */
struct meaning {
	int flags;
	int domain; /* what libvirt adds to a domain is not all known */
	int trial;  /* looking for a partner: a difference is not told */
	struct buf *why;
};

static int
element(struct meaning *m, xmlNodePtr want, xmlNodePtr here, int strict);

static int
is_identity(xmlNodePtr node)
{

	return meaning_fits("/network/mac", node, NULL) ||
	       (strcmp((const char *)node->name, "uuid") == 0 &&
		   node->parent != NULL && node->parent->parent != NULL &&
		   node->parent->parent->type == XML_DOCUMENT_NODE);
}

static enum meaning_value
value_rule(xmlNodePtr node, const char *attr)
{
	size_t i;

	for (i = 0; i < COUNT(values); i++)
		if (meaning_fits(values[i].where, node, attr))
			return values[i].how;
	return VALUE_TEXT;
}

static int
same_name(xmlNodePtr a, xmlNodePtr b)
{
	const char *x = a->ns != NULL ? (const char *)a->ns->href : "";
	const char *y = b->ns != NULL ? (const char *)b->ns->href : "";

	return b->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)a->name, (const char *)b->name) == 0 &&
	       strcmp(x != NULL ? x : "", y != NULL ? y : "") == 0;
}

/* Append the element's path as places are named. */
static int
path(struct buf *b, xmlNodePtr node)
{
	xmlNodePtr n;
	size_t nth = 1;

	if (node == NULL || node->type != XML_ELEMENT_NODE)
		return 0;
	if (path(b, node->parent))
		return -1;
	for (n = node->prev; n != NULL; n = n->prev)
		nth += same_name(node, n) ? 1 : 0;
	if (nth > 1)
		return buf_addf(b, "/%s[%zu]", (const char *)node->name, nth);
	return buf_addf(b, "/%s", (const char *)node->name);
}

/* Tell the difference: 0, which is the result, or -1. */
static int
differs(struct meaning *m, xmlNodePtr node, const char *attr, const char *how)
{

	if (m->trial || m->why == NULL || m->why->len > 0)
		return 0;
	if (path(m->why, node) ||
	    (attr != NULL && buf_addf(m->why, "/@%s", attr)) ||
	    buf_addf(m->why, " %s", how))
		return -1;
	return 0;
}

/* Compare one value: an attribute's, or the element's own text. */
static int
value(struct meaning *m, xmlNodePtr want, xmlNodePtr here, const char *attr,
    const xmlChar *a, const xmlChar *b)
{
	xmlChar *aunit, *bunit;
	enum meaning_value how = value_rule(want, attr);
	int rc;

	aunit = how == VALUE_KIB ? virt_xml_attr(want, "unit") : NULL;
	bunit = how == VALUE_KIB ? virt_xml_attr(here, "unit") : NULL;
	rc = meaning_value(how, (const char *)a, (char *)aunit, (const char *)b,
	    (char *)bunit);
	xmlFree(aunit);
	xmlFree(bunit);
	return rc ? 1 : differs(m, want, attr, "differs");
}

/* May the second have this on its own? */
static int
may_be_added(
    const struct meaning *m, xmlNodePtr node, const char *attr, int strict)
{

	if (m->flags & MEANING_NO_IDENTITY && attr == NULL && is_identity(node))
		return 1;
	if (strict)
		return 0;
	if (m->domain)
		return !meaning_fits_any(
		    never_added, COUNT(never_added), node, attr);
	return meaning_fits_any(added, COUNT(added), node, attr);
}

/* May the first have this on its own? */
static int
may_be_dropped(const struct meaning *m, xmlNodePtr node, const char *attr)
{

	if (attr == NULL && m->flags & MEANING_NO_IDENTITY && is_identity(node))
		return 1;
	if (meaning_fits_any(dropped, COUNT(dropped), node, attr))
		return 1;
	/* The other way round it is what libvirt added. */
	return m->flags & MEANING_BOTH && !m->domain &&
	       meaning_fits_any(added, COUNT(added), node, attr);
}

static int
attributes(struct meaning *m, xmlNodePtr want, xmlNodePtr here, int strict)
{
	const char *name;
	xmlAttrPtr at;
	xmlChar *a, *b;
	int rc = 1;

	for (at = want->properties; rc == 1 && at != NULL; at = at->next) {
		name = (const char *)at->name;
		a = xmlNodeListGetString(want->doc, at->children, 1);
		b = virt_xml_attr(here, name);
		if (b != NULL)
			rc = value(m, want, here, name,
			    a != NULL ? a : (const xmlChar *)"", b);
		else if (value_rule(want, name) != VALUE_ANY &&
			 !may_be_dropped(m, want, name))
			rc = differs(m, want, name, "is not here");
		xmlFree(a);
		xmlFree(b);
	}
	for (at = here->properties; rc == 1 && at != NULL; at = at->next) {
		name = (const char *)at->name;
		if ((b = virt_xml_attr(want, name)) == NULL &&
		    value_rule(here, name) != VALUE_ANY &&
		    !may_be_added(m, here, name, strict))
			rc = differs(m, here, name, "is here, but not wanted");
		xmlFree(b);
	}
	return rc;
}

/* The text directly inside an element, for xmlFree. */
static xmlChar *
own_text(xmlNodePtr node)
{
	xmlChar *text = NULL;
	xmlNodePtr n;

	for (n = node->children; n != NULL; n = n->next)
		if (n->type == XML_TEXT_NODE && !xmlIsBlankNode(n))
			text = xmlStrcat(text, n->content);
	return text;
}

static int
text(struct meaning *m, xmlNodePtr want, xmlNodePtr here)
{
	static const xmlChar none[] = "";
	xmlChar *a = own_text(want), *b = own_text(here);
	int rc = 1;

	if (a != NULL || b != NULL)
		rc = value(m, want, here, NULL, a != NULL ? a : none,
		    b != NULL ? b : none);
	xmlFree(a);
	xmlFree(b);
	return rc;
}

/* 0 when both have the key of their kind, and it differs. */
static int
same_key(xmlNodePtr want, xmlNodePtr here)
{
	xmlNodePtr w = want, h = here;
	xmlChar *a, *b;
	size_t i;
	int rc = 1;

	for (i = 0; i < COUNT(keys); i++)
		if (meaning_fits(keys[i].where, want, NULL))
			break;
	if (i == COUNT(keys))
		return 1;
	if (keys[i].child != NULL) {
		w = virt_xml_child(want, keys[i].child, NULL);
		h = virt_xml_child(here, keys[i].child, NULL);
	}
	a = virt_xml_attr(w, keys[i].attr);
	b = virt_xml_attr(h, keys[i].attr);
	if (a != NULL && b != NULL)
		rc = meaning_value(value_rule(w, keys[i].attr), (char *)a, NULL,
		    (char *)b, NULL);
	xmlFree(a);
	xmlFree(b);
	return rc;
}

/* The console of a serial line is that line once more: libvirt writes it from
 * the line, whatever the definition said. */
static int
is_mirror(xmlNodePtr node)
{
	xmlChar *type;
	int rc;

	if (!meaning_fits("devices/console", node, NULL) ||
	    virt_xml_child(node->parent, "serial", NULL) == NULL)
		return 0;
	type = virt_xml_attr(virt_xml_child(node, "target", NULL), "type");
	rc = type == NULL || strcmp((char *)type, "serial") == 0;
	xmlFree(type);
	return rc;
}

/* Where a running domain's pty is. */
static int
is_running(xmlNodePtr node)
{
	xmlChar *type;
	int rc;

	if (strcmp((const char *)node->name, "source") != 0)
		return 0;
	type = virt_xml_attr(node->parent, "type");
	rc = type != NULL && strcmp((char *)type, "pty") == 0;
	xmlFree(type);
	return rc;
}

/* Nothing in it, and it is no switch that is on by being there; or no script is
 * to be run, as nova says it. */
static int
is_empty_box(xmlNodePtr node)
{

	if (meaning_fits("interface/script", node, NULL))
		return virt_xml_is(node, "path", "");
	return node->children == NULL && node->properties == NULL &&
	       (meaning_fits("/domain/metadata", node, NULL) ||
		   meaning_fits("/domain/features", node, NULL) ||
		   meaning_fits("/domain/cputune", node, NULL));
}

/* Find the partner of a child of the first: 1 with it marked, 0, -1. */
static int
partner(struct meaning *m, xmlNodePtr want, xmlNodePtr in, int strict)
{
	int in_order = meaning_fits_any(ordered, COUNT(ordered), want, NULL);
	xmlNodePtr n, first = NULL;
	int rc = 0, was = m->trial;

	m->trial = 1;
	for (n = in->children; rc == 0 && n != NULL; n = n->next) {
		if (n->_private != NULL || !same_name(want, n) ||
		    !same_key(want, n))
			continue;
		if (first == NULL)
			first = n;
		if ((rc = element(m, want, n, strict)) == 1)
			n->_private = n;
		if (in_order)
			break;
	}
	m->trial = was;
	if (rc != 0)
		return rc;
	/* Once more, to tell what differs in the nearest one. */
	if (first != NULL && !m->trial)
		return element(m, want, first, strict);
	return first != NULL ? 0 : differs(m, want, NULL, "is not here");
}

static int
children(struct meaning *m, xmlNodePtr want, xmlNodePtr here, int strict)
{
	xmlNodePtr n;
	int rc = 1;

	for (n = here->children; n != NULL; n = n->next)
		n->_private = NULL;
	for (n = want->children; rc == 1 && n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE || is_mirror(n) ||
		    is_running(n) || is_empty_box(n))
			continue;
		if (may_be_dropped(m, n, NULL) &&
		    virt_xml_child(here, (const char *)n->name, NULL) == NULL)
			continue;
		if (m->flags & MEANING_NO_IDENTITY && is_identity(n))
			continue;
		rc = partner(m, n, here, strict);
	}
	for (n = here->children; rc == 1 && n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE && n->_private == NULL &&
		    !is_mirror(n) && !is_running(n) && !is_empty_box(n) &&
		    !may_be_added(m, n, NULL, strict))
			rc = differs(m, n, NULL, "is here, but not wanted");
	return rc;
}

/* 1 when the second element means the first, 0 (told), or -1. */
static int
element(struct meaning *m, xmlNodePtr want, xmlNodePtr here, int strict)
{
	int rc;

	if (meaning_fits_any(exact, COUNT(exact), want, NULL))
		strict = 1;
	if ((rc = attributes(m, want, here, strict)) == 1 &&
	    (rc = text(m, want, here)) == 1)
		rc = children(m, want, here, strict);
	return rc;
}

static int
one_way(struct meaning *m, xmlDocPtr want, xmlDocPtr here)
{
	xmlNodePtr a = xmlDocGetRootElement(want);
	xmlNodePtr b = xmlDocGetRootElement(here);

	m->domain = strcmp((const char *)a->name, "domain") == 0;
	if (!same_name(a, b))
		return differs(m, a, NULL, "is something else here");
	return element(m, a, b, 0);
}

int
meaning_same(const char *want, size_t want_len, const char *here,
    size_t here_len, int flags, struct buf *why)
{
	struct meaning m = { flags, 0, 0, why };
	xmlDocPtr a, b = NULL;
	int rc = -1;

	if ((a = virt_xml_parse(want, want_len)) == NULL ||
	    (b = virt_xml_parse(here, here_len)) == NULL) {
		warn_msg("a definition is no XML");
		goto done;
	}
	rc = one_way(&m, a, b);
	if (rc == 1 && flags & MEANING_BOTH)
		rc = one_way(&m, b, a);
done:
	if (a != NULL)
		xmlFreeDoc(a);
	if (b != NULL)
		xmlFreeDoc(b);
	return rc;
}
