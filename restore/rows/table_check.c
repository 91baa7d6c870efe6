#include "restore/rows/table_check.h"

#include <inttypes.h>
#include <string.h>

#include "archive/manifest/table_facts.h"
#include "restore/preflight/finding.h"

/* What is known of one table. */
struct check {
	struct restore *r;
	const struct target *t;
	const char *item;
	const struct table_facts *facts;
};

/* A column that the bundle does not fill, and that an INSERT must fill. */
static int
add_needs(const struct check *c)
{
	const struct table_facts *f = c->facts;
	const struct cell_rules *rules = &c->t->rules;
	size_t i, k;

	for (i = 0; i < f->nneeds; i++) {
		for (k = 0; k < rules->n; k++)
			if (strcmp(rules->rule[k].column->name, f->needs[i]) ==
			    0)
				break;
		if (k == rules->n &&
		    finding_add(c->r, ITEM_TABLE, c->item, f->needs[i],
			"no-default",
			"rows are to be made, but %s is not in the bundle and "
			"has no default here: give it one (ALTER TABLE %s.%s "
			"ALTER %s SET DEFAULT ...), or leave the table out "
			"with --not '%s'",
			f->needs[i], c->t->schema->schema,
			c->t->here->table->table, f->needs[i], c->item))
			return -1;
	}
	return 0;
}

/* Triggers do what nobody has planned. */
static int
add_triggers(const struct check *c, uint64_t created, uint64_t changed)
{
	const struct table_facts *f = c->facts;
	size_t i;

	for (i = 0; i < f->ntriggers; i++) {
		if ((created == 0 ||
			strncmp(f->triggers[i], "INSERT ", 7) != 0) &&
		    (changed == 0 ||
			strncmp(f->triggers[i], "UPDATE ", 7) != 0))
			continue;
		if (plan_say(c->r->plan, PLAN_NOTE, ITEM_TABLE, c->item, NULL,
			"trigger",
			"its trigger %s (at each %.6s) runs when rows are "
			"written: what it does is not in the plan",
			f->triggers[i] + 7, f->triggers[i]))
			return -1;
	}
	return 0;
}

/* Only a rehearsal counts rows, and takes an empty table's as to be made. */
static int
add_described(const struct check *c, uint64_t changed)
{
	uint64_t there = c->t->here->table->rows;
	uint64_t rows = c->t->source->table->rows;

	if (changed == 0 && there == rows)
		return 0;
	return plan_say(c->r->plan, PLAN_NOTE, ITEM_TABLE, c->item, NULL,
	    "on-the-night",
	    "its rows are compared on the night: %" PRIu64
	    " there when it was described, %" PRIu64 " in the bundle, %" PRIu64
	    " of which the map changes",
	    there, rows, changed);
}

int
table_check(struct restore *r, const struct target *t, uint64_t created,
    uint64_t changed)
{
	const struct check c = { r, t, t->source->name, t->here->table->facts };

	if (r->against != NULL) {
		if (add_described(&c, changed))
			return -1;
		if (t->here->table->rows == 0)
			created = t->source->table->rows;
	}
	if (c.facts == NULL || r->reading || created + changed == 0)
		return 0;
	if (!t->innodb &&
	    finding_add(r, ITEM_TABLE, c.item, NULL, "no-transactions",
		"its engine here, %s, has no transactions: what is written to "
		"it stays when the rest is taken back: ALTER TABLE %s.%s "
		"ENGINE=InnoDB, leave it out with --not '%s', or let it pass "
		"with --force-preflight no-transactions",
		c.facts->engine, t->schema->schema, t->here->table->table,
		c.item))
		return -1;
	if (created > 0 && add_needs(&c))
		return -1;
	return add_triggers(&c, created, changed);
}
