#include "restore/allow/folder.h"

#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/allow/folder_table.h"

#define FOLDERS (sizeof(folder_rows) / sizeof(folder_rows[0]))

/* A folder that the bundle names; ${real} is what it is behind all links. */
struct base {
	const char *variable; /* $pools */
	char *path, *real;
};

struct folders {
	struct root *root; /* NULL: a description, links are not seen */
	struct base *b;
	size_t n;
};

/* The path without doubled slashes, "." parts and a slash at its end, as nova
 * joins it of its options: malloced; NULL with ${*why} set when it is no whole
 * path, or without when memory ends. */
static char *
tidy(const char *path, const char **why)
{
	char *out, *to;
	size_t n;

	*why = NULL;
	if (path[0] != '/')
		*why = "is no absolute path";
	else if (strlen(path) > LIMIT_NAME)
		*why = "is too long";
	if (*why != NULL || (out = to = malloc(strlen(path) + 2)) == NULL)
		return NULL;
	for (; *path != '\0'; path += n) {
		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (n == 2 && memcmp(path, "..", 2) == 0) {
			*why = "has .. in it";
			free(out);
			return NULL;
		}
		if (n == 0 || (n == 1 && *path == '.'))
			continue;
		*to++ = '/';
		memcpy(to, path, n);
		to += n;
	}
	if (to == out)
		*to++ = '/';
	*to = '\0';
	return out;
}

/* Is it ${top}, or in it? */
static int
is_below(const char *path, const char *top)
{
	size_t len = strlen(top);

	return strncmp(path, top, len) == 0 &&
	       (path[len] == '\0' || path[len] == '/');
}

static int
is_system(const char *path)
{
	const struct system_row *row;
	size_t i;

	for (i = 0; i < sizeof(system_rows) / sizeof(system_rows[0]); i++) {
		row = &system_rows[i];
		if (row->what == SYSTEM_ITSELF ? strcmp(path, row->path) == 0
					       : is_below(path, row->path))
			return !row->may;
	}
	/* A hidden folder is one of somebody's settings. */
	return strstr(path, "/.") != NULL;
}

/* Behind all links: malloced; as it is where that cannot be seen; a link to
 * nothing is in no folder.  NULL: no memory. */
static char *
real_path(struct folders *f, const char *path)
{
	struct buf out = BUF_EMPTY;

	if (f->root == NULL)
		return strdup(path);
	switch (root_resolve(f->root, path, &out)) {
	case 1:
		return buf_steal(&out);
	case 0:
		buf_free(&out);
		return strdup("");
	default:
		buf_free(&out);
		return NULL;
	}
}

/* A folder of the bundle, if it may be one: 0, or -1 said. */
static int
add_base(struct folders *f, const char *variable, const char *path)
{
	struct base *more, b = { .variable = variable };
	const char *why;

	if ((b.path = tidy(path, &why)) == NULL && why != NULL)
		return 0;
	if (b.path == NULL || (b.real = real_path(f, b.path)) == NULL)
		goto err1;
	if (is_system(b.path) || is_system(b.real)) {
		free(b.path);
		free(b.real);
		return 0;
	}
	more = reallocarray(f->b, f->n + 1, sizeof(*more));
	if (more == NULL)
		goto err1;
	f->b = more;
	f->b[f->n++] = b;
	return 0;

err1:
	free(b.path);
	free(b.real);
	warn_msg("out of memory");
	return -1;
}

struct folders *
folders_new(struct restore *r)
{
	const struct site *site = r->site;
	struct folders *f;
	size_t i;

	if ((f = calloc(1, sizeof(*f))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	f->root = r->root;
	if (site == NULL)
		return f;
	if (site->instances_path != NULL &&
	    add_base(f, "$instances", site->instances_path))
		goto err1;
	for (i = 0; i < site->nmounts; i++)
		if (add_base(f, "$mounts", site->mounts[i]))
			goto err1;
	return f;

err1:
	folders_free(f);
	return NULL;
}

void
folders_free(struct folders *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->n; i++) {
		free(f->b[i].path);
		free(f->b[i].real);
	}
	free(f->b);
	free(f);
}

int
folders_pool(struct folders *f, const char *path)
{

	return add_base(f, "$pools", path);
}

/* Is it below a folder that ${variable} stands for, and behind all links, too?
 * 1, 0; 2 when a link leads away; -1 said. */
static int
in_bases(struct folders *f, const char *variable, const char *path)
{
	size_t i, k, len = strcspn(variable, "/");
	char *real;

	for (i = 0; i < f->n; i++) {
		if (strlen(f->b[i].variable) != len ||
		    strncmp(f->b[i].variable, variable, len) != 0 ||
		    !is_below(path, f->b[i].path) ||
		    strcmp(path, f->b[i].path) == 0)
			continue;
		if ((real = real_path(f, path)) == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		for (k = 0; k < f->n && !is_below(real, f->b[k].real); k++)
			;
		free(real);
		return k < f->n ? 1 : 2;
	}
	return 0;
}

/* 1, 0, 2, -1 as above. */
static int
row_has_path(struct folders *f, const struct folder_row *row, const char *path)
{
	size_t len = strlen(row->begin), all = strlen(path), end;

	if (row->begin[0] == '$')
		return in_bases(f, row->begin, path);
	if (strncmp(path, row->begin, len) != 0)
		return 0;
	if (row->end == NULL)
		return all > len;
	end = strlen(row->end);
	if (end == 0)
		return all == len;
	/* In that very folder. */
	return all > len + end && strcmp(path + all - end, row->end) == 0 &&
	       strchr(path + len, '/') == NULL;
}

/* Where it should be, for people. */
static int
say_where(const struct folders *f, const char *sort, struct buf *why)
{
	const char *begin;
	size_t i, k, len;

	for (i = 0; i < FOLDERS; i++) {
		begin = folder_rows[i].begin;
		if (strcmp(folder_rows[i].sort, sort) != 0)
			continue;
		if (begin[0] != '$') {
			if (buf_addf(why, " %s", begin))
				return -1;
			continue;
		}
		len = strcspn(begin, "/");
		for (k = 0; k < f->n; k++)
			if (strncmp(f->b[k].variable, begin, len) == 0 &&
			    buf_addf(why, " %s/", f->b[k].path))
				return -1;
	}
	return 0;
}

static int
judge_tidy(
    struct folders *f, const char *sort, const char *path, struct buf *why)
{
	int rc, led = 0;
	size_t i;

	if (strcmp(sort, "pool") == 0) {
		if (!is_system(path))
			return 1;
		return buf_adds(why, "is a folder of the system") ? -1 : 0;
	}
	for (i = 0; i < FOLDERS; i++) {
		if (strcmp(folder_rows[i].sort, sort) != 0)
			continue;
		rc = row_has_path(f, &folder_rows[i], path);
		if (rc == 1 || rc == -1)
			return rc;
		led |= rc;
	}
	if (led)
		return buf_adds(why, "is behind a link that leads elsewhere")
			   ? -1
			   : 0;
	if (buf_adds(why, "is not where such files are:") ||
	    say_where(f, sort, why))
		return -1;
	return 0;
}

int
folders_judge(
    struct folders *f, const char *sort, const char *path, struct buf *why)
{
	const char *is;
	char *whole;
	int rc;

	if ((whole = tidy(path, &is)) == NULL) {
		if (is != NULL)
			return buf_adds(why, is) ? -1 : 0;
		warn_msg("out of memory");
		return -1;
	}
	rc = judge_tidy(f, sort, whole, why);
	free(whole);
	return rc;
}
