#include "restore/allow/judge.h"

#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/allow/domain_table.h"
#include "restore/allow/host_disk.h"
#include "restore/allow/other_table.h"
#include "restore/facts/facts.h"

#define ROWS(t) t, sizeof(t) / sizeof((t)[0])

/* The tables, and what the root element is called. */
static const struct {
	enum item_kind kind;
	const char *top;
	const struct allow_row *rows;
	size_t n;
} tables[] = {
	{ ITEM_DOMAIN, "domain", ROWS(domain_rows) },
	{ ITEM_NETWORK, "network", ROWS(network_rows) },
	{ ITEM_NWFILTER, "filter", ROWS(nwfilter_rows) },
	{ ITEM_POOL, "pool", ROWS(pool_rows) },
	{ ITEM_SECRET, "secret", ROWS(secret_rows) },
};
#define TABLES (sizeof(tables) / sizeof(tables[0]))

static int
refuse(struct judging *j, const char *name, xmlNodePtr node, const char *attr,
    const char *value, const char *why)
{
	struct buf text = BUF_EMPTY;
	int rc;

	rc = buf_addf(&text, "%s%s%s", value, value[0] != '\0' ? " " : "", why);
	if (rc == 0)
		rc = refusal_add(&j->refusal, name, node, attr, text.data);
	buf_free(&text);
	return rc;
}

/* A path: is it where such files are, and is a device the host's own? */
static int
judge_path(struct judging *j, const struct allow_row *row, xmlNodePtr node,
    const char *attr, const char *value)
{
	struct restore *r = j->a->r;
	struct buf why = BUF_EMPTY;
	const char *name = row->name;
	int rc;

	if (value[0] == '\0')
		return 0;
	if ((rc = folders_judge(j->a->folders, row->arg, value, &why)) == 1) {
		rc = strcmp(row->arg, "device") == 0 &&
			     strncmp(value, "/dev/", 5) == 0 && r->root != NULL
			 ? host_disk(r->root, value, &why)
			 : 0;
		if (rc != 1)
			goto out;
		name = "host-disk";
	} else if (rc == -1)
		goto out;
	rc = refuse(j, name, node, attr, value, why.data);
out:
	buf_free(&why);
	return rc;
}

/* Before a restore hardware tells of emulators, once for all domains of a sort
 * and with the rule that helps; but some of them may be released. */
static int
hardware_tells(const struct restore *r)
{
	const char *const *given = r->opt->allow;

	for (; given != NULL && *given != NULL; given++)
		if (strncmp(*given, "emulator:", 9) == 0)
			return 0;
	return !r->reading;
}

static int
judge_emulator(struct judging *j, xmlNodePtr node, const char *value)
{
	struct allow *a = j->a;
	int rc;

	if (value[0] == '\0' || hardware_tells(a->r))
		return 0;
	if (!a->asked && a->r->virt != NULL)
		a->capabilities = virt_capabilities(a->r->virt);
	a->asked = 1;
	rc = allow_emulator(a->r,
	    a->r->facts != NULL ? a->r->facts->capabilities : a->capabilities,
	    value, j->item->name);
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	return refuse(j, "emulator", node, NULL, value,
	    "is no emulator that libvirt here names");
}

/* Does it say of what format it is?  1, 0. */
static int
says_format(xmlNodePtr level, const char *where)
{
	xmlNodePtr source = virt_xml_child(level, "source", NULL);
	xmlChar *type;
	int rc;

	if (source == NULL ||
	    (source->properties == NULL && source->children == NULL))
		return 1;
	type = virt_xml_attr(virt_xml_child(level, where, NULL), "type");
	rc = type != NULL;
	xmlFree(type);
	return rc;
}

static int
judge_disk(struct judging *j, const struct allow_row *row, xmlNodePtr disk)
{
	static const char why[] = "its format is not said";
	const char *where = "driver";
	xmlNodePtr level;

	for (level = disk; level != NULL;
	     level = virt_xml_child(level, "backingStore", NULL)) {
		if (!says_format(level, where))
			return refuse(j, row->name, level, NULL, "", why);
		where = "format";
	}
	return 0;
}

/* What the row says about a value: 0, or -1 said. */
static int
judge_value(struct judging *j, const struct allow_row *row, xmlNodePtr node,
    const char *attr, const char *value)
{

	switch (row->rule) {
	case ALLOW_YES:
		break;
	case ALLOW_NO:
		return refuse(j, row->name, node, attr, "", "stands there");
	case ALLOW_ONE_OF:
		if (!row_has(row->arg, ' ', value))
			return refuse(j, row->name, node, attr, value,
			    "is not one of those that may be");
		break;
	case ALLOW_PATH:
		return judge_path(j, row, node, attr, value);
	case ALLOW_DISK:
		return judge_disk(j, row, node);
	case ALLOW_EMULATOR:
		return judge_emulator(j, node, value);
	}
	return 0;
}

/* Free text, of which nothing acts. */
static int
is_prose(const struct judging *j)
{

	return j->at.n > 0 && row_has("metadata|description|title", '|',
				  (const char *)j->at.chain[0]->name);
}

