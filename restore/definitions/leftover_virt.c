#include <stdlib.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/warn.h"
#include "restore/definitions/definition.h"
#include "restore/definitions/here.h"

/* The item at hand. */
struct scan {
	struct restore *r;
	struct held_cookie held;
	int in_bundle;
};

static int
found(void *cookie, const struct rewrite_place *place)
{
	struct scan *s = cookie;
	struct plan_record rec = { .type = PLAN_LEFTOVER };
	struct buf value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0)
		/* The plan told of those in items of the bundle. */
		return s->in_bundle ? 0 : restore_held(&s->held, place);
	rec.kind = s->held.kind;
	rec.item = rec.source = s->held.item;
	rec.place = place->label;
	rec.name = "leftover";
	rec.what = restore_what(s->r, s->held.item, NULL, place);
	if (mask_value(place->role, place->before, place->before_len, &value) ==
	    0)
		rc = plan_tell(s->r->plan, &rec, "%s",
		    value.data != NULL ? value.data : "");
	buf_free(&value);
	return rc;
}

static int
scan_one(struct restore *r, const char *item, const struct virt_object *o)
{
	struct scan s = { r, { r, o->kind, item, item },
		manifest_find(r->manifest, item) != NULL };
	struct rewrite_options opt;
	struct buf out = BUF_EMPTY;
	int rc;

	definition_options(&s.held, 0, &opt);
	rc = rewrite(&opt, PLACE_XML, o->xml, strlen(o->xml), &out, found, &s);
	buf_wipe(&out);
	return rc;
}

/* Names of items that stand here as the map wants them: with a map that swaps
 * two addresses they still hold what looks old. */
struct right {
	char **name;
	size_t n, cap;
};

static void
right_free(struct right *w)
{

	while (w->n > 0)
		free(w->name[--w->n]);
	free(w->name);
}

static int
right_add(struct right *w, const char *name)
{
	char **more;
	size_t cap;

	if (w->n == w->cap) {
		cap = w->cap ? w->cap * 2 : 64;
		if ((more = reallocarray(w->name, cap, sizeof(*more))) == NULL)
			goto err0;
		w->name = more;
		w->cap = cap;
	}
	if ((w->name[w->n] = strdup(name)) == NULL)
		goto err0;
	w->n++;
	return 0;
err0:
	warn_msg("out of memory");
	return -1;
}

static int
by_text(const void *a, const void *b)
{

	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Does it stand here as the bundle's through the map?  1, 0, -1 said. */
static int
is_right(struct restore *r, struct bundle_part *part, const struct item *item,
    const struct virt_object *o)
{
	struct held_cookie held = { r, item->kind, item->name, item->name };
	struct buf captured = BUF_EMPTY, wanted = BUF_EMPTY;
	struct rewrite_options opt;
	int rc = -1;

	definition_options(&held, 0, &opt);
	if (bundle_part_load(part, &captured) == 0 &&
	    rewrite(&opt, PLACE_XML, captured.data, captured.len, &wanted, NULL,
		NULL) == 0)
		rc = definition_same(
		    NULL, wanted.data, wanted.len, o->xml, strlen(o->xml));
	buf_wipe(&captured);
	buf_wipe(&wanted);
	return rc;
}

static int
find_right(struct restore *r, struct right *w)
{
	struct here here = { 0 };
	const struct virt_object *o;
	struct bundle_part *part;
	const struct item *item;
	int more = 0, rc = 0;

	if (bundle_part_open(r->bundle, PART_LIBVIRT, &part) != OUTCOME_DONE)
		return -1;
	while (rc == 0 && (more = bundle_part_next(part, &item)) == 1) {
		if (!restore_wants(r, item->name))
			continue;
		if ((rc = here_load(&here, r, item->kind)) != 0)
			break;
		o = here_name(&here, definition_name(item->name));
		if (o != NULL && (rc = is_right(r, part, item, o)) == 1)
			rc = right_add(w, item->name);
	}
	bundle_part_close(part);
	here_free(&here);
	if (w->n > 1)
		qsort(w->name, w->n, sizeof(*w->name), by_text);
	return more == -1 ? -1 : rc;
}

static int
scan_kind(struct restore *r, enum item_kind kind, const struct right *w)
{
	struct buf name = BUF_EMPTY;
	struct virt_object *o;
	size_t i, n;
	int rc = 0;

	if (virt_list(r->virt, kind, NULL, NULL, &o, &n))
		return -1;
	for (i = 0; rc == 0 && i < n; i++) {
		buf_clear(&name);
		if (buf_addf(&name, "%s:%s", item_kind_name(kind), o[i].name))
			rc = -1;
		else if (restore_wants(r, name.data) &&
			 (w->n == 0 || bsearch(&name.data, w->name, w->n,
					   sizeof(*w->name), by_text) == NULL))
			rc = scan_one(r, name.data, &o[i]);
	}
	buf_free(&name);
	virt_objects_free(o, n);
	return rc;
}

int
leftover_virt(struct restore *r)
{
	struct right w = { NULL, 0, 0 };
	int kind, rc;

	rc = find_right(r, &w);
	for (kind = ITEM_SECRET; rc == 0 && kind <= ITEM_DOMAIN; kind++)
		rc = scan_kind(r, (enum item_kind)kind, &w);
	right_free(&w);
	return rc;
}
