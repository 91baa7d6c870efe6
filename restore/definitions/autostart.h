#ifndef RESTORE_AUTOSTART_H
#define RESTORE_AUTOSTART_H

#include "restore/plan/plan.h"

/**
 * autostart: which definitions must change whether they start with the host.
 * Kept while definitions are planned, told behind all of them: libvirt marks
 * only what is defined.
 */
struct autostart;

struct autostart *autostart_new(void) MUST_CHECK;
void autostart_free(struct autostart *a);

/* Remember an item whose captured setting is not ${here}: 0, or -1 said. */
int autostart_add(
    struct autostart *a, const struct item *item, int here) MUST_CHECK;

/* A PLAN_CHANGE with the cell "autostart" for each: 0, or -1 said. */
int autostart_tell(const struct autostart *a, struct plan *plan) MUST_CHECK;

#endif
