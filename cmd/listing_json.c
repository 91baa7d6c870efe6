#include <string.h>

#include "cmd/coverage.h"
#include "cmd/listing.h"

#define NUMBER(n) json_integer((json_int_t)(n))

static json_t *
address_json(const struct address *a)
{
	char text[ADDRESS_TEXT];

	address_print(a, text);
	return json_string(text);
}

static void
put_own(struct report *r, const struct manifest *m)
{
	const struct own_address *own;
	size_t i;

	report_open(r, "own_addresses", '[');
	for (i = 0; i < m->nown; i++) {
		own = &m->own[i];
		report_put(r, NULL,
		    json_pack("{s:o, s:o, s:o}", "address",
			address_json(&own->addr), "prefix",
			own->prefix < 0 ? json_null() : NUMBER(own->prefix),
			"where", report_text(own->where)));
	}
	report_close(r);
}

/* --host: empty when the rows are those of the whole site. */
static void
put_hosts(struct report *r, const struct manifest *m)
{
	size_t i;

	report_open(r, "rows_of", '[');
	for (i = 0; i < m->nhosts; i++)
		report_put(r, NULL, report_text(m->hosts[i]));
	report_close(r);
}

static void
put_databases(struct report *r, const struct manifest *m)
{
	const struct captured_database *d;
	size_t i;

	report_open(r, "databases", '[');
	for (i = 0; i < m->ndatabases; i++) {
		d = &m->databases[i];
		report_put(r, NULL,
		    json_pack("{s:o, s:o, s:o, s:o, s:o}", "role",
			report_text(d->role), "schema", report_text(d->schema),
			"server", report_text(d->server), "version",
			report_text(d->version), "source",
			report_text(d->source)));
	}
	report_close(r);
}

static void
put_warnings(struct report *r, const struct manifest *m)
{
	size_t i;

	report_open(r, "warnings", '[');
	for (i = 0; i < m->nwarnings; i++)
		report_put(r, NULL,
		    json_pack("{s:o, s:o}", "item",
			report_text(m->warnings[i].item), "text",
			report_text(m->warnings[i].text)));
	report_close(r);
}

/* Number and bytes by kind, stored bytes by part. */
static void
put_sizes(struct report *r, const struct bundle *b)
{
	const struct manifest *m = bundle_manifest(b);
	uint64_t count[ITEM_KINDS] = { 0 }, bytes[ITEM_KINDS] = { 0 };
	size_t i;
	int k;

	for (i = 0; i < m->nitems; i++) {
		count[m->items[i]->kind]++;
		bytes[m->items[i]->kind] += m->items[i]->size;
	}
	report_open(r, "kinds", '{');
	for (k = 0; k < ITEM_KINDS; k++)
		report_put(r, item_kind_name((enum item_kind)k),
		    json_pack("{s:o, s:o}", "items", NUMBER(count[k]), "bytes",
			NUMBER(bytes[k])));
	report_close(r);
	report_open(r, "stored", '{');
	for (k = 0; k < ITEM_PARTS; k++)
		report_put(r, item_part_name((enum item_part)k),
		    NUMBER(bundle_part_size(b, (enum item_part)k)));
	report_close(r);
}

static json_t *
file_json(const struct item_file *f)
{
	static const char *const types[] = { "file", "folder", "symlink" };

	return json_pack("{s:s, s:i, s:i, s:i, s:o, s:o, s:o, s:s, s:o}",
	    "type", types[f->type], "mode", (int)f->mode, "uid", (int)f->uid,
	    "gid", (int)f->gid, "user", report_text(f->user), "group",
	    report_text(f->group), "target", report_text(f->target), "format",
	    place_format_name(f->format), "set", report_text(f->set));
}

static json_t *
virt_json(const struct item_virt *v)
{

	return json_pack("{s:o, s:b, s:b, s:b, s:o, s:b, s:b}", "uuid",
	    report_text(v->uuid), "persistent", v->persistent, "autostart",
	    v->autostart, "running", v->active, "recovered_from",
	    report_text(v->source), "has_value", v->has_value, "private",
	    v->is_private);
}

static json_t *
table_json(const struct item_table *t)
{
	json_t *columns = json_array();
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		if (json_array_append_new(
			columns, json_pack("{s:o, s:o, s:i}", "name",
				     report_text(t->columns[i].name), "type",
				     report_text(t->columns[i].type), "key",
				     t->columns[i].key))) {
			json_decref(columns);
			return NULL;
		}
	}
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "role",
	    report_text(t->role), "schema", report_text(t->schema), "table",
	    report_text(t->table), "rows", NUMBER(t->rows), "outside",
	    json_boolean(t->outside), "columns", columns);
}

static json_t *
account_json(const struct item_account *a)
{
	json_t *roles = json_array();
	size_t i;

	for (i = 0; i < a->nroles; i++) {
		if (json_array_append_new(roles, report_text(a->roles[i]))) {
			json_decref(roles);
			return NULL;
		}
	}
	return json_pack("{s:o, s:o, s:o}", "user", report_text(a->user),
	    "host", report_text(a->host), "roles", roles);
}

static void
put_item(struct report *r, const struct item *item)
{
	json_t *o;

	o = json_pack("{s:o, s:s, s:o, s:s}", "name", report_text(item->name),
	    "kind", item_kind_name(item->kind), "size", NUMBER(item->size),
	    "sha256", item->sha256);
	if (o != NULL && item->file != NULL)
		json_object_set_new(o, "file", file_json(item->file));
	if (o != NULL && item->virt != NULL)
		json_object_set_new(o, "libvirt", virt_json(item->virt));
	if (o != NULL && item->table != NULL)
		json_object_set_new(o, "table", table_json(item->table));
	if (o != NULL && item->account != NULL)
		json_object_set_new(o, "account", account_json(item->account));
	report_put(r, NULL, o);
}

enum outcome
listing_json(struct report *r, const char *file, const struct bundle *b)
{
	const struct manifest *m = bundle_manifest(b);
	enum outcome rc;
	size_t i;

	if (!report_documents(r))
		return OUTCOME_DONE;
	report_put(r, "file", report_text(file));
	report_put(r, "id", report_text(m->id));
	report_put(r, "host", report_text(m->host));
	report_put(r, "describes", json_boolean(m->description != NULL));
	report_put(r, "created", report_text(m->created));
	report_put(r, "novark", report_text(m->novark));
	listing_signer(r, b);
	report_put(r, "digest", report_text(bundle_digest(b)));
	report_put(r, "instances_path", report_text(m->instances_path));
	report_put(r, "libvirt_uri", report_text(m->libvirt_uri));
	report_put(r, "hypervisor", report_text(m->hypervisor));
	report_put(r, "hypervisor_name", report_text(m->hypervisor_name));
	rc = listing_recipients(r, b);
	put_hosts(r, m);
	put_own(r, m);
	put_databases(r, m);
	put_warnings(r, m);
	put_sizes(r, b);
	report_open(r, "items", '[');
	for (i = 0; i < m->nitems; i++)
		put_item(r, m->items[i]);
	report_close(r);
	if (m->description == NULL)
		coverage_json(r, m);
	return rc;
}
