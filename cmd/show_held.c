#include "cmd/show_held.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/show_json.h"
#include "cmd/show_what.h"

/* Places that are alike: one table or kind, one reason. */
struct group {
	char *of, *name;
	uint64_t n;
};

struct groups {
	struct group *group;
	size_t n;
};

void
show_told(struct report *r, const struct manifest *m, const char *word,
    const struct plan_record *rec)
{
	const char *what = m != NULL ? show_what(m, rec, rec->place) : NULL;

	report_line(r, "%-9s %s%s%s%s%s%s%s%s", word,
	    rec->item == NULL ? "" : rec->item,
	    rec->place == NULL || rec->place[0] == '\0' ? "" : " ",
	    rec->place == NULL ? "" : rec->place,
	    rec->text == NULL || rec->item == NULL ? "" : ": ",
	    rec->text == NULL ? "" : rec->text, what == NULL ? "" : " (",
	    what == NULL ? "" : what, what == NULL ? "" : ")");
}

static void
groups_free(struct groups *g)
{
	size_t i;

	for (i = 0; i < g->n; i++) {
		free(g->group[i].of);
		free(g->group[i].name);
	}
	free(g->group);
}

/* The group of a record, made when it is the first; NULL when memory ends. */
static struct group *
group_of(struct groups *g, const struct plan_record *rec)
{
	const char *name = rec->name == NULL ? "" : rec->name;
	const char *of = rec->kind == ITEM_TABLE && rec->source != NULL
			     ? rec->source
			     : show_kind(rec->kind);
	struct group *more;
	size_t i;

	for (i = 0; i < g->n; i++) {
		if (strcmp(g->group[i].name, name) == 0 &&
		    strcmp(g->group[i].of, of) == 0)
			return &g->group[i];
	}
	if ((more = reallocarray(g->group, g->n + 1, sizeof(*more))) == NULL)
		goto err0;
	g->group = more;
	more += g->n;
	*more = (struct group){ strdup(of), strdup(name), 0 };
	g->n++;
	if (more->of != NULL && more->name != NULL)
		return more;

err0:
	warn_msg("out of memory");
	return NULL;
}

int
show_held(struct report *r, const struct manifest *m, struct plan *plan)
{
	struct groups g = { NULL, 0 };
	const struct plan_record *rec;
	struct group *group;
	size_t i;
	int more;

	if (plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		if (rec->type != PLAN_HELD)
			continue;
		if ((group = group_of(&g, rec)) == NULL) {
			more = -1;
			break;
		}
		if (group->n++ < SHOW_HELD)
			show_told(r, m, "held", rec);
	}
	for (i = 0; more == 0 && i < g.n; i++) {
		if (g.group[i].n > SHOW_HELD)
			report_line(r,
			    "%-9s %s: %" PRIu64 " more places (%s; --json "
			    "lists them)",
			    "held", g.group[i].of, g.group[i].n - SHOW_HELD,
			    g.group[i].name);
	}
	groups_free(&g);
	return more;
}
