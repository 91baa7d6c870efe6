#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "archive/libvirt/virt.h"
#include "archive/warn.h"
#include "restore/meaning/meaning.h"
#include "restore/meaning/meaning_value.h"
#include "tests/unit/embed.h"
#include "tests/unit/meaning_samples.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
same(const char *want, const char *here, int flags, struct buf *why)
{

	return meaning_same(want, strlen(want), here, strlen(here), flags, why);
}

static void
test_values(void **state)
{
	static const struct {
		enum meaning_value how;
		const char *want, *unit, *here, *here_unit;
		int same;
	} rows[] = {
		{ VALUE_TEXT, "a", NULL, " a\n", NULL, 1 },
		{ VALUE_TEXT, "a", NULL, "A", NULL, 0 },
		{ VALUE_TEXT, "", NULL, " ", NULL, 1 },
		{ VALUE_TEXT, "2001:DB8::0:1", NULL, "2001:db8::1", NULL, 1 },
		{ VALUE_TEXT, "10.0.0.1", NULL, "10.0.0.2", NULL, 0 },
		{ VALUE_TEXT, "007", NULL, "7", NULL, 0 },
		{ VALUE_ANY, "a", NULL, "b", NULL, 1 },
		{ VALUE_NOCASE, "AB", NULL, "ab", NULL, 1 },
		{ VALUE_NOCASE, "AB", NULL, "ac", NULL, 0 },
		{ VALUE_NUMBER, "4", NULL, "0x04", NULL, 1 },
		{ VALUE_NUMBER, "0x1F", NULL, "31", NULL, 1 },
		{ VALUE_NUMBER, "0x", NULL, "0", NULL, 0 },
		{ VALUE_NUMBER, "0x1g", NULL, "1", NULL, 0 },
		{ VALUE_NUMBER, "4", NULL, "5", NULL, 0 },
		{ VALUE_NUMBER, "x", NULL, "x", NULL, 1 },
		{ VALUE_KIB, "1", "GiB", "1048576", NULL, 1 },
		{ VALUE_KIB, "1", "G", "1024", "MiB", 1 },
		{ VALUE_KIB, "1000", "KB", "1000000", "bytes", 1 },
		{ VALUE_KIB, "1", "b", "1", "KiB", 1 },
		{ VALUE_KIB, "1025", "b", "1", "KiB", 0 },
		{ VALUE_KIB, "1", "KiB", "1", "MiB", 0 },
		{ VALUE_KIB, "1", "XiB", "1", "XiB", 0 },
		{ VALUE_KIB, "1", "kibi", "1", "KiB", 0 },
		{ VALUE_KIB, "99999999999", "EiB", "1", NULL, 0 },
		{ VALUE_KIB, "-1", NULL, "-1", NULL, 0 },
		{ VALUE_VRAM, "9216", NULL, "16384", NULL, 1 },
		{ VALUE_VRAM, "16384", NULL, "16384", NULL, 1 },
		{ VALUE_VRAM, "16384", NULL, "32768", NULL, 0 },
		{ VALUE_VRAM, "16384", NULL, "9216", NULL, 0 },
		{ VALUE_MACHINE, "pc", NULL, "pc-i440fx-7.2", NULL, 1 },
		{ VALUE_MACHINE, "pc-i440fx-7.2", NULL, "pc", NULL, 1 },
		{ VALUE_MACHINE, "q35", NULL, "pc-q35-7.2", NULL, 1 },
		{ VALUE_MACHINE, "pc", NULL, "pc-q35-7.2", NULL, 0 },
		{ VALUE_MACHINE, "pc-1.0", NULL, "pc-i440fx-7.2", NULL, 0 },
		{ VALUE_SET, "0,1,2", NULL, "0-2", NULL, 1 },
		{ VALUE_SET, "0-3,^1", NULL, "0,2-3", NULL, 1 },
		{ VALUE_SET, "0-2", NULL, "0-3", NULL, 0 },
		{ VALUE_SET, "0-99999", NULL, "0-9999", NULL, 0 },
		{ VALUE_SET, "a", NULL, "b", NULL, 0 },
		{ VALUE_SET, "0-", NULL, "0", NULL, 0 },
		{ VALUE_PORT, "-1", NULL, "5901", NULL, 1 },
		{ VALUE_PORT, "5900", NULL, "5901", NULL, 0 },
		{ VALUE_PORT, "5900", NULL, "-1", NULL, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (meaning_value(rows[i].how, rows[i].want, rows[i].unit,
			rows[i].here, rows[i].here_unit) != rows[i].same)
			fail_msg("row %zu: '%s' '%s'", i, rows[i].want,
			    rows[i].here);
}

static void
test_pure(void **state)
{
	static const struct {
		const char *want, *here;
		int flags, same;
		const char *why; /* or NULL */
	} rows[] = {
		{ "<domain/>", "<domain/>", 0, 1, "" },
		{ "<domain/>", "<network/>", 0, 0,
		    "/domain is something else here" },
		{ "<domain><a/></domain>", "<domain/>", 0, 0,
		    "/domain/a is not here" },
		{ "<domain a='1'/>", "<domain/>", 0, 0,
		    "/domain/@a is not here" },
		{ "<domain a='1'/>", "<domain a='2'/>", 0, 0,
		    "/domain/@a differs" },
		{ "<domain><b>1</b></domain>", "<domain><b>2</b></domain>", 0,
		    0, "/domain/b differs" },
		{ "<domain id='3'/>", "<domain/>", 0, 1, "" },
		{ "<domain/>", "<domain><uuid>x</uuid></domain>", 0, 1, "" },
		/* Matched by key, not by order. */
		{ "<domain><devices><disk><target dev='a'/></disk>"
		  "<disk x='1'><target dev='b'/></disk></devices></domain>",
		    "<domain><devices><disk x='1'><target dev='b'/></disk>"
		    "<disk><target dev='a'/></disk></devices></domain>",
		    0, 1, "" },
		{ "<domain><devices><disk><target dev='a'/></disk>"
		  "<disk x='1'><target dev='b'/></disk></devices></domain>",
		    "<domain><devices><disk><target dev='a'/></disk>"
		    "<disk x='2'><target dev='b'/></disk></devices></domain>",
		    0, 0, "/domain/devices/disk[2]/@x differs" },
		{ "<domain><devices/></domain>",
		    "<domain><devices><disk/></devices></domain>", 0, 0,
		    "/domain/devices/disk is here, but not wanted" },
		{ "<domain><devices/></domain>",
		    "<domain><devices><controller/><audio/></devices></domain>",
		    0, 1, "" },
		/* One partner each. */
		{ "<domain><devices><rng/><rng/></devices></domain>",
		    "<domain><devices><rng/></devices></domain>", 0, 0,
		    "/domain/devices/rng[2] is not here" },
		/* A console is its serial line once more. */
		{ "<domain><devices><serial type='file'/>"
		  "<console type='pty'/></devices></domain>",
		    "<domain><devices><serial type='file'/>"
		    "<console type='file'><target type='serial'/></console>"
		    "</devices></domain>",
		    0, 1, "" },
		{ "<domain><devices><console type='pty'/></devices></domain>",
		    "<domain><devices><console type='file'/></devices>"
		    "</domain>",
		    0, 0, "/domain/devices/console/@type differs" },
		/* Names are in a namespace. */
		{ "<domain><metadata xmlns:a='u:1'><a:x/></metadata></domain>",
		    "<domain><metadata xmlns:b='u:1'><b:x/></metadata>"
		    "</domain>",
		    0, 1, "" },
		{ "<domain><metadata xmlns:a='u:1'><a:x/></metadata></domain>",
		    "<domain><metadata xmlns:a='u:2'><a:x/></metadata>"
		    "</domain>",
		    0, 0, "/domain/metadata/x is not here" },
		{ "<domain><metadata/></domain>", "<domain/>", 0, 1, "" },
		{ "<domain><name>a<!-- b -->c</name></domain>",
		    "<domain><name>ac</name></domain>", 0, 1, "" },
		{ "<domain><name><![CDATA[a&b]]></name></domain>",
		    "<domain><name>a&amp;b</name></domain>", 0, 1, "" },
		/* What is no domain has nothing added but what is known. */
		{ "<network/>", "<network><mac address='x'/></network>", 0, 1,
		    "" },
		{ "<network/>", "<network><foo/></network>", 0, 0,
		    "/network/foo is here, but not wanted" },
		{ "<filter/>", "<filter chain='root' priority='0'/>", 0, 1,
		    "" },
		/* Identity. */
		{ "<filter><uuid>a</uuid></filter>",
		    "<filter><uuid>b</uuid></filter>", 0, 0,
		    "/filter/uuid differs" },
		{ "<filter><uuid>a</uuid></filter>",
		    "<filter><uuid>b</uuid></filter>", MEANING_NO_IDENTITY, 1,
		    "" },
		{ "<network><mac address='a'/></network>",
		    "<network><mac address='b'/></network>",
		    MEANING_NO_IDENTITY | MEANING_BOTH, 1, "" },
		{ "<filter><rule a='1'/></filter>",
		    "<filter><rule a='1' b='2'/></filter>", MEANING_BOTH, 0,
		    "/filter/rule/@b is here, but not wanted" },
		/* Neither direction alone is enough. */
		{ "<domain a='1'/>", "<domain a='1' b='2'/>", 0, 1, "" },
		{ "<domain a='1'/>", "<domain a='1' b='2'/>", MEANING_BOTH, 0,
		    "/domain/@b is not here" },
	};
	struct buf why = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		buf_clear(&why);
		if (same(rows[i].want, rows[i].here, rows[i].flags, &why) !=
		    rows[i].same)
			fail_msg("row %zu: %s", i,
			    why.data != NULL ? why.data : "same");
		assert_string_equal(why.len > 0 ? why.data : "", rows[i].why);
		assert_int_equal(
		    same(rows[i].want, rows[i].here, rows[i].flags, NULL),
		    rows[i].same);
	}
	buf_free(&why);
}

static void
test_no_xml(void **state)
{
	static const char *const bad[] = { "", "x", "<domain>", "<a/><b/>",
		"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		assert_int_equal(same(bad[i], "<domain/>", 0, NULL), -1);
		assert_int_equal(same("<domain/>", bad[i], 0, NULL), -1);
	}
}

/* The text with one change, or a failed test when it does not stand in it. */
static char *
changed(const char *xml, const struct change *c)
{
	const char *at = strstr(xml, c->from);
	char *out;

	if (at == NULL)
		fail_msg("'%s' does not stand in %s", c->from, xml);
	if (asprintf(&out, "%.*s%s%s", (int)(at - xml), xml, c->to,
		at + strlen(c->from)) == -1)
		fail();
	return out;
}

/**
 * Define a sample, read it back: it means the sample, and itself; with any of
 * the changes it does not, nor does the sample mean what was changed.
 */
static void
check(struct virt *v, enum item_kind kind, const char *name, const char *xml,
    const struct change *changes, size_t n)
{
	struct buf why = BUF_EMPTY;
	struct virt_object *o;
	char *other;
	size_t i;

	assert_int_equal(virt_define(v, kind, name, xml), 0);
	assert_int_equal(virt_get(v, kind, name, &o), 1);
	if (same(xml, o->xml, 0, &why) != 1)
		fail_msg("%s: %s in %s", name, why.data, o->xml);
	if (same(o->xml, o->xml, MEANING_BOTH, &why) != 1)
		fail_msg("%s: %s", name, why.data);
	for (i = 0; i < n; i++) {
		other = changed(o->xml, &changes[i]);
		buf_clear(&why);
		if (same(xml, other, 0, NULL) != 0)
			fail_msg("%s: '%s' for '%s' is not seen", name,
			    changes[i].to, changes[i].from);
		if (same(o->xml, other, MEANING_BOTH, &why) != 0)
			fail_msg("%s: '%s' for '%s' is not seen in libvirt's",
			    name, changes[i].to, changes[i].from);
		/* It is told where, and no value of it. */
		assert_true(why.len > 0 && why.data[0] == '/');
		assert_null(strstr(why.data, "geheim"));
		free(other);
	}
	/* Defined again from its own words, it stays as it is. */
	assert_int_equal(virt_define(v, kind, name, o->xml), 0);
	virt_objects_free(o, 1);
	buf_free(&why);
}

static void
test_domains(void **state)
{
	struct embed e;
	struct virt *v;

	(void)state;
	if (embed_make(&e)) {
		embed_remove(&e);
		skip();
	}
	assert_non_null(v = virt_open(e.uri));
	check(v, ITEM_DOMAIN, "instance-0000005f", sample_essex, essex_changes,
	    COUNT(essex_changes));
	check(v, ITEM_DOMAIN, "instance-00000100", sample_modern,
	    modern_changes, COUNT(modern_changes));
	virt_close(v);
	embed_remove(&e);
}

static void
test_others(void **state)
{
	char xml[512];
	struct virt *v;

	(void)state;
	if (!embed_lacks())
		return;
	assert_non_null(v = virt_open(getenv("NOVARK_TEST_URI")));
	(void)snprintf(xml, sizeof(xml), sample_leaf, "clean-ip");
	check(v, ITEM_NWFILTER, "clean-ip", xml, NULL, 0);
	(void)snprintf(xml, sizeof(xml), sample_leaf, "clean-mac");
	check(v, ITEM_NWFILTER, "clean-mac", xml, NULL, 0);
	check(v, ITEM_NWFILTER, "nova-base", sample_filter, filter_changes,
	    COUNT(filter_changes));
	check(v, ITEM_NETWORK, "nova", sample_network, network_changes,
	    COUNT(network_changes));
	check(v, ITEM_POOL, "vols", sample_pool, pool_changes,
	    COUNT(pool_changes));
	check(v, ITEM_SECRET, "457eb676-33da-42ec-9a8c-9293d545c337",
	    sample_secret, secret_changes, COUNT(secret_changes));
	virt_close(v);
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_pure),
		cmocka_unit_test(test_no_xml),
		cmocka_unit_test(test_domains),
		cmocka_unit_test(test_others),
	};
	int rc;

	(void)argc;
	rc = embed_run(argv, tests, sizeof(tests) / sizeof(tests[0]), NULL);
	warn_forget();
	return rc;
}
