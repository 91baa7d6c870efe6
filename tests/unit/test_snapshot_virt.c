#include "tests/unit/virt_node.h"

struct fixture {
	struct virt_node node;
	struct bundle *bundle;
	const struct manifest *m;
};

static int
setup(void **state)
{
	struct fixture *f;

	assert_non_null(f = calloc(1, sizeof(*f)));
	*state = f;
	if (virt_node_make(&f->node) == 0)
		return 0;
	free(f);
	*state = NULL;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		return 0;
	bundle_close(f->bundle);
	virt_node_remove(&f->node);
	free(f);
	return 0;
}

static void
look(struct fixture *f)
{

	take(&f->node);
	bundle_close(f->bundle);
	assert_int_equal(
	    bundle_open(f->node.bundle,
		&(struct bundle_keys){ .trust = f->node.pub }, &f->bundle),
	    OUTCOME_DONE);
	assert_int_equal(bundle_check(f->bundle), OUTCOME_DONE);
	f->m = bundle_manifest(f->bundle);
}

/* All item names, each with a blank behind it. */
static const char *
names(const struct fixture *f)
{
	static char text[4096];
	size_t i;

	text[0] = '\0';
	for (i = 0; i < f->m->nitems; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    "%s ", f->m->items[i]->name);
	return text;
}

static const struct item *
item(const struct fixture *f, const char *name)
{
	const struct item *i = manifest_find(f->m, name);

	if (i == NULL)
		fail_msg("no %s", name);
	return i;
}

/* The warning of an item that holds the text? */
static int
warned(const struct fixture *f, const char *name, const char *text)
{
	size_t i;

	for (i = 0; i < f->m->nwarnings; i++)
		if (f->m->warnings[i].item != NULL &&
		    strcmp(f->m->warnings[i].item, name) == 0 &&
		    strstr(f->m->warnings[i].text, text) != NULL)
			return 1;
	return 0;
}

/* Warnings, but for those that tell what the operator left out. */
static size_t
nwarned(const struct fixture *f)
{
	size_t i, n = 0;

	for (i = 0; i < f->m->nwarnings; i++)
		n += strstr(f->m->warnings[i].text, "the operator") == NULL;
	return n;
}

/* nova's file beside a domain. */
static void
leave(struct fixture *f, const char *folder, const char *xml)
{
	char path[128];

	snprintf(path, sizeof(path), "/var/lib/nova/instances/%s/libvirt.xml",
	    folder);
	tree_file(&f->node.tree, path, xml);
}

#define LEFT "file:/var/lib/nova/instances/"

static void
test_domains(void **state)
{
	struct fixture *f = *state;
	struct buf xml = BUF_EMPTY;
	const struct item *i;

	if (f == NULL)
		skip();
	define_domain(&f->node, "b", UUID_B, "10.2.116.14");
	define_domain(&f->node, "a", UUID_A, "10.2.116.14");
	assert_int_equal(virt_autostart(f->node.v, ITEM_DOMAIN, "b", 1), 0);
	look(f);
	assert_string_equal(names(f), "domain:a domain:b ");
	i = item(f, "domain:a");
	assert_string_equal(i->path, "domains/a.xml");
	assert_string_equal(i->virt->uuid, UUID_A);
	assert_true(i->virt->persistent && !i->virt->active);
	assert_false(i->virt->autostart);
	assert_null(i->virt->source);
	assert_null(i->virt->file);
	assert_true(item(f, "domain:b")->virt->autostart);
	assert_non_null(strstr(f->m->hypervisor, "libvirt "));
	assert_non_null(strstr(f->m->hypervisor, "it has no secrets"));
	assert_int_equal(nwarned(f), 0);
	assert_int_equal(
	    bundle_load(f->bundle, "domain:a", &xml), OUTCOME_DONE);
	assert_non_null(strstr(xml.data, "<name>a</name>"));
	buf_free(&xml);
}

/* What a name must not hold in a path is written as %XX, there alone. */
static void
test_names(void **state)
{
	static const struct {
		const char *name, *path;
	} rows[] = {
		{ "50%", "domains/50%25.xml" },
		{ "a b", "domains/a b.xml" },
		{ "back\\slash", "domains/back%5Cslash.xml" },
		{ ".hidden", "domains/.hidden.xml" },
		{ "\xc3\xa4", "domains/\xc3\xa4.xml" },
		{ "a:b", "domains/a:b.xml" },
	};
	struct fixture *f = *state;
	char name[64], uuid[64];
	size_t i;

	if (f == NULL)
		skip();
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(uuid, sizeof(uuid),
		    "e8f73117-1a19-4d3e-a8d5-0000000000%02zu", i);
		define_domain(&f->node, rows[i].name, uuid, "10.2.116.14");
	}
	look(f);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(name, sizeof(name), "domain:%s", rows[i].name);
		assert_string_equal(item(f, name)->path, rows[i].path);
	}
}

