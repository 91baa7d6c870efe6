#include "restore/files/names.h"

#include <string.h>

#include "archive/node/fileset.h"
#include "restore/files/files.h"
#include "restore/plan/there.h"

/* A path is gone through part by part. */
struct part {
	const char *path;
	size_t off, len; /* the part at hand; len 0: none yet */
};

/* To the next part from ${p}->off on: 1, or 0 at the end. */
static int
next_part(struct part *p)
{

	p->off += p->len;
	p->off += p->path[p->off] == '/';
	p->len = strcspn(p->path + p->off, "/");
	return p->len > 0;
}

/* The first part that may change. */
static struct part
first_part(const char *path)
{
	size_t kept = fileset_kept(path);

	return (struct part){ path, path[kept] == '\0' ? kept : kept - 1, 0 };
}

/* Append a part through the map: a name of an item that is wanted. */
static int
map_part(struct restore *r, const char *item, const struct part *p, int count,
    struct buf *out)
{
	struct buf name = BUF_EMPTY;
	struct held_cookie held = { r, ITEM_FILE, NULL, NULL };
	struct rewrite_options opt;
	int rc = -1;

	if (buf_add(&name, item,
		(size_t)(files_path(item) - item) + p->off + p->len))
		goto done;
	if (manifest_find(r->manifest, name.data) == NULL ||
	    !restore_wants(r, name.data)) {
		rc = buf_add(out, p->path + p->off, p->len);
		goto done;
	}
	held.item = held.source = name.data;
	files_options(&held, count, &opt);
	rc = rewrite(
	    &opt, PLACE_VALUE, p->path + p->off, p->len, out, NULL, NULL);
done:
	buf_free(&name);
	return rc;
}

int
names_new(struct restore *r, const char *item, struct buf *out)
{
	struct part p = first_part(files_path(item));

	if (buf_add(out, item, (size_t)(files_path(item) - item) + p.off))
		return -1;
	while (next_part(&p))
		if (buf_addc(out, '/') || map_part(r, item, &p, 0, out))
			return -1;
	return 0;
}

/* Does anything stand there?  1, 0, -1 said. */
static int
stands(struct restore *r, const char *path)
{
	struct root_file f;
	int rc;

	if ((rc = there(r)->stat(r, path, &f)) == 1)
		root_file_free(&f);
	return rc;
}

/**
 * One more part, ${part} in the old path and ${now} ended by its new name: say
 * how it stands here, and let ${now} end with the name that does.
 */
static int
find_part(struct restore *r, struct names *n, const struct part *p, size_t at)
{
	struct buf old = BUF_EMPTY;
	int rc = -1, was, is;

	if (buf_add(&old, n->now.data, at) ||
	    buf_add(&old, p->path + p->off, p->len))
		goto done;
	if (strcmp(old.data, n->now.data) == 0) {
		if (n->state != NAMES_KEPT && n->state != NAMES_BLOCKED)
			n->state = NAMES_NEW;
		rc = 0;
		goto done;
	}
	if ((was = stands(r, old.data)) < 0 ||
	    (is = stands(r, n->now.data)) < 0)
		goto done;
	rc = 0;
	n->state = !was ? NAMES_NEW : is ? NAMES_BOTH : NAMES_OLD;
	if (n->state == NAMES_OLD) {
		buf_clear(&n->now);
		rc = buf_add(&n->now, old.data, old.len);
	}
done:
	buf_free(&old);
	return rc;
}

int
names_find(struct restore *r, const struct item *item, struct names *n)
{
	const char *path = files_path(item->name);
	struct part p = first_part(path);
	size_t at;

	buf_clear(&n->item);
	buf_clear(&n->now);
	buf_clear(&n->from);
	n->state = NAMES_KEPT;
	if (buf_add(&n->now, path, p.off) || buf_adds(&n->item, "file:") ||
	    buf_add(&n->item, path, p.off))
		return -1;
	while (next_part(&p)) {
		if (n->state == NAMES_BOTH)
			n->state = NAMES_BLOCKED;
		buf_clear(&n->from);
		if (buf_addc(&n->now, '/') || buf_addc(&n->item, '/') ||
		    buf_adds(&n->from, files_path(n->item.data)) ||
		    buf_add(&n->from, path + p.off, p.len))
			return -1;
		at = n->item.len;
		if (map_part(r, item->name, &p, path[p.off + p.len] == '\0',
			&n->item) ||
		    buf_adds(&n->now, n->item.data + at))
			return -1;
		at = n->now.len - (n->item.len - at);
		if (n->state != NAMES_BLOCKED && find_part(r, n, &p, at))
			return -1;
	}
	return 0;
}

void
names_free(struct names *n)
{

	buf_free(&n->item);
	buf_free(&n->now);
	buf_free(&n->from);
}

/* Where the part behind the k-th slash begins, counted from 1. */
static size_t
part_at(const char *path, size_t k)
{
	size_t i;

	for (i = 0; path[i] != '\0'; i++)
		if (path[i] == '/' && --k == 0)
			return i;
	return i;
}

int
names_stands(
    struct root *root, const char *item, const char *was, struct buf *out)
{
	const char *new = files_path(item), *old = files_path(was), *c;
	struct root_file f;
	size_t parts = 0;
	int rc = 0;

	for (c = new; *c != '\0'; c++)
		parts += *c == '/';
	for (; rc == 0 && parts > 0; parts--) {
		buf_clear(out);
		if (buf_add(out, new, part_at(new, parts)) ||
		    buf_adds(out, old + part_at(old, parts)))
			return -1;
		if (strcmp(out->data, new) != 0 &&
		    (rc = root_stat(root, out->data, &f)) == 1)
			root_file_free(&f);
	}
	return rc;
}
