#include "restore/allow/allow.h"

#include <stdlib.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/allow/judge.h"

struct allow *
allow_new(struct restore *r)
{
	struct allow *a;

	if ((a = calloc(1, sizeof(*a))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	a->r = r;
	if ((a->folders = folders_new(r)) == NULL ||
	    (a->schemas = schemas_new()) == NULL) {
		allow_free(a);
		return NULL;
	}
	return a;
}

void
allow_free(struct allow *a)
{

	if (a == NULL)
		return;
	folders_free(a->folders);
	schemas_free(a->schemas);
	free(a->capabilities);
	free(a);
}

static xmlDocPtr
parse(const char *item, const char *xml, size_t len)
{
	xmlDocPtr doc;

	if ((doc = virt_xml_parse(xml, len)) == NULL)
		warn_msg("%s: the definition is no XML", item);
	return doc;
}

static int
add_pool(struct allow *a, xmlDocPtr doc)
{
	xmlNodePtr top = xmlDocGetRootElement(doc);
	xmlChar *path;
	int rc;

	path = virt_xml_text(virt_xml_child(top, "target", NULL), "path");
	rc = path != NULL ? folders_pool(a->folders, (const char *)path) : 0;
	xmlFree(path);
	return rc;
}

int
allow_judge(
    struct allow *a, const struct item *item, const char *xml, size_t len)
{
	struct judging *j;
	xmlDocPtr doc;
	int rc = -1;

	if ((doc = parse(item->name, xml, len)) == NULL)
		return -1;
	if ((j = calloc(1, sizeof(*j))) == NULL) {
		warn_msg("out of memory");
		goto done;
	}
	j->a = a;
	j->item = item;
	j->refusal.r = a->r;
	j->refusal.item = item;
	rc = judge_whole(j, doc);
	if (rc == 0)
		rc = refusal_tell(&j->refusal);
	if (rc == 0 && item->kind == ITEM_POOL)
		rc = add_pool(a, doc);
	refusal_free(&j->refusal);
	free(j);
done:
	xmlFreeDoc(doc);
	return rc;
}

int
allow_pool(struct allow *a, const char *xml, size_t len)
{
	xmlDocPtr doc;
	int rc;

	if ((doc = parse("a pool", xml, len)) == NULL)
		return -1;
	rc = add_pool(a, doc);
	xmlFreeDoc(doc);
	return rc;
}
