#include "archive/address/place.h"

#include <string.h>

#include "archive/address/place_walk.h"
#include "archive/limits.h"

static const char *const names[] = {
	[PLACE_OPAQUE] = "opaque",
	[PLACE_TEXT] = "text",
	[PLACE_INI] = "ini",
	[PLACE_FLAGS] = "flags",
	[PLACE_XML] = "xml",
	[PLACE_JSON] = "json",
	[PLACE_VALUE] = "value",
};

#define NAMES (sizeof(names) / sizeof(names[0]))

int
walk_emit(struct walk *w, size_t off, size_t end, enum place_role role)
{
	struct place p;

	p.label = w->label.data != NULL ? w->label.data : "";
	p.bytes = w->bytes + off;
	p.off = off;
	p.len = end - off;
	p.role = role;
	return w->fn(w->cookie, &p);
}

int
walk_name(struct walk *w, const char *name, size_t len)
{
	size_t left = w->label.len < LIMIT_NAME ? LIMIT_NAME - w->label.len : 0;

	return buf_add(&w->label, name, len < left ? len : left);
}

int
walk_line(
    struct walk *w, size_t line, size_t off, size_t end, enum place_role role)
{

	buf_clear(&w->label);
	if (buf_addf(&w->label, "line %zu", line))
		return -1;
	return walk_emit(w, off, end, role);
}

/* Of a format that the bytes were judged to be of. */
static int
walk(struct walk *w, enum place_format format)
{
	int rc = 0;

	switch (format) {
	case PLACE_OPAQUE:
		break;
	case PLACE_TEXT:
		rc = place_text(w);
		break;
	case PLACE_INI:
	case PLACE_FLAGS:
		rc = place_ini(w, format == PLACE_FLAGS);
		break;
	case PLACE_XML:
		rc = place_xml(w);
		break;
	case PLACE_JSON:
		if ((rc = place_json_fits(w->bytes, w->len)) == 1)
			rc = place_json(w);
		else if (rc == 0)
			rc = walk_emit(w, 0, w->len, PLACE_PLAIN);
		break;
	case PLACE_VALUE:
		rc = walk_emit(w, 0, w->len, PLACE_PLAIN);
		break;
	}
	buf_free(&w->label);
	return rc;
}

int
place_walk(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie)
{

	return place_walk_some(format, bytes, len, NULL, fn, cookie);
}

int
place_walk_some(enum place_format format, const char *bytes, size_t len,
    place_glance *glance, place_fn *fn, void *cookie)
{
	struct walk w = { bytes, len, fn, cookie, BUF_EMPTY, 0, glance };

	if (format == PLACE_XML && place_xml_fits(bytes, len, 0) != 1)
		return -1;
	return walk(&w, format);
}

int
place_walk_judged(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie)
{
	struct walk w = { bytes, len, fn, cookie, BUF_EMPTY, 0, NULL };

	return walk(&w, format);
}

int
place_walk_bare(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie)
{
	struct walk w = { bytes, len, fn, cookie, BUF_EMPTY, 1, NULL };

	return walk(&w, format);
}

int
place_walk_any(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie)
{
	int fits = place_fits(format, bytes, len);

	if (fits == -1)
		return -1;
	if (!fits)
		format = PLACE_TEXT;
	return place_walk_judged(format, bytes, len, fn, cookie);
}

int
place_fits(enum place_format format, const char *bytes, size_t len)
{

	return format == PLACE_XML ? place_xml_fits(bytes, len, 1) : 1;
}

const char *
place_format_name(enum place_format format)
{

	return names[format];
}

int
place_format_parse(const char *name)
{
	size_t i;

	for (i = 0; i < NAMES; i++)
		if (strcmp(name, names[i]) == 0)
			return (int)i;
	return -1;
}
