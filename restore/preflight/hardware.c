#include "restore/preflight/hardware.h"

#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/wishes.h"

/* One sort of domain; NULL: not given. */
struct sort {
	xmlChar *emulator, *arch, *machine, *type;
	char *item;   /* the first domain of that sort */
	size_t count; /* domains */
	struct wishes *wishes;
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
	wishes_free(s->wishes);
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

/* Count the sort, or take it over as a new one: the sort, or NULL. */
static struct sort *
sort_count(struct hardware *h, struct sort *s, const char *item)
{
	struct sort *more;
	size_t i, cap;

	for (i = 0; i < h->n; i++)
		if (sort_equal(&h->s[i], s)) {
			h->s[i].count++;
			sort_clear(s);
			return &h->s[i];
		}
	if (h->n == h->cap) {
		cap = h->cap ? h->cap * 2 : 8;
		if ((more = realloc(h->s, cap * sizeof(*more))) == NULL)
			return NULL;
		h->s = more;
		h->cap = cap;
	}
	if ((s->item = strdup(item)) == NULL ||
	    (s->wishes = wishes_new()) == NULL)
		return NULL;
	s->count = 1;
	h->s[h->n] = *s;
	return &h->s[h->n++];
}

int
hardware_add(struct hardware *h, const char *item, xmlNodePtr domain)
{
	struct sort s = { .count = 0 }, *sort;
	xmlNodePtr type;

	type = virt_xml_child(virt_xml_child(domain, "os", NULL), "type", NULL);
	s.type = virt_xml_attr(domain, "type");
	s.arch = virt_xml_attr(type, "arch");
	s.machine = virt_xml_attr(type, "machine");
	s.emulator =
	    virt_xml_text(virt_xml_child(domain, "devices", NULL), "emulator");
	if ((sort = sort_count(h, &s, item)) == NULL) {
		sort_clear(&s);
		warn_msg("out of memory");
		return -1;
	}
	return wishes_add(sort->wishes, item, domain);
}

/* What is asked of libvirt, and the capabilities that it answered with. */
struct question {
	struct restore *r;
	struct facts *f;
	const struct sort *sort;
	const char *type;
	int unknown; /* libvirt does not name its emulator */
	xmlDocPtr caps;
};

/* 1 with ${q}->caps, 0 not offered, 2 it cannot be told, -1 said. */
static int
ask(struct question *q, const char *emulator, const char *machine)
{
	const struct fact_domcaps *d;
	int rc;

	xmlFreeDoc(q->caps);
	q->caps = NULL;
	/* libvirt would run it to find out. */
	if (q->unknown && emulator != NULL)
		return 0;
	rc = facts_domcaps(
	    q->f, emulator, (const char *)q->sort->arch, machine, q->type, &d);
	if (rc == 1)
		q->caps = virt_xml_parse(d->xml, strlen(d->xml));
	if (rc == -1 || (rc == 1 && q->caps == NULL))
		return 2;
	return rc == -2 ? -1 : rc;
}

/* The text of an element of the answer, for xmlFree, or NULL. */
static xmlChar *
answer(const struct question *q, const char *name)
{

	return q->caps != NULL
		   ? virt_xml_text(xmlDocGetRootElement(q->caps), name)
		   : NULL;
}

static int
finding(const struct question *q, const char *name, const char *what,
    const xmlChar *value, const char *rule, const xmlChar *new)
{
	const struct sort *s = q->sort;
	char others[64] = "";
	const char *old = (const char *)value, * or = "";

	if (q->unknown && strcmp(name, "emulator") == 0)
		or = " (--allow emulator: let libvirt run it)";
	if (s->count > 1)
		(void)snprintf(others, sizeof(others), " (%zu more need it)",
		    s->count - 1);
	if (new == NULL)
		return finding_add(q->r, ITEM_DOMAIN, s->item, NULL, name,
		    "libvirt here has no %s %s%s%s; --not '%s' leaves it out",
		    what, old, or, others, s->item);
	return finding_add(q->r, ITEM_DOMAIN, s->item, NULL, name,
	    "libvirt here has no %s %s%s; in the map: %s %s = %s", what, old,
	    others, rule, old, (const char *)new);
}

/* A type of domain that this host does not have; the rest of the sort is then
 * looked at as if it were emulated.  As ask. */
static int
tell_type(struct question *q)
{
	static const xmlChar kvm[] = "kvm (/dev/kvm is not there, or not for "
				     "libvirt: turn virtualisation on in the "
				     "firmware, modprobe kvm_intel or kvm_amd)";

	if (finding(q, "virt-type", "domains of type",
		strcmp(q->type, "kvm") == 0 ? kvm : q->sort->type, NULL, NULL))
		return -1;
	q->type = "qemu";
	return ask(q, NULL, NULL);
}

/* The machine type to propose is the newest of the same family.  As ask, about
 * that one. */
static int
tell_machine(struct question *q, const char *emulator)
{
	const char *machine = (const char *)q->sort->machine;
	const char *family = strstr(machine, "q35") != NULL   ? "q35"
			     : strncmp(machine, "pc", 2) == 0 ? "pc"
							      : NULL;
	xmlChar *new;
	int rc;

	if ((rc = ask(q, emulator, family)) == -1)
		return -1;
	new = answer(q, "machine");
	if (finding(
		q, "machine", "machine type", q->sort->machine, "machine", new))
		rc = -1;
	xmlFree(new);
	return rc;
}

/* The sort as a whole is not offered: why, part by part.  As ask, about the
 * nearest sort that is. */
static int
tell_why(struct question *q)
{
	const char *emulator = (const char *)q->sort->emulator;
	const char *machine = (const char *)q->sort->machine;
	xmlChar *new;
	int rc;

	if ((rc = ask(q, NULL, NULL)) == 0)
		rc = tell_type(q);
	if (rc != 1 && (rc == -1 || !q->unknown))
		return rc;
	new = answer(q, "path");
	if (emulator != NULL && (rc = ask(q, emulator, NULL)) == 0) {
		rc = finding(
		    q, "emulator", "emulator", q->sort->emulator, "path", new);
		emulator = NULL;
	}
	xmlFree(new);
	if (rc == -1 || (rc = ask(q, emulator, machine)) != 0)
		return rc;
	return machine != NULL ? tell_machine(q, emulator) : 0;
}

static int
tell_one(struct question *q)
{
	const struct sort *s = q->sort;
	int rc;

	/* libvirt would not take it: the definition is as it was captured. */
	if ((q->type = (const char *)s->type) == NULL)
		return 0;
	q->unknown = 0;
	if (s->emulator != NULL) {
		rc = allow_emulator(q->r, q->f->capabilities,
		    (const char *)s->emulator, s->item);
		if (rc == -1)
			return -1;
		q->unknown = rc == 0;
	}
	rc = ask(q, (const char *)s->emulator, (const char *)s->machine);
	if (rc == 0)
		rc = tell_why(q);
	if (rc == 1)
		return wishes_tell(
		    s->wishes, q->r, xmlDocGetRootElement(q->caps));
	if (rc == 2)
		rc = plan_say(q->r->plan, PLAN_NOTE, PLAN_HOST, s->item, NULL,
		    "unknown-hardware",
		    "whether there is what it asks for cannot be told here: "
		    "emulator, machine type, CPU and devices are not looked at "
		    "(domains of this sort: %zu)",
		    s->count);
	return rc;
}

int
hardware_tell(struct hardware *h, struct restore *r, struct facts *f)
{
	struct question q = { .r = r, .f = f };
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < h->n; i++) {
		q.sort = &h->s[i];
		rc = tell_one(&q);
	}
	xmlFreeDoc(q.caps);
	return rc;
}
