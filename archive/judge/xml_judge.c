#include "archive/judge/xml_judge.h"

#include <libxml/parser.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "archive/judge/xml_plain.h"
#include "archive/limits.h"
#include "archive/outcome.h"
#include "archive/warn.h"
#include "archive/xml_scan.h"

/* What libxml2's tree takes for an element; an attribute with its text; a text
 * of its own. */
#define WEIGHT_ELEMENT   160u
#define WEIGHT_ATTRIBUTE 320u
#define WEIGHT_TEXT      160u

#define QUIET (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

struct tally {
	size_t depth, elements, attributes, namespaces, weight;
	size_t path[LIMIT_XML_DEPTH + 1]; /* bytes of all names around */
};

/* Encodings in which markup is written in ASCII bytes. */
static int
encoding_fits(const char *name, size_t len)
{
	static const char *const fine[] = { "UTF-8", "UTF8", "US-ASCII",
		"ASCII", "ISO-8859-1", "ISO-8859-15", NULL };
	size_t i;

	for (i = 0; fine[i] != NULL; i++)
		if (strlen(fine[i]) == len &&
		    strncasecmp(name, fine[i], len) == 0)
			return 1;
	return 0;
}

/* What <?xml ... ?> says of it, which libxml2 believes. */
static int
declared_fits(const char *bytes, size_t len)
{
	const char *end, *at, *from;
	size_t n = len;

	if (len < 5 || memcmp(bytes, "<?xml", 5) != 0)
		return 1;
	if ((end = memmem(bytes, len, "?>", 2)) != NULL)
		n = (size_t)(end - bytes);
	if ((at = memmem(bytes, n, "encoding", 8)) == NULL)
		return 1;
	for (at += 8; at < bytes + n && strchr(" \t\r\n=", *at) != NULL;)
		at++;
	if (at >= bytes + n || (*at != '"' && *at != '\''))
		return 0;
	from = at + 1;
	at = memchr(from, *at, (size_t)(bytes + n - from));
	return at != NULL && encoding_fits(from, (size_t)(at - from));
}

/* The first byte: an encoding that libxml2 would guess shows there. */
static const char *
judge_start(const char *bytes, size_t len)
{

	if (memchr(bytes, '\0', len) != NULL)
		return "it has NUL bytes";
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	if (!declared_fits(bytes, len))
		return "its encoding is not UTF-8";
	while (len > 0 && strchr(" \t\r\n", *bytes) != NULL) {
		bytes++;
		len--;
	}
	return len == 0 || *bytes != '<' ? "it is not well formed" : NULL;
}

static const char *
judge_open(struct tally *t, size_t name)
{

	t->attributes = 0;
	t->weight += WEIGHT_ELEMENT;
	if (++t->depth > LIMIT_XML_DEPTH)
		return "it is nested too deeply";
	t->path[t->depth] = t->path[t->depth - 1] + name;
	if (t->path[t->depth] > LIMIT_XML_PATH)
		return "its names are too long";
	if (++t->elements > LIMIT_XML_ELEMENTS)
		return "it has too many elements";
	return NULL;
}

static const char *
judge_attribute(struct tally *t, const struct xml_scan *x)
{

	t->weight += WEIGHT_ATTRIBUTE + (x->ve - x->vs);
	if (x->e - x->s > LIMIT_XML_PATH)
		return "its names are too long";
	if (++t->attributes > LIMIT_XML_ATTRIBUTES)
		return "an element has too many attributes";
	if (x->e - x->s >= 5 && memcmp(x->b + x->s, "xmlns", 5) == 0 &&
	    ++t->namespaces > LIMIT_XML_NAMESPACES)
		return "it has too many namespaces";
	return NULL;
}

static const char *
judge_event(struct tally *t, const struct xml_scan *x, enum xml_event e)
{

	switch (e) {
	case XML_SCAN_DOCTYPE:
		return "it has a DOCTYPE";
	case XML_SCAN_BAD:
		return "it is not well formed";
	case XML_SCAN_OPEN:
		return judge_open(t, x->e - x->s);
	case XML_SCAN_ATTR:
		return judge_attribute(t, x);
	case XML_SCAN_CLOSE:
		return t->depth-- == 0 ? "it is not well formed" : NULL;
	case XML_SCAN_TEXT:
	case XML_SCAN_COMMENT:
		t->weight += WEIGHT_TEXT + (x->e - x->s);
		return NULL;
	case XML_SCAN_INSIDE:
	case XML_SCAN_END:
		break;
	}
	return NULL;
}

const char *
xml_judge(const char *bytes, size_t len)
{
	struct xml_scan x = { bytes, len, 0, 0, 0, 0, 0, 0 };
	struct tally t = { .depth = 0 };
	enum xml_event e;
	const char *why;

	if (len == 0)
		return "it is empty";
	if (len > LIMIT_ITEM)
		return "it is too large";
	if ((why = judge_start(bytes, len)) != NULL)
		return why;
	while ((e = xml_scan_next(&x)) != XML_SCAN_END) {
		if ((why = judge_event(&t, &x, e)) != NULL)
			return why;
		if (t.weight > LIMIT_XML_WEIGHT)
			return "it would take too much memory";
	}
	return t.depth > 0 || t.elements == 0 ? "it is not well formed" : NULL;
}

xmlDocPtr
xml_open(const char *bytes, size_t len, const char **why)
{
	xmlDocPtr doc;

	*why = bytes == NULL            ? "it is empty"
	       : len > LIMIT_DEFINITION ? "it is too large"
					: xml_judge(bytes, len);
	if (*why != NULL)
		return NULL;
	doc = xmlReadMemory(
	    bytes, (int)len, NULL, NULL, QUIET | XML_PARSE_NOCDATA);
	/* Judged before; but what could do harm is looked for again in what
	 * libxml2 has understood. */
	if (doc == NULL || doc->intSubset != NULL ||
	    xmlDocGetRootElement(doc) == NULL) {
		*why = "it is not well formed";
		xmlFreeDoc(doc);
		return NULL;
	}
	return doc;
}

int
xml_well_formed(const char *bytes, size_t len, const char **why)
{
	xmlParserCtxtPtr ctxt;
	xmlDocPtr doc;

	if (xml_plain(bytes, len)) {
		*why = NULL;
		return 0;
	}
	if ((*why = xml_judge(bytes, len)) != NULL)
		return 0;
	if ((ctxt = xmlNewParserCtxt()) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	/* No handlers: libxml2 judges, and builds nothing; as strictly as where
	 * it builds a tree, which knows of namespaces. */
	memset(ctxt->sax, 0, sizeof(*ctxt->sax));
	ctxt->sax->initialized = XML_SAX2_MAGIC;
	doc = xmlCtxtReadMemory(ctxt, bytes, (int)len, NULL, NULL, QUIET);
	xmlFreeDoc(doc);
	if (!ctxt->wellFormed)
		*why = "it is not well formed";
	xmlFreeParserCtxt(ctxt);
	return 0;
}
