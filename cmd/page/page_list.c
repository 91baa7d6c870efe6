#include "cmd/page/page_list.h"

#include <string.h>

#include "cmd/page/page_row.h"

/* Rows in one <ul>: what is out of sight is not laid out (page.css). */
#define CHUNK 200

/* Bytes that a list has for itself, whatever the others need: more of them,
 * where it is one to decide by. */
#define KEPT_MOST 150000
#define KEPT      20000

/* Where the rows of a list of the document go; no row: counted alone. */
static const struct {
	const char *path;
	enum page_list_id to;
	page_row_fn *row;
} lists[] = {
	{ "changes", LIST_CHANGES, page_row_change },
	{ "held", LIST_HELD, page_row_held },
	{ "notes", LIST_NOTES, page_row_told },
	{ "drift", LIST_DRIFT, page_row_finding },
	{ "findings", LIST_FINDINGS, page_row_finding },
	{ "waived", LIST_WAIVED, page_row_finding },
	{ "moved", LIST_MOVED, page_row_finding },
	{ "differences", LIST_DIFFERENCES, page_row_difference },
	{ "leftovers", LIST_LEFTOVERS, page_row_told },
	{ "listening", LIST_LISTENING, page_row_listening },
	{ "next_steps", LIST_STEPS, page_row_step },
	{ "addresses", LIST_ADDRESSES, page_row_address },
	{ "bundles.items", LIST_ITEMS, page_row_item },
	{ "join.missing", LIST_MISSING, page_row_joined },
	{ "join.notes", LIST_JOINED, page_row_joined },
	{ "verify.differences", LIST_DIFFERENCES, page_row_difference },
	{ "verify.leftovers", LIST_LEFTOVERS, page_row_told },
	{ "verify.listening", LIST_LISTENING, page_row_listening },
	{ "bundles.receipt.changes", LIST_MADE, page_row_made },
	{ "bundles.receipt.wrong", LIST_DIFFERENCES, page_row_told },
	{ "bundles.receipt.next_steps", LIST_STEPS, page_row_step },
	{ "bundles.receipt.waived_findings", LIST_WAIVED, page_row_waived },
	{ "items", LIST_MADE, page_row_again },
};

/* What a verify behind a restore tells again. */
static const char *const told[] = { "verify.held", "verify.notes", "verify.ran",
	"ran" };

void
page_lists_start(struct page_lists *l, uint64_t room)
{
	static const enum page_list_id most[] = { LIST_FINDINGS, LIST_HELD,
		LIST_DIFFERENCES, LIST_LEFTOVERS, LIST_STEPS };
	uint64_t kept;
	size_t i;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < PAGE_LISTS; i++)
		l->list[i].kept = KEPT;
	for (i = 0; i < sizeof(most) / sizeof(most[0]); i++)
		l->list[most[i]].kept = KEPT_MOST;
	for (i = 0; i < PAGE_LISTS; i++) {
		kept = l->list[i].kept;
		room -= room < kept ? room : kept;
	}
	l->room = room;
}

void
page_lists_free(struct page_lists *l)
{
	size_t i;

	for (i = 0; i < PAGE_LISTS; i++) {
		html_free(&l->list[i].html);
		html_free(&l->list[i].first);
	}
	html_free(&l->row);
	whose_free(l->whose);
}

/* Take so many bytes of what is left; 0: there are not so many. */
static int
take_room(struct page_lists *l, struct page_list *to, size_t len)
{

	if (len <= to->kept) {
		to->kept -= len;
		return 1;
	}
	if (len > l->room)
		return 0;
	l->room -= len;
	return 1;
}

/* Does an element stand in the way? */
static int
is_reason(enum page_list_id id, const json_t *e)
{

	switch (id) {
	case LIST_FINDINGS:
	case LIST_DRIFT:
	case LIST_MOVED:
	case LIST_MISSING:
		return 1;
	case LIST_MADE:
		return strcmp(page_str(e, "state"), "changed") == 0;
	default:
		return 0;
	}
}

