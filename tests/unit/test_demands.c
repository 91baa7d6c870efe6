#include "tests/unit/tree.h"

#include "archive/warn.h"
#include "restore/facts/facts.h"
#include "restore/preflight/demands.h"

/**
 * What definitions need, against facts of a host that there is not: each row of
 * a table adds definitions and has what is then told, a line a record.
 */
struct fixture {
	struct tree tree;
	struct restore r;
	struct restore_options opt;
	struct manifest *m;
	struct facts f;
	char said[8192];
};

#define CAPS                                                                   \
	"<domainCapabilities><path>/usr/bin/qemu</path><machine>pc-9</"        \
	"machine>"                                                             \
	"<cpu><mode name='host-passthrough' supported='no'/>"                  \
	"<mode name='maximum' supported='yes'/>"                               \
	"<mode name='custom' supported='yes'><model usable='yes'>Good</model>" \
	"<model usable='no'>Bad</model><model usable='unknown'>Perhaps</"      \
	"model></mode></cpu>"                                                  \
	"<devices><video supported='yes'><enum name='modelType'>"              \
	"<value>vga</value><value>qxl</value></enum></video>"                  \
	"<disk supported='yes'><enum name='bus'><value>virtio</value></enum>"  \
	"</disk><tpm supported='no'/>"                                         \
	"<hostdev supported='yes'><enum name='subsysType'><value>pci</value>"  \
	"</enum></hostdev></devices></domainCapabilities>"

/* Capabilities of a description: two emulators, one of them without words. */
#define HOST                                                                   \
	"<capabilities><host><uuid>u</uuid><cpu><arch>x86_64</arch></cpu>"     \
	"</host><guest><os_type>hvm</os_type><arch name='x86_64'>"             \
	"<emulator>/usr/bin/qemu</emulator><machine>pc-9</machine>"            \
	"<machine canonical='pc-9'>pc</machine><machine>pc-q35-9</machine>"    \
	"<machine>q35</machine><machine>isapc</machine>"                       \
	"<domain type='qemu'/></arch></guest></capabilities>"

static struct fact_interface interfaces[] = {
	{ (char *)(uintptr_t) "lo", 0, NULL, 0 },
	{ (char *)(uintptr_t) "br0", 1, NULL, 0 },
	{ (char *)(uintptr_t) "eth0", 0, NULL, 0 },
};

static char *
s(const char *text)
{
	char *copy = strdup(text);

	assert_non_null(copy);
	return copy;
}

static void
object(struct facts *f, enum item_kind kind, const char *name,
    const char *usage, const char *ref)
{
	struct fact_object *o;

	f->objects =
	    reallocarray(f->objects, f->nobjects + 1, sizeof(*f->objects));
	assert_non_null(f->objects);
	o = &f->objects[f->nobjects++];
	memset(o, 0, sizeof(*o));
	o->kind = kind;
	o->name = s(name);
	o->usage = usage != NULL ? s(usage) : NULL;
	if (ref == NULL)
		return;
	assert_non_null(o->refs = calloc(1, sizeof(*o->refs)));
	o->refs[0] = s(ref);
	o->nrefs = 1;
}

static void
domcaps(struct facts *f, const char *machine, const char *xml)
{
	struct fact_domcaps *d;

	f->domcaps =
	    reallocarray(f->domcaps, f->ndomcaps + 1, sizeof(*f->domcaps));
	assert_non_null(f->domcaps);
	d = &f->domcaps[f->ndomcaps++];
	memset(d, 0, sizeof(*d));
	d->emulator = s("/usr/bin/qemu");
	d->arch = s("x86_64");
	d->machine = machine != NULL ? s(machine) : NULL;
	d->type = s("qemu");
	d->xml = s(xml);
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	tree_make(&f->tree);
	assert_non_null(f->m = manifest_new());
	assert_non_null(f->r.plan = plan_new());
	assert_non_null(f->r.map = addrmap_new());
	assert_int_equal(addrmap_ready(f->r.map), 0);
	f->r.opt = &f->opt;
	f->r.manifest = f->m;
	f->r.facts = &f->f;
	assert_non_null(f->f.root = root_open(f->tree.dir));
	f->f.interfaces = interfaces;
	f->f.ninterfaces = 3;
	f->f.capabilities = s(HOST);
	domcaps(&f->f, NULL, CAPS);
	domcaps(&f->f, "pc", CAPS);
	/* In the order of kinds and names. */
	object(&f->f, ITEM_SECRET, "aaaa-1", "ceph one", NULL);
	object(&f->f, ITEM_NWFILTER, "circle", NULL, "circle");
	object(&f->f, ITEM_NWFILTER, "deep", NULL, "mid");
	object(&f->f, ITEM_NWFILTER, "mid", NULL, "lost");
	object(&f->f, ITEM_NETWORK, "default", NULL, "virbr0");
	object(&f->f, ITEM_POOL, "images", NULL, NULL);
	warn_quiet(1);
	warn_forget();
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	root_close(f->f.root);
	facts_virt_free(&f->f);
	addrmap_free(f->r.map);
	plan_free(f->r.plan);
	manifest_free(f->m);
	tree_remove(&f->tree);
	warn_forget();
	free(f);
	return 0;
}

