#include "archive/bundle/bundle_private.h"
#include "archive/limits.h"

_Static_assert(LIMIT_UNPACKED_FREE == 64u << 20 && LIMIT_UNPACKED_EACH == 1000u,
    "messages name limits");

/* Add to a sum: 0, or -1 when it is beyond LIMIT_SIZE. */
static int
add(uint64_t *sum, uint64_t size)
{

	if (size > LIMIT_SIZE || *sum > LIMIT_SIZE - size)
		return -1;
	*sum += size;
	return 0;
}

const char *
bundle_budget(const struct manifest *m, enum item_part part, uint64_t stored)
{
	const struct item *item;
	uint64_t sum = 0, most;
	size_t i;

	if (!manifest_carries(m, part))
		return NULL;
	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		if (item_part(item->kind) != part)
			continue;
		if (add(&sum, item->size) == -1 ||
		    (item->virt != NULL &&
			add(&sum, item->virt->value_size) == -1))
			return "the sizes of its items add up to more than "
			       "there can be";
	}
	most = stored > (LIMIT_SIZE - LIMIT_UNPACKED_FREE) / LIMIT_UNPACKED_EACH
		   ? LIMIT_SIZE
		   : stored * LIMIT_UNPACKED_EACH + LIMIT_UNPACKED_FREE;
	return sum <= most ? NULL
			   : "the sizes of its items are more than 64 MiB and "
			     "1000 times its stored bytes";
}
