#ifndef CMD_GATHER_H
#define CMD_GATHER_H

#include <jansson.h>

#include "archive/outcome.h"

/**
 * gather: the document of a report as a tree, kept beside what is printed, for
 * whoever shows the same facts elsewhere (page.h).
 *
 * Long lists need not stay in memory: each element of a list is offered as it
 * is whole, and kept only when it is not taken.
 *
 * Errors: what fails is remembered and told by gather_end.
 */
struct gather;

/**
 * An element of a list: ${path} names the list, "changes", "verify.leftovers",
 * "bundles.items".  1: taken; 0: keep it; -1, said.
 */
typedef int
gather_take_fn(void *cookie, const char *path, const json_t *element);

/* The whole of it: 0, or -1 said. */
typedef int gather_end_fn(void *cookie, const json_t *document);

/* ${take} may be NULL.  NULL when memory ends, said. */
struct gather *
gather_new(gather_take_fn *take, gather_end_fn *end, void *cookie) MUST_CHECK;
void gather_free(struct gather *g);

/* As report_open, report_put (the value is borrowed) and report_close. */
void gather_open(struct gather *g, const char *name, char bracket);
void gather_put(struct gather *g, const char *name, json_t *value);
void gather_close(struct gather *g);

/* Close all but the document itself. */
void gather_outer(struct gather *g);

/* The same, and hand the document over: 0, or -1 said. */
int gather_end(struct gather *g) MUST_CHECK;

#endif