/* What stands in the way, in short. */
static void
add_reason(struct page_lists *l, enum page_list_id id, const json_t *e)
{
	static const struct {
		const char *key, *open, *close;
	} parts[] = {
		{ "name", "<strong>", "</strong> " },
		{ "item", "<code>", "</code> " },
		{ "place", "<code>", "</code> " },
		{ "text", "", "" },
		{ "why", "", "" },
	};
	struct html *h = &l->list[id].first;
	size_t i;

	if (!is_reason(id, e) || l->list[id].reasons++ >= PAGE_FIRST)
		return;
	html_raw(h, "<li>");
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (page_str(e, parts[i].key)[0] == '\0')
			continue;
		html_raw(h, parts[i].open);
		html_text(h, page_str(e, parts[i].key));
		html_raw(h, parts[i].close);
	}
	html_raw(h, "\n");
}

/* Once a row has been left out, so are those behind it. */
static void
add_row(struct page_lists *l, struct page_list *to)
{
	static const char chunk[] = "</ul><ul>";

	if (to->shown < to->n ||
	    !take_room(l, to, l->row.b.len + sizeof("<li>\n"))) {
		to->n++;
		return;
	}
	if (to->n > 0 && to->n % CHUNK == 0)
		html_raw(&to->html, chunk);
	html_raw(&to->html, "<li>");
	html_join(&to->html, &l->row);
	html_raw(&to->html, "\n");
	to->n++;
	to->shown++;
}

/* Own addresses and those with a rule are in the picture, others listed. */
static struct page_list *
address_list(struct page_lists *l, const json_t *e)
{
	const char *rule = json_string_value(json_object_get(e, "rule"));
	int own = json_is_true(json_object_get(e, "own"));

	l->mapped |= rule != NULL;
	l->own += own != 0;
	l->unmapped += own && rule != NULL && strcmp(rule, "none") == 0;
	if (own || (rule != NULL && strcmp(rule, "none") != 0))
		return &l->list[LIST_ADDRESSES];
	return &l->list[LIST_OTHERS];
}

static int
is_told(const char *path)
{
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		if (strcmp(told[i], path) == 0)
			return 1;
	}
	return 0;
}

int
page_lists_take(struct page_lists *l, const char *path, const json_t *element)
{
	struct page_list *to;
	page_row_fn *row;
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (strcmp(lists[i].path, path) == 0)
			break;
	}
	if (i == sizeof(lists) / sizeof(lists[0]))
		return is_told(path);
	to = &l->list[lists[i].to];
	row = lists[i].row;
	if (lists[i].to == LIST_ADDRESSES &&
	    (to = address_list(l, element)) == &l->list[LIST_OTHERS])
		row = page_row_other;
	add_reason(l, lists[i].to, element);
	buf_clear(&l->row.b);
	if (to->shown == to->n)
		row(l, to, element);
	add_row(l, to);
	return l->row.failed || to->html.failed ? -1 : 1;
}

void
page_list_put(
    const struct page_lists *l, enum page_list_id id, struct html *out)
{
	const struct page_list *from = &l->list[id];

	if (from->n == 0)
		return;
	html_raw(out, from->shown > 2 * CHUNK ? "<div class=\"rows long\"><ul>"
					      : "<div class=rows><ul>");
	html_join(out, &from->html);
	html_raw(out, "</ul></div>");
	if (from->shown == from->n)
		return;
	html_raw(out, "<p class=left><strong>");
	html_number(out, from->n - from->shown);
	html_raw(
	    out, " more are not on this page</strong>: it shows the first ");
	html_number(out, from->shown);
	html_raw(out, " of ");
	html_number(out, from->n);
	html_raw(out, ", so that it stays small enough to open. The same "
		      "command with <kbd>--json</kbd> lists all of them.</p>");
}
