#ifndef CMD_REPORT_H
#define CMD_REPORT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"
#include "cmd/screen.h"

struct gather;

/**
 * report: the result of a subcommand, as text or as one JSON document, on
 * standard output, with the outcome at its end.
 *
 *   report_start    once
 *   report_gather   to have the document beside what is printed, too
 *   report_line, report_label, report_diff, report_bytes   the result as text
 *   report_open, report_put, report_close   the result as JSON
 *   report_end      once, last: says the outcome, gives the exit code
 *
 * Each half does nothing in the other's mode.  Both are streams: a result of
 * any size costs no memory.  A result that could not be written (full disk,
 * closed pipe) makes a failure of what else went well.
 *
 * Document: {"schema_version": 1, "command": ..., what was put ...,
 * "outcome": "done", "exit": 0, "changed": whether this host was, "message":
 * the outcome line, "errors": [...]}.
 */
#define REPORT_DEPTH 8

struct report {
	const char *command; /* NULL: none was named */
	int json, quiet;
	int lines;   /* text went out */
	int bytes;   /* bytes went out: say the outcome elsewhere */
	int failed;  /* memory ended within a document */
	int changed; /* set once the host was: no failure is OUTCOME_FAILED */
	char closer[REPORT_DEPTH];
	int fresh[REPORT_DEPTH]; /* nothing was put into it yet */
	int depth;
	struct screen screen;
	struct gather *gather; /* borrowed, or NULL */
};

void report_start(struct report *r, const char *command, int json, int quiet);

/* Put the document into ${g} (gather.h), too, whatever is printed: to follow
 * report_start.  report_end ends it; when that fails, a failure is made of what
 * else went well. */
void report_gather(struct report *r, struct gather *g);

/* 1 when the document is wanted: by --json, or beside the text. */
int report_documents(const struct report *r);

/* A line of text; what is not printable in it (tabs are) is written as \xNN. */
void report_line(struct report *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same of a line that is made already: for many of them. */
void report_plain(struct report *r, const char *line, size_t len);

/* Such a line behind a label, which has a column of ${width}; a terminal folds
 * it there, and paints the label. */
#define REPORT_LABEL 10
void report_label(struct report *r, size_t width, const char *label,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* A line of a unified diff, and lines of one, each with its newline. */
void report_diff(struct report *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void report_diff_lines(struct report *r, const char *bytes, size_t len);

/* Bytes as they are; the outcome line then goes to standard error.  With
 * ${shown}, control bytes but tab and newline are written as \xNN. */
void report_bytes(struct report *r, const void *bytes, size_t len, int shown);

/* Open an object ('{') or an array ('['), named ${name} (NULL in an array). */
void report_open(struct report *r, const char *name, char bracket);
void report_close(struct report *r);
/* Put a value, which is taken over; NULL counts as memory that ended. */
void report_put(struct report *r, const char *name, json_t *value);

/* A JSON string of any bytes: as they are if UTF-8, else escaped as by warn. */
json_t *report_string(const char *bytes, size_t len);
/* As report_string for a string, JSON null for NULL. */
json_t *report_text(const char *s);

/* 1 when what was reported so far could not be written; report_end says so. */
int report_broken(const struct report *r) MUST_CHECK;

/* "12 bytes", "3.4 kB", "1.2 MB". */
#define REPORT_SIZE 16
void report_size(uint64_t size, char text[REPORT_SIZE]);

/**
 * report_end(r, outcome, fmt, ...):
 * Say the outcome as the last line: "COMMAND: text" for OUTCOME_DONE, else
 * with the outcome's word before the text.  Return the exit code.
 */
enum outcome report_end(struct report *r, enum outcome outcome, const char *fmt,
    ...) __attribute__((format(printf, 3, 4))) MUST_CHECK;

/* "done", "failed", "usage", "refused", "differs", "partial", "unsafe". */
const char *report_outcome(enum outcome outcome);

/* "NOT SAFE", as the last line has it; NULL for done. */
const char *report_word(enum outcome outcome);

/* The worse of two outcomes: done, differs, unsafe, failed, usage, refused,
 * partial. */
enum outcome report_worse(enum outcome a, enum outcome b);

#endif
