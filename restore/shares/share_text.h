#ifndef RESTORE_SHARE_TEXT_H
#define RESTORE_SHARE_TEXT_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * share_text: what may be the name of a share, found in text.  What is none
 * does no harm: its hash stands nowhere.
 */

/* 0 to go on; anything else ends the search and is its result. */
typedef int share_fn(void *cookie, const char *share);

/* Every member "export" of a JSON text; nothing in what is no JSON.  0, what
 * ${fn} returned, or -1 said. */
int
share_json(const char *text, size_t len, share_fn *fn, void *cookie) MUST_CHECK;

/* The whole text, when it looks like one ("10.2.116.14:/srv/nfs", "//smb/s"): a
 * target's portal does not. */
int share_whole(const char *text, share_fn *fn, void *cookie) MUST_CHECK;

/* What follows the "#" of "host@backend#pool". */
int share_pool(const char *host, share_fn *fn, void *cookie) MUST_CHECK;

/* Words of a text file, and nas_host with nas_share_path of one section.
 * Comments are left out. */
int share_lines(
    const char *text, size_t len, share_fn *fn, void *cookie) MUST_CHECK;

/* Names that were found, each once. */
struct share_set;

struct share_set *share_set_new(void) MUST_CHECK;
void share_set_free(struct share_set *s);
int share_set_has(const struct share_set *s, const char *share);
/* 0, or -1 said. */
int share_set_add(struct share_set *s, const char *share) MUST_CHECK;
size_t share_set_count(const struct share_set *s);

#endif
