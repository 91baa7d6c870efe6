#include "made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

const char *const part_names[PARTS] = { "files", "libvirt", "database" };

static const struct bytes none = { NULL, 0, 0 };

static void
copy(struct bytes *to, const struct bytes *from)
{

	to->n = 0;
	bytes_add(to, from->n > 0 ? from->p : "", from->n);
}

void
edit_add(struct edit **list, const char *verb, const struct bytes *a,
    const struct bytes *b, const struct bytes *c)
{
	struct edit *e;

	while (*list != NULL)
		list = &(*list)->next;
	if ((e = calloc(1, sizeof(*e))) == NULL ||
	    (e->verb = strdup(verb)) == NULL)
		die("out of memory");
	copy(&e->a, a);
	copy(&e->b, b);
	copy(&e->c, c);
	*list = e;
}

const struct edit *
edit_find(const struct edit *list, const char *verb, const char *a)
{
	const struct edit *found = NULL;

	for (; list != NULL; list = list->next)
		if (strcmp(list->verb, verb) == 0 &&
		    (a == NULL || strcmp(list->a.p, a) == 0))
			found = list;
	return found;
}

void
edit_free(struct edit *list)
{
	struct edit *next;

	for (; list != NULL; list = next) {
		next = list->next;
		bytes_free(&list->a);
		bytes_free(&list->b);
		bytes_free(&list->c);
		free(list->verb);
		free(list);
	}
}

static struct thing *
thing_new(struct made *m, const char *kind, enum part part)
{
	struct thing *t;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		die("out of memory");
	t->kind = kind;
	t->part = part;
	t->count = 1;
	t->mode = part == FILES ? 0640 : 0600;
	bytes_adds(&t->user, "root");
	bytes_adds(&t->group, "root");
	bytes_adds(&t->format, "text");
	bytes_adds(&t->data, "");
	bytes_adds(&t->target, "");
	if (m->last == NULL)
		m->things = t;
	else
		m->last->next = t;
	m->last = t;
	return t;
}

/* The item that the lines before have begun. */
static struct thing *
current(struct made *m)
{

	if (m->last == NULL)
		die("no item stands in front of this");
	return m->last;
}

static void
take_file(struct made *m, const struct words *w)
{
	struct thing *t = thing_new(m, "file", FILES);
	const char *type = w->w[0].p;

	t->type = strcmp(type, "folder") == 0    ? "folder"
		  : strcmp(type, "symlink") == 0 ? "symlink"
						 : "regular";
	if (*t->type != 'r')
		t->mode = *t->type == 'f' ? 0755 : 0777;
	copy(&t->name, &w->w[1]);
	if (w->n > 2)
		copy(*t->type == 's' ? &t->target : &t->data, &w->w[2]);
}

static void
take_virt(struct made *m, const struct words *w)
{
	static const char *const kinds[] = { "secret", "nwfilter", "network",
		"pool", "domain" };
	struct thing *t;
	size_t i = 0;

	while (strcmp(kinds[i], w->w[0].p) != 0)
		i++;
	t = thing_new(m, kinds[i], LIBVIRT);
	copy(&t->name, &w->w[1]);
	copy(&t->data, &w->w[2]);
	t->has_value = w->n > 3;
	if (t->has_value)
		copy(&t->value, &w->w[3]);
}

/* table SCHEMA.TABLE ROLE COLUMNS ROWS */
static void
take_table(struct made *m, const struct words *w)
{
	struct thing *t = thing_new(m, "table", DATABASE);

	copy(&t->name, &w->w[1]);
	copy(&t->role, &w->w[2]);
	copy(&t->columns, &w->w[3]);
	copy(&t->data, &w->w[4]);
}

/* account USER@HOST ROWS */
static void
take_account(struct made *m, const struct words *w)
{
	struct thing *t = thing_new(m, "account", DATABASE);

	copy(&t->name, &w->w[1]);
	copy(&t->data, &w->w[2]);
	bytes_adds(&t->role, "nova");
}

static enum part
part_of(const struct bytes *name)
{
	int i;

	for (i = 0; i < PARTS; i++)
		if (strcmp(part_names[i], name->p) == 0)
			return (enum part)i;
	die("no such part: %s", name->p);
}

/* entry PART PATH [BYTES]: in the tar alone. */
static void
take_entry(struct made *m, const struct words *w)
{
	struct thing *t = thing_new(m, NULL, part_of(&w->w[1]));

	copy(&t->name, &w->w[2]);
	if (w->n > 3)
		copy(&t->data, &w->w[3]);
}

static void
take_owner(struct made *m, const struct words *w)
{
	struct thing *t = current(m);

	t->uid = bytes_number(&w->w[1]);
	t->gid = bytes_number(&w->w[2]);
	copy(&t->user, w->n > 3 ? &w->w[3] : &none);
	copy(&t->group, w->n > 4 ? &w->w[4] : &none);
}

