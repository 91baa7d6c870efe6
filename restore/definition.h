#ifndef RESTORE_DEFINITION_H
#define RESTORE_DEFINITION_H

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

#endif
