#include <string.h>

#include "archive/address/inner.h"
#include "archive/address/kind.h"
#include "archive/address/mask.h"
#include "archive/node/fileset.h"
#include "restore/restore.h"

/* Short stable names of the reasons. */
static const struct {
	const char *why, *name;
} names[] = {
	{ HELD_COMMENT, "comment" },
	{ HELD_SECRET, "secret" },
	{ HELD_PASSWORD, "password" },
	{ HELD_TENANT, "tenant" },
	{ HELD_HOST, "host" },
	{ HELD_PADDED, "padded" },
	{ HELD_DASHED, "dashed" },
	{ HELD_WIDE, "wide" },
};

/* All others are reasons to hold a whole item: a kind of file, an unknown
 * column. */
static const char *
held_name(const struct held_cookie *c, const char *why)
{
	const struct fileset_hold *hold = NULL;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i].why, why) == 0)
			return names[i].name;
	}
	if (inner_is_held(why))
		return "inner";
	if (c->kind == ITEM_FILE)
		hold = fileset_held(c->item + strlen("file:"));
	return hold != NULL && hold->why == why ? hold->name : "outside";
}

const char *
restore_what(const struct restore *r, const char *item, const char *set,
    const struct rewrite_place *place)
{
	const struct item *known = manifest_find(r->manifest, item);
	size_t kind;

	if (set == NULL && known != NULL && known->file != NULL)
		set = known->file->set;
	kind =
	    kind_of(item, set, place->label, place->before, place->before_len);
	return kind == KIND_NONE ? NULL : kind_name(kind);
}

int
restore_held(void *cookie, const struct rewrite_place *place)
{
	const struct held_cookie *c = cookie;
	struct plan_record rec = { .type = PLAN_HELD, .kind = c->kind };
	struct buf value = BUF_EMPTY;
	int rc = -1;

	if (place->held == NULL)
		return 0;
	rec.item = rec.source = c->item;
	rec.place = place->label;
	rec.name = held_name(c, place->held);
	rec.what = restore_what(c->r, c->item, NULL, place);
	if (mask_value(place->role, place->before, place->before_len, &value) ==
	    0)
		rc = plan_tell(c->r->plan, &rec, "%s: %s", place->held,
		    value.data == NULL ? "" : value.data);
	buf_free(&value);
	return rc;
}
