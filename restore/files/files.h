#ifndef RESTORE_FILES_H
#define RESTORE_FILES_H

#include "restore/restore.h"

/**
 * files: what planning, applying and scanning files have in common.
 */

/* 1 when a file comes behind the definitions: libvirt removes what it knows of
 * snapshots from a domain's folder when it is defined anew (qemu driver, from
 * 7.0 on). */
int files_behind(const struct item *item);

/* The path on the node of an item "file:/etc/nova/nova.conf". */
const char *files_path(const char *item);

/**
 * files_options(held, count, opt):
 * How the bytes of the item in ${held} are rewritten: its --also places are
 * released, unless files_hold holds all of it; ${count}: rules that decide are
 * counted as used.
 */
void
files_options(struct held_cookie *held, int count, struct rewrite_options *opt);

/**
 * files_map(r, item, format, bytes, len, out, fn, cookie):
 * As rewrite, for that item; bytes that are not of ${format} are taken as lines
 * of text.  No rule is counted as used.
 */
int files_map(struct restore *r, const char *item, enum place_format format,
    const char *bytes, size_t len, struct buf *out, rewrite_fn *fn,
    void *cookie) MUST_CHECK;

/* Add a finding of the plan: "WHAT TEXT (--not leaves it out)".  0, or -1 said.
 */
int files_finding(struct restore *r, const struct item *item, const char *name,
    const char *what, const char *text) MUST_CHECK;

/**
 * files_mode(captured, here):
 * The mode that a file which stands here gets when its bytes are changed: its
 * own, less what it opens to others beyond the captured one.  Where it belongs
 * to somebody else than then, or has an access list, its own: less might shut
 * its program out.
 */
uint32_t
files_mode(const struct item_file *captured, const struct item_file *here);

#endif
