#include "archive/belong/closure_key.h"

#include <stdint.h>
#include <string.h>

int
closure_key_add(struct buf *key, const struct db_value *cell)
{
	uint32_t len = (uint32_t)cell->len;

	if (buf_add(key, &len, sizeof(len)))
		return -1;
	return cell->len == 0 ? 0 : buf_add(key, cell->data, cell->len);
}

void
closure_key_cell(const struct idset_value *v, size_t *at, struct db_value *cell)
{
	uint32_t len;

	memcpy(&len, v->data + *at, sizeof(len));
	cell->data = v->data + *at + sizeof(len);
	cell->len = len;
	*at += sizeof(len) + len;
}

static int
by_bytes(const struct db_value *a, const struct db_value *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int rc = memcmp(a->data, b->data, n);

	if (rc != 0 || a->len == b->len)
		return rc;
	return a->len < b->len ? -1 : 1;
}

/* Decimal numbers as a server writes them. */
static int
by_number(const struct db_value *a, const struct db_value *b)
{
	int minus = a->len > 0 && a->data[0] == '-';
	int other = b->len > 0 && b->data[0] == '-';
	int rc;

	if (minus != other)
		return other - minus;
	rc = a->len != b->len ? (a->len < b->len ? -1 : 1) : by_bytes(a, b);
	return minus ? -rc : rc;
}

static int
by_key(const void *cookie, const struct idset_value *x,
    const struct idset_value *y)
{
	const struct closure_table *t = cookie;
	struct db_value a, b;
	size_t i, p = 0, q = 0;
	int rc = 0;

	for (i = 0; i < t->nkey && rc == 0; i++) {
		closure_key_cell(x, &p, &a);
		closure_key_cell(y, &q, &b);
		if (strstr(t->item->table->columns[t->key[i]].type, "int"))
			rc = by_number(&a, &b);
		else
			rc = by_bytes(&a, &b);
	}
	return rc;
}

int
closure_key_sort(struct closure_table *t)
{

	return idset_sort(t->rows, by_key, t);
}
