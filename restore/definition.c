#include "restore/definition.h"

#include <string.h>

#include "restore/meaning.h"

const char *
definition_name(const char *item)
{
	const char *colon = strchr(item, ':');

	return colon != NULL ? colon + 1 : item;
}

static int
released(void *cookie, const char *label)
{
	const struct held_cookie *held = cookie;

	return restore_also(held->r, held->item, label);
}

void
definition_options(
    struct held_cookie *held, int count, struct rewrite_options *opt)
{

	*opt = (struct rewrite_options){ .map = held->r->map,
		.released = released,
		.cookie = held,
		.count = count };
}

int
definition_same(void *cookie, const char *first, size_t first_len,
    const char *second, size_t second_len)
{

	(void)cookie;
	return meaning_same(first, first_len, second, second_len, 0, NULL);
}
