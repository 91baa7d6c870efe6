#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "archive/node/fileset_internal.h"
#include "archive/warn.h"

/* Symbolic links on one way, as the kernel counts them. */
#define LINKS 40

int
fileset_child(struct buf *b, const char *folder, const char *name)
{

	return buf_adds(b, folder) || buf_addc(b, '/') || buf_adds(b, name) ? -1
									    : 0;
}

int
fileset_note(struct fileset_list *to, const char *path, const char *set,
    size_t order, const struct stat *st)
{
	struct fileset_found *more;
	size_t cap;

	if (to->n == to->cap) {
		cap = to->cap ? to->cap * 2 : 4;
		if ((more = reallocarray(to->all, cap, sizeof(*more))) == NULL)
			goto err0;
		to->all = more;
		to->cap = cap;
	}
	more = &to->all[to->n];
	if ((more->path = strdup(path)) == NULL)
		goto err0;
	more->set = set;
	more->order = order;
	more->st = *st;
	to->n++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

void
fileset_forget(struct fileset_list *list, size_t keep)
{

	while (list->n > keep)
		free(list->all[--list->n].path);
	if (keep == 0) {
		free(list->all);
		*list = (struct fileset_list){ NULL, 0, 0 };
	}
}

/* The way and the walk on it. */
struct way {
	struct root *r;
	struct buf *real, rest;
	struct fileset_list *ways;
	unsigned int links;
};

/* ${real} loses its last part. */
static int
up(struct buf *real)
{

	while (real->len > 0 && real->data[--real->len] != '/')
		;
	return buf_adds(real, "");
}

/**
 * Put the target of the link at ${real} in its place: ${real} loses its last
 * part, or all of it when the target is absolute, and ${rest} becomes what is
 * still to be walked.
 */
static int
follow(struct way *w)
{
	struct buf next = BUF_EMPTY;
	struct root_file f;
	int rc;

	/* Its target; another may stand there by now. */
	if ((rc = root_stat(w->r, w->real->data, &f)) <= 0)
		return rc;
	if (f.meta.target == NULL || ++w->links > LINKS) {
		root_file_free(&f);
		return 0;
	}
	if (f.meta.target[0] == '/')
		rc = (w->real->len = 0, buf_adds(w->real, ""));
	else
		rc = up(w->real);
	if (rc == 0 && buf_adds(&next, f.meta.target) == 0 &&
	    buf_addc(&next, '/') == 0 &&
	    buf_add(&next, w->rest.data, w->rest.len) == 0)
		rc = 1;
	else
		rc = -1;
	root_file_free(&f);
	if (rc == -1) {
		buf_free(&next);
		return -1;
	}
	buf_free(&w->rest);
	w->rest = next;
	return 1;
}

/* One part of a way: ${real} grows by it.  1 to go on, 0 when nothing is there,
 * -1 said. */
static int
step(struct way *w, const char *part, size_t len)
{
	struct stat st;
	int rc;

	if (len == 0 || (len == 1 && *part == '.'))
		return 1;
	if (len == 2 && strncmp(part, "..", 2) == 0)
		return up(w->real) ? -1 : 1;
	if (buf_addc(w->real, '/') || buf_add(w->real, part, len))
		return -1;
	if ((rc = root_look(w->r, -1, w->real->data, &st)) <= 0)
		return rc;
	if (!S_ISLNK(st.st_mode) && !S_ISDIR(st.st_mode))
		return 1;
	if (fileset_note(w->ways, w->real->data, FILESET_WAY, 0, &st))
		return -1;
	return S_ISLNK(st.st_mode) ? follow(w) : 1;
}

int
fileset_way(struct root *r, const char *path, struct buf *real,
    struct fileset_list *ways)
{
	struct way w = { .r = r, .real = real, .ways = ways };
	struct buf part = BUF_EMPTY;
	int rc = 1;
	size_t n;

	if (buf_adds(&w.rest, path))
		return -1;
	while (rc == 1 && w.rest.len > 0) {
		n = strcspn(w.rest.data, "/");
		buf_clear(&part);
		if (buf_add(&part, w.rest.data, n)) {
			rc = -1;
			break;
		}
		n += strspn(w.rest.data + n, "/");
		w.rest.len -= n;
		memmove(w.rest.data, w.rest.data + n, w.rest.len + 1);
		rc = step(&w, part.data, part.len);
	}
	buf_free(&part);
	buf_free(&w.rest);
	return rc;
}
