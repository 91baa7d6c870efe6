#ifndef RESTORE_ALLOW_SCHEMA_H
#define RESTORE_ALLOW_SCHEMA_H

#include <libxml/tree.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"

/**
 * schema: is a definition what libvirt's own schema allows?  libvirt asks the
 * same when a definition is defined with VALIDATE; here it is known before
 * anything is changed.  The schemas are files that come with libvirt (folders:
 * schema.c); each is read once.
 */
struct schemas;

struct schemas *schemas_new(void) MUST_CHECK;
void schemas_free(struct schemas *s);

/* 1 as it should be, or would be when it is mended (mend.h); 0 with the reason
 * in ${why}; 2 there is no schema here; -1 said.  Untrusted input: yes. */
int schemas_judge(struct schemas *s, enum item_kind kind, xmlDocPtr doc,
    struct buf *why) MUST_CHECK;

#endif
