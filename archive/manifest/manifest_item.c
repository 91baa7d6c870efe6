#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/limits.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/table_facts.h"
#include "archive/node/path.h"
#include "archive/warn.h"

/* What follows from an item's kind: its part, and where in it it stands. */
static const struct kind {
	const char *name;
	enum item_part part;
	const char *folder;
} kinds[ITEM_KINDS] = {
	[ITEM_FILE] = { "file", PART_FILES, "" },
	[ITEM_SECRET] = { "secret", PART_LIBVIRT, "secrets/" },
	[ITEM_NWFILTER] = { "nwfilter", PART_LIBVIRT, "nwfilters/" },
	[ITEM_NETWORK] = { "network", PART_LIBVIRT, "networks/" },
	[ITEM_POOL] = { "pool", PART_LIBVIRT, "pools/" },
	[ITEM_DOMAIN] = { "domain", PART_LIBVIRT, "domains/" },
	[ITEM_TABLE] = { "table", PART_DATABASE, "" },
	[ITEM_ACCOUNT] = { "account", PART_DATABASE, "accounts/" },
};

static const char *const types[] = { "regular", "folder", "symlink" };

enum item_part
item_part(enum item_kind kind)
{

	return kinds[kind].part;
}

const char *
item_kind_name(enum item_kind kind)
{

	return kinds[kind].name;
}

int
item_kind_parse(const char *name)
{
	int i;

	for (i = 0; i < ITEM_KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return i;
	return -1;
}

const char *
item_part_name(enum item_part part)
{
	static const char *const names[ITEM_PARTS] = { "files", "libvirt",
		"database" };

	return names[part];
}

const char *
item_type_name(enum file_type type)
{

	return types[type];
}

int
item_type_parse(const char *name)
{
	int i;

	for (i = FILE_REGULAR; i <= FILE_SYMLINK; i++)
		if (strcmp(types[i], name) == 0)
			return i;
	return -1;
}

struct item *
item_new(enum item_kind kind)
{
	struct item *item;
	void *own;

	if ((item = calloc(1, sizeof(*item))) == NULL)
		goto err0;
	item->kind = kind;
	if (kind == ITEM_FILE)
		own = item->file = calloc(1, sizeof(*item->file));
	else if (kind == ITEM_TABLE)
		own = item->table = calloc(1, sizeof(*item->table));
	else if (kind == ITEM_ACCOUNT)
		own = item->account = calloc(1, sizeof(*item->account));
	else
		own = item->virt = calloc(1, sizeof(*item->virt));
	if (own == NULL)
		goto err1;
	return item;

err1:
	free(item);
err0:
	warn_msg("out of memory");
	return NULL;
}

static void
file_free(struct item_file *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->nxattrs; i++) {
		free(f->xattrs[i].name);
		free(f->xattrs[i].value);
	}
	free(f->xattrs);
	free(f->user);
	free(f->group);
	free(f->target);
	free(f->set);
	free(f);
}

static void
table_free(struct item_table *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->ncolumns; i++) {
		free(t->columns[i].name);
		free(t->columns[i].type);
		free(t->columns[i].charset);
	}
	free(t->columns);
	table_facts_free(t->facts);
	free(t->role);
	free(t->schema);
	free(t->table);
	free(t);
}

static void
account_free(struct item_account *a)
{
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < a->nroles; i++)
		free(a->roles[i]);
	free(a->roles);
	free(a->user);
	free(a->host);
	free(a);
}

int
item_account_role(struct item_account *a, const char *role)
{
	char **more;
	size_t i;

	for (i = 0; i < a->nroles; i++)
		if (strcmp(a->roles[i], role) == 0)
			return 0;
	more = reallocarray(a->roles, a->nroles + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	a->roles = more;
	more[a->nroles] = NULL;
	if (manifest_set(&more[a->nroles], role) == -1)
		return -1;
	a->nroles++;
	return 0;
}

void
item_free(struct item *item)
{

	if (item == NULL)
		return;
	if (item->block) {
		free(item);
		return;
	}
	file_free(item->file);
	if (item->virt != NULL) {
		free(item->virt->uuid);
		free(item->virt->source);
		free(item->virt->file);
		free(item->virt);
	}
	table_free(item->table);
	account_free(item->account);
	free(item->name);
	free(item->path);
	free(item);
}

enum place_format
item_format(const struct item *item)
{

	switch (item_part(item->kind)) {
	case PART_FILES:
		return item->file->format;
	case PART_LIBVIRT:
		return PLACE_XML;
	case PART_DATABASE:
		break;
	}
	return PLACE_TEXT;
}

/* A name as one part of a path: what cannot stand there as %XX. */
static int
add_part(struct buf *out, const char *name)
{
	unsigned char c;

	for (; *name != '\0'; name++) {
		c = (unsigned char)*name;
		if (c < 0x20 || c == 0x7f || strchr("/\\%", c) != NULL) {
			if (buf_addf(out, "%%%02X", (unsigned int)c) == -1)
				return -1;
		} else if (buf_addc(out, *name) == -1) {
			return -1;
		}
	}
	return 0;
}

char *
item_member(const struct item *item)
{
	const char *name = strchr(item->name, ':');
	struct buf b = BUF_EMPTY;
	int rc;

	name = name == NULL ? item->name : name + 1;
	if (item->kind == ITEM_FILE)
		rc = buf_adds(&b, name[0] == '/' ? name + 1 : name);
	else if (item->kind == ITEM_TABLE)
		rc = add_part(&b, item->table->schema) == -1 ||
			     buf_addc(&b, '/') == -1 ||
			     add_part(&b, item->table->table) == -1 ||
			     buf_adds(&b, ".txt") == -1
			 ? -1
			 : 0;
	else
		rc =
		    buf_adds(&b, kinds[item->kind].folder) == -1 ||
			    add_part(&b, name) == -1 ||
			    buf_adds(&b, kinds[item->kind].part == PART_DATABASE
					     ? ".txt"
					     : ".xml") == -1
			? -1
			: 0;
	if (rc == -1) {
		buf_free(&b);
		return NULL;
	}
	return buf_steal(&b);
}
