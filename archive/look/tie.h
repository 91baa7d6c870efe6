#ifndef ARCHIVE_TIE_H
#define ARCHIVE_TIE_H

#include "archive/look/sweep.h"

/**
 * tie: the settings and rows of a bundle that tie traffic between services to
 * an outer address of the node, which a move changes, and for each kind of them
 * the setting that would prevent it and the release from which there is one
 * (tie_table.h).  So the next move has less to change.
 *
 *   ties_new, ties_place for every place (sweep_bundle), ties_end, ties_get,
 *   ties_free
 */
struct ties;

/* How the setting that would prevent a tie stands in the bundle. */
enum tie_setting {
	TIE_UNSET, /* not at all, or it has none */
	TIE_OUTER, /* with the outer address */
	TIE_SET    /* otherwise: what was made before may still be tied */
};

/* So many places are kept of each tie. */
#define TIE_PLACES 3

struct tie {
	const char *name;    /* short and stable: "iscsi-portal" */
	const char *what;    /* what is tied, for people */
	const char *setting; /* what would prevent it */
	const char *since;   /* from which release that exists */
	enum tie_setting now;
	uint64_t count; /* of places with an outer address */
	/* The first ones: "row:nova.volumes:7 provider_location". */
	char *places[TIE_PLACES];
	size_t nplaces;
};

/* An address of the node that stands where clients reach it from outside; when
 * no place tells, all of the node's own are taken for outer. */
struct tie_outer {
	struct address addr;
	const char *where; /* in the manifest: "interface eth0" */
	char *seen;        /* the place that tells that it is outer, or NULL */
};

/* For the bundle of ${m}, which must outlive it.  NULL, said. */
struct ties *ties_new(const struct manifest *m) MUST_CHECK;
void ties_free(struct ties *t);

/* Look at a place (a sweep_fn): 0, or -1 said. */
int ties_place(void *ties, const struct sweep_place *place);

/* Behind the last place, once: how many ties there are.  They come in the
 * table's order, and live as long as ${t}. */
size_t ties_end(struct ties *t);
const struct tie *ties_get(const struct ties *t, size_t i);

/* How many addresses the node has; the i-th when it is an outer one, or NULL.
 */
size_t ties_own(const struct ties *t);
const struct tie_outer *ties_outer(const struct ties *t, size_t i);

#endif
