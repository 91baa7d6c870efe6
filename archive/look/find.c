#include "archive/look/find.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/address/address.h"
#include "archive/look/find_private.h"
#include "archive/num.h"
#include "archive/warn.h"

/* Longest DNS name as text. */
#define NAME_LEN 253

struct find *
find_new(void)
{
	struct find *f;

	if ((f = calloc(1, sizeof(*f))) == NULL)
		warn_msg("out of memory");
	return f;
}

void
find_free(struct find *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->n; i++) {
		free(f->wanted[i]->name);
		free(f->wanted[i]);
	}
	free(f->wanted);
	free(f->probes);
	free(f);
}

static int
is_name_byte(char c)
{

	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* A DNS name: labels of letters, digits, hyphens; at least one letter. */
static int
is_name(const char *s)
{
	size_t i, label = 0, letters = 0;

	for (i = 0; s[i] != '\0'; i++) {
		if (s[i] == '.' && label == 0)
			return 0;
		label = s[i] == '.' ? 0 : label + 1;
		if (label > 63 || (s[i] != '.' && !is_name_byte(s[i])))
			return 0;
		letters += isalpha((unsigned char)s[i]) != 0;
	}
	return label > 0 && letters > 0 && i <= NAME_LEN;
}

/* Text as address, range or name: 0, or -1 when it is none. */
static int
parse(struct wanted *w, const char *text)
{
	char head[ADDRESS_TEXT + 2];
	const char *slash = strchr(text, '/');
	size_t len = slash != NULL ? (size_t)(slash - text) : strlen(text);
	uint64_t prefix;

	if (slash == NULL && is_name(text)) {
		w->len = strlen(text);
		return (w->name = strdup(text)) == NULL ? -1 : 0;
	}
	/* [2001:db8::1], as URLs write it. */
	if (len > 2 && text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	if (len >= sizeof(head))
		return -1;
	memcpy(head, text, len);
	head[len] = '\0';
	if (address_parse(head, &w->addr))
		return -1;
	w->prefix = w->addr.family == 4 ? 32 : 128;
	if (slash == NULL)
		return 0;
	if (num_u64(slash + 1, w->prefix, &prefix))
		return -1;
	w->prefix = (unsigned)prefix;
	return 0;
}

int
find_add(struct find *f, const char *text)
{
	struct wanted **more, *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		goto err0;
	if (parse(w, text)) {
		warn_msg("--find %s: neither an address nor a range nor a DNS "
			 "name",
		    text);
		free(w);
		return -1;
	}
	more = realloc(f->wanted, (f->n + 1) * sizeof(struct wanted *));
	if (more == NULL)
		goto err1;
	f->wanted = more;
	f->wanted[f->n++] = w;
	return find_glance_add(f, w);

err1:
	free(w->name);
	free(w);
err0:
	warn_msg("out of memory");
	return -1;
}

/* Is a in the range (of one, for an exact address)? */
static int
covers(const struct wanted *w, const struct address *a)
{
	unsigned whole = w->prefix / 8, bits = w->prefix % 8;

	if (w->name != NULL || w->addr.family != a->family ||
	    memcmp(w->addr.bytes, a->bytes, whole) != 0)
		return 0;
	return bits == 0 || (w->addr.bytes[whole] >> (8 - bits)) ==
				(a->bytes[whole] >> (8 - bits));
}

/* Keep the leftmost place. */
static void
keep_first(size_t n, size_t at, size_t atlen, size_t *off, size_t *len)
{

	if (n == 0 || at < *off) {
		*off = at;
		*len = atlen;
	}
}

static size_t
match_addresses(const struct find *f, const char *bytes, size_t len,
    size_t *off, size_t *mlen)
{
	struct address_token t;
	size_t pos = 0, n = 0, i;

	while (address_next(bytes, len, &pos, &t)) {
		for (i = 0; i < f->n; i++) {
			if (!covers(f->wanted[i], &t.addr))
				continue;
			keep_first(n++, t.off, t.len, off, mlen);
			break;
		}
	}
	return n;
}

/* Does the name stand at i as a whole? */
static int
is_whole_name(const struct wanted *w, const char *bytes, size_t len, size_t i)
{
	size_t end = i + w->len;

	if (end > len || strncasecmp(bytes + i, w->name, w->len) != 0)
		return 0;
	if (i > 0 && (is_name_byte(bytes[i - 1]) || bytes[i - 1] == '.'))
		return 0;
	if (end < len && is_name_byte(bytes[end]))
		return 0;
	return !(
	    end + 1 < len && bytes[end] == '.' && is_name_byte(bytes[end + 1]));
}

static size_t
match_name(const struct wanted *w, const char *bytes, size_t len, size_t *off,
    size_t *mlen)
{
	const int low = tolower((unsigned char)w->name[0]);
	size_t i, n = 0;

	for (i = 0; i + w->len <= len; i++) {
		if (tolower((unsigned char)bytes[i]) != low ||
		    !is_whole_name(w, bytes, len, i))
			continue;
		keep_first(n++, i, w->len, off, mlen);
		i += w->len - 1;
	}
	return n;
}

size_t
find_match(const struct find *f, const char *bytes, size_t len, size_t *off,
    size_t *mlen)
{
	size_t n, i, at = 0, atlen = 0, more;

	n = match_addresses(f, bytes, len, off, mlen);
	for (i = 0; i < f->n; i++) {
		if (f->wanted[i]->name == NULL)
			continue;
		more = match_name(f->wanted[i], bytes, len, &at, &atlen);
		if (more > 0)
			keep_first(n, at, atlen, off, mlen);
		n += more;
	}
	return n;
}

int
find_network(const struct find *f, const struct address *net, int prefix)
{
	struct wanted w = { .prefix = 0 };
	size_t i;

	for (i = 0; i < f->n; i++) {
		/* Of two ranges that meet, one holds the other. */
		w.prefix = f->wanted[i]->prefix;
		if (w.prefix > (unsigned)prefix)
			w.prefix = (unsigned)prefix;
		w.addr = f->wanted[i]->addr;
		if (f->wanted[i]->name == NULL && covers(&w, net))
			return 1;
	}
	return 0;
}
