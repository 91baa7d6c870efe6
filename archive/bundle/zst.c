#include "archive/bundle/zst.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "archive/bundle/ahead.h"
#include "archive/bundle/gate.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define CHUNK AHEAD_PIECE

/* What unpacks to less is not worth a thread. */
#define ALONE (1u << 20)

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
	int ended;           /* the frame is */
	uint64_t alone;      /* unpacked here, without a thread */
	struct ahead *ahead; /* since then, and all that is left */
	int dry;             /* the source has no more */
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
	r->ended = r->dry = 0;
	r->alone = 0;
	r->ahead = NULL;
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

static ssize_t
cannot(const struct zst_reader *r, const char *why)
{

	warn_msg("%s: refused: not what zstd can read (%s)", r->what, why);
	return -1;
}

static ssize_t
cut_short(const struct zst_reader *r)
{

	warn_msg("%s: refused: the zstd frame is cut short", r->what);
	return -1;
}

/* Nothing may stand behind the frame: 0, or -1 said. */
static int
check_tail(struct zst_reader *r)
{
	int more = 1;

	if ((r->ahead == NULL || !ahead_rest(r->ahead)) &&
	    (more = refill(r)) == -1)
		return -1;
	if (GATE(GATE_TAIL, !more))
		return 0;
	warn_msg("%s: refused: bytes follow the zstd frame", r->what);
	return -1;
}

/* A large part is unpacked by a thread, where there can be one. */
static void
start_ahead(struct zst_reader *r)
{
	size_t left = r->in.size - r->in.pos;

	if ((r->ahead = ahead_start(r->ctx)) == NULL) {
		r->alone = 0;
		return;
	}
	if (left > 0) {
		memcpy(ahead_room(r->ahead), r->bytes + r->in.pos, left);
		ahead_give(r->ahead, left);
	}
	r->in.pos = r->in.size = 0;
}

/* Keep the thread fed: 0, or -1 said by the source. */
static int
feed_ahead(struct zst_reader *r)
{
	char *room;
	ssize_t n;

	while (!r->dry && (room = ahead_room(r->ahead)) != NULL) {
		if ((n = r->source(r->cookie, room, AHEAD_PIECE)) == -1)
			return -1;
		r->dry = n == 0;
		ahead_give(r->ahead, (size_t)n);
	}
	return 0;
}

/* As read_alone, of what the thread has unpacked. */
static ssize_t
read_ahead(struct zst_reader *r, char *buf, size_t len)
{
	const char *bytes;
	size_t n, done = 0;

	while (done < len && !r->ended) {
		if (feed_ahead(r) == -1)
			return -1;
		switch (ahead_take(r->ahead, &bytes, &n)) {
		case AHEAD_BYTES:
			if (n > len - done)
				n = len - done;
			memcpy(buf + done, bytes, n);
			ahead_used(r->ahead, n);
			done += n;
			break;
		case AHEAD_HUNGRY:
			break;
		case AHEAD_END:
			r->ended = 1;
			break;
		case AHEAD_CUT:
			return cut_short(r);
		case AHEAD_WRONG:
			return cannot(r, ahead_why(r->ahead));
		}
	}
	return (ssize_t)done;
}

static ssize_t
read_alone(struct zst_reader *r, char *buf, size_t len)
{
	ZSTD_outBuffer out = { buf, len, 0 };
	size_t left, before;
	int more;

	while (out.pos < len && !r->ended) {
		if ((more = refill(r)) == -1)
			return -1;
		before = out.pos;
		left = ZSTD_decompressStream(r->ctx, &out, &r->in);
		if (ZSTD_isError(left))
			return cannot(r, ZSTD_getErrorName(left));
		if (left == 0)
			r->ended = 1;
		else if (!more && out.pos == before)
			return cut_short(r);
	}
	r->alone += out.pos;
	return (ssize_t)out.pos;
}

ssize_t
zst_read(struct zst_reader *r, void *buf, size_t len)
{
	ssize_t n;

	if (r->ahead == NULL && r->alone >= ALONE && !r->ended)
		start_ahead(r);
	n = r->ahead != NULL ? read_ahead(r, buf, len)
			     : read_alone(r, buf, len);
	if (n == 0 && r->ended && check_tail(r) == -1)
		return -1;
	return n;
}

void
zst_reader_free(struct zst_reader *r)
{

	if (r == NULL)
		return;
	ahead_stop(r->ahead);
	ZSTD_freeDCtx(r->ctx);
	free(r);
}
