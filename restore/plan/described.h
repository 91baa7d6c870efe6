#ifndef RESTORE_DESCRIBED_H
#define RESTORE_DESCRIBED_H

#include "restore/restore.h"

/**
 * described_open(r):
 * Open the description that --against names, in place of this host: databases
 * (without sessions) and whether there is a libvirt.  DONE; FAILED; REFUSED:
 * also when it is a bundle and no description.  Said.
 */
enum outcome described_open(struct restore *r) MUST_CHECK;

/* Take from a captured definition the passwords of consoles, which no
 * description has: 0, or -1 said. */
int described_xml(struct buf *xml) MUST_CHECK;

/* Without a nova.conf in the bundle, the site is what the description tells:
 * fills ${r}->site.  0, or -1 said. */
int described_site(struct restore *r) MUST_CHECK;

/* What a rehearsal cannot know, and which description it is: notes of the plan.
 * Nothing without --against.  0, or -1 said. */
int described_notes(struct restore *r) MUST_CHECK;

#endif
