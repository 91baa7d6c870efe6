#include "cmd/show_json.h"

#include "archive/warn.h"
#include "cmd/show_value.h"
#include "cmd/show_what.h"
#include "restore/preflight/finding.h"

static const char *const types_names[PLAN_TYPES] = { "create", "change", "held",
	"drift", "finding", "note", "leftover", "waived" };

const char *
show_type(enum plan_type type)
{

	return types_names[type];
}

const char *
show_kind(enum item_kind kind)
{

	if (kind == PLAN_HOST)
		return "host";
	return kind == ITEM_TABLE ? "row" : item_kind_name(kind);
}

/* One side of a value: masked text, or null where it is absent. */
static int
put_side(struct report *r, const struct show_cell *c, const char *name,
    const char *bytes, size_t len)
{
	struct buf b = BUF_EMPTY;

	if (bytes == NULL) {
		report_put(r, name, json_null());
		return 0;
	}
	if (show_masked(c, bytes, len, &b) == -1) {
		buf_free(&b);
		return -1;
	}
	report_put(r, name, report_string(b.data, b.len));
	buf_free(&b);
	return 0;
}

static int
put_cell(struct report *r, const struct manifest *m,
    const struct plan_record *rec, const struct plan_cell *cell)
{
	struct buf diff = BUF_EMPTY;
	struct show_cell c;
	int rc;

	show_cell(m, rec, cell, &c);
	report_open(r, NULL, '{');
	report_put(r, "name", report_text(cell->name));
	if (c.whole) {
		if ((rc = show_diff(&c, &diff)) == 0)
			report_put(
			    r, "diff", report_string(diff.data, diff.len));
		buf_free(&diff);
	} else if ((rc = put_side(r, &c, "before", cell->before,
			cell->before_len)) == 0) {
		rc = put_side(r, &c, "after", cell->after, cell->after_len);
	}
	report_put(r, "secret", json_boolean(c.role == PLACE_SECRET));
	report_close(r);
	return rc;
}

static int
put_place(void *cookie, const char *place, const char *what)
{

	report_put(cookie, NULL,
	    json_pack("{s:o, s:o}", "place", report_text(place), "place_kind",
		report_text(what)));
	return 0;
}

static int
put_record(
    struct report *r, const struct manifest *m, const struct plan_record *rec)
{
	size_t i;
	int rc = 0;

	report_open(r, NULL, '{');
	report_put(r, "type", report_text(show_type(rec->type)));
	if (rec->item != NULL) {
		report_put(r, "kind", report_text(show_kind(rec->kind)));
		report_put(r, "item", report_text(rec->item));
	}
	if (rec->place != NULL)
		report_put(r, "place", report_text(rec->place));
	if (rec->place != NULL)
		report_put(r, "place_kind",
		    report_text(show_what(m, rec, rec->place)));
	if (rec->name != NULL)
		report_put(r, "name", report_text(rec->name));
	if (rec->text != NULL)
		report_put(r, "text", report_text(rec->text));
	if (rec->type == PLAN_FINDING || rec->type == PLAN_WAIVED)
		report_put(
		    r, "waivable", json_boolean(finding_may_waive(rec->name)));
	if (rec->type == PLAN_CHANGE) {
		report_open(r, "places", '[');
		rc = show_places(m, rec, put_place, r);
		report_close(r);
	}
	if (rec->ncells > 0) {
		report_open(r, "cells", '[');
		for (i = 0; i < rec->ncells && rc == 0; i++)
			if (!show_unchanged(&rec->cells[i]))
				rc = put_cell(r, m, rec, &rec->cells[i]);
		report_close(r);
	}
	report_close(r);
	return rc;
}

int
show_json_records(struct report *r, struct plan *plan, const struct manifest *m,
    unsigned types, const char *name)
{
	const struct plan_record *rec;
	int more = 0;

	if (!report_documents(r))
		return 0;
	if (plan_rewind(plan) == -1)
		return -1;
	report_open(r, name, '[');
	while ((more = plan_next(plan, &rec)) == 1) {
		if ((types >> rec->type & 1) && put_record(r, m, rec) == -1) {
			more = -1;
			break;
		}
	}
	report_close(r);
	return more;
}

void
show_json_counts(struct report *r, const struct plan *plan)
{
	enum plan_type type;
	uint64_t n;
	int k;

	report_open(r, "counts", '{');
	for (type = 0; type < PLAN_TYPES; type++) {
		report_open(r, show_type(type), '{');
		for (k = 0; k < PLAN_KINDS; k++) {
			if ((n = plan_count(plan, type, k)) > 0)
				report_put(r, show_kind((enum item_kind)k),
				    json_integer((json_int_t)n));
		}
		report_close(r);
	}
	report_close(r);
}