static void
add(struct demands *d, enum item_kind kind, const char *name, const char *xml)
{
	struct item item = { .name = s(name), .kind = kind };

	assert_int_equal(demands_add(d, &item, xml, strlen(xml)), 0);
	free(item.name);
}

/* What was told, a line a record: "NAME ITEM TEXT". */
static const char *
read_plan(struct fixture *f)
{
	const struct plan_record *rec;
	size_t at = 0;

	f->said[0] = '\0';
	assert_int_equal(plan_rewind(f->r.plan), 0);
	while (plan_next(f->r.plan, &rec) == 1)
		at += (size_t)snprintf(f->said + at, sizeof(f->said) - at,
		    "%s %s %s\n", rec->name, rec->item, rec->text);
	plan_free(f->r.plan);
	assert_non_null(f->r.plan = plan_new());
	return f->said;
}

/* Domains with such tops and devices: what is told begins each line so, in
 * this order; the empty string: nothing. */
static void
check(struct fixture *f, const char *top, const char *devices, const char *want)
{
	struct demands *d = demands_new();
	const char *said, *line;
	char xml[8192];
	size_t n;

	assert_non_null(d);
	(void)snprintf(xml, sizeof(xml),
	    "<domain type='qemu'>%s<devices>%s</devices></domain>", top,
	    devices);
	add(d, ITEM_DOMAIN, "domain:x", xml);
	assert_int_equal(demands_tell(d, &f->r, NULL), 0);
	demands_free(d);
	said = read_plan(f);
	for (line = want; *line != '\0'; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		if (strncmp(said, line, n) != 0)
			fail_msg("%s\nwanted %s\nin %s", xml, line, f->said);
		said += strcspn(said, "\n");
		said += *said == '\n';
	}
	if (*said != '\0')
		fail_msg("%s\nmore than wanted: %s", xml, said);
}

#define BRIDGE(name, more)                                                     \
	"<interface type='bridge'><source bridge='" name "'/>" more            \
	"</interface>"

static void
test_needs(void **state)
{
	struct fixture *f = *state;

	check(f, "", BRIDGE("br0", ""), "");
	check(f, "", BRIDGE("eth0", ""),
	    "missing-bridge domain:x here this interface is no bridge: eth0; "
	    "bridges here: br0; make it, or in the map: bridge eth0 = NAME");
	check(f, "", BRIDGE("br1", "") BRIDGE("br1", ""),
	    "missing-bridge domain:x no interface here is the bridge br1 (1 "
	    "more need it); bridges here: br0");
	/* Of Open vSwitch: an interface is enough. */
	check(f, "", BRIDGE("eth0", "<virtualport type='openvswitch'/>"), "");
	check(f, "", BRIDGE("ovs1", "<virtualport type='openvswitch'/>"),
	    "missing-bridge domain:x no interface here is the bridge ovs1");
	/* A network here makes it. */
	check(f, "", BRIDGE("virbr0", ""), "");
	check(f, "",
	    "<interface type='direct'><source dev='eth0'/></interface>"
	    "<interface type='direct'><source dev='eth9'/></interface>",
	    "missing-bridge domain:x no interface here is eth9, which");
	check(f, "",
	    "<interface type='network'><source network='default'/></interface>"
	    "<interface type='network'><source network='n'/></interface>"
	    "<disk type='volume'><source pool='images' volume='v'/></disk>"
	    "<disk type='volume'><source pool='p' volume='v'/></disk>",
	    "missing-network domain:x the network n is neither here nor "
	    "restored\nmissing-pool domain:x the storage pool p is neither");
	check(f, "",
	    "<disk type='network'><auth><secret type='ceph' uuid='AAAA-1'/>"
	    "</auth></disk><disk type='network'><source><auth>"
	    "<secret type='ceph' usage='one'/></auth></source></disk>"
	    "<disk type='file'><encryption><secret type='passphrase' "
	    "usage='/x'/></encryption></disk>"
	    "<tpm><backend type='emulator'><encryption secret='bbbb'/>"
	    "</backend></tpm>",
	    "device domain:x libvirt here has no TPM backend emulator; it has "
	    "none\n"
	    "missing-secret domain:x a secret for volume /x is neither\n"
	    "missing-secret domain:x the secret bbbb is neither");
}

