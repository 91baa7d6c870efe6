#include "cmd/show_plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/show_ahead.h"
#include "cmd/show_finding.h"
#include "cmd/show_held.h"
#include "cmd/show_json.h"
#include "cmd/show_past.h"
#include "cmd/show_what.h"
#include "restore/files/plan_names.h"

#define BIT(type) (1u << (type))

/* Of a long value, what is shown around what changes in it. */
#define LONG_VALUE 160
#define AROUND     40

/* How much two texts have in common at their start, or behind that at their
 * end. */
static size_t
common(const struct buf *a, const struct buf *b, size_t start, int from_end)
{
	size_t most = (a->len < b->len ? a->len : b->len) - start, n;
	const char *x = from_end ? a->data + a->len - 1 : a->data;
	const char *y = from_end ? b->data + b->len - 1 : b->data;

	for (n = 0; n < most && *x == *y; n++) {
		x += from_end ? -1 : 1;
		y += from_end ? -1 : 1;
	}
	return n;
}

static int
show_side(
    struct report *r, char mark, const struct buf *b, size_t skip, size_t drop)
{
	size_t from = skip > AROUND ? skip - AROUND : 0;
	size_t to = drop > AROUND ? b->len - drop + AROUND : b->len;

	char *text;

	if ((text = warn_escape(b->data + from, to - from)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	report_diff(r, "%c%s%s%s", mark, from > 0 ? "..." : "", text,
	    to < b->len ? "..." : "");
	free(text);
	return 0;
}

/* A value on one line, before and after; a long one by what differs.  What is
 * new has no before; else no value is SQL NULL. */
static int
show_values(struct report *r, const struct show_sides *s, int creates)
{
	const struct plan_cell *cell = s->cell.cell;
	size_t skip = 0, drop = 0;

	if (cell->before != NULL && cell->after != NULL) {
		if (show_same(&s->before, &s->after)) {
			report_diff(r, "(a masked value changes)");
			return 0;
		}
		if (s->before.len > LONG_VALUE || s->after.len > LONG_VALUE) {
			skip = common(&s->before, &s->after, 0, 0);
			drop = common(&s->before, &s->after, skip, 1);
		}
	}
	if (cell->before == NULL && !creates)
		report_diff(r, "-(null)");
	if (cell->before != NULL &&
	    show_side(r, '-', &s->before, skip, drop) == -1)
		return -1;
	if (cell->after != NULL &&
	    show_side(r, '+', &s->after, skip, drop) == -1)
		return -1;
	if (cell->after == NULL)
		report_diff(r, "+(null)");
	return 0;
}

static int
show_one(struct report *r, const struct manifest *m,
    const struct plan_record *rec, const struct show_sides *s)
{
	const char *name = s->cell.cell->name, *what;
	struct buf diff = BUF_EMPTY;
	int rc;

	if (!s->cell.whole) {
		what = rec->kind == ITEM_TABLE ? show_what(m, rec, name) : NULL;
		report_diff(r, "@@ %s @@%s%s", name, what != NULL ? " " : "",
		    what != NULL ? what : "");
		return show_values(r, s, rec->type == PLAN_CREATE);
	}
	if ((rc = show_diff(&s->cell, &diff)) == 0)
		report_diff_lines(r, diff.data, diff.len);
	buf_free(&diff);
	return rc;
}

/* Another name, as git shows it. */
static int
show_rename(struct report *r, const struct plan_record *rec)
{
	const struct plan_cell *cell = &rec->cells[0];
	char *from, *to;
	int rc = -1;

	from = warn_escape(cell->before, cell->before_len);
	to = warn_escape(cell->after, cell->after_len);
	if (from == NULL || to == NULL) {
		warn_msg("out of memory");
		goto done;
	}
	report_diff(r, "--- file:%s", from);
	report_diff(r, "+++ file:%s", to);
	report_diff(r, "rename from %s", from);
	report_diff(r, "rename to %s", to);
	rc = 0;
done:
	free(from);
	free(to);
	return rc;
}

/* A new row is one line: what is in it stands in the bundle. */
static int
show_change(struct report *r, const struct manifest *m,
    const struct plan_record *rec, const struct show_sides *sides,
    size_t ncells)
{
	size_t i;

	if (rec->type == PLAN_CREATE && rec->kind == ITEM_TABLE) {
		report_diff(
		    r, "+++ %s (a new row, %zu columns)", rec->item, ncells);
		return 0;
	}
	if (rename_is(rec))
		return show_rename(r, rec);
	if (rec->kind != ITEM_TABLE && show_whats(r, m, rec) == -1)
		return -1;
	if (rec->type == PLAN_CREATE)
		report_diff(r, "--- /dev/null");
	else
		report_diff(r, "--- %s", rec->item);
	report_diff(r, "+++ %s", rec->item);
	for (i = 0; i < rec->ncells; i++) {
		if (show_unchanged(&rec->cells[i]))
			continue;
		if (show_one(r, m, rec, &sides[i]) == -1)
			return -1;
	}
	return 0;
}

/* The records of one type, a line for each. */
static int
show_all(struct report *r, struct plan *plan, const struct manifest *m,
    enum plan_type type, const char *word)
{
	const struct plan_record *rec;
	int more;

	if (plan_count(plan, type, -1) == 0)
		return 0;
	if (plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		if (rec->type == type)
			show_told(r, m, word, rec);
	}
	return more;
}

static int
show_changes(struct report *r, struct plan *plan, const struct manifest *m)
{
	const struct show_sides *sides;
	const struct plan_record *rec;
	struct show_ahead *a;
	size_t ncells;
	int more;

	if ((a = show_ahead_new(plan, m)) == NULL)
		return -1;
	while ((more = show_ahead_next(a, &rec, &sides, &ncells)) == 1)
		if (show_change(r, m, rec, sides, ncells) == -1) {
			more = -1;
			break;
		}
	show_ahead_free(a);
	return more;
}

/* A line for each kind that has anything. */
static void
show_summary(struct report *r, const struct plan *plan)
{
	uint64_t n[PLAN_TYPES], all;
	int type, k, headed = 0;

	for (k = 0; k < PLAN_KINDS; k++) {
		for (all = 0, type = 0; type < PLAN_TYPES; type++) {
			n[type] = plan_count(plan, (enum plan_type)type, k);
			if (type <= PLAN_FINDING)
				all += n[type];
		}
		if (all == 0)
			continue;
		if (!headed)
			report_label(r, REPORT_LABEL, "", "%8s %8s %8s %8s %8s",
			    "create", "change", "held", "drift", "finding");
		headed = 1;
		report_label(r, REPORT_LABEL, show_kind((enum item_kind)k),
		    "%8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64
		    " %8" PRIu64,
		    n[PLAN_CREATE], n[PLAN_CHANGE], n[PLAN_HELD], n[PLAN_DRIFT],
		    n[PLAN_FINDING]);
	}
}

static int
show_text(struct report *r, struct plan *plan, const struct manifest *m)
{

	if (show_changes(r, plan, m) == -1 ||
	    (!r->quiet && (show_held(r, m, plan) == -1 ||
			      show_all(r, plan, m, PLAN_NOTE, "note") == -1)) ||
	    show_all(r, plan, m, PLAN_DRIFT, "drift") == -1 ||
	    show_findings(r, plan) == -1)
		return -1;
	show_summary(r, plan);
	return 0;
}

int
show_plan(struct report *r, struct plan *plan, const struct manifest *m)
{

	if (!r->json && show_text(r, plan, m) == -1)
		return -1;
	if (!report_documents(r))
		return 0;
	if (show_json_records(r, plan, m, BIT(PLAN_CREATE) | BIT(PLAN_CHANGE),
		"changes") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_HELD), "held") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_NOTE), "notes") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_DRIFT), "drift") == -1 ||
	    show_json_records(r, plan, m, BIT(PLAN_FINDING), "findings") ==
		-1 ||
	    show_json_records(r, plan, m, BIT(PLAN_WAIVED), "waived") == -1)
		return -1;
	show_json_counts(r, plan);
	show_past_json(r, plan_past(plan));
	return 0;
}
