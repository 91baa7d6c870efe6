#ifndef RESTORE_ENGINE_INNER_H
#define RESTORE_ENGINE_INNER_H

#include "restore/journal/engine.h"

/**
 * What the engine's own files share: a step is of one of three rooms, and which
 * changes a way is about.
 */
enum step_state engine_look(struct restore *r, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;
int engine_make(struct restore *r, const struct plan_record *rec) MUST_CHECK;
int engine_unmake(struct restore *r, const struct plan_record *rec) MUST_CHECK;

/* How many of the first changes are steps that ${way} is about: going back,
 * those that may have been made. */
uint64_t engine_steps(const struct restore *r, enum journal_way way);

/* Are there rows that ${way} is about? */
int engine_has_rows(const struct restore *r, enum journal_way way);

/* engine_survey for the rows. */
int engine_rows(struct restore *r, enum journal_way way, engine_tell *tell,
    void *cookie) MUST_CHECK;

#endif
