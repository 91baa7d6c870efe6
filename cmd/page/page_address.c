#include <string.h>

#include "cmd/page/page_row.h"

/* So many kinds of place are seen at once; the others are folded. */
#define KINDS 10

/* What becomes of it, by the map's answer. */
static const struct {
	const char *rule, *class, *word;
} answers[] = {
	{ "new", "new", "becomes" },
	{ "keep", "keep", "stays: the map keeps it" },
	{ "parts", "held", "parts of it move, each by its own rule" },
	{ "none", "none", "no rule: the old address stays" },
	/* Without a map. */
	{ "", "open", "to be decided in the map" },
};

static size_t
answer_of(const json_t *e)
{
	const char *rule = page_str(e, "rule");
	size_t i;

	for (i = 0; i + 1 < sizeof(answers) / sizeof(answers[0]); i++) {
		if (strcmp(answers[i].rule, rule) == 0)
			break;
	}
	return i;
}

/* A bar as long as the kind's share of the most frequent one. */
static void
put_bar(struct html *h, uint64_t n, uint64_t most, int held)
{
	int width = most == 0 ? 0 : (int)(n * 100 / most);

	html_put(h,
	    "<svg viewBox=\"0 0 100 6\" preserveAspectRatio=none "
	    "aria-hidden=true%s><rect width=%d height=6 /></svg>",
	    held ? " class=held" : "", width < 2 ? 2 : width);
}

static void
put_kind(struct html *h, const json_t *kind, uint64_t most)
{
	const char *held = page_str(kind, "held");
	uint64_t n = page_num(kind, "places");

	html_raw(h, "<li><b>");
	html_number(h, n);
	html_put(h, "</b><span>%s", page_str(kind, "kind"));
	if (held[0] != '\0')
		html_put(h, " <small>held: %s</small>", held);
	html_raw(h, "</span>");
	put_bar(h, n, most, held[0] != '\0');
}

static void
put_kinds(struct html *h, const json_t *kinds)
{
	size_t i, n = json_array_size(kinds);
	uint64_t most = page_num(json_array_get(kinds, 0), "places");

	html_raw(h, "<div class=kinds>");
	if (n == 0)
		html_raw(h, "<p>in no place of this bundle");
	else
		html_raw(h, "<ul>");
	for (i = 0; i < n && i < KINDS; i++)
		put_kind(h, json_array_get(kinds, i), most);
	if (n > KINDS) {
		html_put(h,
		    "</ul><details><summary>%zu more kinds of place"
		    "</summary><ul>",
		    n - KINDS);
		for (; i < n; i++)
			put_kind(h, json_array_get(kinds, i), most);
		html_raw(h, "</ul></details></div>");
	} else {
		html_raw(h, n == 0 ? "</div>" : "</ul></div>");
	}
}

void
page_row_address(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const char *where = page_str(e, "where");
	size_t answer = answer_of(e);
	struct html *h = &l->row;

	(void)to;
	html_put(h, "<div class=\"addr %s\"><div class=old><code>%s</code>",
	    answers[answer].class, page_str(e, "address"));
	if (json_is_true(json_object_get(e, "own")))
		html_put(h, "<small>the node's own%s%s</small>",
		    where[0] == '\0' ? "" : ": ", where);
	html_raw(h, "<small>");
	html_number(h, page_num(e, "places"));
	html_raw(h, page_num(e, "places") == 1 ? " place</small></div>"
					       : " places</small></div>");
	put_kinds(h, json_object_get(e, "kinds"));
	html_put(h, "<div class=to><small>%s</small>", answers[answer].word);
	if (strcmp(answers[answer].rule, "new") == 0)
		html_put(h, "<code>%s</code>", page_str(e, "becomes"));
	html_raw(h, "</div></div>");
}

void
page_row_other(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const json_t *kinds = json_object_get(e, "kinds");
	struct html *h = &l->row;
	size_t i;

	(void)to;
	html_put(h, "<code>%s</code><b>", page_str(e, "address"));
	html_number(h, page_num(e, "places"));
	html_raw(h, "</b><small>");
	for (i = 0; i < json_array_size(kinds) && i < 4; i++)
		html_put(h, "%s%s", i > 0 ? ", " : "",
		    page_str(json_array_get(kinds, i), "kind"));
	html_raw(h, i < json_array_size(kinds) ? " …</small>" : "</small>");
}
