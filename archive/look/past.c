#include "archive/look/past.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

#define ROW "row:"

struct past {
	struct past_table *table;
	size_t n;
};

struct past *
past_new(void)
{
	struct past *p;

	if ((p = calloc(1, sizeof(*p))) == NULL)
		warn_msg("out of memory");
	return p;
}

void
past_free(struct past *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n; i++) {
		free(p->table[i].item);
		free(p->table[i].last);
	}
	free(p->table);
	free(p);
}

/* Is the row, without its "row:", one of the table, without its "table:"? */
static int
is_of(const struct past_table *t, const char *row, size_t len)
{
	const char *name = t->item + strlen("table:");

	return strlen(name) == len && strncmp(name, row, len) == 0;
}

/* The entry of a row's table, made when it is the first; NULL: no memory. */
static struct past_table *
enter(struct past *p, const char *row)
{
	size_t len = strcspn(row, ":"), i;
	struct past_table *more;

	for (i = p->n; i > 0; i--)
		if (is_of(&p->table[i - 1], row, len))
			return &p->table[i - 1];
	if ((more = reallocarray(p->table, p->n + 1, sizeof(*more))) == NULL)
		return NULL;
	p->table = more;
	more += p->n;
	memset(more, 0, sizeof(*more));
	if ((more->item = malloc(strlen("table:") + len + 1)) == NULL)
		return NULL;
	memcpy(more->item, "table:", strlen("table:"));
	memcpy(more->item + strlen("table:"), row, len);
	more->item[strlen("table:") + len] = '\0';
	p->n++;
	return more;
}

int
past_count(struct past *p, const char *row)
{
	struct past_table *t;
	char *copy;

	if (strncmp(row, ROW, strlen(ROW)) == 0)
		row += strlen(ROW);
	if ((t = enter(p, row)) == NULL)
		goto err0;
	t->places++;
	if (t->last != NULL && strcmp(t->last, row) == 0)
		return 0;
	if ((copy = strdup(row)) == NULL)
		goto err0;
	free(t->last);
	t->last = copy;
	t->rows++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

const struct past_table *
past_tables(const struct past *p, size_t *n)
{

	*n = p->n;
	return p->table;
}
