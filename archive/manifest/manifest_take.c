#include "archive/manifest/manifest_take.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/manifest/manifest.h"
#include "archive/warn.h"

void
take_refuse(struct take *t, const char *fmt, ...)
{
	char *why;
	va_list ap;

	if (t->bad)
		return;
	t->bad = 1;
	va_start(ap, fmt);
	why = warn_text(fmt, ap);
	va_end(ap);
	if (why == NULL)
		return;
	warn_msg("%s: refused: %s: %s", t->what, t->where, why);
	free(why);
}

json_t *
take_any(struct take *t, const char *key, int must, json_type type)
{
	json_t *v;
	json_type is;

	if (t->bad)
		return NULL;
	if (!json_is_object(t->json)) {
		take_refuse(t, "not an object");
		return NULL;
	}
	if ((v = json_object_get(t->json, key)) == NULL) {
		if (must)
			take_refuse(t, "the key %s is missing", key);
		return NULL;
	}
	is = json_typeof(v) == JSON_FALSE ? JSON_TRUE : json_typeof(v);
	if (is != type) {
		take_refuse(t, "the value of %s has the wrong type", key);
		return NULL;
	}
	t->taken++;
	return v;
}

void
take_text(struct take *t, const char *key, int must, char **to)
{
	json_t *v;

	if ((v = take_any(t, key, must, JSON_STRING)) == NULL)
		return;
	if (manifest_set(to, json_string_value(v)) == -1)
		t->bad = 1;
}

int64_t
take_int(struct take *t, const char *key, int must, int64_t min, int64_t max)
{
	json_int_t n;
	json_t *v;

	if ((v = take_any(t, key, must, JSON_INTEGER)) == NULL)
		return 0;
	n = json_integer_value(v);
	if (n < min || n > max) {
		take_refuse(t, "%s is out of range", key);
		return 0;
	}
	return n;
}

int
take_flag(struct take *t, const char *key)
{
	/* A variable: json_is_true is a macro that looks twice. */
	json_t *v = take_any(t, key, 1, JSON_TRUE);

	return json_is_true(v);
}

void
take_hex(struct take *t, const char *key, char hex[65])
{
	const char *s;
	json_t *v;

	if ((v = take_any(t, key, 1, JSON_STRING)) == NULL)
		return;
	s = json_string_value(v);
	if (strlen(s) != 64 || strspn(s, "0123456789abcdef") != 64) {
		take_refuse(t, "%s is no SHA-256 in lower-case hex", key);
		return;
	}
	memcpy(hex, s, 65);
}

int
take_end(struct take *t)
{

	/* What is no object was refused with the first key asked for. */
	if (!t->bad && !GATE(GATE_KEYS, json_object_size(t->json) == t->taken))
		take_refuse(t, "it has a key that this version does not know");
	return t->bad ? -1 : 0;
}
