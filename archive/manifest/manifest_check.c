#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/table_facts.h"
#include "archive/node/path.h"

/* What the messages below say. */
_Static_assert(LIMIT_DEFINITION == 4u << 20 && LIMIT_ITEM == 32u << 20 &&
		   LIMIT_NAME == 1024 && LIMIT_COLUMNS == 4096 &&
		   LIMIT_ROLES == 64,
    "messages name limits");

static int
is_text_or_absent(const char *s, size_t most)
{

	return s == NULL || path_text(s, most);
}

static int
is_uuid(const char *s)
{
	size_t i;

	for (i = 0; i < 36; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23
			? s[i] != '-'
			: s[i] == '\0' ||
			      strchr("0123456789abcdef", s[i]) == NULL)
			return 0;
	return s[36] == '\0';
}

static const char *
check_xattrs(const struct item_file *f)
{
	size_t i, total = 0;

	if (f->nxattrs > LIMIT_XATTRS_COUNT)
		return "it has too many extended attributes";
	for (i = 0; i < f->nxattrs; i++) {
		if (!path_text(f->xattrs[i].name, 255))
			return "an extended attribute has a bad name";
		if (i > 0 &&
		    strcmp(f->xattrs[i - 1].name, f->xattrs[i].name) >= 0)
			return "its extended attributes are not in order";
		if (f->xattrs[i].len > LIMIT_XATTRS)
			return "its extended attributes are too large";
		total += strlen(f->xattrs[i].name) + f->xattrs[i].len;
		if (total > LIMIT_XATTRS)
			return "its extended attributes are too large";
	}
	return NULL;
}

/* Is it below that folder, or the folder? */
static int
is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 &&
	       (path[len] == '/' || path[len] == '\0');
}

static const char *
check_file(const struct item *item)
{
	const struct item_file *f = item->file;
	const char *path = strchr(item->name, ':') + 1;

	/* Which keys are trusted is never taken from what they vouch for. */
	if (is_below(path, "/etc/novark") || is_below(path, "/var/lib/novark"))
		return "novark's own keys and journals are never in a bundle";
	if (f->mode > 07777)
		return "its mode is more than permission bits";
	if (!is_text_or_absent(f->user, 255) ||
	    !is_text_or_absent(f->group, 255))
		return "its owner's name is not plain text";
	if (!is_text_or_absent(f->set, 255))
		return "the name of its file set is not plain text";
	if ((f->type == FILE_SYMLINK) != (f->target != NULL))
		return "a symlink, and nothing else, has a target";
	if (f->target != NULL && !path_text(f->target, LIMIT_NAME))
		return "the link's target is longer than 1024 bytes, not "
		       "UTF-8, or has control bytes or hidden characters";
	if (f->type != FILE_REGULAR && item->size != 0)
		return "only a regular file has bytes";
	return check_xattrs(f);
}

static const char *
check_virt(const struct item *item)
{
	const struct item_virt *v = item->virt;

	if (v->uuid != NULL && !is_uuid(v->uuid))
		return "its uuid is none";
	if (item->kind != ITEM_SECRET &&
	    (v->has_value || v->is_private || v->value_size != 0))
		return "only a secret has a value";
	if (item->kind == ITEM_SECRET &&
	    (v->uuid == NULL || strcmp(v->uuid, strchr(item->name, ':') + 1)))
		return "a secret is named by its uuid";
	if (v->has_value && v->value_size > LIMIT_DEFINITION)
		return "a secret's value larger than 4 MiB";
	if (!is_text_or_absent(v->source, LIMIT_NAME) ||
	    !is_text_or_absent(v->file, LIMIT_NAME))
		return "the name of its libvirt.xml is not plain text";
	if (item->size > LIMIT_DEFINITION)
		return "a definition larger than 4 MiB";
	return NULL;
}

