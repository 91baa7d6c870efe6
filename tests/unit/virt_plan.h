#ifndef TESTS_UNIT_VIRT_PLAN_H
#define TESTS_UNIT_VIRT_PLAN_H

#include "tests/unit/virt_node.h"

#include <libvirt/libvirt.h>

#include "restore/facts/facts.h"
#include "restore/journal/step.h"
#include "restore/restore.h"
#include "tests/unit/plan_word.h"

/**
 * virt_plan: a bundle of a virt_node, and its plan against the same libvirt, in
 * words.
 */
struct fixture {
	struct virt_node node;
	struct restore_options opt;
	const char *maps[4], *only[3], *leave[3], *also[3];
	struct virt *v; /* what is planned against */
	struct restore r;
	int open;
	char said[16384]; /* the plan, a record a line */
};

static inline int
setup(void **state)
{
	struct fixture *f;

	assert_non_null(f = calloc(1, sizeof(*f)));
	*state = NULL;
	if (virt_node_make(&f->node)) {
		free(f);
		return 0;
	}
	f->opt.bundle = f->node.bundle;
	f->opt.trust = f->node.pub;
	f->opt.root = f->node.tree.dir;
	f->v = f->node.v;
	f->opt.maps = f->maps;
	f->opt.only = f->only;
	f->opt.except = f->leave;
	f->opt.also = f->also;
	f->opt.no_files = f->opt.no_libvirt = f->opt.no_database = 1;
	f->maps[0] = "10.2.116.14=10.2.15.3";
	*state = f;
	return 0;
}

static inline void
shut(struct fixture *f)
{

	f->r.virt = NULL;
	if (f->open)
		restore_close(&f->r);
	memset(&f->r, 0, sizeof(f->r));
	f->open = 0;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		return 0;
	shut(f);
	virt_node_remove(&f->node);
	free(f);
	return 0;
}

/* Put the plan into words: "change domain:a place =name xml autostart". */
static inline void
read_plan(struct fixture *f)
{
	const struct plan_record *rec;
	size_t at = 0, i, size = sizeof(f->said);

	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1) {
		at += (size_t)snprintf(f->said + at, size - at, "%s %s%s%s%s%s",
		    plan_word(rec->type), rec->item,
		    rec->place != NULL ? " " : "",
		    rec->place != NULL ? rec->place : "",
		    rec->name != NULL ? " =" : "",
		    rec->name != NULL ? rec->name : "");
		for (i = 0; i < rec->ncells; i++)
			at += (size_t)snprintf(f->said + at, size - at, " %s%s",
			    rec->cells[i].name,
			    rec->cells[i].secret ? "(secret)" : "");
		at += (size_t)snprintf(f->said + at, size - at, "\n");
	}
}

static inline void
plan(struct fixture *f, const char *want)
{

	shut(f);
	assert_int_equal(restore_open(&f->opt, &f->r), OUTCOME_DONE);
	f->open = 1;
	f->r.virt = f->v;
	/* No libvirt was opened for it: facts are asked of the same one. */
	f->r.facts->virt = f->v;
	f->r.facts->capabilities = virt_capabilities(f->v);
	assert_non_null(f->r.plan = plan_new());
	assert_int_equal(plan_virt(&f->r), OUTCOME_DONE);
	read_plan(f);
	assert_string_equal(f->said, want);
}

/* The first cell of the first record of that item: its new value, copied. */
static inline char *
after(struct fixture *f, const char *item)
{
	const struct plan_record *rec;
	char *s = NULL;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (s == NULL && plan_next(f->r.plan, &rec) == 1)
		if (strcmp(rec->item, item) == 0 && rec->ncells > 0)
			s = strndup(
			    rec->cells[0].after, rec->cells[0].after_len);
	assert_non_null(s);
	return s;
}

/* Do what the plan says: 0, or the first -1. */
static inline int
apply(struct fixture *f)
{
	const struct plan_record *rec;
	int rc = 0;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (rc == 0 && plan_next(f->r.plan, &rec) == 1)
		if (rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE)
			rc = virt_make(&f->r, rec);
	return rc;
}

/* What a scan after the restore adds to the plan. */
static inline void
leftovers(struct fixture *f, const char *want)
{

	plan_free(f->r.plan);
	assert_non_null(f->r.plan = plan_new());
	assert_int_equal(leftover_virt(&f->r), 0);
	read_plan(f);
	assert_string_equal(f->said, want);
}

static inline void
lacks(const struct fixture *f, const char *name, const char *text)
{
	struct virt_object *o;

	assert_int_equal(virt_get(f->node.v, ITEM_DOMAIN, name, &o), 1);
	assert_null(strstr(o->xml, text));
	virt_objects_free(o, 1);
}

static inline void
has(const struct fixture *f, const char *name, const char *text)
{
	struct virt_object *o;

	assert_int_equal(virt_get(f->node.v, ITEM_DOMAIN, name, &o), 1);
	assert_non_null(strstr(o->xml, text));
	virt_objects_free(o, 1);
}

#define OLD    "10.2.116.14"
#define NEW    "10.2.15.3"
#define LISTEN "/domain/devices/graphics/@listen"

/* libvirt's own test driver in the place of the node's, for that item only. */
static inline virConnectPtr
test_host(struct fixture *f, const char *only)
{
	virConnectPtr c;

	f->node.snap.connect = "test:///default";
	f->only[0] = only;
	f->maps[0] = "keep 10.0.0.1";
	assert_non_null(f->v = virt_open("test:///default"));
	assert_non_null(c = virConnectOpen("test:///default"));
	return c;
}

/* A domain there that runs without a definition. */
static inline virDomainPtr
passing(virConnectPtr c)
{
	virDomainPtr d;

	d = virDomainCreateXML(c,
	    "<domain type='test'><name>passing</name><memory>1024</memory>"
	    "<os><type>hvm</type></os></domain>",
	    0);
	assert_non_null(d);
	return d;
}

#endif
