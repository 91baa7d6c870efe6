#ifndef RESTORE_CHAIN_H
#define RESTORE_CHAIN_H

#include "restore/allow/allow.h"
#include "restore/facts/facts.h"
#include "restore/restore.h"

/**
 * chain: an image and all that is behind it, as the headers say it, never as
 * their bytes look.  Each image is looked at once, however many are before it.
 */
struct chain;

/* ${a} (may be NULL) judges what headers name before it is looked at. */
struct chain *
chain_new(struct restore *r, struct facts *f, struct allow *a) MUST_CHECK;
void chain_free(struct chain *c);

/**
 * chain_follow(c, item, place, file, format):
 * ${file}, which is there, is a disk of that format at ${place} of the domain
 * ${item}.  Adds a finding "missing-backing" for what is not here behind it,
 * "backing-format" where a header does not say which format that has,
 * "disk-format" where an image is none of its format; and a note for what is
 * not followed.  0, or -1 said.
 */
int chain_follow(struct chain *c, const char *item, const char *place,
    const struct fact_file *file, const char *format) MUST_CHECK;

/* The path of what the header of ${image} names: 0 with ${out} (appended); 1 it
 * is no file's; -1 said. */
int chain_path(const char *image, const char *name, struct buf *out) MUST_CHECK;

#endif
