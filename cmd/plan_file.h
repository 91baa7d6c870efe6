#ifndef CMD_PLAN_FILE_H
#define CMD_PLAN_FILE_H

#include "cmd/options.h"
#include "cmd/report.h"
#include "restore/papers/saved_plan.h"

/**
 * plan_file: --save-plan and --plan of a restore.  A struct that is all zero is
 * a restore without either.
 */
struct plan_file {
	struct saved_plan *saved;
	uint64_t moved; /* things that are not as they were */
};

/* Read the file of --plan, if there is one, and fill in what the command line
 * does not say.  DONE, or FAILED: said. */
enum outcome plan_file_open(struct plan_file *p, const struct options *o,
    struct restore_options *opt) MUST_CHECK;
void plan_file_close(struct plan_file *p);

/* Show and count what moved, as lines or the array "moved": 0, or -1 said. */
int plan_file_compare(
    struct plan_file *p, struct report *r, struct restore *re) MUST_CHECK;

/* Write the file of --save-plan: 0, or -1 said. */
int plan_file_save(
    const struct options *o, struct report *r, struct restore *re) MUST_CHECK;

#endif
