#include "cmd/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "cmd/gather.h"
#include "cmd/report_inner.h"

/* ASCII only: no byte of a bundle can act on a terminal. */
#define DUMP_FLAGS (JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY)

/* By enum outcome: for programs, for people, and how bad it is. */
static const struct {
	const char *name, *word;
	int rank;
} outcomes[] = {
	[OUTCOME_DONE] = { "done", NULL, 0 },
	[OUTCOME_FAILED] = { "failed", "FAILED", 3 },
	[OUTCOME_USAGE] = { "usage", "wrong command line", 4 },
	[OUTCOME_REFUSED] = { "refused", "REFUSED", 5 },
	[OUTCOME_DIFFERS] = { "differs", "DIFFERENT", 1 },
	[OUTCOME_PARTIAL] = { "partial", "STOPPED PART-WAY", 6 },
	[OUTCOME_UNSAFE] = { "unsafe", "NOT SAFE", 2 },
};

void
report_start(struct report *r, const char *command, int json, int quiet)
{

	memset(r, 0, sizeof(*r));
	r->command = command;
	r->json = json;
	r->quiet = quiet;
	warn_quiet(quiet);
	screen_of(stdout, &r->screen);
	if (!json)
		return;
	r->closer[0] = '}';
	r->depth = 1;
	fputs("{\"schema_version\":1", stdout);
	report_put(r, "command", report_text(command));
}

void
report_gather(struct report *r, struct gather *g)
{
	json_t *command = report_text(r->command);

	r->gather = g;
	gather_put(g, "command", command);
	json_decref(command);
}

int
report_documents(const struct report *r)
{

	return r->json || r->gather != NULL;
}

/* A value where it stands; null for one that could not be made. */
static void
put_value(struct report *r, json_t *value)
{

	if (value == NULL) {
		r->failed = 1;
		fputs("null", stdout);
	} else if (json_dumpf(value, stdout, DUMP_FLAGS) && !ferror(stdout))
		r->failed = 1;
	json_decref(value);
}

/* What stands between two values, and the name of the next. */
static void
put_name(struct report *r, const char *name)
{

	if (!r->fresh[r->depth - 1])
		fputc(',', stdout);
	r->fresh[r->depth - 1] = 0;
	fputc('\n', stdout);
	if (name == NULL)
		return;
	put_value(r, report_text(name));
	fputc(':', stdout);
}

void
report_open(struct report *r, const char *name, char bracket)
{

	if (r->gather != NULL)
		gather_open(r->gather, name, bracket);
	if (!r->json || r->depth >= REPORT_DEPTH)
		return;
	put_name(r, name);
	fputc(bracket, stdout);
	r->closer[r->depth] = bracket == '{' ? '}' : ']';
	r->fresh[r->depth++] = 1;
}

void
report_close(struct report *r)
{

	if (r->gather != NULL)
		gather_close(r->gather);
	if (r->json && r->depth > 0)
		fputc(r->closer[--r->depth], stdout);
}

void
report_put(struct report *r, const char *name, json_t *value)
{

	if (value != NULL && r->gather != NULL)
		gather_put(r->gather, name, value);
	if (value == NULL && report_documents(r))
		r->failed = 1;
	if (!r->json) {
		json_decref(value);
		return;
	}
	put_name(r, name);
	put_value(r, value);
}

json_t *
report_string(const char *bytes, size_t len)
{
	json_t *s;
	char *text;

	if (len == 0)
		return json_string("");
	if ((s = json_stringn(bytes, len)) != NULL)
		return s;
	if ((text = warn_escape(bytes, len)) == NULL)
		return NULL;
	s = json_string(text);
	free(text);
	return s;
}

json_t *
report_text(const char *s)
{

	return s == NULL ? json_null() : report_string(s, strlen(s));
}

const char *
report_outcome(enum outcome outcome)
{

	return outcomes[outcome].name;
}

const char *
report_word(enum outcome outcome)
{

	return outcomes[outcome].word;
}

enum outcome
report_worse(enum outcome a, enum outcome b)
{

	return outcomes[b].rank > outcomes[a].rank ? b : a;
}

