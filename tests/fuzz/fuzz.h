#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

/**
 * fuzz: what all targets share.  A target is fuzz_NAME.c with the one function
 * that libFuzzer calls with bytes of its own making; oracles in it say by MUST
 * what has to hold whatever the bytes are.  The same program linked with
 * replay.c instead of libFuzzer takes files and folders: "make check" gives it
 * corpus/NAME.
 */

#include <sys/mman.h>
#include <sys/stat.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/buf.h"
#include "archive/warn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Standard error has the messages of the code under test. */
#define MUST(holds)                                                            \
	do {                                                                   \
		if (!(holds)) {                                                \
			printf("%s:%d: does not hold: %s\n", __FILE__,         \
			    __LINE__, #holds);                                 \
			fflush(stdout);                                        \
			abort();                                               \
		}                                                              \
	} while (0)

/* What headers of the unit tests say in cmocka's words. */
#define assert_non_null(p)     MUST((p) != NULL)
#define assert_true(x)         MUST(x)
#define assert_int_equal(a, b) MUST((a) == (b))

/* Are two buffers equal?  Both are shown when not. */
static inline int
fuzz_same(const struct buf *a, const struct buf *b)
{

	if (a->len == b->len &&
	    (a->len == 0 || memcmp(a->data, b->data, a->len) == 0))
		return 1;
	printf("--- %zu bytes\n%.*s\n--- %zu bytes\n%.*s\n", a->len,
	    (int)a->len, a->len > 0 ? a->data : "", b->len, (int)b->len,
	    b->len > 0 ? b->data : "");
	return 0;
}

/* A file without a name that holds these bytes; its path in ${path}. */
static inline int
fuzz_file(const void *bytes, size_t len, char path[64])
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	MUST(fd != -1);
	MUST(write(fd, bytes, len) == (ssize_t)len);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

/* The next line of [*pos, end) as a string in ${line}, cut where it is too
 * long; 0 at the end. */
static inline int
fuzz_line(const char **pos, const char *end, char *line, size_t size)
{
	const char *nl;
	size_t n;

	if (*pos == end)
		return 0;
	nl = memchr(*pos, '\n', (size_t)(end - *pos));
	n = (size_t)((nl == NULL ? end : nl) - *pos);
	if (n >= size)
		n = size - 1;
	memcpy(line, *pos, n);
	line[n] = '\0';
	*pos = nl == NULL ? end : nl + 1;
	return 1;
}

#endif
