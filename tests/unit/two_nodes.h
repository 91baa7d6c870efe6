#ifndef TESTS_TWO_NODES_H
#define TESTS_TWO_NODES_H

#include "tests/unit/keys.h"
#include "tests/unit/tree.h"

#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"
#include "restore/journal/step.h"
#include "restore/restore.h"
#include "tests/unit/plan_word.h"

/* The files of two nodes, the bundle of the first, and a restore of it onto the
 * second; neither libvirt nor a database.  One a test. */
struct fixture {
	struct tree tree, here, there;
	char key[600], pub[600], bundle[600];
	struct snapshot_options snap;
	struct restore_options opt;
	const char *maps[4], *only[3], *leave[3], *also[3];
	struct bundle *b;         /* the bundle when a test opens it, too */
	const struct manifest *m; /* of it */
	struct restore r;
	int open;
	char said[65536]; /* the plan, a record a line */
};

static inline void
fixture_node(struct tree *t, const struct tree *in, const char *name)
{

	snprintf(t->dir, sizeof(t->dir), "%.400s/%s", in->dir, name);
	assert_int_equal(mkdir(t->dir, 0755), 0);
}

/* With ${rule} as the map. */
static inline struct fixture *
fixture_make(void **state, const char *rule)
{
	struct fixture *f;
	char name[560];

	assert_non_null(f = calloc(1, sizeof(*f)));
	tree_make(&f->tree);
	fixture_node(&f->here, &f->tree, "here");
	fixture_node(&f->there, &f->tree, "there");
	snprintf(name, sizeof(name), "%s/k", f->tree.dir);
	assert_int_equal(keys_make(name), 0);
	snprintf(f->key, sizeof(f->key), "%s.key", name);
	snprintf(f->pub, sizeof(f->pub), "%s.pub", name);
	snprintf(f->bundle, sizeof(f->bundle), "%s/b", f->tree.dir);
	f->snap.output = f->opt.bundle = f->bundle;
	f->snap.key = f->key;
	f->snap.root = f->here.dir;
	f->snap.force = 1;
	f->snap.no_libvirt = f->snap.no_database = 1;
	f->opt.trust = f->pub;
	f->opt.root = f->there.dir;
	f->opt.maps = f->maps;
	f->opt.only = f->only;
	f->opt.except = f->leave;
	f->opt.also = f->also;
	f->opt.no_libvirt = f->opt.no_database = 1;
	f->maps[0] = rule;
	warn_forget();
	*state = f;
	return f;
}

static inline void
shut(struct fixture *f)
{

	if (f->open)
		restore_close(&f->r);
	memset(&f->r, 0, sizeof(f->r));
	f->open = 0;
}

/* A restore is open, its plan empty. */
static inline void
start(struct fixture *f)
{

	shut(f);
	assert_int_equal(restore_open(&f->opt, &f->r), OUTCOME_DONE);
	f->open = 1;
	assert_non_null(f->r.plan = plan_new());
}

/* Do what the plan says of files: 0, or the first -1. */
static inline int
apply(struct fixture *f)
{
	const struct plan_record *rec;
	int rc = 0;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (rc == 0 && plan_next(f->r.plan, &rec) == 1)
		if (rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE)
			rc = file_make(&f->r, rec);
	return rc;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	shut(f);
	bundle_close(f->b);
	tree_remove(&f->tree);
	free(f);
	warn_forget();
	return 0;
}

static inline void
snapshot(struct fixture *f)
{
	struct snapshot_result result;

	assert_int_equal(snapshot_take(&f->snap, &result), OUTCOME_DONE);
	snapshot_result_free(&result);
}

#endif
