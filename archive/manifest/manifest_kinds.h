#ifndef ARCHIVE_MANIFEST_KINDS_H
#define ARCHIVE_MANIFEST_KINDS_H

#include <jansson.h>

#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_parsing.h"

/* Inside the manifest room only: kinds of place and certificates. */

/* What a snapshot has counted so far, by the number of the kind. */
struct kinds_tally;

void kinds_tally_free(struct kinds_tally *t);

/* Count the place of ${item}, or with ${place} NULL the file itself. */
int kinds_tally_place(struct manifest *m, const struct item *item,
    const struct place *place) MUST_CHECK;

/* Count the lines of a file of text. */
int kinds_tally_lines(struct manifest *m, const struct item *item,
    const char *bytes, size_t len) MUST_CHECK;

void kind_places_free(struct kind_places *k, size_t n);
void certificates_free(struct certificate *c, size_t n);

/* As JSON (a new reference), or NULL (silent). */
json_t *kinds_print(const struct manifest *m) MUST_CHECK;
json_t *certificates_print(const struct manifest *m) MUST_CHECK;

/* The reverse: 0, or -1 said. */
int kinds_parse(const struct parsing *p, json_t *json) MUST_CHECK;
int certificates_parse(const struct parsing *p, json_t *json) MUST_CHECK;

#endif
