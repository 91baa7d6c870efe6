#ifndef RESTORE_DEFINE_H
#define RESTORE_DEFINE_H

#include "restore/restore.h"

/**
 * define: give libvirt a definition and see what it made of it.
 */

/**
 * define_whole(r, rec, xml, before):
 * Define the object of ${rec} as libvirt's schema allows (unless --allow schema
 * releases it), and see that nothing is lost: libvirt drops without a word what
 * it does not know.  What is read back must mean ${xml}, or the schema must
 * have it all.  When libvirt does not take all, ${before} (what stood here, or
 * NULL) is put back.  0, or -1 said.
 */
int define_whole(struct restore *r, const struct plan_record *rec,
    const char *xml, const struct virt_object *before) MUST_CHECK;

/* Define what stood here once, and see that it is that again: 0, or -1 said. */
int define_again(struct restore *r, const struct plan_record *rec,
    const char *xml) MUST_CHECK;

#endif
