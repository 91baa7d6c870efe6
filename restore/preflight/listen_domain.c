#include <string.h>

#include "archive/buf.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/num.h"
#include "archive/warn.h"
#include "restore/preflight/listens.h"

/* A definition, while it is looked through. */
struct domain {
	struct listens *out;
	const char *item;
};

/* An address in an attribute, if it is one: 0, or -1 said. */
static int
take(struct domain *d, xmlNodePtr node, const char *attr, const char *port,
    const char *place)
{
	xmlChar *text = virt_xml_attr(node, attr), *number;
	struct listen one = { .must = 1 };
	struct buf word = BUF_EMPTY;
	uint64_t n;
	int rc = -1;

	if (buf_adds(&word, d->item) || buf_addc(&word, '\0') ||
	    buf_adds(&word, place))
		goto out;
	rc = 0;
	if (text == NULL || address_parse((const char *)text, &one.addr))
		goto out;
	number = port != NULL ? virt_xml_attr(node, port) : NULL;
	if (number != NULL && num_u64((const char *)number, 65535, &n) == 0)
		one.port = (unsigned int)n;
	xmlFree(number);
	one.item = word.data;
	one.place = word.data + strlen(word.data) + 1;
	rc = listens_add(d->out, &one);
out:
	buf_free(&word);
	xmlFree(text);
	return rc;
}

/* A graphics element says it twice, the newer way in a child. */
static int
take_graphics(struct domain *d, xmlNodePtr node)
{
	xmlNodePtr listen = virt_xml_child(node, "listen", NULL);
	xmlChar *attr = virt_xml_attr(node, "listen");
	int rc = 0;

	if (attr != NULL)
		rc = take(d, node, "listen", NULL,
		    "/domain/devices/graphics/@listen");
	/* The first of them is what the attribute says. */
	if (attr != NULL && listen != NULL)
		listen = virt_xml_child(node, "listen", listen);
	xmlFree(attr);
	for (; rc == 0 && listen != NULL;
	     listen = virt_xml_child(node, "listen", listen))
		rc = take(d, listen, "address", NULL,
		    "/domain/devices/graphics/listen/@address");
	return rc;
}

static int
is(xmlNodePtr node, const char *attr, const char *value)
{
	xmlChar *has = virt_xml_attr(node, attr);
	int rc = has != NULL && strcmp((const char *)has, value) == 0;

	xmlFree(has);
	return rc;
}

/* A serial line, console, channel ... that waits for a connection; the way to
 * say it is the same for all of them. */
static int
take_source(struct domain *d, xmlNodePtr node)
{
	xmlNodePtr source = virt_xml_child(node, "source", NULL);
	struct buf place = BUF_EMPTY;
	int rc = -1;

	if (source == NULL)
		return 0;
	if (buf_addf(&place, "/domain/devices/%s/source/@%s",
		(const char *)node->name,
		is(node, "type", "server") ? "address" : "host"))
		goto out;
	rc = 0;
	if (is(node, "type", "server"))
		rc = take(d, source, "address", "port", place.data);
	for (; rc == 0 && source != NULL;
	     source = virt_xml_child(node, "source", source)) {
		if (is(source, "mode", "bind"))
			rc = take(d, source, "host", "service", place.data);
	}
out:
	buf_free(&place);
	return rc;
}

int
listens_domain(struct listens *l, const char *item, const char *xml, size_t len)
{
	struct domain d = { l, item };
	xmlNodePtr devices, node;
	xmlDocPtr doc;
	int rc = 0;

	if ((doc = virt_xml_parse(xml, len)) == NULL) {
		warn_msg("%s: the definition is no XML", item);
		return -1;
	}
	devices = virt_xml_child(xmlDocGetRootElement(doc), "devices", NULL);
	node = devices != NULL ? devices->children : NULL;
	for (; rc == 0 && node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (strcmp((const char *)node->name, "graphics") == 0)
			rc = take_graphics(&d, node);
		else
			rc = take_source(&d, node);
	}
	xmlFreeDoc(doc);
	return rc;
}
