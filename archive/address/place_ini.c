#include <stdint.h>
#include <string.h>

#include "archive/address/place_walk.h"
#include "archive/fnv.h"
#include "archive/look/tally.h"

/*
 * Both dialects of nova.conf, and what looks like them: as oslo reads it, but
 * forgiving, since all bytes are to be seen.
 */
struct ini {
	struct walk *w;
	int flags;
	const char *section; /* without brackets */
	size_t section_len;
	size_t section_id; /* parent of its options in the tally: a hash */
	struct tally *seen;
	size_t line;
};

static int
blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* The end of the line at i, without its newline. */
static size_t
line_end(const struct walk *w, size_t i)
{
	const char *nl = memchr(w->bytes + i, '\n', w->len - i);

	return nl != NULL ? (size_t)(nl - w->bytes) : w->len;
}

static size_t
skip_blank(const struct walk *w, size_t i, size_t end)
{

	while (i < end && blank(w->bytes[i]))
		i++;
	return i;
}

static size_t
trim(const struct walk *w, size_t i, size_t end)
{

	while (end > i && blank(w->bytes[end - 1]))
		end--;
	return end;
}

/* A value whose first word is a secret. */
static int
emit_first_word(struct walk *w, size_t value, size_t end)
{
	size_t i = value;
	int rc;

	while (i < end && !blank(w->bytes[i]))
		i++;
	if ((rc = walk_emit(w, value, i, PLACE_SECRET)) != 0 || i == end)
		return rc;
	return walk_emit(w, i, end, PLACE_PLAIN);
}

/* Label the option at [s, e) and emit its value. */
static int
emit_option(struct ini *p, size_t s, size_t e, size_t value, size_t end)
{
	struct walk *w = p->w;
	const char *name = w->bytes + s, *bare = name;
	size_t len = e - s, n, bare_len = len;
	int flag = name[0] == '-' && p->flags;

	while (flag && bare_len > 0 && *bare == '-') {
		bare++;
		bare_len--;
	}
	n = tally_add(p->seen, flag ? 1 : p->section_id, name, len);
	if (n == 0 || value == end)
		return n == 0 ? -1 : 0;
	buf_clear(&w->label);
	if (!flag && (buf_addc(&w->label, '[') ||
			 walk_name(w, p->section, p->section_len) ||
			 buf_adds(&w->label, "] ")))
		return -1;
	if (walk_name(w, name, len) ||
	    (n > 1 && buf_addf(&w->label, "#%zu", n)))
		return -1;
	if (!flag &&
	    place_option_first_word(p->section, p->section_len, bare, bare_len))
		return emit_first_word(w, value, end);
	return walk_emit(w, value, end,
	    place_option_role(flag ? "DEFAULT" : p->section,
		flag ? 7 : p->section_len, bare, bare_len));
}

static size_t
hash_of(const char *s, size_t len)
{

	return (size_t)fnv(FNV_START, s, len);
}

/* A section header; one that names an address ("[switch:10.2.116.2]") is a
 * place. */
static int
section(struct ini *p, size_t s, size_t e)
{
	const char *b = p->w->bytes;
	size_t end = e;

	while (end > s + 1 && b[end - 1] != ']')
		end--;
	if (end == s + 1)
		end = e + 1;
	p->section = b + s + 1;
	p->section_len = end - s - 2;
	p->section_id = hash_of(p->section, p->section_len);
	if (memchr(p->section, '.', p->section_len) == NULL &&
	    memchr(p->section, ':', p->section_len) == NULL)
		return 0;
	return walk_line(p->w, p->line, s, e, PLACE_PLAIN);
}

/* Where the value ends, with its continuation lines; ${*next} behind them. */
static size_t
continued(struct ini *p, size_t end, size_t *next)
{
	const struct walk *w = p->w;
	size_t eol, s, e;

	while (*next < w->len &&
	       (w->bytes[*next] == ' ' || w->bytes[*next] == '\t')) {
		eol = line_end(w, *next);
		s = skip_blank(w, *next, eol);
		e = trim(w, s, eol);
		if (s == e)
			break;
		end = e;
		*next = eol < w->len ? eol + 1 : eol;
		p->line++;
	}
	return end;
}

/* A line that is no comment and no header, [s, e); ${*next} as in continued. */
static int
option(struct ini *p, size_t s, size_t e, size_t *next)
{
	const struct walk *w = p->w;
	size_t sep = s, name_end, value, line = p->line;
	int flag = p->flags && w->bytes[s] == '-', rc;

	while (sep < e && w->bytes[sep] != '=' &&
	       (flag ? !blank(w->bytes[sep]) : w->bytes[sep] != ':'))
		sep++;
	if (sep == e)
		return flag ? 0 : walk_line(p->w, line, s, e, PLACE_PLAIN);
	name_end = trim(w, s, sep);
	value = skip_blank(w, sep + 1, e);
	if (!p->flags) {
		size_t end = continued(p, e, next);

		if (value == e && end > e)
			while (value < end && (blank(w->bytes[value]) ||
						  w->bytes[value] == '\n'))
				value++;
		e = end;
	}
	if (name_end > s && memchr(w->bytes + s, '.', name_end - s) != NULL &&
	    (rc = walk_line(p->w, line, s, name_end, PLACE_PLAIN)) != 0)
		return rc;
	return emit_option(p, s, name_end, value, e);
}

static int
one_line(struct ini *p, size_t s, size_t e, size_t *next)
{
	const char *b = p->w->bytes;

	if (b[s] == '#' || b[s] == ';' ||
	    (p->flags && e - s > 1 && b[s] == '/' && b[s + 1] == '/'))
		return walk_line(p->w, p->line, s, e, PLACE_COMMENT);
	if (b[s] == '[')
		return section(p, s, e);
	return option(p, s, e, next);
}

int
place_ini(struct walk *w, int flags)
{
	struct ini p = { w, flags, "DEFAULT", 7, hash_of("DEFAULT", 7), NULL,
		0 };
	size_t off, next, eol, s, e;
	int rc = 0;

	if ((p.seen = tally_new()) == NULL)
		return -1;
	for (off = 0; off < w->len && rc == 0; off = next) {
		p.line++;
		eol = line_end(w, off);
		next = eol < w->len ? eol + 1 : eol;
		s = skip_blank(w, off, eol);
		e = trim(w, s, eol);
		if (s < e)
			rc = one_line(&p, s, e, &next);
	}
	tally_free(p.seen);
	return rc;
}
