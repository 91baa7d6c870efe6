#include <stdlib.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/warn.h"
#include "restore/definitions/definition.h"
#include "restore/definitions/here.h"

/* Names of items. */
struct names {
	char **name;
	size_t n, cap;
};

/* The item at hand. */
struct scan {
	struct restore *r;
	struct held_cookie held;
	int in_bundle;
	int hit; /* an address in it looks old */
};

static void
names_free(struct names *w)
{

	while (w->n > 0)
		free(w->name[--w->n]);
	free(w->name);
}

static int
names_add(struct names *w, const char *name)
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

static void
names_sort(struct names *w)
{

	if (w->n > 1)
		qsort(w->name, w->n, sizeof(*w->name), by_text);
}

static int
names_has(const struct names *w, const char *name)
{

	return w->n > 0 &&
	       bsearch(&name, w->name, w->n, sizeof(*w->name), by_text) != NULL;
}

/* rewrite_fn: does it look old?  The plan told what is held in items of the
 * bundle. */
static int
looks_old(void *cookie, const struct rewrite_place *place)
{
	struct scan *s = cookie;

	if (place->matches > 0)
		s->hit = 1;
	else if (!s->in_bundle)
		return restore_held(&s->held, place);
	return 0;
}

/* rewrite_fn: it is old. */
static int
found(void *cookie, const struct rewrite_place *place)
{
	struct scan *s = cookie;
	struct plan_record rec = { .type = PLAN_LEFTOVER };
	struct buf value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0)
		return 0;
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

/* ${fn} for each place of an object: 1 when something looks old, 0; -1 said. */
static int
scan_one(struct restore *r, const char *item, const struct virt_object *o,
    rewrite_fn *fn)
{
	struct scan s = { r, { r, o->kind, item, item },
		manifest_find(r->manifest, item) != NULL, 0 };
	struct rewrite_options opt;
	struct buf out = BUF_EMPTY;
	int rc;

	definition_options(&s.held, 0, &opt);
	rc = rewrite(&opt, PLACE_XML, o->xml, strlen(o->xml), &out, fn, &s);
	buf_wipe(&out);
	return rc == 0 ? s.hit : -1;
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

/* Those of ${hits} that stand here as the map wants them: with a map that swaps
 * two addresses they still hold what looks old. */
static int
find_right(struct restore *r, const struct names *hits, struct names *right)
{
	struct here here = { 0 };
	const struct virt_object *o;
	struct bundle_part *part;
	const struct item *item;
	int more = 0, rc = 0;

	if (bundle_part_open(r->bundle, PART_LIBVIRT, &part) != OUTCOME_DONE)
		return -1;
	while (rc == 0 && (more = bundle_part_next(part, &item)) == 1) {
		if (!names_has(hits, item->name))
			continue;
		if ((rc = here_load(&here, r, item->kind)) != 0 ||
		    (rc = here_name(&here, definition_name(item->name), &o)) !=
			1)
			continue;
		if ((rc = is_right(r, part, item, o)) == 1)
			rc = names_add(right, item->name);
	}
	bundle_part_close(part);
	here_free(&here);
	names_sort(right);
	return more == -1 ? -1 : rc;
}

/* A pass over all that is here. */
struct pass {
	struct restore *r;
	struct names hits;  /* what looks old */
	struct names right; /* of these, what is as it should be */
	int telling;        /* the second one: of what is left of them */
	struct buf name;
};

/* virt_wants_fn: is the object looked at? */
static int
wants(void *cookie, enum item_kind kind, const char *object)
{
	struct pass *p = cookie;

	buf_clear(&p->name);
	/* Without memory for the name: the next step fails. */
	if (buf_addf(&p->name, "%s:%s", item_kind_name(kind), object))
		return 1;
	if (p->telling)
		return names_has(&p->hits, p->name.data) &&
		       !names_has(&p->right, p->name.data);
	return restore_wants(p->r, p->name.data);
}

/* One that is here. */
static int
scan_object(struct pass *p, enum item_kind kind, const struct virt_object *o)
{
	int rc;

	buf_clear(&p->name);
	if (buf_addf(&p->name, "%s:%s", item_kind_name(kind), o->name))
		return -1;
	rc = scan_one(p->r, p->name.data, o, p->telling ? found : looks_old);
	return rc == 1 ? names_add(&p->hits, p->name.data) : rc;
}

static int
scan_kind(struct pass *p, enum item_kind kind)
{
	struct virt_listing *l;
	struct virt_object *o;
	int rc = 0, more = 0;

	if ((l = virt_listing_open(p->r->virt, kind, wants, p)) == NULL)
		return -1;
	while (rc == 0 && (more = virt_listing_next(l, &o)) == 1)
		if (o->xml != NULL)
			rc = scan_object(p, kind, o);
	virt_listing_close(l);
	return more == -1 ? -1 : rc;
}

static int
scan_kinds(struct pass *p)
{
	int kind, rc = 0;

	for (kind = ITEM_SECRET; rc == 0 && kind <= ITEM_DOMAIN; kind++)
		rc = scan_kind(p, (enum item_kind)kind);
	return rc;
}

int
leftover_virt(struct restore *r)
{
	struct pass p = { .r = r };
	int rc;

	rc = scan_kinds(&p);
	if (rc == 0 && p.hits.n > 0) {
		names_sort(&p.hits);
		p.telling = 1;
		if ((rc = find_right(r, &p.hits, &p.right)) == 0)
			rc = scan_kinds(&p);
	}
	names_free(&p.hits);
	names_free(&p.right);
	buf_free(&p.name);
	return rc;
}
