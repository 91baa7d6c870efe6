#ifndef ARCHIVE_OSLO_INTERNAL_H
#define ARCHIVE_OSLO_INTERNAL_H

#include "archive/node/oslo.h"

/* One "name = value" as read; only for oslo*.c. */
struct oslo_entry {
	char *section, *name; /* as oslo_key made them */
	char *value;
	size_t file; /* index into files; OSLO_NO_FILE for a default */
};

#define OSLO_NO_FILE ((size_t)-1)

struct oslo {
	struct oslo_entry *entries; /* in the order read */
	size_t nentries, cap;
	struct oslo_entry *defaults;
	size_t ndefaults, defaults_cap;
	char **files;
	enum place_format *dialects; /* of each file */
	size_t nfiles;
	char **answers; /* what oslo_get handed out */
	size_t nanswers;
	int failed; /* an answer was lost: memory ended */
};

/* Malloced copy in the spelling in which sections and names are compared. */
char *oslo_section_key(const char *section, size_t len) MUST_CHECK;
char *oslo_name_key(const char *name, size_t len) MUST_CHECK;

/* Add an entry; 0, or -1 said. */
int oslo_add(struct oslo *o, const char *section, size_t section_len,
    const char *name, size_t name_len, const char *value,
    size_t value_len) MUST_CHECK;

/* A flag file names another one. */
typedef int
oslo_include_fn(void *cookie, const char *path, size_t len, size_t line);

/**
 * Add what the lines of one file say; ${path} is for messages.  Includes go to
 * ${fn}.  0, or -1 said.
 */
int oslo_parse_ini(
    struct oslo *o, const char *path, const char *bytes, size_t len) MUST_CHECK;
int oslo_parse_flags(struct oslo *o, const char *path, const char *bytes,
    size_t len, oslo_include_fn *fn, void *cookie) MUST_CHECK;

/* The entry that decides, or NULL (also when memory ends: said, and kept in
 * ${o}); section and name in any spelling. */
const struct oslo_entry *oslo_find(struct oslo *o, const char *section,
    size_t section_len, const char *name, size_t name_len);

/**
 * oslo_expand(o, entry):
 * The value of ${entry} with its references replaced, malloced; NULL (said)
 * when memory ends.
 */
char *oslo_expand(struct oslo *o, const struct oslo_entry *entry) MUST_CHECK;

#endif
