#include "restore/plan/spool.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/aside.h"
#include "archive/keys/cipher.h"
#include "archive/node/fd_read.h"
#include "archive/warn.h"

/* Crosses to the file at once: records of rows are small and many. */
#define CHUNK (64u << 10)

struct spool {
	int fd;
	struct cipher *cipher;
	uint64_t stream; /* where the cipher is */
	uint64_t at, size;
	char chunk[CHUNK], buffer[CHUNK]; /* on its way; stdio's */
};

/* The bytes at ${at}, to or fro: 0, or -1 with errno. */
static int
cross(struct spool *s, const void *from, void *to, size_t len)
{

	if (s->stream != s->at && cipher_seek(s->cipher, s->at) == -1)
		goto err0;
	if (cipher_apply(s->cipher, from, to, len) == -1)
		goto err0;
	s->stream = s->at + len;
	return 0;

err0:
	s->stream = UINT64_MAX;
	errno = EIO;
	return -1;
}

static ssize_t
spool_read(void *cookie, char *buf, size_t len)
{
	struct spool *s = cookie;
	ssize_t n;

	if ((n = fd_read(s->fd, buf, len, s->at)) <= 0)
		return n;
	if (cross(s, buf, buf, (size_t)n) == -1)
		return -1;
	s->at += (uint64_t)n;
	return n;
}

/* As many as went well; with errno, when that is not all. */
static ssize_t
spool_write(void *cookie, const char *buf, size_t len)
{
	struct spool *s = cookie;
	size_t done = 0, step;
	ssize_t n;

	if (s->at != s->size) {
		errno = EINVAL;
		return 0;
	}
	while (done < len) {
		step = len - done < CHUNK ? len - done : CHUNK;
		if (cross(s, buf + done, s->chunk, step) == -1)
			break;
		n = pwrite(s->fd, s->chunk, step, (off_t)s->at);
		if (n == -1 && errno != EINTR)
			break;
		if (n > 0) {
			done += (size_t)n;
			s->at += (uint64_t)n;
		}
	}
	s->size = s->at;
	return (ssize_t)done;
}

static int
spool_seek(void *cookie, off64_t *off, int whence)
{
	struct spool *s = cookie;
	off64_t base;

	base = whence == SEEK_SET ? 0 : (off64_t)s->at;
	if (whence == SEEK_END)
		base = (off64_t)s->size;
	if (*off + base < 0) {
		errno = EINVAL;
		return -1;
	}
	*off += base;
	s->at = (uint64_t)*off;
	return 0;
}

static int
spool_close(void *cookie)
{
	struct spool *s = cookie;
	int rc;

	rc = close(s->fd);
	cipher_free(s->cipher);
	explicit_bzero(s->buffer, sizeof(s->buffer));
	free(s);
	return rc;
}

FILE *
spool_open(void)
{
	static const cookie_io_functions_t ways = { spool_read, spool_write,
		spool_seek, spool_close };
	struct spool *s;
	FILE *f;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if ((s->fd = aside_file()) == -1)
		goto err0;
	if ((s->cipher = cipher_private()) == NULL)
		goto err1;
	if ((f = fopencookie(s, "w+", ways)) == NULL) {
		warn_errno("temporary file");
		goto err2;
	}
	/* Where it refuses, it has a buffer of its own. */
	(void)setvbuf(f, s->buffer, _IOFBF, sizeof(s->buffer));
	return f;

err2:
	cipher_free(s->cipher);
err1:
	close(s->fd);
err0:
	free(s);
	return NULL;
}
