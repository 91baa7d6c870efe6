#ifndef RESTORE_FACTS_OBJECT_H
#define RESTORE_FACTS_OBJECT_H

#include "restore/facts/facts.h"

/* What facts holds of definitions; for facts alone.  Read those of every kind,
 * for a description: 0, or -1 said. */
int facts_objects_all(struct facts *f) MUST_CHECK;
void facts_objects_free(struct facts *f);
/* Put them in order, as they are looked up. */
void facts_objects_sort(struct facts *f);

/* The words of JSON for what a file is. */
#define FACT_TYPES  6
#define FACT_IMAGES 4
extern const char *const fact_types[FACT_TYPES];
extern const char *const fact_images[FACT_IMAGES];

#endif
