#ifndef ARCHIVE_SIGN_PRIVATE_H
#define ARCHIVE_SIGN_PRIVATE_H

#include <openssl/evp.h>

#include "archive/keys/sign.h"

/* Inside the sign room only: take ${pkey} over and make its fingerprint.  NULL
 * (said) when that fails; ${pkey} is gone then too. */
struct sign_key *sign_new(EVP_PKEY *pkey) MUST_CHECK;

#endif
