#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/bundle/slice.h"
#include "archive/bundle/sums.h"
#include "archive/judge/json_judge.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/manifest_take.h"
#include "archive/warn.h"

/* The outermost object and its lists are walked by slice; jansson sees one
 * entry at a time, at most LIMIT_MANIFEST_ENTRY bytes of it. */

_Static_assert(LIMIT_MANIFEST == 16u << 20 && LIMIT_DESCRIPTION == 8u << 20 &&
		   LIMIT_MANIFEST_ENTRY == 1u << 20 &&
		   LIMIT_MANIFEST_WEIGHT == 24u << 20,
    "messages name limits");

#define NO_JSON "no JSON that can be read"

/* One entry as a tree of at most ${most} bytes of memory, or NULL (said). */
static json_t *
load(const struct parsing *p, const struct slice *s, size_t limit, size_t most)
{
	json_error_t error;
	json_t *json;

	if (s->len > limit) {
		manifest_refuse(p, limit == LIMIT_DESCRIPTION
				       ? "its description is longer than 8 MiB"
				       : "an entry is longer than 1 MiB");
		return NULL;
	}
	json = json_open(s->value, s->len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, most, &error);
	if (json == NULL)
		warn_msg("%s: refused: no JSON that can be read (%s)", p->what,
		    error.text);
	return json;
}

/* Call ${each} for every entry of an array. */
static int
walk(const struct parsing *p, const struct slice *list,
    int (*each)(const struct parsing *p, json_t *json))
{
	struct slice s;
	json_t *json;
	int rc;

	slice_start(&s, '[', list->value, list->len);
	while ((rc = slice_next(&s)) == 1) {
		json = load(p, &s, LIMIT_MANIFEST_ENTRY, LIMIT_JSON_WEIGHT);
		if (json == NULL)
			return -1;
		rc = each(p, json);
		if (rc == 0)
			rc = manifest_weigh(p, s.len * MANIFEST_WEIGHT_BYTE);
		json_decref(json);
		if (rc == -1)
			return -1;
	}
	return rc == -1 ? manifest_refuse(p, NO_JSON) : 0;
}

/* An item that is read by jansson, where ${s} stands. */
static int
take_item(const struct parsing *p, struct slice *s)
{
	json_t *json;
	int rc;

	if (slice_whole(s) == -1)
		return manifest_refuse(p, NO_JSON);
	json = load(p, s, LIMIT_MANIFEST_ENTRY, LIMIT_JSON_WEIGHT);
	rc = json == NULL ? -1 : manifest_parse_item(p, json);
	json_decref(json);
	return rc;
}

/* The items: most are read without jansson. */
static int
walk_items(const struct parsing *p, struct slice *s)
{
	struct item *item;
	size_t len;
	int rc, took;

	while ((rc = slice_peek(s)) == 1) {
		item = item_parse_quick(
		    s->value, (size_t)(s->end - s->value), &len);
		if (item == NULL) {
			took = take_item(p, s);
		} else {
			slice_took(s, len);
			took = manifest_take_item(p, item);
		}
		if (took == -1)
			return -1;
	}
	return rc == -1 ? manifest_refuse(p, NO_JSON) : 0;
}

static int
each_warning(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "a warning", json, 0, 0 };
	char *item = NULL, *text = NULL;
	int rc;

	take_text(&t, "item", 0, &item);
	take_text(&t, "text", 1, &text);
	if ((rc = take_end(&t)) == 0)
		rc = manifest_add_warning(p->m, item, text);
	free(item);
	free(text);
	return rc;
}

static int
each_database(const struct parsing *p, json_t *json)
{
	struct captured_database d = { NULL, NULL, NULL, NULL, NULL };
	struct take t = { p->what, "a database", json, 0, 0 };
	int rc;

	take_text(&t, "role", 1, &d.role);
	take_text(&t, "schema", 1, &d.schema);
	take_text(&t, "server", 1, &d.server);
	take_text(&t, "version", 0, &d.version);
	take_text(&t, "source", 0, &d.source);
	if ((rc = take_end(&t)) == 0)
		rc = manifest_add_database(p->m, &d);
	free(d.role);
	free(d.schema);
	free(d.server);
	free(d.version);
	free(d.source);
	return rc;
}

/* The keys of the document, in the order in which they stand. */
enum key {
	FORMAT,
	ID,
	CREATED,
	HOST,
	NOVARK,
	NODE,
	DESCRIPTION,
	HOSTS,
	ELSEWHERE,
	SWEEP,
	KINDS,
	CERTIFICATES,
	DATABASES,
	WARNINGS,
	ITEMS,
	INDEX,
	KEYS
};
static const char *const keys[KEYS] = { "format", "id", "created", "host",
	"novark", "node", "description", "hosts", "elsewhere", "sweep", "kinds",
	"certificates", "databases", "warnings", "items", "index" };

