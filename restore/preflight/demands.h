#ifndef RESTORE_DEMANDS_H
#define RESTORE_DEMANDS_H

#include "restore/allow/allow.h"
#include "restore/facts/facts.h"
#include "restore/restore.h"

/**
 * demands: all that the wanted definitions need of this host, found before
 * anything is changed: emulators with their devices (hardware), other
 * definitions and bridges (needs), disks and other files (disks).
 *
 *   demands_new, demands_add for each definition that is to be made or changed,
 *   demands_tell once, demands_free
 */
struct demands;

struct demands *demands_new(void) MUST_CHECK;
void demands_free(struct demands *d);

/* The definition of ${item} as it is wanted: 0, or -1 said (no XML, memory). */
int demands_add(struct demands *d, const struct item *item, const char *xml,
    size_t len) MUST_CHECK;

/* Add a finding for each thing that is not here; ${a} (may be NULL) judges what
 * images name.  0, or -1 said. */
int
demands_tell(struct demands *d, struct restore *r, struct allow *a) MUST_CHECK;

#endif
