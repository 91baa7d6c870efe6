#ifndef RESTORE_HARDWARE_H
#define RESTORE_HARDWARE_H

#include "restore/restore.h"

/**
 * hardware: which emulators, machine types and kinds of virtualisation the
 * wanted domains need, and whether this libvirt has them.  A thousand domains
 * of one sort cost one question.
 *
 *   hardware_new, hardware_add for each definition that is to be made or
 *   changed, hardware_tell once, hardware_free
 */
struct hardware;

struct hardware *hardware_new(void) MUST_CHECK;
void hardware_free(struct hardware *h);

/* Look at a domain's definition: 0, or -1 said (no XML, memory). */
int hardware_add(struct hardware *h, const char *item, const char *xml,
    size_t len) MUST_CHECK;

/**
 * hardware_tell(h, r):
 * Ask libvirt, and add a finding "emulator", "machine" or "virt-type" for
 * what it does not have, with the rule that would help.  0, or -1 said.
 */
int hardware_tell(struct hardware *h, struct restore *r) MUST_CHECK;

#endif
