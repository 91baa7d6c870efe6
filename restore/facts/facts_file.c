#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/node/fd_read.h"
#include "archive/warn.h"
#include "restore/facts/facts.h"
#include "restore/facts/qcow2.h"

void
facts_file_free(struct fact_file *file)
{

	free(file->path);
	free(file->backing);
	free(file->backing_format);
	free(file->data);
	memset(file, 0, sizeof(*file));
}

/* 0, or -1 said. */
static int
parse(struct fact_file *file, const unsigned char *bytes, size_t len)
{
	const char *why;
	struct qcow2 q;

	switch (qcow2_parse(bytes, len, &q, &why)) {
	case 1:
		file->image = FACT_QCOW2;
		file->backing = q.backing;
		file->backing_format = q.backing_format;
		file->data = q.data;
		break;
	case 0:
		file->image = FACT_NO_IMAGE;
		break;
	default:
		if (why == NULL)
			return -1;
		file->image = FACT_BROKEN;
	}
	return 0;
}

/* Look into the bytes behind ${fd}: 0, or -1 said. */
static int
look_into(struct fact_file *file, int fd)
{
	unsigned char first[QCOW2_FIRST], *more = NULL;
	size_t wants;
	ssize_t n;
	int rc;

	file->image = FACT_UNREAD;
	if ((n = fd_read(fd, first, sizeof(first), 0)) == -1)
		return 0;
	wants = qcow2_wants(first, (size_t)n);
	if (wants <= sizeof(first) || (size_t)n < sizeof(first))
		return parse(file, first, (size_t)n);
	if ((more = malloc(wants)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	rc = 0;
	if ((n = fd_read(fd, more, wants, 0)) != -1)
		rc = parse(file, more, (size_t)n);
	free(more);
	return rc;
}

static enum fact_type
type_of(const struct stat *st)
{

	switch (st->st_mode & (mode_t)S_IFMT) {
	case S_IFREG:
		return FACT_REGULAR;
	case S_IFDIR:
		return FACT_FOLDER;
	case S_IFBLK:
		return FACT_BLOCK;
	default:
		return FACT_OTHER;
	}
}

static int
file_here(struct root *root, const char *path, struct fact_file *out)
{
	struct stat st;
	int fd, rc = 0;

	switch (root_peek(root, path, &st, &fd)) {
	case 0:
		out->type = FACT_ABSENT;
		return 0;
	case 1:
		break;
	default:
		out->type = FACT_UNKNOWN;
		return 0;
	}
	out->type = type_of(&st);
	out->size = (uint64_t)st.st_size;
	out->image = FACT_UNREAD;
	if (fd != -1) {
		rc = look_into(out, fd);
		close(fd);
	}
	return rc;
}

static int
path_is(const void *key, const void *element)
{
	const struct fact_file *f = element;

	return strcmp(key, f->path);
}

/* NULL is copied as NULL: 0, or -1. */
static int
copy(char **to, const char *s)
{

	return s == NULL || (*to = strdup(s)) != NULL ? 0 : -1;
}

static const struct fact_file *
find_described(const struct facts *f, const char *path)
{

	return f->nfiles == 0 ? NULL
			      : bsearch(path, f->files, f->nfiles,
				    sizeof(*f->files), path_is);
}

/* Of a folder that is described all that is in it is: what is not, is not
 * there.  The nearest folder on the way that is told of decides. */
static int
surely_absent(const struct facts *f, const char *path)
{
	const struct fact_file *known = NULL;
	char *way, *slash;

	if ((way = strdup(path)) == NULL)
		return -1;
	while (known == NULL && (slash = strrchr(way, '/')) != NULL &&
	       slash != way) {
		*slash = '\0';
		known = find_described(f, way);
	}
	free(way);
	return known != NULL && known->type != FACT_UNKNOWN;
}

/* As a description has it. */
static int
file_described(const struct facts *f, const char *path, struct fact_file *out)
{
	const struct fact_file *known = find_described(f, path);
	int absent;

	out->type = FACT_UNKNOWN;
	if (known == NULL) {
		if ((absent = surely_absent(f, path)) == 1)
			out->type = FACT_ABSENT;
		return absent == -1 ? -1 : 0;
	}
	out->type = known->type;
	out->size = known->size;
	out->image = known->image;
	return copy(&out->backing, known->backing) ||
		       copy(&out->backing_format, known->backing_format) ||
		       copy(&out->data, known->data)
		   ? -1
		   : 0;
}

int
facts_file(struct facts *f, const char *path, struct fact_file *out)
{
	int rc;

	memset(out, 0, sizeof(*out));
	rc = copy(&out->path, path);
	if (rc == 0 && f->root == NULL)
		rc = file_described(f, path, out);
	if (rc == -1)
		warn_msg("out of memory");
	if (rc == 0 && f->root != NULL)
		rc = file_here(f->root, path, out);
	if (rc == -1)
		facts_file_free(out);
	return rc;
}
