#include "archive/address/kind.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/address/catalog.h"
#include "archive/address/kind_label.h"
#include "archive/address/kind_table.h"
#include "archive/node/path.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	enum kind_group group;
	const char *name;
} kinds[] = {
#define X(id, group, name) { KIND_##group, name },
	KINDS(X)
#undef X
};

const char *
kind_group_name(enum kind_group group)
{
	static const char *const names[KIND_GROUPS] = { "option", "libvirt",
		"file", "column" };

	return names[group];
}

size_t
kind_count(void)
{
	size_t n = 0;

	while (catalog_row(n) != NULL)
		n++;
	return K_COUNT + n;
}

/* The first row of the catalogue that says the same of a column. */
static size_t
first_row(const char *what)
{
	const struct catalog_column *c;
	size_t i;

	for (i = 0; (c = catalog_row(i)) != NULL; i++)
		if (strcmp(c->what, what) == 0)
			return i;
	return i;
}

const char *
kind_name(size_t kind)
{
	const struct catalog_column *c;

	if (kind < K_COUNT)
		return kinds[kind].name;
	if (kind == KIND_NONE || (c = catalog_row(kind - K_COUNT)) == NULL ||
	    first_row(c->what) != kind - K_COUNT)
		return NULL;
	return c->what;
}

enum kind_group
kind_group(size_t kind)
{

	return kind < K_COUNT ? kinds[kind].group : KIND_COLUMN;
}

size_t
kind_of_column(const char *role, const char *table, const char *column)
{
	const struct catalog_column *c = catalog_column(role, table, column);

	return c == NULL ? KIND_NONE : K_COUNT + first_row(c->what);
}

int
kind_is_certificate(size_t kind)
{

	return kind == K_CERTIFICATE;
}

/* Does a row for this option fit where it stands? */
static int
row_fits(const struct kind_option *row, const struct kind_label *l)
{

	if (row->section != NULL &&
	    (l->section == NULL || strlen(row->section) != l->section_len ||
		strncasecmp(row->section, l->section, l->section_len) != 0))
		return 0;
	if (row->set == NULL)
		return l->section != NULL;
	return strcmp(row->set, "*") == 0 ||
	       (l->set != NULL && strcmp(row->set, l->set) == 0);
}

static int
by_option(const void *key, const void *row)
{

	return strcmp(key, ((const struct kind_option *)row)->option);
}

static size_t
kind_of_option(const struct kind_label *l)
{
	const struct kind_option *row,
	    *end = kind_options + COUNT(kind_options);
	size_t i;

	row = bsearch(l->option, kind_options, COUNT(kind_options),
	    sizeof(*row), by_option);
	while (row != NULL && row > kind_options &&
	       strcmp(row[-1].option, l->option) == 0)
		row--;
	for (; row != NULL && row < end && strcmp(row->option, l->option) == 0;
	     row++)
		if (row_fits(row, l))
			return row->kind;
	for (i = 0; i < COUNT(kind_patterns); i++)
		if (row_fits(&kind_patterns[i], l) &&
		    path_glob(kind_patterns[i].option, l->option))
			return kind_patterns[i].kind;
	return KIND_NONE;
}

static int
by_last(const void *key, const void *row)
{

	return strcmp(key, ((const struct kind_spot *)row)->last);
}

/* A path in XML, without indexes. */
static size_t
kind_of_spot(const char *path)
{
	const struct kind_spot *row, *end = kind_spots + COUNT(kind_spots);
	const char *last = strrchr(path, '/') + 1;
	size_t i;

	row =
	    bsearch(last, kind_spots, COUNT(kind_spots), sizeof(*row), by_last);
	while (
	    row != NULL && row > kind_spots && strcmp(row[-1].last, last) == 0)
		row--;
	for (; row != NULL && row < end && strcmp(row->last, last) == 0; row++)
		if (path_glob(row->path, path))
			return row->kind;
	for (i = 0; i < COUNT(kind_loose_spots); i++)
		if (path_glob(kind_loose_spots[i].path, path))
			return kind_loose_spots[i].kind;
	return KIND_NONE;
}

/* A file as a whole. */
static size_t
kind_of_file(const char *path, const char *set)
{
	const struct kind_file *row;
	size_t i;

	for (i = 0; i < COUNT(kind_files); i++) {
		row = &kind_files[i];
		if ((row->set == NULL ||
			(set != NULL && strcmp(row->set, set) == 0)) &&
		    (row->path == NULL || path_glob(row->path, path)))
			return row->kind;
	}
	return KIND_NONE;
}

/* Of the sweep: an option's name means nothing there. */
int
kind_is_none_of(const char *set)
{

	return set != NULL && strcmp(set, "outside") == 0;
}

size_t
kind_of_path(const char *label)
{
	struct kind_label l;

	return kind_label_path(&l, label) == 0 ? kind_of_spot(l.option)
					       : KIND_NONE;
}

size_t
kind_of(const char *item, const char *set, const char *label, const char *bytes,
    size_t len)
{
	static const char file[] = "file:", account[] = "account:";
	struct kind_label l;
	size_t kind = KIND_NONE;
	int is_file = strncmp(item, file, sizeof(file) - 1) == 0;

	if (kind_is_none_of(set))
		return KIND_NONE;
	if (strncmp(item, account, sizeof(account) - 1) == 0)
		return K_ACCOUNT;
	if (label != NULL && label[0] == '/') {
		kind = kind_of_path(label);
	} else if (label != NULL && is_file) {
		if (kind_label_option(&l, set, label, bytes, len) == 0)
			kind = kind_of_option(&l);
	}
	if (kind == KIND_NONE && is_file)
		kind = kind_of_file(item + sizeof(file) - 1, set);
	return kind;
}
