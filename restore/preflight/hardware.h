#ifndef RESTORE_HARDWARE_H
#define RESTORE_HARDWARE_H

#include <libxml/tree.h>

#include "restore/facts/facts.h"
#include "restore/restore.h"

/**
 * hardware: which emulators, machine types and kinds of virtualisation the
 * wanted domains need, and what CPU and devices of them (wishes); and whether
 * this libvirt has them.  A thousand domains of one sort cost one question.
 *
 *   hardware_new, hardware_add for each domain that is to be made or changed,
 *   hardware_tell once, hardware_free
 */
struct hardware;

struct hardware *hardware_new(void) MUST_CHECK;
void hardware_free(struct hardware *h);

/* Look at the domain ${item}: 0, or -1 said. */
int hardware_add(
    struct hardware *h, const char *item, xmlNodePtr domain) MUST_CHECK;

/**
 * hardware_tell(h, r, f):
 * Add a finding "emulator", "machine" or "virt-type" for what is not here, with
 * the rule that would help, and those of the wishes.  Where it cannot be told,
 * a note "unknown-hardware".  0, or -1 said.
 */
int hardware_tell(
    struct hardware *h, struct restore *r, struct facts *f) MUST_CHECK;

#endif
