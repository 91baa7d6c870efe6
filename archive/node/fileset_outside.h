#ifndef ARCHIVE_FILESET_OUTSIDE_H
#define ARCHIVE_FILESET_OUTSIDE_H

#include "archive/address/address.h"
#include "archive/node/fileset.h"

/**
 * fileset_outside: the files below /etc and the instances folder that no row of
 * the file set means.  A snapshot searches them for addresses of the node, and
 * the leftover scan for those of the map.
 */

/* The set of such files in a manifest. */
#define FILESET_OUTSIDE "outside"
/* An image that nova made for a guest (a config drive): only told of. */
#define FILESET_IMAGE "image"
/* Below /etc, larger than LIMIT_OUTSIDE_FILE: not to be read. */
#define FILESET_LARGE "large"

/**
 * outside_walk(r, site, fs, skip, fn, cookie):
 * Call ${fn} for each regular file (its set is one of those above), folder by
 * folder, each sorted by name.  Left out are files and folders of the table
 * (fileset_outside_table.h), empty files, those below the instances that are
 * larger than LIMIT_OUTSIDE_FILE (an image: LIMIT_OUTSIDE_IMAGE; disks are
 * large), and what is on another file system
 * than the folder where the walk began.  ${fs} is the
 * file set (fileset_find), ${skip} as there.  Return 0,
 * what ${fn} returned, or -1 said.
 */
int outside_walk(struct root *r, const struct site *site,
    const struct fileset *fs, int (*skip)(void *cookie, const char *path),
    fileset_fn *fn, void *cookie) MUST_CHECK;

/**
 * outside_text(r, path, bytes, format):
 * Read such a file: 1 with its bytes and how its places are found; 0 when it is
 * no text, is a key, is gone, or may not be read; -1 said.
 */
int outside_text(struct root *r, const char *path, struct buf *bytes,
    enum place_format *format) MUST_CHECK;

/* Call ${fn} for each address in the bytes of an image: 0, what ${fn} returned,
 * or -1 said.  What cannot be read is passed over. */
typedef int outside_fn(void *cookie, const struct address *a);
int outside_image(
    struct root *r, const char *path, outside_fn *fn, void *cookie) MUST_CHECK;

#endif
