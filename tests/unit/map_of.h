#ifndef TESTS_UNIT_MAP_OF_H
#define TESTS_UNIT_MAP_OF_H

#include <stdio.h>
#include <string.h>

#include "restore/map/addrmap.h"

/* Rules, one a line, as a map that is ready. */
static inline struct addrmap *
map_of(const char *rules)
{
	struct addrmap *m = addrmap_new();
	char line[256];
	size_t n;

	assert_non_null(m);
	for (; *rules != '\0'; rules += n + (rules[n] == '\n')) {
		n = strcspn(rules, "\n");
		assert_true(n < sizeof(line));
		memcpy(line, rules, n);
		line[n] = '\0';
		assert_int_equal(addrmap_add(m, line, "here"), 0);
	}
	assert_int_equal(addrmap_ready(m), 0);
	return m;
}

#endif
