#ifndef RESTORE_ENGINE_H
#define RESTORE_ENGINE_H

#include "restore/journal/step.h"

/**
 * engine: the changes of r->journal made on this host, or taken back.  Files,
 * definitions and accounts come first in a journal, one by one; then rows, one
 * transaction for each server.  Each step looks before it acts, so that all of
 * it can be cut at any moment and done again.
 */

/* What a survey finds of a change; of rows those alone that are not as before,
 * first the ones that are as after.  0 to go on. */
typedef int engine_tell(void *cookie, const struct plan_record *rec,
    enum step_state state, const char *why);

/* Fill r->steps, and tell which parts ${way} is about (going back: changes that
 * may have been made).  0 or -1. */
int engine_count(
    struct restore *r, enum journal_way way, int has[ITEM_PARTS]) MUST_CHECK;

/**
 * engine_survey(r, way, tell, cookie):
 * Look at every change (going back: every one that may have been made), and
 * write nothing.  Going back, the rows of a server to which the restore had not
 * come are nobody's concern, whatever they are.  0, what ${tell} returned, or
 * -1 said.
 */
int engine_survey(struct restore *r, enum journal_way way, engine_tell *tell,
    void *cookie) MUST_CHECK;

/**
 * engine_forward(r, fresh, tick, cookie):
 * Make what is not made yet.  ${fresh}: the journal was begun just now.  DONE:
 * journal_end is left to the caller, for when it has verified it; PARTIAL, said
 * with the way on.  A fresh one only, when nothing at all was changed: FAILED,
 * or UNSAFE because something is neither what it was nor what it shall be;
 * said.  r->applied counts.
 */
enum outcome engine_forward(
    struct restore *r, int fresh, restore_tick *tick, void *cookie) MUST_CHECK;

/* Take back what was made, from the last on, and see that all is as it was.
 * DONE (journal_end as above) or PARTIAL, said.  r->applied counts what was
 * taken back. */
enum outcome
engine_back(struct restore *r, restore_tick *tick, void *cookie) MUST_CHECK;

#endif
