#ifndef TESTS_WRONG_TAR_H
#define TESTS_WRONG_TAR_H

#include "made.h"

/* Takes the bytes of a tar as they are made. */
struct sink {
	void (*take)(struct sink *s, const void *bytes, size_t n);
};

/**
 * tar_entry(t, name, value, sink):
 * The entry of a thing of that name, as its edits want it; ${value}: the one
 * of its value behind it.
 *
 * Fields of "tar FIELD VALUE": name, mode, uid, gid, size, mtime, type, link,
 * magic, user, group, prefix (VALUE is what is said, numbers are written
 * octal), checksum (its bytes as they stand), pax KEY VALUE (a record more),
 * records BYTES (the records as they stand), global KEY VALUE, bytes
 * (its content), pad (what its content is padded with), value (the content of
 * its value), raw (all of it).  gone, twice, early and late are part.c's.
 */
void tar_entry(const struct thing *t, const struct bytes *name, int value,
    struct sink *sink);

/* A header of 512 bytes on its own. */
#define TAR_BLOCK 512
struct header {
	const char *name, *prefix, *link, *magic, *user, *group;
	size_t namelen;
	unsigned long long mode, uid, gid, size, mtime;
	char type;
};
void tar_header(const struct header *h, unsigned char block[TAR_BLOCK]);

#endif
