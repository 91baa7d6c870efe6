#ifndef RESTORE_DEFINITION_H
#define RESTORE_DEFINITION_H

#include <libxml/tree.h>

#include "restore/restore.h"

/**
 * definition: what plan, apply and leftover scan of libvirt's part share.
 */

/* NAME of "domain:NAME": the real name, as libvirt has it. */
const char *definition_name(const char *item);

/* How the definition of ${held}->item goes through the map. ${count}: count the
 * rules that decide. ${held} must outlive ${opt}. */
void definition_options(
    struct held_cookie *held, int count, struct rewrite_options *opt);

/* decide's "same": by meaning. The cookie is not used. */
int definition_same(void *cookie, const char *first, size_t first_len,
    const char *second, size_t second_len);

/* Append what a secret is for, as libvirt tells secrets apart: "ceph NAME";
 * nothing when its definition does not say.  0, or -1 said. */
int definition_usage(const char *xml, size_t len, struct buf *out) MUST_CHECK;
/* The same of a definition that is a tree. */
int definition_use(xmlNodePtr secret, struct buf *out) MUST_CHECK;

#endif
