#include <inttypes.h>
#include <string.h>

#include "archive/look/compare.h"
#include "archive/warn.h"
#include "cmd/audit.h"
#include "cmd/masked.h"
#include "restore/plan/diff.h"

/* By enum compare_type, for programs. */
static const char *const types[] = {
	[COMPARE_GONE] = "gone",
	[COMPARE_NEW] = "new",
	[COMPARE_ABOUT] = "about",
	[COMPARE_BYTES] = "content",
	[COMPARE_ROW_GONE] = "row gone",
	[COMPARE_ROW_NEW] = "row new",
	[COMPARE_ROW_CHANGED] = "row changed",
	[COMPARE_COLUMNS] = "columns",
};

struct differences {
	struct audit *a;
	uint64_t n;
};

static void
put_json(struct report *r, const struct compare_event *e, json_t *detail)
{

	if (!r->json) {
		json_decref(detail);
		return;
	}
	report_put(r, NULL,
	    json_pack("{s:s, s:o, s:o, s:o}", "type", types[e->type], "item",
		report_text(e->name), "what", report_text(e->what), "detail",
		detail != NULL ? detail : json_null()));
}

static json_t *
two_texts(const char *before, const char *after)
{

	return json_pack("{s:o, s:o}", "before", report_text(before), "after",
	    report_text(after));
}

/* Lines of a hunk, each as a line of the report. */
static void
put_lines(struct report *r, const char *text)
{
	size_t n;

	for (; *text != '\0'; text += n) {
		n = strcspn(text, "\n");
		report_diff(r, "%.*s", (int)n, text);
		n += text[n] == '\n';
	}
}

/* Files and definitions: a unified diff, secrets masked on both sides. */
static int
on_bytes(struct differences *d, const struct compare_event *e)
{
	struct buf before = BUF_EMPTY, after = BUF_EMPTY, hunks = BUF_EMPTY;
	struct report *r = d->a->r;
	int binary, rc = -1;

	binary = e->first->kind == ITEM_FILE &&
		 e->first->file->format == PLACE_OPAQUE;
	if (!binary &&
	    (masked_item(e->first, e->before, e->before_len, &before) ||
		masked_item(e->second, e->after, e->after_len, &after) ||
		diff_unified(
		    before.data, before.len, after.data, after.len, &hunks)))
		goto done;
	report_diff(r, "--- %s", e->name);
	report_diff(r, "+++ %s", e->name);
	if (binary)
		report_diff(r, "binary: %zu bytes became %zu", e->before_len,
		    e->after_len);
	else if (hunks.len == 0)
		report_diff(r, "only secrets differ");
	else
		put_lines(r, hunks.data);
	put_json(r, e,
	    json_pack("{s:b, s:o}", "binary", binary, "diff",
		report_string(hunks.len > 0 ? hunks.data : "", hunks.len)));
	rc = 0;
done:
	buf_wipe(&before);
	buf_wipe(&after);
	buf_wipe(&hunks);
	return rc;
}

