#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "restore/facts/facts.h"
#include "restore/facts/facts_object.h"

/* The text of host/uuid in capabilities. */
static char *
host_uuid(const char *xml)
{
	xmlNodePtr host;
	xmlChar *text;
	xmlDocPtr doc;
	char *uuid;

	if ((doc = virt_xml_parse(xml, strlen(xml))) == NULL)
		return NULL;
	host = virt_xml_child(xmlDocGetRootElement(doc), "host", NULL);
	text = virt_xml_text(host, "uuid");
	uuid = text != NULL ? strdup((char *)text) : NULL;
	xmlFree(text);
	xmlFreeDoc(doc);
	return uuid;
}

int
facts_virt(struct facts *f)
{

	if (f->virt == NULL)
		return 0;
	f->hypervisor_name = virt_host_name(f->virt);
	f->capabilities = virt_capabilities(f->virt);
	if (f->capabilities != NULL)
		f->libvirt_uuid = host_uuid(f->capabilities);
	return 0;
}

void
facts_virt_free(struct facts *f)
{
	struct fact_domcaps *d;
	size_t i;

	for (i = 0; i < f->ndomcaps; i++) {
		d = &f->domcaps[i];
		free(d->emulator);
		free(d->arch);
		free(d->machine);
		free(d->type);
		free(d->xml);
	}
	free(f->domcaps);
	facts_objects_free(f);
	for (i = 0; i < f->nfiles; i++)
		facts_file_free(&f->files[i]);
	free(f->files);
	free(f->hypervisor_name);
	free(f->libvirt_uuid);
	free(f->capabilities);
	f->domcaps = NULL;
	f->files = NULL;
	f->hypervisor_name = f->libvirt_uuid = f->capabilities = NULL;
	f->ndomcaps = f->nfiles = 0;
}

static int
has_machine(xmlNodePtr arch, const char *name)
{
	xmlNodePtr n = NULL;
	xmlChar *s;
	int found = 0;

	while (!found && (n = virt_xml_child(arch, "machine", n)) != NULL) {
		s = xmlNodeGetContent(n);
		found = s != NULL && strcmp((char *)s, name) == 0;
		xmlFree(s);
	}
	return found;
}

/* One architecture of capabilities: 0, or -1 said. */
static int
ask_arch(struct facts *f, xmlNodePtr arch)
{
	static const char *const machines[] = { NULL, "pc", "q35" };
	const struct fact_domcaps *d;
	xmlChar *name = virt_xml_attr(arch, "name");
	xmlChar *emulator = virt_xml_text(arch, "emulator"), *type;
	xmlNodePtr domain = NULL;
	size_t i;
	int rc = 0;

	while (rc == 0 &&
	       (domain = virt_xml_child(arch, "domain", domain)) != NULL) {
		type = virt_xml_attr(domain, "type");
		for (i = 0; rc == 0 && i < 3; i++)
			if (machines[i] == NULL ||
			    has_machine(arch, machines[i]))
				rc = facts_domcaps(f, (char *)emulator,
					 (char *)name, machines[i],
					 (char *)type, &d) == -2
					 ? -1
					 : 0;
		xmlFree(type);
	}
	xmlFree(emulator);
	xmlFree(name);
	return rc;
}

int
facts_virt_all(struct facts *f)
{
	xmlNodePtr guest = NULL, top;
	xmlDocPtr doc;
	int rc = 0;

	if (facts_objects_all(f))
		return -1;
	if (f->virt == NULL || f->capabilities == NULL ||
	    (doc = virt_xml_parse(f->capabilities, strlen(f->capabilities))) ==
		NULL)
		return 0;
	top = xmlDocGetRootElement(doc);
	while (rc == 0 && (guest = virt_xml_child(top, "guest", guest)) != NULL)
		rc = ask_arch(f, virt_xml_child(guest, "arch", NULL));
	xmlFreeDoc(doc);
	return rc;
}
