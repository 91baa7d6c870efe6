#include "archive/bundle/tar.h"

#include <archive_entry.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/bundle/tar_records.h"
#include "archive/bundle/ustar.h"

#define BLOCK 512

struct tar_reader {
	tar_source *source;
	void *cookie;
	uint64_t left; /* bytes of the entry that were not read */
	size_t pad;    /* zero bytes behind them */
	int over;      /* the end was seen */
	const char *why;
};

static const unsigned char zeros[BLOCK];

struct tar_reader *
tar_new(tar_source *source, void *cookie)
{
	struct tar_reader *t;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		return NULL;
	t->source = source;
	t->cookie = cookie;
	return t;
}

void
tar_free(struct tar_reader *t)
{

	free(t);
}

const char *
tar_why(const struct tar_reader *t)
{

	return t->why;
}

static int
refuse(struct tar_reader *t, const char *why)
{

	t->why = why;
	return -1;
}

/* Exactly ${len} bytes: 0, or -1. */
static int
fill(struct tar_reader *t, void *buf, size_t len)
{
	char *to = buf;
	ssize_t n;

	t->why = NULL;
	while (len > 0) {
		if ((n = t->source(t->cookie, to, len)) == -1)
			return -1;
		if (n == 0)
			return refuse(t, "it is cut short");
		to += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The zero bytes behind an entry. */
static int
pass_padding(struct tar_reader *t)
{
	unsigned char pad[BLOCK];
	size_t n = t->pad;

	t->pad = 0;
	if (fill(t, pad, n) == -1)
		return -1;
	return GATE(GATE_FILL, memcmp(pad, zeros, n) == 0)
		   ? 0
		   : refuse(t, "its padding is not zero");
}

ssize_t
tar_read(struct tar_reader *t, void *buf, size_t len)
{

	if (t->left == 0)
		return t->pad > 0 ? pass_padding(t) : 0;
	if (len > t->left)
		len = (size_t)t->left;
	if (fill(t, buf, len) == -1)
		return -1;
	t->left -= len;
	return (ssize_t)len;
}

/* Octal digits, then NULs and spaces only: 0 or -1. */
static int
get_octal(const unsigned char *field, size_t width, uint64_t *v)
{
	size_t i;

	*v = 0;
	for (i = 0; i < width && field[i] >= '0' && field[i] <= '7'; i++)
		*v = *v << 3 | (uint64_t)(field[i] - '0');
	if (i == 0)
		return -1;
	for (; i < width; i++)
		if (field[i] != '\0' && field[i] != ' ')
			return -1;
	return 0;
}

/* The sum of a header counts its own field as spaces. */
static int
has_sum(const unsigned char *h)
{
	unsigned sum = 8 * ' ';
	uint64_t want;
	size_t i;

	for (i = 0; i < BLOCK; i++)
		sum += h[i];
	for (i = AT_CHKSUM; i < AT_CHKSUM + 8; i++)
		sum -= h[i];
	return get_octal(h + AT_CHKSUM, 8, &want) == 0 && want == sum;
}

/* A field of text, at most ${width} bytes, with a NUL behind it. */
static const char *
text(const unsigned char *field, size_t width, char room[256])
{
	size_t len = strnlen((const char *)field, width);

	memcpy(room, field, len);
	room[len] = '\0';
	return room;
}

/* A header that may be looked at: 1, or 0: the end; or -1. */
static int
read_header(struct tar_reader *t, unsigned char h[BLOCK])
{

	if (fill(t, h, BLOCK) == -1)
		return -1;
	if (memcmp(h, zeros, BLOCK) == 0) {
		if (fill(t, h, BLOCK) == -1)
			return -1;
		if (!GATE(GATE_END, memcmp(h, zeros, BLOCK) == 0))
			return refuse(t, "its end is no end");
		t->over = 1;
		return 0;
	}
	if (memcmp(h + AT_MAGIC,
		"ustar\0"
		"00",
		8) != 0)
		return refuse(t, "a header that is none of ustar");
	if (!GATE(GATE_SUM, has_sum(h)))
		return refuse(t, "a header whose sum is wrong");
	if (!GATE(GATE_REST, memcmp(h + AT_REST, zeros, BLOCK - AT_REST) == 0))
		return refuse(t, "a header with more in it than ustar has");
	return 1;
}

/* The records of a pax header, malloced, or NULL. */
static char *
read_records(struct tar_reader *t, const unsigned char *h, size_t *len)
{
	uint64_t size;
	char *bytes;

	if (get_octal(h + AT_SIZE, 12, &size) == -1 || size == 0 ||
	    size > TAR_RECORDS_MAX) {
		refuse(t, "a pax header without size, or larger than 1 MiB");
		return NULL;
	}
	*len = (size_t)size;
	if ((bytes = malloc(*len)) == NULL) {
		refuse(t, "out of memory");
		return NULL;
	}
	t->pad = (size_t)(-size % BLOCK);
	if (fill(t, bytes, *len) == -1 || pass_padding(t) == -1) {
		free(bytes);
		return NULL;
	}
	return bytes;
}

/* What the header says, where no record says it. */
static const char *
take_header(const unsigned char *h, const struct tar_said *said,
    struct archive_entry *e)
{
	uint64_t mode, uid = 0, gid = 0, size = 0, mtime = 0;
	char room[256], more[256], name[512];

	if (get_octal(h + AT_MODE, 8, &mode) == -1 || mode > 07777 ||
	    (!said->uid && get_octal(h + AT_UID, 8, &uid) == -1) ||
	    (!said->gid && get_octal(h + AT_GID, 8, &gid) == -1) ||
	    (!said->size && get_octal(h + AT_SIZE, 12, &size) == -1) ||
	    (!said->mtime && get_octal(h + AT_MTIME, 12, &mtime) == -1))
		return "a header with a number that is none";
	archive_entry_set_perm(e, (__LA_MODE_T)mode);
	if (!said->uid)
		archive_entry_set_uid(e, (la_int64_t)uid);
	if (!said->gid)
		archive_entry_set_gid(e, (la_int64_t)gid);
	if (!said->size)
		archive_entry_set_size(e, (la_int64_t)size);
	if (!said->mtime)
		archive_entry_set_mtime(e, (time_t)mtime, 0);
	if (!said->user)
		archive_entry_copy_uname(e, text(h + AT_USER, 32, room));
	if (!said->group)
		archive_entry_copy_gname(e, text(h + AT_GROUP, 32, room));
	if (!said->path) {
		snprintf(name, sizeof(name), "%s%s%s",
		    text(h + AT_PREFIX, 155, room),
		    h[AT_PREFIX] != '\0' ? "/" : "",
		    text(h + AT_NAME, 100, more));
		archive_entry_copy_pathname(e, name);
	}
	if (h[AT_TYPE] == '2' && !said->link)
		archive_entry_copy_symlink(e, text(h + AT_LINK, 100, room));
	else if (h[AT_TYPE] != '2' && (said->link || h[AT_LINK] != '\0'))
		return "a link target of what is no link";
	return NULL;
}

/* A file, a folder or a symlink, with its records in front. */
static const char *
take_entry(struct tar_reader *t, const unsigned char *h, const char *records,
    size_t len, struct archive_entry *e)
{
	struct tar_said said = { .path = 0 };
	const char *why;

	/* Its link says what it is: the type comes first. */
	switch (h[AT_TYPE]) {
	case '0':
		archive_entry_set_filetype(e, AE_IFREG);
		break;
	case '2':
		archive_entry_set_filetype(e, AE_IFLNK);
		break;
	case '5':
		archive_entry_set_filetype(e, AE_IFDIR);
		break;
	default:
		return "an entry that is no file, folder or symlink";
	}
	if ((why = tar_records(records, len, &said, e)) != NULL ||
	    (why = take_header(h, &said, e)) != NULL)
		return why;
	if (h[AT_TYPE] != '0' && archive_entry_size(e) != 0)
		return "a folder or a symlink with bytes";
	t->left = (uint64_t)archive_entry_size(e);
	t->pad = (size_t)(-t->left % BLOCK);
	return NULL;
}

/* What is left of the entry before. */
static int
pass(struct tar_reader *t)
{
	size_t used = 0;
	char room[8192];
	ssize_t n;

	while ((n = tar_read(t, room, sizeof(room))) > 0)
		used = sizeof(room);
	explicit_bzero(room, used);
	return (int)n;
}

int
tar_next(struct tar_reader *t, struct archive_entry *entry)
{
	unsigned char h[BLOCK];
	char *records = NULL;
	const char *why;
	size_t len = 0;
	int rc;

	if (t->over)
		return 0;
	if (pass(t) == -1 || (rc = read_header(t, h)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	if (h[AT_TYPE] == 'x') {
		if ((records = read_records(t, h, &len)) == NULL)
			return -1;
		if ((rc = read_header(t, h)) == 0)
			rc = refuse(t, "a pax header without its entry");
	}
	if (rc == 1) {
		archive_entry_clear(entry);
		if ((why = take_entry(t, h, records, len, entry)) != NULL)
			rc = refuse(t, why);
	}
	free(records);
	return rc;
}
