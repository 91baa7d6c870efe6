#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/base64.h"
#include "archive/bundle/gate.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_facts.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/manifest_take.h"
#include "archive/warn.h"

/* Four octal digits. */
static uint32_t
take_mode(struct take *t)
{
	const char *s;
	uint32_t mode = 0;
	json_t *v;
	size_t i;

	if ((v = take_any(t, "mode", 1, JSON_STRING)) == NULL)
		return 0;
	s = json_string_value(v);
	if (strlen(s) != 4 || strspn(s, "01234567") != 4)
		take_refuse(t, "mode is not four octal digits");
	else
		for (i = 0; i < 4; i++)
			mode = mode << 3 | (uint32_t)(s[i] - '0');
	return mode;
}

/* One of a set of words, by the room that knows them. */
static int
take_word(struct take *t, const char *key, int (*parse)(const char *name))
{
	json_t *v;
	int n;

	if ((v = take_any(t, key, 1, JSON_STRING)) == NULL)
		return 0;
	if ((n = parse(json_string_value(v))) == -1) {
		take_refuse(
		    t, "%s is a word that this version does not know", key);
		return 0;
	}
	return n;
}

static void
parse_xattrs(struct take *t, struct item_file *f)
{
	struct buf b = BUF_EMPTY;
	struct file_xattr *x;
	const char *name;
	json_t *o, *v;

	if ((o = take_any(t, "xattrs", 0, JSON_OBJECT)) == NULL)
		return;
	if (json_object_size(o) == 0)
		take_refuse(t, "xattrs is there, but empty");
	else if (json_object_size(o) > LIMIT_XATTRS_COUNT)
		take_refuse(t, "it has too many extended attributes");
	else if ((f->xattrs = calloc(json_object_size(o), sizeof(*x))) == NULL)
		take_refuse(t, "out of memory");
	if (t->bad)
		return;
	json_object_foreach(o, name, v)
	{
		if (!json_is_string(v) ||
		    base64_decode(json_string_value(v), json_string_length(v),
			&b) == -1) {
			take_refuse(t, "the value of %s is no base64", name);
			break;
		}
		x = &f->xattrs[f->nxattrs++];
		x->len = b.len;
		if (manifest_set(&x->name, name) == -1 ||
		    (x->value = buf_steal(&b)) == NULL) {
			t->bad = 1;
			break;
		}
	}
	buf_free(&b);
}

static int
parse_file(struct take *outer, struct item_file *f)
{
	struct take t = { outer->what, outer->where,
		take_any(outer, "file", 1, JSON_OBJECT), 0, 0 };

	if (t.json == NULL)
		return -1;
	f->type = (enum file_type)take_word(&t, "type", item_type_parse);
	f->mode = take_mode(&t);
	f->uid = (uint32_t)take_int(&t, "uid", 1, 0, UINT32_MAX);
	f->gid = (uint32_t)take_int(&t, "gid", 1, 0, UINT32_MAX);
	take_text(&t, "user", 0, &f->user);
	take_text(&t, "group", 0, &f->group);
	f->mtime = take_int(&t, "mtime", 1, INT64_MIN, INT64_MAX);
	take_text(&t, "target", 0, &f->target);
	f->format =
	    (enum place_format)take_word(&t, "format", place_format_parse);
	take_text(&t, "set", 0, &f->set);
	parse_xattrs(&t, f);
	return take_end(&t);
}

static int
parse_value(struct take *outer, struct item_virt *v)
{
	struct take t = { outer->what, outer->where,
		take_any(outer, "value", 0, JSON_OBJECT), 0, 0 };

	if (t.json == NULL)
		return outer->bad ? -1 : 0;
	v->has_value = 1;
	v->value_size = (uint64_t)take_int(&t, "size", 1, 0, LIMIT_DEFINITION);
	take_hex(&t, "sha256", v->value_sha256);
	return take_end(&t);
}

static int
parse_virt(struct take *outer, struct item *item)
{
	struct item_virt *v = item->virt;
	struct take t = { outer->what, outer->where,
		take_any(outer, "virt", 1, JSON_OBJECT), 0, 0 };

	if (t.json == NULL)
		return -1;
	take_text(&t, "uuid", 0, &v->uuid);
	v->persistent = take_flag(&t, "persistent");
	v->autostart = take_flag(&t, "autostart");
	v->active = take_flag(&t, "active");
	take_text(&t, "source", 0, &v->source);
	take_text(&t, "file", 0, &v->file);
	if (item->kind == ITEM_SECRET)
		v->is_private = take_flag(&t, "private");
	if (item->kind == ITEM_SECRET && parse_value(&t, v) == -1)
		return -1;
	return take_end(&t);
}

