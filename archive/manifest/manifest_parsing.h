#ifndef ARCHIVE_MANIFEST_PARSING_H
#define ARCHIVE_MANIFEST_PARSING_H

#include <jansson.h>

#include "archive/bundle/slice.h"
#include "archive/manifest/manifest.h"

/* Inside the manifest room only: a document that is being read. */
struct parsing {
	struct manifest *m;
	const char *what; /* names the document in messages */
};

/* Say why the document is refused: -1. */
int manifest_refuse(const struct parsing *p, const char *why);

/* So many bytes of memory more: 0, or -1 (said) when they are too many. */
int manifest_weigh(const struct parsing *p, size_t weight) MUST_CHECK;

/* Then. */
#define MANIFEST_TOO_HEAVY "it would take more than 24 MiB of memory"

/* What an entry of any list but those of items and of the index takes, for each
 * byte of its JSON; and a line of the index. */
#define MANIFEST_WEIGHT_BYTE  8u
#define MANIFEST_WEIGHT_COUNT 80u

/* An address in just the spelling that address_print writes: 0 or -1. */
int manifest_address(const char *text, struct address *a) MUST_CHECK;

/* The node itself; what was swept: whoever says that has swept.  0, or -1 said.
 */
int manifest_parse_node(const struct parsing *p, json_t *json) MUST_CHECK;
int manifest_parse_sweep(const struct parsing *p, json_t *json) MUST_CHECK;

/* Hosts whose rows are in it; one whose rows are not.  0, or -1 said. */
int manifest_parse_hosts(const struct parsing *p, json_t *json) MUST_CHECK;
int manifest_parse_elsewhere(const struct parsing *p, json_t *json) MUST_CHECK;

/* An item, and what it must be beside those in front of it; and, once all are
 * there, that files stand below folders only.  0, or -1 said. */
int manifest_parse_item(const struct parsing *p, json_t *json) MUST_CHECK;
int manifest_take_item(const struct parsing *p, struct item *item) MUST_CHECK;
int manifest_check_ways(const struct parsing *p) MUST_CHECK;

/* Read the index, to its end, into the manifest's own order: 0, or -1 said. */
int
manifest_parse_index(const struct parsing *p, struct slice *index) MUST_CHECK;

#endif
