#include "cmd/draft.h"

#include <ctype.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/kind.h"
#include "archive/buf.h"
#include "archive/warn.h"

/* Kinds of places that are told apart for one address; more are counted
 * together as "other places". */
#define KINDS_MAX 200

struct draft {
	struct draft_entry **entries;
	size_t n, room;
	void *tree;      /* the same, by address */
	struct buf text; /* of the kind at hand */
};

struct draft *
draft_new(void)
{
	struct draft *d;

	if ((d = calloc(1, sizeof(*d))) == NULL)
		warn_msg("out of memory");
	return d;
}

static int
by_address(const void *a, const void *b)
{
	const struct draft_entry *x = a, *y = b;
	int c = address_compare(&x->addr, &y->addr);

	return c != 0 ? c : (x->prefix > y->prefix) - (x->prefix < y->prefix);
}

void
draft_free(struct draft *d)
{
	size_t i, k;

	if (d == NULL)
		return;
	for (i = 0; i < d->n; i++) {
		tdelete(d->entries[i], &d->tree, by_address);
		for (k = 0; k < d->entries[i]->nkinds; k++)
			free(d->entries[i]->kinds[k].text);
		free(d->entries[i]->kinds);
		free(d->entries[i]->where);
		free(d->entries[i]);
	}
	free(d->entries);
	buf_free(&d->text);
	free(d);
}

/* Is the address the first of a network of that size? */
static int
is_network(const struct address *a, int prefix)
{
	int bits = a->family == 4 ? 32 : 128, i;

	if (prefix < 0 || prefix >= bits)
		return 0;
	for (i = prefix; i < bits; i++) {
		if ((a->bytes[i / 8] >> (7 - i % 8)) & 1)
			return 0;
	}
	return 1;
}

/* Room for one entry more: 0 or -1. */
static int
make_room(struct draft *d)
{
	size_t room = d->room == 0 ? 64 : d->room * 2;
	struct draft_entry **more;

	if (d->n < d->room)
		return 0;
	if ((more = reallocarray(d->entries, room, sizeof(*more))) == NULL)
		return -1;
	d->entries = more;
	d->room = room;
	return 0;
}

/* The entry of an address, made when it is new. */
static struct draft_entry *
enter(struct draft *d, const struct address *addr, int prefix)
{
	struct draft_entry key = {
		.addr = *addr, .prefix = prefix, .network = -1
	};
	struct draft_entry *e;
	struct draft_entry *const *node;

	if ((node = tfind(&key, &d->tree, by_address)) != NULL)
		return *node;
	if (make_room(d) || (e = malloc(sizeof(*e))) == NULL)
		goto err0;
	*e = key;
	e->class = address_special(addr) ? DRAFT_SPECIAL : DRAFT_HELD;
	if (tsearch(e, &d->tree, by_address) == NULL)
		goto err1;
	d->entries[d->n++] = e;
	return e;

err1:
	free(e);
err0:
	warn_msg("out of memory");
	return NULL;
}

/* One source more of an own address. */
static int
add_where(struct draft_entry *e, const char *where)
{
	struct buf b = BUF_EMPTY;

	if (e->where == NULL) {
		if ((e->where = strdup(where)) != NULL)
			return 0;
		warn_msg("out of memory");
		return -1;
	}
	if (buf_addf(&b, "%s; %s", e->where, where)) {
		buf_free(&b);
		return -1;
	}
	free(e->where);
	e->where = buf_steal(&b);
	return e->where == NULL ? -1 : 0;
}

int
draft_own(struct draft *d, const struct manifest *m)
{
	struct draft_entry *e;
	size_t i;

	for (i = 0; i < m->nown; i++) {
		if (address_special(&m->own[i].addr))
			continue;
		if ((e = enter(d, &m->own[i].addr, -1)) == NULL)
			return -1;
		e->class = DRAFT_OWN;
		if (m->own[i].prefix >= 0)
			e->network = m->own[i].prefix;
		if (add_where(e, m->own[i].where))
			return -1;
	}
	return 0;
}