#define FILTER(name) "<interface><filterref filter='" name "'/></interface>"

static void
test_nwfilters(void **state)
{
	struct fixture *f = *state;

	check(f, "", FILTER("circle"), "");
	check(f, "", FILTER("deep") FILTER("mid"),
	    "missing-nwfilter domain:x the nwfilter lost, which nwfilter:mid "
	    "refers to, is neither here nor restored: define it first");
	check(f, "", FILTER("nova-x"),
	    "missing-nwfilter domain:x the nwfilter nova-x is neither here nor "
	    "restored: define it first; nova-compute makes");
}

/* What the same restore brings is not missing; what that needs is. */
static void
test_brought(void **state)
{
	struct fixture *f = *state;
	struct demands *d = demands_new();

	assert_non_null(d);
	add(d, ITEM_SECRET, "secret:CCCC-1",
	    "<secret><usage type='ceph'><name>two</name></usage></secret>");
	add(d, ITEM_NWFILTER, "nwfilter:mine",
	    "<filter name='mine'><filterref filter='below'/></filter>");
	add(d, ITEM_NETWORK, "network:own",
	    "<network><name>own</name><bridge name='virbr7'/></network>");
	add(d, ITEM_NETWORK, "network:flat",
	    "<network><name>flat</name><forward mode='bridge'/>"
	    "<bridge name='br8'/></network>");
	add(d, ITEM_NETWORK, "network:vepa",
	    "<network><name>vepa</name><forward mode='vepa'>"
	    "<interface dev='eth7'/></forward></network>");
	add(d, ITEM_POOL, "pool:mine",
	    "<pool type='rbd'><source><auth type='ceph'><secret "
	    "usage='three'/></auth></source></pool>");
	add(d, ITEM_DOMAIN, "domain:x",
	    "<domain type='qemu'><devices>" FILTER("mine") BRIDGE(
		"virbr7", "") "<interface type='network'><source "
			      "network='own'/></interface>"
			      "<disk type='volume'><source pool='mine' "
			      "volume='v'/></disk>"
			      "<disk type='network'><auth><secret type='ceph' "
			      "uuid='cccc-1'/>"
			      "</auth></disk><disk "
			      "type='network'><auth><secret type='ceph' "
			      "usage='two'/></auth></disk></devices></domain>");
	assert_int_equal(demands_tell(d, &f->r, NULL), 0);
	demands_free(d);
	read_plan(f);
	assert_non_null(strstr(f->said, "missing-nwfilter nwfilter:mine the "
					"nwfilter below is neither"));
	assert_non_null(strstr(f->said, "missing-bridge network:flat no "
					"interface here is the bridge br8"));
	assert_non_null(strstr(
	    f->said, "missing-bridge network:vepa no interface here is eth7"));
	assert_null(strstr(f->said, "domain:x"));
	assert_null(strstr(f->said, "virbr7"));
	assert_null(strstr(f->said, "missing-secret secret:"));
}

#define OS(attrs) "<os><type arch='x86_64' " attrs ">hvm</type></os>"

