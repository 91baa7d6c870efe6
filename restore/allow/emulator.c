#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/allow/allow.h"

struct looking {
	const char *emulator;
	char *real; /* behind links, or NULL */
};

/* virt_xml_fn: 1 when the element names it. */
static int
is_it(void *cookie, xmlNodePtr node)
{
	const struct looking *l = cookie;
	xmlChar *text = xmlNodeGetContent(node);
	char *real = NULL;
	int rc;

	if (text == NULL)
		return 0;
	rc = strcmp((const char *)text, l->emulator) == 0;
	/* /usr/bin/kvm is a link, on many a host. */
	if (!rc && l->real != NULL &&
	    (real = realpath((const char *)text, NULL)) != NULL)
		rc = strcmp(real, l->real) == 0;
	free(real);
	xmlFree(text);
	return rc;
}

int
allow_emulator(const struct restore *r, const char *capabilities,
    const char *emulator, const char *item)
{
	struct looking l = { emulator, NULL };
	xmlNodePtr top;
	xmlDocPtr doc;
	int rc;

	if (allow_released(r->opt->allow, "emulator", item))
		return 1;
	if (capabilities == NULL || emulator[0] != '/')
		return 0;
	if ((doc = virt_xml_parse(capabilities, strlen(capabilities))) ==
	    NULL) {
		warn_msg("libvirt's capabilities are no XML");
		return -1;
	}
	/* A description's host is not this one. */
	if (r->virt != NULL)
		l.real = realpath(emulator, NULL);
	top = xmlDocGetRootElement(doc);
	rc = virt_xml_each(top, "guest/arch/emulator", is_it, &l) ||
	     virt_xml_each(top, "guest/arch/domain/emulator", is_it, &l);
	free(l.real);
	xmlFreeDoc(doc);
	return rc;
}
