#include "tests/unit/virt_others.h"

#include "archive/fnv.h"
#include "tests/unit/said.h"

/* The changes of a plan, backwards: 0, or the first -1. */
static int
take_back(struct fixture *f)
{
	const struct plan_record *rec;
	size_t n = 0, i;
	int rc = 0;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1)
		n++;
	for (; rc == 0 && n > 0; n--) {
		assert_int_equal(plan_rewind(f->r.plan), 0);
		for (i = 0; i < n; i++)
			assert_int_equal(plan_next(f->r.plan, &rec), 1);
		if (rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE)
			rc = virt_unmake(&f->r, rec);
	}
	return rc;
}

/* Every change of the plan looks so. */
static void
all_look(struct fixture *f, enum step_state want)
{
	const struct plan_record *rec;
	struct buf why = BUF_EMPTY;
	enum step_state is;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1) {
		if (rec->type != PLAN_CREATE && rec->type != PLAN_CHANGE)
			continue;
		is = virt_look(&f->r, rec, &why);
		if (is != want)
			fail_msg("%s: state %d, not %d: %s", rec->item, (int)is,
			    (int)want, why.len > 0 ? why.data : "");
	}
	buf_free(&why);
}

/* The first change of the plan looks so, and says why. */
static void
first_looks(struct fixture *f, enum step_state want, const char *says)
{
	const struct plan_record *rec;
	struct buf why = BUF_EMPTY;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	do
		assert_int_equal(plan_next(f->r.plan, &rec), 1);
	while (rec->type != PLAN_CREATE && rec->type != PLAN_CHANGE);
	assert_int_equal(virt_look(&f->r, rec, &why), want);
	if (says != NULL && (why.len == 0 || !strstr(why.data, says)))
		fail_msg("%s: not in: %s", says, why.len ? why.data : "");
	buf_free(&why);
}

static void
said(const char *what)
{

	if (!said_any(what))
		fail_msg("%s: not said; last: %s", what, said_last());
	warn_forget();
}

/* All files of a folder with their names and bytes, in any order. */
static uint64_t tree_sum;

static int
sum_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	uint64_t h = fnv(FNV_START, path, strlen(path) + 1);
	FILE *file;
	char byte;
	int c;

	(void)ftw;
	h = fnv(h, &st->st_mode, sizeof(st->st_mode));
	if (type == FTW_F && (file = fopen(path, "re")) != NULL) {
		while ((c = getc(file)) != EOF) {
			byte = (char)c;
			h = fnv(h, &byte, 1);
		}
		fclose(file);
	}
	tree_sum += h;
	return 0;
}

static uint64_t
sum(const char *dir)
{

	tree_sum = 0;
	assert_int_equal(nftw(dir, sum_one, 16, FTW_PHYS), 0);
	return tree_sum;
}

/* Where this libvirt keeps its definitions. */
static uint64_t
kept(void)
{
	char dir[300];

	if (getenv("NOVARK_TEST_URI") != NULL)
		return sum("/etc/libvirt");
	snprintf(dir, sizeof(dir), "%s/etc", virt_node_embed.root);
	return sum(dir);
}

/* Make, again, take back, again; what libvirt keeps is what it was. */
static void
there_and_back(struct fixture *f)
{
	uint64_t before = kept(), after;

	all_look(f, STEP_BEFORE);
	assert_int_equal(take_back(f), 0);
	assert_true(kept() == before);
	assert_int_equal(apply(f), 0);
	all_look(f, STEP_AFTER);
	after = kept();
	assert_true(after != before);
	assert_int_equal(apply(f), 0);
	assert_true(kept() == after);
	assert_int_equal(take_back(f), 0);
	all_look(f, STEP_BEFORE);
	assert_int_equal(take_back(f), 0);
	assert_true(kept() == before);
}

static void
test_domains(void **state)
{
	struct fixture *f = *state;
	struct virt_object *was, *is;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	define_domain(&f->node, "b", UUID_B, OLD);
	assert_int_equal(virt_autostart(f->v, ITEM_DOMAIN, "a", 1), 0);
	take(&f->node);
	assert_int_equal(virt_undefine(f->v, ITEM_DOMAIN, "b"), 0);
	assert_int_equal(virt_autostart(f->v, ITEM_DOMAIN, "a", 0), 0);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "a", &was), 1);
	plan(f, "change domain:a xml\ncreate domain:b xml\n"
		"change domain:a autostart\n");
	there_and_back(f);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "a", &is), 1);
	assert_string_equal(is->xml, was->xml);
	virt_objects_free(is, 1);
	virt_objects_free(was, 1);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "b", &is), 0);
}

