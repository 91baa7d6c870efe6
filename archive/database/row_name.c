#include "archive/database/row_name.h"

#include <stdlib.h>

#include "archive/warn.h"

int
row_name(const char *schema, const char *table, const struct db_value *key,
    size_t nkey, struct buf *out)
{
	char *text;
	size_t i;
	int rc;

	if (buf_addf(out, "row:%s.%s:", schema, table))
		return -1;
	for (i = 0; i < nkey; i++) {
		if (i > 0 && buf_addc(out, ','))
			return -1;
		if (key[i].data == NULL)
			continue;
		if ((text = warn_escape(key[i].data, key[i].len)) == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		rc = buf_adds(out, text);
		free(text);
		if (rc)
			return -1;
	}
	return 0;
}
