#ifndef ARCHIVE_SWEEP_H
#define ARCHIVE_SWEEP_H

#include "archive/bundle/bundle.h"

/**
 * sweep: every place of a bundle, one call each: files, definitions and rows;
 * also what no map reaches (binary files, names of files, tenants' data), so
 * that nothing that stands in a bundle is out of sight.  What a place holds in
 * base64 or gzip is one more place: "user_data (base64)".
 */
struct sweep_place {
	const struct item *item;
	const char *name; /* of the item, or of the row: "row:nova.volumes:7" */
	const char
	    *label; /* place in it, "column" or "column json.path" in rows */
	const char *what; /* kind of place in people's words, or NULL */
	size_t kind;      /* of a place in a file or definition (kind.h) */
	enum place_role role;
	const char *held;  /* why a map leaves it alone, or NULL */
	const char *inner; /* decoded: "base64" ... (inner.h), or NULL */
	const char *bytes; /* the value, secrets and all */
	size_t len;
};

/* 0 to go on; -1 (said) ends the sweep. */
typedef int sweep_fn(void *cookie, const struct sweep_place *place);

/* All of ${b}, each part behind its digest: DONE, FAILED, REFUSED (said). */
enum outcome
sweep_bundle(struct bundle *b, sweep_fn *fn, void *cookie) MUST_CHECK;

/* Where something is worth a look: an offset, or ${len}.  ${rows}: whole rows
 * as tabfile has them, else what a file or definition holds or is called. */
typedef size_t
sweep_glance(void *cookie, const char *bytes, size_t len, int rows);

/* As sweep_bundle, but where ${glance} sees nothing ${fn} need not be called.
 * All is read and checked the same. */
enum outcome sweep_bundle_for(struct bundle *b, sweep_glance *glance,
    sweep_fn *fn, void *cookie) MUST_CHECK;

#endif
