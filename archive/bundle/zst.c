#include "archive/bundle/zst.h"

#include <stdlib.h>
#include <zstd.h>

#include "archive/bundle/gate.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define CHUNK (128u << 10)

struct zst_writer {
	ZSTD_CCtx *ctx;
	zst_sink *sink;
	void *cookie;
	char out[CHUNK];
};

struct zst_reader {
	ZSTD_DCtx *ctx;
	const char *what;
	zst_source *source;
	void *cookie;
	ZSTD_inBuffer in;
	int ended; /* the frame is */
	char bytes[CHUNK];
};

struct zst_writer *
zst_writer_new(int level, zst_sink *sink, void *cookie)
{
	struct zst_writer *w;

	if ((w = malloc(sizeof(*w))) == NULL)
		goto err0;
	if ((w->ctx = ZSTD_createCCtx()) == NULL)
		goto err1;
	if (ZSTD_isError(ZSTD_CCtx_setParameter(
		w->ctx, ZSTD_c_compressionLevel, level)) ||
	    ZSTD_isError(
		ZSTD_CCtx_setParameter(w->ctx, ZSTD_c_checksumFlag, 1)))
		goto err2;
	w->sink = sink;
	w->cookie = cookie;
	return w;

err2:
	ZSTD_freeCCtx(w->ctx);
err1:
	free(w);
err0:
	warn_msg("cannot start zstd: out of memory");
	return NULL;
}

static int
feed(struct zst_writer *w, ZSTD_inBuffer *in, ZSTD_EndDirective how)
{
	ZSTD_outBuffer out;
	size_t left;

	do {
		out = (ZSTD_outBuffer){ w->out, sizeof(w->out), 0 };
		left = ZSTD_compressStream2(w->ctx, &out, in, how);
		if (ZSTD_isError(left)) {
			warn_msg("zstd failed: %s", ZSTD_getErrorName(left));
			return -1;
		}
		if (out.pos > 0 && w->sink(w->cookie, w->out, out.pos) == -1)
			return -1;
	} while (how == ZSTD_e_end ? left != 0 : in->pos < in->size);
	return 0;
}

int
zst_write(struct zst_writer *w, const void *bytes, size_t len)
{
	ZSTD_inBuffer in = { bytes, len, 0 };

	return len == 0 ? 0 : feed(w, &in, ZSTD_e_continue);
}

int
zst_end(struct zst_writer *w)
{
	ZSTD_inBuffer in = { "", 0, 0 };

	return feed(w, &in, ZSTD_e_end);
}

void
zst_writer_free(struct zst_writer *w)
{

	if (w == NULL)
		return;
	ZSTD_freeCCtx(w->ctx);
	free(w);
}

struct zst_reader *
zst_reader_new(const char *what, zst_source *source, void *cookie)
{
	struct zst_reader *r;

	if ((r = malloc(sizeof(*r))) == NULL)
		goto err0;
	if ((r->ctx = ZSTD_createDCtx()) == NULL)
		goto err1;
	if (ZSTD_isError(ZSTD_DCtx_setParameter(
		r->ctx, ZSTD_d_windowLogMax, LIMIT_ZSTD_WINDOW_LOG)))
		goto err2;
	r->what = what;
	r->source = source;
	r->cookie = cookie;
	r->in = (ZSTD_inBuffer){ r->bytes, 0, 0 };
	r->ended = 0;
	return r;

err2:
	ZSTD_freeDCtx(r->ctx);
err1:
	free(r);
err0:
	warn_msg("cannot start zstd: out of memory");
	return NULL;
}

/* More input: 1, 0 at the end of the source, -1 said. */
static int
refill(struct zst_reader *r)
{
	ssize_t n;

	if (r->in.pos < r->in.size)
		return 1;
	if ((n = r->source(r->cookie, r->bytes, sizeof(r->bytes))) == -1)
		return -1;
	r->in.pos = 0;
	r->in.size = (size_t)n;
	return n > 0;
}

ssize_t
zst_read(struct zst_reader *r, void *buf, size_t len)
{
	ZSTD_outBuffer out = { buf, len, 0 };
	size_t left, before;
	int more;

	while (out.pos < len && !r->ended) {
		if ((more = refill(r)) == -1)
			return -1;
		before = out.pos;
		left = ZSTD_decompressStream(r->ctx, &out, &r->in);
		if (ZSTD_isError(left)) {
			warn_msg("%s: refused: not what zstd can read (%s)",
			    r->what, ZSTD_getErrorName(left));
			return -1;
		}
		if (left == 0) {
			r->ended = 1;
		} else if (!more && out.pos == before) {
			warn_msg("%s: refused: the zstd frame is cut short",
			    r->what);
			return -1;
		}
	}
	if (r->ended && out.pos == 0) {
		if ((more = refill(r)) == -1)
			return -1;
		if (!GATE(GATE_TAIL, !more)) {
			warn_msg("%s: refused: bytes follow the zstd frame",
			    r->what);
			return -1;
		}
	}
	return (ssize_t)out.pos;
}

void
zst_reader_free(struct zst_reader *r)
{

	if (r == NULL)
		return;
	ZSTD_freeDCtx(r->ctx);
	free(r);
}
