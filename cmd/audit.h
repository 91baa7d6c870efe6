#ifndef CMD_AUDIT_H
#define CMD_AUDIT_H

#include "archive/bundle/bundle.h"
#include "archive/look/find.h"
#include "cmd/options.h"
#include "cmd/progress.h"
#include "cmd/report.h"

/**
 * audit: the looks at one bundle that cmd_audit offers, one a room
 * (audit_*.c).  Each puts its result into ${r} and returns how it went;
 * ${text} gets the outcome line (malloced), or NULL when memory ends.
 */
struct draft;
struct whose;

struct audit {
	const struct options *o;
	char **files; /* what its operands name; ended by NULL */
	struct bundle_keys keys;
	const char *operand; /* FILE as it was given: may be "-" */
	const char *file;    /* and as it is called in messages */
	struct bundle *bundle;
	int vouched; /* a trusted key signed it */
	struct report *r;
	struct progress *p;
	uint64_t checked, bytes; /* while digests are: so many of so many */
	struct find *find;       /* what --find names, or NULL */
	struct join *join;       /* of the bundles so far, or NULL */
	size_t joined;           /* how many these are */
	struct whose *whose;     /* the page's; or NULL */
	struct draft *draft; /* the addresses of the bundles so far, or NULL */
	char *text;
};

/* What the outcome line says; printf.  The last word counts. */
void audit_say(struct audit *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What the texts of --find stand for; NULL: said what is none. */
struct find *audit_wanted(const char *const *texts) MUST_CHECK;

enum outcome audit_cat(struct audit *a) MUST_CHECK;
enum outcome audit_find(struct audit *a) MUST_CHECK;
enum outcome audit_diff(struct audit *a) MUST_CHECK;
enum outcome audit_draft_map(struct audit *a) MUST_CHECK;
enum outcome audit_advice(struct audit *a) MUST_CHECK;

/* Every digest of the bundle that is open, which is added to the join. */
enum outcome audit_check(struct audit *a) MUST_CHECK;

/* Add the bundle that is open to the join. */
enum outcome audit_join_add(struct audit *a) MUST_CHECK;

/**
 * audit_join(a, missing):
 * Show what several bundles lack together: DONE, FAILED, or DIFFERS when
 * something is missing; ${*missing}: how much.  What a single one with rows of
 * instances lacks is shown for information.
 */
enum outcome audit_join(struct audit *a, size_t *missing) MUST_CHECK;

#endif
