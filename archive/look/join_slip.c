#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/look/join_private.h"

/* A slip as a record's body; its texts follow, each with its NUL. */
struct body {
	uint64_t number;
	uint32_t file;
	uint8_t what, kind, flags, texts; /* bits: the texts that there are */
};

enum { ROW = 1, LIVE = 2, WANTS = 4, DEFINED = 8, IN_USE = 16 };

int
join_put(struct join *j, struct pile *p, const struct buf *key,
    const struct join_slip *s)
{
	struct body b = { s->number, (uint32_t)s->file, (uint8_t)s->what,
		(uint8_t)s->kind, 0, 0 };
	struct pile_record r;
	size_t i;

	b.flags =
	    (uint8_t)((s->row ? ROW : 0) | (s->live ? LIVE : 0) |
		      (s->wants ? WANTS : 0) | (s->defined ? DEFINED : 0) |
		      (s->in_use ? IN_USE : 0));
	for (i = 0; i < JOIN_TEXTS; i++)
		if (s->text[i] != NULL)
			b.texts = (uint8_t)(b.texts | 1u << i);
	buf_clear(&j->body);
	if (buf_add(&j->body, &b, sizeof(b)) == -1)
		return -1;
	for (i = 0; i < JOIN_TEXTS; i++)
		if (s->text[i] != NULL &&
		    join_key_text(&j->body, s->text[i]) == -1)
			return -1;
	r.key = key->data;
	r.klen = key->len;
	r.body = j->body.data;
	r.blen = j->body.len;
	return pile_add(p, &r);
}

void
join_get(const struct pile_record *r, struct join_slip *s)
{
	const char *text = r->body + sizeof(struct body);
	struct body b;
	size_t i;

	memcpy(&b, r->body, sizeof(b));
	s->what = (enum join_what)b.what;
	s->kind = (enum join_kind)b.kind;
	s->number = b.number;
	s->file = b.file;
	s->row = (b.flags & ROW) != 0;
	s->live = (b.flags & LIVE) != 0;
	s->wants = (b.flags & WANTS) != 0;
	s->defined = (b.flags & DEFINED) != 0;
	s->in_use = (b.flags & IN_USE) != 0;
	for (i = 0; i < JOIN_TEXTS; i++) {
		s->text[i] = b.texts & 1u << i ? text : NULL;
		if (s->text[i] != NULL)
			text += strlen(text) + 1;
	}
}

int
join_key_number(struct buf *key, uint64_t number)
{
	unsigned char bytes[8];
	size_t i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(number >> (56 - 8 * i));
	return buf_add(key, bytes, sizeof(bytes));
}

int
join_key_text(struct buf *key, const char *text)
{

	return buf_add(key, text, strlen(text) + 1);
}

/* The hash comes first, for ids begin alike; definitions come last. */
int
join_say(struct join *j, const char *id, const struct join_slip *s)
{
	int volume =
	    s->what == JOIN_SAYS_VOLUME || s->what == JOIN_SAYS_ATTACHMENT;
	char kind = id == NULL ? 'n' : volume ? 'v' : 'i';
	const char *name = id == NULL ? "" : id;

	if (j->seen == NULL && (j->seen = pile_new("ids", j->room)) == NULL)
		return -1;
	buf_clear(&j->key);
	if (join_key_number(&j->key, fnv(FNV_START, name, strlen(name))) ||
	    buf_addc(&j->key, kind) || join_key_text(&j->key, name) ||
	    buf_addc(&j->key, s->what == JOIN_SAYS_DOMAIN))
		return -1;
	return join_put(j, j->seen, &j->key, s);
}

int
join_novas(const char *item, uint64_t *number)
{
	const char *name = strchr(item, ':') + 1;

	if (strncmp(name, "instance-", 9) != 0 ||
	    strspn(name + 9, "0123456789abcdef") != 8 || name[17] != '\0')
		return 0;
	*number = strtoull(name + 9, NULL, 16);
	return 1;
}
