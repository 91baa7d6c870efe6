#include <string.h>

#include "archive/look/join_private.h"

/* What all slips of one id say together; texts stand in the bufs. */
struct group {
	struct buf key; /* without what tells a slip's own place */
	struct buf id;
	int any; /* it is one, not only named by a definition */
	struct join_slip s;
	struct buf texts[JOIN_TEXTS];
};

struct matching {
	struct join *j;
	struct pile *numbers; /* by number and host */
	struct pile *found;
	struct group g;
	struct buf key;
};

/* In ${found} each kind's place, as join_tell takes them. */
static const char places[JOIN_KINDS] = {
	[JOIN_NO_ROW] = 0,
	[JOIN_NO_DEFINITION] = 1,
	[JOIN_NO_INSTANCE] = 2,
	[JOIN_NO_ATTACHMENT] = 3,
	[JOIN_NO_VOLUME] = 4,
	[JOIN_FOREIGN] = 5,
};

/* Take over a text. */
static int
keep(struct group *g, size_t i, const char *text)
{

	buf_clear(&g->texts[i]);
	if (text != NULL && buf_adds(&g->texts[i], text) == -1)
		return -1;
	g->s.text[i] = text != NULL ? g->texts[i].data : NULL;
	return 0;
}

/* Is the record of that group?  Its last byte is its place. */
static int
is_of(const struct group *g, const struct pile_record *r)
{

	return g->key.len > 0 && g->key.len == r->klen - 1 &&
	       memcmp(g->key.data, r->key, g->key.len) == 0;
}

/* A new group, that of the record; its name stands at ${at} of the key. */
static int
begin(struct group *g, const struct pile_record *r, size_t at)
{

	memset(&g->s, 0, sizeof(g->s));
	g->any = 0;
	buf_clear(&g->key);
	buf_clear(&g->id);
	return buf_add(&g->key, r->key, r->klen - 1) ||
		       buf_adds(&g->id, r->key + at)
		   ? -1
		   : 0;
}

static void
free_group(struct group *g)
{
	size_t i;

	for (i = 0; i < JOIN_TEXTS; i++)
		buf_free(&g->texts[i]);
	buf_free(&g->key);
	buf_free(&g->id);
}

/* Found, by what stands behind the kind in the key. */
static int
put_found(struct matching *m, enum join_kind kind, const struct join_slip *s)
{
	struct join_slip found = *s;

	found.what = JOIN_SAYS_FOUND;
	found.kind = kind;
	m->key.data[0] = places[kind];
	return join_put(m->j, m->found, &m->key, &found);
}

/* The start of a key of what is found. */
static int
start_found(struct matching *m)
{

	buf_clear(&m->key);
	return buf_addc(&m->key, 0);
}

static int
found_domain(struct matching *m, enum join_kind kind, const struct join_slip *s)
{

	if (!m->j->has_instances)
		return 0;
	return start_found(m) || join_key_number(&m->key, s->number) ||
		       put_found(m, kind, s)
		   ? -1
		   : 0;
}

static int
found_volume(struct matching *m, enum join_kind kind, const char *id,
    const char *attachment)
{
	struct join_slip s = { .text = { id } };

	if (attachment != NULL) {
		s.text[0] = attachment;
		s.text[1] = id;
	}
	return start_found(m) || join_key_text(&m->key, id) ||
		       put_found(m, kind, &s)
		   ? -1
		   : 0;
}

/* An instance with all that is known of it. */
static int
found_instance(
    struct matching *m, const struct join_slip *instance, const char *host)
{
	struct join_slip s = *instance;

	s.text[2] = host;
	if (!s.wants || (s.row && s.defined))
		return 0;
	if (start_found(m) || join_key_text(&m->key, host) ||
	    join_key_number(&m->key, s.number) ||
	    join_key_text(&m->key, s.text[0]))
		return -1;
	if (!s.row && put_found(m, JOIN_NO_ROW, &s))
		return -1;
	return s.defined ? 0 : put_found(m, JOIN_NO_DEFINITION, &s);
}

/* To be matched by number and host; instances come before definitions. */
static int
put_numbered(struct matching *m, uint64_t number, const char *host,
    const struct join_slip *s)
{

	buf_clear(&m->key);
	return join_key_number(&m->key, number) ||
		       join_key_text(&m->key, host) ||
		       buf_addc(&m->key, s->what == JOIN_SAYS_DOMAIN) ||
		       join_put(m->j, m->numbers, &m->key, s)
		   ? -1
		   : 0;
}

/* What is said of an instance: by its row, or by a bundle of other hosts. */
static int
on_instance(struct matching *m, const struct join_slip *s)
{
	struct group *g = &m->g;
	int newer = join_newer(m->j, s->file, g->s.file);
	int elsewhere = s->what == JOIN_SAYS_ELSEWHERE;

	g->any = 1;
	if (g->s.row ? elsewhere || !newer
		     : elsewhere && g->s.text[0] != NULL && !newer)
		return 0;
	g->s.number = s->number;
	g->s.file = s->file;
	g->s.row = !elsewhere;
	g->s.live = elsewhere || s->live;
	g->s.wants = elsewhere || s->wants;
	return keep(g, 0, s->text[0]) || keep(g, 1, s->text[1]) ? -1 : 0;
}

