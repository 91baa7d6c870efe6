#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/address.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_private.h"
#include "archive/warn.h"

/* The document is put together line by line, so that only one entry at a time
 * is there as a tree. */

/* Where jansson writes to, and whether that has said what went wrong. */
struct dump {
	struct buf *out;
	int said;
};

static int
add_chunk(const char *bytes, size_t len, void *cookie)
{
	struct dump *d = cookie;

	if (!d->said && buf_add(d->out, bytes, len) == -1)
		d->said = 1;
	return d->said ? -1 : 0;
}

static int
dump(const json_t *value, struct buf *out)
{
	struct dump d = { out, 0 };
	int rc;

	rc = json_dump_callback(
	    value, add_chunk, &d, JSON_COMPACT | JSON_ENCODE_ANY);
	/* jansson does not look at all that its callback returns. */
	if (d.said)
		return -1;
	if (rc == -1)
		warn_msg("out of memory");
	return rc;
}

int
manifest_add_json(struct buf *out, const char *what, json_t *value)
{
	size_t before = out->len;
	int rc;

	if (value == NULL) {
		warn_msg("%s cannot stand in a manifest: not UTF-8, or out of "
			 "memory",
		    what);
		return -1;
	}
	rc = dump(value, out);
	json_decref(value);
	if (rc == 0 && out->len - before > LIMIT_MANIFEST_ENTRY) {
		warn_msg("%s takes more than 1 MiB of the manifest", what);
		rc = -1;
	}
	return rc;
}

/* One line of the outermost object. */
static int
add_key(struct buf *out, const char *key, json_t *value)
{

	if (buf_addf(out, "\"%s\":", key) == -1) {
		json_decref(value);
		return -1;
	}
	if (manifest_add_json(out, key, value) == -1)
		return -1;
	return buf_adds(out, ",\n");
}

/* "key":"value" into an object, or nothing when there is no value. */
static int
put(json_t *o, const char *key, const char *value)
{

	return value == NULL ? 0
			     : json_object_set_new(o, key, json_string(value));
}

