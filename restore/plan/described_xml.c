#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/plan/described.h"

/* Below a node: 1 when one was there. */
static int
drop(xmlNodePtr node)
{
	static const xmlChar graphics[] = "graphics", passwd[] = "passwd";
	int found = 0;

	for (node = node->children; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (xmlStrEqual(node->name, graphics))
			found |= xmlUnsetProp(node, passwd) == 0;
		found |= drop(node);
	}
	return found;
}

int
described_xml(struct buf *xml)
{
	xmlChar *text = NULL;
	xmlDocPtr doc;
	int len, rc = 0;

	if (xml->len == 0 || strstr(xml->data, "passwd") == NULL)
		return 0;
	/* What is no XML is told of where it is compared. */
	if ((doc = virt_xml_parse(xml->data, xml->len)) == NULL)
		return 0;
	if (drop(xmlDocGetRootElement(doc))) {
		xmlDocDumpMemory(doc, &text, &len);
		if (text == NULL) {
			warn_msg("out of memory");
			rc = -1;
		} else {
			buf_wipe(xml);
			rc = buf_add(xml, text, (size_t)len);
		}
	}
	xmlFree(text);
	xmlFreeDoc(doc);
	return rc;
}
