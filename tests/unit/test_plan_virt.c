#include "tests/unit/virt_node.h"

#include <libvirt/libvirt.h>

#include "restore/restore.h"

static char *self; /* this program */

struct fixture {
	struct virt_node node;
	struct restore_options opt;
	const char *maps[4], *only[3], *leave[3], *also[3];
	struct virt *v; /* what is planned against */
	struct restore r;
	int open;
	char said[16384]; /* the plan, a record a line */
};

static int
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
	f->opt.not = f->leave;
	f->opt.also = f->also;
	f->opt.no_files = f->opt.no_libvirt = f->opt.no_database = 1;
	f->maps[0] = "10.2.116.14=10.2.15.3";
	*state = f;
	return 0;
}

static void
shut(struct fixture *f)
{

	f->r.virt = NULL;
	if (f->open)
		restore_close(&f->r);
	memset(&f->r, 0, sizeof(f->r));
	f->open = 0;
}

static int
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
static void
read_plan(struct fixture *f)
{
	static const char *const types[PLAN_TYPES] = { "create", "change",
		"held", "drift", "finding", "note", "leftover" };
	const struct plan_record *rec;
	size_t at = 0, i, size = sizeof(f->said);

	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1) {
		at += (size_t)snprintf(f->said + at, size - at, "%s %s%s%s%s%s",
		    types[rec->type], rec->item, rec->place != NULL ? " " : "",
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

static void
plan(struct fixture *f, const char *want)
{

	shut(f);
	assert_int_equal(restore_open(&f->opt, &f->r), OUTCOME_DONE);
	f->open = 1;
	f->r.virt = f->v;
	assert_non_null(f->r.plan = plan_new());
	assert_int_equal(plan_virt(&f->r), OUTCOME_DONE);
	read_plan(f);
	assert_string_equal(f->said, want);
}

/* The first cell of the first record of that item: its new value, copied. */
static char *
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
static int
apply(struct fixture *f)
{
	const struct plan_record *rec;
	int rc = 0;

	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (rc == 0 && plan_next(f->r.plan, &rec) == 1)
		if (rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE)
			rc = apply_virt(&f->r, rec);
	return rc;
}

/* What a scan after the restore adds to the plan. */
static void
leftovers(struct fixture *f, const char *want)
{

	plan_free(f->r.plan);
	assert_non_null(f->r.plan = plan_new());
	assert_int_equal(leftover_virt(&f->r), 0);
	read_plan(f);
	assert_string_equal(f->said, want);
}

static void
lacks(const struct fixture *f, const char *name, const char *text)
{
	struct virt_object *o;

	assert_int_equal(virt_get(f->node.v, ITEM_DOMAIN, name, &o), 1);
	assert_null(strstr(o->xml, text));
	virt_objects_free(o, 1);
}

static void
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

/* libvirt's schema says no: what counts is whether anything would be lost. */
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
	plan(f, "note domain:x =lost\ncreate domain:x xml\n");
	assert_int_equal(apply(f), 0);
	has(f, "x", "file='disk.local'");
	plan(f, "");
	virt_node_lose(&f->node);
	/* An attribute that libvirt would drop: nothing is defined. */
	snprintf(xml, sizeof(xml), form, " color='red'");
	tree_file(&f->node.tree, "/var/lib/nova/instances/x/libvirt.xml", xml);
	take(&f->node);
	plan(f, "note domain:x =lost\ncreate domain:x xml\n");
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
	f->maps[1] = "path /opt/qemu = /usr/bin/qemu";
	plan(f, "note domain:test =running\nchange domain:test xml\n");
	shut(f);
	virt_close(f->v);
}

/* A domain that runs without a definition: a restore gives it one. */
static void
test_transient(void **state)
{
	struct fixture *f = *state;
	struct virt_object *o;
	virConnectPtr c;
	virDomainPtr d;

	if (f == NULL)
		skip();
	f->node.snap.connect = "test:///default";
	f->only[0] = "domain:passing";
	f->maps[0] = "keep 10.0.0.1";
	assert_non_null(f->v = virt_open("test:///default"));
	assert_non_null(c = virConnectOpen("test:///default"));
	d = virDomainCreateXML(c,
	    "<domain type='test'><name>passing</name><memory>1024</memory>"
	    "<os><type>hvm</type></os></domain>",
	    0);
	assert_non_null(d);
	take(&f->node);
	plan(f, "note domain:passing =running\nchange domain:passing xml\n");
	assert_int_equal(f->r.manifest->nwarnings, 1);
	assert_non_null(
	    strstr(f->r.manifest->warnings[0].text, "without a definition"));
	assert_int_equal(apply(f), 0);
	assert_int_equal(virt_get(f->v, ITEM_DOMAIN, "passing", &o), 1);
	assert_true(o->persistent && o->active);
	virt_objects_free(o, 1);
	plan(f, "");
	shut(f);
	assert_int_equal(virDomainDestroy(d), 0);
	assert_int_equal(virDomainUndefine(d), 0);
	plan(f, "note domain:passing =transient\ncreate domain:passing xml\n");
	shut(f);
	(void)virDomainFree(d);
	(void)virConnectClose(c);
	virt_close(f->v);
}

#define SECRET_A "11111111-2222-3333-4444-000000000001"
#define SECRET_B "11111111-2222-3333-4444-000000000002"
#define SECRET_C "11111111-2222-3333-4444-000000000003"
#define SECRET(uuid, private, use)                                             \
	"<secret ephemeral='no' private='" private "'><uuid>" uuid             \
						   "</uuid><usage "            \
						   "type='iscsi'><target>" use \
						   "</target></usage></"       \
						   "secret>"
#define FILTER(name, address)                                                  \
	"<filter name='" name "'><rule action='drop' direction='in'>"          \
	"<ip srcipaddr='" address "'/></rule></filter>"
#define NETWORK(address)                                                       \
	"<network><name>n e t</name><bridge name='virbr90'/>"                  \
	"<ip address='" address "' prefix='24'/></network>"
#define POOL(address)                                                          \
	"<pool type='netfs'><name>p</name><source><host name='" address        \
	"'/><dir path='/x'/><format type='nfs'/></source>"                     \
	"<target><path>/mnt/x</path></target></pool>"

static void
others_there(struct virt_node *n)
{

	define(n, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	define(n, ITEM_SECRET, "b", SECRET(SECRET_B, "yes", "u2"));
	assert_int_equal(virt_secret_value(n->v, SECRET_A, "aGFsbG8="), 0);
	define(n, ITEM_NWFILTER, "z", FILTER("z", OLD));
	define(n, ITEM_NWFILTER, "a",
	    "<filter name='a'><filterref filter='z'/></filter>");
	define(n, ITEM_NETWORK, "n e t", NETWORK(OLD));
	define(n, ITEM_POOL, "p", POOL(OLD));
	assert_int_equal(virt_autostart(n->v, ITEM_NETWORK, "n e t", 1), 0);
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
	/* Defined, but never set. */
	assert_int_equal(virt_undefine(f->node.v, ITEM_SECRET, SECRET_A), 0);
	define(&f->node, ITEM_SECRET, "a", SECRET(SECRET_A, "no", "u1"));
	plan(f, "change secret:" SECRET_A " value(secret)\n");
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
	int rc;

	if (f == NULL)
		skip();
	if (getenv("NOVARK_TEST_URI") == NULL) {
		if ((rc = embed_beside(self)) == 77)
			skip();
		assert_int_equal(rc, 0);
		return;
	}
	others_there(&f->node);
	take(&f->node);
	plan(f, "change nwfilter:z xml\nchange network:n e t xml\n"
		"change pool:p xml\n");
	virt_node_lose(&f->node);
	plan(f, "create secret:" SECRET_A " xml value(secret)\n"
		"note secret:" SECRET_B " =private\n"
		"create secret:" SECRET_B " xml\n"
		"create nwfilter:z xml\ncreate nwfilter:a xml\n"
		"create network:n e t xml\ncreate pool:p xml\n"
		"change network:n e t autostart\n");
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
		TEST(test_moved),
		TEST(test_swap),
		TEST(test_foreign),
		TEST(test_lost),
		TEST(test_schema),
		TEST(test_held),
		TEST(test_unknown_type),
		TEST(test_unsupported),
		TEST(test_running),
		TEST(test_transient),
		TEST(test_others),
	};
	const struct CMUnitTest others[] = { TEST(test_others) };

	(void)argc;
	self = argv[0];
	if (getenv("NOVARK_TEST_URI") != NULL)
		return cmocka_run_group_tests(others, NULL, virt_node_end);
	embed_reap(argv);
	return cmocka_run_group_tests(tests, NULL, virt_node_end);
}
