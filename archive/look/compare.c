#include "archive/look/compare.h"

#include <string.h>

#include "archive/warn.h"

/* One side's part while it is read. */
struct reader {
	struct bundle *b;
	struct bundle_part *part;
	const struct item *at; /* current; NULL: at the end, or not opened */
};

struct comparison {
	struct reader first, second;
	compare_fn *fn;
	void *cookie;
};

static int
tell(struct comparison *c, enum compare_type type, const struct item *a,
    const struct item *b)
{
	struct compare_event e;

	memset(&e, 0, sizeof(e));
	e.type = type;
	e.first = a;
	e.second = b;
	e.name = a != NULL ? a->name : b->name;
	return c->fn(c->cookie, &e);
}

/* Everything that the two manifests tell. */
static int
compare_manifests(
    struct comparison *c, const struct manifest *a, const struct manifest *b)
{
	const struct item *other;
	size_t i;

	for (i = 0; i < a->nitems; i++) {
		other = manifest_find(b, a->items[i]->name);
		if (other == NULL) {
			if (tell(c, COMPARE_GONE, a->items[i], NULL))
				return -1;
		} else if (compare_about(a->items[i], other, c->fn, c->cookie))
			return -1;
	}
	for (i = 0; i < b->nitems; i++) {
		if (manifest_find(a, b->items[i]->name) == NULL &&
		    tell(c, COMPARE_NEW, NULL, b->items[i]))
			return -1;
	}
	return 0;
}

static int
differs(const struct item *a, const struct item *b)
{

	return b != NULL &&
	       (a->size != b->size || strcmp(a->sha256, b->sha256) != 0);
}

/* Do the cells of both tables mean the same columns? */
static int
same_columns(const struct item_table *a, const struct item_table *b)
{
	size_t i;

	if (a->ncolumns != b->ncolumns)
		return 0;
	for (i = 0; i < a->ncolumns; i++) {
		if (strcmp(a->columns[i].name, b->columns[i].name) != 0 ||
		    a->columns[i].generated != b->columns[i].generated ||
		    a->columns[i].key != b->columns[i].key)
			return 0;
	}
	return 1;
}

static void
reader_close(struct reader *r)
{

	if (r->part != NULL)
		bundle_part_close(r->part);
	r->part = NULL;
	r->at = NULL;
}

/* Go to the item of that name; forward if it is ahead, else from the start. */
static enum outcome
reader_seek(struct reader *r, enum item_part part, const char *name)
{
	enum outcome outcome;
	int again, rc;

	for (again = 0; again < 2; again++) {
		if (r->part == NULL) {
			outcome = bundle_part_open(r->b, part, &r->part);
			if (outcome != OUTCOME_DONE) {
				r->part = NULL;
				return outcome;
			}
		}
		while ((rc = bundle_part_next(r->part, &r->at)) == 1) {
			if (strcmp(r->at->name, name) == 0)
				return OUTCOME_DONE;
		}
		reader_close(r);
		if (rc < 0)
			return OUTCOME_REFUSED;
	}
	return OUTCOME_REFUSED;
}

static enum outcome
compare_bytes(struct comparison *c, const struct item *a, const struct item *b)
{
	struct buf before = BUF_EMPTY, after = BUF_EMPTY;
	enum outcome outcome = OUTCOME_REFUSED;
	struct compare_event e;

	if (bundle_part_load(c->first.part, &before) ||
	    bundle_part_load(c->second.part, &after))
		goto done;
	memset(&e, 0, sizeof(e));
	e.type = COMPARE_BYTES;
	e.first = a;
	e.second = b;
	e.name = a->name;
	e.before = before.len > 0 ? before.data : "";
	e.before_len = before.len;
	e.after = after.len > 0 ? after.data : "";
	e.after_len = after.len;
	outcome = c->fn(c->cookie, &e) ? OUTCOME_FAILED : OUTCOME_DONE;
done:
	buf_wipe(&before);
	buf_wipe(&after);
	return outcome;
}

static enum outcome
compare_tables(struct comparison *c, const struct item *a, const struct item *b)
{
	int stopped;

	if (!same_columns(a->table, b->table))
		return tell(c, COMPARE_COLUMNS, a, b) ? OUTCOME_FAILED
						      : OUTCOME_DONE;
	if (compare_rows(c->first.part, c->second.part, a, b, c->fn, c->cookie,
		&stopped) == 0)
		return OUTCOME_DONE;
	return stopped ? OUTCOME_FAILED : OUTCOME_REFUSED;
}

/* The items of a part that both have and whose bytes differ. */
static enum outcome
compare_part(struct comparison *c, enum item_part part)
{
	const struct manifest *a = bundle_manifest(c->first.b);
	const struct manifest *b = bundle_manifest(c->second.b);
	enum outcome outcome = OUTCOME_DONE;
	const struct item *one, *two;
	size_t i;

	for (i = 0; i < a->nitems && outcome == OUTCOME_DONE; i++) {
		one = a->items[i];
		two = manifest_find(b, one->name);
		if (item_part(one->kind) != part || !differs(one, two))
			continue;
		outcome = reader_seek(&c->first, part, one->name);
		if (outcome == OUTCOME_DONE)
			outcome = reader_seek(&c->second, part, one->name);
		if (outcome == OUTCOME_DONE)
			outcome = one->kind == ITEM_TABLE
				      ? compare_tables(c, one, two)
				      : compare_bytes(c, one, two);
	}
	reader_close(&c->first);
	reader_close(&c->second);
	return outcome;
}

enum outcome
compare_bundles(
    struct bundle *first, struct bundle *second, compare_fn *fn, void *cookie)
{
	struct comparison c = { { first, NULL, NULL }, { second, NULL, NULL },
		fn, cookie };
	enum outcome outcome = OUTCOME_DONE;
	int part;

	if (compare_manifests(
		&c, bundle_manifest(first), bundle_manifest(second)))
		return OUTCOME_FAILED;
	for (part = 0; part < ITEM_PARTS && outcome == OUTCOME_DONE; part++)
		outcome = compare_part(&c, (enum item_part)part);
	return outcome;
}
