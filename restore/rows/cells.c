#include "restore/rows/cells.h"

#include <string.h>

size_t
cells_bytes(const struct db_value *v, size_t n)
{
	size_t i, len = 0;

	for (i = 0; i < n; i++)
		len += v[i].len + 1;
	return len;
}

char *
cells_copy(struct db_value *to, const struct db_value *v, size_t n, char *bytes)
{
	size_t i;

	for (i = 0; i < n; i++) {
		to[i].data = v[i].data == NULL ? NULL : bytes;
		to[i].len = v[i].len;
		if (v[i].data == NULL)
			continue;
		memcpy(bytes, v[i].data, v[i].len);
		bytes[v[i].len] = '\0';
		bytes += v[i].len + 1;
	}
	return bytes;
}

int
cells_same(const struct db_value *a, const struct db_value *b)
{

	if (a->data == NULL || b->data == NULL)
		return a->data == NULL && b->data == NULL;
	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}
