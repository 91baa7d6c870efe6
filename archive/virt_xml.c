#include "archive/virt_xml.h"

#include <libxml/parser.h>

#include <string.h>

#include "archive/limits.h"

#define FLAGS                                                                  \
	(XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |           \
	    XML_PARSE_NOCDATA)

xmlDocPtr
virt_xml_parse(const char *bytes, size_t len)
{
	static const char doctype[] = "<!DOCTYPE";
	xmlDocPtr doc;

	/* Looked for before the parser is: what a DOCTYPE may do, it does
	 * while parsing.  One in another encoding is found in the tree. */
	if (bytes == NULL || len > LIMIT_ITEM ||
	    memmem(bytes, len, doctype, sizeof(doctype) - 1) != NULL)
		return NULL;
	doc = xmlReadMemory(bytes, (int)len, NULL, NULL, FLAGS);
	if (doc == NULL)
		return NULL;
	if (doc->intSubset != NULL || xmlDocGetRootElement(doc) == NULL) {
		xmlFreeDoc(doc);
		return NULL;
	}
	return doc;
}

xmlNodePtr
virt_xml_child(xmlNodePtr node, const char *name, xmlNodePtr after)
{
	xmlNodePtr n;

	if (node == NULL)
		return NULL;
	n = after != NULL ? after->next : node->children;
	for (; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)n->name, name) == 0)
			return n;
	return NULL;
}

xmlChar *
virt_xml_text(xmlNodePtr node, const char *child)
{
	static const char blank[] = " \t\r\n";
	xmlNodePtr n = virt_xml_child(node, child, NULL);
	xmlChar *text;
	size_t lead, len;

	if (n == NULL || (text = xmlNodeGetContent(n)) == NULL)
		return NULL;
	lead = strspn((char *)text, blank);
	len = strlen((char *)text + lead);
	while (len > 0 && strchr(blank, text[lead + len - 1]) != NULL)
		len--;
	memmove(text, text + lead, len);
	text[len] = '\0';
	if (len == 0) {
		xmlFree(text);
		return NULL;
	}
	return text;
}

xmlChar *
virt_xml_attr(xmlNodePtr node, const char *name)
{

	if (node == NULL)
		return NULL;
	return xmlGetNoNsProp(node, (const xmlChar *)name);
}
