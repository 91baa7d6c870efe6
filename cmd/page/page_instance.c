#include "cmd/page/page_part.h"

/* So many and more are not printed. */
#define PAPER 200

static void
put_instance(struct html *h, const struct whose_instance *i)
{

	html_put(h, "<li><code>%s</code> <code>%s</code>", i->name, i->uuid);
	if (i->shown != NULL)
		html_put(h, " %s", i->shown);
	html_raw(h, "\n");
}

/* The rows of those that there is room for: how many. */
static size_t
put_instances(struct html *h, const struct page_lists *l)
{
	uint64_t end = h->b.len + PAGE_INSTANCES + l->room;
	struct whose_instance one;
	size_t i, n = whose_held(l->whose);

	for (i = 0; i < n && h->b.len < end; i++) {
		whose_get(l->whose, i, &one);
		put_instance(h, &one);
	}
	return i;
}

void
page_part_instances(struct html *h, const struct page_lists *l)
{
	uint64_t all = whose_count(l->whose);
	size_t shown;

	if (all == 0)
		return;
	html_put(h,
	    "<section id=instances%s aria-labelledby=h-instances><h2 "
	    "id=h-instances>Instances <span>",
	    all > PAPER ? " class=screen" : "");
	html_number(h, all);
	html_raw(h, "</span></h2><p>Each by its name in libvirt, its UUID and "
		    "what its owner calls it: the filter below takes any of "
		    "them.</p><details><summary>List them</summary><ul>");
	shown = put_instances(h, l);
	html_raw(h, "</ul></details>");
	if (shown < all) {
		html_raw(h, "<p class=left>");
		html_number(h, all - shown);
		html_raw(h, " more are not on this page: the filter knows "
			    "these by their name in libvirt alone.</p>");
	}
	html_raw(h, "</section>\n");
}
