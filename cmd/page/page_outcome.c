#include <string.h>

#include "cmd/page/page_part.h"
#include "cmd/page/page_row.h"

/* What was done. */
enum act {
	ACT_ANY,
	ACT_PLAN, /* looked only: --dry-run, --preflight */
	ACT_RESTORE,
	ACT_VERIFY,
	ACT_AUDIT,
	ACT_RECEIPT
};

/* Is it safe to go on: by the outcome.  The first that fits. */
static const struct {
	const char *outcome;
	enum act act;
	const char *tone, *word, *more;
} heads[] = {
	{ "done", ACT_PLAN, "good", "Safe to go on",
	    "Nothing stands in the way, and nothing was changed yet." },
	{ "done", ACT_RESTORE, "good", "Done",
	    "All changes are made and read back." },
	{ "done", ACT_VERIFY, "good", "All as expected",
	    "This host is what the bundle and the map say." },
	{ "done", ACT_AUDIT, "good", "Whole and vouched for",
	    "A trusted key signed it, and what is in it is as it was signed." },
	/* A receipt: how what it tells of went. */
	{ "verified", ACT_RECEIPT, "good", "Restored and verified",
	    "The receipt is whole, and a trusted key signed it." },
	{ "undone", ACT_RECEIPT, "good", "Taken back",
	    "The receipt is whole, and a trusted key signed it." },
	{ "unverified", ACT_RECEIPT, "warn", "Restored, not verified",
	    "The receipt is whole, and a trusted key signed it." },
	{ "differs", ACT_RECEIPT, "bad", "Restored, not as expected",
	    "The receipt is whole, and a trusted key signed it." },
	{ "unsafe", ACT_ANY, "bad", "Not safe to go on",
	    "Something stands in the way. Nothing was changed." },
	{ "differs", ACT_VERIFY, "bad", "Not as expected",
	    "This host is not what the bundle and the map say." },
	{ "differs", ACT_RESTORE, "bad", "Done, but not as expected",
	    "The changes are made; look at what differs before you go on." },
	{ "differs", ACT_AUDIT, "bad", "Something is missing",
	    "Together these bundles lack something that they need." },
	{ "refused", ACT_ANY, "bad", "Refused: do not use it",
	    "Nobody vouches for it, or it is not what was signed." },
	{ "partial", ACT_ANY, "bad", "Stopped part-way",
	    "Some changes are made. Go on with it, or take it back, before "
	    "anything else." },
	{ "failed", ACT_ANY, "bad", "Failed",
	    "It could not be done. This host is unchanged." },
};

/* The receipt that is looked at, or NULL. */
static const json_t *
receipt_of(const json_t *doc)
{
	const json_t *bundles = json_object_get(doc, "bundles");

	return json_object_get(json_array_get(bundles, 0), "receipt");
}

static enum act
act_of(const json_t *doc)
{
	const char *command = page_str(doc, "command");

	if (strcmp(command, "verify") == 0)
		return ACT_VERIFY;
	if (strcmp(command, "audit") == 0)
		return receipt_of(doc) != NULL ? ACT_RECEIPT : ACT_AUDIT;
	if (json_is_false(json_object_get(doc, "dry_run")) ||
	    json_object_get(doc, "way") != NULL)
		return ACT_RESTORE;
	return ACT_PLAN;
}

/* The outcome; of a receipt that holds, that of what it tells of. */
static const char *
outcome_of(const json_t *doc)
{
	const json_t *receipt = receipt_of(doc), *verify;
	const char *outcome = page_str(doc, "outcome");

	if (receipt == NULL || strcmp(outcome, "done") != 0)
		return outcome;
	if (strcmp(page_str(receipt, "way"), "undo") == 0)
		return "undone";
	verify = json_object_get(receipt, "verify");
	if (!json_is_object(verify))
		return "unverified";
	return strcmp(page_str(verify, "outcome"), "done") == 0 ? "verified"
								: "differs";
}

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
	const json_t *verify = json_object_get(receipt_of(doc), "verify");

	if (!json_is_object(verify))
		return;
	put_number(h, "differences", "differences",
	    page_num(verify, "differences"), "bad");
	put_number(
	    h, "leftovers", "leftovers", page_num(verify, "leftovers"), "bad");
	put_number(h, "held", "held places", page_num(verify, "held"), "warn");
}

static void
put_numbers(struct html *h, const json_t *doc, const struct page_lists *l)
{
	enum act act = act_of(doc);
	const struct page_list *list;
	size_t i;

	if (strcmp(page_str(doc, "outcome"), "failed") == 0 ||
	    strcmp(page_str(doc, "outcome"), "usage") == 0)
		return;
	html_raw(h, "<dl class=nums>");
	if (act == ACT_RECEIPT)
		put_receipt_numbers(h, doc);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		list = &l->list[numbers[i].list];
		if (act == ACT_RECEIPT && numbers[i].list == LIST_DIFFERENCES)
			continue;
		if (list->n > 0 || (numbers[i].acts >> act & 1))
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

void
page_part_outcome(struct html *h, const json_t *doc, const struct page_lists *l)
{
	const char *outcome = outcome_of(doc), *tone, *word;
	enum act act = act_of(doc);
	size_t i, n = sizeof(heads) / sizeof(heads[0]);

	for (i = 0; i + 1 < n; i++) {
		if (strcmp(heads[i].outcome, outcome) == 0 &&
		    (heads[i].act == ACT_ANY || heads[i].act == act))
			break;
	}
	tone = heads[i].tone;
	word = heads[i].word;
	if (strcmp(tone, "good") == 0 && act == ACT_PLAN && l->unmapped > 0) {
		tone = "warn";
		word = "Look before you go on";
	}
	html_put(h, "<header class=%s><div class=verdict>", tone);
	put_icon(h, tone);
	html_put(h, "<div><p class=what>novark %s</p><h1>%s</h1><p>%s</p>",
	    page_str(doc, "command"), word, heads[i].more);
	html_put(
	    h, "<p class=message>%s</p></div></div>", page_str(doc, "message"));
	if (l->unmapped > 0)
		html_put(h,
		    "<p class=caution><strong>%zu of the node's own addresses "
		    "%s no rule</strong> and would stay as %s. <a "
		    "href=\"#addresses\">Look at the picture</a> first.</p>",
		    (size_t)l->unmapped, l->unmapped == 1 ? "has" : "have",
		    l->unmapped == 1 ? "it is" : "they are");
	put_errors(h, json_object_get(doc, "errors"));
	put_numbers(h, doc, l);
	html_raw(h, "</header>\n");
}
