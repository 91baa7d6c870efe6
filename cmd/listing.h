#ifndef CMD_LISTING_H
#define CMD_LISTING_H

#include "archive/bundle/bundle.h"
#include "cmd/report.h"

/* listing: what a bundle says of itself, without a part being read. */

/* Columns of the labels of its summary. */
#define LISTING_LABEL 12

/**
 * listing_text(r, file, b):
 * Lines: the summary (id, host, time, signer, own addresses, databases,
 * libvirt, which domains ran, warnings), the items by kind, every item.  DONE,
 * FAILED, REFUSED (its recipients cannot be told).
 */
enum outcome listing_text(
    struct report *r, const char *file, const struct bundle *b) MUST_CHECK;

/* Every item as a line: as wide as it is, or, on a terminal, fitted to it. */
void listing_items(struct report *r, const struct manifest *m);

/* What listing_text tells as members of the object that is open in ${r}. */
enum outcome listing_json(
    struct report *r, const char *file, const struct bundle *b) MUST_CHECK;

/* Of an encrypted bundle that is shut, both: id, host, time, signer,
 * recipients, stored bytes.  DONE, FAILED, REFUSED. */
enum outcome listing_shut(
    struct report *r, const char *file, const struct bundle *b) MUST_CHECK;

/* Whether it is encrypted, and to whom, both.  DONE, FAILED, REFUSED. */
enum outcome
listing_recipients(struct report *r, const struct bundle *b) MUST_CHECK;

/* As members of a document alone. */
void listing_recipients_json(struct report *r, const struct bundle *b);

/* Whose key vouches for it, and the file that holds that key, both. */
void listing_signer(struct report *r, const struct bundle *b);

#endif
