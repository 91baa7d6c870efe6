#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fcntl.h>
#include <linux/openat2.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* A line of a passwd or group file is held here. */
#define LINE 16384

/* The accounts file of a root that is not /, or NULL: the host is asked. */
static FILE *
accounts(struct root *r, const char *path)
{
	FILE *f;
	int fd;

	if (*r->shown == '\0')
		return NULL;
	if ((fd = root_at(r, path, O_RDONLY, RESOLVE_IN_ROOT)) == -1)
		return NULL;
	if ((f = fdopen(fd, "r")) == NULL)
		close(fd);
	return f;
}

/* Find a user by name, or by number when name is NULL: 1 or 0. */
static int
find_user(
    struct root *r, const char *name, uid_t uid, char *line, struct passwd *out)
{
	struct passwd *p = NULL;
	FILE *f;

	if ((f = accounts(r, "/etc/passwd")) == NULL) {
		if (name != NULL)
			getpwnam_r(name, out, line, LINE, &p);
		else
			getpwuid_r(uid, out, line, LINE, &p);
		return p != NULL;
	}
	while (fgetpwent_r(f, out, line, LINE, &p) == 0 && p != NULL) {
		if (name != NULL ? strcmp(p->pw_name, name) == 0
				 : p->pw_uid == uid)
			break;
		p = NULL;
	}
	fclose(f);
	return p != NULL;
}

static int
find_group(
    struct root *r, const char *name, gid_t gid, char *line, struct group *out)
{
	struct group *g = NULL;
	FILE *f;

	if ((f = accounts(r, "/etc/group")) == NULL) {
		if (name != NULL)
			getgrnam_r(name, out, line, LINE, &g);
		else
			getgrgid_r(gid, out, line, LINE, &g);
		return g != NULL;
	}
	while (fgetgrent_r(f, out, line, LINE, &g) == 0 && g != NULL) {
		if (name != NULL ? strcmp(g->gr_name, name) == 0
				 : g->gr_gid == gid)
			break;
		g = NULL;
	}
	fclose(f);
	return g != NULL;
}

/* Copy what may be NULL. */
static int
copy(const char *from, char **to)
{

	*to = NULL;
	if (from != NULL && (*to = strdup(from)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

int
root_user_name(struct root *r, uint32_t uid, char **name)
{
	char line[LINE];
	struct passwd p;

	/* Most files of a node have the owner of the one before. */
	if (!r->has_user || r->uid != uid) {
		free(r->user);
		r->has_user = 0;
		if (copy(find_user(r, NULL, uid, line, &p) ? p.pw_name : NULL,
			&r->user))
			return -1;
		r->uid = uid;
		r->has_user = 1;
	}
	return copy(r->user, name);
}

int
root_group_name(struct root *r, uint32_t gid, char **name)
{
	char line[LINE];
	struct group g;

	if (!r->has_group || r->gid != gid) {
		free(r->group);
		r->has_group = 0;
		if (copy(find_group(r, NULL, gid, line, &g) ? g.gr_name : NULL,
			&r->group))
			return -1;
		r->gid = gid;
		r->has_group = 1;
	}
	return copy(r->group, name);
}

uint32_t
root_user_number(struct root *r, const char *name, uint32_t other)
{
	char line[LINE];
	struct passwd p;

	if (name == NULL || !find_user(r, name, 0, line, &p))
		return other;
	return p.pw_uid;
}

uint32_t
root_group_number(struct root *r, const char *name, uint32_t other)
{
	char line[LINE];
	struct group g;

	if (name == NULL || !find_group(r, name, 0, line, &g))
		return other;
	return g.gr_gid;
}
