#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/bundle/pack.h"
#include "archive/bundle/pack_entry.h"
#include "archive/bundle/tar.h"
#include "archive/warn.h"

struct pack_reader {
	struct tar_reader *tar;
	struct archive_entry *entry;
	struct zst_reader *zst;
	const char *what;
	const struct item *item;
	uint64_t budget, taken;
	uint64_t due; /* of the budget, for the entries so far */
};

uint64_t
pack_budget(const struct item *item)
{
	/* An ustar header, a pax header, its records; and the padding of both.
	 */
	uint64_t n = 8192 + 4 * (uint64_t)strlen(item->path) + item->size;
	size_t i;

	if (item->file != NULL) {
		if (item->file->target != NULL)
			n += 2 * strlen(item->file->target);
		for (i = 0; i < item->file->nxattrs; i++)
			n += 2 * strlen(item->file->xattrs[i].name) +
			     item->file->xattrs[i].len + 64;
	}
	if (item->virt != NULL && item->virt->has_value)
		n += 8192 + 4 * (uint64_t)strlen(item->path) +
		     item->virt->value_size;
	return n;
}

static ssize_t
read_tar(void *cookie, void *buf, size_t len)
{
	struct pack_reader *r = cookie;
	ssize_t n;

	if ((n = zst_read(r->zst, buf, len)) == -1)
		return -1;
	r->taken += (uint64_t)n;
	/* Entries that are not the manifest's end before they are many. */
	if (!GATE(GATE_BUDGET, r->taken <= r->budget && r->taken <= r->due)) {
		warn_msg(
		    "%s: refused: it unpacks to more than the manifest says",
		    r->what);
		return -1;
	}
	return n;
}

struct pack_reader *
pack_reader_new(
    const char *what, uint64_t budget, zst_source *source, void *cookie)
{
	struct pack_reader *r;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		goto err0;
	r->what = what;
	/* The two zero blocks at the end. */
	r->budget = budget + 1024;
	r->due = 1024;
	if ((r->zst = zst_reader_new(what, source, cookie)) == NULL)
		goto err1;
	if ((r->entry = archive_entry_new()) == NULL)
		goto err2;
	if ((r->tar = tar_new(read_tar, r)) == NULL)
		goto err3;
	return r;

err3:
	archive_entry_free(r->entry);
err2:
	zst_reader_free(r->zst);
err1:
	free(r);
err0:
	warn_msg("cannot read a part of the bundle: out of memory");
	return NULL;
}

/* The tar has a form that no bundle has, unless the source has failed: -1. */
static int
refuse(struct pack_reader *r, const char *where)
{

	if (tar_why(r->tar) != NULL)
		warn_msg("%s: refused: no tar that can be read: %s%s: %s",
		    r->what, where, r->item == NULL ? "" : r->item->name,
		    tar_why(r->tar));
	return -1;
}

int
pack_next(struct pack_reader *r, const struct item *item, enum pack_entry which)
{
	const char *why;
	int rc;

	r->item = item;
	/* Counts the value of a secret, too. */
	if (which == PACK_ITEM)
		r->due += pack_budget(item);
	if ((rc = tar_next(r->tar, r->entry)) == -1)
		return refuse(r, "");
	if (!GATE(GATE_ABSENT, rc != 0)) {
		warn_msg(
		    "%s: refused: %s is missing in it", r->what, item->name);
		return -1;
	}
	if (rc == 1 &&
	    (why = pack_entry_differs(r->entry, item, which)) != NULL) {
		warn_msg("%s: refused: the entry for %s is not what the "
			 "manifest says (%s)",
		    r->what, item->name, why);
		return -1;
	}
	return 0;
}

ssize_t
pack_read(struct pack_reader *r, void *buf, size_t len)
{
	ssize_t n;

	if ((n = tar_read(r->tar, buf, len)) == -1)
		return refuse(r, "");
	return n;
}

int
pack_finish(struct pack_reader *r)
{
	ssize_t n;
	char more;
	int rc;

	if ((rc = tar_next(r->tar, r->entry)) == -1)
		return refuse(r, r->item == NULL ? "its end" : "behind ");
	if (!GATE(GATE_MORE, rc == 0)) {
		warn_msg(
		    "%s: refused: it holds an entry that the manifest does "
		    "not list",
		    r->what);
		return -1;
	}
	n = zst_read(r->zst, &more, 1);
	if (!GATE(GATE_TAIL, n <= 0)) {
		warn_msg(
		    "%s: refused: bytes follow the end of its tar", r->what);
		return -1;
	}
	return n == -1 ? -1 : 0;
}

void
pack_reader_free(struct pack_reader *r)
{

	if (r == NULL)
		return;
	tar_free(r->tar);
	archive_entry_free(r->entry);
	zst_reader_free(r->zst);
	free(r);
}