/* OUTCOME_FAILED promises that this host is unchanged. */
static enum outcome
failure(const struct report *r)
{

	return r->changed ? OUTCOME_DIFFERS : OUTCOME_FAILED;
}

/* The end of the document, but for the last bracket. */
static void
put_end(struct report *r, enum outcome outcome, const char *text)
{
	const char *const *said;
	size_t n, i;

	report_put(r, "outcome", json_string(outcomes[outcome].name));
	report_put(r, "exit", json_integer(outcome));
	report_put(r, "changed", json_boolean(r->changed));
	report_put(r, "message", report_text(text));
	report_open(r, "errors", '[');
	said = warn_said(&n);
	for (i = 0; i < n; i++)
		report_put(r, NULL, report_text(said[i]));
	report_close(r);
}

/* The end of what is gathered; what is printed comes behind it, and tells when
 * that failed. */
static enum outcome
end_gathered(struct report *r, enum outcome outcome, const char *text)
{
	int json = r->json;

	if (r->gather == NULL)
		return outcome;
	gather_outer(r->gather);
	r->json = 0;
	put_end(r, outcome, text);
	r->json = json;
	if (gather_end(r->gather) == -1)
		outcome = report_worse(outcome, failure(r));
	r->gather = NULL;
	return outcome;
}

static void
end_json(struct report *r, enum outcome outcome, const char *text)
{

	while (r->depth > 1)
		report_close(r);
	put_end(r, outcome, text);
	report_close(r);
	fputc('\n', stdout);
}

/* The last line of text: 0, or -1 said. */
static int
end_text(
    const struct report *r, enum outcome outcome, const char *text, FILE *f)
{
	const char *word = outcomes[outcome].word;
	char *line = NULL, *said = NULL;
	int n, rc = 0;

	n = asprintf(&line, "%s: %s%s%s", r->command ? r->command : "novark",
	    word ? word : "", word ? ": " : "", text);
	if (n < 0) {
		warn_msg("out of memory");
		return -1;
	}
	if (f == stdout && r->screen.colour &&
	    (said = report_shown(line, (size_t)n)))
		screen_paint(&r->screen, f,
		    outcome == OUTCOME_DONE ? INK_GOOD : INK_BAD, said);
	else
		rc = report_escaped(f, line, (size_t)n, "");
	fputc('\n', f);
	free(line);
	free(said);
	return rc;
}

/* A person at a terminal is told where to read on; the outcome stays last. */
static void
hint(const struct report *r, enum outcome outcome)
{

	if (outcome == OUTCOME_DONE || outcome == OUTCOME_USAGE || r->json ||
	    r->quiet || !isatty(STDERR_FILENO))
		return;
	fflush(stdout);
	fprintf(stderr,
	    "novark help %d tells what this means, and what to do\n",
	    (int)outcome);
}

int
report_broken(const struct report *r)
{

	return r->failed || fflush(stdout) || ferror(stdout);
}

enum outcome
report_end(struct report *r, enum outcome outcome, const char *fmt, ...)
{
	int to_stdout = !r->bytes && (r->lines || outcome == OUTCOME_DONE);
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = warn_text(fmt, ap);
	va_end(ap);
	if (text == NULL || r->failed) {
		if (text != NULL)
			warn_msg("out of memory: the result is not whole");
		outcome = report_worse(outcome, failure(r));
	}
	outcome = end_gathered(r, outcome, text ? text : "out of memory");
	hint(r, outcome);
	if (r->json)
		end_json(r, outcome, text ? text : "out of memory");
	else if (to_stdout &&
		 end_text(r, outcome, text ? text : "out of memory", stdout))
		outcome = report_worse(outcome, failure(r));
	errno = 0;
	if (fflush(stdout) || ferror(stdout)) {
		warn_errno("standard output: the result could not be written");
		outcome = report_worse(outcome, failure(r));
		(void)end_text(
		    r, outcome, "the result could not be written", stderr);
	} else if (!r->json && !to_stdout &&
		   end_text(r, outcome, text ? text : "out of memory", stderr))
		outcome = report_worse(outcome, failure(r));
	free(text);
	return outcome;
}
