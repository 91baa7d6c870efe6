#include "restore/rows/key_order.h"

#include <string.h>

static int
is_whole_number(const struct item_column *c)
{
	static const char *const types[] = { "tinyint", "smallint", "mediumint",
		"int", "bigint" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strncmp(c->type, types[i], strlen(types[i])) == 0)
			return 1;
	return 0;
}

int
key_is_ordered(const struct item_column *c)
{

	if (c->nullable)
		return 0;
	return is_whole_number(c) ||
	       (c->charset != NULL && (strncmp(c->type, "varchar(", 8) == 0 ||
					  strncmp(c->type, "char(", 5) == 0));
}

static unsigned char
folded(char c)
{

	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static int
compare_text(const struct db_value *a, const struct db_value *b)
{
	size_t i, n = a->len < b->len ? a->len : b->len;

	for (i = 0; i < n; i++)
		if (folded(a->data[i]) != folded(b->data[i]))
			return folded(a->data[i]) < folded(b->data[i]) ? -1 : 1;
	return a->len < b->len ? -1 : a->len > b->len;
}

/* Numbers as the server writes them. */
static int
compare_numbers(const struct db_value *a, const struct db_value *b)
{
	int minus = a->len > 0 && a->data[0] == '-', rc;

	if (minus != (b->len > 0 && b->data[0] == '-'))
		return minus ? -1 : 1;
	if (a->len != b->len)
		rc = a->len < b->len ? -1 : 1;
	else
		rc = memcmp(a->data, b->data, a->len);
	return minus ? -rc : rc;
}

int
key_order(const struct item_column *c, const struct db_value *a,
    const struct db_value *b)
{

	return is_whole_number(c) ? compare_numbers(a, b) : compare_text(a, b);
}
