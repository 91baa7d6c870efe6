#include "archive/bundle/tar_records.h"

#include <archive_entry.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/num.h"

#define XATTR "SCHILY.xattr."

/* One record, where it stands. */
struct record {
	const char *key;
	size_t keylen;
	const char *value;
	size_t len;
};

/**
 * The record at ${p}: NULL, or why it is none.  ${*next} is what follows.
 */
static const char *
cut(const char *p, const char *end, struct record *r, const char **next)
{
	const char *space, *equal;
	uint64_t size;
	char digits[8];

	space = memchr(p, ' ', (size_t)(end - p));
	if (space == NULL || (size_t)(space - p) >= sizeof(digits))
		return "a pax record without its length";
	memcpy(digits, p, (size_t)(space - p));
	digits[space - p] = '\0';
	if (num_u64(digits, TAR_RECORDS_MAX, &size) == -1 ||
	    size > (uint64_t)(end - p) || p + size <= space + 1 ||
	    p[size - 1] != '\n')
		return "a pax record whose length is wrong";
	*next = p + size;
	r->key = space + 1;
	equal = memchr(r->key, '=', (size_t)(*next - r->key));
	if (equal == NULL)
		return "a pax record without a value";
	r->keylen = (size_t)(equal - r->key);
	r->value = equal + 1;
	r->len = (size_t)(*next - 1 - r->value);
	return NULL;
}

/* Take it where it is of that key and is not there yet: 1. */
static int
is(const struct record *r, const char *key, int *said)
{

	if (r->keylen != strlen(key) || memcmp(r->key, key, r->keylen) != 0 ||
	    *said)
		return 0;
	*said = 1;
	return 1;
}

/* A whole number, of at least ${least}: 0 or -1. */
static int
number(const char *value, int64_t least, int64_t *v)
{
	int negative = value[0] == '-' && least < 0;
	uint64_t u;

	if (num_u64(value + negative, INT64_MAX, &u) == -1)
		return -1;
	*v = negative ? -(int64_t)u : (int64_t)u;
	return 0;
}

static const char *
take_number(const struct record *r, const char *value, struct tar_said *said,
    struct archive_entry *e)
{
	int size = is(r, "size", &said->size), uid = is(r, "uid", &said->uid),
	    gid = is(r, "gid", &said->gid),
	    mtime = is(r, "mtime", &said->mtime);
	int64_t v;

	if (!size && !uid && !gid && !mtime)
		return "a pax record that no bundle has, or twice";
	if (number(value, mtime ? INT64_MIN : 0, &v) == -1)
		return "a pax record with a number that is none";
	if (size)
		archive_entry_set_size(e, v);
	else if (uid)
		archive_entry_set_uid(e, v);
	else if (gid)
		archive_entry_set_gid(e, v);
	else
		archive_entry_set_mtime(e, (time_t)v, 0);
	return NULL;
}

/* "SCHILY.xattr.NAME", whose value is any bytes: 1, or 0 where it is none. */
static int
take_xattr(const struct record *r, struct archive_entry *e, const char **why)
{
	size_t skip = strlen(XATTR);
	char *name;

	if (r->keylen <= skip || memcmp(r->key, XATTR, skip) != 0)
		return 0;
	if ((name = strndup(r->key + skip, r->keylen - skip)) == NULL)
		*why = "out of memory";
	else
		archive_entry_xattr_add_entry(e, name, r->value, r->len);
	free(name);
	return 1;
}

static const char *
take(const struct record *r, struct tar_said *said, struct archive_entry *e)
{
	const char *why = NULL;
	char *value;

	if (take_xattr(r, e, &why))
		return why;
	if (memchr(r->value, '\0', r->len) != NULL)
		return "a pax record with a zero byte";
	if ((value = strndup(r->value, r->len)) == NULL)
		return "out of memory";
	if (is(r, "path", &said->path))
		archive_entry_copy_pathname(e, value);
	else if (is(r, "linkpath", &said->link))
		archive_entry_copy_symlink(e, value);
	else if (is(r, "uname", &said->user))
		archive_entry_copy_uname(e, value);
	else if (is(r, "gname", &said->group))
		archive_entry_copy_gname(e, value);
	else
		why = take_number(r, value, said, e);
	free(value);
	return why;
}

const char *
tar_records(const char *bytes, size_t len, struct tar_said *said,
    struct archive_entry *entry)
{
	const char *p = bytes, *end, *why;
	struct record r;

	/* No header, no bytes. */
	if (len == 0)
		return NULL;
	end = bytes + len;
	while (p < end)
		if ((why = cut(p, end, &r, &p)) != NULL ||
		    (why = take(&r, said, entry)) != NULL)
			return why;
	return NULL;
}
