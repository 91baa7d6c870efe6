#include <stdio.h>
#include <string.h>

#include "cmd/page/page_row.h"

/* "<code>PLACE</code> <small>KIND</small>" */
static void
put_place(struct html *h, const json_t *e)
{
	const char *place = page_str(e, "place");
	const char *kind = page_str(e, "place_kind");

	if (place[0] != '\0')
		html_put(h, " <code>%s</code>", place);
	if (kind[0] != '\0')
		html_put(h, "<small>%s</small>", kind);
}

/* How it is let pass, where that may be. */
static void
put_waive(struct html *h, const json_t *e)
{
	const json_t *may = json_object_get(e, "waivable");

	if (strcmp(page_str(e, "type"), "finding") != 0)
		return;
	if (!json_is_true(may)) {
		html_raw(h, "<p class=way>It cannot be waived: mend it, or "
			    "leave the item out with <kbd>--not</kbd>.");
		return;
	}
	html_put(h,
	    "<p class=way>To let it pass, knowingly: <kbd>--force-preflight "
	    "%s</kbd>",
	    page_str(e, "name"));
}

void
page_row_finding(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const char *type = page_str(e, "type");
	struct html *h = &l->row;

	(void)to;
	if (type[0] == '\0')
		type = "moved";
	page_row_begin(h, strcmp(type, "finding") == 0 ? "bad" : "held", type,
	    page_str(e, "item"));
	put_place(h, e);
	html_put(h, "<p><strong>%s</strong> %s", page_str(e, "name"),
	    page_str(e, "text"));
	put_waive(h, e);
}

/* One that a receipt tells of. */
void
page_row_waived(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{

	(void)to;
	page_row_begin(&l->row, "held", "waived", page_str(e, "item"));
	html_put(&l->row, "<p><strong>%s</strong> %s", page_str(e, "name"),
	    page_str(e, "text"));
}

void
page_row_held(struct page_lists *l, const struct page_list *to, const json_t *e)
{
	struct html *h = &l->row;

	page_row_begin(h, "held", "held", page_str(e, "item"));
	page_row_whose(l, to, page_str(e, "item"));
	put_place(h, e);
	html_put(h, "<p>%s", page_str(e, "text"));
	if (page_row_short(to))
		return;
	html_raw(h, "<p class=way><kbd>--also ");
	page_row_glob(h, page_str(e, "item"), page_str(e, "place"));
	html_raw(h, "</kbd>");
}

void
page_row_told(struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const char *type = page_str(e, "type"), *text = page_str(e, "text");
	int is_note = strcmp(type, "note") == 0;

	page_row_begin(
	    &l->row, is_note ? "note" : "bad", type, page_str(e, "item"));
	page_row_whose(l, to, page_str(e, "item"));
	put_place(&l->row, e);
	if (text[0] != '\0')
		html_put(&l->row, "<p>%s", text);
}

/* Who listens, or should. */
void
page_row_listening(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const char *state = page_str(e, "state");
	const char *program = page_str(e, "program");
	struct html *h = &l->row;
	char port[16];

	(void)to;
	snprintf(port, sizeof(port), "%d", (int)page_num(e, "port"));
	page_row_begin(h, strcmp(state, "listening") == 0 ? "good" : "held",
	    state, page_str(e, "item"));
	put_place(h, e);
	html_put(h, "<p><code>%s</code> port %s", page_str(e, "address"), port);
	if (program[0] != '\0')
		html_put(h, ", %s", program);
}

void
page_row_step(struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const char *command = page_str(e, "command");
	struct html *h = &l->row;
	int n = (int)page_num(e, "order");

	(void)to;
	html_put(h, "<input type=checkbox id=s%d><label for=s%d>%d. %s</label>",
	    n, n, n, page_str(e, "text"));
	if (command[0] != '\0')
		html_put(h, "<pre class=cmd>%s</pre>", command);
	html_put(h, "<p>%s", page_str(e, "why"));
}

/* What a receipt says of a change. */
void
page_row_made(struct page_lists *l, const struct page_list *to, const json_t *e)
{
	static const struct {
		const char *what, *word, *class;
	} verbs[] = {
		{ "create", "created", "new" },
		{ "change", "changed", NULL },
		{ "remove", "removed", "bad" },
		{ "put-back", "put back", NULL },
	};
	const json_t *cells = json_object_get(e, "cells");
	const char *what = page_str(e, "what");
	struct html *h = &l->row;
	size_t i, k;

	for (k = 0; k < sizeof(verbs) / sizeof(verbs[0]) - 1; k++) {
		if (strcmp(verbs[k].what, what) == 0)
			break;
	}
	page_row_begin(h, verbs[k].class, verbs[k].word, page_str(e, "item"));
	if (page_row_short(to) || json_array_size(cells) == 0)
		return;
	html_raw(h, "<small>");
	for (i = 0; i < json_array_size(cells) && i < 12; i++)
		html_put(h, "%s%s", i > 0 ? ", " : "",
		    json_string_value(json_array_get(cells, i)));
	html_raw(h, "</small>");
}

/* How a resume or an undo found what a restore was to change. */
void
page_row_again(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	static const struct {
		const char *state, *word, *class;
	} words[] = {
		{ "before", "not made", NULL },
		{ "half", "begun", "held" },
		{ "after", "made", "new" },
		{ "changed", "changed", "bad" },
	};
	const char *state = page_str(e, "state"), *why = page_str(e, "why");
	size_t i;

	(void)to;
	for (i = 0; i < sizeof(words) / sizeof(words[0]) - 1; i++) {
		if (strcmp(words[i].state, state) == 0)
			break;
	}
	page_row_begin(
	    &l->row, words[i].class, words[i].word, page_str(e, "item"));
	if (why[0] != '\0')
		html_put(&l->row, "<p>%s", why);
}

void
page_row_joined(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	int missing = to == &l->list[LIST_MISSING];

	page_row_begin(&l->row, missing ? "bad" : "note",
	    missing ? "missing" : "note", page_str(e, "name"));
	html_put(&l->row, "<small>%s</small><p>%s", page_str(e, "host"),
	    page_str(e, "text"));
}
