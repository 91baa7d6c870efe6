#ifndef ARCHIVE_SITE_MOUNTS_H
#define ARCHIVE_SITE_MOUNTS_H

#include "archive/node/site.h"

/* Add to ${s}->mounts the folders below which ${service} mounts shares, by its
 * configuration; each once.  For site.c alone.  0, or -1 said. */
int site_mounts_take(
    struct site *s, struct oslo *o, const char *service) MUST_CHECK;

#endif
