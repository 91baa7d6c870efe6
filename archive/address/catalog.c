#include "archive/address/catalog.h"

#include <string.h>

#include "archive/address/catalog_table.h"

static const struct catalog_role *
find_role(const char *role)
{
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(roles[i].role, role) == 0)
			return &roles[i];
	return NULL;
}

const char *const *
catalog_tables(const char *role)
{
	static const char *const none[] = { NULL };
	const struct catalog_role *r = find_role(role);

	return r == NULL ? none : r->tables;
}

const struct catalog_column *
catalog_column(const char *role, const char *table, const char *column)
{
	const struct catalog_column *c;
	size_t i;

	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		c = &columns[i];
		if (strcmp(c->column, column) == 0 &&
		    strcmp(c->table, table) == 0 && strcmp(c->role, role) == 0)
			return c;
	}
	return NULL;
}

const struct catalog_column *
catalog_row(size_t n)
{

	return n < sizeof(columns) / sizeof(columns[0]) ? &columns[n] : NULL;
}

const char *
catalog_deleted(const char *role, const char *table)
{
	const struct catalog_role *r = find_role(role);
	const char *const *t;

	if (r != NULL && r->deleted != NULL)
		for (t = r->tables; *t != NULL; t++)
			if (strcmp(*t, table) == 0)
				return r->deleted;
	return NULL;
}

int
catalog_required(const char *role, const char *table)
{
	const struct catalog_role *r = find_role(role);

	return r != NULL && r->required != NULL &&
	       strcmp(r->required, table) == 0;
}
