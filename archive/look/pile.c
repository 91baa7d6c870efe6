#include "archive/look/pile.h"

#include <stdlib.h>
#include <string.h>

#include "archive/look/pile_private.h"
#include "archive/warn.h"

/* What is laid aside at once. */
#define CHUNK 16384

struct pile *
pile_new(const char *what, size_t room)
{
	struct pile *p;

	if ((p = calloc(1, sizeof(*p))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	p->what = what;
	p->nroom = room / sizeof(struct pile_spot) + 1;
	return p;
}

void
pile_free(struct pile *p)
{

	if (p == NULL)
		return;
	aside_free(p->aside);
	free(p->room);
	free(p->runs);
	free(p->heap);
	free(p);
}

size_t
pile_runs(const struct pile *p)
{

	return p->nruns;
}

uint64_t
pile_rank(const struct pile_record *r)
{
	uint64_t rank = 0;
	size_t i;

	for (i = 0; i < sizeof(rank); i++)
		rank = rank << 8 | (i < r->klen ? (unsigned char)r->key[i] : 0);
	return rank;
}

int
pile_compare(const struct pile_record *a, const struct pile_record *b)
{
	int rc = memcmp(a->key, b->key, a->klen < b->klen ? a->klen : b->klen);

	return rc != 0 ? rc : (a->klen > b->klen) - (a->klen < b->klen);
}

size_t
pile_parse(const char *bytes, struct pile_record *r)
{
	uint32_t len[2];

	memcpy(len, bytes, sizeof(len));
	r->key = bytes + PILE_HEAD;
	r->klen = len[0];
	r->body = r->key + r->klen;
	r->blen = len[1];
	return PILE_HEAD + r->klen + r->blen;
}

/* The first of the spots. */
static struct pile_spot *
spots(const struct pile *p)
{

	return p->room + p->nroom - p->n;
}

static int
by_key(const void *a, const void *b, void *bytes)
{
	const struct pile_spot *x = a, *y = b;
	struct pile_record r, s;
	int rc;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	pile_parse((const char *)bytes + x->off, &r);
	pile_parse((const char *)bytes + y->off, &s);
	rc = pile_compare(&r, &s);
	return rc != 0 ? rc : (x->off > y->off) - (x->off < y->off);
}

static void
sort(struct pile *p)
{

	if (p->n > 0)
		qsort_r(
		    spots(p), p->n, sizeof(struct pile_spot), by_key, p->room);
}

/* Behind what waits in ${chunk}. */
static int
lay(struct pile *p, char chunk[CHUNK], size_t *have, const char *bytes,
    size_t len)
{

	if (*have + len > CHUNK) {
		if (aside_add(p->aside, chunk, *have) == -1)
			return -1;
		*have = 0;
	}
	if (len > CHUNK)
		return aside_add(p->aside, bytes, len);
	memcpy(chunk + *have, bytes, len);
	*have += len;
	return 0;
}

/* The records, sorted, behind the runs that were laid aside. */
static int
lay_records(struct pile *p, struct pile_run *run)
{
	const char *bytes = (const char *)p->room;
	const struct pile_spot *s = spots(p);
	struct pile_record r;
	char chunk[CHUNK];
	size_t i, len, have = 0;

	run->start = aside_size(p->aside);
	for (i = 0; i < p->n; i++) {
		len = pile_parse(bytes + s[i].off, &r);
		if (len > run->longest)
			run->longest = len;
		if (lay(p, chunk, &have, bytes + s[i].off, len) == -1)
			return -1;
	}
	if (aside_add(p->aside, chunk, have) == -1)
		return -1;
	run->end = aside_size(p->aside);
	return 0;
}

/* What is in memory becomes a run. */
static int
spill(struct pile *p)
{
	struct pile_run *more;

	if (p->aside == NULL && (p->aside = aside_new(p->what)) == NULL)
		return -1;
	more = realloc(p->runs, (p->nruns + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	p->runs = more;
	memset(&more[p->nruns], 0, sizeof(*more));
	sort(p);
	if (lay_records(p, &more[p->nruns]) == -1)
		return -1;
	p->nruns++;
	p->used = p->n = 0;
	return 0;
}

/* Room for a record of that many bytes, and its spot. */
static int
make_room(struct pile *p, size_t len)
{
	size_t size = p->nroom * sizeof(struct pile_spot);
	size_t nroom = p->nroom;
	struct pile_spot *room;

	if (p->room != NULL &&
	    len + (p->n + 1) * sizeof(struct pile_spot) <= size - p->used)
		return 0;
	if (p->n > 0 && spill(p) == -1)
		return -1;
	if (len > size - sizeof(struct pile_spot))
		nroom = len / sizeof(struct pile_spot) + 2;
	if (p->room != NULL && nroom == p->nroom)
		return 0;
	if ((room = malloc(nroom * sizeof(*room))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	free(p->room);
	p->room = room;
	p->nroom = nroom;
	return 0;
}

int
pile_add(struct pile *p, const struct pile_record *r)
{
	uint32_t len[2] = { (uint32_t)r->klen, (uint32_t)r->blen };
	struct pile_spot *s;
	char *to;

	if (make_room(p, PILE_HEAD + r->klen + r->blen) == -1)
		return -1;
	p->n++;
	s = spots(p);
	s->rank = pile_rank(r);
	s->off = p->used;
	to = (char *)p->room + p->used;
	memcpy(to, len, sizeof(len));
	memcpy(to + PILE_HEAD, r->key, r->klen);
	if (r->blen > 0)
		memcpy(to + PILE_HEAD + r->klen, r->body, r->blen);
	p->used += PILE_HEAD + r->klen + r->blen;
	return 0;
}

int
pile_start(struct pile *p)
{

	p->next = 0;
	if (p->nruns > 0 && p->n > 0 && spill(p) == -1)
		return -1;
	if (p->nruns > 0)
		return pile_merge(p);
	if (!p->started)
		sort(p);
	p->started = 1;
	return 0;
}

int
pile_next(struct pile *p, struct pile_record *r)
{

	if (p->nruns > 0)
		return pile_merged(p, r);
	if (p->next == p->n)
		return 0;
	pile_parse((const char *)p->room + spots(p)[p->next++].off, r);
	return 1;
}
