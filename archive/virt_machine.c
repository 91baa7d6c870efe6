#include <libvirt/virterror.h>

#include <stdlib.h>
#include <string.h>

#include "archive/virt_kind.h"
#include "archive/virt_xml.h"

int
virt_machine(struct virt *v, const char *emulator, const char *arch,
    const char *machine, const char *type, struct virt_machine *out)
{
	xmlChar *path, *name;
	xmlNodePtr top;
	virErrorPtr e;
	xmlDocPtr doc;
	char *xml;

	out->emulator = out->machine = NULL;
	xml = virConnectGetDomainCapabilities(
	    v->conn, emulator, arch, machine, type, 0);
	if (xml == NULL) {
		e = virGetLastError();
		return e != NULL && e->code == VIR_ERR_NO_SUPPORT ? -1 : 0;
	}
	doc = virt_xml_parse(xml, strlen(xml));
	free(xml);
	if (doc == NULL)
		return -1;
	top = xmlDocGetRootElement(doc);
	path = virt_xml_text(top, "path");
	name = virt_xml_text(top, "machine");
	if (path != NULL)
		out->emulator = strdup((char *)path);
	if (name != NULL)
		out->machine = strdup((char *)name);
	xmlFree(path);
	xmlFree(name);
	xmlFreeDoc(doc);
	return 1;
}

void
virt_machine_free(struct virt_machine *m)
{

	free(m->emulator);
	free(m->machine);
	m->emulator = m->machine = NULL;
}