static void
test_picked(void **state)
{
	const char *only[] = { "domain:a*", NULL };
	const char *except[] = { "domain:ab", NULL };
	const char *other[] = { "file:*", NULL };
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, "10.2.116.14");
	define_domain(&f->node, "ab", UUID_B, "10.2.116.14");
	define_domain(&f->node, "c", UUID_C, "10.2.116.14");
	leave(f, "c", domain_at("c", UUID_C, "10.2.116.14"));
	f->node.snap.only = only;
	f->node.snap.except = except;
	look(f);
	assert_string_equal(names(f), "domain:a ");
	f->node.snap.only = other;
	f->node.snap.except = NULL;
	look(f);
	assert_string_equal(names(f), "");
	/* A kind that is left out as a whole; its files tell of nothing lost.
	 */
	f->node.snap.only = NULL;
	except[0] = "domain:*";
	f->node.snap.except = except;
	look(f);
	assert_string_equal(names(f), "");
	assert_int_equal(nwarned(f), 0);
	/* One that is left out is not taken for lost. */
	f->node.snap.only = NULL;
	except[0] = "domain:c";
	f->node.snap.except = except;
	look(f);
	assert_string_equal(names(f), "domain:a domain:ab ");
	assert_int_equal(nwarned(f), 0);
}

static void
test_lost(void **state)
{
	struct fixture *f = *state;
	const struct item *i;
	struct buf xml = BUF_EMPTY;
	const char *left;

	if (f == NULL)
		skip();
	define_domain(&f->node, "m", UUID_A, "10.2.116.14");
	leave(f, "m", domain_at("m", UUID_A, "10.2.116.14"));
	left = domain_at("z", UUID_B, "10.2.116.14");
	leave(f, "z", left);
	/* Named by uuid, as later novas do; without a uuid inside. */
	leave(f, UUID_C,
	    "<domain type='qemu'>\n <name> c </name>"
	    "<memory>1</memory></domain>");
	leave(f, "no-xml", "<domain");
	leave(f, "no-domain", "<network><name>n</name></network>");
	leave(f, "no-name", "<domain type='qemu'/>");
	leave(f, "doctype", "<!DOCTYPE a><domain><name>x</name></domain>");
	tree_file(&f->node.tree, "/var/lib/nova/instances/locks", "");
	f->node.snap.no_files = 0;
	look(f);
	i = item(f, "domain:z");
	assert_string_equal(
	    i->virt->source, "/var/lib/nova/instances/z/libvirt.xml");
	assert_string_equal(i->virt->file, LEFT "z/libvirt.xml");
	assert_string_equal(i->virt->uuid, UUID_B);
	assert_true(i->virt->persistent && !i->virt->autostart);
	assert_true(warned(f, "domain:z", "libvirt has lost domain z"));
	/* The bytes as they are. */
	assert_int_equal(
	    bundle_load(f->bundle, "domain:z", &xml), OUTCOME_DONE);
	assert_string_equal(xml.data, left);
	buf_free(&xml);
	i = item(f, "domain:c");
	assert_null(i->virt->uuid);
	assert_string_equal(i->path, "domains/c.xml");
	i = item(f, "domain:m");
	assert_null(i->virt->source);
	assert_string_equal(i->virt->file, LEFT "m/libvirt.xml");
	assert_true(warned(f, LEFT "no-xml/libvirt.xml", "no definition"));
	assert_true(warned(f, LEFT "no-domain/libvirt.xml", "no definition"));
	assert_true(warned(f, LEFT "no-name/libvirt.xml", "no definition"));
	assert_true(warned(f, LEFT "doctype/libvirt.xml", "no definition"));
	assert_null(manifest_find(f->m, "domain:x"));
	/* In order: libvirt's and those that it lost, by name. */
	assert_non_null(strstr(names(f), "domain:c domain:m domain:z "));
}

