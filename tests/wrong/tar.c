#include "tar.h"

#include <stdio.h>
#include <string.h>

static const char zeros[65536];

/* A number in a field: octal where it fits, else base-256. */
static void
put_number(unsigned char *to, size_t width, unsigned long long v)
{
	char text[32];
	size_t i;

	if (snprintf(text, sizeof(text), "%0*llo", (int)width - 1, v) <
	    (int)width) {
		memcpy(to, text, width);
		return;
	}
	to[0] = 0x80;
	for (i = 1; i < width; i++)
		to[width - i] =
		    (unsigned char)((i > 8 ? 0 : v >> 8 * (i - 1)) & 0xff);
}

static void
put_text(unsigned char *to, size_t width, const char *s)
{

	if (s != NULL)
		memcpy(to, s, strnlen(s, width));
}

void
tar_header(const struct header *h, unsigned char block[TAR_BLOCK])
{
	unsigned int sum = 0;
	size_t i;

	memset(block, 0, TAR_BLOCK);
	memcpy(block, h->name, h->namelen < 100 ? h->namelen : 100);
	put_number(block + 100, 8, h->mode);
	put_number(block + 108, 8, h->uid);
	put_number(block + 116, 8, h->gid);
	put_number(block + 124, 12, h->size);
	put_number(block + 136, 12, h->mtime);
	block[156] = (unsigned char)h->type;
	put_text(block + 157, 100, h->link);
	memcpy(block + 257,
	    "ustar\0"
	    "00",
	    8);
	if (h->magic != NULL)
		memcpy(block + 257, h->magic, strnlen(h->magic, 8));
	put_text(block + 265, 32, h->user);
	put_text(block + 297, 32, h->group);
	put_text(block + 345, 155, h->prefix);
	put_number(block + 329, 8, 0);
	put_number(block + 337, 8, 0);
	memset(block + 148, ' ', 8);
	for (i = 0; i < TAR_BLOCK; i++)
		sum += block[i];
	snprintf((char *)block + 148, 7, "%06o", sum);
}

/* "LENGTH KEY=VALUE\n", the length counting itself. */
static void
add_record(struct bytes *out, const char *key, const struct bytes *value)
{
	size_t body = strlen(key) + value->n + 3, len = body + 1, digits;
	char text[32];

	for (;;) {
		digits = (size_t)snprintf(text, sizeof(text), "%zu", len);
		if (body + digits == len)
			break;
		len = body + digits;
	}
	bytes_addf(out, "%s %s=", text, key);
	bytes_add(out, value->p, value->n);
	bytes_addc(out, '\n');
}

static void
send(struct sink *s, const void *p, size_t n, const struct bytes *pad)
{
	size_t rest = -n % TAR_BLOCK;

	s->take(s, p, n);
	if (pad != NULL) {
		n = pad->n < rest ? pad->n : rest;
		s->take(s, pad->p, n);
		rest -= n;
	}
	s->take(s, zeros, rest);
}

/* An extended header, 'x' or 'g'. */
static void
send_records(struct sink *s, const struct bytes *records, char type)
{
	struct header h = { .name = "records",
		.namelen = 7,
		.mode = 0644,
		.size = records->n,
		.type = type };
	unsigned char block[TAR_BLOCK];

	if (records->n == 0)
		return;
	tar_header(&h, block);
	s->take(s, block, sizeof(block));
	send(s, records->p, records->n, NULL);
}

/* Does a header hold it as it is? */
static int
is_narrow(const struct bytes *b, size_t width)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if ((unsigned char)b->p[i] >= 0x80)
			return 0;
	return b->n <= width;
}

/* The records that the format wants, and those of the recipe. */
static void
records(const struct thing *t, const struct bytes *path, struct bytes *out)
{
	struct bytes text = { NULL, 0, 0 };
	const struct edit *e;
	size_t before;

	if (!is_narrow(path, 100))
		add_record(out, "path", path);
	if (!is_narrow(&t->target, 100))
		add_record(out, "linkpath", &t->target);
	if (t->mtime < 0 || t->mtime > 077777777777ll) {
		bytes_addf(&text, "%lld", t->mtime);
		add_record(out, "mtime", &text);
	}
	bytes_free(&text);
	for (e = t->xattrs; e != NULL; e = e->next) {
		bytes_addf(&text, "SCHILY.xattr.%s", e->a.p);
		add_record(out, text.p, &e->b);
		bytes_free(&text);
	}
	for (e = t->tar; e != NULL; e = e->next)
		if (strcmp(e->verb, "pax") == 0)
			add_record(out, e->a.p, &e->b);
	before = out->n;
	for (e = t->tar; e != NULL; e = e->next)
		if (strcmp(e->verb, "records") == 0) {
			out->n -= before;
			before = 0;
			bytes_add(out, e->a.p, e->a.n);
		}
}

