#include <stdlib.h>
#include <string.h>

#include "archive/node/fileset_internal.h"
#include "archive/warn.h"

/* Symbolic links on one way, as the kernel counts them. */
#define LINKS 40

int
fileset_found(struct fileset_walk *w, const char *path, const char *set)
{
	struct fileset_found *more;
	size_t cap;

	if (w->n == w->cap) {
		cap = w->cap ? w->cap * 2 : 256;
		if ((more = reallocarray(w->found, cap, sizeof(*more))) == NULL)
			goto err0;
		w->found = more;
		w->cap = cap;
	}
	if ((w->found[w->n].path = strdup(path)) == NULL)
		goto err0;
	w->found[w->n].set = set;
	w->found[w->n].order = w->n;
	w->n++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

/**
 * Put the target of the link at ${real} in its place: ${real} loses its last
 * part, or all of it when the target is absolute, and ${rest} becomes what is
 * still to be walked.
 */
static int
follow(struct buf *real, struct buf *rest, const char *target)
{
	struct buf next = BUF_EMPTY;

	if (*target == '/')
		real->len = 0;
	else
		while (real->len > 0 && real->data[--real->len] != '/')
			;
	if (buf_adds(&next, target) || buf_addc(&next, '/') ||
	    buf_add(&next, rest->data, rest->len) || buf_adds(real, "")) {
		buf_free(&next);
		return -1;
	}
	buf_free(rest);
	*rest = next;
	return 0;
}

/**
 * One part of a way: ${real} grows by it, and is an entry of the way unless it
 * is the end.  1 to go on, 0 when nothing is there, -1 said.
 */
static int
step(struct fileset_walk *w, struct buf *real, struct buf *rest,
    const char *part, size_t len, unsigned int *links)
{
	struct root_file f;
	int rc;

	if (len == 0 || (len == 1 && *part == '.'))
		return 1;
	if (len == 2 && strncmp(part, "..", 2) == 0) {
		while (real->len > 0 && real->data[--real->len] != '/')
			;
		return buf_adds(real, "") ? -1 : 1;
	}
	if (buf_addc(real, '/') || buf_add(real, part, len))
		return -1;
	if ((rc = root_stat(w->r, real->data, &f)) <= 0)
		return rc;
	rc = 1;
	if (!f.is_other && f.meta.type == FILE_SYMLINK) {
		if (fileset_found(w, real->data, FILESET_WAY))
			rc = -1;
		else if (++*links > LINKS)
			rc = 0;
		else if (follow(real, rest, f.meta.target))
			rc = -1;
	} else if (!f.is_other && f.meta.type == FILE_DIRECTORY) {
		rc = fileset_found(w, real->data, FILESET_WAY) ? -1 : 1;
	}
	root_file_free(&f);
	return rc;
}

int
fileset_way(
    struct fileset_walk *w, const char *path, int follow_end, struct buf *real)
{
	struct buf rest = BUF_EMPTY, part = BUF_EMPTY;
	unsigned int links = 0;
	int rc = 1;
	size_t n;

	if (buf_adds(&rest, path))
		return -1;
	while (rc == 1 && rest.len > 0) {
		n = strcspn(rest.data, "/");
		buf_clear(&part);
		if (buf_add(&part, rest.data, n)) {
			rc = -1;
			break;
		}
		n += strspn(rest.data + n, "/");
		rest.len -= n;
		memmove(rest.data, rest.data + n, rest.len + 1);
		if (rest.len == 0 && !follow_end && part.len > 0) {
			if (buf_addc(real, '/') ||
			    buf_add(real, part.data, part.len))
				rc = -1;
			break;
		}
		rc = step(w, real, &rest, part.data, part.len, &links);
	}
	buf_free(&part);
	buf_free(&rest);
	return rc;
}
