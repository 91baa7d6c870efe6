#include <string.h>

#include "archive/address/place_walk.h"
#include "archive/judge/json_judge.h"
#include "archive/judge/json_plain.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* One open object or array. */
struct level {
	int array;
	size_t index;         /* of the next element of an array */
	size_t label;         /* length of the label outside it */
	enum place_role role; /* of the strings directly in an array */
};

struct json {
	struct walk *w;
	struct level stack[LIMIT_JSON_DEPTH];
	size_t depth;
	enum place_role role; /* of the value that comes next */
	size_t key, key_end;  /* its name, not made out yet; or both 0 */
};

static int
blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the string whose opening quote is at i. */
static size_t
string_end(const char *b, size_t len, size_t i)
{

	for (i++; i < len && b[i] != '"'; i++)
		if (b[i] == '\\')
			i++;
	return i < len ? i + 1 : len;
}

int
place_json_fits(const char *bytes, size_t len)
{
	json_error_t error;
	json_t *doc;
	size_t i = 0;

	while (i < len && blank(bytes[i]))
		i++;
	/* Numbers and words hold no address: what looks like one is no JSON. */
	if (i == len || len > LIMIT_ITEM ||
	    (bytes[i] != '{' && bytes[i] != '[' && bytes[i] != '"'))
		return 0;
	if (json_plain(bytes, len))
		return 1;
	doc = json_open(bytes, len, JSON_DECODE_ANY | JSON_ALLOW_NUL,
	    LIMIT_JSON_WEIGHT, &error);
	json_decref(doc);
	if (doc != NULL)
		return 1;
	/* All that is wrong with the text has a text of its own. */
	if (error.text[0] != '\0' &&
	    json_error_code(&error) != json_error_out_of_memory)
		return 0;
	warn_msg("out of memory");
	return -1;
}

static void
cut_label(struct buf *label, size_t len)
{

	label->len = len;
	if (label->data != NULL)
		label->data[len] = '\0';
}

/* Make out the name of the value that comes next, and what that says of it. */
static int
take_key(struct json *p)
{
	struct buf *label = &p->w->label;
	const char *name = p->w->bytes + p->key;
	size_t len = p->key_end - p->key;

	if (p->key == 0)
		return 0;
	p->key = p->key_end = 0;
	p->role = place_name_role(name, len);
	if (label->len > 0 && buf_addc(label, '.'))
		return -1;
	return walk_name(p->w, name, len);
}

/* In an array, put the index of what starts now behind the label. */
static int
begin_value(struct json *p, size_t *keep)
{
	struct level *l = p->depth > 0 ? &p->stack[p->depth - 1] : NULL;

	*keep = p->w->label.len;
	if (l == NULL || !l->array)
		return 0;
	p->role = l->role;
	return buf_addf(&p->w->label, "[%zu]", l->index++);
}

/* A string that is a key: the label of the value behind it. */
static void
key(struct json *p, size_t s, size_t e)
{

	cut_label(&p->w->label, p->stack[p->depth - 1].label);
	p->key = s;
	p->key_end = e;
}

/* The value at [s, e) is left out. */
static int
pass_by(struct json *p, size_t s, size_t e)
{
	struct level *l = p->depth > 0 ? &p->stack[p->depth - 1] : NULL;

	if (p->w->glance == NULL || p->w->glance(p->w->cookie, s, e - s))
		return 0;
	p->key = p->key_end = 0;
	if (l != NULL && l->array)
		l->index++;
	return 1;
}

/* The string [s, e), a key or a value. */
static int
string(struct json *p, size_t s, size_t e, size_t *next)
{
	const struct walk *w = p->w;
	size_t i = *next, keep;
	int rc;

	while (i < w->len && blank(w->bytes[i]))
		i++;
	if (i < w->len && w->bytes[i] == ':') {
		*next = i + 1;
		key(p, s, e);
		return 0;
	}
	if (pass_by(p, s, e))
		return 0;
	if (take_key(p) || begin_value(p, &keep))
		return -1;
	rc = walk_emit(p->w, s, e, p->role);
	cut_label(&p->w->label, keep);
	return rc;
}

static int
open_level(struct json *p, int array)
{
	struct level *l = &p->stack[p->depth];
	size_t keep;

	if (take_key(p) || begin_value(p, &keep))
		return -1;
	l->array = array;
	l->index = 0;
	l->label = p->w->label.len;
	l->role = array ? p->role : PLACE_PLAIN;
	p->depth++;
	return 0;
}

/* Behind a value in an object, the label goes back to the object's. */
static void
close_level(struct json *p)
{
	struct level *up;

	p->depth--;
	if (p->depth == 0)
		return;
	up = &p->stack[p->depth - 1];
	cut_label(&p->w->label, up->label);
}

/* Behind the number or word at i, which holds no place but has an index; a
 * number may be a secret. */
static int
scalar(struct json *p, size_t *i)
{
	const struct walk *w = p->w;
	size_t keep, s = *i;
	int rc = 0;

	while (*i < w->len && strchr(" \t\r\n,]}", w->bytes[*i]) == NULL)
		(*i)++;
	if (pass_by(p, s, *i))
		return 0;
	if (take_key(p) || begin_value(p, &keep))
		return -1;
	if (p->role == PLACE_SECRET && strchr("tfn", w->bytes[s]) == NULL)
		rc = walk_emit(p->w, s, *i, PLACE_SECRET);
	cut_label(&p->w->label, keep);
	return rc;
}

int
place_json(struct walk *w)
{
	struct json p = { .w = w, .role = PLACE_PLAIN };
	size_t i = 0, end;
	int rc = 0;
	char c;

	while (i < w->len && rc == 0) {
		c = w->bytes[i];
		if (c == '"') {
			end = string_end(w->bytes, w->len, i);
			rc = string(&p, i + 1, end - 1, &end);
			i = end;
		} else if (c == '{' || c == '[') {
			rc = open_level(&p, c == '[');
			i++;
		} else if (c == '}' || c == ']') {
			close_level(&p);
			i++;
		} else if (c == ',' || blank(c)) {
			i++;
		} else {
			rc = scalar(&p, &i);
		}
	}
	return rc;
}
