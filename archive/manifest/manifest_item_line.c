#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_private.h"

/* The way back is manifest_item_quick.c: files whose texts are ASCII without
 * anything to be escaped, and nothing else. */

/* A line without its texts. */
#define FRAME 512u

struct line {
	char *to;
	size_t texts; /* bytes of all texts */
	int plain;    /* none that jansson would write in another way */
};

static void
look(struct line *l, const char *text)
{
	const char *s;

	if (text == NULL)
		return;
	for (s = text; *s != '\0'; s++)
		if ((unsigned char)*s - 0x20u >= 0x7f - 0x20 || *s == '"' ||
		    *s == '\\')
			l->plain = 0;
	l->texts += (size_t)(s - text);
}

static void
put(struct line *l, const char *s)
{
	size_t len = strlen(s);

	memcpy(l->to, s, len);
	l->to += len;
}

/* ${key}: a comma, the key, a colon.  What is absent is left out. */
static void
put_text(struct line *l, const char *key, const char *text)
{

	if (text == NULL)
		return;
	put(l, key);
	*l->to++ = '"';
	put(l, text);
	*l->to++ = '"';
}

static void
put_number(struct line *l, const char *key, uint64_t n)
{
	char digits[24], *s = digits + sizeof(digits) - 1;

	*s = '\0';
	do {
		*--s = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	put(l, key);
	put(l, s);
}

static void
put_file(struct line *l, const struct item_file *f)
{
	char mode[5];
	size_t i;

	for (i = 0; i < 4; i++)
		mode[i] = (char)('0' + (f->mode >> (3 * (3 - i)) & 7));
	mode[4] = '\0';
	put_text(l, ",\"file\":{\"type\":", item_type_name(f->type));
	put_text(l, ",\"mode\":", mode);
	put_number(l, ",\"uid\":", f->uid);
	put_number(l, ",\"gid\":", f->gid);
	put_text(l, ",\"user\":", f->user);
	put_text(l, ",\"group\":", f->group);
	put_number(l, ",\"mtime\":", (uint64_t)f->mtime);
	put_text(l, ",\"target\":", f->target);
	put_text(l, ",\"format\":", place_format_name(f->format));
	put_text(l, ",\"set\":", f->set);
	put(l, "}}");
}

int
item_print_quick(const struct item *item, struct buf *out)
{
	const struct item_file *f = item->file;
	struct line l = { NULL, 0, 1 };

	if (item->kind != ITEM_FILE || f->nxattrs > 0 || f->mtime < 0 ||
	    item->size > INT64_MAX || item->name == NULL || item->path == NULL)
		return 0;
	look(&l, item->name);
	look(&l, item->path);
	look(&l, item->sha256);
	look(&l, f->user);
	look(&l, f->group);
	look(&l, f->target);
	look(&l, f->set);
	if (!l.plain || l.texts + FRAME > LIMIT_MANIFEST_ENTRY)
		return 0;
	if ((l.to = buf_reserve(out, l.texts + FRAME)) == NULL)
		return -1;
	put_text(&l, "{\"name\":", item->name);
	put_text(&l, ",\"kind\":", item_kind_name(item->kind));
	put_text(&l, ",\"part\":", item_part_name(item_part(item->kind)));
	put_text(&l, ",\"path\":", item->path);
	put_number(&l, ",\"size\":", item->size);
	put_text(&l, ",\"sha256\":", item->sha256);
	put_file(&l, f);
	out->len = (size_t)(l.to - out->data);
	*l.to = '\0';
	return 1;
}
