#ifndef CMD_DRAFT_H
#define CMD_DRAFT_H

#include "archive/look/sweep.h"
#include "archive/manifest/manifest.h"

/**
 * draft: all addresses of a bundle, gathered for a map to fill in: how often
 * each stands there, in what kinds of places, and whether a map would reach it.
 */
enum draft_class {
	DRAFT_OWN,    /* the captured node's own */
	DRAFT_MAPPED, /* stands where a map reaches it */
	DRAFT_HELD,   /* stands only in places that are held */
	DRAFT_SPECIAL /* loopback, wildcard, netmask ...: stays */
};
#define DRAFT_CLASSES 4

/* A kind of place, and how often. */
struct draft_kind {
	char *text;       /* "nova.conf my_ip", "iSCSI portal of a volume" */
	const char *held; /* why a map leaves it alone, or NULL */
	uint64_t count;
};

struct draft_entry {
	struct address addr;
	int prefix; /* of a network as it was written, else -1 */
	enum draft_class class;
	char *where; /* DRAFT_OWN: all that it comes from: "interface eth0;
		      * nova.conf my_ip" */
	int network; /* DRAFT_OWN: prefix of its interface's network, or -1 */
	uint64_t count;           /* in all places */
	struct draft_kind *kinds; /* most frequent first, once sorted */
	size_t nkinds;
};

struct draft;

struct draft *draft_new(void) MUST_CHECK;
void draft_free(struct draft *d);

/* Enter the node's own addresses: 0, or -1 said. */
int draft_own(struct draft *d, const struct manifest *m) MUST_CHECK;

/* Count what stands in a place (a sweep_fn): 0, or -1 said. */
int draft_count(void *d, const struct sweep_place *place);

/* The entries by class, then by count; they live as long as ${d}. */
const struct draft_entry *const *draft_sorted(struct draft *d, size_t *n);

#endif
