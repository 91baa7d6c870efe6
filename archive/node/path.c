#include "archive/node/path.h"

#include <errno.h>
#include <fnmatch.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "archive/limits.h"

int
path_utf8(const char *bytes, size_t len)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)bytes;
	size_t i, k, n;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = u[i] < 0x80   ? 1
		    : u[i] < 0xc2 ? 0
		    : u[i] < 0xe0 ? 2
		    : u[i] < 0xf0 ? 3
		    : u[i] < 0xf5 ? 4
				  : 0;
		if (n == 0 || n > len - i)
			return 0;
		if (n == 1)
			continue;
		c = u[i] & (0x7fu >> n);
		for (k = 1; k < n; k++) {
			if ((u[i + k] & 0xc0) != 0x80)
				return 0;
			c = (c << 6) | (u[i + k] & 0x3fu);
		}
		/* Over-long forms, surrogates, beyond Unicode. */
		if (c < least[n] || c > 0x10ffff ||
		    (c >= 0xd800 && c <= 0xdfff))
			return 0;
	}
	return 1;
}

int
path_check(const char *name)
{
	const char *part, *end;
	size_t len = strlen(name), i;
	unsigned char c;

	if (len == 0 || len > LIMIT_NAME || !path_utf8(name, len))
		goto err0;
	for (i = 0; i < len; i++) {
		c = (unsigned char)name[i];
		if (c < 0x20 || c == 0x7f || c == '\\')
			goto err0;
		/* C1 controls in UTF-8: C2 80 to C2 9F. */
		if (c == 0xc2 && (unsigned char)name[i + 1] < 0xa0)
			goto err0;
	}
	for (part = name;; part = end + 1) {
		end = strchrnul(part, '/');
		if (end == part || (end - part == 1 && part[0] == '.') ||
		    (end - part == 2 && part[0] == '.' && part[1] == '.'))
			goto err0;
		if (*end == '\0')
			return 0;
	}

err0:
	errno = EINVAL;
	return -1;
}

int
path_glob(const char *glob, const char *name)
{

	return fnmatch(glob, name, 0) == 0;
}
