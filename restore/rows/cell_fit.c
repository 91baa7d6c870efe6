#include "restore/rows/cell_fit.h"

#include <string.h>

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

/* Has an enum('a','it''s') or a set this value among its own? */
static int
is_member(const char *type, const char *v, size_t len)
{
	size_t i;

	for (type = strchr(type, '('); type != NULL && type[1] == '\'';) {
		type += 2;
		for (i = 0; i < len && *type == v[i] &&
			    (v[i] != '\'' || type[1] == '\'');
		     i++)
			type += 1 + (v[i] == '\'');
		if (i == len && type[0] == '\'' && type[1] != '\'')
			return 1;
		while (*type != '\0' && (type[0] != '\'' || type[1] == '\''))
			type += 1 + (type[0] == '\'');
		type = *type == '\'' && type[1] == ',' ? type + 1 : NULL;
	}
	return 0;
}

/* Every part of a set's value, or an enum's, is one of those it may have. */
static int
has_members(const struct item_column *c, const char *bytes, size_t len)
{
	int set = strncmp(c->type, "set(", 4) == 0;
	const char *end = bytes + len, *comma;
	size_t i;

	if ((!set && strncmp(c->type, "enum(", 5) != 0) || len == 0)
		return 1;
	/* The type is told in another character set than the value. */
	for (i = 0; i < len; i++)
		if ((unsigned char)bytes[i] > 0x7f)
			return 1;
	for (; bytes <= end; bytes = comma + 1) {
		comma = set ? memchr(bytes, ',', (size_t)(end - bytes)) : NULL;
		if (comma == NULL)
			comma = end;
		if (!is_member(c->type, bytes, (size_t)(comma - bytes)))
			return 0;
	}
	return 1;
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
	if (!has_members(c, bytes, len) &&
	    finding_add(r, ITEM_TABLE, item, c->name, "too-long",
		"the new value does not fit: it is none of those that %s has "
		"(--not '%s' leaves the row out)",
		c->type, item))
		return -1;
	if (c->charset == NULL || agree_charset(from, c->charset, bytes, len))
		return 0;
	return finding_add(r, ITEM_TABLE, item, c->name, "charset",
	    "the new value has characters that the column cannot hold as they "
	    "are: its character set here is %s, was %s (--not '%s' leaves the "
	    "row out)",
	    c->charset, from, item);
}
