#include "archive/database/row_name.h"

#include <stdlib.h>

#include "archive/warn.h"

/* Text that is seen as it is; most keys are numbers. */
static int
is_plain(const struct db_value *v)
{
	size_t i;

	for (i = 0; i < v->len; i++)
		if ((unsigned char)v->data[i] - 0x20u >= 0x7f - 0x20)
			return 0;
	return 1;
}

/* A value of the key as it is printed. */
static int
add_value(struct buf *out, const struct db_value *v)
{
	char *text;
	int rc;

	if (v->data == NULL)
		return 0;
	if (is_plain(v))
		return buf_add(out, v->data, v->len);
	if ((text = warn_escape(v->data, v->len)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	rc = buf_adds(out, text);
	free(text);
	return rc;
}

int
row_name(const char *schema, const char *table, const struct db_value *key,
    size_t nkey, struct buf *out)
{
	size_t i;

	if (buf_adds(out, "row:") || buf_adds(out, schema) ||
	    buf_addc(out, '.') || buf_adds(out, table) || buf_addc(out, ':'))
		return -1;
	for (i = 0; i < nkey; i++)
		if ((i > 0 && buf_addc(out, ',')) || add_value(out, &key[i]))
			return -1;
	return 0;
}
