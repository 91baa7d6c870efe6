#ifndef ARCHIVE_TABFILE_H
#define ARCHIVE_TABFILE_H

#include <stdint.h>
#include <sys/types.h>

#include "archive/buf.h"
#include "archive/database/db.h"

/**
 * tabfile: rows as `mysqldump --tab` writes them and mysqlimport reads them:
 * one line a row, a tab between columns, \N for NULL; tab, newline and
 * backslash behind a backslash, a NUL byte as \0.
 */

/* Append one row with its newline: 0 or -1. */
int tabfile_encode(
    struct buf *out, const struct db_value *cells, size_t ncells) MUST_CHECK;

/* Up to ${len} bytes into ${buf}; 0 at the end, -1 said. */
typedef ssize_t tabfile_read(void *cookie, void *buf, size_t len);

/**
 * Reading: tabfile_open, tabfile_next until it is not 1, tabfile_close.  Rows
 * must have ${ncells} columns.  ${name} (borrowed) is for messages.
 */
struct tabfile;

struct tabfile *tabfile_open(const char *name, size_t ncells,
    tabfile_read *read, void *cookie) MUST_CHECK;

/**
 * tabfile_next(t, cells):
 * 1 with ${*cells} (borrowed until the next call), 0 at the end, -1 said: too
 * few or too many columns, an escape that no writer makes, an unfinished row, a
 * row over LIMIT_ITEM.  Untrusted input: yes.
 */
int tabfile_next(struct tabfile *t, const struct db_value **cells) MUST_CHECK;

/* Hold no row that is longer: of one tabfile_next gives 2 (silent), and nothing
 * follows. */
void tabfile_limit(struct tabfile *t, size_t most);

/* Where something in whole rows, as they are stored, is worth a look: an
 * offset, or ${len}. */
typedef size_t tabfile_glance(void *cookie, const char *bytes, size_t len);

/**
 * tabfile_pass(t, glance, cookie):
 * Pass by the rows that are not worth a look, as far as the next one that is:
 * they are checked, as tabfile_next would, but not decoded.  0, or -1 said.
 */
int tabfile_pass(
    struct tabfile *t, tabfile_glance *glance, void *cookie) MUST_CHECK;

/* How many rows there were so far. */
uint64_t tabfile_row(const struct tabfile *t);
void tabfile_close(struct tabfile *t);

#endif
