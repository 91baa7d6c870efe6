/**
 * Configuration as oslo.config reads it.  The input is one file or several,
 * each behind a line "%%%% PATH"; the first is read, and what it names.  What
 * was read is written as ini in one plain form, and read again it is the same;
 * an option is worth what its last line says; an answer ends, and is not larger
 * than a bound, whatever refers to what.
 */
#include "archive/limits.h"
#include "archive/node/oslo_internal.h"
#include "tests/fuzz/fuzz.h"

#define FILES 8

struct files {
	char path[FILES][64];
	const char *bytes[FILES];
	size_t len[FILES];
	size_t n;
};

static void
split(struct files *f, const char *pos, const char *end)
{
	const char *at = pos;
	char line[80];

	memset(f, 0, sizeof(*f));
	snprintf(f->path[0], 64, "/etc/nova/nova.conf");
	f->bytes[0] = pos;
	f->n = 1;
	while (fuzz_line(&pos, end, line, sizeof(line))) {
		if (strncmp(line, "%%%% ", 5) == 0 && f->n < FILES) {
			f->len[f->n - 1] = (size_t)(at - f->bytes[f->n - 1]);
			snprintf(f->path[f->n], 64, "%.63s", line + 5);
			f->bytes[f->n++] = pos;
		}
		at = pos;
	}
	f->len[f->n - 1] = (size_t)(end - f->bytes[f->n - 1]);
}

static int
read_file(void *cookie, const char *path, struct buf *out)
{
	const struct files *f = cookie;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->path[i], path) == 0)
			return buf_add(out, f->bytes[i], f->len[i]) ? -1 : 1;
	return 0;
}

/* All files of a folder, as root_list has them. */
static int
list_folder(void *cookie, const char *path, char ***names, size_t *n)
{
	const struct files *f = cookie;
	size_t i, len = strlen(path);

	*n = 0;
	MUST((*names = calloc(FILES, sizeof(**names))) != NULL);
	for (i = 0; i < f->n; i++)
		if (strncmp(f->path[i], path, len) == 0 &&
		    f->path[i][len] == '/' &&
		    strchr(f->path[i] + len + 1, '/') == NULL)
			MUST(((*names)[(*n)++] =
				     strdup(f->path[i] + len + 1)) != NULL);
	if (*n > 0)
		return 1;
	free(*names);
	return 0;
}

static struct oslo *
load(const struct files *f)
{
	struct oslo_source source = { read_file, list_folder,
		(void *)(uintptr_t)f };

	return oslo_load(&source, f->path[0]);
}

/* An entry in the one form in which any can be written; 0: a key that only a
 * flag file may have. */
static int
print_entry(const struct oslo_entry *e, struct buf *out)
{
	const char *v = e->value;
	size_t n;

	if (e->section[0] == '\0' || strpbrk(e->section, "\n") != NULL ||
	    strpbrk(e->name, "=:\n") != NULL || strchr("[#;", *e->name) != NULL)
		return 0;
	n = strcspn(v, "\n");
	MUST(buf_addf(out, "[%s]\n%s = \"%.*s\"\n", e->section, e->name, (int)n,
		 v) == 0);
	for (v += n; *v == '\n'; v += n) {
		n = strcspn(++v, "\n");
		MUST(buf_addf(out, "\t%.*s\n", (int)n, v) == 0);
	}
	return 1;
}

static void
check_again(const struct oslo *o)
{
	struct buf text = BUF_EMPTY;
	struct files f = { .n = 1 };
	struct oslo *again;
	size_t i;
	int all = 1;

	MUST(buf_adds(&text, "# \n") == 0);
	for (i = 0; i < o->nentries && all; i++)
		all = print_entry(&o->entries[i], &text);
	snprintf(f.path[0], 64, "/again");
	f.bytes[0] = text.data;
	f.len[0] = text.len;
	if (all) {
		MUST((again = load(&f)) != NULL);
		MUST(again->nentries == o->nentries);
		for (i = 0; i < o->nentries; i++) {
			MUST(strcmp(again->entries[i].section,
				 o->entries[i].section) == 0);
			MUST(strcmp(again->entries[i].name,
				 o->entries[i].name) == 0);
			MUST(strcmp(again->entries[i].value,
				 o->entries[i].value) == 0);
		}
		oslo_free(again);
	}
	buf_free(&text);
}

/* Each option that is there, as a reader asks for it. */
static void
ask(struct oslo *o, size_t total)
{
	const struct oslo_entry *last, *e;
	const char *value, *where;
	size_t i, k, n = o->nentries < 64 ? o->nentries : 64;

	for (i = 0; i < n; i++) {
		e = &o->entries[i];
		for (last = NULL, k = 0; k < o->nentries; k++)
			if (strcmp(o->entries[k].section, e->section) == 0 &&
			    strcmp(o->entries[k].name, e->name) == 0)
				last = &o->entries[k];
		value = oslo_get(o, e->section, e->name, &where);
		MUST(oslo_failed(o) == 0 && value != NULL && where != NULL);
		MUST(strcmp(where, o->files[last->file]) == 0);
		MUST(strlen(value) <= LIMIT_EXPANDED + 20 * total);
		if (strchr(last->value, '$') == NULL)
			MUST(strcmp(value, last->value) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct files f;
	struct oslo *o;

	split(&f, (const char *)data, (const char *)data + len);
	if ((o = load(&f)) != NULL) {
		check_again(o);
		ask(o, len);
		oslo_free(o);
	}
	warn_forget();
	return 0;
}
