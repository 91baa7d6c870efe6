#ifndef RESTORE_PREFLIGHT_H
#define RESTORE_PREFLIGHT_H

#include "restore/restore.h"

/**
 * preflight: is it safe here?  What a single item needs is found as it is
 * planned; this is what the host as a whole must be.  All findings are added,
 * not the first; what could not be looked at is a note.  After the parts are
 * planned, on ${r}->facts.
 *
 * preflight_host: everything.  DONE (also with findings), FAILED, REFUSED.
 */
enum outcome preflight_host(struct restore *r) MUST_CHECK;

/* For it alone: 0, or -1 said.  An earlier restore that stopped part-way (the
 * real run is refused before its plan); programs that write; names that nova
 * knows the host by; room on the file systems that the plan writes to. */
int preflight_unfinished(struct restore *r) MUST_CHECK;
int preflight_programs(struct restore *r) MUST_CHECK;
int preflight_names(struct restore *r) MUST_CHECK;
int preflight_room(struct restore *r) MUST_CHECK;
enum outcome preflight_addresses(struct restore *r) MUST_CHECK;

#endif
