#ifndef RESTORE_LINKS_H
#define RESTORE_LINKS_H

#include "archive/outcome.h"

/**
 * links: where a path leads through symlinks that are known by name only, as
 * those of a bundle are.
 */

/* The target of the link at exactly ${path}, or NULL: there is none. */
typedef const char *links_fn(void *cookie, const char *path);

/**
 * links_resolve(path, fn, cookie):
 * The real path (absolute, canonical, malloced) that ${path} leads to when each
 * link that ${fn} knows is followed; ".." does not leave "/".  NULL and said
 * when links lead in a circle, or memory ends.
 */
char *links_resolve(const char *path, links_fn *fn, void *cookie) MUST_CHECK;

#endif
