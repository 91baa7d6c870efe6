#ifndef ARCHIVE_TRUST_PRIVATE_H
#define ARCHIVE_TRUST_PRIVATE_H

#include "archive/keys/sign.h"
#include "archive/keys/trust.h"

/* Inside the trust room only: public keys, and the files that they are from. */
struct trust_key {
	struct sign_key *key;
	char *file;
};

struct trust_keys {
	struct trust_key *keys;
	size_t n;
};

struct trust {
	char *from; /* what the trusted ones are from, for messages */
	struct trust_keys trusted, revoked;
};

/* Below a root. */
#define TRUST_STORE "/etc/novark/trusted.d"
#define TRUST_VOID  "/etc/novark/revoked.d"

/* Add the key of one file: 0, or -1 said. */
int trust_add_file(struct trust_keys *to, const char *file) MUST_CHECK;

/* Add the keys of a folder, by name; one that is absent has none: 0, or -1
 * said.  ${guarded}: nobody but root and the caller may be able to change them.
 */
int trust_add_folder(
    struct trust_keys *to, const char *dir, int guarded) MUST_CHECK;

void trust_keys_free(struct trust_keys *keys);

#endif
