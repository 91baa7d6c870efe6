#ifndef CMD_COVERAGE_H
#define CMD_COVERAGE_H

#include "archive/manifest/manifest.h"
#include "cmd/report.h"

/**
 * coverage: what a bundle says of what the snapshot looked at: kinds of place
 * found and absent, what is outside the catalogue, what is history; and the
 * certificates that have to be issued again.
 */

/* As text, at the end of a listing. */
void coverage_text(struct report *r, const struct manifest *m);

/* As the members "coverage" and "certificates" of a document. */
void coverage_json(struct report *r, const struct manifest *m);

#endif
