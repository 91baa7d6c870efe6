#include "archive/libvirt/virt_xml.h"

#include <string.h>

#include "archive/judge/xml_judge.h"

xmlDocPtr
virt_xml_parse(const char *bytes, size_t len)
{
	const char *why;

	return xml_open(bytes, len, &why);
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

int
virt_xml_is(xmlNodePtr node, const char *name, const char *value)
{
	xmlChar *s = virt_xml_attr(node, name);
	int same = s != NULL && strcmp((char *)s, value) == 0;

	xmlFree(s);
	return same;
}

/* Is the node what the first part of a path says? */
static int
part_fits(xmlNodePtr node, const char *path, size_t len)
{
	const char *at = memchr(path, '@', len), *is;
	size_t n = at != NULL ? (size_t)(at - path) : len;
	xmlChar *s;
	char name[32];
	int fits;

	if (node->type != XML_ELEMENT_NODE ||
	    strlen((const char *)node->name) != n ||
	    strncmp((const char *)node->name, path, n) != 0)
		return 0;
	if (at++ == NULL)
		return 1;
	is = memchr(at, '=', len - n - 1);
	if (is == NULL || (size_t)(is - at) >= sizeof(name))
		return 0;
	memcpy(name, at, (size_t)(is - at));
	name[is++ - at] = '\0';
	s = virt_xml_attr(node, name);
	n = (size_t)(path + len - is);
	fits = s != NULL && strlen((char *)s) == n &&
	       strncmp((char *)s, is, n) == 0;
	xmlFree(s);
	return fits;
}

int
virt_xml_each(xmlNodePtr top, const char *path, virt_xml_fn *fn, void *cookie)
{
	size_t len = strcspn(path, "/");
	xmlNodePtr node;
	int rc = 0;

	if (top == NULL)
		return 0;
	for (node = top->children; node != NULL && rc == 0; node = node->next) {
		if (!part_fits(node, path, len))
			continue;
		rc = path[len] == '\0'
			 ? fn(cookie, node)
			 : virt_xml_each(node, path + len + 1, fn, cookie);
	}
	return rc;
}

/* Which of its name among its siblings; 0: the only one. */
static size_t
nth(xmlNodePtr node)
{
	const char *name = (const char *)node->name;
	size_t all = 0, own = 0;
	xmlNodePtr n;

	for (n = NULL; (n = virt_xml_child(node->parent, name, n)) != NULL;) {
		all++;
		if (n == node)
			own = all;
	}
	return all > 1 ? own : 0;
}

int
virt_xml_place(xmlNodePtr node, const char *attr, struct buf *out)
{
	size_t n;

	if (node->parent != NULL && node->parent->type == XML_ELEMENT_NODE) {
		if (virt_xml_place(node->parent, NULL, out))
			return -1;
	}
	if (buf_addf(out, "/%s", (const char *)node->name))
		return -1;
	if (node->parent->type == XML_ELEMENT_NODE && (n = nth(node)) > 0 &&
	    buf_addf(out, "[%zu]", n))
		return -1;
	return attr != NULL ? buf_addf(out, "/@%s", attr) : 0;
}