/* May it be absent? */
static int
is_optional(int key)
{

	return key == DESCRIPTION || key == HOSTS || key == ELSEWHERE ||
	       key == SWEEP || key == KINDS || key == CERTIFICATES;
}

/* One of the short ones. */
static int
parse_scalar(const struct parsing *p, enum key key, json_t *json)
{
	struct manifest *m = p->m;
	char **to = key == ID        ? &m->id
		    : key == CREATED ? &m->created
		    : key == HOST    ? &m->host
				     : &m->novark;

	if (key == NODE)
		return manifest_parse_node(p, json);
	if (key == HOSTS)
		return manifest_parse_hosts(p, json);
	if (key == SWEEP)
		return manifest_parse_sweep(p, json);
	if (key == KINDS)
		return kinds_parse(p, json);
	if (key == CERTIFICATES)
		return certificates_parse(p, json);
	if (key == FORMAT) {
		if (json_is_integer(json) && json_integer_value(json) == 1)
			return 0;
		return manifest_refuse(p, "this version reads format 1 only");
	}
	if (!json_is_string(json) || json_string_length(json) == 0) {
		warn_msg("%s: refused: %s is not a text", p->what, keys[key]);
		return -1;
	}
	return manifest_set(to, json_string_value(json));
}

static int
parse_key(const struct parsing *p, enum key key, const struct slice *s)
{
	json_t *json;
	int rc;

	switch (key) {
	case DATABASES:
		return walk(p, s, each_database);
	case WARNINGS:
		return walk(p, s, each_warning);
	case ELSEWHERE:
		return walk(p, s, manifest_parse_elsewhere);
	case DESCRIPTION:
		p->m->description =
		    load(p, s, LIMIT_DESCRIPTION, LIMIT_MANIFEST_WEIGHT);
		if (p->m->description == NULL ||
		    manifest_weigh(p, json_weight(s->value, s->len)) == -1)
			return -1;
		if (!json_is_object(p->m->description))
			return manifest_refuse(
			    p, "its description is no object");
		return 0;
	default:
		json = load(p, s, LIMIT_MANIFEST_ENTRY, LIMIT_JSON_WEIGHT);
		if (json == NULL ||
		    manifest_weigh(p, s->len * MANIFEST_WEIGHT_BYTE) == -1) {
			json_decref(json);
			return -1;
		}
		rc = parse_scalar(p, key, json);
		json_decref(json);
		return rc;
	}
}

/* The two long lists, each element walked once; the rest as a whole. */
static int
walk_key(const struct parsing *p, enum key key, struct slice *s)
{
	struct slice in;
	int rc;

	if (key != ITEMS && key != INDEX) {
		if (slice_whole(s) == -1)
			return manifest_refuse(p, NO_JSON);
		return parse_key(p, key, s);
	}
	slice_into(s, key == ITEMS ? '[' : '{', &in);
	if (key == INDEX)
		rc = manifest_parse_index(p, &in);
	else if ((rc = walk_items(p, &in)) == 0)
		rc = manifest_check_ways(p);
	if (rc == 0)
		slice_out(s, &in);
	return rc;
}

static int
is_key(const struct slice *s, enum key key)
{

	return s->keylen == strlen(keys[key]) &&
	       memcmp(s->key, keys[key], s->keylen) == 0;
}

static int
parse_document(const struct parsing *p, const char *bytes, size_t len)
{
	const char *why;
	struct slice s;
	int rc, key = 0;

	slice_start(&s, '{', bytes, len);
	while ((rc = slice_peek(&s)) == 1) {
		while (is_optional(key) && !is_key(&s, (enum key)key))
			key++;
		if (key == KEYS || !is_key(&s, (enum key)key))
			return manifest_refuse(p,
			    "a key is unknown, missing, twice, or "
			    "out of order");
		if (walk_key(p, (enum key)key, &s) == -1)
			return -1;
		key++;
	}
	if (rc == -1)
		return manifest_refuse(p, NO_JSON);
	if (key != KEYS)
		return manifest_refuse(p, "keys are missing");
	why = sums_check(p->m->id, p->m->created, p->m->host);
	return why == NULL ? 0 : manifest_refuse(p, why);
}

struct manifest *
manifest_parse(const char *what, const char *bytes, size_t len)
{
	struct parsing p = { NULL, what };

	if (len > LIMIT_MANIFEST) {
		manifest_refuse(&p, "longer than 16 MiB");
		return NULL;
	}
	if ((p.m = manifest_new()) == NULL)
		return NULL;
	if (parse_document(&p, bytes, len) == -1) {
		manifest_free(p.m);
		return NULL;
	}
	return p.m;
}
