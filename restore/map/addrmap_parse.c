#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "restore/map/addrmap_inner.h"

/* A rule being read: its two sides, and where it stands. */
struct sides {
	const char *where;
	char *old, *new;
};

static int
blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char *
trim(char *s)
{
	size_t len;

	while (blank(*s))
		s++;
	for (len = strlen(s); len > 0 && blank(s[len - 1]);)
		s[--len] = '\0';
	return s;
}

/* Cut a comment off: # at the start or behind a blank. */
static void
cut_comment(char *s)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++) {
		if (s[i] == '#' && (i == 0 || blank(s[i - 1]))) {
			s[i] = '\0';
			return;
		}
	}
}

/* Split "OLD = NEW". */
static int
split(char *text, struct sides *s)
{
	char *eq;

	if ((eq = strchr(text, '=')) == NULL) {
		warn_msg("%s: '=' is missing: a rule is OLD = NEW", s->where);
		return -1;
	}
	if (strchr(eq + 1, '=') != NULL) {
		warn_msg("%s: more than one '='", s->where);
		return -1;
	}
	*eq = '\0';
	s->old = trim(text);
	s->new = trim(eq + 1);
	if (*s->old == '\0' || *s->new == '\0') {
		warn_msg("%s: nothing stands %s the '='", s->where,
		    *s->old == '\0' ? "before" : "behind");
		return -1;
	}
	return 0;
}

static int
finish(struct addrmap *m, struct rule *r, const char *where, char *text)
{

	r->text = text;
	if (text == NULL || (r->where = strdup(where)) == NULL) {
		warn_msg("out of memory");
		addrmap_rule_free(r);
		return -1;
	}
	m->nrules++;
	return 0;
}

/* Add "10.2.116.0/24" to a text; no prefix for one address. */
static int
add_range(struct buf *b, const struct address *a, int prefix)
{
	char text[ADDRESS_TEXT];

	address_print(a, text);
	if (buf_adds(b, text))
		return -1;
	if (prefix == (a->family == 4 ? 32 : 128))
		return 0;
	return buf_addf(b, "/%d", prefix);
}

static int
add_address(struct addrmap *m, char *text, const char *where)
{
	struct sides s = { where, NULL, NULL };
	struct buf b = BUF_EMPTY;
	struct rule *r;
	int prefix;

	if (split(text, &s) || (r = addrmap_room(m)) == NULL)
		return -1;
	if (addrmap_range(where, s.old, &r->from, &r->prefix) ||
	    addrmap_range(where, s.new, &r->to, &prefix))
		return -1;
	if (r->from.family != r->to.family) {
		warn_msg("%s: IPv4 and IPv6 in one rule: an address keeps its "
			 "kind",
		    where);
		return -1;
	}
	if (r->prefix != prefix) {
		warn_msg("%s: the prefix lengths differ: /%d and /%d", where,
		    r->prefix, prefix);
		return -1;
	}
	r->keep = address_compare(&r->from, &r->to) == 0;
	if (add_range(&b, &r->from, prefix) || buf_adds(&b, " = ") ||
	    add_range(&b, &r->to, prefix)) {
		buf_free(&b);
		return -1;
	}
	return finish(m, r, where, buf_steal(&b));
}

static int
add_keep(struct addrmap *m, char *text, const char *where)
{
	struct buf b = BUF_EMPTY;
	struct rule *r;

	if (strchr(text, '=') != NULL) {
		warn_msg(
		    "%s: \"keep\" takes one address or range, no '='", where);
		return -1;
	}
	if (*text == '\0') {
		warn_msg("%s: \"keep\" needs an address or a range", where);
		return -1;
	}
	if ((r = addrmap_room(m)) == NULL ||
	    addrmap_range(where, text, &r->from, &r->prefix))
		return -1;
	r->keep = 1;
	if (buf_adds(&b, "keep ") || add_range(&b, &r->from, r->prefix)) {
		buf_free(&b);
		return -1;
	}
	return finish(m, r, where, buf_steal(&b));
}

static const struct {
	const char *word;
	int (*check)(const char *where, char *s);
} kinds[RULE_KINDS] = {
	[RULE_NAME] = { "name", addrmap_check_name },
	[RULE_PATH] = { "path", addrmap_check_path },
	[RULE_MACHINE] = { "machine", addrmap_check_word },
	[RULE_BRIDGE] = { "bridge", addrmap_check_word },
	[RULE_HOST] = { "host", addrmap_check_host },
};

/* A rule of two words, with its ${text}, which is taken over. */
static int
add_words(struct addrmap *m, enum rule_kind kind, const char *old,
    const char *new, struct buf *text, const char *where)
{
	struct rule *r;

	if ((r = addrmap_room(m)) == NULL) {
		buf_free(text);
		return -1;
	}
	r->kind = kind;
	r->prefix = -1;
	r->keep = strcmp(old, new) == 0;
	r->old_len = strlen(old);
	if ((r->old = strdup(old)) == NULL || (r->new = strdup(new)) == NULL) {
		warn_msg("out of memory");
		addrmap_rule_free(r);
		buf_free(text);
		return -1;
	}
	return finish(m, r, where, buf_steal(text));
}

static int
add_string(
    struct addrmap *m, enum rule_kind kind, char *text, const char *where)
{
	struct sides s = { where, NULL, NULL };
	struct buf b = BUF_EMPTY;
	char *c;

	if (split(text, &s) || kinds[kind].check(where, s.old) ||
	    kinds[kind].check(where, s.new))
		return -1;
	if (buf_addf(&b, "%s %s = %s", kinds[kind].word, s.old, s.new)) {
		buf_free(&b);
		return -1;
	}
	if (kind == RULE_NAME || kind == RULE_HOST)
		for (c = s.old; *c != '\0'; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c | 0x20);
	return add_words(m, kind, s.old, s.new, &b, where);
}

int
addrmap_derive(
    struct addrmap *m, const char *old, const char *new, const char *where)
{
	struct buf b = BUF_EMPTY;

	if (buf_addf(&b, "%s = %s", old, new)) {
		buf_free(&b);
		return -1;
	}
	return add_words(m, RULE_FOLDER, old, new, &b, where);
}

/* The rule in ${line}, which is trimmed and not empty. */
static int
add_line(struct addrmap *m, char *line, const char *where)
{
	size_t n = strcspn(line, " \t="), kind;
	char *rest = trim(line + n);
	struct address a;

	if (*rest == '=')
		return add_address(m, line, where);
	if (n == 4 && strncmp(line, "keep", n) == 0)
		return add_keep(m, rest, where);
	for (kind = 0; kind < RULE_KINDS; kind++)
		if (kinds[kind].word != NULL && strlen(kinds[kind].word) == n &&
		    strncmp(line, kinds[kind].word, n) == 0)
			return add_string(m, (enum rule_kind)kind, rest, where);
	line[n] = '\0';
	if (*rest != '\0' && strpbrk(line, ".:/") == NULL &&
	    address_parse(line, &a)) {
		warn_msg("%s: \"%s\" is no kind of rule: keep, name, path, "
			 "machine, bridge, host, or an address",
		    where, line);
		return -1;
	}
	warn_msg("%s: '=' is missing: a rule is OLD = NEW", where);
	return -1;
}

int
addrmap_add(struct addrmap *m, const char *rule, const char *where)
{
	char *copy, *line;
	int rc = 0;

	if ((copy = strdup(rule)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	cut_comment(copy);
	line = trim(copy);
	if (*line != '\0')
		rc = add_line(m, line, where);
	free(copy);
	return rc;
}
