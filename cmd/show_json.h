#ifndef CMD_SHOW_JSON_H
#define CMD_SHOW_JSON_H

#include "archive/manifest/manifest.h"
#include "cmd/report.h"
#include "restore/plan/plan.h"

/* The records of the types in the mask (1 << type) as the array ${name}. 0 or
 * -1. */
int show_json_records(struct report *r, struct plan *plan,
    const struct manifest *m, unsigned types, const char *name) MUST_CHECK;

/* "counts": how many records of each type, for each kind that has any. */
void show_json_counts(struct report *r, const struct plan *plan);

/* As item_kind_name; what changes in a table is a "row", this host "host". */
const char *show_kind(enum item_kind kind);

/* "create", "change", "held", "drift", "finding", "note", "leftover",
 * "waived". */
const char *show_type(enum plan_type type);

#endif
