#ifndef ARCHIVE_IDSET_H
#define ARCHIVE_IDSET_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * idset: a set of values (ids, names, keys), each with how strongly it is
 * there, in the order in which they came.  Who follows a set walks its events:
 * there is one when a value comes, and one when it is raised from needed to
 * own.  Memory: some 40 bytes a value, and the value.
 */
struct idset;

enum idset_level { IDSET_NEEDED = 1, IDSET_OWN = 2 };

struct idset_value {
	const char *data; /* borrowed until the next idset_add */
	size_t len;
	enum idset_level level; /* as it is now */
};

struct idset *idset_new(void) MUST_CHECK;
void idset_free(struct idset *s);

/* Add or raise a value: 1 when that changed the set, 0 when not, -1 said. */
int idset_add(struct idset *s, const void *data, size_t len,
    enum idset_level level) MUST_CHECK;

/* 1 when the value is there. */
int idset_has(const struct idset *s, const void *data, size_t len);

/* How many values, how many events. */
size_t idset_count(const struct idset *s);
size_t idset_events(const struct idset *s);

/* The value of event ${i}, of those there are. */
void idset_event(const struct idset *s, size_t i, struct idset_value *v);

/* The ${i}th value in the order of ${compare}, as idset_sort left them; nothing
 * may be added any more. */
typedef int idset_compare(const void *cookie, const struct idset_value *a,
    const struct idset_value *b);
int idset_sort(
    struct idset *s, idset_compare *compare, const void *cookie) MUST_CHECK;
void idset_sorted(const struct idset *s, size_t i, struct idset_value *v);

#endif
