#include "archive/manifest/manifest_names.h"

#include <stdlib.h>
#include <string.h>

struct name_slot {
	uint64_t hash;
	const struct item *item; /* NULL: free */
};

/* Eight bytes at a time, by a factor that nobody knows. */
static uint64_t
hash_of(const struct manifest_names *t, const char *name)
{
	const uint64_t seed =
	    (uint64_t)(uintptr_t)t->slots * UINT64_C(0x9e3779b97f4a7c15) | 1;
	uint64_t h = seed, word;
	size_t len = strlen(name);

	for (; len >= sizeof(word); len -= sizeof(word)) {
		memcpy(&word, name, sizeof(word));
		h = (h ^ word) * seed;
		h ^= h >> 32;
		name += sizeof(word);
	}
	word = len;
	memcpy((char *)&word + 1, name, len);
	h = (h ^ word) * seed;
	return h ^ h >> 32;
}

/* The slot of that name, or the free one where it would stand. */
static struct name_slot *
slot_of(const struct manifest_names *t, const char *name, uint64_t hash)
{
	size_t i = (size_t)hash & (t->room - 1);

	while (t->slots[i].item != NULL &&
	       (t->slots[i].hash != hash ||
		   strcmp(t->slots[i].item->name, name) != 0))
		i = (i + 1) & (t->room - 1);
	return &t->slots[i];
}

int
manifest_names_room(struct manifest_names *t)
{
	struct manifest_names more = { NULL, 0, 0 };
	size_t i;

	/* A third of the slots stays free. */
	if (t->n < t->room - t->room / 3 && t->room > 0)
		return 0;
	more.room = t->room == 0 ? 64 : 2 * t->room;
	if ((more.slots = calloc(more.room, sizeof(*more.slots))) == NULL)
		return -1;
	for (i = 0; i < t->room; i++)
		if (t->slots[i].item != NULL)
			manifest_names_add(&more, t->slots[i].item);
	free(t->slots);
	*t = more;
	return 0;
}

void
manifest_names_add(struct manifest_names *t, const struct item *item)
{
	uint64_t hash = hash_of(t, item->name);

	*slot_of(t, item->name, hash) = (struct name_slot){ hash, item };
	t->n++;
}

const struct item *
manifest_names_find(const struct manifest_names *t, const char *name)
{

	return t->room == 0 ? NULL : slot_of(t, name, hash_of(t, name))->item;
}

void
manifest_names_free(struct manifest_names *t)
{

	free(t->slots);
}
