#include "cmd/show_next.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The width of the page, and where the text of a step begins. */
#define PAGE   78
#define INDENT 4

/* So many instances are shown; all have the same command but for the uuid. */
#define INSTANCES 3

/* Words, folded, each line indented; ${first} stands in front of the first. */
static void
show_folded(struct report *r, const char *first, const char *words)
{
	char line[PAGE + 1];
	size_t n, len;

	len = (size_t)snprintf(line, sizeof(line), "%*s", INDENT, first);
	while (*words != '\0') {
		n = strcspn(words, " ");
		if (len > INDENT && len + 1 + n > PAGE) {
			report_line(r, "%s", line);
			len = (size_t)snprintf(
			    line, sizeof(line), "%*s", INDENT, "");
		} else if (len > INDENT) {
			line[len++] = ' ';
		}
		/* One word may be longer than a line. */
		if (len + n > PAGE) {
			report_line(r, "%*s%.*s", INDENT, "", (int)n, words);
		} else {
			memcpy(line + len, words, n);
			len += n;
		}
		line[len] = '\0';
		words += n + strspn(words + n, " ");
	}
	if (len > INDENT)
		report_line(r, "%s", line);
}

/* A command stands on one line, however long, so that it can be copied. */
void
show_next_step(struct report *r, size_t order, const char *text,
    const char *command, const char *why)
{
	char number[32];

	snprintf(number, sizeof(number), "%zu. ", order);
	show_folded(r, number, text);
	if (command != NULL)
		report_line(r, "%*s    %s", INDENT, "", command);
	show_folded(r, "", why);
}

static void
show_head(struct report *r, size_t n)
{

	if (n > 0)
		report_line(
		    r, "next: %zu step%s, in this order", n, n == 1 ? "" : "s");
}

int
show_next_json(struct report *r, const struct next_steps *steps)
{
	json_t *list;
	size_t i;

	if (!report_documents(r))
		return 0;
	if ((list = next_steps_json(steps)) == NULL)
		return -1;
	report_open(r, "next_steps", '[');
	for (i = 0; i < json_array_size(list); i++)
		report_put(r, NULL, json_incref(json_array_get(list, i)));
	report_close(r);
	json_decref(list);
	return 0;
}

int
show_next(struct report *r, const struct next_steps *steps)
{
	const struct next_step *s;
	size_t i, nth;

	if (show_next_json(r, steps) == -1)
		return -1;
	if (r->json || r->quiet)
		return 0;
	show_head(r, steps->n);
	for (i = 0; i < steps->n; i++) {
		s = &steps->step[i];
		nth = i - steps->first_instance;
		if (i >= steps->first_instance && nth < steps->instances &&
		    nth >= INSTANCES) {
			report_line(r,
			    "%*s... and %zu more such instances (--json and "
			    "the receipt list them)",
			    INDENT, "", steps->instances - nth);
			i = steps->first_instance + steps->instances - 1;
			continue;
		}
		show_next_step(r, i + 1, s->text, s->command, s->why);
	}
	return 0;
}
