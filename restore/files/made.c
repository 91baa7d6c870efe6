#include "restore/files/made.h"

#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/warn.h"
#include "restore/files/files.h"

struct made {
	uint64_t *hash; /* of the paths */
	size_t n, cap;
	int sorted;
};

struct made *
made_new(void)
{
	struct made *m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		warn_msg("out of memory");
	return m;
}

void
made_free(struct made *m)
{

	if (m == NULL)
		return;
	free(m->hash);
	free(m);
}

static uint64_t
hash(const char *path)
{
	uint64_t h = fnv(FNV_START, path, strlen(path));

	return h ^ h >> 29;
}

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

int
made_add(struct made *m, const struct plan_record *rec)
{
	uint64_t *more;
	size_t cap;

	if (rec->kind != ITEM_FILE || rec->type != PLAN_CREATE)
		return 0;
	if (m->n == m->cap) {
		cap = m->cap ? m->cap * 2 : 64;
		more = reallocarray(m->hash, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		m->hash = more;
		m->cap = cap;
	}
	m->hash[m->n++] = hash(files_path(rec->item));
	m->sorted = 0;
	return 0;
}

static int
has(struct made *m, const char *path)
{
	uint64_t h = hash(path);

	if (m->n == 0)
		return 0;
	if (!m->sorted)
		qsort(m->hash, m->n, sizeof(*m->hash), compare);
	m->sorted = 1;
	return bsearch(&h, m->hash, m->n, sizeof(h), compare) != NULL;
}

/* The first name in the folder that nobody of ours made, or n; n + 1: memory
 * ended (said). */
static size_t
first_other(struct made *m, const char *folder, char **names, size_t n)
{
	struct buf path = BUF_EMPTY;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_clear(&path);
		if (buf_addf(&path, "%s/%s", folder, names[i])) {
			i = n + 1;
			break;
		}
		if (!has(m, path.data))
			break;
	}
	buf_free(&path);
	return i;
}

/* What a kill left in the folder is our own. */
static int
clear_inside(struct restore *r, const char *folder)
{
	struct buf path = BUF_EMPTY;
	int rc;

	rc = buf_addf(&path, "%s/x", folder);
	if (rc == 0)
		rc = root_clear_temp(r->root, path.data);
	buf_free(&path);
	return rc;
}

int
made_others(struct made *m, struct restore *r, const struct plan_record *rec,
    struct buf *why)
{
	const char *folder = files_path(rec->item);
	char **names;
	size_t n, i;
	int rc;

	if (rec->kind != ITEM_FILE || rec->type != PLAN_CREATE ||
	    rec->will == NULL || rec->will->type != FILE_DIRECTORY)
		return 0;
	if (clear_inside(r, folder))
		return -1;
	if ((rc = root_list(r->root, folder, &names, &n)) != 1)
		return rc;
	i = first_other(m, folder, names, n);
	rc = i == n ? 0 : -1;
	if (i < n &&
	    buf_addf(why, "something else is in it: %s", names[i]) == 0)
		rc = 1;
	root_names_free(names, n);
	return rc;
}
