#include <string.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_new.h"
#include "archive/keys/envelope.h"

int
bundle_encrypt(struct bundle_new *n, const char *const *certificates)
{

	if ((n->to = recipients_open(certificates)) == NULL)
		return -1;
	return cipher_random(n->secret, sizeof(n->secret));
}

struct cipher *
bundle_seal_start(struct bundle_new *n, unsigned char iv[CIPHER_IV])
{

	if (cipher_random(iv, CIPHER_IV) == -1)
		return NULL;
	return cipher_new(n->secret, iv);
}

int
bundle_seal(
    struct bundle_new *n, const void *bytes, size_t len, struct buf *out)
{
	unsigned char iv[CIPHER_IV];
	struct cipher *c;
	char *to;
	int rc = -1;

	if ((c = bundle_seal_start(n, iv)) == NULL)
		return -1;
	if (buf_add(out, iv, sizeof(iv)) == 0 &&
	    (to = buf_reserve(out, len)) != NULL &&
	    cipher_apply(c, bytes, to, len) == 0) {
		out->len += len;
		out->data[out->len] = '\0';
		rc = 0;
	}
	cipher_free(c);
	return rc;
}

int
bundle_seal_key(struct bundle_new *n, struct buf *out)
{

	return envelope_seal(n->to, n->secret, out);
}

void
bundle_seal_free(struct bundle_new *n)
{

	cipher_free(n->cipher);
	recipients_free(n->to);
	explicit_bzero(n->secret, sizeof(n->secret));
}
