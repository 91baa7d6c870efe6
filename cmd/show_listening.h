#ifndef CMD_SHOW_LISTENING_H
#define CMD_SHOW_LISTENING_H

#include "cmd/report.h"
#include "restore/restore.h"

/**
 * show_listening(r, re, all):
 * Look who listens here, and show it: as JSON the array "listening", as text
 * what is not as it should be; unless ${all} only what listens on an address
 * that this host does not have.  These are notes: they fail nothing, and what
 * cannot be looked at is said and passed.
 */
void show_listening(struct report *r, struct restore *re, int all);

#endif
