#include <string.h>

#include "cmd/page/page_part.h"
#include "cmd/page/page_row.h"
#include "cmd/page/page_verdict.h"

/* Shapes, so that nobody needs to tell colours apart. */
static void
put_icon(struct html *h, const char *tone)
{

	html_raw(h, "<svg class=icon viewBox=\"0 0 48 48\" aria-hidden=true>");
	if (strcmp(tone, "good") == 0)
		html_raw(h, "<circle cx=24 cy=24 r=22 /><path d=\"M14 25l7 7 "
			    "14-15\"/>");
	else if (strcmp(tone, "warn") == 0)
		html_raw(h, "<path class=shape d=\"M24 4l22 40H2z\"/><path "
			    "d=\"M24 18v11m0 8v.5\"/>");
	else
		html_raw(h,
		    "<path class=shape d=\"M15 2h18l13 13v18L33 46H15L2 "
		    "33V15z\"/><path d=\"M16 16l16 16m0-16L16 32\"/>");
	html_raw(h, "</svg>");
}

/* A number with its name; ${tone} only where it is not 0. */
static void
put_number(struct html *h, const char *key, const char *name, uint64_t n,
    const char *tone)
{

	html_put(h, "<div class=\"num %s\"><dt>%s</dt><dd data-n=%s>",
	    n > 0 ? tone : "", name, key);
	html_number(h, n);
	html_raw(h, "</dd></div>");
}

/* What a list has counted. */
static const struct {
	enum page_list_id list;
	const char *key, *name, *tone;
	unsigned acts; /* shown although it is empty */
} numbers[] = {
	{ LIST_FINDINGS, "findings", "findings", "bad",
	    1u << ACT_PLAN | 1u << ACT_RESTORE },
	{ LIST_DRIFT, "drift", "drift", "bad", 1u << ACT_PLAN },
	{ LIST_MOVED, "moved", "moved since", "bad", 0 },
	{ LIST_DIFFERENCES, "differences", "differences", "bad",
	    1u << ACT_VERIFY },
	{ LIST_LEFTOVERS, "leftovers", "leftovers", "bad", 1u << ACT_VERIFY },
	{ LIST_MISSING, "missing", "missing", "bad", 0 },
	{ LIST_CHANGES, "changes", "changes", "",
	    1u << ACT_PLAN | 1u << ACT_RESTORE },
	{ LIST_MADE, "made", "changes", "", 0 },
	{ LIST_HELD, "held", "held places", "warn",
	    1u << ACT_PLAN | 1u << ACT_VERIFY },
	{ LIST_WAIVED, "waived", "waived", "warn", 0 },
	{ LIST_ITEMS, "items", "items", "", 1u << ACT_AUDIT },
	{ LIST_NOTES, "notes", "notes", "", 0 },
	{ LIST_STEPS, "next_steps", "next steps", "", 0 },
};

/* Of the bundles of an audit, how many entries a member has. */
static uint64_t
count_of(const json_t *bundles, const char *member)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < json_array_size(bundles); i++)
		n += json_array_size(
		    json_object_get(json_array_get(bundles, i), member));
	return n;
}

static void
put_audit_numbers(struct html *h, const json_t *doc)
{
	const json_t *bundles = json_object_get(doc, "bundles");

	if (json_array_size(bundles) > 1)
		put_number(
		    h, "bundles", "bundles", json_array_size(bundles), "");
	put_number(h, "own_addresses", "own addresses",
	    count_of(bundles, "own_addresses"), "");
	put_number(h, "certificates", "certificates to issue again",
	    count_of(bundles, "certificates"), "warn");
	put_number(
	    h, "warnings", "warnings", count_of(bundles, "warnings"), "warn");
}

static void
put_receipt_numbers(struct html *h, const json_t *doc)
{
	const json_t *verify = json_object_get(page_receipt(doc), "verify");

	if (!json_is_object(verify))
		return;
	put_number(h, "differences", "differences",
	    page_num(verify, "differences"), "bad");
	put_number(
	    h, "leftovers", "leftovers", page_num(verify, "leftovers"), "bad");
	put_number(h, "held", "held places", page_num(verify, "held"), "warn");
}

