#include <stdlib.h>
#include <string.h>

#include "archive/crew.h"
#include "archive/warn.h"
#include "restore/journal/engine_inner.h"
#include "restore/plan/plan_record.h"

/* So many steps, or so many bytes of them. */
#define STEPS 32
#define BYTES (1u << 20)

struct member {
	struct plan_decoded d;
	size_t at; /* its bytes */
	enum step_state state;
	struct buf why;
	int made, failed; /* just now */
};

struct engine_group {
	struct restore *r;
	struct buf bytes; /* the records */
	struct member m[STEPS];
	size_t n;
};

int
engine_abreast(const struct engine_run *run, const struct plan_record *rec)
{
	size_t i;

	if (rec->kind != ITEM_DOMAIN || run->made == 0)
		return 0;
	/* What only marks a domain comes behind its definition. */
	for (i = 0; i < rec->ncells; i++)
		if (strcmp(rec->cells[i].name, "xml") == 0)
			return 1;
	return 0;
}

struct engine_group *
engine_group_new(void)
{
	struct engine_group *g;

	if ((g = calloc(1, sizeof(*g))) == NULL)
		warn_msg("out of memory");
	return g;
}

void
engine_group_free(struct engine_group *g)
{
	size_t i;

	if (g == NULL)
		return;
	for (i = 0; i < STEPS; i++) {
		plan_decoded_free(&g->m[i].d);
		buf_wipe(&g->m[i].why);
	}
	buf_wipe(&g->bytes);
	free(g);
}

int
engine_group_add(struct engine_group *g, const struct plan_record *rec)
{

	g->m[g->n].at = g->bytes.len;
	if (plan_encode(rec, &g->bytes) == -1)
		return -1;
	g->n++;
	return g->n < STEPS && g->bytes.len < BYTES;
}

/* The records again, now that their bytes stay where they are. */
static int
decode(struct engine_group *g)
{
	size_t i, end;

	for (i = 0; i < g->n; i++) {
		end = i + 1 < g->n ? g->m[i + 1].at : g->bytes.len;
		if (plan_decode(g->bytes.data + g->m[i].at, end - g->m[i].at,
			&g->m[i].d) == 0)
			continue;
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

/* crew_act: what is there? */
static int
look(void *cookie, size_t i)
{
	struct engine_group *g = cookie;
	struct member *m = &g->m[i];

	m->state = engine_look(g->r, &m->d.r, &m->why);
	return 0;
}

/* crew_act: it is made. */
static int
make(void *cookie, size_t i)
{
	struct engine_group *g = cookie;
	struct member *m = &g->m[i];

	if (m->state == STEP_AFTER)
		return 0;
	m->failed = engine_make(g->r, &m->d.r) == -1;
	m->made = !m->failed;
	return m->failed ? -1 : 0;
}

/* How many of them, from the first on, may be made. */
static size_t
may(struct engine_group *g, struct engine_run *run)
{
	uint64_t done = run->done;
	struct member *m;
	size_t i;

	for (i = 0; i < g->n; i++, run->done++) {
		m = &g->m[i];
		if (engine_may(run, &m->d.r, m->state,
			m->why.data != NULL ? m->why.data : "",
			STEP_AFTER) == STEP_FAILED)
			break;
	}
	run->done = done;
	return i;
}

int
engine_group_make(struct engine_group *g, struct engine_run *run,
    uint64_t first, const struct plan_record **rec, uint64_t *begun)
{
	size_t i, n, stop = g->n, to = 0;
	int rc;

	g->r = run->r;
	*begun = first;
	if (decode(g) == -1)
		return -1;
	*rec = &g->m[0].d.r;
	rc = crew_run(g->n, look, g, NULL);
	n = may(g, run);
	if (n > 0 && engine_intend(run, first, first + n) == -1)
		return -1;
	rc = crew_run(n, make, g, &to);
	for (i = 0; i < to; i++) {
		run->made += g->m[i].made != 0;
		run->half += g->m[i].failed != 0;
		run->done += !g->m[i].failed;
		if (g->m[i].failed && i < stop)
			stop = i;
	}
	if (rc == 0 && n == g->n)
		return 0;
	*begun = first + to;
	*rec = &g->m[rc != 0 ? stop : n].d.r;
	return -1;
}
