#include <stdlib.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/node/fileset_outside.h"
#include "archive/warn.h"
#include "restore/files/files.h"
#include "restore/files/leftover_outside.h"
#include "restore/files/moved.h"

/* One scan: what is as wanted was compared, and need not be looked into. */
struct scan {
	struct restore *r;
	char **wanted; /* item names, sorted: they read as the map wants them */
	size_t nwanted, cap;
	struct moved *moved;
	const char *item; /* the one at hand, by the bundle's name */
	const char *set;  /* its row of the file set */
	int link;         /* it is one: its target is looked at */
	int outside;      /* what the file set does not have */
};

static int
wanted_add(struct scan *s, const char *name)
{
	char **more;
	size_t cap;

	if (s->nwanted == s->cap) {
		cap = s->cap ? s->cap * 2 : 64;
		if ((more = reallocarray(s->wanted, cap, sizeof(*more))) ==
		    NULL)
			goto err0;
		s->wanted = more;
		s->cap = cap;
	}
	if ((s->wanted[s->nwanted] = strdup(name)) == NULL)
		goto err0;
	s->nwanted++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

static int
by_name(const void *a, const void *b)
{

	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
same(const struct buf *a, const struct buf *b)
{

	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* Does the file read as the bundle's through the map?  1, 0, -1 said. */
static int
is_wanted(struct scan *s, struct bundle_part *part, const struct item *item)
{
	struct restore *r = s->r;
	struct buf captured = BUF_EMPTY, wanted = BUF_EMPTY, now = BUF_EMPTY;
	int rc = -1;

	if (bundle_part_load(part, &captured) ||
	    files_map(r, item->name, item->file->format,
		captured.len > 0 ? captured.data : "", captured.len, &wanted,
		NULL, NULL))
		goto done;
	rc = root_read_nofollow(
	    r->root, files_path(moved_to(s->moved, item->name)), &now);
	if (rc == 1)
		rc = same(&wanted, &now);
done:
	buf_wipe(&captured);
	buf_wipe(&wanted);
	buf_wipe(&now);
	return rc;
}

/**
 * With a map that swaps two addresses a file that is right still holds what
 * looks old: such files are known by what they read, not by what is in them.
 */
static int
find_wanted(struct scan *s)
{
	struct bundle_part *part;
	const struct item *item;
	int more, rc = 0;

	if (bundle_part_open(s->r->bundle, PART_FILES, &part) != OUTCOME_DONE)
		return -1;
	while (rc == 0 && (more = bundle_part_next(part, &item)) != 0) {
		if (more < 0) {
			rc = -1;
		} else if (item->file->type == FILE_REGULAR &&
			   restore_wants(s->r, item->name)) {
			rc = is_wanted(s, part, item);
			if (rc == 1)
				rc = wanted_add(s, item->name);
		}
	}
	bundle_part_close(part);
	if (s->nwanted > 1)
		qsort(s->wanted, s->nwanted, sizeof(*s->wanted), by_name);
	return rc;
}

/* A place in a file that the map would change. */
static int
found(void *cookie, const struct rewrite_place *place)
{
	const struct scan *s = cookie;
	struct held_cookie held = { s->r, ITEM_FILE, s->item, s->item };
	struct plan_record rec = { .type = PLAN_LEFTOVER, .kind = ITEM_FILE };
	struct buf value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0) {
		/* The plan told of those in items of the bundle. */
		if (manifest_find(s->r->manifest, s->item) != NULL)
			return 0;
		return restore_held(&held, place);
	}
	rec.item = rec.source = s->item;
	rec.place = s->link ? "target" : place->label;
	rec.name = "leftover";
	rec.what = restore_what(s->r, s->item, s->set, place);
	if (mask_value(place->role, place->before, place->before_len, &value) ==
	    0)
		rc = plan_tell(s->r->plan, &rec, "%s",
		    value.data == NULL ? "" : value.data);
	buf_free(&value);
	return rc;
}

static enum place_format
format_of(const struct scan *s, const struct fileset_entry *e,
    const struct buf *bytes)
{
	const struct item *item = manifest_find(s->r->manifest, s->item);

	if (item != NULL && item->file != NULL &&
	    item->file->type == FILE_REGULAR)
		return item->file->format;
	return fileset_format(
	    e->path, e->set, bytes->len > 0 ? bytes->data : "", bytes->len);
}

static int
look_into(struct scan *s, const struct fileset_entry *e)
{
	struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;
	enum place_format format = PLACE_VALUE;
	int rc = -1, torn;

	s->link = e->file->meta.type == FILE_SYMLINK;
	/* Kernels and the like: of any size, and no map looks into them. */
	if (!s->link && strcmp(e->set, FILESET_GUEST) == 0)
		return 0;
	if (s->link) {
		rc = buf_adds(&bytes, e->file->meta.target);
	} else {
		rc =
		    root_file_read(s->r->root, e->path, e->file, &bytes, &torn);
		if (rc == -1)
			warn_msg("--not '%s' leaves it out", s->item);
		else
			format = format_of(s, e, &bytes);
	}
	if (rc == 0)
		rc = files_map(s->r, s->item, format,
		    bytes.len > 0 ? bytes.data : "", bytes.len, &out, found, s);
	buf_wipe(&bytes);
	buf_wipe(&out);
	return rc;
}

static int
look(void *cookie, const struct fileset_entry *e)
{
	struct scan *s = cookie;
	struct buf name = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&name, "file:%s", e->path))
		goto done;
	rc = 0;
	s->item = moved_from(s->moved, name.data);
	if (!restore_wants(s->r, s->item))
		goto done;
	if (s->item == name.data && (rc = moved_leftover(s->r, s->item)) != 0)
		goto done;
	if (e->file->is_other || e->file->meta.type == FILE_DIRECTORY ||
	    (s->nwanted > 0 && bsearch(&s->item, s->wanted, s->nwanted,
				   sizeof(*s->wanted), by_name) != NULL))
		goto done;
	if (s->outside && s->item == name.data &&
	    manifest_find(s->r->manifest, name.data) == NULL) {
		rc = leftover_outside_file(s->r, e);
		goto done;
	}
	s->set = e->set;
	rc = look_into(s, e);
done:
	buf_free(&name);
	return rc;
}

/* --not names the folder: what is below it is left out with it. */
static int
skip(void *cookie, const char *path)
{
	const struct scan *s = cookie;
	struct buf name = BUF_EMPTY;
	int rc = 0;

	if (s->r->opt->only == NULL && buf_addf(&name, "file:%s", path) == 0)
		rc = !restore_wants(s->r, moved_from(s->moved, name.data));
	buf_free(&name);
	return rc;
}

int
leftover_files(struct restore *r)
{
	struct scan s = { .r = r };
	struct fileset *fs = NULL;
	int rc;

	if ((s.moved = moved_new(r)) == NULL)
		return -1;
	rc = find_wanted(&s);
	if (rc == 0)
		fs = fileset_find(r->root, r->site, skip, &s, 0);
	rc = fs == NULL ? -1 : fileset_each(fs, look, &s);
	s.outside = 1;
	if (rc == 0)
		rc = outside_walk(r->root, r->site, fs, skip, look, &s);
	fileset_free(fs);
	while (s.nwanted > 0)
		free(s.wanted[--s.nwanted]);
	free(s.wanted);
	moved_free(s.moved);
	return rc ? -1 : 0;
}