static void
take_attribute(struct made *m, const struct words *w)
{
	struct thing *t = current(m);
	const char *verb = w->w[0].p;

	if (strcmp(verb, "mode") == 0)
		t->mode = (unsigned int)strtoul(w->w[1].p, NULL, 8);
	else if (strcmp(verb, "mtime") == 0)
		t->mtime = bytes_number(&w->w[1]);
	else if (strcmp(verb, "zeros") == 0)
		t->zeros = (unsigned long long)bytes_number(&w->w[1]);
	else if (strcmp(verb, "many") == 0)
		t->count = (unsigned long)bytes_number(&w->w[1]);
	else
		copy(&t->format, &w->w[1]);
}

static void
take_edit(struct made *m, const struct words *w)
{
	const struct bytes *a = w->n > 1 ? &w->w[1] : &none,
			   *b = w->n > 2 ? &w->w[2] : &none,
			   *c = w->n > 3 ? &w->w[3] : &none;
	const char *verb = w->w[0].p;

	if (strcmp(verb, "xattr") == 0)
		edit_add(&current(m)->xattrs, verb, a, b, c);
	else if (strcmp(verb, "json") == 0)
		edit_add(&current(m)->json, verb, a, b, c);
	else if (strcmp(verb, "tar") == 0)
		edit_add(&current(m)->tar, a->p, b, c, &none);
	else if (strcmp(verb, "manifest") == 0)
		edit_add(&m->manifest, verb, a, b, c);
	else if (strcmp(verb, "sums") == 0)
		edit_add(&m->sums, verb, a, b, c);
	else if (strcmp(verb, "part") == 0)
		edit_add(&m->parts, b->p, a, c, &none);
	else if (strcmp(verb, "sign") == 0)
		edit_add(&m->sign, a->p, b, c, &none);
	else
		edit_add(&m->outer, a->p, b, c, w->n > 4 ? &w->w[4] : &none);
}

static const struct verb {
	const char *name;
	int min, max; /* words, with its own */
	void (*take)(struct made *m, const struct words *w);
} verbs[] = {
	{ "file", 2, 3, take_file },
	{ "folder", 2, 2, take_file },
	{ "symlink", 3, 3, take_file },
	{ "secret", 3, 4, take_virt },
	{ "nwfilter", 3, 3, take_virt },
	{ "network", 3, 3, take_virt },
	{ "pool", 3, 3, take_virt },
	{ "domain", 3, 3, take_virt },
	{ "table", 5, 5, take_table },
	{ "account", 3, 3, take_account },
	{ "entry", 3, 4, take_entry },
	{ "owner", 3, 5, take_owner },
	{ "mode", 2, 2, take_attribute },
	{ "mtime", 2, 2, take_attribute },
	{ "format", 2, 2, take_attribute },
	{ "zeros", 2, 2, take_attribute },
	{ "many", 2, 2, take_attribute },
	{ "xattr", 3, 3, take_edit },
	{ "json", 3, 3, take_edit },
	{ "tar", 2, 4, take_edit },
	{ "manifest", 3, 3, take_edit },
	{ "sums", 3, 3, take_edit },
	{ "part", 3, 4, take_edit },
	{ "outer", 2, 5, take_edit },
	{ "sign", 2, 4, take_edit },
	/* What the runner wants to know. */
	{ "expect", 0, WORDS_MAX, NULL },
	{ "check", 0, WORDS_MAX, NULL },
};

/* What is the runner's is not taken apart. */
static int
is_runners(const char *line)
{

	return strncmp(line, "expect ", 7) == 0 ||
	       strncmp(line, "check ", 6) == 0;
}

static void
take_line(struct made *m, const char *line)
{
	struct words w;
	size_t i;

	if (is_runners(line))
		return;
	words_read(line, &w);
	if (w.n > 0) {
		for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
			if (strcmp(verbs[i].name, w.w[0].p) == 0)
				break;
		if (i == sizeof(verbs) / sizeof(verbs[0]))
			die("no such word: %s", w.w[0].p);
		if (w.n < verbs[i].min || w.n > verbs[i].max)
			die("%s: too many words or too few", verbs[i].name);
		verbs[i].take(m, &w);
	}
	words_free(&w);
}

void
made_read(const char *file, struct made *m)
{
	unsigned int n = 0;
	char *line = NULL;
	size_t cap = 0;
	FILE *f;

	memset(m, 0, sizeof(*m));
	if ((f = fopen(file, "r")) == NULL)
		die("cannot open %s", file);
	while (getline(&line, &cap, f) != -1) {
		die_at(file, ++n);
		take_line(m, line);
	}
	die_at(NULL, 0);
	free(line);
	fclose(f);
}

void
made_free(struct made *m)
{
	struct thing *t, *next;

	for (t = m->things; t != NULL; t = next) {
		next = t->next;
		bytes_free(&t->name);
		bytes_free(&t->data);
		bytes_free(&t->target);
		bytes_free(&t->value);
		bytes_free(&t->role);
		bytes_free(&t->columns);
		bytes_free(&t->user);
		bytes_free(&t->group);
		bytes_free(&t->format);
		edit_free(t->xattrs);
		edit_free(t->json);
		edit_free(t->tar);
		free(t);
	}
	edit_free(m->manifest);
	edit_free(m->sums);
	edit_free(m->parts);
	edit_free(m->outer);
	edit_free(m->sign);
}
