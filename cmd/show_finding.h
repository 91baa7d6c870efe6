#ifndef CMD_SHOW_FINDING_H
#define CMD_SHOW_FINDING_H

#include "archive/manifest/manifest.h"
#include "cmd/report.h"
#include "restore/plan/plan.h"

/* As text, in a block of two lines each: what was waived, then the findings,
 * then how to let those pass that may be.  0, or -1 said. */
int show_findings(struct report *r, struct plan *plan) MUST_CHECK;

/* All that a preflight has to tell, without the changes: as text
 * (of the notes, those about this host), or the JSON
 * arrays "notes", "drift", "findings" and "waived".  0,
 * or -1 said. */
int show_preflight(
    struct report *r, struct plan *plan, const struct manifest *m) MUST_CHECK;

#endif
