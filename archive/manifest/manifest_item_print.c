#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/base64.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_facts.h"
#include "archive/manifest/manifest_private.h"

/* An absent string is left out; a bad one spoils the object: NULL is kept. */
static int
put_text(json_t *o, const char *key, const char *value)
{

	return value == NULL ? 0
			     : json_object_set_new(o, key, json_string(value));
}

static int
put_int(json_t *o, const char *key, uint64_t value)
{

	return json_object_set_new(o, key, json_integer((json_int_t)value));
}

static int
put_flag(json_t *o, const char *key, int value)
{

	return json_object_set_new(o, key, json_boolean(value));
}

static json_t *
print_xattrs(const struct item_file *f)
{
	struct buf b = BUF_EMPTY;
	json_t *o;
	size_t i;

	if ((o = json_object()) == NULL)
		return NULL;
	for (i = 0; i < f->nxattrs; i++) {
		buf_clear(&b);
		if (base64_encode(f->xattrs[i].value, f->xattrs[i].len, &b) ==
			-1 ||
		    put_text(o, f->xattrs[i].name, b.len ? b.data : "") == -1) {
			json_decref(o);
			o = NULL;
			break;
		}
	}
	buf_free(&b);
	return o;
}

static json_t *
print_file(const struct item_file *f)
{
	char mode[8];
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	snprintf(mode, sizeof(mode), "%04o", f->mode & 07777u);
	if (put_text(o, "type", item_type_name(f->type)) == -1 ||
	    put_text(o, "mode", mode) == -1 ||
	    put_int(o, "uid", f->uid) == -1 ||
	    put_int(o, "gid", f->gid) == -1 ||
	    put_text(o, "user", f->user) == -1 ||
	    put_text(o, "group", f->group) == -1 ||
	    json_object_set_new(o, "mtime", json_integer(f->mtime)) == -1 ||
	    put_text(o, "target", f->target) == -1 ||
	    put_text(o, "format", place_format_name(f->format)) == -1 ||
	    put_text(o, "set", f->set) == -1 ||
	    (f->nxattrs > 0 &&
		json_object_set_new(o, "xattrs", print_xattrs(f)) == -1)) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *
print_value(const struct item_virt *v)
{
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	if (put_int(o, "size", v->value_size) == -1 ||
	    put_text(o, "sha256", v->value_sha256) == -1) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *
print_virt(const struct item *item)
{
	const struct item_virt *v = item->virt;
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	if (put_text(o, "uuid", v->uuid) == -1 ||
	    put_flag(o, "persistent", v->persistent) == -1 ||
	    put_flag(o, "autostart", v->autostart) == -1 ||
	    put_flag(o, "active", v->active) == -1 ||
	    put_text(o, "source", v->source) == -1 ||
	    put_text(o, "file", v->file) == -1 ||
	    (item->kind == ITEM_SECRET &&
		put_flag(o, "private", v->is_private) == -1) ||
	    (v->has_value &&
		json_object_set_new(o, "value", print_value(v)) == -1)) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *
print_column(const struct item_column *c)
{
	json_t *o;

	if ((o = json_object()) == NULL)
		return NULL;
	if (put_text(o, "name", c->name) == -1 ||
	    put_text(o, "type", c->type) == -1 ||
	    put_text(o, "charset", c->charset) == -1 ||
	    put_flag(o, "nullable", c->nullable) == -1 ||
	    put_flag(o, "generated", c->generated) == -1 ||
	    put_int(o, "key", (uint64_t)c->key) == -1) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *
print_table(const struct item_table *t)
{
	json_t *o, *columns;
	size_t i;

	if ((o = json_object()) == NULL)
		goto err0;
	if ((columns = json_array()) == NULL)
		goto err1;
	for (i = 0; i < t->ncolumns; i++)
		if (json_array_append_new(
			columns, print_column(&t->columns[i])) == -1)
			goto err2;
	if (put_text(o, "role", t->role) == -1 ||
	    put_text(o, "schema", t->schema) == -1 ||
	    put_text(o, "table", t->table) == -1 ||
	    put_int(o, "rows", t->rows) == -1 ||
	    (t->history > 0 && put_int(o, "history", t->history) == -1) ||
	    (t->outside && put_flag(o, "outside", 1) == -1))
		goto err2;
	if (json_object_set_new(o, "columns", columns) == -1)
		goto err1;
	if (t->facts != NULL && json_object_set_new(o, "facts",
				    manifest_facts_print(t->facts)) == -1)
		goto err1;
	return o;

err2:
	json_decref(columns);
err1:
	json_decref(o);
err0:
	return NULL;
}

static json_t *
print_account(const struct item_account *a)
{
	json_t *o, *roles;
	size_t i;

	if ((o = json_object()) == NULL)
		goto err0;
	if ((roles = json_array()) == NULL)
		goto err1;
	for (i = 0; i < a->nroles; i++)
		if (json_array_append_new(roles, json_string(a->roles[i])) ==
		    -1)
			goto err2;
	if (put_text(o, "user", a->user) == -1 ||
	    put_text(o, "host", a->host) == -1)
		goto err2;
	if (json_object_set_new(o, "roles", roles) == -1)
		goto err1;
	return o;

err2:
	json_decref(roles);
err1:
	json_decref(o);
err0:
	return NULL;
}

json_t *
item_print(const struct item *item)
{
	json_t *o, *own;
	const char *key;

	if ((o = json_object()) == NULL)
		goto err0;
	if (put_text(o, "name", item->name) == -1 ||
	    put_text(o, "kind", item_kind_name(item->kind)) == -1 ||
	    put_text(o, "part", item_part_name(item_part(item->kind))) == -1 ||
	    put_text(o, "path", item->path) == -1 ||
	    put_int(o, "size", item->size) == -1 ||
	    put_text(o, "sha256", item->sha256) == -1)
		goto err1;
	if (item->kind == ITEM_FILE) {
		key = "file";
		own = print_file(item->file);
	} else if (item->kind == ITEM_TABLE) {
		key = "table";
		own = print_table(item->table);
	} else if (item->kind == ITEM_ACCOUNT) {
		key = "account";
		own = print_account(item->account);
	} else {
		key = "virt";
		own = print_virt(item);
	}
	if (json_object_set_new(o, key, own) == -1)
		goto err1;
	return o;

err1:
	json_decref(o);
err0:
	return NULL;
}
