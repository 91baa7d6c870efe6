#include "restore/files/leftover_outside.h"

#include <string.h>

#include "archive/address/mask.h"
#include "archive/node/fileset_outside.h"
#include "restore/files/files.h"

/* One file. */
struct look {
	struct restore *r;
	const char *item;
	char text[ADDRESS_TEXT]; /* the first address that the map knows */
};

/* outside_fn: would the map change it? */
static int
is_old(void *cookie, const struct address *a)
{
	struct look *l = cookie;
	struct address new;

	if (addrmap_address(l->r->map, a, &new, NULL) != ADDRMAP_NEW ||
	    address_compare(a, &new) == 0)
		return 0;
	address_print(a, l->text);
	return 1;
}

static int
look_image(struct look *l, const char *path)
{
	int rc;

	if ((rc = outside_image(l->r->root, path, is_old, l)) != 1)
		return rc;
	return plan_say(l->r->plan, PLAN_HELD, ITEM_FILE, l->item, NULL,
	    "image", "inside an image, which is never changed: %s", l->text);
}

/* rewrite_fn */
static int
found(void *cookie, const struct rewrite_place *place)
{
	const struct look *l = cookie;
	struct held_cookie held = { l->r, ITEM_FILE, l->item, l->item };
	struct buf value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0)
		return restore_held(&held, place);
	if (mask_value(place->role, place->before, place->before_len, &value) ==
	    0)
		rc = plan_say(l->r->plan, PLAN_LEFTOVER, ITEM_FILE, l->item,
		    place->label, "leftover", "%s",
		    value.data == NULL ? "" : value.data);
	buf_free(&value);
	return rc;
}

static int
look_text(struct look *l, const char *path)
{
	struct held_cookie held = { l->r, ITEM_FILE, l->item, l->item };
	struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;
	struct rewrite_options opt;
	enum place_format format;
	int rc;

	if ((rc = outside_text(l->r->root, path, &bytes, &format)) == 1) {
		files_options(&held, 0, &opt);
		if (!restore_also(l->r, l->item, NULL))
			opt.hold_all = "outside the catalogue";
		if (place_fits(format, bytes.data, bytes.len) != 1)
			format = PLACE_TEXT;
		rc = rewrite(
		    &opt, format, bytes.data, bytes.len, &out, found, l);
	}
	buf_wipe(&bytes);
	buf_wipe(&out);
	return rc;
}

int
leftover_outside_file(struct restore *r, const struct fileset_entry *e)
{
	struct look l = { .r = r };
	struct buf name = BUF_EMPTY;
	int rc = -1;

	if (strcmp(e->set, FILESET_LARGE) == 0)
		return 0;
	if (buf_addf(&name, "file:%s", e->path) == 0) {
		l.item = name.data;
		rc = strcmp(e->set, FILESET_IMAGE) == 0
			 ? look_image(&l, e->path)
			 : look_text(&l, e->path);
	}
	buf_free(&name);
	return rc;
}
