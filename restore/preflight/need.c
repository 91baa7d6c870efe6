#include "restore/preflight/need.h"

#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/preflight/need_table.h"

struct walk {
	const struct need_row *row;
	xmlNodePtr top;
	need_fn *fn;
	void *cookie;
};

/* A bridge that the network or interface around it makes something else of. */
static enum need_kind
need_kind_of(const struct walk *w, xmlNodePtr node)
{
	enum need_kind kind = w->row->kind;
	xmlNodePtr around = kind == NEED_MAKES ? w->top : node->parent;

	if (kind == NEED_MAKES &&
	    virt_xml_is(
		virt_xml_child(w->top, "forward", NULL), "mode", "bridge"))
		kind = NEED_BRIDGE;
	if (kind == NEED_BRIDGE &&
	    virt_xml_is(virt_xml_child(around, "virtualport", NULL), "type",
		"openvswitch"))
		kind = NEED_SWITCH;
	return kind;
}

/* A secret by what it is for, as a secret's own definition says it. */
static int
usage(struct walk *w, xmlNodePtr node)
{
	xmlChar *type = virt_xml_attr(node, "type");
	xmlChar *use = virt_xml_attr(node, "usage");
	struct need need = { NEED_USAGE, NULL, node, "usage" };
	const char *word = (const char *)type;
	struct buf b = BUF_EMPTY;
	int rc = 0;

	if (word != NULL && strcmp(word, "passphrase") == 0)
		word = "volume";
	if (use != NULL && word != NULL) {
		rc = buf_addf(&b, "%s %s", word, (const char *)use);
		need.name = b.data;
		if (rc == 0)
			rc = w->fn(w->cookie, &need);
	}
	buf_free(&b);
	xmlFree(use);
	xmlFree(type);
	return rc;
}

static int
found(void *cookie, xmlNodePtr node)
{
	struct walk *w = cookie;
	struct need need = { need_kind_of(w, node), NULL, node, w->row->attr };
	xmlChar *name;
	int rc = 0;

	if (need.attr == NULL)
		need.attr = "uuid";
	if ((name = virt_xml_attr(node, need.attr)) != NULL && *name != '\0') {
		need.name = (const char *)name;
		rc = w->fn(w->cookie, &need);
	} else if (w->row->attr == NULL)
		rc = usage(w, node);
	xmlFree(name);
	return rc;
}

int
need_walk(enum item_kind kind, xmlNodePtr top, need_fn *fn, void *cookie)
{
	struct walk w = { NULL, top, fn, cookie };
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		w.row = &rows[i];
		if (w.row->of == kind)
			rc = virt_xml_each(top, w.row->path, found, &w);
	}
	return rc;
}
