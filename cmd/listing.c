#include "cmd/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/node/fileset_outside.h"
#include "cmd/coverage.h"

/* Names longer than this do not widen the column. */
#define NAME_WIDTH 64

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

static const char *
file_note(const struct item_file *f)
{

	if (f->type == FILE_DIRECTORY)
		return "folder";
	if (f->set != NULL && strcmp(f->set, FILESET_OUTSIDE) == 0)
		return "outside the catalogue";
	return f->format == PLACE_OPAQUE && f->type == FILE_REGULAR ? "binary"
								    : "";
}

static const char *
secret_note(const struct item_virt *v)
{

	if (v->has_value)
		return "with its value";
	return v->is_private ? "private: value not in bundle" : "no value set";
}

/* A domain, network or pool. */
static void
virt_notes(const struct item *item, char *text, size_t len)
{
	const struct item_virt *v = item->virt;
	const char *running = item->kind == ITEM_DOMAIN ? "running" : "active";

	if (v->source != NULL)
		snprintf(text, len, "from %s: libvirt had lost it", v->source);
	else
		snprintf(text, len, "%s%s%s%s%s", v->active ? running : "",
		    v->active && v->autostart ? ", " : "",
		    v->autostart ? "autostart" : "",
		    (v->active || v->autostart) && !v->persistent ? ", " : "",
		    v->persistent ? "" : "not persistent");
}

static void
account_note(const struct item_account *a, char *text, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < a->nroles && n < len; i++)
		n += (size_t)snprintf(text + n, len - n, "%s%s",
		    i == 0 ? "on the server of " : ", ", a->roles[i]);
}

/* What is worth a word about an item, into text. */
static void
print_notes(const struct item *item, char *text, size_t len)
{

	text[0] = '\0';
	if (item->kind == ITEM_FILE && item->file->type == FILE_SYMLINK)
		snprintf(text, len, "-> %s", item->file->target);
	else if (item->kind == ITEM_FILE)
		snprintf(text, len, "%s", file_note(item->file));
	else if (item->kind == ITEM_TABLE)
		snprintf(text, len, "%" PRIu64 " row%s%s", item->table->rows,
		    item->table->rows == 1 ? "" : "s",
		    item->table->outside ? ", outside the catalogue" : "");
	else if (item->kind == ITEM_ACCOUNT)
		account_note(item->account, text, len);
	else if (item->kind == ITEM_SECRET)
		snprintf(text, len, "%s", secret_note(item->virt));
	else if (item->kind != ITEM_NWFILTER)
		virt_notes(item, text, len);
}

/* Folders and links have no size. */
static void
print_size(const struct item *item, char size[REPORT_SIZE])
{

	if (item->file != NULL && item->file->type != FILE_REGULAR)
		snprintf(size, REPORT_SIZE, "-");
	else
		report_size(item->size, size);
}

/* A large bundle has 30,000: printf would take longer than reading them. */
static void
list_item(struct report *r, const struct item *item, size_t width)
{
	char size[REPORT_SIZE], notes[LIMIT_NAME + 64];
	char line[LIMIT_NAME + 16 + NAME_WIDTH + REPORT_SIZE + sizeof(notes)];
	char *to;
	size_t n = strnlen(item->name, LIMIT_NAME + 16), len;

	to = (char *)memcpy(line, item->name, n) + n;
	print_size(item, size);
	len = strlen(size);
	n = (n < width ? width - n : 0) + 1 + (len < 12 ? 12 - len : 0);
	to = (char *)memset(to, ' ', n) + n;
	to = (char *)memcpy(to, size, len) + len;
	print_notes(item, notes, sizeof(notes));
	if ((n = strlen(notes)) > 0) {
		to = (char *)memset(to, ' ', 2) + 2;
		to = (char *)memcpy(to, notes, n) + n;
	}
	report_plain(r, line, (size_t)(to - line));
}

static void
list_items(struct report *r, const struct manifest *m)
{
	size_t i, n, width = 4;

	for (i = 0; i < m->nitems; i++) {
		n = strlen(m->items[i]->name);
		if (n > width)
			width = n < NAME_WIDTH ? n : NAME_WIDTH;
	}
	report_line(r, "%s", "");
	report_line(r, "%-*s %12s  %s", (int)width, "ITEM", "SIZE", "NOTES");
	for (i = 0; i < m->nitems; i++)
		list_item(r, m->items[i], width);
	report_line(r, "%s", "");
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
	list_items(r, m);
	coverage_text(r, m);
	return OUTCOME_DONE;
}
