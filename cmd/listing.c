#include "cmd/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd/coverage.h"

/* A line of the summary: what, and the text about it. */
#define LINE(r, what, fmt, ...)                                                \
	report_label(r, LISTING_LABEL, what, fmt, __VA_ARGS__)

static void
list_own(struct report *r, const struct manifest *m)
{
	char text[ADDRESS_TEXT];
	const struct own_address *own;
	size_t i;

	for (i = 0; i < m->nown; i++) {
		own = &m->own[i];
		address_print(&own->addr, text);
		if (own->prefix >= 0)
			LINE(r, i == 0 ? "addresses" : "", "%s/%d  (%s)", text,
			    own->prefix, own->where);
		else
			LINE(r, i == 0 ? "addresses" : "", "%s  (%s)", text,
			    own->where);
	}
	if (m->nown == 0)
		LINE(r, "addresses", "%s", "none of its own are known");
}

static void
list_databases(struct report *r, const struct manifest *m)
{
	const struct captured_database *d;
	size_t i;

	for (i = 0; i < m->ndatabases; i++) {
		d = &m->databases[i];
		LINE(r, i == 0 ? "databases" : "", "%s: %s on %s, %s  (%s)",
		    d->role, d->schema, d->server, d->version, d->source);
	}
}

/* How many domains there are and which of them ran, a line for each. */
static void
list_running(struct report *r, const struct manifest *m)
{
	size_t i, domains = 0, running = 0, told = 0;

	for (i = 0; i < m->nitems; i++) {
		if (m->items[i]->kind == ITEM_DOMAIN) {
			domains++;
			running += m->items[i]->virt->active != 0;
		}
	}
	if (domains == 0)
		return;
	LINE(r, "running", "%zu of %zu domain%s ran at snapshot time", running,
	    domains, domains == 1 ? "" : "s");
	for (i = 0; i < m->nitems && told < running; i++) {
		if (m->items[i]->kind == ITEM_DOMAIN &&
		    m->items[i]->virt->active) {
			LINE(r, "", "%s", m->items[i]->name);
			told++;
		}
	}
}

static enum outcome
list_summary(struct report *r, const char *file, const struct bundle *b)
{
	const struct manifest *m = bundle_manifest(b);
	enum outcome rc;
	size_t i;

	LINE(r, m->description ? "description" : "bundle", "%s", file);
	if (m->description != NULL)
		LINE(r, "", "%s",
		    "what stands on this host: no contents, no values, no "
		    "rows; for novark restore BUNDLE --against");
	LINE(r, "id", "%s", m->id);
	if (m->hypervisor_name != NULL &&
	    strcmp(m->hypervisor_name, m->host) != 0)
		LINE(r, "host", "%s, %s in libvirt", m->host,
		    m->hypervisor_name);
	else
		LINE(r, "host", "%s", m->host);
	LINE(r, "created", "%s by novark %s", m->created, m->novark);
	listing_signer(r, b);
	rc = bundle_is_encrypted(b) ? listing_recipients(r, b) : OUTCOME_DONE;
	list_own(r, m);
	list_databases(r, m);
	for (i = 0; i < m->nhosts; i++)
		LINE(r, i == 0 ? "rows of" : "", "compute host %s%s",
		    m->hosts[i], i == 0 ? " only (--host)" : "");
	if (m->libvirt_uri != NULL)
		LINE(r, "libvirt", "%s%s%s", m->libvirt_uri,
		    m->hypervisor ? ", " : "",
		    m->hypervisor ? m->hypervisor : "");
	if (m->instances_path != NULL)
		LINE(r, "instances", "%s", m->instances_path);
	list_running(r, m);
	for (i = 0; i < m->nwarnings; i++)
		LINE(r, i == 0 ? "warnings" : "", "%s%s%s",
		    m->warnings[i].item ? m->warnings[i].item : "",
		    m->warnings[i].item ? ": " : "", m->warnings[i].text);
	return rc;
}

/* Number and bytes of the items of each kind. */
static void
list_kinds(struct report *r, const struct manifest *m)
{
	uint64_t count[ITEM_KINDS] = { 0 }, bytes[ITEM_KINDS] = { 0 };
	char size[REPORT_SIZE];
	size_t i;
	int k;

	for (i = 0; i < m->nitems; i++) {
		count[m->items[i]->kind]++;
		bytes[m->items[i]->kind] += m->items[i]->size;
	}
	report_line(r, "%s", "");
	report_line(r, "%-10s %8s %12s", "KIND", "ITEMS", "SIZE");
	for (k = 0; k < ITEM_KINDS; k++) {
		if (count[k] == 0)
			continue;
		report_size(bytes[k], size);
		report_line(r, "%-10s %8" PRIu64 " %12s",
		    item_kind_name((enum item_kind)k), count[k], size);
	}
}

enum outcome
listing_text(struct report *r, const char *file, const struct bundle *b)
{
	const struct manifest *m = bundle_manifest(b);
	enum outcome rc;

	if (r->json)
		return OUTCOME_DONE;
	if ((rc = list_summary(r, file, b)) != OUTCOME_DONE)
		return rc;
	list_kinds(r, m);
	listing_items(r, m);
	coverage_text(r, m);
	return OUTCOME_DONE;
}
