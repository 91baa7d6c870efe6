#include "restore/preflight/demands.h"

#include <stdlib.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/preflight/hardware.h"
#include "restore/preflight/needs.h"
#include "restore/preflight/paths.h"

struct demands {
	struct hardware *hardware;
	struct needs *needs;
	struct paths *paths;
};

struct demands *
demands_new(void)
{
	struct demands *d;

	if ((d = calloc(1, sizeof(*d))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if ((d->hardware = hardware_new()) == NULL ||
	    (d->needs = needs_new()) == NULL ||
	    (d->paths = paths_new()) == NULL)
		goto err1;
	return d;

err1:
	demands_free(d);
	return NULL;
}

void
demands_free(struct demands *d)
{

	if (d == NULL)
		return;
	hardware_free(d->hardware);
	needs_free(d->needs);
	paths_free(d->paths);
	free(d);
}

int
demands_add(
    struct demands *d, const struct item *item, const char *xml, size_t len)
{
	xmlNodePtr top;
	xmlDocPtr doc;
	int rc;

	if ((doc = virt_xml_parse(xml, len)) == NULL) {
		warn_msg("%s: the definition is no XML", item->name);
		return -1;
	}
	top = xmlDocGetRootElement(doc);
	rc = needs_add(d->needs, item->kind, item->name, top);
	if (rc == 0 && item->kind == ITEM_DOMAIN)
		rc = hardware_add(d->hardware, item->name, top);
	if (rc == 0 && item->kind == ITEM_DOMAIN)
		rc = paths_add(d->paths, item->name, top);
	xmlFreeDoc(doc);
	return rc;
}

int
demands_tell(struct demands *d, struct restore *r, struct allow *a)
{
	struct facts *f = r->facts;

	/* Who only reads needs nothing of the host, and did not look at it. */
	if (f == NULL)
		return 0;
	return hardware_tell(d->hardware, r, f) || needs_tell(d->needs, r, f) ||
		       paths_tell(d->paths, r, f, a)
		   ? -1
		   : 0;
}
