#include "restore/rows/cell_width.h"

#include <stdlib.h>
#include <string.h>

/* N of binary(N), or 0. */
static size_t
width(const struct item_column *c)
{
	static const char type[] = "binary(";

	if (strncmp(c->type, type, sizeof(type) - 1) != 0)
		return 0;
	return strtoul(c->type + sizeof(type) - 1, NULL, 10);
}

struct db_value
cell_width_cut(const struct item_column *c, const struct db_value *v)
{
	struct db_value cut = *v;

	if (v->data == NULL || v->len != width(c))
		return cut;
	while (cut.len > 0 && v->data[cut.len - 1] == '\0')
		cut.len--;
	return cut;
}

int
cell_width_fill(const struct item_column *c, struct buf *value)
{
	size_t n = width(c);

	while (value->len < n)
		if (buf_addc(value, '\0'))
			return -1;
	return 0;
}