static void
test_hardware(void **state)
{
	struct fixture *f = *state;

	check(f, OS("machine='pc'"), "<emulator>/usr/bin/qemu</emulator>", "");
	check(f, OS("machine='pc-9'"), "", "");
	check(f, OS("machine='pc-1.0'"), "<emulator>/usr/bin/kvm</emulator>",
	    "emulator domain:x libvirt here has no emulator /usr/bin/kvm; in "
	    "the map: path /usr/bin/kvm = /usr/bin/qemu\n"
	    "machine domain:x libvirt here has no machine type pc-1.0; in the "
	    "map: machine pc-1.0 = pc-9");
	check(f, "<os><type arch='sparc'>hvm</type></os>", "",
	    "virt-type domain:x libvirt here has no domains of type qemu");
	/* A sort that was not asked for when the host was described. */
	check(f, OS("machine='isapc'"), "",
	    "unknown-hardware domain:x whether there is what it asks for");
	check(f, OS("machine='pc'") "<cpu><model>Good</model></cpu>", "", "");
	check(
	    f, OS("machine='pc'") "<cpu><model>Perhaps</model></cpu>", "", "");
	check(f, OS("machine='pc'") "<cpu mode='maximum'/>", "", "");
	check(
	    f, OS("machine='pc'") "<cpu><topology sockets='1'/></cpu>", "", "");
	check(f,
	    OS("machine='pc'") "<cpu match='exact'><model>Bad</model></cpu>",
	    "",
	    "cpu-model domain:x libvirt here has no CPU model Bad; it has "
	    "Good, "
	    "Perhaps.  Install");
	check(f, OS("machine='pc'") "<cpu mode='host-passthrough'/>", "",
	    "cpu-model domain:x libvirt here has no CPU mode host-passthrough; "
	    "it has maximum, custom.");
	check(f, OS("machine='pc'"),
	    "<video><model type='qxl'/></video><video><model type='cirrus' "
	    "vram='1'/></video><disk><target bus='ide'/></disk>"
	    "<disk><target bus='ide'/></disk>"
	    "<hostdev mode='subsystem' type='mdev'/>"
	    "<hostdev mode='subsystem' type='usb'/>"
	    "<filesystem><driver type='virtiofs'/></filesystem>",
	    "device domain:x libvirt here has no video model cirrus; it has "
	    "vga, qxl.  Install what has it, or waive this\n"
	    "device domain:x libvirt here has no disk bus ide (asked for 2 "
	    "times); it has virtio.\n"
	    "device domain:x libvirt here has no host device usb; it has pci.");
}

/* A thousand domains of a sort are told once. */
static void
test_many(void **state)
{
	struct fixture *f = *state;
	struct demands *d = demands_new();
	char name[32];
	size_t i;

	assert_non_null(d);
	for (i = 0; i < 1000; i++) {
		(void)snprintf(name, sizeof(name), "domain:%zu", i);
		add(d, ITEM_DOMAIN, name,
		    "<domain type='qemu'>" OS(
			"machine='pc-1.0'") "<devices><disk "
					    "type='file'><source "
					    "file='/none'/></disk>" BRIDGE("br"
									   "1",
						"") "</devices></domain>");
	}
	assert_int_equal(demands_tell(d, &f->r, NULL), 0);
	demands_free(d);
	assert_int_equal(plan_count(f->r.plan, PLAN_FINDING, -1), 3);
	read_plan(f);
	assert_non_null(strstr(f->said, "pc-1.0 (999 more need it)"));
	assert_non_null(strstr(f->said, "br1 (999 more need it)"));
	assert_non_null(
	    strstr(f->said, "/none is not here (999 more need it)"));
}

static void
test_no_xml(void **state)
{
	struct fixture *f = *state;
	struct item item = { .name = s("domain:x"), .kind = ITEM_DOMAIN };
	struct demands *d = demands_new();

	(void)f;
	assert_non_null(d);
	assert_int_equal(demands_add(d, &item, "<domain", 7), -1);
	assert_int_equal(
	    demands_add(d, &item, "<!DOCTYPE x><domain/>", 21), -1);
	demands_free(d);
	demands_free(NULL);
	free(item.name);
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_needs),
		TEST(test_nwfilters),
		TEST(test_brought),
		TEST(test_hardware),
		TEST(test_many),
		TEST(test_no_xml),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
