#include "archive/keys/trust.h"

#include <stdlib.h>

#include "archive/keys/sign.h"
#include "archive/warn.h"

struct trust {
	struct sign_key *key;
};

enum outcome
trust_open(const char *path, const char *root, struct trust **out)
{
	struct trust *t;

	(void)root;
	*out = NULL;
	if (path == NULL)
		return OUTCOME_DONE;
	if ((t = calloc(1, sizeof(*t))) == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	if ((t->key = sign_trust(path)) == NULL) {
		trust_free(t);
		return OUTCOME_FAILED;
	}
	*out = t;
	return OUTCOME_DONE;
}

void
trust_free(struct trust *t)
{

	if (t == NULL)
		return;
	sign_free(t->key);
	free(t);
}

enum outcome
trust_check(const struct trust *t, const char *what, const void *bytes,
    size_t len, const unsigned char *sig, size_t siglen, const char **signer)
{

	*signer = NULL;
	if (t == NULL)
		return OUTCOME_DONE;
	if (sign_check(t->key, bytes, len, sig, siglen) == -1) {
		warn_msg("%s: refused: the signature does not hold under the "
			 "key %s: another key signed it, or it was changed",
		    what, sign_id(t->key));
		return OUTCOME_REFUSED;
	}
	*signer = sign_id(t->key);
	return OUTCOME_DONE;
}
