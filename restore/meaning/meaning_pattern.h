#ifndef RESTORE_MEANING_PATTERN_H
#define RESTORE_MEANING_PATTERN_H

#include <libxml/tree.h>
#include <stddef.h>

/**
 * meaning_fits(pattern, node, attr):
 * Does ${pattern} name the element, or (${attr} not NULL) its attribute?
 * "video/model" is the end of an element's path, "/domain/memory" the whole of
 * it, "model@vram" an attribute of such an element, "@vram" of any.
 */
int meaning_fits(const char *pattern, xmlNodePtr node, const char *attr);

/* Does one of ${n} patterns? */
int meaning_fits_any(
    const char *const *patterns, size_t n, xmlNodePtr node, const char *attr);

#endif
