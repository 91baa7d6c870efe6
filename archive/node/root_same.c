#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "archive/node/root_internal.h"

/* One comparison. */
struct same {
	struct root *r;
	const char *path;
	const struct item_file *want, *here;
	struct buf *why;
};

static const char *
type_word(const struct root_file *f)
{

	if (f->is_other)
		return "a device or socket";
	switch (f->meta.type) {
	case FILE_REGULAR:
		return "a file";
	case FILE_DIRECTORY:
		return "a folder";
	case FILE_SYMLINK:
		return "a link";
	}
	return "";
}

static int
same_owner(const struct same *s)
{
	const struct item_file *want = s->want, *here = s->here;

	if (root_user_number(s->r, want->user, want->uid) != here->uid)
		return buf_addf(s->why, "its owner is %s (%lu)",
		    here->user != NULL ? here->user : "nobody's number",
		    (unsigned long)here->uid);
	if (root_group_number(s->r, want->group, want->gid) != here->gid)
		return buf_addf(s->why, "its group is %s (%lu)",
		    here->group != NULL ? here->group : "nobody's number",
		    (unsigned long)here->gid);
	return 1;
}

static const struct file_xattr *
find(const struct item_file *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->nxattrs; i++)
		if (strcmp(f->xattrs[i].name, name) == 0)
			return &f->xattrs[i];
	return NULL;
}

/* Can this file have that attribute at all?  Replacing one that it has not
 * changes nothing, and fails in another way where there is no such thing. */
static int
possible(const struct same *s, const struct file_xattr *x)
{
	int fd, rc;

	fd = root_at(s->r, s->path,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, RESOLVE_IN_ROOT);
	if (fd == -1)
		return 1;
	rc = fsetxattr(fd, x->name, x->value, x->len, XATTR_REPLACE);
	rc = rc == 0 || errno != ENOTSUP;
	close(fd);
	return rc;
}

/* A label that the running system gives to every file. */
static int
is_label(const char *name)
{

	return strncmp(name, "security.", 9) == 0 &&
	       strcmp(name, "security.capability") != 0;
}

static int
same_xattrs(const struct same *s)
{
	const struct file_xattr *x, *y;
	size_t i;

	for (i = 0; i < s->want->nxattrs; i++) {
		x = &s->want->xattrs[i];
		y = find(s->here, x->name);
		if (y == NULL && possible(s, x))
			return buf_addf(
			    s->why, "its attribute %s is gone", x->name);
		if (y != NULL && (x->len != y->len ||
				     (x->len > 0 && memcmp(x->value, y->value,
							x->len) != 0)))
			return buf_addf(
			    s->why, "its attribute %s is another", x->name);
	}
	for (i = 0; i < s->here->nxattrs; i++) {
		x = &s->here->xattrs[i];
		if (find(s->want, x->name) == NULL && !is_label(x->name))
			return buf_addf(
			    s->why, "its attribute %s is new", x->name);
	}
	return 1;
}

int
root_same(struct root *r, const char *path, const struct item_file *meta,
    const struct root_file *f, struct buf *why)
{
	struct same s = { r, path, meta, &f->meta, why };
	int rc;

	if (f->is_other || f->meta.type != meta->type)
		return buf_addf(why, "it is %s now", type_word(f));
	if ((rc = same_owner(&s)) != 1)
		return rc;
	if (meta->type == FILE_SYMLINK) {
		if (strcmp(meta->target, f->meta.target) != 0)
			return buf_adds(why, "it leads elsewhere");
		return 1;
	}
	if (meta->mode != f->meta.mode)
		return buf_addf(why, "its mode is %04o, not %04o",
		    (unsigned int)f->meta.mode, (unsigned int)meta->mode);
	return same_xattrs(&s);
}
