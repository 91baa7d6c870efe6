#ifndef RESTORE_RESTORE_SITE_H
#define RESTORE_RESTORE_SITE_H

#include "restore/restore.h"

/**
 * restore_site(r):
 * Fill ${r}->site from the configuration in the bundle, as the map makes it; or
 * from this host's, where the bundle has no nova.conf.  Needs bundle, map and
 * root.  DONE, FAILED or REFUSED.
 */
enum outcome restore_site(struct restore *r) MUST_CHECK;

#endif
