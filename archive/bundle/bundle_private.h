#ifndef ARCHIVE_BUNDLE_PRIVATE_H
#define ARCHIVE_BUNDLE_PRIVATE_H

#include "archive/bundle/bundle.h"
#include "archive/bundle/outer.h"
#include "archive/keys/sign.h"
#include "archive/bundle/sums.h"

/* Inside the bundle room only: an open bundle. */
struct bundle {
	char *file;
	int fd;
	struct outer_member members[OUTER_MEMBERS];
	struct sums sums;
	char digest[65];
	unsigned char signature[SIGN_LEN];
	char *signer;
	struct manifest *manifest;
	enum outcome outcome; /* of the last -1 that a part gave */
};

#endif