/* What the item says. */
static void
fill(const struct thing *t, const struct bytes *path, int value,
    const struct bytes *data, struct header *h)
{

	memset(h, 0, sizeof(*h));
	h->name = path->p;
	h->namelen = path->n;
	h->mode = t->mode;
	h->uid = (unsigned long long)t->uid;
	h->gid = (unsigned long long)t->gid;
	h->mtime = t->mtime < 0 ? 0 : (unsigned long long)t->mtime;
	h->user = t->user.p;
	h->group = t->group.p;
	h->type = '0';
	h->size = data->n + (value ? 0 : t->zeros);
	if (t->type != NULL && *t->type == 's')
		h->type = '2';
	if (t->type != NULL && *t->type == 'f')
		h->type = '5';
	if (h->type == '2')
		h->link = t->target.p;
}

/* What the recipe says. */
static void
lie(const struct edit *e, struct header *h)
{
	static const char *const words[] = { "name", "mode", "uid", "gid",
		"size", "mtime", "type", "link", "magic", "user", "group",
		"prefix" };
	unsigned long long *numbers[] = { NULL, &h->mode, &h->uid, &h->gid,
		&h->size, &h->mtime };
	const char **texts[] = { NULL, &h->link, &h->magic, &h->user, &h->group,
		&h->prefix };
	size_t i;

	for (; e != NULL; e = e->next) {
		for (i = 0; i < 12 && strcmp(words[i], e->verb) != 0; i++)
			continue;
		if (i == 0) {
			h->name = e->a.p;
			h->namelen = e->a.n;
		} else if (i < 6) {
			*numbers[i] = (unsigned long long)bytes_number(&e->a);
		} else if (i == 6) {
			h->type = e->a.p[0];
		} else if (i < 12) {
			*texts[i - 6] = e->a.p;
		}
	}
}

/* "secrets/UUID.base64" for "secrets/UUID.xml". */
static void
value_path(struct bytes *path)
{

	path->n -= 4;
	bytes_adds(path, ".base64");
}

static void
send_data(const struct thing *t, int value, const struct bytes *data,
    struct sink *sink)
{
	const struct edit *pad = edit_find(t->tar, "pad", NULL);
	unsigned long long left = value ? 0 : t->zeros, n;

	if (left == 0) {
		send(sink, data->p, data->n, pad != NULL ? &pad->a : NULL);
		return;
	}
	sink->take(sink, data->p, data->n);
	left += -(data->n + left) % TAR_BLOCK;
	for (; left > 0; left -= n) {
		n = left < sizeof(zeros) ? left : sizeof(zeros);
		sink->take(sink, zeros, (size_t)n);
	}
}

void
tar_entry(const struct thing *t, const struct bytes *name, int value,
    struct sink *sink)
{
	struct bytes path = { NULL, 0, 0 }, more = { NULL, 0, 0 };
	const struct edit *e = edit_find(
			      t->tar, value ? "value" : "bytes", NULL),
			  *global = edit_find(t->tar, "global", NULL);
	const struct bytes *data = value ? &t->value : &t->data;
	unsigned char block[TAR_BLOCK];
	struct header h;

	if (e != NULL)
		data = &e->a;
	thing_path(t, name, &path);
	if (value)
		value_path(&path);
	fill(t, &path, value, data, &h);
	if (global != NULL && !value) {
		add_record(&more, global->a.p, &global->b);
		send_records(sink, &more, 'g');
		bytes_free(&more);
	}
	if (!value) {
		lie(t->tar, &h);
		records(t, &path, &more);
		send_records(sink, &more, 'x');
	}
	tar_header(&h, block);
	if (!value && (e = edit_find(t->tar, "checksum", NULL)) != NULL)
		memcpy(block + 148, e->a.p, e->a.n < 8 ? e->a.n : 8);
	sink->take(sink, block, sizeof(block));
	send_data(t, value, data, sink);
	bytes_free(&path);
	bytes_free(&more);
}
