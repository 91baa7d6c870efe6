#include "restore/definitions/definition.h"

#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/meaning/meaning.h"

const char *
definition_name(const char *item)
{
	const char *colon = strchr(item, ':');

	return colon != NULL ? colon + 1 : item;
}

static int
released(void *cookie, const char *label)
{
	const struct held_cookie *held = cookie;

	return restore_also(held->r, held->item, label);
}

void
definition_options(
    struct held_cookie *held, int count, struct rewrite_options *opt)
{

	*opt = (struct rewrite_options){ .map = held->r->map,
		.released = released,
		.cookie = held,
		.count = count };
}

int
definition_same(void *cookie, const char *first, size_t first_len,
    const char *second, size_t second_len)
{

	(void)cookie;
	return meaning_same(first, first_len, second, second_len, 0, NULL);
}

int
definition_use(xmlNodePtr secret, struct buf *out)
{
	xmlNodePtr use = virt_xml_child(secret, "usage", NULL), child;
	xmlChar *type = virt_xml_attr(use, "type"), *id = NULL;
	int rc = 0;

	for (child = use != NULL ? use->children : NULL;
	     child != NULL && id == NULL; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			id = virt_xml_text(use, (const char *)child->name);
	if (type != NULL && id != NULL)
		rc = buf_addf(out, "%s %s", (char *)type, (char *)id);
	xmlFree(id);
	xmlFree(type);
	return rc;
}

int
definition_usage(const char *xml, size_t len, struct buf *out)
{
	xmlDocPtr doc;
	int rc;

	if ((doc = virt_xml_parse(xml, len)) == NULL) {
		warn_msg("a secret's definition is no XML");
		return -1;
	}
	rc = definition_use(xmlDocGetRootElement(doc), out);
	xmlFreeDoc(doc);
	return rc;
}
