#include "cmd/show_held.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/show_json.h"
#include "cmd/show_past.h"
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

	report_label(r, REPORT_LABEL, word, "%s%s%s%s%s%s%s%s",
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

/* What a record is of: "row:nova.volumes", "file"; its length in ${len}. */
static const char *
alike(const struct plan_record *rec, size_t *len)
{
	static const char row[] = "row:";
	const char *of = rec->item;

	if (rec->kind == ITEM_TABLE && of != NULL &&
	    strncmp(of, row, sizeof(row) - 1) == 0) {
		*len = sizeof(row) - 1 + strcspn(of + sizeof(row) - 1, ":");
		return of;
	}
	of = show_kind(rec->kind);
	*len = strlen(of);
	return of;
}

/* The group of a record, made when it is the first; NULL when memory ends. */
static struct group *
group_of(struct groups *g, const struct plan_record *rec)
{
	const char *name = rec->name == NULL ? "" : rec->name;
	struct group *more;
	const char *of;
	size_t i, len;

	of = alike(rec, &len);
	for (i = 0; i < g->n; i++) {
		if (strcmp(g->group[i].name, name) == 0 &&
		    strlen(g->group[i].of) == len &&
		    memcmp(g->group[i].of, of, len) == 0)
			return &g->group[i];
	}
	if ((more = reallocarray(g->group, g->n + 1, sizeof(*more))) == NULL)
		goto err0;
	g->group = more;
	more += g->n;
	*more = (struct group){ strndup(of, len), strdup(name), 0 };
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
			report_label(r, REPORT_LABEL, "held",
			    "%s: %" PRIu64 " more places (%s; --json "
			    "lists them)",
			    g.group[i].of, g.group[i].n - SHOW_HELD,
			    g.group[i].name);
	}
	groups_free(&g);
	if (more == 0)
		show_past(r, plan_past(plan));
	return more;
}
