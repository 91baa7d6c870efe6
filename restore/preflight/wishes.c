#include "restore/preflight/wishes.h"

#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/wishes_table.h"

struct wish {
	const struct wishes_row *row; /* NULL: the CPU */
	char *mode;                   /* of a CPU */
	char *value;
	char *item, *place; /* who asked first, and where */
	size_t count;       /* how many times it is asked for */
};

struct wishes {
	struct wish *w;
	size_t n, cap;
};

/* A wish as it stands in a definition. */
struct asking {
	struct wishes *w;
	const char *item;
	const struct wishes_row *row;
};

struct wishes *
wishes_new(void)
{
	struct wishes *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		warn_msg("out of memory");
	return w;
}

static void
wish_clear(struct wish *w)
{

	free(w->mode);
	free(w->value);
	free(w->item);
	free(w->place);
}

void
wishes_free(struct wishes *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->n; i++)
		wish_clear(&w->w[i]);
	free(w->w);
	free(w);
}

static struct wish *
find(struct wishes *w, const struct wishes_row *row, const char *mode,
    const char *value)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (w->w[i].row == row && strcmp(w->w[i].mode, mode) == 0 &&
		    strcmp(w->w[i].value, value) == 0)
			return &w->w[i];
	return NULL;
}

/* Count it, or keep it as a new one: 0, or -1 said. */
static int
ask(const struct asking *a, const char *mode, const char *value,
    xmlNodePtr node, const char *attr)
{
	struct wishes *w = a->w;
	struct buf place = BUF_EMPTY;
	struct wish *more, *wish;
	size_t cap;

	if ((wish = find(w, a->row, mode, value)) != NULL) {
		wish->count++;
		return 0;
	}
	if (w->n == w->cap) {
		cap = w->cap ? w->cap * 2 : 8;
		more = reallocarray(w->w, cap, sizeof(*more));
		if (more == NULL)
			goto err0;
		w->w = more;
		w->cap = cap;
	}
	wish = &w->w[w->n];
	memset(wish, 0, sizeof(*wish));
	wish->row = a->row;
	wish->count = 1;
	wish->mode = strdup(mode);
	wish->value = strdup(value);
	wish->item = strdup(a->item);
	if (virt_xml_place(node, attr, &place) == 0)
		wish->place = buf_steal(&place);
	if (wish->mode == NULL || wish->value == NULL || wish->item == NULL ||
	    wish->place == NULL)
		goto err1;
	w->n++;
	return 0;

err1:
	wish_clear(wish);
	buf_free(&place);
err0:
	warn_msg("out of memory");
	return -1;
}

/* virt_xml_fn */
static int
ask_device(void *cookie, xmlNodePtr node)
{
	const struct asking *a = cookie;
	xmlChar *value = virt_xml_attr(node, a->row->attr);
	int rc = 0;

	if (value != NULL)
		rc = ask(a, "", (const char *)value, node, a->row->attr);
	xmlFree(value);
	return rc;
}

/* A model without a mode is a custom one. */
static int
ask_cpu(const struct asking *a, xmlNodePtr domain)
{
	xmlNodePtr cpu = virt_xml_child(domain, "cpu", NULL);
	xmlNodePtr model = virt_xml_child(cpu, "model", NULL);
	xmlChar *mode = virt_xml_attr(cpu, "mode");
	xmlChar *name = virt_xml_text(cpu, "model");
	int rc = 0;

	if (name != NULL &&
	    (mode == NULL || strcmp((char *)mode, "custom") == 0))
		rc = ask(a, "custom", (const char *)name, model, NULL);
	else if (mode != NULL && strcmp((char *)mode, "custom") != 0)
		rc = ask(a, (const char *)mode, "", cpu, "mode");
	xmlFree(name);
	xmlFree(mode);
	return rc;
}

int
wishes_add(struct wishes *w, const char *item, xmlNodePtr domain)
{
	struct asking a = { w, item, NULL };
	size_t i;

	if (ask_cpu(&a, domain))
		return -1;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		a.row = &rows[i];
		if (virt_xml_each(domain, a.row->path, ask_device, &a))
			return -1;
	}
	return 0;
}

/* What there is instead, as words: no more than can be read at a glance. */
#define CHOICES 12

/* Append a choice to the words: 0, or -1 said. */
static int
choice(struct buf *words, size_t *n, const char *s)
{

	if ((*n)++ >= CHOICES)
		return 0;
	return buf_addf(words, "%s%s", words->len > 0 ? ", " : "", s);
}

