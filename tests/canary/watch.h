#ifndef TESTS_CANARY_WATCH_H
#define TESTS_CANARY_WATCH_H

#include <stddef.h>

/* What watch.c and watch_calls.c share: see watch.c.  All keep errno. */

/* A call was made with that descriptor, or path (NULL: none). */
void watch_fd(int fd, const char *call);
/* ${names}: the file got this name. */
void watch_path(int dir, const char *path, int names, const char *call);
void watch_text(const char *where, const char *text, size_t len);
void watch_texts(const char *where, char *const *texts);

/* Before a call: may a crash leave a core here?  And is this the call that is
 * to crash? */
void watch_point(const char *call, const char *path);

/* The next object's function of that name. */
void *watch_real(const char *name);

#endif
