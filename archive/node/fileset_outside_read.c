#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/node/fd_read.h"
#include "archive/node/fileset_outside.h"
#include "archive/warn.h"

/* An image is read in such pieces. */
#define PIECE (256u << 10)
/* Longer is no address with what makes it a whole token. */
#define TOKEN 64u

/* Open for reading; -1: not to be read. */
static int
open_file(struct root *r, const char *path)
{
	struct stat st;
	int fd;

	if (root_peek(r, path, &st, &fd) != 1)
		return -1;
	if (fd != -1 && !S_ISREG(st.st_mode)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

int
outside_text(struct root *r, const char *path, struct buf *bytes,
    enum place_format *format)
{
	ssize_t n = -1;
	char *to;
	int fd;

	buf_clear(bytes);
	if ((fd = open_file(r, path)) == -1)
		return 0;
	if ((to = buf_reserve(bytes, LIMIT_OUTSIDE_FILE)) != NULL)
		n = fd_read(fd, to, LIMIT_OUTSIDE_FILE, 0);
	close(fd);
	if (to == NULL)
		return -1;
	if (n <= 0)
		return 0;
	bytes->len = (size_t)n;
	bytes->data[n] = '\0';
	*format =
	    fileset_format(path, FILESET_OUTSIDE, bytes->data, bytes->len);
	return *format != PLACE_OPAQUE;
}

/* Each address in ${len} bytes that begins from ${from} on and before ${to}. */
static int
each(const char *bytes, size_t len, size_t from, size_t to, outside_fn *fn,
    void *cookie)
{
	struct address_token t;
	size_t pos = 0;
	int rc;

	while (address_next(bytes, len, &pos, &t)) {
		if (t.off < from || t.off >= to)
			continue;
		if ((rc = fn(cookie, &t.addr)) != 0)
			return rc;
	}
	return 0;
}

int
outside_image(struct root *r, const char *path, outside_fn *fn, void *cookie)
{
	struct buf b = BUF_EMPTY;
	size_t from = 0, end, keep;
	uint64_t at = 0;
	ssize_t n;
	char *to;
	int fd, rc = 0;

	if ((fd = open_file(r, path)) == -1)
		return 0;
	do {
		if ((to = buf_reserve(&b, PIECE)) == NULL) {
			rc = -1;
			break;
		}
		if ((n = fd_read(fd, to, PIECE, at)) == -1)
			break;
		b.len += (size_t)n;
		at += (uint64_t)n;
		/* What begins near the end is looked at with the next piece,
		 * and with what stands in front of it. */
		end = n == PIECE ? b.len - TOKEN : b.len;
		rc = each(b.data, b.len, from, end, fn, cookie);
		keep = 2 * TOKEN < b.len ? 2 * TOKEN : b.len;
		memmove(b.data, b.data + b.len - keep, keep);
		from = keep - TOKEN;
		b.len = keep;
	} while (rc == 0 && n == PIECE);
	buf_free(&b);
	close(fd);
	return rc;
}
