#include "tests/unit/virt_plan.h"

/* The definition moved between plan and apply. */
static void
test_moved(void **state)
{
	struct fixture *f = *state;
	const char *const *said;
	size_t n;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	take(&f->node);
	plan(f, "change domain:a xml\n");
	define(&f->node, ITEM_DOMAIN, "a",
	    domain_xml("a", UUID_A, OLD, 131072, QEMU, "pc"));
	assert_int_equal(apply(f), -1);
	said = warn_said(&n);
	assert_true(n > 0);
	assert_non_null(strstr(said[n - 1], "domain:a"));
	assert_non_null(strstr(said[n - 1], "changed since"));
	lacks(f, "a", NEW);
	/* Gone, and come. */
	plan(f, "change domain:a xml\n");
	virt_node_lose(&f->node);
	assert_int_equal(apply(f), -1);
	plan(f, "create domain:a xml\n");
	define_domain(&f->node, "a", UUID_A, OLD);
	assert_int_equal(apply(f), -1);
	lacks(f, "a", NEW);
}

/* A map that swaps two addresses: what is right holds what looks old. */
static void
test_swap(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	f->maps[0] = "10.2.116.14=10.2.116.15";
	f->maps[1] = "10.2.116.15=10.2.116.14";
	define_domain(&f->node, "a", UUID_A, "10.2.116.14");
	define_domain(&f->node, "b", UUID_B, "10.2.116.15");
	take(&f->node);
	plan(f, "change domain:a xml\nchange domain:b xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "a", "10.2.116.15");
	has(f, "b", "10.2.116.14");
	plan(f, "");
	leftovers(f, "");
}

/* What is here and not in the bundle is scanned too. */
static void
test_foreign(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define_domain(&f->node, "a", UUID_A, OLD);
	take(&f->node);
	define_domain(&f->node, "foreign", UUID_B, OLD);
	plan(f, "change domain:a xml\n");
	assert_int_equal(apply(f), 0);
	leftovers(f, "leftover domain:foreign " LISTEN " =leftover\n"
		     "leftover domain:foreign /domain/devices/graphics/listen/"
		     "@address =leftover\n");
}

/* libvirt's schema says no, and that is released: what counts then is whether
 * anything would be lost. */
static void
test_schema(void **state)
{
	static const char form[] =
	    "<domain type='qemu'><name>x</name><uuid>" UUID_A "</uuid>"
	    "<memory>65536</memory><os><type arch='x86_64' machine='pc'>hvm"
	    "</type></os><devices><emulator>" QEMU "</emulator>"
	    "<graphics type='vnc' autoport='yes' listen='" OLD "'%s/>"
	    "</devices></domain>";
	struct fixture *f = *state;
	static const char *const allow[] = { "disk", "disk-format:*:x",
		"schema:domain:x", NULL };
	const char *const *said;
	char xml[2048];
	struct virt_object *o;
	size_t n;

	if (f == NULL)
		skip();
	/* A relative path is not in the schema; libvirt takes it. */
	snprintf(xml, sizeof(xml), form,
	    "/><disk type='file'><source file='disk.local'/>"
	    "<target dev='vda'/></disk><sound model='ich6'");
	assert_int_equal(virt_define(f->v, ITEM_DOMAIN, "x", xml), 1);
	tree_file(&f->node.tree, "/var/lib/nova/instances/x/libvirt.xml", xml);
	take(&f->node);
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"finding domain:x /domain/devices/disk/source/@file "
		"=not-allowed\n"
		"finding domain:x /domain/devices/disk =not-allowed\n"
		"finding domain:x =schema-invalid\n");
	assert_int_equal(apply(f), -1);
	said = warn_said(&n);
	assert_non_null(strstr(said[n - 1], "schema does not allow"));
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "x", &o), 0);
	f->opt.allow = allow;
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"waived domain:x /domain/devices/disk/source/@file "
		"=not-allowed\n"
		"waived domain:x /domain/devices/disk =not-allowed\n"
		"waived domain:x =schema-invalid\n");
	assert_int_equal(apply(f), 0);
	has(f, "x", "file='disk.local'");
	plan(f, "");
	virt_node_lose(&f->node);
	/* An attribute that libvirt would drop: nothing is defined. */
	snprintf(xml, sizeof(xml), form, " color='red'");
	tree_file(&f->node.tree, "/var/lib/nova/instances/x/libvirt.xml", xml);
	take(&f->node);
	plan(f, "note domain:x =lost\ncreate domain:x xml\n"
		"waived domain:x =schema-invalid\n");
	assert_int_equal(apply(f), -1);
	said = warn_said(&n);
	assert_non_null(
	    strstr(said[n - 1], "domain:x: libvirt does not take all"));
	assert_non_null(strstr(said[n - 1], "graphics/@color is not here"));
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "x", &o), 0);
}

/* A name made from the address is held, unless --also releases it. */
static void
test_held(void **state)
{
	struct fixture *f = *state;

	if (f == NULL)
		skip();
	define(&f->node, ITEM_DOMAIN, "a",
	    "<domain type='qemu'><name>a</name><uuid>" UUID_A "</uuid>"
	    "<title>10.2.116.14</title><description>ip-10-2-116-14</"
	    "description>"
	    "<memory>65536</memory>"
	    "<os><type arch='x86_64' machine='pc'>hvm</type></os></domain>");
	take(&f->node);
	plan(f, "held domain:a /domain/description =dashed\n"
		"change domain:a xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "a", "<title>" NEW "<");
	has(f, "a", "<description>ip-10-2-116-14<");
	plan(f, "held domain:a /domain/description =dashed\n");
	leftovers(f, "");
	f->also[0] = "domain:a */description";
	plan(f, "change domain:a xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "a", "<description>ip-10-2-15-3<");
}

/* A domain that runs without a definition: a restore gives it one. */
static void
test_transient(void **state)
{
	struct fixture *f = *state;
	struct virt_object *o;
	virConnectPtr c;
	virDomainPtr d;
	size_t n;

	if (f == NULL)
		skip();
	c = test_host(f, "domain:passing");
	d = passing(c);
	take(&f->node);
	plan(f, "note domain:passing =running\nchange domain:passing xml "
		"persistent\n"
		"note domain:passing =unknown-hardware\n");
	/* Behind those that tell what the operator left out. */
	n = f->r.manifest->nwarnings;
	assert_true(n > 0);
	assert_non_null(strstr(
	    f->r.manifest->warnings[n - 1].text, "without a definition"));
	assert_int_equal(apply(f), 0);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "passing", &o), 1);
	assert_true(o->persistent && o->active);
	virt_objects_free(o, 1);
	plan(f, "");
	shut(f);
	assert_int_equal(virDomainDestroy(d), 0);
	assert_int_equal(virDomainUndefine(d), 0);
	plan(f, "note domain:passing =transient\ncreate domain:passing xml\n"
		"note domain:passing =unknown-hardware\n");
	shut(f);
	(void)virDomainFree(d);
	(void)virConnectClose(c);
	virt_close(f->v);
}

int
main(int argc, char *argv[])
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_moved),
		TEST(test_swap),
		TEST(test_foreign),
		TEST(test_schema),
		TEST(test_held),
		TEST(test_transient),
	};

	(void)argc;
	embed_reap(argv);
	return cmocka_run_group_tests(tests, NULL, virt_node_end);
}
