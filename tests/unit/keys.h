#ifndef TESTS_KEYS_H
#define TESTS_KEYS_H

/* Include behind cmocka.h: keys to sign with, made here. */

#include <stdlib.h>

#include "archive/keys/sign.h"

/* A pair of keys, NAME.key and NAME.pub: 0, or -1. */
static inline int
keys_make(const char *name)
{
	char *id;

	if (sign_keygen(name, &id) == -1)
		return -1;
	free(id);
	return 0;
}

#endif