static json_t *
print_own(const struct own_address *own)
{
	char text[ADDRESS_TEXT];
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	address_print(&own->addr, text);
	if (put(o, "address", text) == -1 ||
	    (own->prefix >= 0 && json_object_set_new(o, "prefix",
				     json_integer(own->prefix)) == -1) ||
	    put(o, "where", own->where) == -1) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *
print_node(const struct manifest *m)
{
	json_t *o, *own;
	size_t i;

	if ((o = json_object()) == NULL)
		goto err0;
	if ((own = json_array()) == NULL)
		goto err1;
	for (i = 0; i < m->nown; i++)
		if (json_array_append_new(own, print_own(&m->own[i])) == -1)
			goto err2;
	if (put(o, "instances_path", m->instances_path) == -1 ||
	    put(o, "libvirt_uri", m->libvirt_uri) == -1 ||
	    put(o, "hypervisor", m->hypervisor) == -1 ||
	    put(o, "hypervisor_name", m->hypervisor_name) == -1)
		goto err2;
	if (json_object_set_new(o, "addresses", own) == -1)
		goto err1;
	return o;

err2:
	json_decref(own);
err1:
	json_decref(o);
err0:
	return NULL;
}

static json_t *
print_database(const struct captured_database *d)
{
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	if (put(o, "role", d->role) == -1 ||
	    put(o, "schema", d->schema) == -1 ||
	    put(o, "server", d->server) == -1 ||
	    put(o, "version", d->version) == -1 ||
	    put(o, "source", d->source) == -1) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *
print_warning(const struct manifest_warning *w)
{
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	if (put(o, "item", w->item) == -1 || put(o, "text", w->text) == -1) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static int
add_item(const struct item *item, struct buf *out)
{
	int rc = item_print_quick(item, out);

	if (rc != 0)
		return rc == 1 ? 0 : -1;
	return manifest_add_json(out, item->name, item_print(item));
}

/* The three arrays of objects: one element a line. */
static int
add_lists(const struct manifest *m, struct buf *out)
{
	size_t i;

	if (buf_adds(out, "\"databases\":[") == -1)
		return -1;
	for (i = 0; i < m->ndatabases; i++)
		if (buf_adds(out, i == 0 ? "\n" : ",\n") == -1 ||
		    manifest_add_json(out, "a database",
			print_database(&m->databases[i])) == -1)
			return -1;
	if (buf_adds(out, "],\n\"warnings\":[") == -1)
		return -1;
	for (i = 0; i < m->nwarnings; i++)
		if (buf_adds(out, i == 0 ? "\n" : ",\n") == -1 ||
		    manifest_add_json(
			out, "a warning", print_warning(&m->warnings[i])) == -1)
			return -1;
	if (buf_adds(out, "],\n\"items\":[") == -1)
		return -1;
	for (i = 0; i < m->nitems; i++)
		if (buf_adds(out, i == 0 ? "\n" : ",\n") == -1 ||
		    add_item(m->items[i], out) == -1)
			return -1;
	return buf_adds(out, "],\n");
}

/* One line an address: which items it stands in (by number), how often. */
static int
add_index(const struct manifest *m, struct buf *out)
{
	struct address_count *c = NULL;
	char text[ADDRESS_TEXT];
	size_t i;
	int first;

	if (buf_adds(out, "\"index\":{") == -1)
		goto err0;
	if (m->nindex > 0) {
		if ((c = malloc(m->nindex * sizeof(*c))) == NULL) {
			warn_msg("out of memory");
			goto err0;
		}
		memcpy(c, m->index, m->nindex * sizeof(*c));
		manifest_sort_by_address(c, m->nindex);
	}
	for (i = 0; i < m->nindex; i++) {
		first =
		    i == 0 || address_compare(&c[i - 1].addr, &c[i].addr) != 0;
		if (first) {
			address_print(&c[i].addr, text);
			if (buf_addf(out, "%s\"%s\":[", i == 0 ? "\n" : "],\n",
				text) == -1)
				goto err1;
		}
		if (buf_addf(out, "%s[%zu,%llu]", first ? "" : ",", c[i].item,
			(unsigned long long)c[i].count) == -1)
			goto err1;
	}
	if (buf_adds(out, m->nindex > 0 ? "]}\n" : "}\n") == -1)
		goto err1;
	free(c);
	return 0;

err1:
	free(c);
err0:
	return -1;
}

/* Only a description has it; it may be longer than any other entry. */
static int
add_description(const struct manifest *m, struct buf *out)
{
	size_t before = out->len;

	if (m->description == NULL)
		return 0;
	if (buf_adds(out, "\"description\":") == -1 ||
	    dump(m->description, out) == -1)
		return -1;
	if (out->len - before > LIMIT_DESCRIPTION) {
		warn_msg("what is to be said of this host takes more than %u "
			 "MiB of the manifest",
		    LIMIT_DESCRIPTION >> 20);
		return -1;
	}
	return buf_adds(out, ",\n");
}

/* Absent: nothing was swept. */
static int
add_sweep(const struct manifest *m, struct buf *out)
{
	const struct manifest_sweep *s = &m->sweep;

	if (!s->done)
		return 0;
	return add_key(out, "sweep",
	    json_pack("{s:I, s:I, s:I, s:I, s:I}", "tables",
		(json_int_t)s->tables, "columns", (json_int_t)s->columns,
		"files", (json_int_t)s->files, "found_rows",
		(json_int_t)s->found_rows, "found_files",
		(json_int_t)s->found_files));
}

/* Absent: nothing was counted; no certificate names an own address. */
static int
add_kinds(const struct manifest *m, struct buf *out)
{

	if (m->nkinds > 0 && add_key(out, "kinds", kinds_print(m)) == -1)
		return -1;
	return m->ncertificates == 0
		   ? 0
		   : add_key(out, "certificates", certificates_print(m));
}

int
manifest_print(const struct manifest *m, struct buf *out)
{

	if (buf_adds(out, "{\n") == -1 ||
	    add_key(out, "format", json_integer(1)) == -1 ||
	    add_key(out, "id", json_string(m->id)) == -1 ||
	    add_key(out, "created", json_string(m->created)) == -1 ||
	    add_key(out, "host", json_string(m->host)) == -1 ||
	    add_key(out, "novark", json_string(m->novark)) == -1 ||
	    add_key(out, "node", print_node(m)) == -1 ||
	    add_description(m, out) == -1 ||
	    manifest_print_hosts(m, out) == -1 || add_sweep(m, out) == -1 ||
	    add_kinds(m, out) == -1 || add_lists(m, out) == -1 ||
	    add_index(m, out) == -1 || buf_adds(out, "}\n") == -1)
		return -1;
	return 0;
}
