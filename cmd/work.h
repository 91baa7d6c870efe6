#ifndef CMD_WORK_H
#define CMD_WORK_H

#include "cmd/options.h"
#include "cmd/progress.h"
#include "cmd/report.h"
#include "restore/restore.h"

/**
 * work: what every restore shows while it changes this host, and how it asks
 * before.
 */
struct work {
	const char *verb; /* "apply" */
	struct progress p;
	char last[128]; /* what was said last to be at work */
};

/* DONE; USAGE, said, when the yes that is needed could be given by nobody. */
enum outcome work_check_yes(const struct options *o) MUST_CHECK;

/* Could the receipt be signed and copied as it is asked for?  DONE; FAILED,
 * said: before anything is changed. */
enum outcome work_check_receipt(const struct options *o) MUST_CHECK;

/* 1 when --yes is there or the operator types "yes" to "${question} [yes/no]".
 */
int work_confirm(const struct options *o, const char *question);

/* Signals wait from work_start on; work_end takes the bar away. */
void work_start(struct work *w, const char *verb, int quiet);
void work_end(struct work *w);

/* restore_tick */
int
work_tick(void *work, uint64_t done, uint64_t of, const char *item) MUST_CHECK;

/* "restore_id": the name of the journal, or null. */
void work_put_id(struct report *r, const struct restore *re);

/* End a report: it stopped part-way, and these commands help. */
enum outcome
work_end_partial(struct report *r, const struct restore *re) MUST_CHECK;

#endif
