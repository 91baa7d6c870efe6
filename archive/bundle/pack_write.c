#include "archive/bundle/pack.h"

#include <archive.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/pack_entry.h"
#include "archive/bundle/pack_plain.h"
#include "archive/warn.h"

struct pack_writer {
	struct archive *tar;
	struct zst_writer *zst;
	struct pack_utf8 utf8;
	int failed;    /* said already; nothing more goes out */
	int plain;     /* the entry was begun without libarchive */
	uint64_t left; /* then: bytes that have to follow ... */
	size_t pad;    /* ... and zeros behind them */
};

static la_ssize_t
write_tar(struct archive *a, void *cookie, const void *bytes, size_t len)
{
	struct pack_writer *w = cookie;

	(void)a;
	/* libarchive 3.6 leaks what it holds when a write fails: it is told
	 * that all went well, and whoever called it looks at failed. */
	if (!w->failed && zst_write(w->zst, bytes, len) == -1)
		w->failed = 1;
	return (la_ssize_t)len;
}

struct pack_writer *
pack_writer_new(zst_sink *sink, void *cookie)
{
	struct pack_writer *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		goto err0;
	if (pack_utf8_open(&w->utf8) == -1) {
		free(w);
		return NULL;
	}
	if ((w->zst = zst_writer_new(ZST_KEEP, sink, cookie)) == NULL)
		goto err2;
	if ((w->tar = archive_write_new()) == NULL)
		goto err3;
	if (archive_write_set_format_pax_restricted(w->tar) != ARCHIVE_OK ||
	    archive_write_set_options(w->tar, "pax:xattrheader=SCHILY") !=
		ARCHIVE_OK ||
	    archive_write_set_bytes_per_block(w->tar, 0) != ARCHIVE_OK ||
	    archive_write_open(w->tar, w, NULL, write_tar, NULL) != ARCHIVE_OK)
		goto err4;
	return w;

err4:
	archive_write_free(w->tar);
err3:
	zst_writer_free(w->zst);
err2:
	pack_utf8_close(&w->utf8);
	free(w);
err0:
	warn_msg("cannot start a part of the bundle: out of memory");
	return NULL;
}

/* How a call of libarchive went, the sink behind it included: 0, or -1 said. */
static int
went(struct pack_writer *w, int ok, const char *name)
{

	if (!ok && !w->failed) {
		warn_msg("cannot put %s into the bundle: %s", name,
		    archive_error_string(w->tar));
		w->failed = 1;
	}
	return w->failed ? -1 : 0;
}

/* Bytes past libarchive: 0, or -1 said. */
static int
put(struct pack_writer *w, const void *bytes, size_t len)
{

	if (!w->failed && zst_write(w->zst, bytes, len) == -1)
		w->failed = 1;
	return w->failed ? -1 : 0;
}

/* The entry before ends: 0, or -1 said. */
static int
finish(struct pack_writer *w, const char *name)
{
	static const char zeros[PACK_BLOCK];

	if (!w->plain)
		return went(
		    w, archive_write_finish_entry(w->tar) == ARCHIVE_OK, name);
	w->plain = 0;
	if (w->left > 0 && !w->failed) {
		warn_msg("cannot put %s into the bundle: the one before it is "
			 "not whole",
		    name);
		w->failed = 1;
	}
	return put(w, zeros, w->pad);
}

/* An entry that libarchive has to write: 0, or -1 said. */
static int
begin_other(
    struct pack_writer *w, const struct item *item, enum pack_entry which)
{
	struct archive_entry *e;
	int rc;

	if ((e = pack_entry_new(item, which)) == NULL)
		return -1;
	pack_utf8_enter(&w->utf8);
	rc = archive_write_header(w->tar, e);
	pack_utf8_leave(&w->utf8);
	archive_entry_free(e);
	return went(w, rc == ARCHIVE_OK, item->name);
}

int
pack_begin(
    struct pack_writer *w, const struct item *item, enum pack_entry which)
{
	unsigned char h[PACK_BLOCK];

	if (finish(w, item->name) == -1)
		return -1;
	if (which != PACK_ITEM || !pack_plain(item, h))
		return begin_other(w, item, which);
	w->plain = 1;
	w->left = item->size;
	w->pad = (size_t)(-item->size % PACK_BLOCK);
	return put(w, h, sizeof(h));
}

int
pack_write(struct pack_writer *w, const void *bytes, size_t len)
{

	if (len == 0)
		return w->failed ? -1 : 0;
	if (!w->plain)
		return went(w,
		    archive_write_data(w->tar, bytes, len) == (la_ssize_t)len,
		    "bytes");
	if (len > w->left && !w->failed) {
		warn_msg("cannot put bytes into the bundle: too many");
		w->failed = 1;
	}
	w->left -= len;
	return put(w, bytes, len);
}

int
pack_end(struct pack_writer *w)
{

	if (finish(w, "the end of a part") == -1 ||
	    went(w, archive_write_close(w->tar) == ARCHIVE_OK,
		"the end of a part") == -1)
		return -1;
	return zst_end(w->zst);
}

void
pack_writer_free(struct pack_writer *w)
{

	if (w == NULL)
		return;
	/* It still writes an end, to nowhere. */
	w->failed = 1;
	archive_write_free(w->tar);
	zst_writer_free(w->zst);
	pack_utf8_close(&w->utf8);
	free(w);
}
