#ifndef TESTS_SEALED_H
#define TESTS_SEALED_H

/* Include behind cmocka.h: what opens bundles encrypted to "ec", signed by
 * "k". */

#include "look.h"

static const struct bundle_keys with_ec = {
	.trust = "k.pub", .decrypt = "ec.key", .root = "."
};
static const struct bundle_keys no_key = { .trust = "k.pub", .root = "." };

#endif
