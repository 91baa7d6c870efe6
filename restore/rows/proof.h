#ifndef RESTORE_PROOF_H
#define RESTORE_PROOF_H

#include "restore/restore.h"

/**
 * proof: tables that a verify has looked through for leftovers already, while
 * it compared them, and what it found in each.
 */
struct proof;

struct proof *proof_new(void) MUST_CHECK;
void proof_free(struct proof *p);

/* The table ${item} of ${db} is looked through now: where its leftovers go (a
 * plan, or NULL while there are none), until proof_free.  NULL, said. */
struct plan **
proof_table(struct proof *p, const struct db *db, const char *item) MUST_CHECK;

/* 1 when it was, with what was found added to ${found}; 0; -1 said.  ${p} may
 * be NULL. */
int proof_take(struct proof *p, const struct db *db, const char *item,
    struct plan *found) MUST_CHECK;

#endif
