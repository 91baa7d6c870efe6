#include "restore/rows/claims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "restore/plan/spool.h"

/* So many claims are looked at together: 3 MiB. */
#define TOGETHER 65536

/* As it stands in the file, the row's name behind it. */
struct head {
	unsigned char print[CLAIM_PRINT];
	uint64_t turn;
	uint32_t what, key, len;
};

/* As it is sorted. */
struct entry {
	struct head h;
	long name; /* where its row's name stands */
};

struct claims {
	FILE *spool;
	uint64_t n;
};

struct claims *
claims_new(void)
{
	struct claims *c;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if ((c->spool = spool_open()) == NULL) {
		free(c);
		return NULL;
	}
	return c;
}

void
claims_free(struct claims *c)
{

	if (c == NULL)
		return;
	/* Nothing of it is kept. */
	(void)fclose(c->spool);
	free(c);
}

static int
broken(void)
{

	warn_errno("temporary file of unique keys");
	return -1;
}

int
claims_add(struct claims *c, enum claim what,
    const unsigned char print[CLAIM_PRINT], uint64_t turn, unsigned int key,
    const char *row)
{
	struct head h;

	memset(&h, 0, sizeof(h));
	memcpy(h.print, print, CLAIM_PRINT);
	h.turn = turn;
	h.what = (uint32_t)what;
	h.key = key;
	h.len = (uint32_t)strlen(row);
	if (fwrite(&h, sizeof(h), 1, c->spool) != 1 ||
	    fwrite(row, 1, h.len, c->spool) != h.len)
		return broken();
	c->n++;
	return 0;
}

/* Equal prints together; in each group wants first, by their turn. */
static int
by_print(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int d = memcmp(x->h.print, y->h.print, CLAIM_PRINT);

	if (d == 0)
		d = (x->h.what > y->h.what) - (x->h.what < y->h.what);
	if (d == 0)
		d = (x->h.turn > y->h.turn) - (x->h.turn < y->h.turn);
	return d;
}

/* The row's name of an entry: "" and longer; NULL said. */
static char *
name_of(struct claims *c, const struct entry *e)
{
	char *name;

	if ((name = malloc(e->h.len + 1)) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if (fseek(c->spool, e->name, SEEK_SET) ||
	    fread(name, 1, e->h.len, c->spool) != e->h.len) {
		free(name);
		(void)broken();
		return NULL;
	}
	name[e->h.len] = '\0';
	return name;
}

/* The entry of group that frees what the row ${name} holds, or NULL. */
static const struct entry *
freed_by(struct claims *c, const struct entry *group, size_t n,
    const char *name, int *failed)
{
	char *other;
	size_t i;
	int same;

	for (i = 0; i < n; i++) {
		if (group[i].h.what != CLAIM_FREE)
			continue;
		if ((other = name_of(c, &group[i])) == NULL) {
			*failed = 1;
			return NULL;
		}
		same = strcmp(other, name) == 0;
		free(other);
		if (same)
			return &group[i];
	}
	return NULL;
}

static int
tell_pair(struct claims *c, claims_fn *fn, void *cookie, enum clash what,
    const struct entry *want, const char *other)
{
	char *row;
	int rc;

	if ((row = name_of(c, want)) == NULL)
		return -1;
	rc = fn(cookie, what, want->h.key, row, other);
	free(row);
	return rc;
}

/* A row that stands here with what the row of that turn wants. */
static int
tell_here(struct claims *c, claims_fn *fn, void *cookie,
    const struct entry *group, size_t n, const struct entry *here)
{
	const struct entry *freed;
	int failed = 0, rc = 0;
	char *other;
	size_t i;

	if ((other = name_of(c, here)) == NULL)
		return -1;
	freed = freed_by(c, group, n, other, &failed);
	if (failed)
		rc = -1;
	for (i = 0; !failed && i < n && group[i].h.what == CLAIM_WANT; i++)
		if (group[i].h.turn == here->h.turn) {
			rc = tell_pair(c, fn, cookie,
			    freed == NULL ? CLASH_HERE : CLASH_FREED, &group[i],
			    other);
			break;
		}
	free(other);
	return rc;
}

/* All claims to the same values. */
static int
tell_group(struct claims *c, claims_fn *fn, void *cookie,
    const struct entry *group, size_t n)
{
	char *first;
	size_t i;
	int rc = 0;

	if (n < 2)
		return 0;
	if ((first = name_of(c, &group[0])) == NULL)
		return -1;
	for (i = 1; rc == 0 && i < n && group[i].h.what == CLAIM_WANT; i++)
		rc = tell_pair(c, fn, cookie, CLASH_WANTED, &group[i], first);
	free(first);
	for (; rc == 0 && i < n; i++)
		if (group[i].h.what == CLAIM_HERE)
			rc = tell_here(c, fn, cookie, group, n, &group[i]);
	return rc;
}

/* Past the name of an entry: a seek would throw away what was read ahead. */
static int
skip_name(struct claims *c, size_t len)
{
	char chunk[256];
	size_t step;

	for (; len > 0; len -= step) {
		step = len < sizeof(chunk) ? len : sizeof(chunk);
		if (fread(chunk, 1, step, c->spool) != step)
			return -1;
	}
	return 0;
}

/* The claims whose print falls to this pass: how many, or -1 said. */
static long
read_pass(
    struct claims *c, struct entry *e, size_t pass, size_t passes, size_t max)
{
	uint64_t i;
	size_t n = 0;
	uint32_t part;

	if (fseek(c->spool, 0, SEEK_SET))
		return broken();
	for (i = 0; i < c->n && n < max; i++) {
		if (fread(&e[n].h, sizeof(e[n].h), 1, c->spool) != 1 ||
		    (e[n].name = ftell(c->spool)) == -1 ||
		    skip_name(c, e[n].h.len) == -1)
			return broken();
		memcpy(&part, e[n].h.print, sizeof(part));
		n += part % passes == pass;
	}
	return (long)n;
}

static int
tell_pass(
    struct claims *c, claims_fn *fn, void *cookie, struct entry *e, size_t n)
{
	size_t i, j;
	int rc = 0;

	qsort(e, n, sizeof(*e), by_print);
	for (i = 0; rc == 0 && i < n; i = j) {
		for (j = i + 1; j < n && memcmp(e[i].h.print, e[j].h.print,
					     CLAIM_PRINT) == 0;
		     j++)
			continue;
		rc = tell_group(c, fn, cookie, &e[i], j - i);
	}
	return rc;
}

int
claims_tell(struct claims *c, claims_fn *fn, void *cookie)
{
	size_t passes = (size_t)(c->n / TOGETHER) + 1, pass, max;
	struct entry *e;
	int rc = 0;
	long n;

	if (c->n == 0)
		return 0;
	/* Prints spread evenly, unless very many claims are to the same values:
	 * of those the first tell enough. */
	max = c->n < 4 * TOGETHER ? (size_t)c->n : 4 * TOGETHER;
	if (fflush(c->spool))
		return broken();
	if ((e = calloc(max + 1, sizeof(*e))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (pass = 0; rc == 0 && pass < passes; pass++) {
		if ((n = read_pass(c, e, pass, passes, max)) < 0)
			rc = -1;
		else
			rc = tell_pass(c, fn, cookie, e, (size_t)n);
	}
	free(e);
	return rc;
}
