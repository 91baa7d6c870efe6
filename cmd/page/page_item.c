#include <stdio.h>
#include <string.h>

#include "cmd/page/page_row.h"

static void
put_note(struct html *h, const char *text)
{

	if (text[0] != '\0')
		html_put(h, "<small>%s</small>", text);
}

static void
put_virt(struct html *h, const json_t *v, int is_domain)
{
	const char *from = page_str(v, "recovered_from");

	if (from[0] != '\0')
		html_put(
		    h, "<small>libvirt had lost it: from %s</small>", from);
	if (json_is_true(json_object_get(v, "running")))
		put_note(h, is_domain ? "running" : "active");
	if (json_is_true(json_object_get(v, "autostart")))
		put_note(h, "autostart");
}

/* An item of a bundle. */
void
page_row_item(struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const json_t *file = json_object_get(e, "file");
	const json_t *virt = json_object_get(e, "libvirt");
	const json_t *table = json_object_get(e, "table");
	const char *kind = page_str(e, "kind"), *target;
	struct html *h = &l->row;

	(void)to;
	page_row_begin(h, NULL, kind, page_str(e, "name"));
	if (file != NULL && (target = page_str(file, "target"))[0] != '\0')
		html_put(h, "<small>→ %s</small>", target);
	else if (file != NULL && strcmp(page_str(file, "type"), "folder") == 0)
		put_note(h, "folder");
	if (virt != NULL)
		put_virt(h, virt, strcmp(kind, "domain") == 0);
	if (table != NULL) {
		html_raw(h, "<small>");
		html_number(h, page_num(table, "rows"));
		html_raw(h, page_num(table, "rows") == 1 ? " row" : " rows");
		html_raw(h, json_is_true(json_object_get(table, "outside"))
				? ", outside the catalogue</small>"
				: "</small>");
	}
	html_raw(h, "<span>");
	html_number(h, page_num(e, "size"));
	html_raw(h, " B</span>");
}
