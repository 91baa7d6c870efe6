#ifndef CMD_PAGE_PART_H
#define CMD_PAGE_PART_H

#include "cmd/page/page_list.h"

/* page_part: the parts of a page, from the whole document and its lists. */

/* Before the body: ${css} and ${js} are the only style and script that may run.
 * 0, or -1 said. */
int page_part_head(struct html *h, const json_t *doc) MUST_CHECK;

/* Is it safe to go on: in words, with the numbers. */
void page_part_outcome(
    struct html *h, const json_t *doc, const struct page_lists *l);

/* Is it known which bundle or restore this is of?  Else there is no more than
 * the outcome. */
int page_is_about(const json_t *doc);

/* Of which bundle this is, or of which restore. */
void page_part_about(struct html *h, const json_t *doc);

/* The picture of the addresses. */
void page_part_addresses(
    struct html *h, const json_t *doc, const struct page_lists *l);

/* The instances, by each of their names. */
void page_part_instances(struct html *h, const struct page_lists *l);

/* All other lists, each a section, with the links to them and the filters. */
void
page_part_links(struct html *h, const json_t *doc, const struct page_lists *l);
void
page_part_lists(struct html *h, const json_t *doc, const struct page_lists *l);

/* The script, and what the page was made by. 0, or -1 said. */
int page_part_end(struct html *h, const json_t *doc) MUST_CHECK;

#endif
