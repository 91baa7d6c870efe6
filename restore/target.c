#include "restore/target.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/table_facts.h"
#include "archive/warn.h"
#include "restore/finding.h"
#include "restore/there.h"

/* What a comparison needs to say what it finds. */
struct finder {
	struct restore *r;
	struct target *t;
	int say;
	int bad;
};

/* One difference: 0, or -1 when it cannot be kept. */
static int differs(struct finder *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static int
differs(struct finder *f, const char *fmt, ...)
{
	char *text;
	va_list ap;
	int rc;

	f->bad = 1;
	if (!f->say)
		return 0;
	va_start(ap, fmt);
	rc = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (rc < 0) {
		warn_msg("out of memory");
		return -1;
	}
	rc = finding_add(
	    f->r, ITEM_TABLE, f->t->source->name, NULL, "schema", "%s", text);
	free(text);
	return rc;
}

/* How well a database here fits: 3 role and name, 2 role, 1 name, 0 not. */
static int
fits(const struct db_schema *d, const struct plan_table *at)
{

	return 2 * (strcmp(d->role, at->role) == 0) +
	       (strcmp(d->schema, at->schema) == 0);
}

struct db_server *
target_server(struct db_set *set, const struct plan_table *at,
    const struct db_schema **schema)
{
	struct db_server *s, *found = NULL;
	int best = 0, fit;
	size_t i, j;

	for (i = 0; i < set->nservers; i++) {
		s = &set->servers[i];
		for (j = 0; j < s->nschemas; j++) {
			if ((fit = fits(&s->schemas[j], at)) <= best)
				continue;
			best = fit;
			found = s;
			*schema = &s->schemas[j];
		}
	}
	return found;
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

/* May the bytes of text in one character set stand in a column of another? */
static int
same_charset(const char *from, const char *to)
{

	if (from == NULL || to == NULL)
		return from == to;
	if (strcmp(to, "utf8mb4") == 0 || is_utf8(to))
		return strcmp(from, to) == 0 || strcmp(from, "ascii") == 0 ||
		       is_utf8(from);
	return strcmp(from, to) == 0;
}

static int
compare_column(struct finder *f, const struct item_column *want,
    const struct item_column *have)
{

	if (have == NULL)
		return differs(
		    f, "column %s is not in this database's table", want->name);
	if (!same_type(want->type, have->type) &&
	    differs(f, "column %s is %s here, was %s", want->name, have->type,
		want->type))
		return -1;
	if (!same_charset(want->charset, have->charset) &&
	    differs(f, "column %s has the character set %s here, had %s",
		want->name, have->charset == NULL ? "none" : have->charset,
		want->charset == NULL ? "none" : want->charset))
		return -1;
	if (have->generated &&
	    differs(f, "column %s is generated here, was not", want->name))
		return -1;
	if (want->key != have->key &&
	    differs(f, "column %s has another part in the primary key here",
		want->name))
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
		    differs(f, "the primary key has column %s here, had not",
			here->columns[i].name))
			return -1;
	return 0;
}

static int
compare_all(struct finder *f)
{
	struct target *t = f->t;
	const struct item_table *want = t->source->table;
	const struct plan_table at = { want->role, want->schema, want->table };
	int rc;

	t->server = target_server(f->r->db, &at, &t->schema);
	if (t->server == NULL)
		return differs(f,
		    "no database here has the role %s or the name %s: the "
		    "configuration in the bundle names none; --no-database "
		    "leaves the database out",
		    want->role, want->schema);
	if ((t->here = item_new(ITEM_TABLE)) == NULL)
		return -1;
	rc = there(f->r)->table(
	    f->r, t->server, t->schema->schema, want->table, t->here);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return differs(f,
		    "%s has no table %s.%s that this login may read: create "
		    "the database's tables first, with the release that was "
		    "captured",
		    t->server->label, t->schema->schema, want->table);
	t->innodb = t->here->table->facts != NULL &&
		    strcasecmp(t->here->table->facts->engine, "InnoDB") == 0;
	return compare_table(f);
}

int
target_open(
    struct restore *r, const struct item *item, int say, struct target *t)
{
	struct finder f = { r, t, say, 0 };

	memset(t, 0, sizeof(*t));
	t->source = item;
	if (compare_all(&f))
		goto err0;
	if (f.bad) {
		target_close(t);
		return 0;
	}
	if (cell_rules(&t->rules, item->table->role, &t->columns))
		goto err0;
	return 1;

err0:
	target_close(t);
	return -1;
}

/* All that is stored, under the server's own names. */
static int
take_columns(struct target *t)
{
	const struct item_table *here = t->here->table;
	struct item_table *to = &t->columns;
	size_t i;

	*to = *here;
	to->ncolumns = 0;
	to->columns = calloc(here->ncolumns + 1, sizeof(*to->columns));
	if (to->columns == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < here->ncolumns; i++)
		if (!here->columns[i].generated)
			to->columns[to->ncolumns++] = here->columns[i];
	return cell_rules(&t->rules, t->schema->role, to);
}

int
target_at(struct db_set *set, const struct plan_table *at, struct target *t,
    struct buf *why)
{
	int rc;

	memset(t, 0, sizeof(*t));
	if ((t->server = target_server(set, at, &t->schema)) == NULL)
		return buf_addf(why,
			   "no database here has the role %s or the "
			   "name %s",
			   at->role, at->schema)
			   ? -1
			   : 0;
	if ((t->here = item_new(ITEM_TABLE)) == NULL)
		return -1;
	rc = db_table(t->server->db, t->schema->schema, at->table, t->here);
	if (rc == 0 && buf_addf(why, "%s has no table %s.%s any more",
			   t->server->label, t->schema->schema, at->table))
		rc = -1;
	if (rc == 1 && take_columns(t))
		rc = -1;
	if (rc != 1)
		target_close(t);
	return rc;
}

void
target_close(struct target *t)
{

	cell_rules_free(&t->rules);
	free(t->columns.columns);
	item_free(t->here);
	memset(t, 0, sizeof(*t));
}
