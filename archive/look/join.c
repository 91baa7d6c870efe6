#include "archive/look/join.h"

#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/limits.h"
#include "archive/look/join_private.h"
#include "archive/warn.h"

struct join *
join_new(void)
{
	struct join *j = calloc(1, sizeof(*j));

	if (j == NULL)
		warn_msg("out of memory");
	else
		j->room = LIMIT_JOIN;
	return j;
}

void
join_room(struct join *j, size_t room)
{

	j->room = room;
}

void
join_limit(struct join *j, size_t most)
{

	j->most = most;
}

typedef void free_fn(void *p);

static void
free_set(struct join_set *set, free_fn *fn)
{
	size_t i;

	for (i = 0; i < set->room; i++)
		if (set->slots[i] != NULL)
			fn(set->slots[i]);
	free(set->slots);
	free(set->hashes);
}

static void
free_host(void *p)
{
	struct join_host *h = p;

	free(h->service);
	free(h);
}

void
join_free(struct join *j)
{
	size_t i;

	if (j == NULL)
		return;
	for (i = 0; i < j->nfiles; i++) {
		free(j->files[i].name);
		free(j->files[i].created);
		free(j->files[i].host);
	}
	free(j->files);
	pile_free(j->seen);
	pile_free(j->found);
	buf_free(&j->key);
	buf_free(&j->body);
	free_set(&j->texts, free);
	free_set(&j->hosts, free_host);
	free(j);
}

static const char *
name_of(const void *p)
{

	return *(char *const *)p;
}

static uint32_t
hash_of(const struct join_set *set, const char *name)
{
	/* Where it stands in memory nobody knows who writes names. */
	uint64_t h = FNV_START ^ (uint64_t)(uintptr_t)set;

	h = fnv(h, name, strlen(name));
	return (uint32_t)(h ^ h >> 32);
}

/* The slot of that name, or the free one where it would stand. */
static size_t
slot_of(const struct join_set *set, const char *name, uint32_t hash)
{
	size_t i = hash & (set->room - 1);

	while (set->slots[i] != NULL &&
	       (set->hashes[i] != hash ||
		   strcmp(name_of(set->slots[i]), name) != 0))
		i = (i + 1) & (set->room - 1);
	return i;
}

static void
put(struct join_set *set, void *p, uint32_t hash)
{
	size_t i = hash & (set->room - 1);

	while (set->slots[i] != NULL)
		i = (i + 1) & (set->room - 1);
	set->slots[i] = p;
	set->hashes[i] = hash;
}

/* Room for one more: a quarter of the slots stays free. */
static int
grow(struct join_set *set)
{
	struct join_set more = { .n = set->n };
	size_t i;

	if (set->n < set->room / 4 * 3)
		return 0;
	more.room = set->room == 0 ? 64 : 2 * set->room;
	if ((more.slots = calloc(more.room, sizeof(*more.slots))) == NULL)
		goto err0;
	if ((more.hashes = calloc(more.room, sizeof(*more.hashes))) == NULL)
		goto err1;
	for (i = 0; i < set->room; i++)
		if (set->slots[i] != NULL)
			put(&more, set->slots[i], set->hashes[i]);
	free(set->slots);
	free(set->hashes);
	*set = more;
	return 0;

err1:
	free(more.slots);
err0:
	return -1;
}

static int
by_name(const void *a, const void *b)
{

	return strcmp(name_of(*(void *const *)a), name_of(*(void *const *)b));
}

void **
join_list(const struct join_set *set)
{
	size_t i, n = 0;
	void **list;

	if ((list = calloc(set->n + 1, sizeof(*list))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	for (i = 0; i < set->room; i++)
		if (set->slots[i] != NULL)
			list[n++] = set->slots[i];
	qsort(list, n, sizeof(*list), by_name);
	return list;
}

/* Find or make; ${size} is that of the whole, behind which its name stands. */
static void *
find(struct join_set *set, const char *name, size_t size)
{
	size_t len = strlen(name) + 1;
	uint32_t hash = hash_of(set, name);
	char *made, *key;

	if (set->room > 0 &&
	    (made = set->slots[slot_of(set, name, hash)]) != NULL)
		return made;
	if (grow(set) == -1 || (made = malloc(size + len)) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	memset(made, 0, size);
	key = memcpy(made + size, name, len);
	memcpy(made, &key, sizeof(key));
	put(set, made, hash);
	set->n++;
	return made;
}

struct join_host *
join_host(struct join *j, const char *name)
{

	return find(&j->hosts, name, sizeof(struct join_host));
}

int
join_text(struct join *j, const char *text, const char **to)
{
	struct join_text *t;

	*to = NULL;
	if (text == NULL)
		return 0;
	if ((t = find(&j->texts, text, sizeof(*t))) == NULL)
		return -1;
	*to = t->text;
	return 0;
}

int
join_newer(const struct join *j, size_t file, size_t known)
{

	return strcmp(j->files[file].created, j->files[known].created) > 0;
}

static int
add_domain(struct join *j, const struct item *item)
{
	struct join_slip s = { .what = JOIN_SAYS_DOMAIN,
		.number = j->ndomains++,
		.file = j->nfiles - 1,
		.text = { item->name, item->virt->uuid } };

	return join_say(j, item->virt->uuid, &s);
}

/* What a bundle of some hosts says of the others. */
static int
add_elsewhere(struct join *j, const struct elsewhere_host *e)
{
	struct join_slip s = { .what = JOIN_SAYS_ELSEWHERE,
		.file = j->nfiles - 1,
		.text = { e->host } };
	struct join_host *h;
	size_t k;

	if ((h = join_host(j, e->host)) == NULL)
		return -1;
	h->compute = 1;
	for (k = 0; k < e->ninstances; k++) {
		s.number = e->instances[k].id;
		if (join_say(j, e->instances[k].uuid, &s) == -1)
			return -1;
	}
	return 0;
}

static int
add_file(struct join *j, const char *file, const struct manifest *m)
{
	struct join_file *more, *f;

	more = realloc(j->files, (j->nfiles + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	j->files = more;
	f = memset(&more[j->nfiles++], 0, sizeof(*f));
	return manifest_set(&f->name, file) == -1 ||
		       manifest_set(&f->created, m->created) == -1 ||
		       manifest_set(&f->host, m->host) == -1
		   ? -1
		   : 0;
}

enum outcome
join_add(struct join *j, const char *file, struct bundle *b)
{
	const struct manifest *m = bundle_manifest(b);
	struct join_host *h;
	size_t i;

	if (add_file(j, file, m) || (h = join_host(j, m->host)) == NULL)
		return OUTCOME_FAILED;
	h->bundles++;
	for (i = 0; i < m->nitems; i++)
		if (m->items[i]->kind == ITEM_DOMAIN &&
		    add_domain(j, m->items[i]))
			return OUTCOME_FAILED;
	for (i = 0; i < m->nelsewhere; i++)
		if (add_elsewhere(j, &m->elsewhere[i]))
			return OUTCOME_FAILED;
	return join_rows(j, b);
}

int
join_count(struct join *j, struct join_counts *counts)
{

	if (join_match(j) == -1)
		return -1;
	counts->bundles = j->nfiles;
	counts->instances = j->ninstances;
	counts->definitions = j->ndomains;
	counts->volumes = j->nvolumes;
	counts->hosts = j->hosts.n;
	counts->rows = j->has_instances;
	return 0;
}
