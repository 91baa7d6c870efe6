#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/facts/facts.h"

static int
equal(const char *a, const char *b)
{

	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Keep an answer; ${xml} is handed over.  NULL, said. */
static struct fact_domcaps *
keep(struct facts *f, const char *emulator, const char *arch,
    const char *machine, const char *type, char *xml)
{
	struct fact_domcaps *more, *d;

	more = reallocarray(f->domcaps, f->ndomcaps + 1, sizeof(*more));
	if (more == NULL) {
		free(xml);
		warn_msg("out of memory");
		return NULL;
	}
	f->domcaps = more;
	d = &more[f->ndomcaps++];
	memset(d, 0, sizeof(*d));
	d->xml = xml;
	if (manifest_set(&d->emulator, emulator) ||
	    manifest_set(&d->arch, arch) ||
	    manifest_set(&d->machine, machine) ||
	    manifest_set(&d->type, type)) {
		warn_msg("out of memory");
		return NULL;
	}
	return d;
}

/* Ask libvirt, and remember what it said: as facts_domcaps. */
static int
ask(struct facts *f, const char *emulator, const char *arch,
    const char *machine, const char *type, const struct fact_domcaps **out)
{
	char *xml;
	int rc;

	rc = virt_domcaps(f->virt, emulator, arch, machine, type, &xml);
	if (rc == -1)
		return -1;
	*out = keep(f, emulator, arch, machine, type, xml);
	return *out == NULL ? -2 : rc;
}

/* The element of capabilities for an architecture (NULL: the host's). */
static xmlNodePtr
find_arch(xmlNodePtr top, const char *arch)
{
	xmlChar *own = NULL, *name;
	xmlNodePtr guest = NULL, found = NULL, node;

	if (arch == NULL) {
		node = virt_xml_child(top, "host", NULL);
		own = virt_xml_text(virt_xml_child(node, "cpu", NULL), "arch");
		arch = (const char *)own;
	}
	while (found == NULL &&
	       (guest = virt_xml_child(top, "guest", guest)) != NULL) {
		node = virt_xml_child(guest, "arch", NULL);
		name = virt_xml_attr(node, "name");
		if (equal((const char *)name, arch))
			found = node;
		xmlFree(name);
	}
	xmlFree(own);
	return found;
}

/* Is there a child of that name whose attribute (NULL: text) is the value? */
static int
lists(xmlNodePtr node, const char *child, const char *attr, const char *value)
{
	xmlNodePtr n = NULL;
	xmlChar *s;
	int found = 0;

	while (!found && (n = virt_xml_child(node, child, n)) != NULL) {
		s = attr != NULL ? virt_xml_attr(n, attr)
				 : xmlNodeGetContent(n);
		found = equal((const char *)s, value);
		xmlFree(s);
	}
	return found;
}

/* "q35", "pc", or NULL: machines whose devices are alike. */
static const char *
family(const char *machine)
{

	if (machine == NULL)
		return NULL;
	if (strstr(machine, "q35") != NULL)
		return "q35";
	return strncmp(machine, "pc", 2) == 0 ? "pc" : NULL;
}

/* Of one family: what the one is offered, the other is. */
static int
like(const char *a, const char *b)
{

	return family(b) != NULL && equal(family(a), family(b));
}

/* Of a description: what was asked there about machines of that family. */
static const struct fact_domcaps *
described(const struct facts *f, xmlNodePtr arch, const char *emulator,
    const char *machine, const char *type)
{
	const struct fact_domcaps *d;
	xmlChar *name = virt_xml_attr(arch, "name");
	xmlChar *own = virt_xml_text(arch, "emulator");
	size_t i;

	if (emulator == NULL)
		emulator = (const char *)own;
	for (i = 0; i < f->ndomcaps; i++) {
		d = &f->domcaps[i];
		if (d->xml != NULL && equal(d->emulator, emulator) &&
		    equal(d->arch, (const char *)name) &&
		    equal(d->type, type) &&
		    (machine == NULL || equal(d->machine, machine) ||
			like(d->machine, machine)))
			break;
	}
	xmlFree(own);
	xmlFree(name);
	return i < f->ndomcaps ? &f->domcaps[i] : NULL;
}

/* An emulator that capabilities do not name may still be there: 0 not, -1 it
 * cannot be told, -2 said. */
static int
other_emulator(struct facts *f, const char *emulator)
{
	struct fact_file file;
	int rc;

	if (facts_file(f, emulator, &file))
		return -2;
	rc = file.type == FACT_ABSENT ? 0 : -1;
	facts_file_free(&file);
	return rc;
}

static int
from_description(struct facts *f, const char *emulator, const char *arch,
    const char *machine, const char *type, const struct fact_domcaps **out)
{
	xmlNodePtr node;
	xmlDocPtr doc;
	int rc = 0;

	if (f->capabilities == NULL || (doc = virt_xml_parse(f->capabilities,
					    strlen(f->capabilities))) == NULL)
		return -1;
	node = find_arch(xmlDocGetRootElement(doc), arch);
	if (node == NULL || !lists(node, "domain", "type", type))
		goto done;
	if (emulator != NULL && !lists(node, "emulator", NULL, emulator)) {
		rc = other_emulator(f, emulator);
		goto done;
	}
	if (machine != NULL && !lists(node, "machine", NULL, machine))
		goto done;
	*out = described(f, node, emulator, machine, type);
	rc = *out != NULL ? 1 : -1;
done:
	xmlFreeDoc(doc);
	return rc;
}

int
facts_domcaps(struct facts *f, const char *emulator, const char *arch,
    const char *machine, const char *type, const struct fact_domcaps **out)
{
	const struct fact_domcaps *d;
	size_t i;

	*out = NULL;
	for (i = 0; i < f->ndomcaps; i++) {
		d = &f->domcaps[i];
		if (equal(d->emulator, emulator) && equal(d->arch, arch) &&
		    equal(d->machine, machine) && equal(d->type, type)) {
			*out = d;
			return d->xml != NULL;
		}
	}
	if (f->virt != NULL)
		return ask(f, emulator, arch, machine, type, out);
	return from_description(f, emulator, arch, machine, type, out);
}
