#ifndef ARCHIVE_OSLO_H
#define ARCHIVE_OSLO_H

#include <stddef.h>

#include "archive/buf.h"
#include "archive/place.h"

/**
 * oslo: read configuration as oslo.config (and, before it, nova's flags) does:
 * the flag file of 2011 to 2012 (--name=value, --name value?, --flag, --noflag,
 * --flagfile=FILE) and ini with sections, repeated options, continuation
 * lines, $name, ${name} and $section.name references, and FILE.d/ or
 * conf.d folders read behind the file.
 */
struct oslo;

/* Where files come from: the disk (snapshot) or a bundle (restore). */
struct oslo_source {
	/* 1 with the content appended, 0 absent, -1 said. */
	int (*read)(void *cookie, const char *path, struct buf *out);
	/* Sorted names in a folder: 1, 0 absent, -1 said (see root_list). */
	int (*list)(void *cookie, const char *path, char ***names, size_t *n);
	void *cookie;
};

/* PLACE_FLAGS or PLACE_INI: which dialect these bytes are. */
enum place_format oslo_dialect(const char *bytes, size_t len);

/**
 * oslo_load(source, path):
 * Read ${path}, what it includes, and its folder.  NULL and said when it is not
 * there or cannot be read; a line that is neither dialect is said with file and
 * line number (never its text) and fails.
 */
struct oslo *oslo_load(const struct oslo_source *source, const char *path) MUST_CHECK;
void oslo_free(struct oslo *o);

/**
 * oslo_get(o, section, name, where):
 * The last value of an option with its references replaced, or NULL.  Names are
 * compared as oslo does (- and _ are the same); flag files count as DEFAULT.
 * ${where} (may be NULL) gets the file it stands in.  Lives as long as ${o}.
 */
const char *oslo_get(struct oslo *o, const char *section, const char *name,
    const char **where);

/* The n-th (0..) value of a repeated option, or NULL. */
const char *oslo_get_nth(struct oslo *o, const char *section, const char *name,
    size_t n);

/* Every file that was read, in order: ${*n} of them. */
const char *const *oslo_files(const struct oslo *o, size_t *n);

#endif
