#include <ctype.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/node/oslo_internal.h"
#include "archive/warn.h"

/* References inside references: deeper is a circle. */
#define DEPTH 16

struct work {
	struct oslo *o;
	struct buf *out;
	unsigned int steps;
};

static int expand(struct work *w, const struct oslo_entry *e, int depth);

static int
name_start(char c)
{

	return isalpha((unsigned char)c) || c == '_';
}

static int
name_char(char c)
{

	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* "option" (of the same section, else of DEFAULT) or "section.option". */
static const struct oslo_entry *
lookup(struct oslo *o, const char *section, const char *name, size_t len)
{
	const struct oslo_entry *e;
	const char *dot;
	size_t front;

	if ((dot = memchr(name, '.', len)) != NULL) {
		front = (size_t)(dot - name);
		return oslo_find(o, name, front, dot + 1, len - front - 1);
	}
	e = oslo_find(o, section, strlen(section), name, len);
	return e != NULL ? e : oslo_find(o, "DEFAULT", 7, name, len);
}

/**
 * A reference whose name starts at s.  Return how many bytes of it were used
 * (its value is appended), 0 when it is none or set nowhere, or -1.
 */
static long
reference(struct work *w, const struct oslo_entry *in, const char *s, int depth)
{
	const struct oslo_entry *e;
	const char *dot;
	size_t brace = *s == '{', len = 0;

	s += brace;
	if (depth == DEPTH || w->steps == LIMIT_REFERENCES ||
	    w->out->len > LIMIT_EXPANDED || !name_start(*s))
		return 0;
	w->steps++;
	while (name_char(s[len]))
		len++;
	if (brace && s[len] != '}')
		return 0;
	e = lookup(w->o, in->section, s, len);
	/* Nova's own reader knew no dots: "$my_ip." ends before it. */
	if (e == NULL && !brace && (dot = memchr(s, '.', len)) != NULL) {
		len = (size_t)(dot - s);
		e = lookup(w->o, in->section, s, len);
	}
	if (e == NULL)
		return 0;
	if (expand(w, e, depth + 1))
		return -1;
	return (long)(len + 2 * brace);
}

static int
expand(struct work *w, const struct oslo_entry *e, int depth)
{
	const char *s = e->value;
	long used;

	for (; *s != '\0'; s++) {
		if ((*s == '\\' || *s == '$') && s[1] == '$') {
			s++;
		} else if (*s == '$') {
			if ((used = reference(w, e, s + 1, depth)) < 0)
				return -1;
			s += used;
			if (used > 0)
				continue;
		}
		if (buf_addc(w->out, *s))
			return -1;
	}
	return 0;
}

char *
oslo_expand(struct oslo *o, const struct oslo_entry *entry)
{
	struct buf out = BUF_EMPTY;
	struct work w = { o, &out, 0 };

	if (expand(&w, entry, 0)) {
		buf_wipe(&out);
		return NULL;
	}
	return buf_steal(&out);
}