static int
same_cell(const struct db_value *a, const struct db_value *b)
{

	return (a->data == NULL) == (b->data == NULL) && a->len == b->len &&
	       (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* A cell as text, "NULL" for SQL's. */
static int
cell_text(const struct compare_event *e, size_t i, const struct db_value *row,
    struct buf *out)
{

	if (row[i].data == NULL)
		return buf_adds(out, "NULL");
	return masked_cell(e->rows, row, i, out);
}

/* A row that changed: the columns that did. */
static int
put_cells(struct differences *d, const struct compare_event *e, json_t *detail)
{
	struct buf before = BUF_EMPTY, after = BUF_EMPTY;
	const char *name, *old, *new;
	int rc = 0;
	size_t i;

	for (i = 0; i < e->ncells && rc == 0; i++) {
		if (same_cell(&e->old[i], &e->new[i]))
			continue;
		buf_clear(&before);
		buf_clear(&after);
		rc = cell_text(e, i, e->old, &before) ||
			     cell_text(e, i, e->new, &after)
			 ? -1
			 : 0;
		name = rows_cell(e->rows, i)->column->name;
		old = before.len > 0 ? before.data : "";
		new = after.len > 0 ? after.data : "";
		report_diff(d->a->r, "  %s", name);
		report_diff(d->a->r, "  - %s", old);
		report_diff(d->a->r, "  + %s", new);
		if (detail != NULL)
			rc |= json_object_set_new(
			    detail, name, two_texts(old, new));
	}
	buf_wipe(&before);
	buf_wipe(&after);
	return rc;
}

static int
on_row(struct differences *d, const struct compare_event *e)
{
	json_t *detail = NULL;
	int rc = 0;

	report_diff(d->a->r, "%s %s",
	    e->type == COMPARE_ROW_GONE  ? "-"
	    : e->type == COMPARE_ROW_NEW ? "+"
					 : "!",
	    e->name);
	if (e->type == COMPARE_ROW_CHANGED) {
		detail = d->a->r->json ? json_object() : NULL;
		rc = put_cells(d, e, detail);
	}
	put_json(d->a->r, e, detail);
	return rc;
}

static int
on_difference(void *cookie, const struct compare_event *e)
{
	struct differences *d = cookie;
	struct report *r = d->a->r;

	d->n++;
	progress_show(d->a->p, 0, 0, e->name);
	switch (e->type) {
	case COMPARE_BYTES:
		return on_bytes(d, e);
	case COMPARE_ROW_GONE:
	case COMPARE_ROW_NEW:
	case COMPARE_ROW_CHANGED:
		return on_row(d, e);
	case COMPARE_ABOUT:
		report_diff(r, "! %s: %s: %s -> %s", e->name, e->what,
		    e->before, e->after);
		put_json(r, e, two_texts(e->before, e->after));
		return 0;
	case COMPARE_COLUMNS:
		report_diff(
		    r, "! %s: other columns; rows are not compared", e->name);
		put_json(r, e, NULL);
		return 0;
	case COMPARE_GONE:
	case COMPARE_NEW:
		report_diff(
		    r, "%s %s", e->type == COMPARE_GONE ? "-" : "+", e->name);
		put_json(r, e, NULL);
		return 0;
	}
	return -1;
}

/* Which two bundles these are. */
static void
put_heads(struct audit *a, const struct bundle *other)
{
	const struct manifest *one = bundle_manifest(a->bundle);
	const struct manifest *two = bundle_manifest(other);

	report_diff(a->r, "--- %s: %s of %s", a->file, one->host, one->created);
	report_diff(
	    a->r, "+++ %s: %s of %s", a->o->diff, two->host, two->created);
	report_put(a->r, "file", report_text(a->operand));
	report_put(a->r, "id", report_text(one->id));
	report_put(a->r, "other", report_text(a->o->diff));
	report_put(a->r, "other_id", report_text(two->id));
}

enum outcome
audit_diff(struct audit *a)
{
	struct differences d = { a, 0 };
	struct bundle *other;
	enum outcome outcome;

	audit_say(a, "%s", a->o->diff);
	outcome = bundle_open(a->o->diff, &a->keys, &other);
	if (outcome != OUTCOME_DONE)
		return outcome;
	put_heads(a, other);
	report_open(a->r, "differences", '[');
	outcome = compare_bundles(a->bundle, other, on_difference, &d);
	report_close(a->r);
	report_put(a->r, "total", json_integer((json_int_t)d.n));
	if (outcome == OUTCOME_DONE && d.n > 0)
		outcome = OUTCOME_DIFFERS;
	if (outcome == OUTCOME_DONE)
		audit_say(a, "no difference");
	else if (outcome == OUTCOME_DIFFERS)
		audit_say(
		    a, "%" PRIu64 " difference%s", d.n, d.n == 1 ? "" : "s");
	bundle_close(other);
	return outcome;
}