/* By its uuid, else by the name that an instance of the same host gives it:
 * cells count each for itself. */
static int
on_domain(struct matching *m, const struct join_slip *s)
{
	uint64_t number;

	if (m->g.any && m->g.s.live) {
		m->g.s.defined = 1;
		return 0;
	}
	if (!join_novas(s->text[0], &number))
		return found_domain(m, JOIN_FOREIGN, s);
	return put_numbered(m, number, m->j->files[s->file].host, s);
}

static int
on_said(struct matching *m, const struct join_slip *s)
{
	struct group *g = &m->g;

	switch (s->what) {
	case JOIN_SAYS_DOMAIN:
		return on_domain(m, s);
	case JOIN_SAYS_VOLUME:
		g->s.row = 1;
		g->s.in_use = s->in_use;
		return 0;
	case JOIN_SAYS_ATTACHMENT:
		return g->s.text[0] == NULL ? keep(g, 0, s->text[0]) : 0;
	case JOIN_SAYS_ROW:
	case JOIN_SAYS_ELSEWHERE:
	default:
		return on_instance(m, s);
	}
}

static int
end_volume(struct matching *m)
{
	const struct join_slip *s = &m->g.s;

	m->j->nvolumes++;
	if (s->row)
		return s->in_use && s->text[0] == NULL
			   ? found_volume(
				 m, JOIN_NO_ATTACHMENT, m->g.id.data, NULL)
			   : 0;
	m->j->nloose++;
	return m->j->has_volumes
		   ? found_volume(m, JOIN_NO_VOLUME, m->g.id.data, s->text[0])
		   : 0;
}

/* All is said of one id. */
static int
end_said(struct matching *m)
{
	struct join_slip s = m->g.s;

	if (m->g.key.len == 0)
		return 0;
	if (m->g.key.data[sizeof(uint64_t)] == 'v')
		return end_volume(m);
	m->j->ninstances += m->g.any != 0;
	if (!m->g.any || !s.live || s.text[0] == NULL)
		return 0;
	s.what = JOIN_SAYS_INSTANCE;
	s.text[0] = m->g.id.data;
	return put_numbered(m, s.number, m->g.s.text[0], &s);
}

/* Slips of one id after the other. */
static int
match_ids(struct matching *m)
{
	struct pile_record r;
	struct join_slip s;
	int rc;

	if (m->j->seen == NULL)
		return 0;
	if (pile_start(m->j->seen) == -1)
		return -1;
	while ((rc = pile_next(m->j->seen, &r)) == 1) {
		if (!is_of(&m->g, &r) &&
		    (end_said(m) || begin(&m->g, &r, sizeof(uint64_t) + 1)))
			return -1;
		join_get(&r, &s);
		if (on_said(m, &s))
			return -1;
	}
	return rc == -1 ? -1 : end_said(m);
}

/* All is said of one number and host. */
static int
end_number(struct matching *m)
{

	return m->g.any ? found_instance(m, &m->g.s, m->g.id.data) : 0;
}

/* The first instance waits for definitions; others of its number and host,
 * which should not be, have none. */
static int
on_number(struct matching *m, const struct join_slip *s)
{
	struct group *g = &m->g;

	if (s->what == JOIN_SAYS_DOMAIN) {
		g->s.defined = 1;
		return g->any ? 0 : found_domain(m, JOIN_NO_INSTANCE, s);
	}
	if (g->any)
		return found_instance(m, s, g->id.data);
	g->any = 1;
	g->s = *s;
	return keep(g, 0, s->text[0]) || keep(g, 1, s->text[1]) ? -1 : 0;
}

static int
match_numbers(struct matching *m)
{
	struct pile_record r;
	struct join_slip s;
	int rc;

	buf_clear(&m->g.key);
	m->g.any = 0;
	if (pile_start(m->numbers) == -1)
		return -1;
	while ((rc = pile_next(m->numbers, &r)) == 1) {
		if (!is_of(&m->g, &r) &&
		    (end_number(m) || begin(&m->g, &r, sizeof(uint64_t))))
			return -1;
		join_get(&r, &s);
		if (on_number(m, &s))
			return -1;
	}
	return rc == -1 ? -1 : end_number(m);
}

int
join_match(struct join *j)
{
	struct matching m = { .j = j };
	int rc = -1;

	if (j->found != NULL)
		return 0;
	if ((m.numbers = pile_new("ids", j->room / 4)) == NULL ||
	    (m.found = pile_new("what is missing", j->room / 4)) == NULL)
		goto out;
	if ((rc = match_ids(&m)) == -1)
		goto out;
	pile_free(j->seen);
	j->seen = NULL;
	if ((rc = match_numbers(&m)) == 0) {
		j->found = m.found;
		m.found = NULL;
	}
out:
	free_group(&m.g);
	buf_free(&m.key);
	pile_free(m.numbers);
	pile_free(m.found);
	return rc;
}
