#ifndef RESTORE_MEANING_H
#define RESTORE_MEANING_H

#include <stddef.h>

#include "archive/buf.h"

/**
 * meaning: compare two libvirt definitions by what they mean.  libvirt rewrites
 * what it is given: it adds addresses, controllers, defaults, and writes
 * numbers, units and machine names in its own way.
 *
 * The second means the first when every element, attribute and text of the
 * first is in the second with an equal value, and the second has nothing of its
 * own that libvirt does not add by itself.  What libvirt adds, what it never
 * adds, and how values are equal stands in meaning_table.h.
 */
enum {
	/* Both come from libvirt: neither may have what the other has not. */
	MEANING_BOTH = 1,
	/* Leave uuid, and a network's MAC, out of it. */
	MEANING_NO_IDENTITY = 2
};

/**
 * meaning_same(want, want_len, here, here_len, flags, why):
 * Does ${here} mean what ${want} says?  1, or 0 with the first difference
 * ("/domain/devices/disk[2]/source/@dev differs", never a value) appended to
 * ${why} (may be NULL), or -1: one of them is no XML, or memory ends (said).
 * Untrusted input: yes.
 */
int meaning_same(const char *want, size_t want_len, const char *here,
    size_t here_len, int flags, struct buf *why) MUST_CHECK;

#endif
