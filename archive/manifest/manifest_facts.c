#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "archive/manifest/manifest_facts.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/table_facts.h"

static json_t *
print_texts(char *const *texts, size_t n)
{
	json_t *a;
	size_t i;

	if ((a = json_array()) == NULL)
		return NULL;
	for (i = 0; i < n; i++)
		if (json_array_append_new(a, json_string(texts[i]))) {
			json_decref(a);
			return NULL;
		}
	return a;
}

static json_t *
print_unique(const struct table_unique *u)
{
	const struct table_unique_column *c;
	json_t *columns, *o;
	size_t i;

	if ((columns = json_array()) == NULL)
		return NULL;
	for (i = 0; i < u->ncolumns; i++) {
		c = &u->columns[i];
		o = json_pack("{s:s, s:s*, s:I}", "name", c->name, "collation",
		    c->collation, "prefix", (json_int_t)c->prefix);
		if (json_array_append_new(columns, o)) {
			json_decref(columns);
			return NULL;
		}
	}
	return json_pack("{s:s, s:o}", "name", u->name, "columns", columns);
}

json_t *
manifest_facts_print(const struct table_facts *f)
{
	json_t *unique;
	size_t i;

	if ((unique = json_array()) == NULL)
		return NULL;
	for (i = 0; i < f->nunique; i++)
		if (json_array_append_new(
			unique, print_unique(&f->unique[i]))) {
			json_decref(unique);
			return NULL;
		}
	return json_pack("{s:s, s:o, s:o, s:o}", "engine", f->engine, "unique",
	    unique, "needs", print_texts(f->needs, f->nneeds), "triggers",
	    print_texts(f->triggers, f->ntriggers));
}

/* A text of an array, or NULL: refused. */
static const char *
text_at(struct take *t, json_t *array, size_t i)
{
	json_t *v = json_array_get(array, i);

	if (!json_is_string(v))
		take_refuse(t, "a list of texts holds something else");
	return json_string_value(v);
}

static int
parse_unique_column(
    struct take *outer, json_t *json, const char *key, struct table_facts *f)
{
	struct take t = { outer->what, outer->where, json, 0, 0 };
	char *name = NULL, *collation = NULL;
	int64_t prefix;
	int rc;

	take_text(&t, "name", 1, &name);
	take_text(&t, "collation", 0, &collation);
	prefix = take_int(&t, "prefix", 1, 0, UINT16_MAX);
	if ((rc = take_end(&t)) == 0)
		rc = table_facts_unique(
		    f, key, name, collation, (unsigned int)prefix);
	free(name);
	free(collation);
	return rc;
}

static int
parse_unique(struct take *outer, json_t *json, struct table_facts *f)
{
	struct take t = { outer->what, outer->where, json, 0, 0 };
	json_t *columns;
	char *key = NULL;
	size_t i;
	int rc;

	take_text(&t, "name", 1, &key);
	columns = take_any(&t, "columns", 1, JSON_ARRAY);
	rc = take_end(&t);
	for (i = 0; rc == 0 && i < json_array_size(columns); i++)
		rc =
		    parse_unique_column(&t, json_array_get(columns, i), key, f);
	free(key);
	return rc;
}

/* "EVENT NAME" apart again. */
static int
parse_trigger(struct take *t, const char *text, struct table_facts *f)
{
	char event[16];
	size_t n = 0;

	for (; text[n] != ' ' && n + 1 < sizeof(event); n++) {
		if (text[n] < 'A' || text[n] > 'Z')
			break;
		event[n] = text[n];
	}
	event[n] = '\0';
	if (text[n] != ' ') {
		take_refuse(t, "a trigger is not EVENT NAME");
		return -1;
	}
	return table_facts_trigger(f, event, text + n + 1);
}

static int
parse_lists(struct take *t, struct table_facts *f)
{
	json_t *unique = take_any(t, "unique", 1, JSON_ARRAY);
	json_t *needs = take_any(t, "needs", 1, JSON_ARRAY);
	json_t *triggers = take_any(t, "triggers", 1, JSON_ARRAY);
	const char *text;
	size_t i;

	for (i = 0; i < json_array_size(unique); i++)
		if (parse_unique(t, json_array_get(unique, i), f))
			return -1;
	for (i = 0; i < json_array_size(needs); i++)
		if ((text = text_at(t, needs, i)) == NULL ||
		    table_facts_need(f, text))
			return -1;
	for (i = 0; i < json_array_size(triggers); i++)
		if ((text = text_at(t, triggers, i)) == NULL ||
		    parse_trigger(t, text, f))
			return -1;
	return 0;
}

int
manifest_facts_parse(struct take *outer, struct table_facts **out)
{
	struct take t = { outer->what, outer->where,
		take_any(outer, "facts", 0, JSON_OBJECT), 0, 0 };

	if (t.json == NULL)
		return outer->bad ? -1 : 0;
	if ((*out = table_facts_new()) == NULL)
		return -1;
	take_text(&t, "engine", 1, &(*out)->engine);
	return parse_lists(&t, *out) ? -1 : take_end(&t);
}
