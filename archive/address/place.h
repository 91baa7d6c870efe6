#ifndef ARCHIVE_PLACE_H
#define ARCHIVE_PLACE_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * place: cut the bytes of an item into the places that may hold an address,
 * each with the name under which users see it.  One walker per format; all
 * rooms (index, find, rewrite, leftover) see the same places.
 *
 *   PLACE_INI    "[vnc] server_listen", "[DEFAULT] my_ip"; a repeated option
 *                has "#2" behind its name from the second on; a continued
 *                value is one place
 *   PLACE_FLAGS  "--my_ip", "--my_ip#2"
 *                Comments, section headers with an address, and lines that
 *                are no option: "line 12"
 *   PLACE_TEXT   "line 12", one place for the text, one for each secret, one
 *                for the comment behind it
 *   PLACE_XML    "/domain/devices/graphics/@listen",
 *                "/domain/devices/disk[2]/source/@dev", text of an element by
 *                the element's path
 *   PLACE_JSON   "data.target_portal", "hosts[0]"; text that is no JSON is one
 *                place, as PLACE_VALUE
 *   PLACE_VALUE  the whole as one place with an empty label (a plain column)
 *   PLACE_OPAQUE no places (binary)
 */
enum place_format {
	PLACE_OPAQUE,
	PLACE_TEXT,
	PLACE_INI,
	PLACE_FLAGS,
	PLACE_XML,
	PLACE_JSON,
	PLACE_VALUE
};

/* What the place is for: which rules may apply, and whether it is held. */
enum place_role {
	PLACE_PLAIN,   /* addresses, names, paths */
	PLACE_COMMENT, /* a comment in configuration: held */
	PLACE_SECRET,  /* a password, key or token by its name: held, masked */
	PLACE_MACHINE, /* libvirt machine type: "machine" rules apply too */
	PLACE_BRIDGE,  /* a bridge's name: "bridge" rules apply too */
	PLACE_HOST,  /* a nova host name (places.md class H): names are held */
	PLACE_TENANT /* a tenant's own data (class C): held */
};

struct place {
	const char *label; /* lives for the call */
	const char *bytes; /* into the walked bytes */
	size_t off, len;
	enum place_role role;
};

/* Return 0 to go on; anything else ends the walk and is its result. */
typedef int place_fn(void *cookie, const struct place *place);

/**
 * place_walk(format, bytes, len, fn, cookie):
 * Call ${fn} for every place, in the order of the bytes.  Return 0, what ${fn}
 * returned, or -1 when the bytes are not of ${format} (said by warn: XML that
 * is not well formed or has a DOCTYPE, nesting over the limit).  Untrusted
 * input: yes.
 */
int place_walk(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie) MUST_CHECK;

/* Is the place at these bytes worth its name? */
typedef int place_glance(void *cookie, size_t off, size_t len);

/* As place_walk, but places of JSON for which ${glance} (may be NULL) returns 0
 * are left out: what they are called is not made out, which is most of the
 * work. */
int place_walk_some(enum place_format format, const char *bytes, size_t len,
    place_glance *glance, place_fn *fn, void *cookie) MUST_CHECK;

/* 1 when place_walk takes these bytes as ${format} (only XML can fail to be), 0
 * when not (nothing said), -1 when memory ends (said).  Where it is 1, a walk
 * fails for want of memory only. */
int
place_fits(enum place_format format, const char *bytes, size_t len) MUST_CHECK;

/* As place_walk, of bytes for which place_fits is 1: they are not judged once
 * more. */
int place_walk_judged(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie) MUST_CHECK;

/* As place_walk_judged, for who counts places and tells nobody: labels in XML
 * are without indexes, and no role there is another than PLACE_COMMENT and
 * PLACE_PLAIN. */
int place_walk_bare(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie) MUST_CHECK;

/* As place_walk, but bytes that do not fit are walked as PLACE_TEXT: for who
 * looks, counts or masks, and must not stop. */
int place_walk_any(enum place_format format, const char *bytes, size_t len,
    place_fn *fn, void *cookie) MUST_CHECK;

/* "ini", "flags", "text", "xml", "json", "value", "opaque", as in a manifest.
 */
const char *place_format_name(enum place_format format);

/* The reverse; -1 for an unknown name. */
int place_format_parse(const char *name);

/**
 * place_is_secret(name):
 * Does an option, JSON key or XML attribute of this name hold a secret by its
 * name (password, secret, token, passwd, chap, ...)?  One table decides.
 */
int place_is_secret(const char *name);

/**
 * place_userinfo(bytes, len, pos, off, ulen):
 * Find the next "user:password" of a URL's authority (scheme://HERE@host) at or
 * behind ${*pos}, one at a time where a transport URL names several hosts.
 * Return 1 with its ${*off} and ${*ulen} (without the @) and ${*pos} behind
 * it, or 0.  A password may hold @: the last one of the authority counts.
 */
int place_userinfo(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *ulen);

#endif
