#include "cmd/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "cmd/interrupt.h"
#include "cmd/pipe.h"
#include "restore/journal/journal.h"
#include "restore/papers/receipt.h"

enum outcome
work_check_yes(const struct options *o)
{

	if (o->yes || o->dry_run || o->preflight)
		return OUTCOME_DONE;
	if (o->json) {
		warn_msg("--json asks nothing: it needs --yes or --dry-run");
		return OUTCOME_USAGE;
	}
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		warn_msg(pipe_comes(o)
			     ? "standard input is the bundle, and nobody can "
			       "be asked there: --yes applies the plan, "
			       "--dry-run only shows it"
			 : o->resume || o->undo
			     ? "there is no terminal to ask on: --yes goes on "
			       "without asking, --dry-run only looks"
			     : "there is no terminal to ask on: --yes applies "
			       "the plan, --dry-run only shows it");
		return OUTCOME_USAGE;
	}
	return OUTCOME_DONE;
}

enum outcome
work_check_receipt(const struct options *o)
{

	return receipt_ready(o->sign, o->root, o->receipt, o->force) == -1
		   ? OUTCOME_FAILED
		   : OUTCOME_DONE;
}

int
work_confirm(const struct options *o, const char *question)
{
	char line[16] = "";

	if (o->yes)
		return 1;
	fflush(stdout);
	fprintf(stderr, "%s [yes/no] ", question);
	fflush(stderr);
	if (fgets(line, sizeof(line), stdin) == NULL)
		fputc('\n', stderr);
	return strcmp(line, "yes\n") == 0;
}

void
work_start(struct work *w, const char *verb, int quiet)
{

	w->verb = verb;
	w->last[0] = '\0';
	/* From here on "nothing was changed" is no longer true. */
	interrupt_hold();
	progress_start(&w->p, quiet);
}

void
work_end(struct work *w)
{

	progress_end(&w->p);
}

/* Without a bar, a line for each step: for rows, one for each table. */
static void
say_step(struct work *w, const char *item)
{
	size_t len = strlen(item);

	if (strncmp(item, "row:", 4) == 0)
		len = 4 + strcspn(item + 4, ":");
	if (len >= sizeof(w->last))
		len = sizeof(w->last) - 1;
	if (strncmp(w->last, item, len) == 0 && w->last[len] == '\0')
		return;
	memcpy(w->last, item, len);
	w->last[len] = '\0';
	warn_info("%s: %s", w->verb, w->last);
}

int
work_tick(void *work, uint64_t done, uint64_t of, const char *item)
{
	struct work *w = work;

	if (interrupt_waits()) {
		warn_msg("interrupted");
		return -1;
	}
	if (w->p.shown)
		progress_show(&w->p, done, of, item);
	else
		say_step(w, item);
	return 0;
}

void
work_put_id(struct report *r, const struct restore *re)
{

	report_put(r, "restore_id",
	    report_text(re->journal == NULL ? NULL : journal_id(re->journal)));
}

enum outcome
work_end_partial(struct report *r, const struct restore *re)
{
	const char *id = journal_id(re->journal);
	char *resume = restore_command(re, "--resume", id);
	char *undo = restore_command(re, "--undo", id);
	enum outcome rc;

	rc = report_end(r, OUTCOME_PARTIAL,
	    "go on with: %s; or take it back with: %s",
	    resume == NULL ? "--resume" : resume,
	    undo == NULL ? "--undo" : undo);
	free(resume);
	free(undo);
	return rc;
}
