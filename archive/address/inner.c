#include "archive/address/inner.h"

#include <stdint.h>
#include <string.h>

/* Its input is only read. */
#define ZLIB_CONST
#include <zlib.h>

#include "archive/address/inner_base64.h"
#include "archive/buf.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* inflate fills so much at a time. */
#define CHUNK (64u << 10)

enum layer { BASE64, GZIP, LAYERS };

/* By the first and the second layer; without a second one. */
static const struct {
	const char *how, *held;
} names[LAYERS][LAYERS + 1] = {
	{ { "base64 base64", "inside base64 base64" },
	    { "base64 gzip", "inside base64 gzip" },
	    { "base64", "inside base64" } },
	{ { "gzip base64", "inside gzip base64" },
	    { "gzip gzip", "inside gzip gzip" }, { "gzip", "inside gzip" } },
};

/* Decompress one member after the other, as far as it goes: 0, or -1 said. */
static int
inflate_all(z_stream *z, struct buf *out)
{
	size_t room;
	char *to;
	int rc;

	while (out->len < LIMIT_INNER) {
		room = LIMIT_INNER - out->len;
		if (room > CHUNK)
			room = CHUNK;
		if ((to = buf_reserve(out, room)) == NULL)
			return -1;
		z->next_out = (Bytef *)to;
		z->avail_out = (uInt)room;
		rc = inflate(z, Z_NO_FLUSH);
		out->len += room - z->avail_out;
		if (rc == Z_MEM_ERROR) {
			warn_msg("out of memory");
			return -1;
		}
		if (rc == Z_STREAM_END && z->avail_in > 0 &&
		    inflateReset(z) == Z_OK)
			continue;
		if (rc != Z_OK)
			break;
	}
	return 0;
}

static int
gunzip(const char *bytes, size_t len, struct buf *out)
{
	z_stream z;
	int rc;

	memset(&z, 0, sizeof(z));
	/* 16: a gzip header, not zlib's. */
	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) {
		warn_msg("out of memory");
		return -1;
	}
	z.next_in = (const Bytef *)bytes;
	z.avail_in = len > UINT32_MAX ? UINT32_MAX : (uInt)len;
	rc = inflate_all(&z, out);
	inflateEnd(&z);
	return rc;
}

/* What the bytes are: 1 and decoded, 0 when they are nothing such, -1 said. */
static int
open_layer(const char *bytes, size_t len, enum layer *layer, struct buf *out)
{

	buf_clear(out);
	*layer = BASE64;
	if (!inner_is_gzip(bytes, len))
		return inner_base64(bytes, len, out);
	*layer = GZIP;
	if (gunzip(bytes, len, out))
		return -1;
	return out->len > 0;
}

int
inner_may(const char *bytes, size_t len)
{

	return inner_is_gzip(bytes, len) || inner_base64_may(bytes, len);
}

int
inner_may_quoted(const char *bytes, size_t len)
{
	const char *at, *next, *end = bytes + len;

	if (inner_may(bytes, len))
		return 1;
	at = len > 0 ? memchr(bytes, '"', len) : NULL;
	while (at != NULL) {
		at++;
		next = memchr(at, '"', (size_t)(end - at));
		if (next != NULL && next - at >= INNER_BASE64_MIN &&
		    inner_base64_may(at, (size_t)(next - at)))
			return 1;
		at = next;
	}
	return 0;
}

int
inner_walk(const char *bytes, size_t len, inner_fn *fn, void *cookie)
{
	struct buf outer = BUF_EMPTY, inner = BUF_EMPTY;
	enum layer first, second;
	int rc;

	if ((rc = open_layer(bytes, len, &first, &outer)) != 1)
		goto done;
	/* A gzip in base64 is no text by itself. */
	rc = first == BASE64 && inner_is_gzip(outer.data, outer.len)
		 ? 0
		 : fn(cookie, names[first][LAYERS].how, outer.data, outer.len);
	if (rc == 0 &&
	    (rc = open_layer(outer.data, outer.len, &second, &inner)) == 1)
		rc =
		    fn(cookie, names[first][second].how, inner.data, inner.len);
done:
	/* User data holds passwords. */
	buf_wipe(&outer);
	buf_wipe(&inner);
	return rc;
}

const char *
inner_held(const char *how)
{
	size_t i, k;

	for (i = 0; i < LAYERS; i++)
		for (k = 0; k <= LAYERS; k++)
			if (names[i][k].how == how)
				return names[i][k].held;
	return "inside a coded form";
}

int
inner_is_held(const char *why)
{
	size_t i, k;

	for (i = 0; i < LAYERS; i++)
		for (k = 0; k <= LAYERS; k++)
			if (names[i][k].held == why)
				return 1;
	return 0;
}
