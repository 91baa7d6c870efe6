#include "cmd/page/page.h"

#include <stdlib.h>

#include "archive/node/newfile.h"
#include "archive/warn.h"
#include "cmd/gather.h"
#include "cmd/page/page_list.h"
#include "cmd/page/page_part.h"
#include "cmd/page/page_verdict.h"

struct page {
	const char *file;
	struct newfile *out;
	struct gather *gather;
	struct page_lists lists;
};

/* The parts in the order in which they are to be read. */
static int
render(struct html *h, const json_t *doc, const struct page_lists *l)
{

	if (page_part_head(h, doc) == -1)
		return -1;
	html_raw(h, "<a class=skip href=\"#main\">To the content</a>\n");
	page_part_outcome(h, doc, l);
	page_part_links(h, doc, l);
	html_raw(h, "<main id=main tabindex=-1>\n");
	page_part_about(h, doc);
	page_part_addresses(h, doc, l);
	page_part_instances(h, l);
	page_part_lists(h, doc, l);
	html_raw(h, "</main>\n");
	return page_part_end(h, doc);
}

/* gather_take_fn */
static int
take(void *cookie, const char *path, const json_t *element)
{
	struct page *p = cookie;

	return page_lists_take(&p->lists, path, element);
}

/* A receipt's waived findings come with the receipt, not one by one. */
static int
take_waived(struct page *p, const json_t *doc)
{
	const json_t *list, *one;
	size_t i;

	list = json_object_get(page_receipt(doc), "waived_findings");
	json_array_foreach(list, i, one)
	{
		if (page_lists_take(&p->lists,
			"bundles.receipt.waived_findings", one) == -1)
			return -1;
	}
	return 0;
}

/* gather_end_fn */
static int
finish(void *cookie, const json_t *doc)
{
	struct page *p = cookie;
	struct html h = HTML_EMPTY;
	struct newfile *out = p->out;
	int rc = -1;

	if (take_waived(p, doc) == -1 || render(&h, doc, &p->lists) == -1)
		goto done;
	p->out = NULL;
	if (newfile_write(out, h.b.data, h.b.len) == -1)
		newfile_discard(out);
	else
		rc = newfile_commit(out);
done:
	if (rc == -1)
		warn_msg("%s: the page is not written", p->file);
	html_free(&h);
	return rc;
}

int
page_start(const char *file, int force, struct report *r, struct page **out)
{
	struct page *p;

	*out = NULL;
	if (file == NULL)
		return 0;
	if ((p = calloc(1, sizeof(*p))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	p->file = file;
	page_lists_start(&p->lists, PAGE_ROOM);
	p->out = newfile_open(file, 0600, force ? NEWFILE_FORCE : NEWFILE_KEEP);
	if (p->out == NULL)
		goto err1;
	p->gather = gather_new(take, finish, p);
	p->lists.whose = whose_new();
	if (p->gather == NULL || p->lists.whose == NULL)
		goto err1;
	report_gather(r, p->gather);
	*out = p;
	return 0;

err1:
	page_free(p);
	return -1;
}

struct whose *
page_whose(struct page *p)
{

	return p == NULL ? NULL : p->lists.whose;
}

void
page_free(struct page *p)
{

	if (p == NULL)
		return;
	newfile_discard(p->out);
	gather_free(p->gather);
	page_lists_free(&p->lists);
	free(p);
}
