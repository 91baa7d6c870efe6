#ifndef RESTORE_THERE_H
#define RESTORE_THERE_H

#include "restore/restore.h"

/* One object that stands there. Takes what it wants over by leaving zeros in
 * its place: 0 to go on; else the result. */
typedef int there_give(void *cookie, struct virt_object *o);

/**
 * there: what stands at the destination, as the plan asks for it: on this host,
 * or in the description of another one (--against).  Rows are compared on a
 * host only: a description has none.
 */
struct there {
	/* As root_stat. */
	int (*stat)(struct restore *r, const char *path, struct root_file *f);
	/* The bytes of a regular file that stands there at ${path}: 1 appended;
	 * 0 gone; THERE_OTHER: neither captured nor wanted, and not known; -1
	 * said. */
	int (*read)(struct restore *r, const struct item *item,
	    const char *path, const struct buf *captured, struct buf *out);
	/* As root_may_write. */
	int (*may_write)(struct restore *r, const char *path,
	    const struct item_file *meta, const char **why);
	/* As virt_supports. */
	int (*supports)(struct restore *r, enum item_kind kind);
	/* ${give} for each object of that kind, in any order. */
	int (*list)(struct restore *r, enum item_kind kind, there_give *give,
	    void *cookie);
	/* A base table, as db_table, with its facts. */
	int (*table)(struct restore *r, const struct db_server *server,
	    const char *schema, const char *table, struct item *item);
};
#define THERE_OTHER 2

/* Where to ask: never NULL. */
const struct there *there(const struct restore *r);

/* The two of them. */
extern const struct there there_here, there_described;

/* Is a part of this restore at all? */
int there_has(const struct restore *r, enum item_part part);

#endif
