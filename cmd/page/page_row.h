#ifndef CMD_PAGE_ROW_H
#define CMD_PAGE_ROW_H

#include "cmd/page/page_list.h"

/**
 * page_row: elements of the document as rows: what is inside "<li>".  A row
 * begins with its verdict in <b> and its item in <code>, by which the page's
 * script filters.
 */
typedef void
page_row_fn(struct page_lists *l, const struct page_list *to, const json_t *e);

void page_row_change(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_difference(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_finding(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_waived(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_held(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_told(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_listening(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_step(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_address(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_other(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_made(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_again(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_item(
    struct page_lists *l, const struct page_list *to, const json_t *e);
void page_row_joined(
    struct page_lists *l, const struct page_list *to, const json_t *e);

/* A member that is text, or "". */
const char *page_str(const json_t *json, const char *key);
/* A member that is a number, or 0. */
uint64_t page_num(const json_t *json, const char *key);

/* Has the document, or the verify in it, that member? */
int page_has(const json_t *doc, const char *member);

/* "<b class=c>change</b><code>ITEM</code>": every row's beginning; ${class} may
 * be NULL. */
void page_row_begin(
    struct html *h, const char *class, const char *word, const char *item);

/* Of which instance a row of the databases is, where that is known. */
void page_row_whose(
    struct page_lists *l, const struct page_list *to, const char *item);

/* How many lines the detail of a row may have in a list that long, and how many
 * characters around what changes in a value. */
size_t page_row_lines(const struct page_list *to);
size_t page_row_around(const struct page_list *to);

/* In a list that long a row has only what it needs. */
int page_row_short(const struct page_list *to);

/* A word for the shell, as a glob that fits ${item} (and " ${place}") alone:
 * nothing, when it could not be copied from a page. */
void page_row_glob(struct html *h, const char *item, const char *place);

#endif
