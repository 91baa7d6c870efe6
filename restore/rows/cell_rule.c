#include "restore/rows/cell_rule.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/database/db_schema.h"
#include "archive/database/rows.h"
#include "archive/warn.h"

_Static_assert(
    sizeof(((struct cell_rules *)0)->key) == DB_KEY_MAX * sizeof(size_t),
    "a key fits");

static void
set_rule(struct cell_rule *rule, const struct catalog_column *known)
{

	rule->through = CELL_FREE;
	rule->format = PLACE_VALUE;
	rule->role = PLACE_PLAIN;
	if (known == NULL) {
		rule->hold = "outside the catalogue";
		rule->hold_name = "outside";
		return;
	}
	rule->format = known->form;
	rule->role = known->place;
	rule->hosts = known->hosts;
	rule->secret = known->place == PLACE_SECRET;
	if (known->class == CATALOG_HISTORY) {
		rule->hold = ROWS_OVER;
		rule->hold_name = "history";
	}
}

/* The cell of a column, or ${none}. */
static size_t
cell_of(const struct cell_rules *rules, const char *column, size_t none)
{
	size_t i;

	for (i = 0; column != NULL && i < rules->n; i++)
		if (strcmp(rules->rule[i].column->name, column) == 0)
			return i;
	return none;
}

/* Which cells of a row say how its others are treated. */
static void
set_marks(struct cell_rules *rules)
{
	const struct catalog_column *known;
	size_t i;

	rules->deleted = cell_of(
	    rules, catalog_deleted(rules->role, rules->table), rules->n);
	rules->over =
	    cell_of(rules, catalog_over(rules->role, rules->table), rules->n);
	for (i = 0; i < rules->n; i++) {
		known = catalog_column(
		    rules->role, rules->table, rules->rule[i].column->name);
		if (known != NULL && known->class == CATALOG_NETWORK)
			rules->rule[i].through =
			    cell_of(rules, known->through, CELL_NONE);
	}
}

int
cell_rules(
    struct cell_rules *rules, const char *role, const struct item_table *t)
{
	size_t key[DB_KEY_MAX], nkey = db_key(t, key), i, k;
	struct cell_rule *rule;

	memset(rules, 0, sizeof(*rules));
	if ((rules->rule = calloc(t->ncolumns + 1, sizeof(*rule))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	rules->role = role;
	rules->table = t->table;
	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		for (k = 0; k < nkey; k++)
			if (key[k] == i)
				rules->key[k] = rules->n;
		rule = &rules->rule[rules->n];
		rule->column = &t->columns[i];
		rule->text = db_is_text(rule->column);
		set_rule(
		    rule, catalog_column(role, t->table, rule->column->name));
		rules->n++;
	}
	rules->nkey = nkey;
	set_marks(rules);
	return 0;
}

void
cell_rules_free(struct cell_rules *rules)
{

	free(rules->rule);
	memset(rules, 0, sizeof(*rules));
}

int
cell_history(const struct cell_rules *rules, const struct db_value *cells)
{
	const struct db_value *v;

	if (rules->over != rules->n) {
		v = &cells[rules->over];
		if (catalog_is_over(rules->role, rules->table, v->data, v->len))
			return 1;
	}
	if (rules->deleted == rules->n)
		return 0;
	v = &cells[rules->deleted];
	return v->data != NULL && v->len > 0 &&
	       (v->len != 1 || v->data[0] != '0');
}

/* Characters as the column's character set counts them; bytes where it is not
 * one of the usual ones, which is never too few. */
static size_t
count_characters(const char *charset, const char *bytes, size_t len)
{
	size_t i, n = 0;

	if (charset == NULL || strncmp(charset, "utf8", 4) != 0)
		return len;
	for (i = 0; i < len; i++)
		n += ((unsigned char)bytes[i] & 0xc0) != 0x80;
	return n;
}

int
cell_too_long(const struct item_column *c, const char *bytes, size_t len,
    char *limit, size_t size)
{
	static const struct {
		const char *type;
		uint64_t max;
	} blobs[] = { { "tinytext", 255 }, { "tinyblob", 255 },
		{ "text", 65535 }, { "blob", 65535 },
		{ "mediumtext", 16777215 }, { "mediumblob", 16777215 } };
	static const char *const sized[] = { "varchar(", "char(", "varbinary(",
		"binary(" };
	uint64_t max;
	size_t i, n;

	for (i = 0; i < sizeof(blobs) / sizeof(blobs[0]); i++) {
		if (strcmp(c->type, blobs[i].type) != 0)
			continue;
		snprintf(limit, size, "%" PRIu64 " bytes", blobs[i].max);
		return len > blobs[i].max;
	}
	for (i = 0; i < sizeof(sized) / sizeof(sized[0]); i++) {
		n = strlen(sized[i]);
		if (strncmp(c->type, sized[i], n) != 0)
			continue;
		max = strtoull(c->type + n, NULL, 10);
		snprintf(limit, size, "%" PRIu64 " %s", max,
		    strstr(sized[i], "binary") ? "bytes" : "characters");
		return count_characters(c->charset, bytes, len) > max;
	}
	return 0;
}
