#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libvirt/libvirt.h>

#include "archive/libvirt/virt.h"
#include "archive/libvirt/virt_kind.h"
#include "archive/warn.h"
#include "tests/unit/embed.h"
#include "tests/unit/said.h"

static const char small[] =
    "<domain type='qemu'><name>%s</name><memory>65536</memory>"
    "<os><type arch='x86_64' machine='pc'>hvm</type></os>"
    "<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>"
    "<graphics type='vnc' autoport='yes' passwd='geheim'/>"
    "</devices></domain>";

static void
define_small(struct virt *v, const char *name)
{
	char xml[1024];

	(void)snprintf(xml, sizeof(xml), small, name);
	assert_int_equal(virt_define(v, ITEM_DOMAIN, name, xml), 0);
}

static void
test_open_fails(void **state)
{
	size_t before, after;

	(void)state;
	(void)warn_said(&before);
	assert_null(virt_open("qemu+unix:///system?socket=/nonexistent/sock"));
	(void)warn_said(&after);
	assert_int_equal(after, before + 1);
	assert_non_null(strstr(said_last(), "/nonexistent/sock"));
	assert_non_null(strstr(said_last(), "--connect"));
	assert_non_null(strstr(said_last(), "--no-libvirt"));
	assert_null(virt_open("nonsense"));
	virt_close(NULL);
}

/* The test driver: domains, networks, pools, in memory. */
static void
test_test_driver(void **state)
{
	struct virt_object *o;
	struct virt *v;
	size_t n;

	(void)state;
	assert_non_null(v = virt_open("test:///default"));
	assert_non_null(strstr(virt_version(v), "libvirt "));
	assert_non_null(strstr(virt_version(v), ", TEST"));
	assert_true(virt_supports(v, ITEM_DOMAIN));
	assert_true(virt_supports(v, ITEM_NETWORK));
	assert_true(virt_supports(v, ITEM_POOL));
	assert_false(virt_supports(v, ITEM_SECRET));
	assert_false(virt_supports(v, ITEM_NWFILTER));
	assert_false(virt_supports(v, ITEM_FILE));
	assert_int_equal(virt_list(v, ITEM_DOMAIN, NULL, NULL, &o, &n), 0);
	assert_int_equal(n, 1);
	assert_string_equal(o[0].name, "test");
	assert_int_equal(strlen(o[0].uuid), 36);
	assert_int_equal(o[0].kind, ITEM_DOMAIN);
	assert_true(o[0].persistent && o[0].active && !o[0].autostart);
	assert_non_null(strstr(o[0].xml, "<name>test</name>"));
	virt_objects_free(o, n);
	assert_int_equal(virt_list(v, ITEM_NWFILTER, NULL, NULL, &o, &n), 0);
	assert_int_equal(n, 0);
	assert_null(o);
	assert_int_equal(virt_autostart(v, ITEM_NETWORK, "default", 1), 0);
	assert_int_equal(virt_get(v, ITEM_NETWORK, "default", &o), 1);
	assert_int_equal(o->autostart, 1);
	virt_objects_free(o, 1);
	assert_int_equal(virt_get(v, ITEM_NETWORK, "no-such", &o), 0);
	assert_null(o);
	assert_int_equal(virt_autostart(v, ITEM_NETWORK, "no-such", 1), -1);
	assert_non_null(strstr(said_last(), "network:no-such"));
	assert_int_equal(virt_autostart(v, ITEM_NWFILTER, "x", 1), -1);
	virt_close(v);
}

