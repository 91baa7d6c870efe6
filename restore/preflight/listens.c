#include "restore/preflight/listens.h"

#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/warn.h"
#include "restore/definitions/definition.h"
#include "restore/files/files.h"

void
listens_free(struct listens *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->l[i].item);
		free(l->l[i].place);
	}
	free(l->l);
	free(l->slot);
	memset(l, 0, sizeof(*l));
}

/* The slot of that address and port, or the empty one where it would be.  There
 * is always an empty one. */
static size_t *
find_slot(const struct listens *l, const struct listen *one)
{
	uint64_t hash = fnv(FNV_START ^ one->port, one->addr.bytes,
	    one->addr.family == 4 ? 4 : 16);
	const struct listen *there;
	size_t i;

	for (i = (size_t)hash & (l->slots - 1); l->slot[i] != 0;
	     i = (i + 1) & (l->slots - 1)) {
		there = &l->l[l->slot[i] - 1];
		if (there->port == one->port &&
		    address_compare(&there->addr, &one->addr) == 0)
			break;
	}
	return &l->slot[i];
}

/* Room for one more: 0, or -1 without memory. */
static int
make_room(struct listens *l)
{
	size_t i, cap = l->cap > 0 ? l->cap * 2 : 16;
	struct listen *more;
	size_t *slot;

	if (l->n < l->cap)
		return 0;
	if ((more = reallocarray(l->l, cap, sizeof(*more))) == NULL)
		return -1;
	l->l = more;
	if ((slot = calloc(cap * 2, sizeof(*slot))) == NULL)
		return -1;
	free(l->slot);
	l->slot = slot;
	l->slots = cap * 2;
	l->cap = cap;
	for (i = 0; i < l->n; i++)
		*find_slot(l, &l->l[i]) = i + 1;
	return 0;
}

int
listens_add(struct listens *l, const struct listen *one)
{
	struct listen *more;
	size_t *slot;

	if (make_room(l))
		goto err0;
	slot = find_slot(l, one);
	if (*slot != 0) {
		more = &l->l[*slot - 1];
		more->places++;
		more->must |= one->must;
		return 0;
	}
	*slot = l->n + 1;
	more = &l->l[l->n++];
	*more = *one;
	more->places = 1;
	more->item = strdup(one->item);
	more->place = strdup(one->place);
	if (more->item != NULL && more->place != NULL)
		return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

/* A file or definition as it is wanted, into the list: 0, or -1 said. */
static int
add_item(struct restore *r, struct listens *l, const struct item *item,
    const struct buf *captured)
{
	struct held_cookie held = { r, item->kind, item->name, item->name };
	struct rewrite_options opt;
	struct buf wanted = BUF_EMPTY;
	int rc = -1;

	if (item->kind == ITEM_FILE) {
		if (files_map(r, item->name, item->file->format, captured->data,
			captured->len, &wanted, NULL, NULL) == 0)
			rc = listens_lines(l, item, wanted.data, wanted.len);
	} else {
		definition_options(&held, 0, &opt);
		if (rewrite(&opt, PLACE_XML, captured->data, captured->len,
			&wanted, NULL, NULL) == 0)
			rc = listens_domain(
			    l, item->name, wanted.data, wanted.len);
	}
	buf_wipe(&wanted);
	return rc;
}

/* Can the item tell of an address that is listened on? */
static int
is_asked(const struct restore *r, const struct item *item)
{

	if (!restore_wants(r, item->name))
		return 0;
	if (item->kind == ITEM_FILE)
		return item->file->type == FILE_REGULAR &&
		       (item->file->format == PLACE_INI ||
			   item->file->format == PLACE_FLAGS ||
			   item->file->format == PLACE_TEXT);
	return item->kind == ITEM_DOMAIN;
}

static enum outcome
find_part(struct restore *r, enum item_part part, struct listens *l)
{
	struct buf captured = BUF_EMPTY;
	struct bundle_part *p;
	const struct item *item;
	enum outcome rc;
	int more = 0;

	if ((rc = bundle_part_open(r->bundle, part, &p)) != OUTCOME_DONE)
		return rc;
	while (rc == OUTCOME_DONE && (more = bundle_part_next(p, &item)) == 1) {
		if (!is_asked(r, item))
			continue;
		buf_clear(&captured);
		if (bundle_part_load(p, &captured) == -1)
			rc = bundle_outcome(r->bundle);
		else if (add_item(r, l, item, &captured))
			rc = OUTCOME_FAILED;
	}
	if (more == -1)
		rc = bundle_outcome(r->bundle);
	buf_wipe(&captured);
	bundle_part_close(p);
	return rc;
}

enum outcome
listens_find(struct restore *r, const struct listens **out)
{
	enum outcome rc = OUTCOME_DONE;
	struct listens *l;

	if ((*out = r->listens) != NULL)
		return OUTCOME_DONE;
	if ((l = calloc(1, sizeof(*l))) == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	if (!r->opt->no_files)
		rc = find_part(r, PART_FILES, l);
	if (rc == OUTCOME_DONE && (r->virt != NULL || r->against_virt))
		rc = find_part(r, PART_LIBVIRT, l);
	if (rc == OUTCOME_DONE)
		*out = r->listens = l;
	else {
		listens_free(l);
		free(l);
	}
	return rc;
}
