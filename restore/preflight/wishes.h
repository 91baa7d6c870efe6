#ifndef RESTORE_WISHES_H
#define RESTORE_WISHES_H

#include <libxml/tree.h>

#include "restore/restore.h"

/**
 * wishes: the CPU and the devices that domains of one sort ask their emulator
 * for, each once, and whether domain capabilities have them.  A table says
 * which (wishes_table.h).
 */
struct wishes;

struct wishes *wishes_new(void) MUST_CHECK;
void wishes_free(struct wishes *w);

/* What the domain ${item} asks for: 0, or -1 said. */
int
wishes_add(struct wishes *w, const char *item, xmlNodePtr domain) MUST_CHECK;

/* Add a finding "cpu-model" or "device" for what ${caps} (domainCapabilities)
 * do not have.  0, or -1 said. */
int wishes_tell(
    const struct wishes *w, struct restore *r, xmlNodePtr caps) MUST_CHECK;

#endif
