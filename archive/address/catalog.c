#include "archive/address/catalog.h"

#include <string.h>

#include "archive/address/catalog_table.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct catalog_role *
find_role(const char *role)
{
	size_t i;

	for (i = 0; i < COUNT(roles); i++)
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

	for (i = 0; i < COUNT(columns); i++) {
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
catalog_form_name(enum catalog_form form)
{

	switch (form) {
	case CATALOG_FORM_PLAIN:
		return "plain";
	case CATALOG_FORM_NET:
		return "net";
	case CATALOG_FORM_URL:
		return "url";
	case CATALOG_FORM_PORTAL:
		return "portal";
	case CATALOG_FORM_JSON:
		return "json";
	case CATALOG_FORM_TEXT:
		break;
	}
	return "text";
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

static const struct catalog_over *
find_over(const char *role, const char *table)
{
	size_t i;

	for (i = 0; i < COUNT(overs); i++)
		if (strcmp(overs[i].table, table) == 0 &&
		    strcmp(overs[i].role, role) == 0)
			return &overs[i];
	return NULL;
}

const char *
catalog_over(const char *role, const char *table)
{
	const struct catalog_over *o = find_over(role, table);

	return o == NULL ? NULL : o->column;
}

int
catalog_is_over(
    const char *role, const char *table, const char *value, size_t len)
{
	const struct catalog_over *o = find_over(role, table);
	const char *const *v;

	if (o == NULL || value == NULL)
		return 0;
	for (v = o->values; *v != NULL; v++)
		if (strlen(*v) == len && memcmp(*v, value, len) == 0)
			return 1;
	return 0;
}

int
catalog_required(const char *role, const char *table)
{
	const struct catalog_role *r = find_role(role);

	return r != NULL && r->required != NULL &&
	       strcmp(r->required, table) == 0;
}

int
catalog_found(const char *role, const char *table)
{
	size_t i;

	for (i = 0; i < COUNT(founds); i++)
		if (strcmp(founds[i].table, table) == 0 &&
		    strcmp(founds[i].role, role) == 0)
			return 1;
	return 0;
}

const char *
catalog_dropped(const char *role, const char *table)
{
	size_t i;

	for (i = 0; i < COUNT(dropped); i++)
		if (strcmp(dropped[i].table, table) == 0 &&
		    strcmp(dropped[i].role, role) == 0)
			return dropped[i].why;
	return NULL;
}

const struct catalog_external *
catalog_externals(size_t *n)
{

	*n = COUNT(externals);
	return externals;
}
