#include "archive/snapshot/snapshot_left.h"

#include <stdio.h>
#include <string.h>

#include "archive/warn.h"

/* Is the file left out by its very name?  A pattern leaves items out, but the
 * configuration behind it still tells where things are. */
static int
is_left(const struct snapshot *s, const char *path)
{
	const char *const *except = s->opt->except;

	for (; except != NULL && *except != NULL; except++)
		if (strncmp(*except, "file:", 5) == 0 &&
		    strcmp(*except + 5, path) == 0)
			return 1;
	return 0;
}

static int
left_read(void *cookie, const char *path, struct buf *out)
{
	struct snapshot *s = cookie;

	return is_left(s, path) ? 0 : root_read(s->root, path, out);
}

static int
left_list(void *cookie, const char *path, char ***names, size_t *n)
{
	struct snapshot *s = cookie;

	return root_list(s->root, path, names, n);
}

struct oslo_source
snapshot_left_source(struct snapshot *s)
{
	struct oslo_source source = { left_read, left_list, s };

	return source;
}

static int
warn_globs(struct manifest *m, const char *option, const char *const *globs)
{

	for (; globs != NULL && *globs != NULL; globs++)
		if (manifest_warn(m, NULL, "left out by the operator: %s '%s'",
			option, *globs))
			return -1;
	return 0;
}

int
snapshot_left_warn(const struct snapshot *s, struct manifest *m)
{
	const struct snapshot_options *opt = s->opt;
	const struct {
		int left;
		const char *option;
	} parts[] = {
		{ opt->no_files, "--no-files" },
		{ opt->no_libvirt, "--no-libvirt" },
		{ opt->no_database, "--no-database" },
	};
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].left &&
		    manifest_warn(m, NULL, "left out by the operator: %s",
			parts[i].option))
			return -1;
	if (warn_globs(m, "all but --only", opt->only))
		return -1;
	return warn_globs(m, "--not", opt->except);
}
