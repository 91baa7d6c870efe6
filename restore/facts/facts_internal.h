#ifndef RESTORE_FACTS_INTERNAL_H
#define RESTORE_FACTS_INTERNAL_H

#include "restore/facts/facts.h"

/**
 * Between the rooms that read facts of this host, each of which fills its part.
 * 0, or -1 said (memory): what cannot be looked at goes to facts_unseen.
 */
int facts_interfaces(struct facts *f) MUST_CHECK;
int facts_services(struct facts *f) MUST_CHECK;
int facts_clients(struct facts *f) MUST_CHECK;

/* Free what hangs on it. */
void facts_clear(struct facts *f);

/* "the running programs: /proc: Permission denied" */
int facts_unseen(struct facts *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))) MUST_CHECK;

/* An empty one at the end of ${f}->interfaces; NULL, said. */
struct fact_interface *
facts_new_interface(struct facts *f, const char *name) MUST_CHECK;
int
facts_new_address(struct fact_interface *i, const struct address *a) MUST_CHECK;
/* To one of the lists of programs; ${unit} may be NULL. */
int facts_new_program(struct fact_program **list, size_t *n, const char *name,
    uint64_t pid, const char *unit) MUST_CHECK;

#endif