static void
test_embed(void **state)
{
	static const char *const names[] = { "b", "instance-0000005f", "a" };
	struct virt_object *o;
	struct embed e;
	struct virt *v;
	size_t n, i;

	(void)state;
	if (embed_make(&e)) {
		embed_remove(&e);
		skip();
	}
	assert_non_null(v = virt_open(e.uri));
	assert_non_null(strstr(virt_version(v), "QEMU"));
	assert_false(virt_supports(v, ITEM_NWFILTER));
	assert_false(virt_supports(v, ITEM_SECRET));
	assert_false(virt_supports(v, ITEM_NETWORK));
	assert_false(virt_supports(v, ITEM_POOL));
	assert_int_equal(virt_list(v, ITEM_SECRET, NULL, NULL, &o, &n), 0);
	assert_int_equal(virt_list(v, ITEM_DOMAIN, NULL, NULL, &o, &n), 0);
	assert_int_equal(n, 0);
	for (i = 0; i < 3; i++)
		define_small(v, names[i]);
	assert_int_equal(virt_autostart(v, ITEM_DOMAIN, "b", 1), 0);
	assert_int_equal(virt_list(v, ITEM_DOMAIN, NULL, NULL, &o, &n), 0);
	assert_int_equal(n, 3);
	assert_string_equal(o[0].name, "a");
	assert_string_equal(o[1].name, "b");
	assert_string_equal(o[2].name, "instance-0000005f");
	assert_true(o[0].persistent && !o[0].active && !o[0].autostart);
	assert_true(o[1].autostart);
	/* SECURE: the password is part of the definition. */
	assert_non_null(strstr(o[0].xml, "geheim"));
	virt_objects_free(o, n);
	assert_int_equal(
	    virt_define(v, ITEM_DOMAIN, "bad", "<domain type='qemu'/>"), 1);
	assert_int_equal(
	    virt_define_loosely(v, ITEM_DOMAIN, "bad", "<domain type='qemu'/>"),
	    -1);
	assert_non_null(strstr(said_last(), "domain:bad"));
	assert_null(strchr(said_last(), '\n'));
	assert_int_equal(virt_undefine(v, ITEM_DOMAIN, "b"), 0);
	assert_int_equal(virt_get(v, ITEM_DOMAIN, "b", &o), 0);
	assert_int_equal(virt_undefine(v, ITEM_DOMAIN, "b"), -1);
	virt_close(v);
	/* Definitions outlive the session. */
	assert_non_null(v = virt_open(e.uri));
	assert_int_equal(virt_get(v, ITEM_DOMAIN, "a", &o), 1);
	virt_objects_free(o, 1);
	virt_close(v);
	embed_remove(&e);
}

/* Make a list of filters from "name:ref,ref" and tell its order. */
static void
order(const char *const *filters, size_t n, const char *want)
{
	struct virt_object *o = calloc(n, sizeof(*o));
	char got[256] = "", xml[512], text[128];
	char *ref, *save, *refs;
	size_t i;

	assert_non_null(o);
	for (i = 0; i < n; i++) {
		(void)snprintf(text, sizeof(text), "%s", filters[i]);
		refs = strchr(text, ':');
		*refs++ = '\0';
		(void)snprintf(xml, sizeof(xml), "<filter name='%s'>", text);
		for (ref = strtok_r(refs, ",", &save); ref != NULL;
		     ref = strtok_r(NULL, ",", &save))
			(void)snprintf(xml + strlen(xml),
			    sizeof(xml) - strlen(xml),
			    "<filterref filter='%s'/>", ref);
		(void)snprintf(
		    xml + strlen(xml), sizeof(xml) - strlen(xml), "</filter>");
		o[i].name = strdup(text);
		o[i].xml = strdup(xml);
	}
	assert_int_equal(virt_order(o, n), 0);
	for (i = 0; i < n; i++)
		(void)snprintf(got + strlen(got), sizeof(got) - strlen(got),
		    "%s ", o[i].name);
	assert_string_equal(got, want);
	virt_objects_free(o, n);
}

static void
test_order(void **state)
{
	static const char *const plain[] = { "a:", "b:", "c:" };
	static const char *const chain[] = { "a:b", "b:c", "c:" };
	static const char *const diamond[] = { "a:b,c", "b:d", "c:d", "d:" };
	static const char *const gone[] = { "a:elsewhere", "b:" };
	static const char *const circle[] = { "a:b", "b:a" };
	struct virt_object bad = { 0 };
	char name[] = "bad", xml[] = "<filter";

	(void)state;
	order(plain, 3, "a b c ");
	order(chain, 3, "c b a ");
	order(diamond, 4, "d b c a ");
	order(gone, 2, "a b ");
	order(circle, 2, "b a ");
	assert_int_equal(virt_order(NULL, 0), 0);
	bad.name = name;
	bad.xml = xml;
	assert_int_equal(virt_order(&bad, 1), -1);
	assert_non_null(strstr(said_last(), "nwfilter:bad"));
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_fails),
		cmocka_unit_test(test_test_driver),
		cmocka_unit_test(test_embed),
		cmocka_unit_test(test_order),
	};
	int rc;

	(void)argc;
	embed_reap(argv);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	warn_forget();
	return rc;
}
