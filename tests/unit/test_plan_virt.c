#include "tests/unit/virt_others.h"

/* All gone: made anew, autostart behind all definitions; then nothing to do. */
static void
test_create(void **state)
{
	struct fixture *f = *state;
	char *xml;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	define_domain(&f->node, "b", UUID_B, OLD);
	assert_int_equal(virt_autostart(f->node.v, ITEM_DOMAIN, "a", 1), 0);
	take(&f->node);
	virt_node_lose(&f->node);
	plan(f, "create domain:a xml\ncreate domain:b xml\n"
		"change domain:a autostart\n");
	xml = after(f, "domain:a");
	assert_non_null(strstr(xml, "listen='" NEW "'"));
	assert_non_null(strstr(xml, "address='" NEW "'"));
	assert_null(strstr(xml, OLD));
	free(xml);
	assert_int_equal(apply(f), 0);
	has(f, "a", "listen='" NEW "'");
	plan(f, "");
	leftovers(f, "");
	/* A change of autostart alone. */
	assert_int_equal(virt_autostart(f->node.v, ITEM_DOMAIN, "b", 1), 0);
	plan(f, "change domain:b autostart\n");
	f->opt.on_drift = ON_DRIFT_KEEP;
	plan(f, "");
}

/* As captured: only what the map changes is changed. */
static void
test_change(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	define_domain(&f->node, "decoy", UUID_B, "10.2.116.140");
	take(&f->node);
	plan(f, "change domain:a xml\n");
	leftovers(f, "leftover domain:a " LISTEN " =leftover\n"
		     "leftover domain:a /domain/devices/graphics/listen/"
		     "@address =leftover\n");
	plan(f, "change domain:a xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "a", NEW);
	has(f, "decoy", "10.2.116.140");
	plan(f, "");
	leftovers(f, "");
}

/* Someone gave it more memory: that stays. */
static void
test_untouched(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	take(&f->node);
	define(&f->node, ITEM_DOMAIN, "a",
	    domain_xml("a", UUID_A, OLD, 131072, QEMU, "pc"));
	plan(f, "change domain:a xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "a", ">131072<");
	has(f, "a", NEW);
	plan(f, "");
}

static void
test_drift(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	take(&f->node);
	define(&f->node, ITEM_DOMAIN, "a",
	    domain_xml("a", UUID_A, "10.9.9.9", 131072, QEMU, "pc"));
	plan(f, "drift domain:a " LISTEN "\n");
	f->opt.on_drift = ON_DRIFT_KEEP;
	plan(f, "note domain:a " LISTEN " =drift\n");
	f->opt.on_drift = ON_DRIFT_REWRITE;
	plan(f, "note domain:a " LISTEN " =drift\n");
	f->opt.on_drift = ON_DRIFT_REPLAY;
	plan(f, "note domain:a " LISTEN " =drift\nchange domain:a xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "a", NEW);
	has(f, "a", ">65536<");
	f->opt.on_drift = ON_DRIFT_STOP;
	plan(f, "");
}

static void
test_identity(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	define_domain(&f->node, "b", UUID_B, OLD);
	take(&f->node);
	virt_node_lose(&f->node);
	define_domain(&f->node, "a", UUID_C, NEW);
	define_domain(&f->node, "other", UUID_B, NEW);
	plan(f, "finding domain:a =other-identity\n"
		"finding domain:b =other-identity\n");
	f->leave[0] = "domain:a";
	f->leave[1] = "domain:b";
	plan(f, "");
}

static void
test_pick(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	define_domain(&f->node, "b", UUID_B, OLD);
	take(&f->node);
	f->only[0] = "domain:b";
	plan(f, "change domain:b xml\n");
	leftovers(f, "leftover domain:b " LISTEN " =leftover\n"
		     "leftover domain:b /domain/devices/graphics/listen/"
		     "@address =leftover\n");
}

/* From the libvirt.xml that nova left, for another emulator and machine. */
static void
test_lost(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	tree_file(&f->node.tree, "/var/lib/nova/instances/x/libvirt.xml",
	    domain_xml("x", UUID_A, OLD, 65536, "/usr/bin/no-kvm", "pc-1.0"));
	tree_file(&f->node.tree, "/var/lib/nova/instances/y/libvirt.xml",
	    domain_xml("y", UUID_B, OLD, 65536, "/usr/bin/no-kvm", "pc-1.0"));
	take(&f->node);
	/* Two of a sort: told once. */
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"note domain:y =lost\ncreate domain:y xml\n"
		"finding domain:x =emulator\nfinding domain:x =machine\n");
	f->maps[1] = "path /usr/bin/no-kvm = " QEMU;
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"note domain:y =lost\ncreate domain:y xml\n"
		"finding domain:x =machine\n");
	f->maps[2] = "machine pc-1.0 = pc";
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"note domain:y =lost\ncreate domain:y xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "x", NEW);
	has(f, "x", QEMU);
	plan(f, "");
	leftovers(f, "");
}

static void
test_unknown_type(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	tree_file(&f->node.tree, "/var/lib/nova/instances/x/libvirt.xml",
	    "<domain type='xen'><name>x</name><memory>1024</memory>"
	    "<os><type arch='x86_64'>hvm</type></os></domain>");
	take(&f->node);
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"finding domain:x =virt-type\n");
	/* verify does not ask what only a write would need. */
	f->r.reading = 1;
	plan_free(f->r.plan);
	assert_non_null(f->r.plan = plan_new());
	assert_int_equal(plan_virt(&f->r), OUTCOME_DONE);
	read_plan(f);
	assert_string_equal(
	    f->said, "note domain:x =lost\ncreate domain:x xml\n");
}

