#ifndef RESTORE_ASKED_INNER_H
#define RESTORE_ASKED_INNER_H

#include "restore/journal/asked.h"

/**
 * asked as its own files see it: strings and their lists in JSON, both ways.
 */

/* NULL is null.  NULL when memory ends. */
json_t *asked_put(const char *s) MUST_CHECK;
/* NULL is an empty list. */
json_t *asked_put_list(const char *const *list) MUST_CHECK;

/* A member that is a string or null, malloced: 0, or -1, silent. */
int asked_take(const json_t *object, const char *key, char **out) MUST_CHECK;
/* A list of strings, NULL behind the last; an empty one is NULL. */
int
asked_take_list(const json_t *object, const char *key, char ***out) MUST_CHECK;
void asked_list_free(char **list);

json_t *asked_put_site(const struct site *s) MUST_CHECK;
/* NULL, silent. */
struct site *asked_take_site(const json_t *json) MUST_CHECK;

#endif
