#include "archive/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive/keys/cipher.h"
#include "archive/limits.h"
#include "archive/node/fd_read.h"
#include "archive/warn.h"

#define CHUNK 16384

struct aside {
	const char *what;
	/* Of all below: a cipher has one place in its stream at a time. */
	pthread_mutex_t lock;
	int fd;
	int in_memory;
	struct cipher *cipher;
	uint64_t stream; /* where the cipher is */
	uint64_t size;
};

/* Where temporary files are. */
static const char *
folder(void)
{
	const char *dir = getenv("TMPDIR");

	return dir == NULL || dir[0] != '/' ? "/tmp" : dir;
}

int
aside_file(void)
{
	const char *dir = folder();
	char *name = NULL;
	int fd;

	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (fd == -1 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		if (asprintf(&name, "%s/novark-aside-XXXXXX", dir) == -1) {
			warn_msg("out of memory");
			return -1;
		}
		if ((fd = mkostemp(name, O_CLOEXEC)) != -1)
			unlink(name);
		free(name);
	}
	if (fd == -1)
		warn_errno(
		    "%s: no temporary file can be made here (TMPDIR names "
		    "another folder)",
		    dir);
	return fd;
}

struct aside *
aside_new(const char *what)
{
	struct aside *a;

	if ((a = calloc(1, sizeof(*a))) == NULL ||
	    pthread_mutex_init(&a->lock, NULL) != 0) {
		warn_msg("out of memory");
		goto err0;
	}
	a->what = what;
	if ((a->cipher = cipher_private()) == NULL)
		goto err1;
	a->in_memory = 1;
	if ((a->fd = memfd_create("novark", MFD_CLOEXEC)) == -1) {
		a->in_memory = 0;
		if ((a->fd = aside_file()) == -1)
			goto err2;
	}
	return a;

err2:
	cipher_free(a->cipher);
err1:
	pthread_mutex_destroy(&a->lock);
err0:
	free(a);
	return NULL;
}

void
aside_free(struct aside *a)
{

	if (a == NULL)
		return;
	close(a->fd);
	cipher_free(a->cipher);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

uint64_t
aside_size(const struct aside *a)
{

	return a->size;
}

/* The bytes at ${off}, to or fro: 0, or -1 said. */
static int
cross(struct aside *a, const void *from, void *to, size_t len, uint64_t off)
{

	if ((a->stream != off && cipher_seek(a->cipher, off) == -1) ||
	    cipher_apply(a->cipher, from, to, len) == -1) {
		a->stream = UINT64_MAX;
		return -1;
	}
	a->stream = off + len;
	return 0;
}

static int
put(const struct aside *a, int fd, const char *bytes, size_t len, uint64_t off)
{
	ssize_t n;

	for (; len > 0; len -= (size_t)n, bytes += n, off += (uint64_t)n) {
		n = pwrite(fd, bytes, len, (off_t)off);
		if (n == -1 && errno == EINTR)
			n = 0;
		if (n != -1)
			continue;
		warn_errno("cannot lay %s aside in %s (TMPDIR names another "
			   "folder)",
		    a->what, folder());
		return -1;
	}
	return 0;
}

/* It is too much for memory: on with a file, which gets the same bytes. */
static int
leave_memory(struct aside *a)
{
	char chunk[CHUNK];
	uint64_t off;
	ssize_t n;
	int fd;

	if ((fd = aside_file()) == -1)
		return -1;
	for (off = 0; off < a->size; off += (uint64_t)n) {
		if ((n = fd_read(a->fd, chunk, sizeof(chunk), off)) <= 0) {
			warn_errno("cannot read back what was laid aside of %s",
			    a->what);
			goto err0;
		}
		if (put(a, fd, chunk, (size_t)n, off) == -1)
			goto err0;
	}
	close(a->fd);
	a->fd = fd;
	a->in_memory = 0;
	return 0;

err0:
	close(fd);
	return -1;
}

static int
add(struct aside *a, const char *bytes, size_t len)
{
	char chunk[CHUNK];
	size_t step;

	if (len > LIMIT_ASIDE - a->size) {
		warn_msg("%s: more than %llu GiB are not laid aside: use a "
			 "file",
		    a->what, (unsigned long long)(LIMIT_ASIDE >> 30));
		return -1;
	}
	if (a->in_memory && a->size + len > LIMIT_ASIDE_MEMORY &&
	    leave_memory(a) == -1)
		return -1;
	for (; len > 0; len -= step, bytes += step, a->size += step) {
		step = len < CHUNK ? len : CHUNK;
		if (cross(a, bytes, chunk, step, a->size) == -1 ||
		    put(a, a->fd, chunk, step, a->size) == -1)
			return -1;
	}
	return 0;
}

int
aside_add(struct aside *a, const void *bytes, size_t len)
{
	int rc;

	(void)pthread_mutex_lock(&a->lock);
	rc = add(a, bytes, len);
	(void)pthread_mutex_unlock(&a->lock);
	return rc;
}

ssize_t
aside_read(struct aside *a, void *to, size_t len, uint64_t off)
{
	ssize_t n;

	(void)pthread_mutex_lock(&a->lock);
	if (off >= a->size)
		len = 0;
	else if (len > a->size - off)
		len = (size_t)(a->size - off);
	n = fd_read(a->fd, to, len, off);
	if (n != (ssize_t)len) {
		warn_errno(
		    "cannot read back what was laid aside of %s", a->what);
		n = -1;
	} else if (cross(a, to, to, len, off) == -1) {
		n = -1;
	}
	(void)pthread_mutex_unlock(&a->lock);
	return n;
}
