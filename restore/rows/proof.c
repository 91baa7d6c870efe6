#include "restore/rows/proof.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

struct table {
	struct table *next;
	const struct db *db;
	char *item;
	struct plan *found;
};

struct proof {
	struct table *tables;
};

struct proof *
proof_new(void)
{
	struct proof *p;

	if ((p = calloc(1, sizeof(*p))) == NULL)
		warn_msg("out of memory");
	return p;
}

void
proof_free(struct proof *p)
{
	struct table *t;

	if (p == NULL)
		return;
	while ((t = p->tables) != NULL) {
		p->tables = t->next;
		plan_free(t->found);
		free(t->item);
		free(t);
	}
	free(p);
}

struct plan **
proof_table(struct proof *p, const struct db *db, const char *item)
{
	struct table *t;

	if ((t = calloc(1, sizeof(*t))) == NULL ||
	    (t->item = strdup(item)) == NULL) {
		warn_msg("out of memory");
		free(t);
		return NULL;
	}
	t->db = db;
	t->next = p->tables;
	p->tables = t;
	return &t->found;
}

static int
give(struct plan *from, struct plan *to)
{
	const struct plan_record *rec;
	int more;

	if (plan_rewind(from))
		return -1;
	while ((more = plan_next(from, &rec)) == 1)
		if (plan_add(to, rec))
			return -1;
	return more;
}

int
proof_take(
    struct proof *p, const struct db *db, const char *item, struct plan *found)
{
	struct table *t = p == NULL ? NULL : p->tables;

	for (; t != NULL; t = t->next)
		if (t->db == db && strcmp(t->item, item) == 0)
			break;
	if (t == NULL)
		return 0;
	return t->found != NULL && give(t->found, found) ? -1 : 1;
}
