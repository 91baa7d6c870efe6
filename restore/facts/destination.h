#ifndef RESTORE_DESTINATION_H
#define RESTORE_DESTINATION_H

#include <jansson.h>

#include "restore/restore.h"

/**
 * destination_json(r):
 * What a plan is made for, so that it is not applied elsewhere: {"host": its
 * name, "machine_id", "hypervisor": its name, "libvirt": uuid of the host,
 * "databases": [{"server": label, "id": what the server calls itself}]}.  null
 * for what is not told, or not part of this restore.  NULL, said.
 */
json_t *destination_json(const struct restore *r) MUST_CHECK;

#endif
