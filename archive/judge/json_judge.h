#ifndef ARCHIVE_JSON_JUDGE_H
#define ARCHIVE_JSON_JUDGE_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * json_judge: the one door to jansson.  Nesting and what the tree would take in
 * memory are judged on the bytes, before jansson sees them: it recurses, and
 * three bytes can cost it 256.  Untrusted input: yes.
 */

/* What the tree of this JSON takes in memory, or a little more; SIZE_MAX when
 * it nests deeper than LIMIT_JSON_DEPTH or its brackets do not match. */
size_t json_weight(const char *bytes, size_t len);

/* For what novark alone has written: only nesting is judged. */
#define JSON_ANY_WEIGHT (SIZE_MAX - 1)

/**
 * json_open(bytes, len, flags, most, error):
 * As json_loadb, when json_weight is at most ${most} (LIMIT_JSON_WEIGHT, or one
 * of its own); else NULL, and ${error} (may be NULL) says why in its text.
 */
json_t *json_open(const char *bytes, size_t len, size_t flags, size_t most,
    json_error_t *error) MUST_CHECK;

#endif