/* What this libvirt does not know is told once for each kind. */
static void
test_unsupported(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	f->node.snap.connect = "test:///default";
	take(&f->node);
	f->leave[0] = "domain:*";
	plan(f, "finding network:* =unsupported\n"
		"finding pool:* =unsupported\n");
	f->leave[1] = "network:*";
	plan(f, "finding pool:* =unsupported\n");
}

/* A domain that runs: only its definition changes, and that is said. */
static void
test_running(void **state)
{
	struct fixture *f = *state;
	struct virt_object *o;

	if (f == NULL)
		skip();
	f->node.snap.connect = "test:///default";
	assert_non_null(f->v = virt_open("test:///default"));
	assert_int_equal(
	    virt_define(f->v, ITEM_DOMAIN, "test",
		"<domain type='test'><name>test</name>"
		"<uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>"
		"<memory>1024</memory><os><type>hvm</type></os>"
		"<devices><emulator>/opt/qemu</emulator></devices></domain>"),
	    0);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "test", &o), 1);
	assert_true(o->active);
	virt_objects_free(o, 1);
	take(&f->node);
	f->only[0] = "domain:*";
	plan(f, "");
	f->maps[1] = "path /opt/qemu = /usr/bin/test-hv";
	plan(f, "note domain:test =running\nchange domain:test xml\n"
		"note domain:test =unknown-hardware\n");
	shut(f);
	virt_close(f->v);
}

static const char *
value_of(struct fixture *f, const char *uuid)
{
	static char value[64];
	struct virt_object *o;

	assert_int_equal(virt_get(f->node.v, ITEM_SECRET, uuid, &o), 1);
	snprintf(value, sizeof(value), "%s", o->value != NULL ? o->value : "");
	virt_objects_free(o, 1);
	return value;
}

/* Secrets: a value that is another one here was set by someone. */
static void
secrets(struct fixture *f)
{

	f->only[0] = "secret:*";
	assert_int_equal(virt_secret_value(f->node.v, SECRET_A, "YW5kZXJz"), 0);
	plan(f, "drift secret:" SECRET_A "\n");
	f->opt.on_drift = ON_DRIFT_KEEP;
	plan(f, "");
	f->opt.on_drift = ON_DRIFT_REPLAY;
	plan(f, "change secret:" SECRET_A " value(secret)\n");
	/* ... and again between plan and apply. */
	assert_int_equal(
	    virt_secret_value(f->node.v, SECRET_A, "bm9jaG1hbA=="), 0);
	assert_int_equal(apply(f), -1);
	assert_string_equal(value_of(f, SECRET_A), "bm9jaG1hbA==");
	plan(f, "change secret:" SECRET_A " value(secret)\n");
	assert_int_equal(apply(f), 0);
	assert_string_equal(value_of(f, SECRET_A), "aGFsbG8=");
	f->opt.on_drift = ON_DRIFT_STOP;
	/* Defined, but never set: by the XML it can be taken back. */
	assert_int_equal(virt_undefine(f->node.v, ITEM_SECRET, SECRET_A), 0);
	define(&f->node, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	plan(f, "change secret:" SECRET_A " xml value(secret)\n");
	/* Another one for the same use. */
	assert_int_equal(virt_undefine(f->node.v, ITEM_SECRET, SECRET_A), 0);
	define(&f->node, ITEM_SECRET, "c", SECRET(SECRET_C, "no", "u1"));
	plan(f, "finding secret:" SECRET_A " =other-identity\n");
	f->only[0] = NULL;
}

/* The same under another uuid is no conflict; other content is. */
static void
twins(struct fixture *f)
{
	struct virt_node *n = &f->node;

	f->leave[0] = "secret:*";
	virt_node_lose(n);
	define(n, ITEM_NWFILTER, "z", FILTER("z", NEW));
	define(n, ITEM_NETWORK, "n e t", NETWORK(NEW));
	define(n, ITEM_POOL, "p", POOL("10.2.15.4"));
	plan(f, "create nwfilter:a xml\n"
		"finding pool:p =other-identity\n"
		"change network:n e t autostart\n");
	f->leave[0] = NULL;
}

static void
test_others(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	if (!embed_lacks())
		return;
	others_there(&f->node);
	take(&f->node);
	plan(f, OTHERS_CHANGE);
	virt_node_lose(&f->node);
	plan(f, OTHERS_CREATE);
	assert_int_equal(apply(f), 0);
	assert_string_equal(value_of(f, SECRET_A), "aGFsbG8=");
	plan(f, "");
	leftovers(f, "");
	define(&f->node, ITEM_NWFILTER, "q", FILTER("q", OLD));
	leftovers(f, "leftover nwfilter:q /filter/rule/ip/@srcipaddr "
		     "=leftover\n");
	secrets(f);
	twins(f);
}

int
main(int argc, char *argv[])
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_create),
		TEST(test_change),
		TEST(test_untouched),
		TEST(test_drift),
		TEST(test_identity),
		TEST(test_pick),
		TEST(test_lost),
		TEST(test_unknown_type),
		TEST(test_unsupported),
		TEST(test_running),
		TEST(test_others),
	};

	(void)argc;
	return embed_run(
	    argv, tests, sizeof(tests) / sizeof(tests[0]), virt_node_end);
}
