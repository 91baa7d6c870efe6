#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* Attributes of the system that runs, not of the file: never captured. */
static const char *const foreign[] = {
	"trusted.overlay.", /* which layer it came from */
	"security.ima",
	"security.evm", /* bound to inode and this host's key */
	"system.nfs4_acl",
	"system.cifs_acl", /* what the server made of it */
	"user.overlay.",
};

static int
is_foreign(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(foreign) / sizeof(*foreign); i++)
		if (strncmp(name, foreign[i], strlen(foreign[i])) == 0)
			return 1;
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct file_xattr *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Gone or grown meanwhile is somebody else's write. */
static int
is_not_to_be_had(int error)
{

	return error == ENODATA || error == ERANGE;
}

/* The value of one attribute: 1, 0 when it is not to be had, -1 and errno. */
static int
read_one(int fd, const char *name, struct file_xattr *x)
{
	ssize_t n;

	if ((n = fgetxattr(fd, name, NULL, 0)) == -1)
		return is_not_to_be_had(errno) ? 0 : -1;
	if ((x->value = malloc((size_t)n + 1)) == NULL ||
	    (x->name = strdup(name)) == NULL) {
		free(x->value);
		errno = ENOMEM;
		return -1;
	}
	/* Smaller than it was is fine. */
	if ((n = fgetxattr(fd, name, x->value, (size_t)n)) == -1) {
		free(x->value);
		free(x->name);
		return is_not_to_be_had(errno) ? 0 : -1;
	}
	x->value[n] = '\0';
	x->len = (size_t)n;
	return 1;
}

int
root_xattrs_read(
    struct root *r, const char *path, int fd, struct item_file *meta)
{
	struct file_xattr *more;
	char *list, *name;
	ssize_t n;
	int rc = 0;

	if ((n = flistxattr(fd, NULL, 0)) == 0 || (n == -1 && errno == ENOTSUP))
		return 0;
	if (n == -1) {
		warn_errno("attributes of %s%s cannot be read", r->shown, path);
		return -1;
	}
	if ((list = malloc((size_t)n)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if ((n = flistxattr(fd, list, (size_t)n)) == -1) {
		warn_errno("attributes of %s%s cannot be read", r->shown, path);
		rc = -1;
	}
	for (name = list; n > 0 && name < list + n; name += strlen(name) + 1) {
		if (is_foreign(name))
			continue;
		more = reallocarray(
		    meta->xattrs, meta->nxattrs + 1, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			rc = -1;
			break;
		}
		meta->xattrs = more;
		if ((rc = read_one(fd, name, &more[meta->nxattrs])) == -1) {
			warn_errno("attribute %s of %s%s cannot be read", name,
			    r->shown, path);
			break;
		}
		meta->nxattrs += (size_t)rc;
		rc = 0;
	}
	if (meta->nxattrs > 1)
		qsort(meta->xattrs, meta->nxattrs, sizeof(*meta->xattrs),
		    by_name);
	free(list);
	return rc;
}

static int
has(const struct item_file *meta, const char *name)
{
	size_t i;

	for (i = 0; i < meta->nxattrs; i++)
		if (strcmp(meta->xattrs[i].name, name) == 0)
			return 1;
	return 0;
}

/* What a folder hands down to a new file. */
static int
drop_inherited(
    struct root *r, const char *path, int fd, const struct item_file *meta)
{
	static const char *const names[] = { "system.posix_acl_access",
		"system.posix_acl_default" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (has(meta, names[i]) || fremovexattr(fd, names[i]) == 0 ||
		    errno == ENODATA || errno == ENOTSUP)
			continue;
		/* No folder has one for a file. */
		if (meta->type != FILE_DIRECTORY && i > 0)
			continue;
		warn_errno("attribute %s of %s%s cannot be removed", names[i],
		    r->shown, path);
		return -1;
	}
	return 0;
}

int
root_xattrs_write(
    struct root *r, const char *path, int fd, const struct item_file *meta)
{
	const struct file_xattr *x;
	size_t i;

	if (drop_inherited(r, path, fd, meta))
		return -1;
	for (i = 0; i < meta->nxattrs; i++) {
		x = &meta->xattrs[i];
		if (fsetxattr(fd, x->name, x->value, x->len, 0) == 0)
			continue;
		if (errno == ENOTSUP) {
			warn_info("%s%s: attribute %s is left out: this file "
				  "system has none",
			    r->shown, path, x->name);
			continue;
		}
		warn_errno("attribute %s of %s%s cannot be set", x->name,
		    r->shown, path);
		return -1;
	}
	return 0;
}
