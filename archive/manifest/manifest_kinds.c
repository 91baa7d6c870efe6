#include "archive/manifest/manifest_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/kind.h"
#include "archive/fnv.h"
#include "archive/manifest/manifest_private.h"
#include "archive/manifest/manifest_take.h"
#include "archive/node/path.h"
#include "archive/warn.h"

/* Definitions have the same labels over and over: the last one of each hash. */
#define SEEN 4096u

struct seen {
	char *label; /* or NULL */
	size_t kind;
};

struct kinds_tally {
	struct seen seen[SEEN];
	size_t n;
	uint64_t places[];
};

void
kinds_tally_free(struct kinds_tally *t)
{
	size_t i;

	for (i = 0; t != NULL && i < SEEN; i++)
		free(t->seen[i].label);
	free(t);
}

/* The tally, begun when there is none: NULL, said. */
static struct kinds_tally *
tally_of(struct manifest *m)
{
	struct kinds_tally *t = m->private->kinds;
	size_t kinds;

	if (t != NULL)
		return t;
	kinds = kind_count();
	t = calloc(1, sizeof(*t) + kinds * sizeof(t->places[0]));
	if (t == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	t->n = kinds;
	m->private->kinds = t;
	return t;
}

int
manifest_count_kind(struct manifest *m, size_t kind, uint64_t n)
{
	struct kinds_tally *t;

	if (kind == KIND_NONE)
		return 0;
	if ((t = tally_of(m)) == NULL)
		return -1;
	if (kind < t->n)
		t->places[kind] += n;
	return 0;
}

/* Eight bytes at once: labels are long, and there are many of them. */
static size_t
slot_of(const char *label, size_t len)
{
	uint64_t h = FNV_START ^ len, word;
	size_t i;

	for (i = 0; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, label + i, sizeof(word));
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return (size_t)(fnv(h, label + i, len - i) >> 20) % SEEN;
}

/* kind_of_path: 0, or -1 said. */
static int
kind_of_label(struct manifest *m, const char *label, size_t *kind)
{
	struct kinds_tally *t = tally_of(m);
	size_t len = strlen(label);
	struct seen *s;
	char *copy;

	if (t == NULL)
		return -1;
	s = &t->seen[slot_of(label, len)];
	if (s->label == NULL || strcmp(s->label, label) != 0) {
		if ((copy = strdup(label)) == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		free(s->label);
		*s = (struct seen){ copy, kind_of_path(label) };
	}
	*kind = s->kind;
	return 0;
}

int
kinds_tally_place(
    struct manifest *m, const struct item *item, const struct place *place)
{
	const char *set = item->file != NULL ? item->file->set : NULL;
	size_t kind;

	if (place == NULL)
		return manifest_count_kind(
		    m, kind_of(item->name, set, NULL, "", 0), 1);
	if (place->role == PLACE_COMMENT || place->len == 0 ||
	    item->kind == ITEM_ACCOUNT)
		return 0;
	if (place->label[0] != '/' || kind_is_none_of(set))
		kind = kind_of(
		    item->name, set, place->label, place->bytes, place->len);
	else if (kind_of_label(m, place->label, &kind) == -1)
		return -1;
	/* The file itself is counted once. */
	if (kind == KIND_NONE || kind_group(kind) == KIND_FILE)
		return 0;
	return manifest_count_kind(m, kind, 1);
}

int
kinds_tally_lines(
    struct manifest *m, const struct item *item, const char *bytes, size_t len)
{
	struct place p = { .label = "line 1", .role = PLACE_PLAIN };
	const char *nl;
	size_t off;

	for (off = 0; off < len; off += p.len + 1) {
		nl = memchr(bytes + off, '\n', len - off);
		p.bytes = bytes + off;
		p.off = off;
		p.len = nl != NULL ? (size_t)(nl - p.bytes) : len - off;
		if (kinds_tally_place(m, item, &p))
			return -1;
	}
	return 0;
}

static int
add_kind(struct manifest *m, enum kind_group group, const char *name,
    uint64_t places)
{
	struct kind_places *k;

	if (manifest_grow(&m->kinds, m->nkinds, sizeof(*m->kinds)) == -1)
		return -1;
	k = &m->kinds[m->nkinds];
	*k = (struct kind_places){ group, NULL, places };
	if (manifest_set(&k->name, name) == -1)
		return -1;
	m->nkinds++;
	return 0;
}

int
manifest_settle_kinds(struct manifest *m, unsigned int groups)
{
	const struct kinds_tally *t = m->private->kinds;
	size_t kind, n = kind_count();
	const char *name;
	int group;

	for (group = 0; group < KIND_GROUPS; group++) {
		if ((groups >> group & 1) == 0)
			continue;
		for (kind = 0; kind < n; kind++) {
			if (kind_group(kind) != (enum kind_group)group ||
			    (name = kind_name(kind)) == NULL)
				continue;
			if (add_kind(m, (enum kind_group)group, name,
				t != NULL ? t->places[kind] : 0) == -1)
				return -1;
		}
	}
	return 0;
}

void
kind_places_free(struct kind_places *k, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(k[i].name);
	free(k);
}

json_t *
kinds_print(const struct manifest *m)
{
	json_t *all, *one = NULL;
	const char *group;
	size_t i;

	if ((all = json_object()) == NULL)
		return NULL;
	for (i = 0; i < m->nkinds; i++) {
		group = kind_group_name(m->kinds[i].group);
		if (i == 0 || m->kinds[i].group != m->kinds[i - 1].group) {
			one = json_object();
			if (json_object_set_new(all, group, one) == -1)
				goto err0;
		}
		if (json_object_set_new(one, m->kinds[i].name,
			json_integer((json_int_t)m->kinds[i].places)) == -1)
			goto err0;
	}
	return all;

err0:
	json_decref(all);
	return NULL;
}

static int
parse_group(const struct parsing *p, enum kind_group group, json_t *json)
{
	const char *name;
	json_t *places;

	json_object_foreach(json, name, places)
	{
		if (!path_text(name, 255) || !json_is_integer(places) ||
		    json_integer_value(places) < 0)
			return manifest_refuse(
			    p, "kinds: a count of places is none");
		if (add_kind(p->m, group, name,
			(uint64_t)json_integer_value(places)) == -1)
			return -1;
	}
	return 0;
}

int
kinds_parse(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "kinds", json, 0, 0 };
	json_t *one;
	int group;

	for (group = 0; group < KIND_GROUPS; group++) {
		one = take_any(&t, kind_group_name((enum kind_group)group), 0,
		    JSON_OBJECT);
		if (one != NULL && parse_group(p, (enum kind_group)group, one))
			return -1;
	}
	return take_end(&t);
}