static int
parse_column(struct take *outer, json_t *json, struct item_column *c)
{
	struct take t = { outer->what, outer->where, json, 0, 0 };

	take_text(&t, "name", 1, &c->name);
	take_text(&t, "type", 1, &c->type);
	take_text(&t, "charset", 0, &c->charset);
	c->nullable = take_flag(&t, "nullable");
	c->generated = take_flag(&t, "generated");
	c->key = (int)take_int(&t, "key", 1, 0, INT16_MAX);
	return take_end(&t);
}

static int
parse_table(struct take *outer, struct item_table *table)
{
	struct take t = { outer->what, outer->where,
		take_any(outer, "table", 1, JSON_OBJECT), 0, 0 };
	json_t *columns;
	size_t i, n;

	if (t.json == NULL)
		return -1;
	take_text(&t, "role", 1, &table->role);
	take_text(&t, "schema", 1, &table->schema);
	take_text(&t, "table", 1, &table->table);
	table->rows = (uint64_t)take_int(&t, "rows", 1, 0, INT64_MAX);
	table->history = (uint64_t)take_int(&t, "history", 0, 1, INT64_MAX);
	if (json_object_get(t.json, "outside") != NULL &&
	    !(table->outside = take_flag(&t, "outside")))
		take_refuse(&t, "outside is either true or not there");
	if ((columns = take_any(&t, "columns", 1, JSON_ARRAY)) == NULL)
		return -1;
	n = json_array_size(columns);
	if (n > 0 &&
	    (table->columns = calloc(n, sizeof(*table->columns))) == NULL) {
		take_refuse(&t, "out of memory");
		return -1;
	}
	for (i = 0; i < n; i++) {
		table->ncolumns++;
		if (parse_column(&t, json_array_get(columns, i),
			&table->columns[i]) == -1)
			return -1;
	}
	if (manifest_facts_parse(&t, &table->facts) == -1)
		return -1;
	return take_end(&t);
}

static int
parse_account(struct take *outer, struct item_account *a)
{
	struct take t = { outer->what, outer->where,
		take_any(outer, "account", 1, JSON_OBJECT), 0, 0 };
	json_t *roles, *role;
	size_t i, was;

	if (t.json == NULL)
		return -1;
	take_text(&t, "user", 1, &a->user);
	take_text(&t, "host", 1, &a->host);
	if ((roles = take_any(&t, "roles", 1, JSON_ARRAY)) == NULL)
		return -1;
	if (json_array_size(roles) > LIMIT_ROLES) {
		take_refuse(&t, "an account is of 1 to 64 databases' servers");
		return -1;
	}
	json_array_foreach(roles, i, role)
	{
		was = a->nroles;
		if (!json_is_string(role))
			take_refuse(&t, "a role is no text");
		else if (item_account_role(a, json_string_value(role)) == -1)
			t.bad = 1;
		else if (a->nroles == was)
			take_refuse(&t, "a role stands there twice");
		if (t.bad)
			return -1;
	}
	return take_end(&t);
}

/* The kind first: it decides what else there is. */
static struct item *
start(struct take *t)
{
	struct item *item;
	const char *part;
	json_t *v;
	int kind;

	kind = take_word(t, "kind", item_kind_parse);
	v = take_any(t, "part", 1, JSON_STRING);
	if (v == NULL)
		return NULL;
	part = json_string_value(v);
	if (strcmp(part, item_part_name(item_part((enum item_kind)kind))) !=
	    0) {
		take_refuse(t, "its kind is not of its part");
		return NULL;
	}
	if ((item = item_new((enum item_kind)kind)) == NULL)
		t->bad = 1;
	return item;
}

struct item *
item_parse(const char *what, json_t *json)
{
	const char *name = json_string_value(json_object_get(json, "name")),
		   *why;
	struct take t = { what, name == NULL ? "an item" : name, json, 0, 0 };
	struct item *item;
	int rc;

	if ((item = start(&t)) == NULL)
		return NULL;
	take_text(&t, "name", 1, &item->name);
	take_text(&t, "path", 1, &item->path);
	item->size = (uint64_t)take_int(&t, "size", 1, 0, INT64_MAX);
	take_hex(&t, "sha256", item->sha256);
	if (item->file != NULL)
		rc = parse_file(&t, item->file);
	else if (item->table != NULL)
		rc = parse_table(&t, item->table);
	else if (item->account != NULL)
		rc = parse_account(&t, item->account);
	else
		rc = parse_virt(&t, item);
	if (rc == -1 || take_end(&t) == -1)
		goto err0;
	if (!GATE(GATE_ITEM, (why = item_check(item)) == NULL)) {
		take_refuse(&t, "%s", why);
		goto err0;
	}
	return item;

err0:
	item_free(item);
	return NULL;
}
