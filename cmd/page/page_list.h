#ifndef CMD_PAGE_LIST_H
#define CMD_PAGE_LIST_H

#include <jansson.h>

#include "archive/look/whose.h"
#include "cmd/page/html.h"

/**
 * page_list: the lists of a document as rows of a page, made one by one as they
 * come: no list is ever whole in memory but as what the page shows of it.
 */
enum page_list_id {
	LIST_FINDINGS,
	LIST_DRIFT,
	LIST_MOVED,
	LIST_WAIVED,
	LIST_DIFFERENCES,
	LIST_LEFTOVERS,
	LIST_MISSING,
	LIST_STEPS,
	LIST_ADDRESSES, /* own ones, and those that a rule is about */
	LIST_OTHERS,    /* addresses that are neither */
	LIST_HELD,
	LIST_NOTES,
	LIST_LISTENING,
	LIST_JOINED, /* notes of a joined audit */
	LIST_MADE,   /* changes of a receipt, or of a resume */
	LIST_CHANGES,
	LIST_ITEMS
};
#define PAGE_LISTS 17

/* Bytes of a page that are kept for the names of instances. */
#define PAGE_INSTANCES 300000

/* So many are told at the top of the page, too, where they stand in the way. */
#define PAGE_FIRST 3

struct page_list {
	struct html html;
	struct html first; /* those, as "<li>" each */
	uint64_t reasons;  /* all that stand in the way */
	uint64_t n, shown; /* elements; of these, on the page */
	uint64_t kept;     /* bytes of the page that no other list may have */
};

struct page_lists {
	struct page_list list[PAGE_LISTS];
	uint64_t room;     /* bytes that are left for whichever list */
	uint64_t own;      /* own addresses */
	uint64_t unmapped; /* of these, without a rule, although there is a map
			    */
	int mapped;        /* there is a map */
	struct whose *whose; /* instances; or NULL */
	struct html row;     /* the one that is made */
};

void page_lists_start(struct page_lists *l, uint64_t room);
void page_lists_free(struct page_lists *l);

/* Take an element of the list ${path} (gather_take_fn): 1; 0: no list of a
 * page; -1, said. */
int page_lists_take(
    struct page_lists *l, const char *path, const json_t *element) MUST_CHECK;

/* The rows of a list, and a line when not all of them are there. */
void page_list_put(
    const struct page_lists *l, enum page_list_id id, struct html *out);

#endif
