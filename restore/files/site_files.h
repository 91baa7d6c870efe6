#ifndef RESTORE_SITE_FILES_H
#define RESTORE_SITE_FILES_H

#include "archive/node/oslo.h"
#include "restore/restore.h"

/**
 * site_files: the configuration files of a bundle, as the map makes them, in
 * memory, as a source for the configuration reader.  What the bundle does not
 * have is absent.  Links lead where they led on the node.
 */
struct site_files;

/**
 * site_files_load(r, out):
 * Read them from ${r}->bundle through ${r}->map.  DONE with ${*out}, which the
 * caller frees; FAILED or REFUSED, said.
 */
enum outcome
site_files_load(struct restore *r, struct site_files **out) MUST_CHECK;
/* Wipes them: they hold passwords. */
void site_files_free(struct site_files *f);

/* To be read through while ${f} lives. */
struct oslo_source site_files_source(struct site_files *f);

#endif
