#include "restore/papers/agree.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/preflight/finding.h"

/* What a comparison needs to say what it finds. */
struct finder {
	struct restore *r;
	struct target *t;
	int say;
	int bad;
};

/* What makes a service's tables as a release wants them. */
static const struct {
	const char *role, *command;
} syncs[] = {
	{ "nova", "nova-manage db sync" },
	{ "nova_api", "nova-manage api_db sync" },
	{ "cinder", "cinder-manage db sync" },
	{ "keystone", "keystone-manage db_sync" },
	{ "glance", "glance-manage db_sync" },
	{ "neutron", "neutron-db-manage upgrade heads" },
	{ "placement", "placement-manage db sync" },
};

static const char *
sync_of(const char *role)
{
	size_t i;

	for (i = 0; i < sizeof(syncs) / sizeof(syncs[0]); i++)
		if (strcmp(syncs[i].role, role) == 0)
			return syncs[i].command;
	return "its service's own command (db sync)";
}

/* One difference, and what to do: 0, or -1 when it cannot be kept. */
static int differs(struct finder *f, const char *column, const char *name,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static int
differs(struct finder *f, const char *column, const char *name, const char *fmt,
    ...)
{
	const struct item *item = f->t->source;
	char *text;
	va_list ap;
	int rc;

	f->bad = 1;
	if (!f->say)
		return 0;
	va_start(ap, fmt);
	text = warn_text(fmt, ap);
	va_end(ap);
	if (text == NULL)
		return -1;
	rc = finding_add(f->r, ITEM_TABLE, item->name, column, name,
	    "%s: make it as it was (%s, of the release that was captured), or "
	    "leave the table out with --not '%s'",
	    text, sync_of(item->table->role), item->name);
	free(text);
	return rc;
}

int
agree_missing(struct restore *r, const struct target *t)
{
	const struct item *item = t->source;

	return finding_add(r, ITEM_TABLE, item->name, NULL, "table-missing",
	    "%s has no table %s.%s that this login may read: make it (%s, of "
	    "the release that was captured), or leave it out with --not '%s'",
	    t->server->label, t->schema->schema, item->table->table,
	    sync_of(item->table->role), item->name);
}

static const struct item_column *
find_column(const struct item_table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return &t->columns[i];
	return NULL;
}

/* An integer type without its display width, which says nothing of the values
 * and which newer servers leave out: ${*len} bytes and the rest behind it. */
static void
split_type(const char *type, size_t *len, const char **rest)
{
	size_t n = strcspn(type, "( ");

	*rest = "";
	*len = strlen(type);
	if (n < 3 || memcmp(type + n - 3, "int", 3) != 0 ||
	    strstr(type, "zerofill") != NULL)
		return;
	*len = n;
	*rest = type + n;
	if (type[n] == '(')
		*rest += strcspn(type + n, ")") + 1;
}

static int
same_type(const char *a, const char *b)
{
	const char *arest, *brest;
	size_t alen, blen;

	split_type(a, &alen, &arest);
	split_type(b, &blen, &brest);
	return alen == blen && memcmp(a, b, alen) == 0 &&
	       strcmp(arest, brest) == 0;
}

static int
is_utf8(const char *charset)
{

	return strcmp(charset, "utf8") == 0 || strcmp(charset, "utf8mb3") == 0;
}

/* Text that is not made of ASCII's bytes even where it is ASCII. */
static int
is_wide(const char *charset)
{

	return strncmp(charset, "ucs2", 4) == 0 ||
	       strncmp(charset, "utf16", 5) == 0 ||
	       strncmp(charset, "utf32", 5) == 0;
}

int
agree_charset(const char *from, const char *to, const char *bytes, size_t len)
{
	unsigned char most = 0x7f;
	size_t i;

	if (from == NULL || to == NULL || strcmp(from, to) == 0)
		return from == to || (from != NULL && to != NULL);
	if (is_wide(from) || is_wide(to))
		return 0;
	if (is_utf8(from) && (is_utf8(to) || strcmp(to, "utf8mb4") == 0))
		return 1;
	/* Sequences of four bytes begin so. */
	if (strcmp(from, "utf8mb4") == 0 && is_utf8(to))
		most = 0xef;
	for (i = 0; i < len; i++)
		if ((unsigned char)bytes[i] > most)
			return 0;
	return 1;
}

static int
compare_column(struct finder *f, const struct item_column *want,
    const struct item_column *have)
{
	const char *at = want->name;

	if (have == NULL)
		return differs(f, at, "column-missing",
		    "%s.%s has no column %s here, captured as %s",
		    f->t->schema->schema, f->t->here->table->table, at,
		    want->type);
	if (!same_type(want->type, have->type) &&
	    differs(f, at, "column-type", "%s is %s here, was %s", at,
		have->type, want->type))
		return -1;
	/* Whether its values fit into it is asked for each of them. */
	if (!agree_charset(want->charset, have->charset, NULL, 0) &&
	    differs(f, at, "charset",
		"%s has the character set %s here, had %s", at,
		have->charset == NULL ? "none" : have->charset,
		want->charset == NULL ? "none" : want->charset))
		return -1;
	if (have->generated &&
	    differs(f, at, "column-type", "%s is generated here, was not", at))
		return -1;
	if (want->key != have->key &&
	    differs(f, at, "column-type",
		"%s has another part in the primary key here", at))
		return -1;
	return 0;
}

/* Compare column by column; what is here goes to t->columns in the order that
 * the captured rows have. */
static int
compare_table(struct finder *f)
{
	const struct item_table *want = f->t->source->table;
	const struct item_table *here = f->t->here->table;
	struct item_table *to = &f->t->columns;
	const struct item_column *have;
	size_t i;

	*to = *here;
	to->ncolumns = 0;
	to->columns = calloc(want->ncolumns + 1, sizeof(*to->columns));
	if (to->columns == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < want->ncolumns; i++) {
		if (want->columns[i].generated)
			continue;
		have = find_column(here, want->columns[i].name);
		if (compare_column(f, &want->columns[i], have))
			return -1;
		if (have != NULL)
			to->columns[to->ncolumns++] = *have;
	}
	for (i = 0; i < here->ncolumns; i++)
		if (here->columns[i].key > 0 &&
		    find_column(want, here->columns[i].name) == NULL &&
		    differs(f, here->columns[i].name, "column-type",
			"the primary key has column %s here, had not",
			here->columns[i].name))
			return -1;
	return 0;
}

int
agree(struct restore *r, int say, struct target *t)
{
	struct finder f = { r, t, say, 0 };

	if (compare_table(&f))
		return -1;
	return !f.bad;
}
