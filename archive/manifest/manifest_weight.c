#include <string.h>

#include "archive/limits.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/table_facts.h"
#include "archive/warn.h"

/* What malloc gives for it, with the pointers to it and its place in the tree
 * of names; measured, and rounded up. */
#define ITEM   400u
#define MEMBER 96u
#define TEXT   32u

/* Kept free of items while a bundle is made, for what its manifest says beside
 * them: the node, its databases, kinds of places, hosts. */
#define SPARE (1u << 20)

static size_t
text(const char *s)
{

	return s == NULL ? 0 : TEXT + strlen(s);
}

static size_t
texts(char *const *s, size_t n)
{
	size_t sum = 0;

	while (n > 0)
		sum += sizeof(*s) + text(s[--n]);
	return sum;
}

static size_t
file(const struct item_file *f)
{
	size_t i, sum = text(f->user) + text(f->group) + text(f->target) +
			text(f->set);

	for (i = 0; i < f->nxattrs; i++)
		sum += MEMBER + text(f->xattrs[i].name) + f->xattrs[i].len;
	return sum;
}

static size_t
facts(const struct table_facts *f)
{
	size_t i, j, sum;
	const struct table_unique *u;

	sum = MEMBER + texts(f->needs, f->nneeds) +
	      texts(f->triggers, f->ntriggers);
	for (i = 0; i < f->nunique; i++) {
		u = &f->unique[i];
		sum += MEMBER + text(u->name);
		for (j = 0; j < u->ncolumns; j++)
			sum += MEMBER + text(u->columns[j].name) +
			       text(u->columns[j].collation);
	}
	return sum;
}

static size_t
table(const struct item_table *t)
{
	size_t i, sum = text(t->role) + text(t->schema) + text(t->table);

	for (i = 0; i < t->ncolumns; i++)
		sum += MEMBER + text(t->columns[i].name) +
		       text(t->columns[i].type) + text(t->columns[i].charset);
	return t->facts == NULL ? sum : sum + facts(t->facts);
}

size_t
item_weight(const struct item *item)
{
	size_t sum = ITEM + text(item->name) + text(item->path);

	if (item->file != NULL)
		sum += file(item->file);
	if (item->virt != NULL)
		sum += text(item->virt->uuid) + text(item->virt->source) +
		       text(item->virt->file);
	if (item->table != NULL)
		sum += table(item->table);
	if (item->account != NULL)
		sum += text(item->account->user) + text(item->account->host) +
		       texts(item->account->roles, item->account->nroles);
	return sum;
}

int
manifest_has_room(const struct manifest *m, const struct item *item)
{

	return m->private->weight + m->nindex * MANIFEST_WEIGHT_COUNT +
		   item_weight(item) + SPARE <=
	       LIMIT_MANIFEST_WEIGHT;
}

/* How many items have a name that begins with these bytes. */
static size_t
begin_with(const struct manifest *m, const char *name, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < m->nitems; i++)
		n += strncmp(m->items[i]->name, name, len) == 0;
	return n;
}

/* The folder around the item with a good part of all items: its length in the
 * item's name, and how many they are; or 0. */
static size_t
crowd(const struct manifest *m, const struct item *item, size_t *n)
{
	const char *slash;
	size_t len = strlen(item->name);

	while ((slash = memrchr(item->name, '/', len)) != NULL &&
	       slash[-1] != ':') {
		len = (size_t)(slash - item->name);
		if ((*n = begin_with(m, item->name, len + 1)) >= m->nitems / 10)
			return len;
	}
	return 0;
}

void
manifest_room_say(const struct manifest *m, const struct item *item)
{
	size_t n, len = 0;

	if (item->kind == ITEM_FILE)
		len = crowd(m, item, &n);
	if (len > 0)
		warn_msg("%s finds no room, for %zu items are what a bundle "
			 "can list: %zu of them are below one folder; --not "
			 "'%.*s/*' leaves that out, and --only takes it into a "
			 "bundle of its own",
		    item->name, m->nitems, n, (int)len, item->name);
	else
		warn_msg("%s finds no room, for %zu items are what a bundle "
			 "can list: leave out with --not what need not move, "
			 "or what --only takes into a bundle of its own",
		    item->name, m->nitems);
}

void
manifest_weigh_warning(struct manifest *m, const char *item, const char *text)
{
	size_t len = sizeof("{\"item\":\"\",\"text\":\"\"},") + strlen(text) +
		     (item == NULL ? 0 : strlen(item));

	m->private->weight += len * MANIFEST_WEIGHT_BYTE;
}

int
manifest_weigh(const struct parsing *p, size_t weight)
{
	size_t *sum = &p->m->private->weight;

	*sum += weight;
	if (*sum <= LIMIT_MANIFEST_WEIGHT)
		return 0;
	return manifest_refuse(p, MANIFEST_TOO_HEAVY);
}
