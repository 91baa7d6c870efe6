#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_private.h"

/*
 * Most items of a large bundle are files, and their lines are all alike: read
 * here as manifest_print writes them, byte by byte, ASCII without escapes only.
 * Whatever is one byte different is left to jansson, which takes a hundred
 * times as long; so nothing is taken here that it would not take.
 */

/* No such line is longer. */
#define LINE_MOST (4 * LIMIT_NAME)

struct line {
	const char *s, *end;
};

/* A text that stands in the line; NULL: absent. */
struct text {
	const char *s;
	size_t len;
};

/* What a line says, before it is a whole item. */
struct found {
	struct text name, path, user, group, target, set;
	struct item item;
	struct item_file file;
};

/* The text ${what} stands here: 1, and behind it; or 0. */
#define IS(l, what) is(l, what, sizeof(what) - 1)
static inline int
is(struct line *l, const char *what, size_t n)
{

	if ((size_t)(l->end - l->s) < n || memcmp(l->s, what, n) != 0)
		return 0;
	l->s += n;
	return 1;
}

/* A string up to its closing quote: 0, or -1. */
static int
text(struct line *l, struct text *to)
{
	const char *s;

	for (s = l->s; s < l->end && *s != '"'; s++)
		if ((unsigned char)*s - 0x20u >= 0x7f - 0x20 || *s == '\\')
			return -1;
	if (s == l->end)
		return -1;
	*to = (struct text){ l->s, (size_t)(s - l->s) };
	l->s = s + 1;
	return 0;
}

/* A word that ${parse} knows: 0, or -1. */
static int
word(struct line *l, int (*parse)(const char *name), int *to)
{
	char name[16];
	size_t n = 0;

	while (n < sizeof(name) - 1 && l->s < l->end && *l->s != '"')
		name[n++] = *l->s++;
	name[n] = '\0';
	*to = parse(name);
	return *to != -1 && IS(l, "\"") ? 0 : -1;
}

/* A whole number of at most ${most}: 0, or -1. */
static int
number(struct line *l, uint64_t most, uint64_t *to)
{
	const char *s = l->s;
	uint64_t v = 0;

	for (; s < l->end && s - l->s < 18 && *s >= '0' && *s <= '9'; s++)
		v = v * 10 + (uint64_t)(*s - '0');
	if (s == l->s || (*l->s == '0' && s - l->s > 1) || s == l->end ||
	    (*s >= '0' && *s <= '9') || v > most)
		return -1;
	l->s = s;
	*to = v;
	return 0;
}

/* So many digits up to ${last}, and behind '9' those from 'a' on: 0, or -1. */
static int
run(struct line *l, char last, char *to, size_t n)
{
	size_t i;

	if ((size_t)(l->end - l->s) < n)
		return -1;
	for (i = 0; i < n; i++)
		if (l->s[i] < '0' || l->s[i] > last ||
		    (l->s[i] > '9' && l->s[i] < 'a'))
			return -1;
	memcpy(to, l->s, n);
	to[n] = '\0';
	l->s += n;
	return IS(l, "\"") ? 0 : -1;
}

/* A key with a text that may be absent: 0, or -1. */
#define MAYBE(l, key, to) (IS(l, key) ? text(l, to) : 0)

static int
read_file(struct line *l, struct found *i)
{
	struct item_file *f = &i->file;
	uint64_t uid, gid, mtime;
	int type, format;
	char mode[5];

	if (!IS(l, "\"file\":{\"type\":\"") ||
	    word(l, item_type_parse, &type) == -1 || !IS(l, ",\"mode\":\"") ||
	    run(l, '7', mode, 4) == -1 || !IS(l, ",\"uid\":") ||
	    number(l, UINT32_MAX, &uid) == -1 || !IS(l, ",\"gid\":") ||
	    number(l, UINT32_MAX, &gid) == -1 ||
	    MAYBE(l, ",\"user\":\"", &i->user) == -1 ||
	    MAYBE(l, ",\"group\":\"", &i->group) == -1 ||
	    !IS(l, ",\"mtime\":") || number(l, INT64_MAX, &mtime) == -1 ||
	    MAYBE(l, ",\"target\":\"", &i->target) == -1 ||
	    !IS(l, ",\"format\":\"") ||
	    word(l, place_format_parse, &format) == -1 ||
	    MAYBE(l, ",\"set\":\"", &i->set) == -1 || !IS(l, "}}"))
		return -1;
	f->type = (enum file_type)type;
	f->mode = (uint32_t)(mode[0] - '0') << 9 |
		  (uint32_t)(mode[1] - '0') << 6 |
		  (uint32_t)(mode[2] - '0') << 3 | (uint32_t)(mode[3] - '0');
	f->uid = (uint32_t)uid;
	f->gid = (uint32_t)gid;
	f->mtime = (int64_t)mtime;
	f->format = (enum place_format)format;
	return 0;
}

/* "file:/", and the path. */
static int
read_item(struct line *l, struct found *i)
{

	if (!IS(l, "{\"name\":\"file:/") || text(l, &i->name) == -1 ||
	    !IS(l, ",\"kind\":\"file\",\"part\":\"files\",\"path\":\"") ||
	    text(l, &i->path) == -1 || i->path.len != i->name.len ||
	    memcmp(i->path.s, i->name.s, i->path.len) != 0 ||
	    !IS(l, ",\"size\":") || number(l, INT64_MAX, &i->item.size) == -1 ||
	    !IS(l, ",\"sha256\":\"") || run(l, 'f', i->item.sha256, 64) == -1 ||
	    !IS(l, ","))
		return -1;
	return read_file(l, i);
}

/* The text at ${*to}, which is moved behind it; NULL for none. */
static char *
put(char **to, const struct text *t)
{
	char *at = *to;

	if (t->s == NULL)
		return NULL;
	memcpy(at, t->s, t->len);
	at[t->len] = '\0';
	*to += t->len + 1;
	return at;
}

/* What was found, in a block of its own; NULL: no memory. */
static struct item *
make(const struct found *i)
{
	static const char begins[] = "file:/";
	struct block {
		struct item item;
		struct item_file file;
	} * b;
	char *to;

	b = malloc(sizeof(*b) + sizeof(begins) + i->name.len + i->user.len +
		   i->group.len + i->target.len + i->set.len + 4);
	if (b == NULL)
		return NULL;
	b->item = i->item;
	b->file = i->file;
	to = (char *)(b + 1);
	memcpy(to, begins, sizeof(begins) - 1);
	b->item.name = to;
	to += sizeof(begins) - 1;
	b->item.path = put(&to, &i->name);
	b->file.user = put(&to, &i->user);
	b->file.group = put(&to, &i->group);
	b->file.target = put(&to, &i->target);
	b->file.set = put(&to, &i->set);
	b->item.kind = ITEM_FILE;
	b->item.file = &b->file;
	b->item.block = 1;
	return &b->item;
}

struct item *
item_parse_quick(const char *bytes, size_t len, size_t *used)
{
	struct line l = { bytes, bytes + (len < LINE_MOST ? len : LINE_MOST) };
	struct found i;
	struct item *item;

	memset(&i, 0, sizeof(i));
	if (read_item(&l, &i) == -1 || (item = make(&i)) == NULL)
		return NULL;
	if (item_check(item) != NULL) {
		item_free(item);
		return NULL;
	}
	*used = (size_t)(l.s - bytes);
	return item;
}