/* A label without its numbers: disk[2] is a disk, my_ip#2 is my_ip. */
static int
add_general(struct buf *out, const char *label)
{
	size_t i;

	for (i = 0; label[i] != '\0'; i++) {
		if (label[i] == '[' && isdigit((unsigned char)label[i + 1]))
			i += strcspn(label + i, "]");
		else if (label[i] == '#' &&
			 isdigit((unsigned char)label[i + 1]))
			break;
		else if (buf_addc(out, label[i]))
			return -1;
		if (label[i] == '\0')
			break;
	}
	return 0;
}

/* What file, in words: "nova.conf"; "iscsi: default", where that says little.
 */
static int
describe_file(struct buf *out, const struct item *item)
{
	const char *base = strrchr(item->name, '/');

	base = base != NULL ? base + 1 : item->name;
	if (strchr(base, '.') == NULL && item->file->set != NULL &&
	    buf_addf(out, "%s: ", item->file->set))
		return -1;
	return buf_adds(out, base);
}

/* What kind of place this is, in words. */
static int
describe(struct draft *d, const struct sweep_place *p)
{
	const struct item *item = p->item;

	buf_clear(&d->text);
	/* Of a file as a whole, the option's own name says more. */
	if (p->what != NULL &&
	    (p->kind == KIND_NONE || kind_group(p->kind) != KIND_FILE))
		return buf_adds(&d->text, p->what);
	if (item->kind == ITEM_FILE && strcmp(p->label, "name") == 0)
		return buf_addf(&d->text, "%s: name of a file or folder",
		    item->file->set != NULL ? item->file->set : "files");
	if (item->kind == ITEM_FILE ? describe_file(&d->text, item)
	    : item->kind == ITEM_TABLE
		? buf_addf(&d->text, "%s.%s", item->table->schema,
		      item->table->table)
		: buf_adds(&d->text, item_kind_name(item->kind)))
		return -1;
	if (strncmp(p->label, "line ", 5) == 0 || p->role == PLACE_COMMENT)
		return 0;
	return buf_addc(&d->text, ' ') ? -1 : add_general(&d->text, p->label);
}

static int
count_kind(struct draft_entry *e, const char *text, const char *held)
{
	struct draft_kind *more, *k;
	size_t i;

	for (i = 0; i < e->nkinds; i++) {
		k = &e->kinds[i];
		if (strcmp(k->text, text) == 0 &&
		    (k->held == NULL) == (held == NULL)) {
			k->count++;
			return 0;
		}
	}
	if (e->nkinds == KINDS_MAX) {
		e->kinds[KINDS_MAX - 1].count++;
		return 0;
	}
	more = reallocarray(e->kinds, e->nkinds + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	e->kinds = more;
	k = &more[e->nkinds];
	k->text = strdup(e->nkinds + 1 == KINDS_MAX ? "other places" : text);
	if (k->text == NULL)
		goto err0;
	k->held = held;
	k->count = 1;
	e->nkinds++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

int
draft_count(void *cookie, const struct sweep_place *p)
{
	struct draft *d = cookie;
	struct address_token t;
	struct draft_entry *e;
	size_t pos = 0;
	int known = 0;

	while (address_next(p->bytes, p->len, &pos, &t)) {
		if (!known && describe(d, p))
			return -1;
		known = 1;
		e = enter(
		    d, &t.addr, is_network(&t.addr, t.prefix) ? t.prefix : -1);
		if (e == NULL || count_kind(e, d->text.data, p->held))
			return -1;
		e->count++;
		if (p->held == NULL && e->class == DRAFT_HELD)
			e->class = DRAFT_MAPPED;
	}
	return 0;
}

static int
by_count(const void *a, const void *b)
{
	const struct draft_kind *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->text, y->text);
}

static int
by_class(const void *a, const void *b)
{
	const struct draft_entry *x = *(struct draft_entry *const *)a;
	const struct draft_entry *y = *(struct draft_entry *const *)b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return by_address(x, y);
}

const struct draft_entry *const *
draft_sorted(struct draft *d, size_t *n)
{
	struct draft_entry *e;
	size_t i;

	for (i = 0; i < d->n; i++) {
		e = d->entries[i];
		if (e->nkinds > 0)
			qsort(e->kinds, e->nkinds, sizeof(*e->kinds), by_count);
	}
	if (d->n > 0)
		qsort(d->entries, d->n, sizeof(*d->entries), by_class);
	*n = d->n;
	return (const struct draft_entry *const *)d->entries;
}