static void
test_lost_twice(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "here", UUID_A, "10.2.116.14");
	/* Of an instance that was renamed: cannot be defined beside it. */
	leave(f, "old", domain_at("old", UUID_A, "10.2.116.14"));
	/* Before and after a resize. */
	leave(f, "r", domain_at("r", UUID_B, "10.2.116.14"));
	leave(f, "r_resize", domain_at("r", UUID_B, "10.2.116.15"));
	leave(f, "here", domain_at("here", UUID_C, "10.2.116.14"));
	f->node.snap.no_files = 0;
	look(f);
	assert_null(manifest_find(f->m, "domain:old"));
	assert_true(warned(f, LEFT "old/libvirt.xml", "uuid of domain here"));
	assert_string_equal(item(f, "domain:r")->virt->source,
	    "/var/lib/nova/instances/r/libvirt.xml");
	assert_true(warned(f, LEFT "r_resize/libvirt.xml", "which counts"));
	assert_true(warned(f, LEFT "here/libvirt.xml", "libvirt has it with"));
	assert_null(item(f, "domain:here")->virt->source);
}

/* A domain runs without a definition: the test driver can do that. */
static void
test_running(void **state)
{
	struct fixture *f = *state;
	struct virt_node *n;

	if (f == NULL)
		skip();
	n = &f->node;
	n->snap.connect = "test:///default";
	look(f);
	assert_true(item(f, "domain:test")->virt->active);
	assert_true(item(f, "network:default")->virt->active);
	assert_true(item(f, "pool:default-pool")->virt->active);
	assert_non_null(
	    strstr(f->m->hypervisor, "it has no secrets, nwfilters"));
	assert_string_equal(
	    names(f), "network:default pool:default-pool domain:test ");
}

#define SECRET_A "11111111-2222-3333-4444-000000000001"
#define SECRET_B "11111111-2222-3333-4444-000000000002"
#define SECRET_C "11111111-2222-3333-4444-000000000003"
#define SECRET(uuid, private)                                                  \
	"<secret ephemeral='no' private='" private "'><uuid>" uuid             \
						   "</uuid><usage "            \
						   "type='iscsi'><"            \
						   "target>" uuid              \
						   "</target></usage></"       \
						   "secret>"

static void
test_others(void **state)
{
	struct fixture *f = *state;
	struct virt_node *n;
	const struct item *i;

	if (f == NULL)
		skip();
	if (!embed_lacks())
		return;
	n = &f->node;
	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "no"));
	define(n, ITEM_SECRET, "b", SECRET(SECRET_B, "yes"));
	define(n, ITEM_SECRET, "c", SECRET(SECRET_C, "no"));
	assert_int_equal(virt_secret_value(n->v, SECRET_A, "aGFsbG8="), 0);
	assert_int_equal(virt_secret_value(n->v, SECRET_B, "aGFsbG8="), 0);
	assert_int_equal(virt_secret_value(n->v, SECRET_A, "kein!"), -1);
	define(n, ITEM_NWFILTER, "z",
	    "<filter name='z'><rule action='drop' direction='in'/></filter>");
	define(n, ITEM_NWFILTER, "a",
	    "<filter name='a'><filterref filter='z'/></filter>");
	define(n, ITEM_NETWORK, "n e t",
	    "<network><name>n e t</name><bridge name='virbr90'/></network>");
	assert_int_equal(virt_autostart(n->v, ITEM_NETWORK, "n e t", 1), 0);
	define(n, ITEM_POOL, "p",
	    "<pool type='dir'><name>p</name><target><path>/tmp</path></target>"
	    "</pool>");
	define_domain(n, "d", UUID_A, "10.2.116.14");
	look(f);
	assert_string_equal(names(f),
	    "secret:" SECRET_A " secret:" SECRET_B " secret:" SECRET_C
	    " nwfilter:z nwfilter:a network:n e t pool:p domain:d ");
	i = item(f, "secret:" SECRET_A);
	assert_true(i->virt->has_value && !i->virt->is_private);
	assert_int_equal(i->virt->value_size, strlen("aGFsbG8="));
	assert_string_equal(i->path, "secrets/" SECRET_A ".xml");
	i = item(f, "secret:" SECRET_B);
	assert_true(!i->virt->has_value && i->virt->is_private);
	assert_true(warned(f, i->name, "private"));
	i = item(f, "secret:" SECRET_C);
	assert_true(!i->virt->has_value && !i->virt->is_private);
	assert_int_equal(nwarned(f), 1);
	assert_true(item(f, "network:n e t")->virt->autostart);
	assert_null(strstr(f->m->hypervisor, "it has no"));
}

int
main(int argc, char *argv[])
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_domains),
		TEST(test_names),
		TEST(test_picked),
		TEST(test_lost),
		TEST(test_lost_twice),
		TEST(test_running),
		TEST(test_others),
	};

	(void)argc;
	return embed_run(
	    argv, tests, sizeof(tests) / sizeof(tests[0]), virt_node_end);
}
