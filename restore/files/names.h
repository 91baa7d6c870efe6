#ifndef RESTORE_NAMES_H
#define RESTORE_NAMES_H

#include "archive/buf.h"
#include "restore/restore.h"

/**
 * names: where a captured file belongs on this host.  Names of files and
 * folders follow the map in known places (fileset_kept), for items of the
 * bundle that are wanted; each such name may stand here as it was or as it will
 * be.
 */
enum names_state {
	NAMES_KEPT,   /* nothing of its path changes */
	NAMES_OLD,    /* it stands here under its old name: to be renamed */
	NAMES_NEW,    /* it stands under its new name, or not at all */
	NAMES_BOTH,   /* both names stand here */
	NAMES_BLOCKED /* both names of a folder above it do */
};

struct names {
	enum names_state state;
	struct buf item; /* "file:" and its path through the map */
	struct buf now;  /* its path here before anything is renamed: where it
			    stands, or would */
	struct buf from; /* its path when all but itself is renamed */
};

/* Find out: 0, or -1 said.  ${n} (zeroed at first) may be used again. */
int names_find(
    struct restore *r, const struct item *item, struct names *n) MUST_CHECK;
void names_free(struct names *n);

/* Append an item's name with its path through the map: 0, or -1 said. */
int names_new(struct restore *r, const char *item, struct buf *out) MUST_CHECK;

/**
 * names_stands(r, item, was, out):
 * Of a file whose name is ${item} when all is renamed, and was ${was}: the path
 * that stands here when only some of the folders above it, or none, are renamed
 * yet.  1 with it in ${out} (cleared first), 0: none; -1 said.
 */
int names_stands(struct root *root, const char *item, const char *was,
    struct buf *out) MUST_CHECK;

#endif
