#include <inttypes.h>

#include "cmd/show_held.h"
#include "cmd/show_json.h"
#include "cmd/show_past.h"
#include "cmd/show_plan.h"
#include "cmd/show_what.h"

#define BIT(type) (1u << (type))
#define DIFFERENCES                                                            \
	(BIT(PLAN_CREATE) | BIT(PLAN_CHANGE) | BIT(PLAN_DRIFT) |               \
	    BIT(PLAN_FINDING))

static const char *const words[PLAN_TYPES] = { "missing", "differs", "held",
	"differs", "differs", "note", "leftover", "waived" };

static void
show_line(struct report *r, const struct manifest *m,
    const struct plan_record *rec, const char *place)
{
	const char *what = show_what(m, rec, place);

	report_label(r, REPORT_LABEL, words[rec->type], "%s%s%s%s%s%s%s%s",
	    rec->item == NULL ? "" : rec->item,
	    place == NULL || place[0] == '\0' ? "" : " ",
	    place == NULL ? "" : place,
	    rec->text == NULL || rec->item == NULL ? "" : ": ",
	    rec->text == NULL ? "" : rec->text, what == NULL ? "" : " (",
	    what == NULL ? "" : what, what == NULL ? "" : ")");
}

/* A row or definition differs by its cells, each of them a line. */
static void
show_record(
    struct report *r, const struct manifest *m, const struct plan_record *rec)
{
	size_t i;

	if (rec->type != PLAN_CHANGE || rec->ncells == 0) {
		show_line(r, m, rec, rec->place);
		return;
	}
	for (i = 0; i < rec->ncells; i++)
		show_line(r, m, rec, rec->cells[i].name);
}

static int
show_records(struct report *r, struct plan *plan, const struct manifest *m,
    unsigned types)
{
	const struct plan_record *rec;
	int more;

	if (r->json)
		return 0;
	if (plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		if (types >> rec->type & 1)
			show_record(r, m, rec);
	}
	return more;
}

/* The domains that ran when the snapshot was taken: nothing here starts them.
 */
static void
show_ran(struct report *r, const struct manifest *m, int all)
{
	const struct item *item;
	size_t i;

	report_open(r, "ran", '[');
	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		if (item->kind != ITEM_DOMAIN || !item->virt->active)
			continue;
		if (all)
			report_label(r, REPORT_LABEL, "ran",
			    "%s (when the snapshot was taken)", item->name);
		report_put(r, NULL, report_text(item->name));
	}
	report_close(r);
}

int
show_verify(
    struct report *r, struct plan *plan, const struct manifest *m, int all)
{

	all = all && !r->quiet;
	if (all && !r->json &&
	    (show_held(r, m, plan) == -1 ||
		show_records(r, plan, m, BIT(PLAN_NOTE)) == -1))
		return -1;
	show_ran(r, m, all);
	if (show_records(r, plan, m, DIFFERENCES | BIT(PLAN_LEFTOVER)) == -1 ||
	    show_json_records(r, plan, m, DIFFERENCES, "differences") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_LEFTOVER), "leftovers") ==
		-1 ||
	    show_json_records(r, plan, m, BIT(PLAN_HELD), "held") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_NOTE), "notes") == -1)
		return -1;
	show_json_counts(r, plan);
	show_past_json(r, plan_past(plan));
	return 0;
}
