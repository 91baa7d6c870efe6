#include "restore/meaning/meaning_pattern.h"

#include <string.h>

int
meaning_fits(const char *pattern, xmlNodePtr node, const char *attr)
{
	const char *end = strchrnul(pattern, '@'), *from;

	if ((*end == '@') != (attr != NULL) ||
	    (attr != NULL && strcmp(end + 1, attr) != 0))
		return 0;
	while (end > pattern) {
		for (from = end; from > pattern && from[-1] != '/'; from--)
			continue;
		if (node == NULL || node->type != XML_ELEMENT_NODE ||
		    strlen((const char *)node->name) != (size_t)(end - from) ||
		    memcmp(node->name, from, (size_t)(end - from)) != 0)
			return 0;
		node = node->parent;
		if (from == pattern)
			return 1;
		end = from - 1;
		/* A slash in front: nothing is above. */
		if (end == pattern)
			return node == NULL || node->type != XML_ELEMENT_NODE;
	}
	return 1;
}

int
meaning_fits_any(
    const char *const *patterns, size_t n, xmlNodePtr node, const char *attr)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (meaning_fits(patterns[i], node, attr))
			return 1;
	return 0;
}
