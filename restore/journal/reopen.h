#ifndef RESTORE_REOPEN_H
#define RESTORE_REOPEN_H

#include "restore/journal/asked.h"
#include "restore/journal/journal.h"
#include "restore/restore.h"

/**
 * reopen: a restore that is in a journal, opened again, without its bundle: to
 * go on with it or to take it back.
 *
 *   restore_reopen   takes the lock, opens the journal, then what it needs of
 *                    root, libvirt and databases
 *   engine_survey, engine_forward or engine_back (engine.h)
 *   restore_close
 */

/**
 * restore_reopen(opt, id, way, r, todo):
 * ${opt} has root and state folder, and may have root, connect and
 * defaults_file instead of what was asked then.  ${id} as in journal_find;
 * NULL: the one that is unfinished or, to be taken back, else the newest.
 * ${r} is zeroed by the caller and closed by restore_close.  DONE with ${*todo}
 * 1 and ${r}->journal open; or 0: it has ended that way, or (${r}->journal
 * NULL) none is to be gone on with or taken back.  FAILED, said; REFUSED, said:
 * it is not gone on with, for the key that signed its bundle is revoked since.
 */
enum outcome restore_reopen(const struct restore_options *opt, const char *id,
    enum journal_way way, struct restore *r, int *todo) MUST_CHECK;

/**
 * restore_load(r):
 * Open map, bundle and host as restore_open does, for one that was reopened and
 * finished, to verify it; journal and lock stay.  DONE; FAILED or REFUSED
 * (also: the bundle there is another one), said.
 */
enum outcome restore_load(struct restore *r) MUST_CHECK;

/* r->state_dir from the options: 0, or -1 said.  Needs root. */
int restore_state_dir(struct restore *r) MUST_CHECK;

/* Say ${first} and the two commands that help. */
void
restore_say_ways(const struct restore *r, const char *id, const char *first);

#endif
