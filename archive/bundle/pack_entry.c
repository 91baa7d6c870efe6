#include "archive/bundle/pack_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/gate.h"
#include "archive/warn.h"

int
pack_utf8_open(struct pack_utf8 *u)
{

	u->here = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (u->here != (locale_t)0)
		return 0;
	warn_errno("the locale C.UTF-8, which is part of the C library, cannot "
		   "be used");
	return -1;
}

void
pack_utf8_enter(struct pack_utf8 *u)
{

	u->before = uselocale(u->here);
}

void
pack_utf8_leave(struct pack_utf8 *u)
{

	uselocale(u->before);
}

void
pack_utf8_close(struct pack_utf8 *u)
{

	freelocale(u->here);
}

/* "secrets/UUID.base64" beside "secrets/UUID.xml". */
static char *
value_path(const struct item *item)
{
	size_t len = strlen(item->path);
	char *path;

	if (len > 4 && strcmp(item->path + len - 4, ".xml") == 0)
		len -= 4;
	if (asprintf(&path, "%.*s.base64", (int)len, item->path) == -1)
		return NULL;
	return path;
}

/* A captured file: its own owner, mode, time, attributes, target. */
static void
fill_file(struct archive_entry *e, const struct item_file *f)
{
	static const unsigned int types[] = { [FILE_REGULAR] = AE_IFREG,
		[FILE_DIRECTORY] = AE_IFDIR,
		[FILE_SYMLINK] = AE_IFLNK };
	size_t i;

	archive_entry_set_filetype(e, types[f->type]);
	archive_entry_set_perm(e, (__LA_MODE_T)f->mode);
	archive_entry_set_uid(e, f->uid);
	archive_entry_set_gid(e, f->gid);
	if (f->user != NULL)
		archive_entry_copy_uname(e, f->user);
	if (f->group != NULL)
		archive_entry_copy_gname(e, f->group);
	archive_entry_set_mtime(e, f->mtime, 0);
	if (f->type == FILE_SYMLINK)
		archive_entry_copy_symlink(e, f->target);
	for (i = 0; i < f->nxattrs; i++)
		archive_entry_xattr_add_entry(
		    e, f->xattrs[i].name, f->xattrs[i].value, f->xattrs[i].len);
}

struct archive_entry *
pack_entry_new(const struct item *item, enum pack_entry which)
{
	struct archive_entry *e;
	char *path = NULL;

	if ((e = archive_entry_new()) == NULL)
		goto err0;
	if (which == PACK_VALUE) {
		if ((path = value_path(item)) == NULL)
			goto err1;
		archive_entry_copy_pathname(e, path);
		archive_entry_set_size(e, (la_int64_t)item->virt->value_size);
		free(path);
	} else {
		archive_entry_copy_pathname(e, item->path);
		archive_entry_set_size(e, (la_int64_t)item->size);
	}
	if (item->file != NULL) {
		fill_file(e, item->file);
	} else {
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_perm(e, 0600);
		archive_entry_set_mtime(e, 0, 0);
		archive_entry_copy_uname(e, "root");
		archive_entry_copy_gname(e, "root");
	}
	return e;

err1:
	archive_entry_free(e);
err0:
	warn_msg("out of memory");
	return NULL;
}

/* Both absent (or empty), or the same text. */
static int
same(const char *a, const char *b)
{

	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* The same text, but that a folder's name may end in a slash. */
static int
same_path(const char *a, const char *b)
{
	size_t len;

	if (a == NULL)
		return 0;
	len = strlen(b);
	return strncmp(a, b, len) == 0 &&
	       (a[len] == '\0' || (a[len] == '/' && a[len + 1] == '\0'));
}

/* Is the attribute there, with its value? */
static int
has_xattr(struct archive_entry *e, const struct file_xattr *x)
{
	const void *value;
	const char *name;
	size_t size;

	archive_entry_xattr_reset(e);
	while (archive_entry_xattr_next(e, &name, &value, &size) == 0)
		if (name != NULL && strcmp(name, x->name) == 0)
			return size == x->len &&
			       (size == 0 ||
				   memcmp(value, x->value, size) == 0);
	return 0;
}

/* Every attribute of the item is there, and no other: an item has none twice.
 */
static int
same_xattrs(struct archive_entry *e, const struct item_file *f)
{
	size_t i, n = f == NULL ? 0 : f->nxattrs;

	if ((size_t)archive_entry_xattr_count(e) != n)
		return 0;
	for (i = 0; i < n; i++)
		if (!has_xattr(e, &f->xattrs[i]))
			return 0;
	return 1;
}

/* Numbers and names. */
static int
same_owner(struct archive_entry *e, struct archive_entry *want)
{

	return archive_entry_uid(e) == archive_entry_uid(want) &&
	       archive_entry_gid(e) == archive_entry_gid(want) &&
	       same(archive_entry_uname(e), archive_entry_uname(want)) &&
	       same(archive_entry_gname(e), archive_entry_gname(want));
}

static const char *
compare(struct archive_entry *e, struct archive_entry *want)
{

	if (!GATE(GATE_NAME, same_path(archive_entry_pathname(e),
				 archive_entry_pathname(want))))
		return "its name";
	if (!GATE(GATE_TYPE,
		archive_entry_filetype(e) == archive_entry_filetype(want) &&
		    archive_entry_hardlink(e) == NULL &&
		    archive_entry_sparse_count(e) == 0))
		return "its type";
	if (!GATE(GATE_TARGET,
		same(archive_entry_symlink(e), archive_entry_symlink(want))))
		return "its target";
	if (!GATE(GATE_SIZE, archive_entry_size(e) == archive_entry_size(want)))
		return "its size";
	if (!GATE(GATE_MODE, archive_entry_perm(e) == archive_entry_perm(want)))
		return "its mode";
	if (!GATE(GATE_OWNER, same_owner(e, want)))
		return "its owner";
	if (!GATE(
		GATE_TIME, archive_entry_mtime(e) == archive_entry_mtime(want)))
		return "its time";
	return NULL;
}

const char *
pack_entry_differs(
    struct archive_entry *e, const struct item *item, enum pack_entry which)
{
	struct archive_entry *want;
	const char *why;

	if ((want = pack_entry_new(item, which)) == NULL)
		return "it cannot be compared";
	why = compare(e, want);
	archive_entry_free(want);
	if (why == NULL && !GATE(GATE_XATTRS, same_xattrs(e, item->file)))
		why = "its extended attributes";
	return why;
}
