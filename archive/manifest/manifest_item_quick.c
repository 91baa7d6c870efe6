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

/* The text ${what} stands here: 1, and behind it; or 0. */
static int
is(struct line *l, const char *what)
{
	size_t n = strlen(what);

	if ((size_t)(l->end - l->s) < n || memcmp(l->s, what, n) != 0)
		return 0;
	l->s += n;
	return 1;
}

/* A string up to its closing quote, malloced: 0, or -1. */
static int
text(struct line *l, char **to)
{
	const char *s;

	for (s = l->s; s < l->end && *s != '"'; s++)
		if ((unsigned char)*s - 0x20u >= 0x7f - 0x20 || *s == '\\')
			return -1;
	if (s == l->end || (*to = strndup(l->s, (size_t)(s - l->s))) == NULL)
		return -1;
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
	return *to != -1 && is(l, "\"") ? 0 : -1;
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

/* So many digits that are among ${digits}: 0, or -1. */
static int
run(struct line *l, const char *digits, char *to, size_t n)
{
	size_t i;

	if ((size_t)(l->end - l->s) < n)
		return -1;
	for (i = 0; i < n; i++)
		if (l->s[i] == '\0' || strchr(digits, l->s[i]) == NULL)
			return -1;
	memcpy(to, l->s, n);
	to[n] = '\0';
	l->s += n;
	return is(l, "\"") ? 0 : -1;
}

/* A key with a text that may be absent: 0, or -1. */
static int
maybe(struct line *l, const char *key, char **to)
{

	return is(l, key) ? text(l, to) : 0;
}

static int
read_file(struct line *l, struct item_file *f)
{
	uint64_t uid, gid, mtime;
	int type, format;
	char mode[5];

	if (!is(l, "\"file\":{\"type\":\"") ||
	    word(l, item_type_parse, &type) == -1 || !is(l, ",\"mode\":\"") ||
	    run(l, "01234567", mode, 4) == -1 || !is(l, ",\"uid\":") ||
	    number(l, UINT32_MAX, &uid) == -1 || !is(l, ",\"gid\":") ||
	    number(l, UINT32_MAX, &gid) == -1 ||
	    maybe(l, ",\"user\":\"", &f->user) == -1 ||
	    maybe(l, ",\"group\":\"", &f->group) == -1 ||
	    !is(l, ",\"mtime\":") || number(l, INT64_MAX, &mtime) == -1 ||
	    maybe(l, ",\"target\":\"", &f->target) == -1 ||
	    !is(l, ",\"format\":\"") ||
	    word(l, place_format_parse, &format) == -1 ||
	    maybe(l, ",\"set\":\"", &f->set) == -1 || !is(l, "}}"))
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

static int
read_item(struct line *l, struct item *item)
{

	if (!is(l, "{\"name\":\"") || text(l, &item->name) == -1 ||
	    !is(l, ",\"kind\":\"file\",\"part\":\"files\",\"path\":\"") ||
	    text(l, &item->path) == -1 || !is(l, ",\"size\":") ||
	    number(l, INT64_MAX, &item->size) == -1 ||
	    !is(l, ",\"sha256\":\"") ||
	    run(l, "0123456789abcdef", item->sha256, 64) == -1 || !is(l, ","))
		return -1;
	return read_file(l, item->file) == -1 || l->s != l->end ? -1 : 0;
}

struct item *
item_parse_quick(const char *bytes, size_t len)
{
	static const char begins[] = "{\"name\":\"file:";
	struct line l = { bytes, bytes + len };
	struct item *item;

	if (len > LINE_MOST || len < sizeof(begins) ||
	    memcmp(bytes, begins, sizeof(begins) - 1) != 0)
		return NULL;
	if ((item = item_new(ITEM_FILE)) == NULL)
		return NULL;
	if (read_item(&l, item) == 0 && item_check(item) == NULL)
		return item;
	item_free(item);
	return NULL;
}
