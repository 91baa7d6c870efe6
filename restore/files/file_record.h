#ifndef RESTORE_FILE_RECORD_H
#define RESTORE_FILE_RECORD_H

#include "archive/manifest/manifest.h"
#include "restore/plan/plan_bytes.h"

/**
 * file_record: what a file is beside its bytes (type, mode, owner, attributes,
 * time), inside a plan's record.
 */
struct file_record {
	struct item_file file;     /* points into the bytes and the array */
	struct file_xattr *xattrs; /* for file_record_free */
	size_t cap;
	int is_there; /* else it was NULL */
};

/* Append ${f}, which may be NULL: 0, or -1 said. */
int file_record_put(struct buf *out, const struct item_file *f) MUST_CHECK;

/* The reverse; ${f} (zeroed at first, may be used again): 0, or -1 silent. */
int file_record_get(struct plan_input *in, struct file_record *f) MUST_CHECK;
void file_record_free(struct file_record *f);

#endif
