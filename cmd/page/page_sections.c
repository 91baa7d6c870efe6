#include <string.h>

#include "cmd/page/page_part.h"
#include "cmd/page/page_row.h"
#include "cmd/page/page_verdict.h"

/* The sections in their order: the list, its anchor, its title, what is said
 * above it. */
static const struct {
	enum page_list_id list;
	const char *id, *title, *about;
	const char *none; /* what is said where it is empty; NULL: no section */
	const char *where; /* a member that the document must have for that */
	int filtered;
} sections[] = {
	{ LIST_FINDINGS, "findings", "What stands in the way",
	    "Preflight found these. Each tells its remedy.",
	    "Nothing: preflight found no reason not to go on.", "findings", 1 },
	{ LIST_DRIFT, "drift", "Drift",
	    "Here stands neither what was captured nor what the map makes of "
	    "it. --on-drift keep, rewrite or replay decides.",
	    NULL, NULL, 1 },
	{ LIST_MOVED, "moved", "Moved since the plan was saved", "", NULL, NULL,
	    1 },
	{ LIST_WAIVED, "waived", "Waived findings",
	    "Somebody let these pass with --force-preflight.", NULL, NULL, 1 },
	{ LIST_MISSING, "missing", "Missing",
	    "No bundle of these has what another one needs.", NULL, NULL, 1 },
	{ LIST_HELD, "held", "Held places: decide",
	    "The map fits here, but a restore leaves these alone, each for its "
	    "reason. Run the command again with --also to release one.",
	    "No place is held.", "held", 1 },
	{ LIST_CHANGES, "changes", "The plan",
	    "Every change, with what goes and what comes.",
	    "There is nothing to change.", "changes", 1 },
	{ LIST_MADE, "made", "The changes", "Without their values.", NULL, NULL,
	    1 },
	{ LIST_DIFFERENCES, "differences", "Differences",
	    "In these places it is not what the bundle and the map say.",
	    "None: all is as the bundle and the map say.", "differences", 1 },
	{ LIST_LEFTOVERS, "leftovers", "Leftovers",
	    "An old address still stands in these places.",
	    "None: no old address is left.", "leftovers", 1 },
	{ LIST_ITEMS, "items", "What is in the bundle", "", NULL, NULL, 1 },
	{ LIST_LISTENING, "listening", "Who listens",
	    "On the new addresses, as the configuration says. These fail "
	    "nothing.",
	    NULL, NULL, 1 },
	{ LIST_NOTES, "notes", "Notes", "Worth a look; they stop nothing.",
	    NULL, NULL, 1 },
	{ LIST_JOINED, "joined", "Notes of the join", "", NULL, NULL, 1 },
	{ LIST_STEPS, "steps", "Next steps",
	    "What is left to you, in this order. Tick them off, or print "
	    "them.",
	    NULL, NULL, 0 },
};

#define SECTIONS (sizeof(sections) / sizeof(sections[0]))

/* What is planned is what was done, behind a restore. */
static const char *
title_of(size_t section, const json_t *doc)
{
	enum page_list_id list = sections[section].list;

	if (list == LIST_CHANGES && json_object_get(doc, "applied") != NULL &&
	    strcmp(page_str(doc, "outcome"), "partial") != 0)
		return "The changes made";
	if (list == LIST_DIFFERENCES && page_receipt(doc) != NULL)
		return "What verify found";
	return sections[section].title;
}

void
page_part_links(struct html *h, const json_t *doc, const struct page_lists *l)
{
	size_t i;

	if (!page_is_about(doc))
		return;
	html_raw(h, "<nav aria-label=\"On this page\"><ul><li><a "
		    "href=\"#about\">About</a>");
	if (l->list[LIST_ADDRESSES].n > 0)
		html_raw(h, "<li><a href=\"#addresses\">Addresses</a>");
	if (whose_count(l->whose) > 0)
		html_raw(h, "<li><a href=\"#instances\">Instances</a>");
	for (i = 0; i < SECTIONS; i++) {
		if (l->list[sections[i].list].n == 0)
			continue;
		html_put(h, "<li><a href=\"#%s\">%s <b>", sections[i].id,
		    title_of(i, doc));
		html_number(h, l->list[sections[i].list].n);
		html_raw(h, "</b></a>");
	}
	html_raw(h, "</ul></nav>\n");
}

