#include "restore/allow/passed.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

int
passed_digest(const char *text, size_t len, unsigned char digest[32])
{
	unsigned int n;

	return EVP_Digest(text, len, digest, &n, EVP_sha256(), NULL) == 1 &&
		       n == 32
		   ? 0
		   : -1;
}

/* Where it is, or would be. */
static unsigned char *
find(const struct passed *p, const unsigned char digest[32])
{
	static const unsigned char none[32];
	size_t i;

	memcpy(&i, digest, sizeof(i));
	for (;; i++) {
		i &= p->cap - 1;
		if (memcmp(p->slot[i], digest, 32) == 0 ||
		    memcmp(p->slot[i], none, 32) == 0)
			return p->slot[i];
	}
}

int
passed_has(const struct passed *p, const unsigned char digest[32])
{

	return p->cap > 0 && memcmp(find(p, digest), digest, 32) == 0;
}

static int
grow(struct passed *p)
{
	struct passed more = { NULL, p->n, p->cap > 0 ? p->cap * 2 : 64 };
	static const unsigned char none[32];
	size_t i;

	if ((more.slot = calloc(more.cap, sizeof(*more.slot))) == NULL)
		return -1;
	for (i = 0; i < p->cap; i++)
		if (memcmp(p->slot[i], none, 32) != 0)
			memcpy(find(&more, p->slot[i]), p->slot[i], 32);
	free(p->slot);
	*p = more;
	return 0;
}

void
passed_add(struct passed *p, const unsigned char digest[32])
{

	if (passed_has(p, digest) || (p->n >= p->cap / 4 * 3 && grow(p) == -1))
		return;
	memcpy(find(p, digest), digest, 32);
	p->n++;
}

void
passed_free(struct passed *p)
{

	free(p->slot);
	memset(p, 0, sizeof(*p));
}
