#include "restore/definitions/autostart.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

struct autostart {
	const struct item **item; /* the manifest's */
	size_t n, cap;
};

struct autostart *
autostart_new(void)
{
	struct autostart *a;

	if ((a = calloc(1, sizeof(*a))) == NULL)
		warn_msg("out of memory");
	return a;
}

void
autostart_free(struct autostart *a)
{

	if (a == NULL)
		return;
	free(a->item);
	free(a);
}

int
autostart_add(struct autostart *a, const struct item *item, int here)
{
	const struct item **more;
	size_t cap;

	if (!item->virt->autostart == !here)
		return 0;
	if (a->n == a->cap) {
		cap = a->cap ? a->cap * 2 : 16;
		more = reallocarray(a->item, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		a->item = more;
		a->cap = cap;
	}
	a->item[a->n++] = item;
	return 0;
}

int
autostart_tell(const struct autostart *a, struct plan *plan)
{
	struct plan_cell cell = { "autostart", NULL, 1, NULL, 1, 0 };
	struct plan_record rec = {
		.type = PLAN_CHANGE, .cells = &cell, .ncells = 1
	};
	size_t i;

	for (i = 0; i < a->n; i++) {
		rec.kind = a->item[i]->kind;
		rec.item = rec.source = a->item[i]->name;
		cell.before = a->item[i]->virt->autostart ? "0" : "1";
		cell.after = a->item[i]->virt->autostart ? "1" : "0";
		if (plan_add(plan, &rec))
			return -1;
	}
	return 0;
}
