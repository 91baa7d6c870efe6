#ifndef RESTORE_ALLOW_MEND_H
#define RESTORE_ALLOW_MEND_H

#include <libxml/tree.h>

#include "archive/buf.h"

/**
 * mend: what nova has written, and libvirt has always taken, although libvirt's
 * schema does not allow it (mend.c has the table).  Without it the definition
 * means the same to libvirt.
 */

/* Take it out of a tree: how many were there. */
size_t mend_tree(xmlDocPtr doc);

/* The same of a definition as text: 1 with the mended one in ${out}; 0 there is
 * nothing to mend, or it is no XML; -1 said. */
int mend_text(const char *xml, size_t len, struct buf *out) MUST_CHECK;

#endif
