#ifndef ARCHIVE_FD_READ_H
#define ARCHIVE_FD_READ_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Read ${len} bytes from offset ${off} on, or as many as there are; the
 * descriptor's own place stays.  Their number, or -1 with errno. */
ssize_t fd_read(int fd, void *to, size_t len, uint64_t off);

#endif
