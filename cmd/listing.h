#ifndef CMD_LISTING_H
#define CMD_LISTING_H

#include "archive/bundle/bundle.h"
#include "cmd/report.h"

/* listing: what a bundle says of itself, without a part being read. */

/**
 * listing_text(r, file, b):
 * Lines: the summary (id, host, time, signer, own addresses, databases,
 * libvirt, which domains ran, warnings), the items by kind, every item.
 */
void listing_text(struct report *r, const char *file, const struct bundle *b);

/* The same as members of the object that is open in ${r}. */
void listing_json(struct report *r, const char *file, const struct bundle *b);

#endif
