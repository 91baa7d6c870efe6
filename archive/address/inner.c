#include "archive/address/inner.h"

#include <stdint.h>
#include <string.h>

/* Its input is only read. */
#define ZLIB_CONST
#include <zlib.h>

#include "archive/buf.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* Shorter base64 holds no address that is worth the guess: "1.1.1.1" has ten
 * digits, "nova" is a word. */
#define BASE64_MIN 8

#define GZIP_MAGIC "\x1f\x8b\x08"

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

static int
is_gzip(const char *bytes, size_t len)
{

	return len >= 18 && memcmp(bytes, GZIP_MAGIC, 3) == 0;
}

/* What a byte stands for, and one more; 0: nothing. */
static const unsigned char digits[256] = {
	['A'] = 1,
	['B'] = 2,
	['C'] = 3,
	['D'] = 4,
	['E'] = 5,
	['F'] = 6,
	['G'] = 7,
	['H'] = 8,
	['I'] = 9,
	['J'] = 10,
	['K'] = 11,
	['L'] = 12,
	['M'] = 13,
	['N'] = 14,
	['O'] = 15,
	['P'] = 16,
	['Q'] = 17,
	['R'] = 18,
	['S'] = 19,
	['T'] = 20,
	['U'] = 21,
	['V'] = 22,
	['W'] = 23,
	['X'] = 24,
	['Y'] = 25,
	['Z'] = 26,
	['a'] = 27,
	['b'] = 28,
	['c'] = 29,
	['d'] = 30,
	['e'] = 31,
	['f'] = 32,
	['g'] = 33,
	['h'] = 34,
	['i'] = 35,
	['j'] = 36,
	['k'] = 37,
	['l'] = 38,
	['m'] = 39,
	['n'] = 40,
	['o'] = 41,
	['p'] = 42,
	['q'] = 43,
	['r'] = 44,
	['s'] = 45,
	['t'] = 46,
	['u'] = 47,
	['v'] = 48,
	['w'] = 49,
	['x'] = 50,
	['y'] = 51,
	['z'] = 52,
	['0'] = 53,
	['1'] = 54,
	['2'] = 55,
	['3'] = 56,
	['4'] = 57,
	['5'] = 58,
	['6'] = 59,
	['7'] = 60,
	['8'] = 61,
	['9'] = 62,
	['+'] = 63,
	['/'] = 64,
	['-'] = 63,
	['_'] = 64,
};

/* What a byte stands for: 0 to 63, or -1.  Either alphabet: ${*url} tells of
 * the one for URLs, ${*plain} of the other. */
static int
digit(unsigned char c, int *url, int *plain)
{
	int v = digits[c] - 1;

	if (v >= 62) {
		*plain |= c == '+' || c == '/';
		*url |= c == '-' || c == '_';
	}
	return v;
}

/* Is all of it base64?  Nothing is decoded yet: most values end here. */
static int
is_base64(const char *bytes, size_t len)
{
	size_t i, n = 0, pad = 0;
	int url = 0, plain = 0;
	unsigned char c;

	for (i = 0; i < len; i++) {
		c = (unsigned char)bytes[i];
		/* Letters and digits, most of all. */
		if (pad == 0 &&
		    ((c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10)) {
			n++;
			continue;
		}
		if (c == '\n' || c == '\r')
			continue;
		if (c == '=')
			pad++;
		else if (pad > 0 || digit(c, &url, &plain) == -1)
			return 0;
		else
			n++;
	}
	if (n < BASE64_MIN || n % 4 == 1 || (url && plain))
		return 0;
	return pad == 0 || (pad <= 2 && (n + pad) % 4 == 0);
}

/* A control byte that no text has. */
static int
is_control(unsigned char c)
{

	return c == 0x7f || (c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b);
}

/* Decode what is_base64 took; where it is neither text nor gzip, not all of it:
 * most values end here.  0, or -1 when memory ends. */
static int
decode(const char *bytes, size_t len, struct buf *out)
{
	size_t i, most = len / 4 * 3 + 3;
	int bits = 0, v;
	uint32_t word = 0;
	char *to, c;

	if (most > LIMIT_INNER)
		most = LIMIT_INNER;
	if ((to = buf_reserve(out, most)) == NULL)
		return -1;
	for (i = 0; i < len && out->len < most; i++) {
		v = digits[(unsigned char)bytes[i]] - 1;
		if (v == -1)
			continue;
		word = word << 6 | (uint32_t)v;
		if ((bits += 6) < 8)
			continue;
		bits -= 8;
		to[out->len++] = c = (char)(word >> bits);
		if (is_control((unsigned char)c) &&
		    memcmp(to, GZIP_MAGIC, out->len < 3 ? out->len : 3) != 0)
			break;
	}
	return 0;
}

/* No control bytes, and at least three quarters are ASCII. */
static int
is_text(const char *bytes, size_t len)
{
	size_t i, high = 0;

	for (i = 0; i < len; i++) {
		if (is_control((unsigned char)bytes[i]))
			return 0;
		high += (unsigned char)bytes[i] >= 0x80;
	}
	return high <= len / 4;
}

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
	if (len < BASE64_MIN)
		return 0;
	if (is_gzip(bytes, len)) {
		*layer = GZIP;
		if (gunzip(bytes, len, out))
			return -1;
		return out->len > 0;
	}
	if (!is_base64(bytes, len))
		return 0;
	*layer = BASE64;
	if (decode(bytes, len, out))
		return -1;
	return is_gzip(out->data, out->len) || is_text(out->data, out->len);
}

/* Might open_layer take them?  Nothing is kept, and most end soon. */
static int
may_open(const char *bytes, size_t len)
{
	size_t i, n = 0, high = 0;
	int bits = 0, v;
	uint32_t word = 0;
	unsigned char c;

	if (is_gzip(bytes, len))
		return 1;
	if (len < BASE64_MIN)
		return 0;
	for (i = 0; i < len && n < LIMIT_INNER; i++) {
		v = digits[(unsigned char)bytes[i]] - 1;
		if (v == -1) {
			if (bytes[i] != '=' && bytes[i] != '\n' &&
			    bytes[i] != '\r')
				return 0;
			continue;
		}
		word = word << 6 | (uint32_t)v;
		if ((bits += 6) < 8)
			continue;
		bits -= 8;
		c = (unsigned char)(word >> bits);
		/* A gzip's first byte. */
		if (n == 0 && c == 0x1f)
			break;
		if (is_control(c))
			return 0;
		high += c >= 0x80;
		n++;
	}
	return high <= n / 4 && is_base64(bytes, len);
}

int
inner_may(const char *bytes, size_t len)
{
	const char *at, *next, *end = bytes + len;

	if (may_open(bytes, len))
		return 1;
	at = len > 0 ? memchr(bytes, '"', len) : NULL;
	while (at != NULL) {
		at++;
		next = memchr(at, '"', (size_t)(end - at));
		if (next != NULL && next - at >= BASE64_MIN &&
		    may_open(at, (size_t)(next - at)))
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
	rc = first == BASE64 && is_gzip(outer.data, outer.len)
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