static int
by_text(const void *a, const void *b)
{

	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, so that a hostile table of many columns costs no time. */
static const char *
check_column_names(const struct item_table *t)
{
	const char **names, *why = NULL;
	size_t i;

	if ((names = calloc(t->ncolumns, sizeof(*names))) == NULL)
		return "it cannot be checked: out of memory";
	for (i = 0; i < t->ncolumns; i++)
		names[i] = t->columns[i].name;
	qsort(names, t->ncolumns, sizeof(*names), by_text);
	for (i = 1; i < t->ncolumns; i++)
		if (strcmp(names[i - 1], names[i]) == 0)
			why = "two columns have one name";
	free(names);
	return why;
}

static const char *
check_columns(const struct item_table *t)
{
	const struct item_column *c;
	size_t i, k;
	int nkey = 0;

	if (t->ncolumns == 0 || t->ncolumns > LIMIT_COLUMNS)
		return "a table has 1 to 4096 columns";
	for (i = 0; i < t->ncolumns; i++) {
		c = &t->columns[i];
		if (!path_text(c->name, 255))
			return "a column's name is not plain text";
		if (c->type == NULL || !path_utf8(c->type, strlen(c->type)))
			return "a column's type is not plain text";
		if (!is_text_or_absent(c->charset, 64))
			return "a column's character set is not plain text";
		nkey += c->key != 0;
	}
	if (nkey > LIMIT_KEY_COLUMNS)
		return "the positions in its primary key are wrong";
	/* Positions in the key are 1, 2, ... once each. */
	for (; nkey > 0; nkey--) {
		for (i = k = 0; i < t->ncolumns; i++)
			k += t->columns[i].key == nkey;
		if (k != 1)
			return "the positions in its primary key are wrong";
	}
	return check_column_names(t);
}

static int
are_texts(char *const *texts, size_t n)
{

	while (n > 0)
		if (!path_text(texts[--n], 255))
			return 0;
	return 1;
}

static const char *
check_facts(const struct table_facts *f)
{
	const struct table_unique *u;
	size_t i, j;

	if (!path_text(f->engine, 64) || !are_texts(f->needs, f->nneeds) ||
	    !are_texts(f->triggers, f->ntriggers))
		return "what is said of a table here is not plain text";
	for (i = 0; i < f->nunique; i++) {
		u = &f->unique[i];
		if (!path_text(u->name, 255))
			return "a unique key's name is not plain text";
		for (j = 0; j < u->ncolumns; j++)
			if (!path_text(u->columns[j].name, 255) ||
			    !is_text_or_absent(u->columns[j].collation, 64))
				return "a unique key's column is not plain "
				       "text";
	}
	return NULL;
}

static const char *
check_table(const struct item *item)
{
	const struct item_table *t = item->table;
	const char *name = strchr(item->name, ':') + 1, *why;
	size_t len;

	if (!path_text(t->role, 64))
		return "its role is not plain text";
	if (!path_text(t->schema, 255) || !path_text(t->table, 255))
		return "the name of schema or table is not plain text";
	len = strlen(t->schema);
	if (strncmp(name, t->schema, len) != 0 || name[len] != '.' ||
	    strcmp(name + len + 1, t->table) != 0)
		return "a table is named table:SCHEMA.TABLE";
	if (t->facts != NULL && t->outside)
		return "a description has no rows outside the catalogue";
	if (t->facts != NULL && (why = check_facts(t->facts)) != NULL)
		return why;
	return check_columns(t);
}

static const char *
check_account(const struct item *item)
{
	const struct item_account *a = item->account;
	const char *name = strchr(item->name, ':') + 1;
	size_t len, i, j;

	/* An account of everybody has no name. */
	if (a->user == NULL || !path_text(a->host, 255) ||
	    (a->user[0] != '\0' && !path_text(a->user, 255)))
		return "the name or the host of an account is not plain text";
	len = strlen(a->user);
	if (strncmp(name, a->user, len) != 0 || name[len] != '@' ||
	    strcmp(name + len + 1, a->host) != 0)
		return "an account is named account:USER@HOST";
	if (a->nroles == 0 || a->nroles > LIMIT_ROLES)
		return "an account is of 1 to 64 databases' servers";
	for (i = 0; i < a->nroles; i++) {
		if (!path_text(a->roles[i], 64))
			return "its role is not plain text";
		for (j = 0; j < i; j++)
			if (strcmp(a->roles[i], a->roles[j]) == 0)
				return "one of its roles stands there twice";
	}
	if (item->size > LIMIT_ITEM)
		return "the rights of an account are larger than 32 MiB";
	return NULL;
}

/* The path follows from the name, and may stand in a tar. */
static const char *
check_path(const struct item *item)
{
	char *path;
	int same;

	if (path_check(item->path) == -1)
		return "its path is longer than 1024 bytes, not UTF-8, or has "
		       "control bytes, hidden characters, a backslash or the "
		       "parts . or ..";
	/* As item_member makes it, without making it. */
	if (item->kind == ITEM_FILE)
		return strcmp(item->path, strchr(item->name, '/') + 1) == 0
			   ? NULL
			   : "its path does not follow from its name";
	if ((path = item_member(item)) == NULL)
		return "it cannot be checked: out of memory";
	same = strcmp(path, item->path) == 0;
	free(path);
	return same ? NULL : "its path does not follow from its name";
}

const char *
item_check(const struct item *item)
{
	const char *kind = item_kind_name(item->kind), *why;
	size_t len = strlen(kind);

	if (!path_text(item->name, LIMIT_NAME + 16))
		return "its name is longer than 1024 bytes, not UTF-8, or has "
		       "control bytes or hidden characters";
	if (strncmp(item->name, kind, len) != 0 || item->name[len] != ':' ||
	    item->name[len + 1] == '\0' ||
	    (item->kind == ITEM_FILE && item->name[len + 1] != '/'))
		return "its name does not fit its kind";
	if (item->size > LIMIT_SIZE)
		return "its size is beyond all measure";
	if (item->kind == ITEM_FILE)
		why = check_file(item);
	else if (item->kind == ITEM_TABLE)
		why = check_table(item);
	else if (item->kind == ITEM_ACCOUNT)
		why = check_account(item);
	else
		why = check_virt(item);
	return why != NULL ? why : check_path(item);
}
