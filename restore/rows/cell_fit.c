#include "restore/rows/cell_fit.h"

#include "restore/papers/agree.h"
#include "restore/preflight/finding.h"

/* The character set that cell i had when it was captured. */
static const char *
captured_charset(const struct target *t, size_t i)
{
	const struct item_table *from = t->source->table;
	size_t k;

	for (k = 0; k < from->ncolumns; k++)
		if (!from->columns[k].generated && i-- == 0)
			return from->columns[k].charset;
	return NULL;
}

int
cell_fit(struct restore *r, const struct target *t, size_t i, const char *item,
    const char *bytes, size_t len)
{
	const struct item_column *c = t->rules.rule[i].column;
	const char *from = captured_charset(t, i);
	char limit[48];

	if (cell_too_long(c, bytes, len, limit, sizeof(limit)) &&
	    finding_add(r, ITEM_TABLE, item, c->name, "too-long",
		"the new value does not fit: it has %zu bytes, %s takes %s "
		"(--not '%s' leaves the row out)",
		len, c->type, limit, item))
		return -1;
	if (c->charset == NULL || agree_charset(from, c->charset, bytes, len))
		return 0;
	return finding_add(r, ITEM_TABLE, item, c->name, "charset",
	    "the new value has characters that the column cannot hold as they "
	    "are: its character set here is %s, was %s (--not '%s' leaves the "
	    "row out)",
	    c->charset, from, item);
}
