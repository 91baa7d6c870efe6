#ifndef RESTORE_ALLOW_SCHEMA_H
#define RESTORE_ALLOW_SCHEMA_H

#include <libxml/tree.h>

#include "archive/buf.h"
#include "archive/libvirt/virt.h"
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

/* Judge ${doc}, which is the text ${xml}: 1 as it should be, or would be when
 * it is mended (mend.h); 0 with the reason in ${why}; 2 there is no schema
 * here; -1 said.  Untrusted input: yes. */
int schemas_judge(struct schemas *s, enum item_kind kind, xmlDocPtr doc,
    const char *xml, size_t len, struct buf *why) MUST_CHECK;

/**
 * schemas_vouch(s, v, kind, xml, len):
 * 1 when libvirt's schema allows a definition as it stands, so that libvirt,
 * which would compile its schema anew for each, need not be asked: its driver
 * reads the very files that are read here.  What schemas_judge let pass
 * is known again.  0: it does not, or that is not
 * known: libvirt is to judge.  ${s} may be NULL.  Several threads may ask.
 */
int schemas_vouch(struct schemas *s, struct virt *v, enum item_kind kind,
    const char *xml, size_t len);

#endif
