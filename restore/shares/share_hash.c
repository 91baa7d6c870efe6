#include "restore/shares/share_hash.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>

#include "archive/warn.h"

/* It names a folder and keeps no secret: allowed where FIPS rules, too. */
static int
md5(const char *share, size_t len, char text[SHARE_HASH])
{
	unsigned char md[EVP_MAX_MD_SIZE];
	EVP_MD *type;
	size_t i;
	unsigned n = 0;
	int ok;

	if ((type = EVP_MD_fetch(NULL, "MD5", "-fips")) == NULL) {
		warn_msg("MD5 is not to be had from OpenSSL here, and the "
			 "folders of shares are named by it");
		return -1;
	}
	ok = EVP_Digest(share, len, md, &n, type, NULL) == 1 && n == 16;
	EVP_MD_free(type);
	if (!ok) {
		warn_msg("MD5 failed: out of memory");
		return -1;
	}
	for (i = 0; i < n; i++)
		snprintf(text + 2 * i, 3, "%02x", md[i]);
	return 0;
}

static void
python(const char *share, size_t len, char text[SHARE_HASH])
{
	uint64_t x = 0;
	size_t i;

	if (len > 0)
		x = (uint64_t)(unsigned char)share[0] << 7;
	for (i = 0; i < len; i++)
		x = x * 1000003u ^ (unsigned char)share[i];
	x ^= len;
	if (x == UINT64_MAX)
		x--;
	snprintf(text, SHARE_HASH, "%" PRIu64, x);
}

int
share_hash(int kind, const char *share, size_t len, char text[SHARE_HASH])
{

	if (kind == 0)
		return md5(share, len, text);
	python(share, len, text);
	return 0;
}