/* Somebody was here since: nothing is made and nothing taken back. */
static void
test_other(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	take(&f->node);
	plan(f, "change domain:a xml\n");
	assert_int_equal(apply(f), 0);
	define(&f->node, ITEM_DOMAIN, "a",
	    domain_xml("a", UUID_A, NEW, 131072, QEMU, "pc"));
	first_looks(f, STEP_OTHER, "its definition has changed");
	assert_int_equal(take_back(f), -1);
	said("domain:a: has changed since the plan was made: its definition "
	     "has changed");
	assert_int_equal(apply(f), -1);
	has(f, "a", ">131072<");
	virt_node_lose(&f->node);
	first_looks(f, STEP_OTHER, "it is not defined any more");
	assert_int_equal(take_back(f), -1);
	said("it is not defined any more");
	/* What was made and is gone is as it was before. */
	plan(f, "create domain:a xml\n");
	assert_int_equal(apply(f), 0);
	virt_node_lose(&f->node);
	first_looks(f, STEP_BEFORE, NULL);
	/* The name was given to another one. */
	define_domain(&f->node, "a", UUID_B, NEW);
	first_looks(f, STEP_OTHER, "its definition has changed");
}

/* What ran without a definition runs without one again. */
static void
test_transient(void **state)
{
	struct fixture *f = *state;
	struct virt_object *o;
	virConnectPtr c;
	virDomainPtr d;

	if (f == NULL)
		skip();
	c = test_host(f, "domain:passing");
	d = passing(c);
	take(&f->node);
	plan(f, "note domain:passing =running\n"
		"change domain:passing xml persistent\n"
		"note domain:passing =unknown-hardware\n");
	first_looks(f, STEP_BEFORE, NULL);
	assert_int_equal(apply(f), 0);
	first_looks(f, STEP_AFTER, NULL);
	assert_int_equal(take_back(f), 0);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "passing", &o), 1);
	assert_true(!o->persistent && o->active);
	virt_objects_free(o, 1);
	first_looks(f, STEP_BEFORE, NULL);
	/* It ended: nothing is left that could be put back. */
	assert_int_equal(apply(f), 0);
	assert_int_equal(virDomainDestroy(d), 0);
	first_looks(f, STEP_AFTER, NULL);
	assert_int_equal(take_back(f), 0);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "passing", &o), 0);
	first_looks(f, STEP_BEFORE, NULL);
	shut(f);
	(void)virDomainFree(d);
	(void)virConnectClose(c);
	virt_close(f->v);
}

/* A state that was saved since is not thrown away. */
static void
test_saved(void **state)
{
	struct fixture *f = *state;
	virConnectPtr c;
	virDomainPtr d;

	if (f == NULL)
		skip();
	c = test_host(f, "domain:s");
	d = virDomainDefineXML(c,
	    "<domain type='test'><name>s</name><memory>1024</memory>"
	    "<os><type>hvm</type></os></domain>");
	assert_non_null(d);
	take(&f->node);
	assert_int_equal(virDomainUndefine(d), 0);
	(void)virDomainFree(d);
	plan(f, "create domain:s xml\nnote domain:s =unknown-hardware\n");
	assert_int_equal(apply(f), 0);
	assert_non_null(d = virDomainLookupByName(c, "s"));
	assert_int_equal(virDomainCreate(d), 0);
	assert_int_equal(virDomainManagedSave(d, 0), 0);
	assert_int_equal(take_back(f), -1);
	said("libvirt does not undefine domain:s: ");
	assert_int_equal(virDomainHasManagedSaveImage(d, 0), 1);
	assert_int_equal(virDomainManagedSaveRemove(d, 0), 0);
	assert_int_equal(take_back(f), 0);
	shut(f);
	(void)virDomainFree(d);
	(void)virConnectClose(c);
	virt_close(f->v);
}

/* A secret's values: one that was another, one that was not set, one that
 * nobody is given. */
