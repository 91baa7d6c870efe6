#ifndef CMD_PAGE_PAGE_H
#define CMD_PAGE_PAGE_H

#include "archive/look/whose.h"
#include "cmd/report.h"

/**
 * page: what a subcommand found as one HTML file to decide by and to print.
 *
 * It is made from the document of the report (report_gather), so its numbers
 * are those of --json, and masked as they are.  It loads nothing, and its
 * Content-Security-Policy lets nothing run but its own script; without that it
 * is whole, too.  Long lists are kept as markup up to PAGE_ROOM bytes; what is
 * behind that is counted, and the page says so.
 *
 * Calling sequence: page_start behind report_start; report_end writes the page;
 * page_free.  On exit or crash before that: no file is left (newfile.h).
 */
struct page;

/* The page is no larger, but for a few kilobytes. */
#define PAGE_ROOM 9500000

/**
 * page_start(file, force, r, out):
 * Start the page ${file} (mode 0600), before anything is done: 0; -1, said:
 * it is there already and ${force} is 0, or cannot be written.  A ${file} of
 * NULL is no page, and ${*out} NULL.
 */
int page_start(const char *file, int force, struct report *r,
    struct page **out) MUST_CHECK;

/* Its instances, to be filled before what is told of rows; NULL for no page. */
struct whose *page_whose(struct page *p);

/* NULL is fine. */
void page_free(struct page *p);

#endif
