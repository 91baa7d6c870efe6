#ifndef TESTS_SHOW_MADE_H
#define TESTS_SHOW_MADE_H

/* Include behind cmocka.h: plans made by hand, and what is shown of them. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/show_plan.h"
#include "cmd/show_value.h"

/* What went to standard output since capture_start. */
static char *text;
static size_t text_len;
static FILE *was;

static inline void
capture_start(void)
{

	fflush(stdout);
	was = stdout;
	stdout = open_memstream(&text, &text_len);
	assert_non_null(stdout);
}

static inline void
capture_end(void)
{

	fclose(stdout);
	stdout = was;
}

/* A cell whose two sides are strings. */
static inline struct plan_cell
cell(const char *name, const char *before, const char *after, int secret)
{
	struct plan_cell c = { name, before, before ? strlen(before) : 0, after,
		after ? strlen(after) : 0, secret };

	return c;
}

static inline struct item *
new_item(struct manifest *m, enum item_kind kind, const char *name)
{
	struct item *item = item_new(kind);

	assert_non_null(item);
	assert_int_equal(manifest_set(&item->name, name), 0);
	assert_int_equal(manifest_set(&item->path, strchr(name, ':') + 1), 0);
	assert_int_equal(manifest_add(m, item), 0);
	return item;
}

/* A bundle with an ini file, a key, a domain that ran, and a table. */
static inline struct manifest *
bundle(void)
{
	struct manifest *m = manifest_new();
	struct item *item;

	assert_non_null(m);
	item = new_item(m, ITEM_FILE, "file:/etc/nova/nova.conf");
	item->file->format = PLACE_INI;
	item = new_item(m, ITEM_FILE, "file:/etc/nova/key");
	item->file->format = PLACE_OPAQUE;
	item = new_item(m, ITEM_DOMAIN, "domain:i-1");
	item->virt->active = 1;
	item = new_item(m, ITEM_DOMAIN, "domain:i-2");
	item = new_item(m, ITEM_TABLE, "table:nova.volumes");
	assert_int_equal(manifest_set(&item->table->role, "nova"), 0);
	assert_int_equal(manifest_set(&item->table->schema, "nova"), 0);
	assert_int_equal(manifest_set(&item->table->table, "volumes"), 0);
	return m;
}

static inline void
add(struct plan *p, enum plan_type type, enum item_kind kind, const char *item,
    const char *source, const struct plan_cell *cells, size_t n)
{
	struct plan_record r = { .type = type,
		.kind = kind,
		.item = item,
		.source = source,
		.cells = cells,
		.ncells = n };

	assert_int_equal(plan_add(p, &r), 0);
}

/* The plan as it is shown, text or JSON. */
static inline void
show(struct plan *p, int json, int quiet, int verify)
{
	struct manifest *m = bundle();
	struct report r;
	enum outcome end;

	capture_start();
	report_start(&r, "restore", json, quiet);
	if (verify)
		assert_int_equal(show_verify(&r, p, m, 1), 0);
	else
		assert_int_equal(show_plan(&r, p, m), 0);
	end = report_end(&r, OUTCOME_DONE, "end");
	capture_end();
	assert_int_equal(end, OUTCOME_DONE);
	warn_quiet(0);
	manifest_free(m);
	plan_free(p);
}

static inline void
shows(const char *want)
{

	if (strstr(text, want) == NULL) {
		print_message("%s", text);
		fail_msg("lacks: %s", want);
	}
}

static inline void
shows_not(const char *secret)
{

	if (strstr(text, secret) != NULL) {
		print_message("%s", text);
		fail_msg("shows: %s", secret);
	}
}

static inline struct plan *
told_plan(void)
{
	struct plan *p = plan_new();

	assert_non_null(p);
	assert_int_equal(
	    plan_say(p, PLAN_HELD, ITEM_TABLE, "row:nova.fixed_ips:1",
		"address", "tenant", "a tenant's own data: 10.2.116.14"),
	    0);
	assert_int_equal(plan_say(p, PLAN_NOTE, ITEM_FILE, NULL, NULL,
			     "unused-rule", "--map x: matched nothing"),
	    0);
	assert_int_equal(plan_say(p, PLAN_DRIFT, ITEM_DOMAIN, "domain:i-1",
			     "/domain/name", NULL, "something else"),
	    0);
	assert_int_equal(plan_say(p, PLAN_FINDING, ITEM_DOMAIN, "domain:i-2",
			     NULL, "machine", "unknown machine"),
	    0);
	assert_int_equal(plan_say(p, PLAN_WAIVED, PLAN_HOST, "10.2.15.3", NULL,
			     "address-absent", "no interface has it"),
	    0);
	assert_int_equal(plan_say(p, PLAN_LEFTOVER, ITEM_FILE, "file:/x",
			     "line 3", NULL, "10.2.116.14"),
	    0);
	return p;
}

#endif
