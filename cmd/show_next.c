#include "cmd/show_next.h"

#include <inttypes.h>
#include <string.h>

#include "archive/buf.h"

/* The width of the page, and where the text of a step begins. */
#define PAGE   78
#define INDENT 4

/* So many instances are shown; all have the same command but for the uuid. */
#define INSTANCES 3

/* Words, folded, each line indented but for ${first}, which stands in front of
 * the first one. */
static int
show_folded(struct report *r, const char *first, const char *words)
{
	struct buf line = BUF_EMPTY;
	size_t n;
	int rc = buf_addf(&line, "%*s", INDENT, first);

	while (rc == 0 && *words != '\0') {
		n = strcspn(words, " ");
		if (line.len > INDENT && line.len + 1 + n > PAGE) {
			report_line(r, "%s", line.data);
			buf_clear(&line);
			rc = buf_addf(&line, "%*s", INDENT, "");
		} else if (line.len > INDENT) {
			rc = buf_addc(&line, ' ');
		}
		if (rc == 0)
			rc = buf_add(&line, words, n);
		words += n + strspn(words + n, " ");
	}
	if (rc == 0)
		report_line(r, "%s", line.data);
	buf_free(&line);
	return rc;
}

/* A command stands on one line, however long, so that it can be copied. */
static int
show_step(struct report *r, size_t order, const char *text, const char *command,
    const char *why)
{
	char number[16];

	snprintf(number, sizeof(number), "%zu. ", order);
	if (show_folded(r, number, text) == -1)
		return -1;
	if (command != NULL)
		report_line(r, "%*s    %s", INDENT, "", command);
	return show_folded(r, "", why);
}

static void
show_head(struct report *r, size_t n)
{

	if (n > 0)
		report_line(
		    r, "next: %zu step%s, in this order", n, n == 1 ? "" : "s");
}

int
show_next(struct report *r, const struct next_steps *steps)
{
	const struct next_step *s;
	size_t i, nth;

	if (r->json) {
		report_put(r, "next_steps", next_steps_json(steps));
		return 0;
	}
	if (r->quiet)
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
		if (show_step(r, i + 1, s->text, s->command, s->why) == -1)
			return -1;
	}
	return 0;
}

int
show_next_json(struct report *r, const json_t *steps)
{
	const char *text, *command, *why;
	json_t *step;
	size_t i, n = json_array_size(steps);

	if (r->json) {
		report_put(r, "next_steps", json_deep_copy(steps));
		return 0;
	}
	show_head(r, n);
	for (i = 0; i < n; i++) {
		step = json_array_get(steps, i);
		text = json_string_value(json_object_get(step, "text"));
		command = json_string_value(json_object_get(step, "command"));
		why = json_string_value(json_object_get(step, "why"));
		if (show_step(r, i + 1, text == NULL ? "" : text, command,
			why == NULL ? "" : why) == -1)
			return -1;
	}
	return 0;
}
