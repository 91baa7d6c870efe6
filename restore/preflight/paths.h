#ifndef RESTORE_PATHS_H
#define RESTORE_PATHS_H

#include <libxml/tree.h>

#include "restore/allow/allow.h"
#include "restore/facts/facts.h"
#include "restore/restore.h"

/**
 * paths: the files and devices that the wanted domains name (paths_table.h),
 * and whether each is here or restored; disks with all images behind them
 * (chain).
 *
 *   paths_new, paths_add for each domain that is to be made or changed,
 *   paths_tell once, paths_free
 */
struct paths;

struct paths *paths_new(void) MUST_CHECK;
void paths_free(struct paths *p);

/* Look at the domain ${item}: 0, or -1 said. */
int paths_add(struct paths *p, const char *item, xmlNodePtr domain) MUST_CHECK;

/* Add a finding "missing-disk" and so on for each path that is neither here nor
 * restored, told once however many name it; ${a} as in chain_new.  0, or -1
 * said. */
int paths_tell(struct paths *p, struct restore *r, struct facts *f,
    struct allow *a) MUST_CHECK;

#endif
