#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/node/oslo_internal.h"
#include "archive/warn.h"

/* Flag files that name each other: deeper is a circle or an attack. */
#define DEPTH 16

/* Flag files that one file names; they are read behind it, as nova does. */
struct includes {
	const char *path; /* the file that names them */
	char **paths;
	size_t *lines;
	size_t n;
};

/* The folder part of path and name behind it; name alone when absolute. */
static char *
beside(const char *path, const char *name, size_t len)
{
	struct buf b = BUF_EMPTY;
	const char *slash = strrchr(path, '/');

	if (((len > 0 && *name == '/') || slash == NULL
		    ? 0
		    : buf_add(&b, path, (size_t)(slash - path) + 1)) ||
	    buf_add(&b, name, len)) {
		buf_free(&b);
		return NULL;
	}
	return buf_steal(&b);
}

static int
include(void *cookie, const char *name, size_t len, size_t line)
{
	struct includes *in = cookie;
	size_t *lines;
	char **paths;

	paths = reallocarray(in->paths, in->n + 1, sizeof(*paths));
	if (paths != NULL)
		in->paths = paths;
	lines = reallocarray(in->lines, in->n + 1, sizeof(*lines));
	if (lines != NULL)
		in->lines = lines;
	if (paths == NULL || lines == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if ((paths[in->n] = beside(in->path, name, len)) == NULL)
		return -1;
	lines[in->n++] = line;
	return 0;
}

/* Was this file read already? */
static int
known(const struct oslo *o, const char *path)
{
	size_t i;

	for (i = 0; i < o->nfiles; i++)
		if (strcmp(o->files[i], path) == 0)
			return 1;
	return 0;
}

static int
remember(struct oslo *o, const char *path, enum place_format dialect)
{
	enum place_format *dialects;
	char **files;

	files = reallocarray(o->files, o->nfiles + 1, sizeof(*files));
	if (files != NULL)
		o->files = files;
	dialects = reallocarray(o->dialects, o->nfiles + 1, sizeof(*dialects));
	if (dialects != NULL)
		o->dialects = dialects;
	if (files == NULL || dialects == NULL ||
	    (files[o->nfiles] = strdup(path)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	dialects[o->nfiles++] = dialect;
	return 0;
}

/* One file and what it includes: 1, 0 absent, -1 said. */
static int
read_one(struct oslo *o, const struct oslo_source *source, const char *path,
    int depth)
{
	struct includes in = { path, NULL, NULL, 0 };
	struct buf bytes = BUF_EMPTY;
	enum place_format dialect;
	size_t i;
	int rc;

	if ((rc = source->read(source->cookie, path, &bytes)) <= 0)
		goto done;
	rc = -1;
	if (bytes.len > LIMIT_CONFIGURATION) {
		warn_msg("%s: %zu bytes are too many for configuration: it is "
			 "not read",
		    path, bytes.len);
		goto done;
	}
	if (buf_adds(&bytes, ""))
		goto done;
	if (strlen(bytes.data) != bytes.len) {
		warn_msg("%s: has NUL bytes: no configuration", path);
		goto done;
	}
	dialect = oslo_dialect(bytes.data, bytes.len);
	if (remember(o, path, dialect))
		goto done;
	if (dialect == PLACE_INI)
		rc = oslo_parse_ini(o, path, bytes.data, bytes.len);
	else
		rc = oslo_parse_flags(
		    o, path, bytes.data, bytes.len, include, &in);
	for (i = 0; i < in.n && rc == 0; i++) {
		if (known(o, in.paths[i]))
			continue;
		if (depth == DEPTH) {
			warn_msg("%s:%zu: flag files name each other too "
				 "deeply",
			    path, in.lines[i]);
			rc = -1;
		} else if ((rc = read_one(o, source, in.paths[i], depth + 1)) ==
			   0)
			warn_info("%s:%zu: the flag file %s is not there", path,
			    in.lines[i], in.paths[i]);
		rc = rc < 0 ? -1 : 0;
	}
	rc = rc ? -1 : 1;
done:
	for (i = 0; i < in.n; i++)
		free(in.paths[i]);
	free(in.paths);
	free(in.lines);
	buf_wipe(&bytes);
	return rc;
}

/* Every *.conf in a folder, by name: 0 (also when it is not there) or -1. */
static int
read_folder(struct oslo *o, const struct oslo_source *source, const char *dir)
{
	struct buf path = BUF_EMPTY;
	char **names = NULL;
	size_t n = 0, i, len;
	int rc;

	if ((rc = source->list(source->cookie, dir, &names, &n)) <= 0)
		return rc;
	for (i = 0, rc = 0; i < n && rc == 0; i++) {
		len = strlen(names[i]);
		if (*names[i] == '.' || len < 5 ||
		    strcmp(names[i] + len - 5, ".conf") != 0)
			continue;
		buf_clear(&path);
		if (buf_addf(&path, "%s/%s", dir, names[i]))
			rc = -1;
		else if (!known(o, path.data))
			rc = read_one(o, source, path.data, 0) < 0 ? -1 : 0;
	}
	for (i = 0; i < n; i++)
		free(names[i]);
	free(names);
	buf_free(&path);
	return rc;
}

int
oslo_read(struct oslo *o, const struct oslo_source *source, const char *path)
{
	struct buf own = BUF_EMPTY;
	char *shared = NULL;
	int rc;

	if (known(o, path))
		return 1;
	if ((rc = read_one(o, source, path, 0)) <= 0)
		return rc;
	rc = -1;
	if (buf_addf(&own, "%s.d", path) ||
	    (shared = beside(path, "conf.d", 6)) == NULL)
		goto done;
	if (read_folder(o, source, own.data) == 0 &&
	    read_folder(o, source, shared) == 0)
		rc = 1;
done:
	free(shared);
	buf_free(&own);
	return rc;
}

struct oslo *
oslo_load(const struct oslo_source *source, const char *path)
{
	struct oslo *o;
	int rc;

	if ((o = oslo_new()) == NULL)
		return NULL;
	if ((rc = oslo_read(o, source, path)) == 1)
		return o;
	if (rc == 0)
		warn_msg("%s is not there", path);
	oslo_free(o);
	return NULL;
}
