#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"

/* What is known of an open bundle without reading on. */

int
bundle_is_encrypted(const struct bundle *b)
{

	return b->sealed;
}

int
bundle_is_shut(const struct bundle *b)
{

	return b->shut;
}

const char *
bundle_id(const struct bundle *b)
{

	return b->sums.id;
}

const char *
bundle_created(const struct bundle *b)
{

	return b->sums.created;
}

const char *
bundle_host(const struct bundle *b)
{

	return b->sums.host;
}

uint64_t
bundle_manifest_size(const struct bundle *b)
{

	return b->members[OUTER_MANIFEST].size;
}

const struct manifest *
bundle_manifest(const struct bundle *b)
{

	return b->manifest;
}

const char *
bundle_signer(const struct bundle *b)
{

	return b->signer;
}

const char *
bundle_signer_file(const struct bundle *b)
{

	return b->signer_file;
}

const char *
bundle_digest(const struct bundle *b)
{

	return b->digest;
}

const unsigned char *
bundle_signature(const struct bundle *b)
{

	return b->signature;
}

uint64_t
bundle_part_size(const struct bundle *b, enum item_part part)
{

	return b->members[OUTER_FILES + (int)part].size;
}

enum outcome
bundle_outcome(const struct bundle *b)
{

	return b->outcome;
}

uint64_t
bundle_bytes(const struct bundle *b)
{
	const struct manifest *m = b->manifest;
	const struct item *item;
	uint64_t n = 0;
	size_t i;

	for (i = OUTER_MANIFEST; b->shut && i <= OUTER_DATABASE; i++)
		n += b->members[i].size;
	for (i = 0; m != NULL && i < m->nitems; i++) {
		item = m->items[i];
		if (!manifest_carries(m, item_part(item->kind)))
			continue;
		n += item->size;
		if (item->virt != NULL)
			n += item->virt->value_size;
	}
	return n;
}

void
bundle_watch(struct bundle *b, bundle_tick *tick, void *cookie)
{

	b->tick = tick;
	b->cookie = cookie;
}
