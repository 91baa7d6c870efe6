#ifndef ARCHIVE_USTAR_H
#define ARCHIVE_USTAR_H

/* Offsets in a tar header (POSIX ustar). */
#define AT_NAME   0
#define AT_MODE   100
#define AT_UID    108
#define AT_GID    116
#define AT_SIZE   124
#define AT_MTIME  136
#define AT_CHKSUM 148
#define AT_TYPE   156
#define AT_LINK   157
#define AT_MAGIC  257
#define AT_USER   265
#define AT_GROUP  297
#define AT_MAJOR  329
#define AT_MINOR  337
#define AT_PREFIX 345
#define AT_REST   500

#endif
