#include <stdlib.h>

#include "archive/mask.h"
#include "restore/restore.h"

/* Short stable names of reasons, by what the place is for. */
static const struct {
	enum place_role role;
	const char *name;
} names[] = {
	{ PLACE_COMMENT, "comment" },
	{ PLACE_SECRET, "secret" },
	{ PLACE_TENANT, "tenant" },
	{ PLACE_HOST, "host" },
};

static const char *
held_name(enum place_role role)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].role == role)
			return names[i].name;
	}
	return "spelling";
}

int
restore_held(void *cookie, const struct rewrite_place *place)
{
	const struct held_cookie *c = cookie;
	struct buf value = BUF_EMPTY;
	int rc = -1;

	if (place->held == NULL)
		return 0;
	if (mask_value(place->role, place->before, place->before_len, &value) ==
	    0)
		rc = plan_say(c->r->plan, PLAN_HELD, c->kind, c->item,
		    place->label, held_name(place->role), "%s: %s", place->held,
		    value.data == NULL ? "" : value.data);
	buf_free(&value);
	return rc;
}
