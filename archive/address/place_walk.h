#ifndef ARCHIVE_PLACE_WALK_H
#define ARCHIVE_PLACE_WALK_H

#include <stddef.h>

#include "archive/address/place.h"
#include "archive/buf.h"

/**
 * place_walk: what the walkers of place.h share; for no other room (mask uses
 * place_text_secret too).
 */
struct walk {
	const char *bytes;
	size_t len;
	place_fn *fn;
	void *cookie;
	struct buf label;     /* of the next place */
	int bare;             /* as place_walk_bare says */
	place_glance *glance; /* NULL: all places are worth it */
};

/* Call the caller's function for bytes [off, end) under the walk's label. */
int walk_emit(
    struct walk *w, size_t off, size_t end, enum place_role role) MUST_CHECK;

/* Append a name to the label, which holds LIMIT_NAME bytes at most: it is for
 * people, and every place below a long name would have it again.  0 or -1. */
int walk_name(struct walk *w, const char *name, size_t len) MUST_CHECK;

/* As walk_emit, labelled "line N". */
int walk_line(struct walk *w, size_t line, size_t off, size_t end,
    enum place_role role) MUST_CHECK;

/* The walkers: 0, what the function returned, or -1 said. */
int place_ini(struct walk *w, int flags) MUST_CHECK;
int place_text(struct walk *w) MUST_CHECK;
int place_xml(struct walk *w) MUST_CHECK;
int place_json(struct walk *w) MUST_CHECK;

/* Is it XML that place_xml takes?  1, 0, or -1 (memory).  ${quiet}: do not say
 * why not. */
int place_xml_fits(const char *bytes, size_t len, int quiet) MUST_CHECK;

/* Is it a JSON object, array or string within the limits?  1 or 0. */
int place_json_fits(const char *bytes, size_t len);

/* By its name: PLACE_SECRET, PLACE_HOST, PLACE_BRIDGE or PLACE_PLAIN. */
enum place_role place_option_role(const char *section, size_t section_len,
    const char *option, size_t option_len);
/* Does its value begin with a secret, a word long?  1 or 0. */
int place_option_first_word(
    const char *section, size_t section_len, const char *option, size_t len);

enum place_role place_name_role(const char *name, size_t len);

/* Is it a word that has a secret behind it, with a blank between?  1 or 0. */
int place_name_spaced(const char *name, size_t len);

/* By an XML path, whose indexes count for nothing. */
enum place_role place_xml_role(const char *path, size_t len);

/**
 * place_text_secret(bytes, len, pos, off, vlen):
 * In a line of free text find the next value of something whose name says that
 * it is a secret (password=x, "token": "x", incominguser NAME x) at or behind
 * ${*pos}.  1 with its place, ${*pos} behind it; or 0.
 */
int place_text_secret(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen);

#endif
