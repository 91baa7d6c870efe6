#include "archive/node/site_mounts.h"

#include <stdlib.h>
#include <string.h>

#include "archive/node/site_mounts_table.h"
#include "archive/warn.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* One folder, without slashes at its end, unless it is there. */
static int
add(struct site *s, const char *path)
{
	size_t len = strlen(path), i;
	char **more;

	while (len > 1 && path[len - 1] == '/')
		len--;
	if (path[0] != '/')
		return 0;
	for (i = 0; i < s->nmounts; i++)
		if (strlen(s->mounts[i]) == len &&
		    memcmp(s->mounts[i], path, len) == 0)
			return 0;
	more = reallocarray(s->mounts, s->nmounts + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	s->mounts = more;
	if ((more[s->nmounts] = strndup(path, len)) == NULL)
		goto err0;
	s->nmounts++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

static int
take(struct site *s, struct oslo *o, const char *section, const char *option)
{
	const char *path = oslo_get(o, section, option, NULL);

	return path == NULL ? 0 : add(s, path);
}

/* The option in every section of a backend. */
static int
take_backends(struct site *s, struct oslo *o, const char *option)
{
	const char *list = oslo_get(o, "DEFAULT", "enabled_backends", NULL);
	char *copy, *name, *rest;
	int rc;

	rc = take(s, o, "DEFAULT", option);
	if (rc || list == NULL)
		return rc;
	if ((copy = strdup(list)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (name = strtok_r(copy, ", \t", &rest); rc == 0 && name != NULL;
	     name = strtok_r(NULL, ", \t", &rest))
		rc = take(s, o, name, option);
	free(copy);
	return rc;
}

/* Where nothing is set at all. */
static int
take_default(struct site *s, struct oslo *o, const char *name)
{
	const char *state = oslo_get(o, "DEFAULT", "state_path", NULL);
	struct buf path = BUF_EMPTY;
	int rc = 0;

	if (state != NULL && buf_addf(&path, "%s/%s", state, name) == 0)
		rc = add(s, path.data);
	buf_free(&path);
	return rc;
}

int
site_mounts_take(struct site *s, struct oslo *o, const char *service)
{
	const struct site_mount *row;
	size_t i;

	for (i = 0; i < COUNT(site_states); i++)
		if (strcmp(site_states[i].service, service) == 0 &&
		    oslo_default(
			o, "DEFAULT", "state_path", site_states[i].path))
			return -1;
	for (i = 0; i < COUNT(site_mount_rows); i++) {
		row = &site_mount_rows[i];
		if (strcmp(row->service, service) != 0)
			continue;
		if (take_default(s, o, row->otherwise) ||
		    (strcmp(row->section, "*") == 0
			    ? take_backends(s, o, row->option)
			    : take(s, o, row->section, row->option)))
			return -1;
	}
	return 0;
}
