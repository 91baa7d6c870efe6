#include "restore/hardware.h"

#include <stdlib.h>
#include <string.h>

#include "archive/virt_xml.h"
#include "archive/warn.h"
#include "restore/finding.h"

/* One sort of domain; NULL: not given. */
struct sort {
	xmlChar *emulator, *arch, *machine, *type;
	char *item;   /* the first domain of that sort */
	size_t count; /* domains */
};

struct hardware {
	struct sort *s;
	size_t n, cap;
};

static void
sort_clear(struct sort *s)
{

	xmlFree(s->emulator);
	xmlFree(s->arch);
	xmlFree(s->machine);
	xmlFree(s->type);
	free(s->item);
	memset(s, 0, sizeof(*s));
}

struct hardware *
hardware_new(void)
{
	struct hardware *h;

	if ((h = calloc(1, sizeof(*h))) == NULL)
		warn_msg("out of memory");
	return h;
}

void
hardware_free(struct hardware *h)
{
	size_t i;

	if (h == NULL)
		return;
	for (i = 0; i < h->n; i++)
		sort_clear(&h->s[i]);
	free(h->s);
	free(h);
}

static int
sort_equal(const struct sort *a, const struct sort *b)
{

	return xmlStrEqual(a->emulator, b->emulator) &&
	       xmlStrEqual(a->arch, b->arch) &&
	       xmlStrEqual(a->machine, b->machine) &&
	       xmlStrEqual(a->type, b->type);
}

/* Count the sort, or take it over as a new one: 0 or -1. */
static int
sort_count(struct hardware *h, struct sort *s, const char *item)
{
	struct sort *more;
	size_t i, cap;

	for (i = 0; i < h->n; i++)
		if (sort_equal(&h->s[i], s)) {
			h->s[i].count++;
			sort_clear(s);
			return 0;
		}
	if (h->n == h->cap) {
		cap = h->cap ? h->cap * 2 : 8;
		if ((more = realloc(h->s, cap * sizeof(*more))) == NULL)
			return -1;
		h->s = more;
		h->cap = cap;
	}
	if ((s->item = strdup(item)) == NULL)
		return -1;
	s->count = 1;
	h->s[h->n++] = *s;
	return 0;
}

int
hardware_add(struct hardware *h, const char *item, const char *xml, size_t len)
{
	struct sort s = { NULL, NULL, NULL, NULL, NULL, 0 };
	xmlNodePtr top, type;
	xmlDocPtr doc;

	if ((doc = virt_xml_parse(xml, len)) == NULL) {
		warn_msg("%s: the definition is no XML", item);
		return -1;
	}
	top = xmlDocGetRootElement(doc);
	type = virt_xml_child(virt_xml_child(top, "os", NULL), "type", NULL);
	s.type = virt_xml_attr(top, "type");
	s.arch = virt_xml_attr(type, "arch");
	s.machine = virt_xml_attr(type, "machine");
	s.emulator =
	    virt_xml_text(virt_xml_child(top, "devices", NULL), "emulator");
	xmlFreeDoc(doc);
	if (sort_count(h, &s, item) == 0)
		return 0;
	sort_clear(&s);
	warn_msg("out of memory");
	return -1;
}

/* 1 libvirt has it (or cannot tell), 0 not. */
static int
has(struct virt *v, const struct sort *s, const char *emulator,
    const char *machine, struct virt_machine *out)
{

	return virt_machine(v, emulator, (const char *)s->arch, machine,
		   (const char *)s->type, out) != 0;
}

static int
finding(struct restore *r, const struct sort *s, const char *name,
    const char *what, const char *value, const char *rule, const char *new)
{
	char others[64] = "";
	const char *sep = new != NULL ? "; in the map: " : "";

	if (s->count > 1)
		(void)snprintf(others, sizeof(others), " (%zu more need it)",
		    s->count - 1);
	return finding_add(r, ITEM_DOMAIN, s->item, NULL, name,
	    "libvirt here has no %s %s%s%s%s%s%s%s%s", what, value, others, sep,
	    new != NULL ? rule : "", new != NULL ? " " : "",
	    new != NULL ? value : "", new != NULL ? " = " : "",
	    new != NULL ? new : "");
}

/* The machine type to propose: the newest of the same family. */
static int
tell_machine(struct restore *r, const struct sort *s, const char *emulator)
{
	const char *machine = (const char *)s->machine;
	const char *family = strstr(machine, "q35") != NULL   ? "q35"
			     : strncmp(machine, "pc", 2) == 0 ? "pc"
							      : NULL;
	struct virt_machine m = { NULL, NULL };
	int rc;

	(void)has(r->virt, s, emulator, family, &m);
	rc = finding(
	    r, s, "machine", "machine type", machine, "machine", m.machine);
	virt_machine_free(&m);
	return rc;
}

/* A type of domain that this host does not have; the rest of the sort is then
 * looked at as if it were emulated. */
static int
tell_type(struct restore *r, const struct sort *s)
{
	const char *type = (const char *)s->type;

	return finding(r, s, "virt-type", "domains of type",
	    strcmp(type, "kvm") == 0
		? "kvm: /dev/kvm is not there, or not for libvirt"
		: type,
	    NULL, NULL);
}

static int
tell_one(struct restore *r, const struct sort *sort)
{
	static const xmlChar emulated[] = "qemu";
	struct virt_machine m = { NULL, NULL }, other = { NULL, NULL };
	const char *emulator = (const char *)sort->emulator;
	const char *machine = (const char *)sort->machine;
	struct sort s = *sort;
	xmlChar *type = NULL;
	int rc = 0;

	if (s.type == NULL || has(r->virt, &s, emulator, machine, &m))
		goto done;
	if (!has(r->virt, &s, NULL, NULL, &m)) {
		rc = tell_type(r, &s);
		s.type = type = xmlStrdup(emulated);
		if (rc != 0 || type == NULL ||
		    !has(r->virt, &s, NULL, NULL, &m))
			goto done;
	}
	if (emulator != NULL && !has(r->virt, &s, emulator, NULL, &other)) {
		rc = finding(r, &s, "emulator", "emulator", emulator, "path",
		    m.emulator);
		emulator = NULL;
	}
	virt_machine_free(&other);
	if (rc == 0 && machine != NULL &&
	    !has(r->virt, &s, emulator, machine, &other))
		rc = tell_machine(r, &s, emulator);
done:
	xmlFree(type);
	virt_machine_free(&other);
	virt_machine_free(&m);
	return rc;
}

int
hardware_tell(struct hardware *h, struct restore *r)
{
	size_t i;

	if (r->virt == NULL)
		return 0;
	for (i = 0; i < h->n; i++)
		if (tell_one(r, &h->s[i]))
			return -1;
	return 0;
}
