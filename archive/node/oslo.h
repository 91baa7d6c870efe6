#ifndef ARCHIVE_OSLO_H
#define ARCHIVE_OSLO_H

#include <stddef.h>

#include "archive/address/place.h"
#include "archive/buf.h"

/**
 * oslo: read configuration as oslo.config (and, before it, nova's flags) does:
 * the flag file of 2011 to 2012 (--name=value, --name value, --flag, --noflag,
 * --flagfile=FILE) and ini with sections, repeated options, continuation
 * lines, quotes, $name, ${name} and $section.name references ($$ and \$ are a
 * dollar), and the FILE.d/ and conf.d/ folders beside, read behind the file.
 *
 * What a line of a later file says wins over an earlier one; in one file the
 * last line wins.  Sections are compared in lower case (DEFAULT as it is).
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

/* Nothing read yet; NULL when memory ends. */
struct oslo *oslo_new(void) MUST_CHECK;

/**
 * oslo_read(o, source, path):
 * Read ${path}, the flag files that it names, and then the *.conf of the
 * folders
 * ${path}.d and conf.d beside it.  1, 0 when ${path} is not there (the folders
 * are not looked at then), -1 said: unreadable, or a line that is of neither
 * dialect, with file and line number (never its text).  A flag file that is
 * named but absent is told (warn_info) and passed.
 */
int oslo_read(struct oslo *o, const struct oslo_source *source,
    const char *path) MUST_CHECK;

/* oslo_new and oslo_read of one file that must be there: else NULL, said. */
struct oslo *
oslo_load(const struct oslo_source *source, const char *path) MUST_CHECK;

/* What an option is worth where no file sets it; references in ${value} are
 * replaced as in files.  0, or -1 when memory ends. */
int oslo_default(struct oslo *o, const char *section, const char *name,
    const char *value) MUST_CHECK;

void oslo_free(struct oslo *o);

/**
 * oslo_get(o, section, name, where):
 * The last value of an option with its references replaced, or its default, or
 * NULL (also when memory ends: said, and oslo_failed tells).  Names are
 * compared as oslo does (- and _ are the same); flag files count as DEFAULT.  A
 * reference to what is set nowhere stays as text.  ${where} (may be NULL) gets
 * the file it stands in, NULL for a default. Lives as long as ${o}.
 */
const char *oslo_get(
    struct oslo *o, const char *section, const char *name, const char **where);

/* The n-th (0..) value of a repeated option, in the order read, or NULL. */
const char *
oslo_get_nth(struct oslo *o, const char *section, const char *name, size_t n);

/* Did an oslo_get answer NULL because memory ended?  Ask behind the last one.
 */
int oslo_failed(const struct oslo *o) MUST_CHECK;

/* Every file that was read, in order: ${*n} of them. */
const char *const *oslo_files(const struct oslo *o, size_t *n);

/* The dialect of a file that was read: PLACE_FLAGS or PLACE_INI. */
enum place_format oslo_file_dialect(const struct oslo *o, const char *path);

#endif
