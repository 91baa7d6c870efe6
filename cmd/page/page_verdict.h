#ifndef CMD_PAGE_VERDICT_H
#define CMD_PAGE_VERDICT_H

#include "cmd/page/page_list.h"

/* page_verdict: is it safe to go on, in a word, and what to do next. */

/* What was done. */
enum page_act {
	ACT_ANY,
	ACT_PLAN, /* looked only: --dry-run, --preflight */
	ACT_RESTORE,
	ACT_UNDO,
	ACT_VERIFY,
	ACT_AUDIT,
	ACT_RECEIPT
};

struct page_verdict {
	enum page_act act;
	const char *tone;         /* "good", "warn", "bad" */
	const char *word, *more;  /* the headline, and a sentence to it */
	const char *next;         /* what to do next: markup of ours */
	const char *where, *what; /* where to go for that, or NULL */
};

void page_verdict(
    const json_t *doc, const struct page_lists *l, struct page_verdict *v);

/* The receipt that is looked at, or NULL. */
const json_t *page_receipt(const json_t *doc);

#endif
