#include "archive/belong/belong.h"

#include <string.h>

#include "archive/belong/belong_table.h"

const struct belong *
belong_lines(size_t *n)
{

	*n = sizeof(lines) / sizeof(lines[0]);
	return lines;
}

static const struct belong *
find(const char *role, const char *table, size_t from)
{

	for (; from < sizeof(lines) / sizeof(lines[0]); from++)
		if (strcmp(lines[from].table, table) == 0 &&
		    strcmp(lines[from].role, role) == 0)
			return &lines[from];
	return NULL;
}

const struct belong *
belong_next(const char *role, const char *table, const struct belong *before)
{
	const struct belong *line;

	if (before != NULL)
		return find(role, before->table, (size_t)(before - lines) + 1);
	if ((line = find(role, table, 0)) == NULL)
		line = find(role, "*", 0);
	return line;
}
