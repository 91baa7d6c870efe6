#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"

int
root_temp_tag(struct root *r, const char *id)
{
	char *tag;

	if (*id == '\0' || strchr(id, '/') != NULL ||
	    strlen(id) > ROOT_TAG_MAX) {
		warn_msg("%s: is no name for a temporary file", id);
		return -1;
	}
	if ((tag = strdup(id)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	free(r->tag);
	r->tag = tag;
	return 0;
}

int
root_temp_name(const struct root *r, char name[ROOT_TEMP_NAME])
{
	uint64_t n;

	if (r->tag != NULL) {
		snprintf(name, ROOT_TEMP_NAME, "%s%s", ROOT_TEMP, r->tag);
		return 0;
	}
	if (getrandom(&n, sizeof(n), 0) != (ssize_t)sizeof(n)) {
		warn_errno("no random bytes");
		return -1;
	}
	snprintf(name, ROOT_TEMP_NAME, "%s%016llx", ROOT_TEMP,
	    (unsigned long long)n);
	return 0;
}

/* Nothing else than root_write's own: a folder that holds anything stays. */
static int
clear(struct root_target *t, const char *name)
{
	struct stat st;

	if (fstatat(t->dir, name, &st, AT_SYMLINK_NOFOLLOW)) {
		if (errno == ENOENT)
			return 0;
		return root_target_fail(t, "looked at");
	}
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode) &&
	    !S_ISDIR(st.st_mode))
		return 0;
	if (unlinkat(t->dir, name, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0)) {
		if (errno == ENOENT)
			return 0;
		warn_errno("%s beside %s%s cannot be removed", name,
		    t->r->shown, t->path);
		return -1;
	}
	return root_target_sync(t);
}

int
root_clear_temp(struct root *r, const char *path)
{
	char name[ROOT_TEMP_NAME];
	struct root_target t;
	int rc;

	if (r->tag == NULL)
		return 0;
	if (root_temp_name(r, name))
		return -1;
	if ((rc = root_target_open(r, path, 1, &t)) == 1)
		rc = clear(&t, name);
	root_target_close(&t);
	return rc;
}
