#include "archive/xml_scan.h"

#include <string.h>

/* Bytes that end a name: blanks, NUL, = / > < and quotes. */
static const unsigned char ends_name[256] = {
	['\0'] = 1,
	[' '] = 1,
	['\t'] = 1,
	['\r'] = 1,
	['\n'] = 1,
	['='] = 1,
	['/'] = 1,
	['>'] = 1,
	['<'] = 1,
	['"'] = 1,
	['\''] = 1,
};

static int
blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline int
starts(const struct xml_scan *x, const char *s)
{
	size_t n = strlen(s);

	return x->len - x->pos >= n && memcmp(x->b + x->pos, s, n) == 0;
}

/* Where ${s} is next, from ${from}; or len. */
static size_t
find(const struct xml_scan *x, size_t from, const char *s)
{
	const char *p;

	if (from > x->len)
		return x->len;
	p = s[1] == '\0' ? memchr(x->b + from, *s, x->len - from)
			 : memmem(x->b + from, x->len - from, s, strlen(s));
	return p != NULL ? (size_t)(p - x->b) : x->len;
}

static size_t
name_end(const struct xml_scan *x, size_t i)
{

	while (i < x->len && !ends_name[(unsigned char)x->b[i]])
		i++;
	return i;
}

static enum xml_event
in_tag(struct xml_scan *x)
{
	const char *b = x->b, *q;

	while (x->pos < x->len && blank(b[x->pos]))
		x->pos++;
	if (x->pos == x->len)
		return XML_SCAN_BAD;
	if (b[x->pos] == '>' || starts(x, "/>")) {
		x->tag = 0;
		if (b[x->pos++] == '>')
			return XML_SCAN_INSIDE;
		x->pos++;
		return XML_SCAN_CLOSE;
	}
	x->s = x->pos;
	x->e = x->pos = name_end(x, x->pos);
	while (x->pos < x->len && (blank(b[x->pos]) || b[x->pos] == '='))
		x->pos++;
	if (x->e == x->s || x->pos == x->len ||
	    (b[x->pos] != '"' && b[x->pos] != '\''))
		return XML_SCAN_BAD;
	x->vs = x->pos + 1;
	if ((q = memchr(b + x->vs, b[x->pos], x->len - x->vs)) == NULL)
		return XML_SCAN_BAD;
	x->ve = (size_t)(q - b);
	x->pos = x->ve + 1;
	return XML_SCAN_ATTR;
}

/* [s, e) between the opener of ${open} bytes and ${close}. */
static enum xml_event
span(struct xml_scan *x, size_t open, const char *close, enum xml_event what)
{

	x->s = x->pos + open;
	x->e = find(x, x->s, close);
	if (x->e == x->len)
		return XML_SCAN_BAD;
	x->pos = x->e + strlen(close);
	return what;
}

enum xml_event
xml_scan_next(struct xml_scan *x)
{

	for (;;) {
		if (x->tag)
			return in_tag(x);
		if (x->pos == x->len)
			return XML_SCAN_END;
		if (x->b[x->pos] != '<') {
			x->s = x->pos;
			x->e = x->pos = find(x, x->pos, "<");
			return XML_SCAN_TEXT;
		}
		if (x->len - x->pos > 1 &&
		    !ends_name[(unsigned char)x->b[x->pos + 1]] &&
		    x->b[x->pos + 1] != '!' && x->b[x->pos + 1] != '?')
			break;
		if (starts(x, "<!--"))
			return span(x, 4, "-->", XML_SCAN_COMMENT);
		if (starts(x, "<![CDATA["))
			return span(x, 9, "]]>", XML_SCAN_TEXT);
		if (starts(x, "<!"))
			return XML_SCAN_DOCTYPE;
		if (starts(x, "</"))
			return span(x, 2, ">", XML_SCAN_CLOSE);
		if (!starts(x, "<?"))
			break;
		if (span(x, 2, "?>", XML_SCAN_TEXT) == XML_SCAN_BAD)
			return XML_SCAN_BAD;
	}
	x->s = x->pos + 1;
	x->e = x->pos = name_end(x, x->s);
	x->tag = 1;
	return x->e > x->s ? XML_SCAN_OPEN : XML_SCAN_BAD;
}
