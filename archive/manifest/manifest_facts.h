#ifndef ARCHIVE_MANIFEST_FACTS_H
#define ARCHIVE_MANIFEST_FACTS_H

#include <jansson.h>

#include "archive/manifest/manifest_take.h"
#include "archive/manifest/table_facts.h"

/* Inside the manifest room only: the facts of a description's table as JSON.
 * NULL (silent): not UTF-8, no memory. */
json_t *manifest_facts_print(const struct table_facts *f) MUST_CHECK;

/* The key "facts" of a table, if it is there: ${*out} is the caller's, also
 * when -1 is returned (said). */
int
manifest_facts_parse(struct take *outer, struct table_facts **out) MUST_CHECK;

#endif