static void
put_numbers(struct html *h, const json_t *doc, const struct page_lists *l,
    enum page_act act)
{
	const char *outcome = page_str(doc, "outcome");
	const struct page_list *list;
	size_t i;

	if (strcmp(outcome, "failed") == 0 || strcmp(outcome, "usage") == 0 ||
	    (act == ACT_AUDIT && l->list[LIST_ITEMS].n == 0))
		return;
	html_raw(h, "<dl class=nums>");
	if (act == ACT_RECEIPT)
		put_receipt_numbers(h, doc);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		list = &l->list[numbers[i].list];
		if (act == ACT_RECEIPT && numbers[i].list == LIST_DIFFERENCES)
			continue;
		if (list->n > 0 || ((numbers[i].acts >> act & 1) &&
				       page_has(doc, numbers[i].key)))
			put_number(h, numbers[i].key, numbers[i].name, list->n,
			    numbers[i].tone);
	}
	if (l->mapped)
		put_number(h, "unmapped", "own addresses without a rule",
		    l->unmapped, "bad");
	if (act == ACT_AUDIT)
		put_audit_numbers(h, doc);
	html_raw(h, "</dl>");
}

/* What was said on the way. */
static void
put_errors(struct html *h, const json_t *errors)
{
	size_t i;

	if (json_array_size(errors) == 0)
		return;
	html_raw(h, "<ul class=errors>");
	for (i = 0; i < json_array_size(errors) && i < 50; i++)
		html_put(
		    h, "<li>%s", json_string_value(json_array_get(errors, i)));
	html_raw(h, "</ul>");
}

/* Why: the first of what stands in the way. */
static void
put_reasons(struct html *h, const struct page_lists *l)
{
	static const enum page_list_id ids[] = { LIST_FINDINGS, LIST_DRIFT,
		LIST_MOVED, LIST_MISSING, LIST_MADE };
	const struct page_list *list;
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		list = &l->list[ids[i]];
		if (list->reasons == 0)
			continue;
		html_raw(h, "<ul class=why>");
		html_join(h, &list->first);
		if (list->reasons > PAGE_FIRST) {
			html_raw(h, "<li>and ");
			html_number(h, list->reasons - PAGE_FIRST);
			html_raw(h, " more");
		}
		html_raw(h, "</ul>");
		return;
	}
}

static void
put_next(struct html *h, const struct page_verdict *v)
{

	if (v->next == NULL)
		return;
	html_raw(h, "<p class=next><strong>Next</strong> ");
	html_raw(h, v->next);
	if (v->where != NULL)
		html_put(h, " <a href=\"#%s\">%s</a>", v->where, v->what);
	html_raw(h, "</p>");
}

void
page_part_outcome(struct html *h, const json_t *doc, const struct page_lists *l)
{
	struct page_verdict v;

	page_verdict(doc, l, &v);
	html_put(h, "<header class=%s><div class=verdict>", v.tone);
	put_icon(h, v.tone);
	html_put(h, "<div><p class=what>novark %s</p><h1>%s</h1><p>%s</p>",
	    page_str(doc, "command"), v.word, v.more);
	html_put(
	    h, "<p class=message>%s</p></div></div>", page_str(doc, "message"));
	if (l->unmapped > 0)
		html_put(h,
		    "<p class=caution><strong>%zu of the node's own addresses "
		    "%s no rule</strong> and would stay as %s.</p>",
		    (size_t)l->unmapped, l->unmapped == 1 ? "has" : "have",
		    l->unmapped == 1 ? "it is" : "they are");
	put_reasons(h, l);
	put_next(h, &v);
	put_errors(h, json_object_get(doc, "errors"));
	put_numbers(h, doc, l, v.act);
	html_raw(h, "</header>\n");
}
