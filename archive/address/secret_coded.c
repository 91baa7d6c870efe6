#include <string.h>

#include "archive/address/inner.h"
#include "archive/address/secret.h"
#include "archive/buf.h"

/* Shorter is no secret with its name. */
#define CODED 16
/* A line of base64 that another one follows is at least so long. */
#define WRAPPED 40

/* What looks into a decoded text. */
struct look {
	secret_has_fn *has;
};

static int
alnum(char c)
{

	return ((unsigned char)c | 0x20u) - 'a' < 26 ||
	       (unsigned char)c - (unsigned)'0' < 10;
}

/* A digit of base64 or hex; = only ends it. */
static int
base64(char c)
{

	return alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

/* A byte of what %XX is in. */
static int
percent(char c)
{

	return base64(c) ? c != '/'
			 : c == '%' || c == '.' || c == '~' || c == '=';
}

static int
hex(char c)
{

	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Behind a line's end at i and what the next line is indented by; or i.  In
 * JSON the end is \n. */
static size_t
next_line(const char *b, size_t len, size_t i)
{
	size_t k = i;

	if (k < len && b[k] == '\r')
		k++;
	if (k < len && b[k] == '\n')
		k++;
	else if (len - k > 1 && b[k] == '\\' && b[k + 1] == 'n')
		k += 2;
	else
		return i;
	while (k < len && (b[k] == ' ' || b[k] == '\t'))
		k++;
	return k;
}

/* Behind base64 and what pads it. */
static size_t
run_end(const char *b, size_t len, size_t i)
{

	while (i < len && base64(b[i]))
		i++;
	while (i < len && b[i] == '=')
		i++;
	return i;
}

/* The run that starts at s, its lines joined in ${joined} when it is base64:
 * where it ends, or 0 when memory ends. */
static size_t
run(const char *b, size_t len, size_t s, struct buf *joined)
{
	size_t e, i, n;

	e = run_end(b, len, s);
	if (e < len && b[e] == '%' && (e == s || b[e - 1] != '='))
		while (e < len && percent(b[e]))
			e++;
	buf_clear(joined);
	/* Too short, and nothing is joined to it. */
	if (e - s < CODED)
		return e;
	if (buf_add(joined, b + s, e - s))
		return 0;
	for (n = e - s; n >= WRAPPED; e = i) {
		s = next_line(b, len, e);
		i = run_end(b, len, s);
		/* All of the next line is base64, too. */
		n = i - s;
		if (s == e || n == 0 ||
		    (i < len && next_line(b, len, i) == i && b[i] != '"' &&
			b[i] != '\'' && b[i] != '<'))
			break;
		if (buf_add(joined, b + s, n))
			return 0;
	}
	return e;
}

/* inner_fn */
static int
look(void *cookie, const char *how, const char *bytes, size_t len)
{
	const struct look *l = cookie;

	(void)how;
	return l->has(bytes, len);
}

/* Every two digits a byte; none when it is not all hex. */
static int
from_hex(const struct buf *in, struct buf *out)
{
	size_t i;
	char *to;

	buf_clear(out);
	if (in->len % 2 != 0)
		return 0;
	for (i = 0; i < in->len; i++)
		if (hex(in->data[i]) == -1)
			return 0;
	if ((to = buf_reserve(out, in->len / 2)) == NULL)
		return -1;
	for (i = 0; i < in->len; i += 2)
		to[out->len++] =
		    (char)(hex(in->data[i]) << 4 | hex(in->data[i + 1]));
	return 0;
}

/* %XX a byte, all else itself; none when there is no %. */
static int
from_percent(const struct buf *in, struct buf *out)
{
	size_t i;
	char c;

	buf_clear(out);
	if (memchr(in->data, '%', in->len) == NULL)
		return 0;
	for (i = 0; i < in->len; i++) {
		c = in->data[i];
		if (c == '%' && in->len - i > 2 && hex(in->data[i + 1]) != -1 &&
		    hex(in->data[i + 2]) != -1) {
			c = (char)(hex(in->data[i + 1]) << 4 |
				   hex(in->data[i + 2]));
			i += 2;
		}
		if (buf_addc(out, c))
			return -1;
	}
	return 0;
}

/* Is there a secret in what the run decodes to? */
static int
inside(const struct buf *joined, secret_has_fn *has)
{
	static int (*const from[])(
	    const struct buf *in, struct buf *out) = { from_hex, from_percent };
	struct look l = { has };
	struct buf out = BUF_EMPTY;
	size_t i;
	int rc;

	rc = inner_walk(joined->data, joined->len, look, &l);
	for (i = 0; i < 2 && rc == 0; i++) {
		rc = from[i](joined, &out);
		if (rc == 0 && out.len > 0)
			rc = has(out.data, out.len);
	}
	buf_wipe(&out);
	return rc;
}

int
secret_coded(const char *bytes, size_t len, secret_has_fn *has, size_t *pos,
    size_t *off, size_t *vlen)
{
	struct buf joined = BUF_EMPTY;
	size_t s, e;
	int rc = 0;

	for (s = *pos; s < len && rc == 0; s = e) {
		if (!base64(bytes[s]) && bytes[s] != '%') {
			e = s + 1;
			continue;
		}
		/* Most words are too short. */
		e = run_end(bytes, len, s);
		if (e - s < CODED && (e == len || bytes[e] != '%'))
			continue;
		if ((e = run(bytes, len, s, &joined)) == 0) {
			rc = -1;
			break;
		}
		if (joined.len >= CODED && (rc = inside(&joined, has)) == 1) {
			*off = s;
			*vlen = e - s;
		}
	}
	*pos = s;
	buf_wipe(&joined);
	return rc;
}
