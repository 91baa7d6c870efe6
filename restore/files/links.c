#include "restore/files/links.h"

#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/warn.h"

/* So many links may be followed for one path, as in Linux. */
#define MOST_LINKS 40

/* Take the last part off a canonical path. */
static void
drop_part(struct buf *path)
{

	while (path->len > 0 && path->data[--path->len] != '/')
		;
	if (path->data != NULL)
		path->data[path->len] = '\0';
}

/* Put the parts of ${more} behind the canonical ${path}. */
static int
add_parts(struct buf *path, const char *more)
{
	size_t len;

	for (; *more != '\0'; more += len + (more[len] == '/')) {
		len = strcspn(more, "/");
		if (len == 0 || (len == 1 && more[0] == '.'))
			continue;
		if (len == 2 && more[0] == '.' && more[1] == '.')
			drop_part(path);
		else if (buf_addc(path, '/') == -1 ||
			 buf_add(path, more, len) == -1)
			return -1;
	}
	return 0;
}

/* Follow the first link on the way: 1, 0 when there is none, -1 said. */
static int
follow_one(struct buf *path, links_fn *fn, void *cookie)
{
	struct buf next = BUF_EMPTY;
	const char *target = NULL, *rest;
	size_t end;
	char was;

	for (end = 1; target == NULL && end <= path->len; end++) {
		if (path->data[end] != '/' && path->data[end] != '\0')
			continue;
		was = path->data[end];
		path->data[end] = '\0';
		target = fn(cookie, path->data);
		path->data[end] = was;
	}
	if (target == NULL)
		return 0;
	/* The loop went one past the link's end. */
	rest = path->data + end - 1;
	if (target[0] != '/') {
		if (buf_add(&next, path->data, end - 1) == -1)
			goto err1;
		drop_part(&next);
	}
	if (add_parts(&next, target) == -1 || add_parts(&next, rest) == -1)
		goto err1;
	buf_free(path);
	*path = next;
	return 1;

err1:
	buf_free(&next);
	return -1;
}

char *
links_resolve(const char *path, links_fn *fn, void *cookie)
{
	struct buf b = BUF_EMPTY;
	int hops, more;

	if (add_parts(&b, path) == -1)
		goto err1;
	for (hops = 0; hops <= MOST_LINKS; hops++) {
		if ((more = follow_one(&b, fn, cookie)) == -1)
			goto err1;
		if (more == 1)
			continue;
		if (b.len == 0 && buf_addc(&b, '/') == -1)
			goto err1;
		return buf_steal(&b);
	}
	warn_msg("%s: too many links on the way", path);

err1:
	buf_free(&b);
	return NULL;
}
