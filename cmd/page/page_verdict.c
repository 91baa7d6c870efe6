#include "cmd/page/page_verdict.h"

#include <string.h>

#include "cmd/page/page_row.h"

/* The headline by the outcome: the first that fits. */
static const struct {
	const char *outcome;
	enum page_act act;
	const char *tone, *word, *more;
} heads[] = {
	{ "done", ACT_PLAN, "good", "Safe to go on",
	    "Nothing stands in the way, and nothing was changed yet." },
	{ "done", ACT_RESTORE, "good", "Done",
	    "All changes are made and read back." },
	{ "done", ACT_UNDO, "good", "Taken back",
	    "This host is as it was before that restore." },
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
	{ "differs", ACT_UNDO, "bad", "Taken back, but not as expected",
	    "Look at what was said before you go on." },
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

#define HEADS (sizeof(heads) / sizeof(heads[0]))

/* The same for what is looked at by itself, and for whatever list is full. */
#define NO_LIST ((enum page_list_id)PAGE_LISTS)

/* What to do next: the first whose list has anything. */
static const struct {
	const char *outcome;
	enum page_act act;
	enum page_list_id list;
	const char *next, *where, *what;
} nexts[] = {
	{ "unsafe", ACT_UNDO, LIST_MADE,
	    "Make each of these as it was before or after the restore, then "
	    "run the same command again.",
	    "made", "What is in the way" },
	{ "unsafe", ACT_RESTORE, LIST_MADE,
	    "Make each of these as it was before or after the restore, then "
	    "run the same command again.",
	    "made", "What is in the way" },
	{ "unsafe", ACT_ANY, LIST_FINDINGS,
	    "Mend what stands in the way, then run the same command again.",
	    "findings", "Findings, each with its remedy" },
	{ "unsafe", ACT_ANY, LIST_DRIFT,
	    "Decide with <kbd>--on-drift keep</kbd>, <kbd>rewrite</kbd> or "
	    "<kbd>replay</kbd> what becomes of the drift.",
	    "drift", "Look at the drift" },
	{ "unsafe", ACT_ANY, LIST_MOVED,
	    "Look at what has moved, then save a new plan.", "moved",
	    "What has moved" },
	{ "done", ACT_PLAN, LIST_HELD,
	    "Decide about the held places, then run the same command without "
	    "<kbd>--dry-run</kbd>.",
	    "held", "Held places" },
	{ "done", ACT_PLAN, LIST_CHANGES,
	    "Look at the plan, then run the same command without "
	    "<kbd>--dry-run</kbd>.",
	    "changes", "The plan" },
	{ "done", ACT_PLAN, NO_LIST,
	    "Look at the plan with "
	    "<kbd>--dry-run</kbd>.",
	    NULL, NULL },
	{ "differs", ACT_RECEIPT, LIST_DIFFERENCES,
	    "Look at what verify found; <kbd>novark verify</kbd> tells whether "
	    "it is so still.",
	    "differences", "What verify found" },
	{ "differs", ACT_ANY, LIST_DIFFERENCES,
	    "Look at each difference: restoring again with the same map makes "
	    "this host what it should be.",
	    "differences", "Differences" },
	{ "differs", ACT_ANY, LIST_LEFTOVERS,
	    "Look at each leftover: an old address still stands there.",
	    "leftovers", "Leftovers" },
	{ "differs", ACT_AUDIT, LIST_MISSING,
	    "Take the snapshots that are missing, then audit all of them "
	    "again.",
	    "missing", "What is missing" },
	{ "differs", ACT_RECEIPT, NO_LIST,
	    "Run <kbd>novark verify</kbd> with the bundle and the map: it "
	    "lists what differs.",
	    NULL, NULL },
	{ "unverified", ACT_ANY, NO_LIST,
	    "Run <kbd>novark verify</kbd> with the bundle and the map.", NULL,
	    NULL },
	{ "refused", ACT_ANY, NO_LIST,
	    "Ask who made it for the right public key, or take a new snapshot. "
	    "<kbd>novark help 3</kbd> tells more.",
	    NULL, NULL },
	{ "partial", ACT_ANY, NO_LIST,
	    "Read below what stopped it. Then <kbd>novark restore "
	    "--resume</kbd> goes on, and <kbd>novark restore --undo</kbd> "
	    "takes it back.",
	    NULL, NULL },
	{ "failed", ACT_ANY, NO_LIST,
	    "Mend what is said below, then run the same command again. "
	    "<kbd>novark help 1</kbd> tells more.",
	    NULL, NULL },
	{ "done", ACT_AUDIT, LIST_ITEMS,
	    "Write the map (<kbd>novark audit --draft-map</kbd> begins one), "
	    "then look at the plan with <kbd>novark restore --dry-run</kbd>.",
	    NULL, NULL },
	{ "done", ACT_AUDIT, NO_LIST,
	    "What is in it is shut: <kbd>--decrypt KEY</kbd>, with the key of "
	    "one of its certificates, shows it.",
	    NULL, NULL },
	{ NULL, ACT_ANY, LIST_STEPS,
	    "Do the steps that are left, in their order.", "steps",
	    "Next steps" },
};

#define NEXTS (sizeof(nexts) / sizeof(nexts[0]))

const json_t *
page_receipt(const json_t *doc)
{
	const json_t *bundles = json_object_get(doc, "bundles");

	return json_object_get(json_array_get(bundles, 0), "receipt");
}

static enum page_act
act_of(const json_t *doc)
{
	const char *command = page_str(doc, "command");
	const char *way = page_str(doc, "way");

	if (strcmp(command, "verify") == 0)
		return ACT_VERIFY;
	if (strcmp(command, "audit") == 0)
		return page_receipt(doc) != NULL ? ACT_RECEIPT : ACT_AUDIT;
	if (strcmp(way, "undo") == 0)
		return ACT_UNDO;
	if (json_is_false(json_object_get(doc, "dry_run")) || way[0] != '\0')
		return ACT_RESTORE;
	return ACT_PLAN;
}

/* The outcome; of a receipt that holds, that of what it tells of. */
static const char *
outcome_of(const json_t *doc)
{
	const json_t *receipt = page_receipt(doc), *verify;
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

static void
find_next(
    const char *outcome, const struct page_lists *l, struct page_verdict *v)
{
	size_t i;

	for (i = 0; i < NEXTS; i++) {
		if (nexts[i].outcome != NULL &&
		    strcmp(nexts[i].outcome, outcome) != 0)
			continue;
		if (nexts[i].act != ACT_ANY && nexts[i].act != v->act)
			continue;
		if (nexts[i].list != NO_LIST && l->list[nexts[i].list].n == 0)
			continue;
		v->next = nexts[i].next;
		v->where = nexts[i].where;
		v->what = nexts[i].what;
		return;
	}
}

void
page_verdict(
    const json_t *doc, const struct page_lists *l, struct page_verdict *v)
{
	const char *outcome = outcome_of(doc);
	size_t i;

	memset(v, 0, sizeof(*v));
	v->act = act_of(doc);
	for (i = 0; i + 1 < HEADS; i++) {
		if (strcmp(heads[i].outcome, outcome) == 0 &&
		    (heads[i].act == ACT_ANY || heads[i].act == v->act))
			break;
	}
	v->tone = heads[i].tone;
	v->word = heads[i].word;
	v->more = heads[i].more;
	find_next(outcome, l, v);
	if (strcmp(v->tone, "good") != 0 || v->act != ACT_PLAN ||
	    l->unmapped == 0)
		return;
	v->tone = "warn";
	v->word = "Look before you go on";
	v->next = "Give each of them a rule in the map, or a line with "
		  "<kbd>keep</kbd>, then look at the plan again.";
	v->where = "addresses";
	v->what = "The picture of the addresses";
}
