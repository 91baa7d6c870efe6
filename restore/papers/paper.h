#ifndef RESTORE_PAPER_H
#define RESTORE_PAPER_H

#include <jansson.h>
#include <stdio.h>

#include "archive/node/newfile.h"
#include "archive/outcome.h"

/**
 * paper: a document that a restore leaves behind (saved plan, receipt): one
 * JSON object of any size, written and read a line at a time.
 *
 *     {
 *     "kind":"novark-plan",
 *     "schema_version":1,
 *     "changes":[
 *     {"item":...},
 *     {"item":...}
 *     ],
 *     "sha256":"HEX"
 *     }
 *
 * A member is a line, an element of a list is a line, so grep and jq both find
 * their way, and memory does not grow with the number of elements.  The last
 * member is the SHA-256 of all lines before it ("head -n -2 FILE | sha256sum").
 * There is one form only: a reader refuses what a writer would not write.
 */

/* How a value is written on its line: ASCII only, keys as they were put. */
#define PAPER_DUMP (JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY)

struct paper_new;

/* Start ${file} (mode 0600; see newfile): NULL, said. */
struct paper_new *paper_create(const char *file, enum newfile_existing existing,
    const char *kind, int version) MUST_CHECK;

/* A member; ${value} is taken over, NULL is memory that ended.  0 or -1 said.
 */
int paper_put(struct paper_new *p, const char *name, json_t *value) MUST_CHECK;

/* A list: paper_list, paper_add for each element (taken over), paper_list_end,
 * which tells the SHA-256 of its lines.  0 or -1 said. */
int paper_list(struct paper_new *p, const char *name) MUST_CHECK;
int paper_add(struct paper_new *p, json_t *value) MUST_CHECK;
int paper_list_end(struct paper_new *p, char hex[65]) MUST_CHECK;

/* End it, make it durable under its name.  Frees ${p} either way: 0, -1 said.
 */
int paper_commit(struct paper_new *p) MUST_CHECK;
/* NULL is fine. */
void paper_discard(struct paper_new *p);

/* A JSON string of any bytes: those that are no UTF-8 as \xNN.  NULL: null. */
json_t *paper_text(const char *s) MUST_CHECK;

struct paper;

/**
 * paper_open(f, what, kind, version):
 * Start to read ${f} (borrowed); ${what} names it in messages.  NULL, said: it
 * is no document of that kind, or of another version.  Untrusted input: yes.
 */
struct paper *
paper_open(FILE *f, const char *what, const char *kind, int version) MUST_CHECK;
void paper_close(struct paper *p);

/**
 * paper_next(p, name, value):
 * The next member.  1 with ${*name} and ${*value}, borrowed until the next
 * call; a ${*value} of NULL is a list, to be read to its end by paper_element.
 * 0 behind the last, when the SHA-256 held; -1, said once.
 */
int
paper_next(struct paper *p, const char **name, const json_t **value) MUST_CHECK;
/* 1 with the next element of the list (borrowed), 0 at its end, -1 said. */
int paper_element(struct paper *p, const json_t **value) MUST_CHECK;

/* Begin again behind the version: 0, or -1 said. */
int paper_rewind(struct paper *p) MUST_CHECK;

/* Say that the document is not what it should be: -1. */
int paper_refuse(const struct paper *p, const char *why);

#endif