static int
tell(const struct wish *w, struct restore *r, const char *name,
    const char *what, const char *value, const struct buf *words, size_t n)
{
	char others[64] = "", rest[64] = "";

	if (w->count > 1)
		(void)snprintf(
		    others, sizeof(others), " (asked for %zu times)", w->count);
	if (n > CHOICES)
		(void)snprintf(
		    rest, sizeof(rest), " and %zu more", n - CHOICES);
	return finding_add(r, ITEM_DOMAIN, w->item, w->place, name,
	    "libvirt here has no %s %s%s; %s%s%s.  Install what has it, or "
	    "waive this and change the definition here (virsh edit) before it "
	    "is started",
	    what, value, others, n > 0 ? "it has " : "it has none",
	    n > 0 ? words->data : "", rest);
}

/* 1 when value is a word of the list. */
static int
word_in(const char *list, const char *value)
{
	const char *at = list;
	size_t n = strlen(value);

	while (at != NULL && (at = strstr(at, value)) != NULL) {
		if ((at == list || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return 1;
		at += n;
	}
	return 0;
}

/* The values of an enum: 1 the wanted one is there, 0 not, -1 said. */
static int
in_enum(xmlNodePtr list, const char *value, struct buf *words, size_t *n)
{
	xmlNodePtr node = NULL;
	xmlChar *s;
	int rc = 0;

	while (
	    rc == 0 && (node = virt_xml_child(list, "value", node)) != NULL) {
		if ((s = xmlNodeGetContent(node)) == NULL)
			continue;
		if (strcmp((char *)s, value) == 0)
			rc = 1;
		else
			rc = choice(words, n, (char *)s);
		xmlFree(s);
	}
	return rc;
}

/* virt_xml_fn: the first one. */
static int
take(void *cookie, xmlNodePtr node)
{
	xmlNodePtr *to = cookie;

	*to = node;
	return 1;
}

static int
tell_device(const struct wish *w, struct restore *r, xmlNodePtr caps)
{
	const struct wishes_row *row = w->row;
	xmlNodePtr node = NULL, list = NULL;
	struct buf words = BUF_EMPTY;
	size_t n = 0;
	int rc = 0;

	(void)virt_xml_each(caps, row->caps, take, &node);
	if (node == NULL || word_in(row->beside, w->value))
		return 0;
	if (!virt_xml_is(node, "supported", "no")) {
		while ((list = virt_xml_child(node, "enum", list)) != NULL &&
		       !virt_xml_is(list, "name", row->list))
			;
		rc = list == NULL ? 1 : in_enum(list, w->value, &words, &n);
	}
	if (rc == 0)
		rc = tell(w, r, "device", row->what, w->value, &words, n);
	buf_free(&words);
	return rc == -1 ? -1 : 0;
}

/* The modes, or the models of the custom one, that can be used: 1 the wanted
 * one is there, 0 not, -1 said. */
static int
in_cpu(const struct wish *w, xmlNodePtr cpu, struct buf *words, size_t *n)
{
	int custom = strcmp(w->mode, "custom") == 0;
	xmlNodePtr mode = NULL, node = NULL;
	const char *want = custom ? w->value : w->mode;
	xmlNodePtr in = cpu;
	xmlChar *s;
	int rc = 0;

	while (custom && (mode = virt_xml_child(cpu, "mode", mode)) != NULL &&
	       !virt_xml_is(mode, "name", "custom"))
		;
	if (custom && (in = mode) == NULL)
		return 0;
	while (rc == 0 && (node = virt_xml_child(
			       in, custom ? "model" : "mode", node)) != NULL) {
		s = custom ? xmlNodeGetContent(node)
			   : virt_xml_attr(node, "name");
		if (s != NULL && !virt_xml_is(node, "usable", "no") &&
		    !virt_xml_is(node, "supported", "no"))
			rc = strcmp((char *)s, want) == 0
				 ? 1
				 : choice(words, n, (char *)s);
		xmlFree(s);
	}
	return rc;
}

static int
tell_cpu(const struct wish *w, struct restore *r, xmlNodePtr caps)
{
	xmlNodePtr cpu = virt_xml_child(caps, "cpu", NULL);
	int custom = strcmp(w->mode, "custom") == 0;
	struct buf words = BUF_EMPTY;
	size_t n = 0;
	int rc;

	if (cpu == NULL)
		return 0;
	if ((rc = in_cpu(w, cpu, &words, &n)) == 0)
		rc = tell(w, r, "cpu-model", custom ? "CPU model" : "CPU mode",
		    custom ? w->value : w->mode, &words, n);
	buf_free(&words);
	return rc == -1 ? -1 : 0;
}

int
wishes_tell(const struct wishes *w, struct restore *r, xmlNodePtr caps)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < w->n; i++)
		rc = w->w[i].row == NULL ? tell_cpu(&w->w[i], r, caps)
					 : tell_device(&w->w[i], r, caps);
	return rc;
}
