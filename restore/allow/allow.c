#include "restore/allow/allow.h"

#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/allow/judge.h"

struct allow *
allow_new(struct restore *r)
{
	struct allow *a;

	if ((a = calloc(1, sizeof(*a))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	a->r = r;
	if ((a->folders = folders_new(r)) == NULL ||
	    ((a->schemas = r->schemas) == NULL &&
		(a->schemas = a->own = schemas_new()) == NULL)) {
		allow_free(a);
		return NULL;
	}
	return a;
}

void
allow_free(struct allow *a)
{
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < ITEM_KINDS; i++)
		row_found_free(a->found[i]);
	folders_free(a->folders);
	schemas_free(a->own);
	free(a->capabilities);
	free(a);
}

static xmlDocPtr
parse(const char *item, const char *xml, size_t len)
{
	xmlDocPtr doc;

	if ((doc = virt_xml_parse(xml, len)) == NULL)
		warn_msg("%s: the definition is no XML", item);
	return doc;
}

static int
add_pool(struct allow *a, xmlDocPtr doc)
{
	xmlNodePtr top = xmlDocGetRootElement(doc);
	xmlChar *path;
	int rc;

	path = virt_xml_text(virt_xml_child(top, "target", NULL), "path");
	rc = path != NULL ? folders_pool(a->folders, (const char *)path) : 0;
	xmlFree(path);
	return rc;
}

int
allow_judge(
    struct allow *a, const struct item *item, const char *xml, size_t len)
{
	struct judging *j;
	xmlDocPtr doc;
	int rc = -1;

	if ((doc = parse(item->name, xml, len)) == NULL)
		return -1;
	if ((j = calloc(1, sizeof(*j))) == NULL) {
		warn_msg("out of memory");
		goto done;
	}
	j->a = a;
	j->item = item;
	j->xml = xml;
	j->len = len;
	j->refusal.r = a->r;
	j->refusal.item = item;
	rc = judge_whole(j, doc);
	if (rc == 0)
		rc = refusal_tell(&j->refusal);
	if (rc == 0 && item->kind == ITEM_POOL)
		rc = add_pool(a, doc);
	refusal_free(&j->refusal);
	free(j);
done:
	xmlFreeDoc(doc);
	return rc;
}

/* What is behind an image is told: 0, or -1 said. */
static int
tell_image(struct allow *a, const char *item, const char *place,
    const char *kind, const char *what)
{

	if (allow_released(a->r->opt->allow, kind, item))
		return plan_say(a->r->plan, PLAN_WAIVED, ITEM_DOMAIN, item,
		    place, "not-allowed", "%s: --allow %s", what, kind);
	return plan_say(a->r->plan, PLAN_FINDING, ITEM_DOMAIN, item, place,
	    "not-allowed",
	    "%s; an image may not have that behind it: qemu-img rebase, leave "
	    "the domain out with --not '%s', or, if that is meant, --allow %s",
	    what, item, kind);
}

/* An image may name what is behind it by way of "..": where that leads is for
 * the host to say, not for the words. */
static int
judge_behind(struct allow *a, const char *path, struct buf *why)
{
	struct buf real = BUF_EMPTY;
	int rc = 0;

	if (strstr(path, "/../") != NULL)
		rc = root_resolve(a->r->root, path, &real);
	if (rc != -1)
		rc = folders_judge(
		    a->folders, "device", rc == 1 ? real.data : path, why);
	buf_free(&real);
	return rc;
}

int
allow_image(struct allow *a, const char *item, const char *place,
    const char *image, const char *name, const char *path)
{
	const char *kind = path != NULL ? "disk" : "disk-kind";
	struct buf why = BUF_EMPTY, what = BUF_EMPTY;
	int rc = 0, may;

	/* A folder of disks, or a device. */
	may = path != NULL ? judge_behind(a, path, &why)
	      : buf_adds(&why, "is no file's name") == 0 ? 0
							 : -1;
	if (may == 0) {
		rc = -1;
		if (buf_addf(&what, "%.*s, which the header of %s names, %s",
			200, name, image, why.data) == 0 &&
		    tell_image(a, item, place, kind, what.data) == 0)
			rc = !allow_released(a->r->opt->allow, kind, item);
	}
	buf_free(&what);
	buf_free(&why);
	return may == -1 ? -1 : rc;
}

int
allow_pool(struct allow *a, const char *xml, size_t len)
{
	xmlDocPtr doc;
	int rc;

	if ((doc = parse("a pool", xml, len)) == NULL)
		return -1;
	rc = add_pool(a, doc);
	xmlFreeDoc(doc);
	return rc;
}
