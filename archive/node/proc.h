#ifndef ARCHIVE_PROC_H
#define ARCHIVE_PROC_H

#include <dirent.h>

/* A stream of the entries of this system's /proc, or NULL with errno. */
DIR *proc_open(void);

#endif
