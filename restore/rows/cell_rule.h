#ifndef RESTORE_CELL_RULE_H
#define RESTORE_CELL_RULE_H

#include "archive/address/catalog.h"
#include "archive/database/db.h"
#include "restore/map/rewrite.h"

/**
 * cell_rule: how the catalogue wants one column of a table treated.  One for
 * each cell of a row, that is for each column that is not generated.
 */
struct cell_rule {
	const struct item_column *column;
	int text;   /* may hold an address at all */
	int secret; /* the whole column is one */
	enum place_format format;
	enum place_role role;
	enum catalog_hosts hosts;
	const char *hold;      /* why all of it is held, or NULL */
	const char *hold_name; /* that reason's short stable name */
	/* The cell that leads to the row's network: held where that is not
	 * external.  CELL_FREE: it does not matter; CELL_NONE: nobody knows. */
	size_t through;
};

#define CELL_FREE ((size_t)-1)
#define CELL_NONE ((size_t)-2)

struct cell_rules {
	struct cell_rule *rule;
	size_t n;
	size_t key[32]; /* cells of the primary key, in key order */
	size_t nkey;
	size_t deleted; /* cell that marks deleted rows, or n: there is none */
	size_t over;    /* cell that tells what is over, or n */
	const char *role, *table; /* whose rules these are (borrowed) */
};

/* The rules of a table of ${role}: 0, or -1 said.  ${t} must outlive them. */
int cell_rules(struct cell_rules *rules, const char *role,
    const struct item_table *t) MUST_CHECK;
void cell_rules_free(struct cell_rules *rules);

/* 1 when the row is history: its deleted column is neither 0, "" nor NULL, or
 * what it tells of is over (catalog_over). */
int cell_history(const struct cell_rules *rules, const struct db_value *cells);

/* Bytes that are too many for a column: 1, with its limit in words ("255
 * characters") in ${limit}, of ${size} bytes; else 0. */
int cell_too_long(const struct item_column *c, const char *bytes, size_t len,
    char *limit, size_t size);

#endif
