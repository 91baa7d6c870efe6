#ifndef ARCHIVE_TAR_RECORDS_H
#define ARCHIVE_TAR_RECORDS_H

#include <stddef.h>

#include "archive/outcome.h"

struct archive_entry;

/* The records of one entry: its extended attributes in the main. */
#define TAR_RECORDS_MAX (1u << 20)

/* Which of them were there. */
struct tar_said {
	int path, link, user, group, size, uid, gid, mtime;
};

/**
 * tar_records(bytes, len, said, entry):
 * Read the records of a pax header, "LENGTH KEY=VALUE\n" each, into ${entry}:
 * path, linkpath, uname, gname, size, uid, gid, mtime, SCHILY.xattr.NAME, each
 * at most once.  NULL, or which rule they break (static).  Untrusted input:
 * yes.
 */
const char *tar_records(const char *bytes, size_t len, struct tar_said *said,
    struct archive_entry *entry) MUST_CHECK;

#endif
