/**
 * Configuration, text and JSON through the map (through.h).  The first line of
 * the input is the format: ini, flags, text, json or value.
 */
#include <jansson.h>

#include "tests/fuzz/through.h"

/* place_fn: the roles, one behind the other, of what is not plain: a name of an
 * option is a place by what it holds. */
static int
roles(void *cookie, const struct place *p)
{

	return p->role == PLACE_PLAIN ? 0 : buf_addf(cookie, "%d ", p->role);
}

/* The places are the same ones before and behind.  Not said of what has room
 * for a name that is judged by its end alone (place_name.c): where that begins,
 * another address in the name moves. */
static void
same_places(enum place_format format, const char *bytes, size_t len,
    const struct buf *out)
{
	struct buf was = BUF_EMPTY, is = BUF_EMPTY;

	if (len > 1024 || out->len > 1024)
		return;
	MUST(place_walk(format, bytes, len, roles, &was) == 0);
	MUST(place_walk(format, out->data, out->len, roles, &is) == 0);
	MUST(fuzz_same(&was, &is));
	buf_free(&was);
	buf_free(&is);
}

/* What jansson took it takes still. */
static void
still_json(const char *bytes, size_t len, const struct buf *out)
{
	json_t *json = json_loadb(bytes, len, 0, NULL);

	if (json == NULL)
		return;
	json_decref(json);
	MUST((json = json_loadb(out->data, out->len, 0, NULL)) != NULL);
	json_decref(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct rewrite_options opt = { .role = PLACE_PLAIN };
	const char *pos = (const char *)data, *end = pos + len;
	struct buf out = BUF_EMPTY;
	char name[16];
	int format;

	if (!fuzz_line(&pos, end, name, sizeof(name)) ||
	    (format = place_format_parse(name)) < 0 || format == PLACE_XML)
		return 0;
	len = (size_t)(end - pos);
	MUST(through(&opt, (enum place_format)format, pos, len, &out) == 1);
	same_places((enum place_format)format, pos, len, &out);
	if (format == PLACE_JSON)
		still_json(pos, len, &out);
	buf_free(&out);
	warn_forget();
	return 0;
}
