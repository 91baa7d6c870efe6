#include <ctype.h>
#include <string.h>

#include "archive/node/oslo_internal.h"
#include "archive/warn.h"

/* What Python's strip takes away. */
#define SPACE " \t\r\n\v\f"

struct line {
	const char *s; /* without the white space at its end */
	size_t len;
};

/* A cursor over the lines of a file. */
struct lines {
	const char *at, *end;
	size_t number; /* of the line that next_line returned last */
};

static int
is_space(char c)
{

	return c != '\0' && strchr(SPACE, c) != NULL;
}

static struct line
strip(const char *s, size_t len)
{
	struct line l = { s, len };

	while (l.len > 0 && is_space(l.s[l.len - 1]))
		l.len--;
	while (l.len > 0 && is_space(*l.s)) {
		l.s++;
		l.len--;
	}
	return l;
}

static int
next_line(struct lines *ls, struct line *l)
{
	const char *nl;

	if (ls->at == ls->end)
		return 0;
	nl = memchr(ls->at, '\n', (size_t)(ls->end - ls->at));
	if (nl == NULL)
		nl = ls->end;
	l->s = ls->at;
	l->len = (size_t)(nl - ls->at);
	while (l->len > 0 && is_space(l->s[l->len - 1]))
		l->len--;
	ls->at = nl < ls->end ? nl + 1 : nl;
	ls->number++;
	return 1;
}

/* A value without the quotes around it, if the same stand on both sides. */
static struct line
unquote(struct line v)
{

	if (v.len > 0 && (*v.s == '"' || *v.s == '\'') &&
	    v.s[v.len - 1] == *v.s) {
		/* A single quote mark is both: it leaves nothing. */
		v.len = v.len < 2 ? 0 : v.len - 2;
		v.s++;
	}
	return v;
}

/* The option that is being read: its value may go on in the next line. */
struct assignment {
	struct line section, key;
	struct buf value;
};

/* Add what was collected, if anything. */
static int
flush(struct oslo *o, struct assignment *a)
{
	int rc;

	if (a->key.s == NULL)
		return 0;
	rc = oslo_add(o, a->section.s, a->section.len, a->key.s, a->key.len,
	    a->value.data, a->value.len);
	a->key.s = NULL;
	return rc;
}

/* "key = value" or "key: value", whichever sign comes first. */
static int
assign(struct assignment *a, struct line l, const char **why)
{
	struct line value;
	size_t sign;

	for (sign = 0; sign < l.len; sign++)
		if (l.s[sign] == '=' || l.s[sign] == ':')
			break;
	if (sign == l.len) {
		*why = "neither an option nor a section";
		return 0;
	}
	a->key = strip(l.s, sign);
	if (a->key.len == 0) {
		*why = "a value without the name of its option";
		return 0;
	}
	if (a->section.s == NULL) {
		*why = "an option in front of the first [section]";
		return 0;
	}
	value = unquote(strip(l.s + sign + 1, l.len - sign - 1));
	buf_clear(&a->value);
	return buf_add(&a->value, value.s, value.len);
}

/* One line that is neither blank nor a continuation. */
static int
ini_line(struct assignment *a, struct line l, const char **why)
{

	if (*l.s == '#' || *l.s == ';')
		return 0;
	if (*l.s != '[')
		return assign(a, l, why);
	if (l.s[l.len - 1] != ']')
		*why = "a [section] that does not end with ]";
	else if (l.len <= 2)
		*why = "a section without a name";
	a->section.s = l.s + 1;
	a->section.len = l.len - 2;
	return 0;
}

int
oslo_parse_ini(struct oslo *o, const char *path, const char *bytes, size_t len)
{
	struct assignment a = { { NULL, 0 }, { NULL, 0 }, BUF_EMPTY };
	struct lines ls = { bytes, bytes + len, 0 };
	struct line l, more;
	const char *why = NULL;
	int rc = -1;

	while (why == NULL && next_line(&ls, &l)) {
		if (l.len > 0 && (*l.s == ' ' || *l.s == '\t')) {
			more = strip(l.s, l.len);
			if (a.key.s == NULL)
				why = "an indented line that continues nothing";
			else if (buf_addc(&a.value, '\n') ||
				 buf_add(&a.value, more.s, more.len))
				goto err1;
			continue;
		}
		if (flush(o, &a))
			goto err1;
		if (l.len > 0 && ini_line(&a, l, &why))
			goto err1;
	}
	if (why != NULL) {
		/* Never the text: it may hold a password. */
		warn_msg("%s:%zu: %s", path, ls.number, why);
		goto err1;
	}
	rc = flush(o, &a);
err1:
	buf_wipe(&a.value);
	return rc;
}

/* What follows the dashes: add it, or hand over what it includes. */
static int
flag(struct oslo *o, struct line l, size_t number, oslo_include_fn *fn,
    void *cookie)
{
	struct line name, value = { "true", 4 };
	size_t sign;

	for (sign = 0; sign < l.len; sign++)
		if (l.s[sign] == '=')
			break;
	if (sign == l.len)
		for (sign = 0; sign < l.len; sign++)
			if (is_space(l.s[sign]))
				break;
	name = strip(l.s, sign);
	if (sign < l.len) {
		value = unquote(strip(l.s + sign + 1, l.len - sign - 1));
	} else if (name.len > 2 && strncmp(name.s, "no", 2) == 0) {
		/* As nova does it: whatever begins so is a denial. */
		name.s += 2;
		name.len -= 2;
		value.s = "false";
		value.len = 5;
	}
	if (name.len == 8 && strncmp(name.s, "flagfile", 8) == 0)
		return fn(cookie, value.s, value.len, number);
	return oslo_add(o, "DEFAULT", 7, name.s, name.len, value.s, value.len);
}

/* An empty line, or a comment, as a flag file has them. */
static int
says_nothing(struct line l)
{

	return l.len == 0 || *l.s == '#' || *l.s == ';' ||
	       (l.len > 1 && strncmp(l.s, "//", 2) == 0);
}

int
oslo_parse_flags(struct oslo *o, const char *path, const char *bytes,
    size_t len, oslo_include_fn *fn, void *cookie)
{
	struct lines ls = { bytes, bytes + len, 0 };
	struct line l;

	while (next_line(&ls, &l)) {
		l = strip(l.s, l.len);
		if (says_nothing(l))
			continue;
		if (*l.s != '-') {
			warn_msg("%s:%zu: not a --flag, in a file that begins "
				 "with one",
			    path, ls.number);
			return -1;
		}
		while (l.len > 0 && *l.s == '-') {
			l.s++;
			l.len--;
		}
		if (l.len == 0 || *l.s == '=') {
			warn_msg(
			    "%s:%zu: a flag without a name", path, ls.number);
			return -1;
		}
		if (flag(o, l, ls.number, fn, cookie))
			return -1;
	}
	return 0;
}

enum place_format
oslo_dialect(const char *bytes, size_t len)
{
	struct lines ls = { bytes, bytes + len, 0 };
	struct line l;

	while (next_line(&ls, &l)) {
		l = strip(l.s, l.len);
		if (says_nothing(l))
			continue;
		/* Not just any dashes: "-----BEGIN CERTIFICATE-----". */
		return l.len > 2 && strncmp(l.s, "--", 2) == 0 &&
			       isalnum((unsigned char)l.s[2])
			   ? PLACE_FLAGS
			   : PLACE_INI;
	}
	return PLACE_INI;
}