static void
secrets(struct fixture *f)
{
	struct virt_node *n = &f->node;
	const char *const uuid = SECRET_A;
	struct virt_object *o;

	f->only[0] = "secret:*1";
	assert_int_equal(virt_secret_value(n->v, uuid, "YW5kZXJz"), 0);
	f->opt.on_drift = ON_DRIFT_REPLAY;
	plan(f, "change secret:" SECRET_A " value(secret)\n");
	there_and_back(f);
	assert_int_equal(apply(f), 0);
	assert_int_equal(virt_secret_value(n->v, uuid, "bm9jaG1hbA=="), 0);
	first_looks(f, STEP_OTHER, "its value has changed");
	assert_int_equal(take_back(f), -1);

	assert_int_equal(virt_undefine(n->v, ITEM_SECRET, uuid), 0);
	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	plan(f, "change secret:" SECRET_A " xml value(secret)\n");
	there_and_back(f);
	/* The undo was cut between undefine and define. */
	assert_int_equal(virt_undefine(n->v, ITEM_SECRET, uuid), 0);
	first_looks(f, STEP_HALF, NULL);
	assert_int_equal(take_back(f), 0);
	assert_int_equal(virt_get(n->v, ITEM_SECRET, uuid, &o), 1);
	assert_null(o->value);
	virt_objects_free(o, 1);
	assert_int_equal(virt_undefine(n->v, ITEM_SECRET, uuid), 0);
	assert_int_equal(apply(f), 0);
	first_looks(f, STEP_AFTER, NULL);

	/* Made, but cut before its value was set. */
	assert_int_equal(virt_undefine(n->v, ITEM_SECRET, uuid), 0);
	plan(f, "create secret:" SECRET_A " xml value(secret)\n");
	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	first_looks(f, STEP_HALF, NULL);
	assert_int_equal(apply(f), 0);
	first_looks(f, STEP_AFTER, NULL);
	assert_int_equal(virt_undefine(n->v, ITEM_SECRET, uuid), 0);
	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	assert_int_equal(take_back(f), 0);
	first_looks(f, STEP_BEFORE, NULL);

	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "yes", "u1"));
	assert_int_equal(virt_secret_value(n->v, uuid, "YW5kZXJz"), 0);
	f->opt.on_drift = ON_DRIFT_STOP;
	plan(f, "drift secret:" SECRET_A "\n");
	f->opt.on_drift = ON_DRIFT_REPLAY;
	plan(f, "drift secret:" SECRET_A "\n");
	f->opt.on_drift = ON_DRIFT_KEEP;
	plan(f, "");
	f->opt.on_drift = ON_DRIFT_STOP;
	f->only[0] = NULL;
}

static void
test_others(void **state)
{
	struct fixture *f = *state;
	struct virt_node *n;

	if (f == NULL)
		skip();
	if (!embed_lacks())
		return;
	n = &f->node;
	others_there(n);
	take(n);
	plan(f, OTHERS_CHANGE);
	there_and_back(f);
	virt_node_lose(n);
	plan(f, OTHERS_CREATE);
	there_and_back(f);
	assert_int_equal(apply(f), 0);
	secrets(f);
}

/* Records that no plan makes. */
static void
test_bad_records(void **state)
{
	struct plan_cell cells[] = { { "xml", NULL, 0, "<a/>", 2, 0 },
		{ "persistent", "0", 1, "1", 1, 0 } };
	struct plan_record rec = { .type = PLAN_CREATE,
		.kind = ITEM_DOMAIN,
		.item = "domain:a",
		.cells = cells,
		.ncells = 1 };
	struct fixture *f = *state;
	struct buf why = BUF_EMPTY;

	if (f == NULL)
		skip();
	f->r.virt = f->v;
	assert_int_equal(virt_look(&f->r, &rec, &why), STEP_FAILED);
	said("domain:a: is no change of a definition");
	rec.cells = &cells[1];
	assert_int_equal(virt_make(&f->r, &rec), -1);
	cells[0].after = NULL;
	rec.cells = cells;
	assert_int_equal(virt_unmake(&f->r, &rec), -1);
	rec.kind = ITEM_FILE;
	rec.ncells = 0;
	assert_int_equal(virt_unmake(&f->r, &rec), -1);
	warn_forget();
	f->r.virt = NULL;
}

int
main(int argc, char *argv[])
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_domains),
		TEST(test_other),
		TEST(test_transient),
		TEST(test_saved),
		TEST(test_bad_records),
		TEST(test_others),
	};

	(void)argc;
	return embed_run(
	    argv, tests, sizeof(tests) / sizeof(tests[0]), virt_node_end);
}
