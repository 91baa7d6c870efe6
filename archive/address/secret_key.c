#include <string.h>

#include "archive/address/secret.h"

#define BEGIN "-----BEGIN "
#define KEY   "PRIVATE KEY"
#define END   "-----END"
#define DASH  "-----"

/* "OPENSSH ", "ENCRYPTED ", and then " BLOCK": no label is longer. */
#define LABEL 64

/* Behind the label at i, when it is a private key's, or 0. */
static size_t
label_end(const char *b, size_t len, size_t i)
{
	size_t most = len - i < LABEL ? len - i : LABEL;
	const char *key, *dash;

	if ((key = memmem(b + i, most, KEY, strlen(KEY))) == NULL ||
	    (dash = memmem(b + i, most, DASH, strlen(DASH))) == NULL ||
	    dash < key)
		return 0;
	return (size_t)(dash - b) + strlen(DASH);
}

int
secret_key(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen)
{
	const char *begin, *end;
	size_t i;

	while ((begin = memmem(
		    bytes + *pos, len - *pos, BEGIN, strlen(BEGIN))) != NULL) {
		*pos = (size_t)(begin - bytes) + strlen(BEGIN);
		if ((i = label_end(bytes, len, *pos)) == 0)
			continue;
		/* One that does not end goes on to the end. */
		end = memmem(bytes + i, len - i, END, strlen(END));
		*off = i;
		*vlen = end == NULL ? len - i : (size_t)(end - bytes) - i;
		*pos = i + *vlen;
		if (*vlen > 0)
			return 1;
	}
	*pos = len;
	return 0;
}
