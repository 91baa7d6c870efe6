#ifndef RESTORE_SAVED_PLAN_INNER_H
#define RESTORE_SAVED_PLAN_INNER_H

#include <jansson.h>
#include <stdio.h>

#include "restore/journal/asked.h"
#include "restore/papers/change.h"
#include "restore/papers/paper.h"
#include "restore/papers/saved_plan.h"

/* Inside the saved_plan room only. */
#define SAVED_KIND    "novark-plan"
#define SAVED_VERSION 1
#define SAVED_SALT    32 /* hex digits */

struct saved_plan {
	char *file;
	FILE *f;
	struct paper *paper;
	json_t *json;        /* all members but the changes */
	json_t *asked_json;  /* of json */
	const char *salt;    /* of json */
	struct asked *asked; /* asked_json, parsed */
	uint64_t changes;
	char digest[65]; /* of the changes, as they stand in the file */
};

/* The key of digests from salt and bundle: NULL, said. */
struct change_key *
saved_key(const struct restore *r, const char *salt) MUST_CHECK;

/* A comparison that is under way. */
struct saved_moved {
	saved_plan_tell *tell;
	void *cookie;
	uint64_t n;
};
void saved_tell(struct saved_moved *m, const char *name, const char *item,
    const char *text);

/* Everything but the changes; ${*other} when the bundle is another one. */
int saved_compare_asked(struct saved_plan *s, struct restore *r,
    struct saved_moved *m, int *other) MUST_CHECK;
/* The changes. */
int saved_compare_changes(
    struct saved_plan *s, struct restore *r, struct saved_moved *m) MUST_CHECK;

#endif
