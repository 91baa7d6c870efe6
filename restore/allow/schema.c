#include "restore/allow/schema.h"

#include <libxml/relaxng.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/allow/mend.h"

/* Where distributions have libvirt's schemas. */
static const char *const folders[] = {
	"/usr/share/libvirt/schemas",
	"/usr/local/share/libvirt/schemas",
};

static const struct {
	enum item_kind kind;
	const char *file;
} files[] = {
	{ ITEM_DOMAIN, "domain.rng" },
	{ ITEM_NWFILTER, "nwfilter.rng" },
	{ ITEM_NETWORK, "network.rng" },
	{ ITEM_POOL, "storagepool.rng" },
	{ ITEM_SECRET, "secret.rng" },
};

struct schemas {
	xmlRelaxNGPtr schema[ITEM_KINDS];
	int looked[ITEM_KINDS];
};

struct schemas *
schemas_new(void)
{
	struct schemas *s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		warn_msg("out of memory");
	return s;
}

void
schemas_free(struct schemas *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < ITEM_KINDS; i++)
		xmlRelaxNGFree(s->schema[i]);
	free(s);
}

/* What libxml2 would print. */
static void __attribute__((format(printf, 2, 3)))
silent(void *cookie, const char *fmt, ...)
{

	(void)cookie;
	(void)fmt;
}

/* The reason: the first is the nearest. */
static void
note_error(void *cookie, xmlErrorPtr error)
{
	struct buf *why = cookie;
	size_t len;

	if (why->len > 0 || error == NULL || error->message == NULL)
		return;
	len = strcspn(error->message, "\n");
	/* Without it the finding says less. */
	if (buf_addf(why, "%.*s", len < 300 ? (int)len : 300, error->message))
		buf_clear(why);
}

static xmlRelaxNGPtr
read_schema(const char *name)
{
	xmlRelaxNGParserCtxtPtr parser;
	xmlRelaxNGPtr schema = NULL;

	if ((parser = xmlRelaxNGNewParserCtxt(name)) == NULL)
		return NULL;
	xmlRelaxNGSetParserErrors(parser, silent, silent, NULL);
	schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	return schema;
}

static xmlRelaxNGPtr
find_schema(struct schemas *s, enum item_kind kind)
{
	const char *file = NULL;
	char name[256];
	size_t i;

	if (s->looked[kind])
		return s->schema[kind];
	s->looked[kind] = 1;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (files[i].kind == kind)
			file = files[i].file;
	for (i = 0; file != NULL && s->schema[kind] == NULL &&
		    i < sizeof(folders) / sizeof(folders[0]);
	     i++) {
		(void)snprintf(name, sizeof(name), "%s/%s", folders[i], file);
		if (access(name, R_OK) == 0)
			s->schema[kind] = read_schema(name);
	}
	return s->schema[kind];
}

/* As schemas_judge. */
static int
judge(xmlRelaxNGPtr schema, xmlDocPtr doc, struct buf *why)
{
	xmlRelaxNGValidCtxtPtr valid;
	int rc;

	if ((valid = xmlRelaxNGNewValidCtxt(schema)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	xmlRelaxNGSetValidStructuredErrors(valid, note_error, why);
	rc = xmlRelaxNGValidateDoc(valid, doc);
	xmlRelaxNGFreeValidCtxt(valid);
	if (rc < 0) {
		warn_msg("a definition cannot be compared with libvirt's "
			 "schema: out of memory");
		return -1;
	}
	return rc == 0;
}

int
schemas_judge(
    struct schemas *s, enum item_kind kind, xmlDocPtr doc, struct buf *why)
{
	xmlRelaxNGPtr schema = find_schema(s, kind);
	xmlDocPtr copy;
	int rc;

	if (schema == NULL)
		return 2;
	if ((rc = judge(schema, doc, why)) != 0)
		return rc;
	if ((copy = xmlCopyDoc(doc, 1)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (mend_tree(copy) > 0) {
		buf_clear(why);
		rc = judge(schema, copy, why);
	}
	xmlFreeDoc(copy);
	return rc;
}