void
page_part_addresses(
    struct html *h, const json_t *doc, const struct page_lists *l)
{

	(void)doc;
	if (l->list[LIST_ADDRESSES].n + l->list[LIST_OTHERS].n == 0)
		return;
	html_raw(h, "<section id=addresses aria-labelledby=h-addresses><h2 "
		    "id=h-addresses>The addresses</h2><p>Each old address, the "
		    "kinds of place in the bundle that it stands in and how "
		    "many, and what becomes of it.</p>");
	page_list_put(l, LIST_ADDRESSES, h);
	if (l->list[LIST_OTHERS].n > 0) {
		html_raw(h, "<details class=others><summary>");
		html_number(h, l->list[LIST_OTHERS].n);
		html_raw(h, l->mapped ? " other addresses, which stay</summary>"
				      : " other addresses</summary>");
		page_list_put(l, LIST_OTHERS, h);
		html_raw(h, "</details>");
	}
	html_raw(h, "</section>\n");
}

/* How many of each type and kind. */
static void
put_counts(struct html *h, const json_t *counts)
{
	static const char *const types[] = { "create", "change", "held",
		"drift", "finding" };
	static const char *const kinds[] = { "file", "secret", "nwfilter",
		"network", "pool", "domain", "account", "row", "host" };
	size_t i, k, any;

	if (counts == NULL)
		return;
	html_raw(h,
	    "<div class=wide tabindex=0 role=region aria-label=\"Changes "
	    "by kind\"><table class=counts><thead><tr><th scope=col>"
	    "Kind</th>");
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		html_put(h, "<th scope=col>%s</th>", types[i]);
	html_raw(h, "</tr></thead><tbody>");
	for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		for (any = 0, i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			any += page_num(
			    json_object_get(counts, types[i]), kinds[k]);
		if (any == 0)
			continue;
		html_put(h, "<tr><th scope=row>%s</th>", kinds[k]);
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
			html_raw(h, "<td>");
			html_number(
			    h, page_num(json_object_get(counts, types[i]),
				   kinds[k]));
			html_raw(h, "</td>");
		}
		html_raw(h, "</tr>");
	}
	html_raw(h, "</tbody></table></div>");
}

/* Without the script there is nothing to filter with: it makes them seen. */
static void
put_filters(struct html *h)
{

	html_raw(h,
	    "<form id=filters hidden role=search aria-label=\"Filter the "
	    "lists\"><label>Search<input type=search id=f-text "
	    "autocomplete=off></label><label>Verdict<select id=f-verdict>"
	    "<option value=\"\">all</select></label><label>Kind<select "
	    "id=f-kind><option value=\"\">all</select></label><label>Database"
	    "<select id=f-database><option value=\"\">all</select></label>"
	    "<label>Instance<input type=search id=f-instance "
	    "placeholder=\"name or UUID\" autocomplete=off></label><button "
	    "type=reset>Show all</button>"
	    "<p role=status id=f-shown></p></form>\n");
}

void
page_part_lists(struct html *h, const json_t *doc, const struct page_lists *l)
{
	const struct page_list *list;
	size_t i;

	put_filters(h);
	for (i = 0; i < SECTIONS; i++) {
		list = &l->list[sections[i].list];
		if (list->n == 0 && (sections[i].none == NULL ||
					!page_has(doc, sections[i].where)))
			continue;
		html_put(h,
		    "<section id=%s aria-labelledby=h-%s%s><h2 id=h-%s>%s",
		    sections[i].id, sections[i].id,
		    sections[i].filtered ? " class=list" : "", sections[i].id,
		    title_of(i, doc));
		if (list->n > 0) {
			html_raw(h, " <span>");
			html_number(h, list->n);
			html_raw(h, "</span>");
		}
		html_put(h, "</h2><p>%s</p>",
		    list->n > 0 ? sections[i].about : sections[i].none);
		if (sections[i].list == LIST_CHANGES)
			put_counts(h, json_object_get(doc, "counts"));
		if (sections[i].list == LIST_STEPS)
			html_raw(h, "<p role=status id=ticked></p>");
		if (sections[i].list == LIST_CHANGES && page_row_short(list))
			html_raw(h, "<p>These are many: of a value only what "
				    "changes in it is shown.</p>");
		page_list_put(l, sections[i].list, h);
		html_raw(h, "</section>\n");
	}
}
