#include <archive.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/bundle/pack.h"
#include "archive/bundle/pack_entry.h"
#include "archive/warn.h"

#define CHUNK (64u << 10)

struct pack_reader {
	struct archive *tar;
	struct zst_reader *zst;
	struct pack_utf8 utf8;
	const char *what;
	const struct item *item;
	uint64_t budget, taken;
	uint64_t due; /* of the budget, for the entries so far */
	int opened, said;
	char bytes[CHUNK];
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

static la_ssize_t
read_tar(struct archive *a, void *cookie, const void **bytes)
{
	struct pack_reader *r = cookie;
	ssize_t n;

	(void)a;
	if ((n = zst_read(r->zst, r->bytes, sizeof(r->bytes))) == -1) {
		r->said = 1;
		return -1;
	}
	r->taken += (uint64_t)n;
	/* Up to a chunk is read ahead; so entries that are not the manifest's
	 * end before they are many. */
	if (!GATE(GATE_BUDGET,
		r->taken <= r->budget && r->taken <= r->due + CHUNK)) {
		warn_msg(
		    "%s: refused: it unpacks to more than the manifest says",
		    r->what);
		r->said = 1;
		return -1;
	}
	*bytes = r->bytes;
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
	if (pack_utf8_open(&r->utf8) == -1)
		goto err1;
	if ((r->zst = zst_reader_new(what, source, cookie)) == NULL)
		goto err2;
	if ((r->tar = archive_read_new()) == NULL)
		goto err3;
	if (archive_read_support_format_tar(r->tar) != ARCHIVE_OK)
		goto err4;
	return r;

err4:
	archive_read_free(r->tar);
err3:
	zst_reader_free(r->zst);
err2:
	pack_utf8_close(&r->utf8);
err1:
	free(r);
err0:
	warn_msg("cannot read a part of the bundle: out of memory");
	return NULL;
}

static void
say_read(struct pack_reader *r)
{

	if (!r->said)
		warn_msg("%s: refused: no tar that can be read (%s)", r->what,
		    archive_error_string(r->tar));
	r->said = 1;
}

/* The next header of the tar; ARCHIVE_EOF is no error here. */
static int
next_header(struct pack_reader *r, struct archive_entry **e)
{
	int rc;

	/* Opening reads already, and so waits for the first call. */
	if (!r->opened &&
	    archive_read_open(r->tar, r, NULL, read_tar, NULL) != ARCHIVE_OK) {
		say_read(r);
		return ARCHIVE_FATAL;
	}
	r->opened = 1;
	rc = archive_read_next_header(r->tar, e);
	if (rc != ARCHIVE_OK && rc != ARCHIVE_EOF)
		say_read(r);
	return rc;
}

int
pack_next(struct pack_reader *r, const struct item *item, enum pack_entry which)
{
	struct archive_entry *e = NULL;
	const char *why = NULL;
	int rc;

	r->item = item;
	/* Counts the value of a secret, too. */
	if (which == PACK_ITEM)
		r->due += pack_budget(item);
	pack_utf8_enter(&r->utf8);
	if ((rc = next_header(r, &e)) == ARCHIVE_OK)
		why = pack_entry_differs(e, item, which);
	pack_utf8_leave(&r->utf8);
	if (!GATE(GATE_ABSENT, rc != ARCHIVE_EOF)) {
		warn_msg(
		    "%s: refused: %s is missing in it", r->what, item->name);
		return -1;
	}
	if (rc != ARCHIVE_OK)
		return -1;
	if (why != NULL) {
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
	la_ssize_t n;

	if ((n = archive_read_data(r->tar, buf, len)) < 0) {
		say_read(r);
		return -1;
	}
	return (ssize_t)n;
}

int
pack_finish(struct pack_reader *r)
{
	struct archive_entry *e = NULL;
	char more;
	int rc;

	pack_utf8_enter(&r->utf8);
	rc = next_header(r, &e);
	pack_utf8_leave(&r->utf8);
	if (!GATE(GATE_MORE, rc != ARCHIVE_OK)) {
		warn_msg(
		    "%s: refused: it holds an entry that the manifest does "
		    "not list",
		    r->what);
		return -1;
	}
	if (rc != ARCHIVE_EOF)
		return -1;
	if (!GATE(GATE_TAIL,
		(uint64_t)archive_filter_bytes(r->tar, 0) == r->taken)) {
		warn_msg(
		    "%s: refused: bytes follow the end of its tar", r->what);
		return -1;
	}
	return zst_read(r->zst, &more, 1) == 0 ? 0 : -1;
}

void
pack_reader_free(struct pack_reader *r)
{

	if (r == NULL)
		return;
	archive_read_free(r->tar);
	zst_reader_free(r->zst);
	pack_utf8_close(&r->utf8);
	free(r);
}
