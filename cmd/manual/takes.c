#include "cmd/manual/takes.h"

#include <string.h>

#include "archive/warn.h"
#include "cmd/manual/takes_table.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"

#define VALUES (sizeof(values) / sizeof(values[0]))

static int
add_word(struct buf *words, const char *word)
{

	if (words->len > 0 && buf_addc(words, '|') == -1)
		return -1;
	return buf_adds(words, word);
}

/* The findings that may be waived. */
static int
add_findings(struct buf *words)
{
	const struct finding_row *rows;
	size_t n, i;

	rows = finding_rows(&n);
	for (i = 0; i < n; i++) {
		if (rows[i].may_waive && add_word(words, rows[i].name) == -1)
			return -1;
	}
	return 0;
}

static int
add_releases(struct buf *words)
{
	const struct allow_name *names;
	size_t n, i;

	names = allow_names(&n);
	for (i = 0; i < n; i++) {
		if (add_word(words, names[i].name) == -1)
			return -1;
	}
	return 0;
}

/* What the table says of a value: 0, or -1. */
static int
look_up(const char *value, enum takes *t)
{
	size_t i;

	for (i = 0; i < VALUES; i++) {
		if (strcmp(values[i].value, value) == 0) {
			*t = values[i].takes;
			return 0;
		}
	}
	return -1;
}

int
takes_of(const struct option_row *row, struct buf *words, enum takes *t)
{

	*t = TAKES_WORDS;
	if (strcmp(row->name, "force-preflight") == 0)
		return add_findings(words);
	if (strcmp(row->name, "allow") == 0)
		return add_releases(words);
	if (row->value != NULL && strchr(row->value, '|') != NULL)
		return buf_adds(words, row->value);
	*t = TAKES_NOTHING;
	if (row->value == NULL || look_up(row->value, t) == 0)
		return 0;
	warn_msg("--%s: takes_table.h does not tell what %s is", row->name,
	    row->value);
	return -1;
}

int
takes_each(struct buf *b, enum command c,
    int (*add)(struct buf *, const struct option_row *))
{
	const struct option_row *rows;
	size_t n, i;

	rows = options_rows(&n);
	for (i = 0; i < n; i++) {
		if ((rows[i].commands & (1u << c)) != 0 &&
		    add(b, &rows[i]) == -1)
			return -1;
	}
	return 0;
}

enum takes
takes_operands(const char *operands)
{
	enum takes t = TAKES_NOTHING;

	(void)look_up(operands, &t);
	return t;
}
