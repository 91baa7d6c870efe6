#include "restore/allow/schema.h"

#include <libxml/relaxng.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/libvirt/virt_daemon.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/allow/mend.h"
#include "restore/allow/passed.h"

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
	pthread_mutex_t lock; /* of all, where several threads ask */
	int asked[ITEM_KINDS], same[ITEM_KINDS]; /* are they libvirt's own? */
	struct passed passed[ITEM_KINDS];
};

struct schemas *
schemas_new(void)
{
	struct schemas *s;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	(void)pthread_mutex_init(&s->lock, NULL);
	return s;
}

void
schemas_free(struct schemas *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < ITEM_KINDS; i++) {
		xmlRelaxNGFree(s->schema[i]);
		passed_free(&s->passed[i]);
	}
	(void)pthread_mutex_destroy(&s->lock);
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
schemas_judge(struct schemas *s, enum item_kind kind, xmlDocPtr doc,
    const char *xml, size_t len, struct buf *why)
{
	xmlRelaxNGPtr schema = find_schema(s, kind);
	unsigned char digest[32];
	xmlDocPtr copy;
	int rc;

	if (schema == NULL)
		return 2;
	if ((rc = judge(schema, doc, why)) != 0) {
		if (rc == 1 && passed_digest(xml, len, digest) == 0)
			passed_add(&s->passed[kind], digest);
		return rc;
	}
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

/* Does the driver read the files that are read here?  Where there are two sets
 * of them, it may be either. */
static int
same_files(struct schemas *s, struct virt *v, enum item_kind kind)
{
	size_t i, have = 0, at = 0;

	if (s->asked[kind])
		return s->same[kind];
	s->asked[kind] = 1;
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (access(folders[i], F_OK) == 0) {
			have++;
			at = i;
		}
	s->same[kind] = have == 1 && virt_daemon_reads(v, kind, folders[at]);
	return s->same[kind];
}

/* As schemas_vouch, but for whose files they are. */
static int
passes(struct schemas *s, enum item_kind kind, const char *xml, size_t len)
{
	struct buf why = BUF_EMPTY;
	unsigned char digest[32];
	xmlRelaxNGPtr schema;
	xmlDocPtr doc;
	int rc;

	if (passed_digest(xml, len, digest) == 0 &&
	    passed_has(&s->passed[kind], digest))
		return 1;
	if ((schema = find_schema(s, kind)) == NULL ||
	    (doc = virt_xml_parse(xml, len)) == NULL)
		return 0;
	rc = judge(schema, doc, &why);
	xmlFreeDoc(doc);
	buf_free(&why);
	return rc == 1;
}

int
schemas_vouch(struct schemas *s, struct virt *v, enum item_kind kind,
    const char *xml, size_t len)
{
	int rc;

	if (s == NULL)
		return 0;
	(void)pthread_mutex_lock(&s->lock);
	rc = same_files(s, v, kind) && passes(s, kind, xml, len);
	(void)pthread_mutex_unlock(&s->lock);
	return rc;
}
