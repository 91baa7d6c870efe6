/**
 * A definition through the map (through.h).  To libxml2 it is the same tree
 * before and behind: the same elements and attributes, in the same order; and
 * it has as many attributes as the walker has places for.
 */
#include "archive/libvirt/virt_xml.h"
#include "tests/fuzz/through.h"

/* All but the values. */
static void
same_shape(xmlNodePtr a, xmlNodePtr b)
{
	xmlAttrPtr x, y;

	for (; a != NULL && b != NULL; a = a->next, b = b->next) {
		MUST(a->type == b->type);
		MUST(a->name == NULL || xmlStrEqual(a->name, b->name));
		if (a->type != XML_ELEMENT_NODE)
			continue;
		for (x = a->properties, y = b->properties;
		     x != NULL && y != NULL; x = x->next, y = y->next)
			MUST(xmlStrEqual(x->name, y->name));
		MUST(x == NULL && y == NULL);
		same_shape(a->children, b->children);
	}
	MUST(a == NULL && b == NULL);
}

static size_t
count_attributes(xmlNodePtr n)
{
	size_t count = 0;
	xmlAttrPtr a;
	xmlNsPtr ns;

	for (; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		for (a = n->properties; a != NULL; a = a->next)
			count++;
		for (ns = n->nsDef; ns != NULL; ns = ns->next)
			count++;
		count += count_attributes(n->children);
	}
	return count;
}

/* place_fn */
static int
count_place(void *cookie, const struct place *p)
{

	*(size_t *)cookie += strstr(p->label, "/@") != NULL;
	return 0;
}

static size_t
count_places(const char *bytes, size_t len)
{
	size_t n = 0;

	MUST(place_walk(PLACE_XML, bytes, len, count_place, &n) == 0);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct rewrite_options opt = { .role = PLACE_PLAIN };
	const char *bytes = (const char *)data;
	struct buf out = BUF_EMPTY;
	xmlDocPtr was, is;

	if (through(&opt, PLACE_XML, bytes, len, &out) == 1) {
		was = virt_xml_parse(bytes, len);
		is = virt_xml_parse(out.data, out.len);
		/* Text that looks like a DOCTYPE is not parsed either. */
		MUST((was == NULL) == (is == NULL));
		MUST(was != NULL || memmem(bytes, len, "<!DOCTYPE", 9) != NULL);
		if (was != NULL) {
			same_shape(was->children, is->children);
			MUST(count_places(bytes, len) ==
			     count_attributes(was->children));
		}
		xmlFreeDoc(was);
		xmlFreeDoc(is);
	}
	buf_free(&out);
	warn_forget();
	return 0;
}
