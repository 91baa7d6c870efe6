#include "archive/bundle/pack_plain.h"

#include <string.h>

#include "archive/bundle/ustar.h"

/* Numbers below these have no pax record. */
#define MOST_OWNER (1u << 18)
#define MOST_SIZE  ((uint64_t)1 << 33)
#define MOST_TIME  0x7fffffff

/* A text of printable ASCII, shorter than the field: 1, and it is there. */
static int
put_text(unsigned char *field, size_t width, const char *text)
{
	size_t i;

	for (i = 0; text[i] != '\0'; i++) {
		if (i + 1 >= width || text[i] < ' ' || text[i] > '~')
			return 0;
		field[i] = (unsigned char)text[i];
	}
	return 1;
}

/* ${width} octal digits. */
static void
put_octal(unsigned char *field, size_t width, uint64_t v)
{

	for (; width > 0; v >>= 3)
		field[--width] = (unsigned char)('0' + (v & 7));
}

/* The numbers, each with a space behind it. */
static void
put_numbers(unsigned char *h, const struct item *item)
{
	static const unsigned char nothing[] = "000000 ";
	const struct item_file *f = item->file;

	memcpy(h + AT_MODE, nothing, sizeof(nothing));
	memcpy(h + AT_UID, nothing, sizeof(nothing));
	memcpy(h + AT_GID, nothing, sizeof(nothing));
	memcpy(h + AT_MAJOR, nothing, sizeof(nothing));
	memcpy(h + AT_MINOR, nothing, sizeof(nothing));
	put_octal(h + AT_MODE, 6, f->mode);
	put_octal(h + AT_UID, 6, f->uid);
	put_octal(h + AT_GID, 6, f->gid);
	put_octal(h + AT_SIZE, 11, item->size);
	h[AT_SIZE + 11] = ' ';
	put_octal(h + AT_MTIME, 11, (uint64_t)f->mtime);
	h[AT_MTIME + 11] = ' ';
}

/* The sum counts its own field as spaces. */
static void
put_sum(unsigned char *h)
{
	unsigned int sum = 0;
	size_t i;

	memset(h + AT_CHKSUM, ' ', 8);
	for (i = 0; i < PACK_BLOCK; i++)
		sum += h[i];
	put_octal(h + AT_CHKSUM, 6, sum);
	h[AT_CHKSUM + 6] = '\0';
}

/* A folder's name ends in a slash; it may be 99 bytes long, with it. */
static int
put_name(unsigned char *h, const struct item *item)
{
	size_t len = strlen(item->path);
	int slash = item->file->type == FILE_DIRECTORY;

	if (len == 0 || item->path[len - 1] == '/' || len > 98 ||
	    !put_text(h + AT_NAME, 100, item->path))
		return 0;
	if (slash)
		h[AT_NAME + len] = '/';
	return 1;
}

int
pack_plain(const struct item *item, unsigned char h[PACK_BLOCK])
{
	const struct item_file *f = item->file;

	if (f == NULL || f->type == FILE_SYMLINK || f->nxattrs > 0 ||
	    f->mode > 07777 || f->uid >= MOST_OWNER || f->gid >= MOST_OWNER ||
	    f->mtime < 0 || f->mtime >= MOST_TIME || item->size >= MOST_SIZE ||
	    (f->type == FILE_DIRECTORY && item->size > 0))
		return 0;
	memset(h, 0, PACK_BLOCK);
	if (!put_name(h, item) ||
	    (f->user != NULL && !put_text(h + AT_USER, 32, f->user)) ||
	    (f->group != NULL && !put_text(h + AT_GROUP, 32, f->group)))
		return 0;
	put_numbers(h, item);
	h[AT_TYPE] = f->type == FILE_DIRECTORY ? '5' : '0';
	memcpy(h + AT_MAGIC,
	    "ustar\0"
	    "00",
	    8);
	put_sum(h);
	return 1;
}
