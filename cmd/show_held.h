#ifndef CMD_SHOW_HELD_H
#define CMD_SHOW_HELD_H

#include "cmd/report.h"
#include "restore/plan/plan.h"

/* Of the held places of one table, or of one kind of item, with one reason, so
 * many are listed as text; the others are counted.  A history of years has ten
 * thousands of them.  JSON has them all. */
#define SHOW_HELD 10

/* As text, the held places of a plan with their reasons: 0, or -1 said. */
int show_held(
    struct report *r, const struct manifest *m, struct plan *plan) MUST_CHECK;

/* "word  ITEM PLACE: TEXT (KIND)" for one record; ${m} may be NULL. */
void show_told(struct report *r, const struct manifest *m, const char *word,
    const struct plan_record *rec);

#endif
