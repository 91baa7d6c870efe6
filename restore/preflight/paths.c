#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/preflight/paths_table.h"

static const struct paths_row disk_row = { NULL, NULL, PATH_DISK,
	"missing-disk", "the disk" };
static const struct paths_row behind_row = { NULL, NULL, PATH_DISK,
	"missing-backing", "the file behind a disk" };
static const struct paths_row folder_row = { NULL, NULL, PATH_FILE,
	"missing-disk", "the folder of a disk" };

/* A definition while it is looked at. */
struct adding {
	struct paths *p;
	const char *item;
	const struct paths_row *row;
};

struct paths *
paths_new(void)
{
	struct paths *p;

	if ((p = calloc(1, sizeof(*p))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if ((p->wanted = tally_new()) == NULL) {
		free(p);
		return NULL;
	}
	return p;
}

static void
want_clear(struct path_want *w)
{

	free(w->path);
	free(w->item);
	free(w->place);
	free(w->format);
}

void
paths_free(struct paths *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n; i++)
		want_clear(&p->w[i]);
	free(p->w);
	tally_free(p->wanted);
	free(p);
}

static struct path_want *
room(struct paths *p)
{
	struct path_want *more;
	size_t cap;

	if (p->n == p->cap) {
		cap = p->cap ? p->cap * 2 : 16;
		more = reallocarray(p->w, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return NULL;
		}
		p->w = more;
		p->cap = cap;
	}
	memset(&p->w[p->n], 0, sizeof(*p->w));
	return &p->w[p->n];
}

/* The folder that a path is in; the folder of "/x" is "/". */
static void
cut_name(char *path)
{
	char *slash = strrchr(path, '/');

	slash[slash == path] = '\0';
}

/* Count it, or keep it when it is the first: 0, or -1 said. */
static int
want(const struct adding *a, const char *path, xmlNodePtr node,
    const char *attr, const char *format, int optional)
{
	struct buf place = BUF_EMPTY;
	struct path_want *w;
	size_t times;

	if (path[0] != '/')
		return 0;
	if ((w = room(a->p)) == NULL)
		return -1;
	w->row = a->row;
	w->optional = optional;
	if ((w->path = strdup(path)) == NULL)
		goto err1;
	if (a->row->needs == PATH_PARENT)
		cut_name(w->path);
	times =
	    tally_add(a->p->wanted, a->row->needs, w->path, strlen(w->path));
	if (times != 1) {
		/* Told with the first one. */
		want_clear(w);
		return times == 0 ? -1 : 0;
	}
	a->p->n++;
	if ((w->item = strdup(a->item)) != NULL &&
	    (format == NULL || (w->format = strdup(format)) != NULL) &&
	    virt_xml_place(node, attr, &place) == 0 &&
	    (w->place = buf_steal(&place)) != NULL)
		return 0;
	buf_free(&place);
err1:
	warn_msg("out of memory");
	return -1;
}

/* virt_xml_fn: an element that a row of the table leads to. */
static int
add_row(void *cookie, xmlNodePtr node)
{
	const struct adding *a = cookie;
	xmlChar *text = NULL;
	int rc = 0;

	if (a->row->attr != NULL)
		text = virt_xml_attr(node, a->row->attr);
	else if (xmlChildElementCount(node) == 0)
		text = xmlNodeGetContent(node);
	if (text != NULL)
		rc = want(a, (const char *)text, node, a->row->attr, NULL, 0);
	xmlFree(text);
	return rc;
}

/* One level of a disk: the disk itself, or what the definition says is behind
 * it. */
static int
add_level(const struct adding *a, xmlNodePtr level, const char *format)
{
	static const char *const attrs[] = { "file", "dev", "dir" };
	struct adding at = *a;
	xmlNodePtr source = virt_xml_child(level, "source", NULL);
	/* Where the definition says what is behind, headers do not count. */
	int said = virt_xml_child(level, "backingStore", NULL) != NULL;
	xmlChar *path;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < 3; i++) {
		if ((path = virt_xml_attr(source, attrs[i])) == NULL)
			continue;
		if (i == 2)
			at.row = &folder_row;
		rc = want(&at, (const char *)path, source, attrs[i],
		    said || i == 2 ? NULL : format,
		    virt_xml_is(source, "startupPolicy", "optional"));
		xmlFree(path);
	}
	return rc;
}

/* virt_xml_fn */
static int
add_disk(void *cookie, xmlNodePtr disk)
{
	struct adding *a = cookie;
	xmlNodePtr level = disk;
	xmlChar *format;
	int rc;

	a->row = &disk_row;
	format = virt_xml_attr(virt_xml_child(disk, "driver", NULL), "type");
	for (;;) {
		/* libvirt takes what is not said for raw. */
		rc = add_level(
		    a, level, format != NULL ? (const char *)format : "raw");
		xmlFree(format);
		level = virt_xml_child(level, "backingStore", NULL);
		if (rc != 0 || level == NULL)
			return rc;
		a->row = &behind_row;
		format = virt_xml_attr(
		    virt_xml_child(level, "format", NULL), "type");
	}
}

int
paths_add(struct paths *p, const char *item, xmlNodePtr domain)
{
	struct adding a = { p, item, NULL };
	size_t i;
	int rc;

	rc = virt_xml_each(domain, "devices/disk", add_disk, &a);
	for (i = 0; rc == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		a.row = &rows[i];
		rc = virt_xml_each(domain, a.row->path, add_row, &a);
	}
	return rc;
}
