#ifndef ARCHIVE_JOIN_H
#define ARCHIVE_JOIN_H

#include "archive/bundle/bundle.h"

/**
 * join: what several bundles of one site lack together: an instance that no
 * bundle has a definition of, a definition that no row knows, and so on.
 *
 *   join_new; join_add for each bundle; join_count, join_tell; join_free
 *
 * Of the rows only tables that tell it are read, as a stream.  Ids of
 * instances, volumes, attachments and definitions are sorted (pile.h): in
 * memory is a bounded number of them, and each host once.  Where two bundles
 * have the same row, the newer one counts.
 */
struct join;

enum join_kind {
	/* What is missing. */
	JOIN_NO_DEFINITION, /* an instance; its host should have one */
	JOIN_NO_ROW,        /* an instance that no bundle has the rows of */
	JOIN_NO_INSTANCE,   /* a definition */
	JOIN_NO_ATTACHMENT, /* a volume that is in use */
	JOIN_NO_VOLUME,     /* an attachment */
	JOIN_NO_BUNDLE,     /* a compute host: of its files */
	/* What is worth knowing. */
	JOIN_FOREIGN,    /* a definition that is not nova's, by its name */
	JOIN_OTHER_HOST, /* a host without instances has no bundle */
	JOIN_TWICE       /* a host has several bundles */
};
#define JOIN_KINDS 9

struct join_finding {
	enum join_kind kind;
	int missing;      /* 0: a note */
	const char *name; /* uuid, item, row, host */
	const char *also; /* what people call it; or NULL */
	const char *host; /* or NULL; lives as long as the join */
	const char *text; /* the whole, for people */
};

struct join_counts {
	size_t bundles, instances, definitions, volumes, hosts;
	int rows; /* nova's instances are among the rows */
};

struct join *join_new(void) MUST_CHECK;
void join_free(struct join *j);

/* Add a bundle, named ${file} in findings: DONE, FAILED or REFUSED (said).  Its
 * part of rows is checked as bundle_check_part does while it is read: a join of
 * which that was not the outcome is to be thrown away. */
enum outcome
join_add(struct join *j, const char *file, struct bundle *b) MUST_CHECK;

/* From now on hold no row that is longer: where there is one, join_add gives
 * PARTIAL (silent), and the join is to be thrown away. */
void join_limit(struct join *j, size_t most);

/* Before the first bundle: hold so many bytes of ids in memory at a time,
 * instead of LIMIT_JOIN. */
void join_room(struct join *j, size_t room);

/* Call ${fn} for each finding, what is missing first; by kind, then by host.
 * 0, -1 said or when ${fn} gave it. */
typedef int join_fn(void *cookie, const struct join_finding *f);
int join_tell(struct join *j, join_fn *fn, void *cookie) MUST_CHECK;

/* Of what was added, to which nothing is added any more: 0, -1 said. */
int join_count(struct join *j, struct join_counts *counts) MUST_CHECK;

/* "instance without definition" ...: for programs. */
const char *join_kind_name(enum join_kind kind);

#endif
