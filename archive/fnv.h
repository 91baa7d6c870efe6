#ifndef ARCHIVE_FNV_H
#define ARCHIVE_FNV_H

#include <stddef.h>
#include <stdint.h>

/**
 * fnv: the hash FNV-1a, for tables in memory.  Whoever chooses the bytes can
 * make many of one hash: equal hashes are no more than a hint.
 */
#define FNV_START UINT64_C(0xcbf29ce484222325)

/* What ${h} becomes with these bytes behind those that made it. */
static inline uint64_t
fnv(uint64_t h, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ p[i]) * UINT64_C(0x100000001b3);
	return h;
}

#endif
