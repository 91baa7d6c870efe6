#include "archive/look/tie.h"

#include <stdlib.h>
#include <string.h>

#include "archive/look/tie_spot.h"
#include "archive/look/tie_table.h"
#include "archive/warn.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NTIES    COUNT(tie_rows)

/* What was met with one of the node's own addresses. */
struct met {
	uint64_t count;
	char *places[TIE_PLACES];
	size_t nplaces;
};

struct ties {
	struct tie_outer *own; /* the node's own, each once; at the end the
				* outer ones only */
	size_t nown;
	struct met *met; /* of tie i and own address k: i * nown + k */
	/* Of each tie: is its setting there, and with which own addresses? */
	unsigned char set[NTIES];
	unsigned char *set_own;
	struct tie found[NTIES];
	size_t nfound;
};

/* Which own address that is, or nown. */
static size_t
find_own(const struct ties *t, const struct address *a)
{
	size_t k;

	for (k = 0; k < t->nown; k++)
		if (address_compare(&t->own[k].addr, a) == 0)
			break;
	return k;
}

struct ties *
ties_new(const struct manifest *m)
{
	struct ties *t;
	size_t i;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		goto err0;
	if ((t->own = calloc(m->nown + 1, sizeof(*t->own))) == NULL)
		goto err1;
	for (i = 0; i < m->nown; i++) {
		if (address_special(&m->own[i].addr) ||
		    find_own(t, &m->own[i].addr) < t->nown)
			continue;
		t->own[t->nown].addr = m->own[i].addr;
		t->own[t->nown++].where = m->own[i].where;
	}
	t->met = calloc(NTIES * t->nown + 1, sizeof(*t->met));
	t->set_own = calloc(NTIES * t->nown + 1, 1);
	if (t->met == NULL || t->set_own == NULL)
		goto err1;
	return t;

err1:
	ties_free(t);
err0:
	warn_msg("out of memory");
	return NULL;
}

static void
free_places(char **places, size_t n)
{

	while (n > 0)
		free(places[--n]);
}

void
ties_free(struct ties *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; t->met != NULL && i < NTIES * t->nown; i++)
		free_places(t->met[i].places, t->met[i].nplaces);
	for (i = 0; i < t->nfound; i++)
		free_places(t->found[i].places, t->found[i].nplaces);
	for (i = 0; t->own != NULL && i < t->nown; i++)
		free(t->own[i].seen);
	free(t->own);
	free(t->met);
	free(t->set_own);
	free(t);
}

/* "row:nova.volumes:7 provider_location"; NULL, said. */
static char *
place_text(const struct sweep_place *p)
{
	struct buf b = BUF_EMPTY;
	char *text;

	if (buf_adds(&b, p->name) ||
	    (p->label[0] != '\0' && buf_addf(&b, " %s", p->label)) ||
	    (text = buf_steal(&b)) == NULL) {
		buf_free(&b);
		return NULL;
	}
	return text;
}

static int
meet(struct met *m, const struct sweep_place *p)
{

	m->count++;
	if (m->nplaces == TIE_PLACES)
		return 0;
	if ((m->places[m->nplaces] = place_text(p)) == NULL)
		return -1;
	m->nplaces++;
	return 0;
}

/* The number of the tie of that name, which the table has. */
static size_t
tie_number(const char *name)
{
	size_t i;

	for (i = 0; i < NTIES - 1; i++)
		if (strcmp(tie_rows[i].name, name) == 0)
			break;
	return i;
}

/* The own address ${k} stands in this place. */
static int
match(struct ties *t, const struct sweep_place *p, size_t k)
{
	unsigned char met[NTIES] = { 0 };
	const char *name;
	size_t i, pos = 0;

	if (t->own[k].seen == NULL && tie_is_public(p) &&
	    (t->own[k].seen = place_text(p)) == NULL)
		return -1;
	while ((name = tie_next(p, &pos)) != NULL) {
		i = tie_number(name);
		if (!met[i] && meet(&t->met[i * t->nown + k], p))
			return -1;
		met[i] = 1;
	}
	return 0;
}

/* Is it one of the blank-separated options? */
static int
among(const char *options, const char *name, size_t len)
{
	const char *p;

	for (p = options; *p != '\0'; p += strcspn(p, " ")) {
		p += strspn(p, " ");
		if (strncmp(p, name, len) == 0 &&
		    (p[len] == ' ' || p[len] == '\0'))
			return 1;
	}
	return 0;
}

/* Remember a setting that would prevent a tie. */
static void
note_setting(struct ties *t, const struct sweep_place *p)
{
	struct address_token token;
	const char *name;
	size_t i, k, len, pos;

	if (p->item->kind != ITEM_FILE ||
	    (name = tie_option(p->label, &len)) == NULL)
		return;
	for (i = 0; i < NTIES; i++) {
		if (!among(tie_rows[i].options, name, len))
			continue;
		t->set[i] = 1;
		pos = 0;
		while (address_next(p->bytes, p->len, &pos, &token))
			if ((k = find_own(t, &token.addr)) < t->nown)
				t->set_own[i * t->nown + k] = 1;
	}
}

int
ties_place(void *cookie, const struct sweep_place *p)
{
	struct ties *t = cookie;
	struct address_token token;
	size_t k, pos = 0, last;

	/* What no map reaches ties nothing: comments, history, tenants' own;
	 * but a host's name does, however well it is guarded. */
	if (p->held != NULL && p->role != PLACE_HOST)
		return 0;
	note_setting(t, p);
	/* A place counts once for an address, however often it has it. */
	last = t->nown;
	while (address_next(p->bytes, p->len, &pos, &token)) {
		k = find_own(t, &token.addr);
		if (k == t->nown || k == last)
			continue;
		if (match(t, p, k))
			return -1;
		last = k;
	}
	return 0;
}

/* Is the own address ${k} an outer one?  All are when none is seen to be. */
static int
is_outer(const struct ties *t, size_t k)
{
	size_t i;

	if (t->own[k].seen != NULL)
		return 1;
	for (i = 0; i < t->nown; i++)
		if (t->own[i].seen != NULL)
			return 0;
	return 1;
}

/* One tie, of all outer addresses, with the first places. */
static void
gather(struct ties *t, size_t i)
{
	struct tie *to = &t->found[t->nfound];
	struct met *m;
	size_t k, n;

	memset(to, 0, sizeof(*to));
	to->name = tie_rows[i].name;
	to->what = tie_rows[i].what;
	to->setting = tie_rows[i].setting;
	to->since = tie_rows[i].since;
	to->now = t->set[i] ? TIE_SET : TIE_UNSET;
	for (k = 0; k < t->nown; k++) {
		if (!is_outer(t, k))
			continue;
		m = &t->met[i * t->nown + k];
		to->count += m->count;
		for (n = 0; n < m->nplaces && to->nplaces < TIE_PLACES; n++) {
			to->places[to->nplaces++] = m->places[n];
			m->places[n] = NULL;
		}
		if (t->set_own[i * t->nown + k])
			to->now = TIE_OUTER;
	}
	if (to->count > 0)
		t->nfound++;
}

size_t
ties_end(struct ties *t)
{
	size_t i;

	if (t->nfound == 0)
		for (i = 0; i < NTIES; i++)
			gather(t, i);
	return t->nfound;
}

const struct tie *
ties_get(const struct ties *t, size_t i)
{

	return &t->found[i];
}

const struct tie_outer *
ties_outer(const struct ties *t, size_t i)
{

	return i < t->nown && is_outer(t, i) ? &t->own[i] : NULL;
}

size_t
ties_own(const struct ties *t)
{

	return t->nown;
}
