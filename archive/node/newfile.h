#ifndef ARCHIVE_NEWFILE_H
#define ARCHIVE_NEWFILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "archive/outcome.h"

/**
 * newfile: a file that appears whole, under its name, or not at all.
 *
 * Purpose: bundles and keys.  While it is written it has no name (O_TMPFILE);
 * at commit it is synced, linked to its name, and its folder is synced.
 *
 * Calling sequence: newfile_open; newfile_write, also newfile_spool for bytes
 * that only the work in between needs; newfile_commit or newfile_discard.
 *
 * On exit or crash: a file without a name is gone with the process.  Where the
 * file system has no O_TMPFILE, or /proc is missing, a hidden file
 * ".novark-RANDOM.tmp" (mode as asked for, O_EXCL) stands in the folder instead
 * and is removed by discard; a kill may leave it.  A file that is replaced goes
 * by way of ".novark-ITSNAME.tmp" for an instant; what a kill left of that goes
 * away when the file is next replaced.  So it is for an instant with
 * NEWFILE_FORCE, as only rename replaces.  Never is anything but the
 * whole file under the final name, and never does an existing file go away
 * unless NEWFILE_FORCE was given (then by rename, in one step).
 *
 * Errors: said by warn, with the name of the file; a full disk tells how much
 * room the folder has.
 */
struct newfile;

/* What happens to a file that is there already. */
enum newfile_existing {
	NEWFILE_NEVER, /* refused */
	NEWFILE_KEEP,  /* refused, and the message tells of --force */
	NEWFILE_FORCE  /* replaced */
};

/**
 * newfile_open(file, mode, existing):
 * Start a file that will be ${file} with at most ${mode} (the umask may take
 * bits away).  NULL (said) when ${file} is there and must stay, when it is
 * there and no regular file, or when the folder takes no new file.
 */
struct newfile *newfile_open(
    const char *file, mode_t mode, enum newfile_existing existing) MUST_CHECK;

/**
 * newfile_stream(fd, name, size):
 * The same for what somebody else opened, a pipe say: it is written as the
 * bytes come, ${*size} counts them, and neither commit nor discard can take
 * anything back.  ${fd} stays the caller's; ${name} is for messages.  NULL:
 * said.
 */
struct newfile *
newfile_stream(int fd, const char *name, uint64_t *size) MUST_CHECK;

/* Append: 0, or -1 said. */
int newfile_write(struct newfile *n, const void *bytes, size_t len) MUST_CHECK;

/* A private file (0600) without a name in the same folder, or for a stream in
 * TMPDIR (aside_file): a descriptor for the caller to close, or -1 said. */
int newfile_spool(struct newfile *n) MUST_CHECK;

/* As newfile_write, into such a descriptor. */
int newfile_spool_write(
    struct newfile *n, int fd, const void *bytes, size_t len) MUST_CHECK;

/**
 * newfile_commit(n):
 * Sync, give the file its name, sync the folder.  0; or -1 said, and nothing
 * new has the name.  Frees ${n} either way.
 */
int newfile_commit(struct newfile *n) MUST_CHECK;

/* Give it up.  NULL is fine. */
void newfile_discard(struct newfile *n);

#endif
