#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/buf.h"
#include "archive/node/root_internal.h"

/* Links on one way, as the kernel counts them; and folders inside folders. */
#define LINKS 40
#define DEPTH 256

/* Where a walk is: the folders from the root to here, and what is left. */
struct walk {
	int dirs[DEPTH]; /* dirs[0] is the root's own */
	size_t depth;    /* of the last one */
	struct buf rest;
	unsigned int links;
	uint64_t flags, resolve;
};

static void
up(struct walk *w)
{

	close(w->dirs[w->depth--]);
}

/* Go on in fd; it is the walk's from here. */
static int
down(struct walk *w, int fd)
{

	if (w->depth + 1 == DEPTH) {
		close(fd);
		errno = EMFILE; /* it is there, but out of reach */
		return -1;
	}
	w->dirs[++w->depth] = fd;
	return 0;
}

/* The next part of the way into ${part}: 1, or 0 at its end. */
static int
next_part(struct walk *w, char part[256])
{
	char *s = w->rest.data;
	size_t skip = strspn(s, "/"), n = strcspn(s + skip, "/"), used;

	if (n == 0)
		return 0;
	if (n > 255) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(part, s + skip, n);
	part[n] = '\0';
	/* What is left starts with a slash, or is empty: "a/" is not "a". */
	used = skip + n;
	memmove(s, s + used, w->rest.len - used + 1);
	w->rest.len -= used;
	return 1;
}

/* Put the target of the link behind fd in front of what is left. */
static int
follow(struct walk *w, int fd)
{
	struct buf next = BUF_EMPTY;
	char target[4097];
	ssize_t n;

	if ((w->resolve & RESOLVE_NO_SYMLINKS) != 0 || ++w->links > LINKS) {
		errno = ELOOP;
		return -1;
	}
	if ((n = readlinkat(fd, "", target, sizeof(target) - 1)) == -1)
		return -1;
	if (buf_add(&next, target, (size_t)n) ||
	    buf_add(&next, w->rest.data, w->rest.len)) {
		buf_free(&next);
		errno = ENOMEM;
		return -1;
	}
	buf_free(&w->rest);
	w->rest = next;
	while (n > 0 && *target == '/' && w->depth > 0)
		up(w);
	return 0;
}

static int
parent(struct walk *w)
{

	if (w->depth > 0) {
		up(w);
		return 0;
	}
	if ((w->resolve & RESOLVE_BENEATH) == 0)
		return 0; /* as in "/" */
	errno = EXDEV;
	return -1;
}

/* Look at one part: *out is a descriptor when that was the end of the way. */
static int
step(struct walk *w, const char *part, int *out)
{
	int top = w->dirs[w->depth], fd, last = w->rest.len == 0, rc = -1;
	struct stat st;

	if (strcmp(part, ".") == 0)
		return 0;
	if (strcmp(part, "..") == 0)
		return parent(w);
	fd = openat(top, part, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return -1;
	if (fstat(fd, &st) == -1)
		goto err1;
	if (S_ISLNK(st.st_mode)) {
		if (last && (w->flags & O_NOFOLLOW) != 0) {
			/* As the kernel: a link is no folder. */
			if ((w->flags & O_DIRECTORY) != 0) {
				errno = ENOTDIR;
				goto err1;
			}
			*out = (w->flags & O_PATH) != 0 ? fd : -1;
			errno = ELOOP;
			if (*out != -1)
				return 0;
			goto err1;
		}
		rc = follow(w, fd);
		goto err1;
	}
	if (!last && !S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		goto err1;
	}
	if (!last)
		return down(w, fd);
	*out = openat(top, part, (int)w->flags | O_NOFOLLOW);
	rc = *out == -1 ? -1 : 0;
err1:
	top = errno;
	close(fd);
	errno = top;
	return rc;
}

int
root_walk(int root, const char *path, uint64_t flags, uint64_t resolve)
{
	struct walk w = { .flags = flags, .resolve = resolve };
	char part[256];
	int out = -1, rc, err;

	w.dirs[0] = root;
	if (buf_adds(&w.rest, path)) {
		errno = ENOMEM;
		return -1;
	}
	while ((rc = next_part(&w, part)) == 1)
		if ((rc = step(&w, part, &out)) == -1 || out != -1)
			break;
	/* It ended in a folder that was walked into: "..", "." or a link. */
	if (rc == 0 && out == -1)
		out = openat(w.dirs[w.depth], ".", (int)flags & ~O_NOFOLLOW);
	err = errno;
	while (w.depth > 0)
		up(&w);
	buf_free(&w.rest);
	errno = err;
	return out;
}
