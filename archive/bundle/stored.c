#include "archive/bundle/stored.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/bundle/outer.h"
#include "archive/node/fd_read.h"
#include "archive/warn.h"

#define CHUNK (64u << 10)

const char *
stored_name(const char *file)
{

	return strcmp(file, STORED_STREAM) == 0 ? "standard input" : file;
}

/* As much as there is: 0 at the end, -1 said. */
static ssize_t
take(const char *name, void *to, size_t len)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	ssize_t n;

	for (;;) {
		n = read(STDIN_FILENO, to, len);
		if (n != -1)
			return n;
		/* Whoever made the pipe may have made it not to wait. */
		if (errno == EAGAIN &&
		    (poll(&p, 1, -1) != -1 || errno == EINTR))
			continue;
		if (errno != EINTR)
			break;
	}
	warn_errno("cannot read %s", name);
	return -1;
}

/* All that comes.  What does not begin as a bundle is not waited for. */
static enum outcome
lay_aside(struct stored *s)
{
	const char *first = outer_name(OUTER_SUMS);
	char *chunk;
	size_t have = 0;
	ssize_t n = 0;
	enum outcome rc = OUTCOME_FAILED;

	if ((s->aside = aside_new(s->file)) == NULL)
		return rc;
	if ((chunk = malloc(CHUNK)) == NULL) {
		warn_msg("out of memory");
		return rc;
	}
	/* Its name is looked at when it is whole. */
	while (have < OUTER_BLOCK &&
	       (n = take(s->file, chunk + have, CHUNK - have)) > 0)
		have += (size_t)n;
	if (n == -1 || aside_add(s->aside, chunk, have) == -1)
		goto done;
	if (have >= OUTER_BLOCK && memcmp(chunk, first, strlen(first) + 1) == 0)
		while ((n = take(s->file, chunk, CHUNK)) > 0)
			if (aside_add(s->aside, chunk, (size_t)n) == -1)
				goto done;
	if (n != -1)
		rc = OUTCOME_DONE;
done:
	free(chunk);
	return rc;
}

static enum outcome
open_stream(struct stored *s)
{
	struct stat st;

	if (isatty(STDIN_FILENO)) {
		warn_msg("standard input is a terminal: a bundle comes through "
			 "a pipe or from a file");
		return OUTCOME_FAILED;
	}
	/* A file from its beginning: as if it had been named. */
	if (fstat(STDIN_FILENO, &st) == 0 && S_ISREG(st.st_mode) &&
	    lseek(STDIN_FILENO, 0, SEEK_CUR) == 0 &&
	    (s->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) != -1)
		return OUTCOME_DONE;
	return lay_aside(s);
}

enum outcome
stored_open(const char *file, struct stored *s)
{
	struct stat st;

	s->file = stored_name(file);
	s->fd = -1;
	s->aside = NULL;
	if (s->file != file)
		return open_stream(s);
	/* NONBLOCK: a FIFO must not make us wait for a writer. */
	s->fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (s->fd == -1 && errno != ENXIO) {
		warn_errno("cannot open %s", file);
		return OUTCOME_FAILED;
	}
	if (s->fd != -1 && fstat(s->fd, &st) == -1) {
		warn_errno("cannot look at %s", file);
		return OUTCOME_FAILED;
	}
	/* ENXIO: a socket, a FIFO without its other end. */
	if (s->fd == -1 || !S_ISREG(st.st_mode)) {
		warn_msg("%s: refused: not a bundle but %s", file,
		    s->fd != -1 && S_ISDIR(st.st_mode) ? "a folder"
						       : "no regular file");
		return OUTCOME_REFUSED;
	}
	return OUTCOME_DONE;
}

void
stored_close(struct stored *s)
{

	if (s->fd != -1)
		close(s->fd);
	aside_free(s->aside);
	s->fd = -1;
	s->aside = NULL;
}

enum outcome
stored_size(const struct stored *s, uint64_t *size)
{
	struct stat st;

	if (s->aside != NULL) {
		*size = aside_size(s->aside);
		return OUTCOME_DONE;
	}
	if (fstat(s->fd, &st) == -1) {
		warn_errno("cannot look at %s", s->file);
		return OUTCOME_FAILED;
	}
	*size = (uint64_t)st.st_size;
	return OUTCOME_DONE;
}

enum outcome
stored_read(const struct stored *s, void *buf, size_t len, uint64_t off)
{
	ssize_t n;

	if (s->aside != NULL) {
		if ((n = aside_read(s->aside, buf, len, off)) == -1)
			return OUTCOME_FAILED;
	} else if ((n = fd_read(s->fd, buf, len, off)) == -1) {
		warn_errno("cannot read %s", s->file);
		return OUTCOME_FAILED;
	}
	if ((size_t)n == len)
		return OUTCOME_DONE;
	warn_msg("%s: refused: it became shorter while it was read", s->file);
	return OUTCOME_REFUSED;
}