/* A line break would be a line of its own in a file that libvirt makes. */
static int
judge_breaks(
    struct judging *j, xmlNodePtr node, const char *attr, const char *value)
{

	if (is_prose(j) || strpbrk(value, "\t\r\n") == NULL)
		return 0;
	return refuse(
	    j, "unlisted", node, attr, "", "a line break or tab is in it");
}

static int
judge_attr(struct judging *j, xmlNodePtr node, xmlAttrPtr attr)
{
	const char *name = (const char *)attr->name, *text;
	const struct allow_row *row;
	xmlChar *value;
	int rc;

	row = row_find(j->found, j->rows, j->n, &j->at, name);
	if (row == NULL || (attr->ns != NULL && !is_prose(j)))
		return refuse(
		    j, "unlisted", node, name, "", "is not in novark's list");
	value = xmlNodeGetContent((xmlNodePtr)attr);
	text = value != NULL ? (const char *)value : "";
	rc = judge_breaks(j, node, name, text);
	if (rc == 0)
		rc = judge_value(j, row, node, name, text);
	xmlFree(value);
	return rc;
}

/* The text of an element that has no others in it, without blanks around. */
static xmlChar *
own_text(xmlNodePtr node)
{
	xmlChar *text;
	size_t lead, len;

	if (xmlChildElementCount(node) > 0 ||
	    (text = xmlNodeGetContent(node)) == NULL)
		return NULL;
	lead = strspn((char *)text, " \t\r\n");
	len = strlen((char *)text + lead);
	while (len > 0 && strchr(" \t\r\n", text[lead + len - 1]) != NULL)
		len--;
	memmove(text, text + lead, len);
	text[len] = '\0';
	return text;
}

static int
judge_attrs(struct judging *j, xmlNodePtr node)
{
	xmlAttrPtr attr;

	for (attr = node->properties; attr != NULL; attr = attr->next)
		if (judge_attr(j, node, attr))
			return -1;
	return 0;
}

/* The element by its row; 1 to go on into it, 0 not, -1 said. */
static int
judge_element(struct judging *j, xmlNodePtr node)
{
	const struct allow_row *row;
	const char *value;
	xmlChar *text;
	int rc;

	if (node->ns != NULL && !is_prose(j))
		return refuse(j, "commandline", node, NULL, "",
		    "is not of libvirt's own language");
	if ((row = row_find(j->found, j->rows, j->n, &j->at, NULL)) == NULL)
		return refuse(
		    j, "unlisted", node, NULL, "", "is not in novark's list");
	text = own_text(node);
	value = text != NULL ? (const char *)text : "";
	rc = j->item->kind == ITEM_DOMAIN ? 0
					  : judge_breaks(j, node, NULL, value);
	if (rc == 0)
		rc = judge_value(j, row, node, NULL, value);
	xmlFree(text);
	if (rc == -1)
		return -1;
	return row->rule != ALLOW_NO;
}

static int
walk(struct judging *j, xmlNodePtr parent)
{
	xmlNodePtr node;
	int rc = 0, inner;

	for (node = parent->children; node != NULL && rc == 0;
	     node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		/* Looked up as what it stands behind. */
		inner = strcmp((const char *)node->name, "backingStore") != 0 ||
			node->ns != NULL || j->at.n == 0;
		if (inner && j->at.n == ROW_DEPTH)
			return refuse(
			    j, "unlisted", node, NULL, "", "is too deep in it");
		if (inner)
			j->at.chain[j->at.n++] = node;
		rc = inner ? judge_element(j, node) : 1;
		if (rc == 1)
			rc = judge_attrs(j, node) || walk(j, node) ? -1 : 0;
		if (inner)
			j->at.n--;
	}
	return rc;
}

int
judge_whole(struct judging *j, xmlDocPtr doc)
{
	xmlNodePtr top = xmlDocGetRootElement(doc);
	struct buf why = BUF_EMPTY;
	struct row_found **found;
	size_t i;
	int rc;

	for (i = 0; i < TABLES && tables[i].kind != j->item->kind; i++)
		;
	if (i == TABLES)
		return 0;
	j->rows = tables[i].rows;
	j->n = tables[i].n;
	found = &j->a->found[j->item->kind];
	if (*found == NULL && (*found = row_found_new()) == NULL)
		return -1;
	j->found = *found;
	rc = schemas_judge(
	    j->a->schemas, j->item->kind, doc, j->xml, j->len, &why);
	if (rc == 0)
		rc = refuse(j, "schema", NULL, NULL, "",
		    why.data != NULL ? why.data : "it is not as it should be");
	buf_free(&why);
	if (rc == -1)
		return -1;
	if (strcmp((const char *)top->name, tables[i].top) != 0 ||
	    top->ns != NULL)
		return refuse(j, "unlisted", top, NULL, "",
		    "is not what such a definition begins with");
	return judge_attrs(j, top) || walk(j, top) ? -1 : 0;
}
