#include "archive/node/oslo.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/node/oslo_internal.h"
#include "archive/warn.h"

struct oslo *
oslo_new(void)
{
	struct oslo *o;

	if ((o = calloc(1, sizeof(*o))) == NULL)
		warn_msg("out of memory");
	return o;
}

/* Values may be passwords. */
static void
wipe(char *s)
{

	if (s != NULL)
		explicit_bzero(s, strlen(s));
	free(s);
}

static void
entries_free(struct oslo_entry *e, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(e[i].section);
		free(e[i].name);
		wipe(e[i].value);
	}
	free(e);
}

void
oslo_free(struct oslo *o)
{
	size_t i;

	if (o == NULL)
		return;
	entries_free(o->entries, o->nentries);
	entries_free(o->defaults, o->ndefaults);
	for (i = 0; i < o->nfiles; i++)
		free(o->files[i]);
	free(o->files);
	free(o->dialects);
	for (i = 0; i < o->nanswers; i++)
		wipe(o->answers[i]);
	free(o->answers);
	free(o);
}

char *
oslo_section_key(const char *section, size_t len)
{
	char *key;
	size_t i;

	if ((key = strndup(section, len)) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if (strcmp(key, "DEFAULT") != 0)
		for (i = 0; key[i] != '\0'; i++)
			key[i] = (char)tolower((unsigned char)key[i]);
	return key;
}

char *
oslo_name_key(const char *name, size_t len)
{
	char *key;
	size_t i;

	if ((key = strndup(name, len)) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	for (i = 0; key[i] != '\0'; i++)
		if (key[i] == '-')
			key[i] = '_';
	return key;
}

/* Append an entry to either list. */
static int
append(struct oslo_entry **list, size_t *n, size_t *cap,
    const struct oslo_entry *e)
{
	struct oslo_entry *more;
	size_t want;

	if (*n == *cap) {
		want = *cap ? *cap * 2 : 32;
		if ((more = reallocarray(*list, want, sizeof(*more))) == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		*list = more;
		*cap = want;
	}
	(*list)[(*n)++] = *e;
	return 0;
}

/* Fill in an entry: 0, or -1 said with nothing left behind. */
static int
entry_make(struct oslo_entry *e, const char *section, size_t section_len,
    const char *name, size_t name_len, const char *value, size_t value_len)
{

	memset(e, 0, sizeof(*e));
	if ((e->section = oslo_section_key(section, section_len)) == NULL ||
	    (e->name = oslo_name_key(name, name_len)) == NULL)
		goto err1;
	if ((e->value = strndup(value ? value : "", value_len)) == NULL) {
		warn_msg("out of memory");
		goto err1;
	}
	return 0;

err1:
	free(e->name);
	free(e->section);
	return -1;
}

static void
entry_drop(struct oslo_entry *e)
{

	free(e->section);
	free(e->name);
	wipe(e->value);
}

int
oslo_add(struct oslo *o, const char *section, size_t section_len,
    const char *name, size_t name_len, const char *value, size_t value_len)
{
	struct oslo_entry e;

	if (o->nentries == LIMIT_OPTIONS) {
		warn_msg("%s: more than %u options are set: it is not read",
		    o->files[o->nfiles - 1], LIMIT_OPTIONS);
		return -1;
	}
	if (entry_make(
		&e, section, section_len, name, name_len, value, value_len))
		return -1;
	e.file = o->nfiles == 0 ? OSLO_NO_FILE : o->nfiles - 1;
	if (append(&o->entries, &o->nentries, &o->cap, &e)) {
		entry_drop(&e);
		return -1;
	}
	return 0;
}

int
oslo_default(
    struct oslo *o, const char *section, const char *name, const char *value)
{
	struct oslo_entry e;

	if (entry_make(&e, section, strlen(section), name, strlen(name), value,
		strlen(value)))
		return -1;
	e.file = OSLO_NO_FILE;
	if (append(&o->defaults, &o->ndefaults, &o->defaults_cap, &e)) {
		entry_drop(&e);
		return -1;
	}
	return 0;
}

/* The last entry of a list that has these keys. */
static const struct oslo_entry *
last(const struct oslo_entry *list, size_t n, const char *section,
    const char *name)
{

	while (n-- > 0)
		if (strcmp(list[n].name, name) == 0 &&
		    strcmp(list[n].section, section) == 0)
			return &list[n];
	return NULL;
}

const struct oslo_entry *
oslo_find(struct oslo *o, const char *section, size_t section_len,
    const char *name, size_t name_len)
{
	const struct oslo_entry *e = NULL;
	char *s, *n = NULL;

	if ((s = oslo_section_key(section, section_len)) != NULL &&
	    (n = oslo_name_key(name, name_len)) != NULL) {
		e = last(o->entries, o->nentries, s, n);
		if (e == NULL)
			e = last(o->defaults, o->ndefaults, s, n);
	} else {
		o->failed = 1;
	}
	free(n);
	free(s);
	return e;
}

/* Expand, and keep the answer for the caller. */
static const char *
answer(struct oslo *o, const struct oslo_entry *e)
{
	char *value, **more;

	if ((value = oslo_expand(o, e)) == NULL)
		goto err0;
	more = reallocarray(o->answers, o->nanswers + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		wipe(value);
		goto err0;
	}
	o->answers = more;
	o->answers[o->nanswers++] = value;
	return value;

err0:
	o->failed = 1;
	return NULL;
}

int
oslo_failed(const struct oslo *o)
{

	return o->failed;
}

const char *
oslo_get(
    struct oslo *o, const char *section, const char *name, const char **where)
{
	const struct oslo_entry *e;

	e = oslo_find(o, section, strlen(section), name, strlen(name));
	if (where != NULL)
		*where = e == NULL || e->file == OSLO_NO_FILE
			     ? NULL
			     : o->files[e->file];
	return e == NULL ? NULL : answer(o, e);
}

const char *
oslo_get_nth(struct oslo *o, const char *section, const char *name, size_t n)
{
	const struct oslo_entry *e = NULL;
	char *s, *k = NULL;
	size_t i;

	if ((s = oslo_section_key(section, strlen(section))) != NULL &&
	    (k = oslo_name_key(name, strlen(name))) != NULL)
		for (i = 0; i < o->nentries && e == NULL; i++)
			if (strcmp(o->entries[i].name, k) == 0 &&
			    strcmp(o->entries[i].section, s) == 0 && n-- == 0)
				e = &o->entries[i];
	if (k == NULL)
		o->failed = 1;
	free(k);
	free(s);
	return e == NULL ? NULL : answer(o, e);
}

const char *const *
oslo_files(const struct oslo *o, size_t *n)
{

	*n = o->nfiles;
	return (const char *const *)o->files;
}

enum place_format
oslo_file_dialect(const struct oslo *o, const char *path)
{
	size_t i;

	for (i = 0; i < o->nfiles; i++)
		if (strcmp(o->files[i], path) == 0)
			return o->dialects[i];
	return PLACE_INI;
}
