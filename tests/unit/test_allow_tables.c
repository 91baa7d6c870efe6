#include "tests/unit/allow_world.h"

#include "restore/allow/domain_table.h"
#include "restore/allow/folder_table.h"
#include "restore/allow/other_table.h"

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

/* What nova and libvirt write, and nobody may refuse. */
static const struct {
	const char *top, *devices;
} accepted[] = {
	{ "", "" },
	{ "<description>a\nb</description><metadata><n:instance "
	  "xmlns:n='urn:x'>"
	  "<n:a b='1&#10;2'/></n:instance></metadata><vcpu "
	  "cpuset='0-1'>2</vcpu>"
	  "<cputune><shares>1024</shares></cputune>"
	  "<features><acpi/><hyperv><relaxed state='on'/></hyperv></features>"
	  "<clock offset='utc'><timer name='hpet' present='no'/></clock>"
	  "<seclabel type='dynamic' model='apparmor' relabel='yes'/>",
	    "" },
	/* libvirt's own way to say it. */
	{ "",
	    "<disk type='file' device='disk'><driver name='qemu' "
	    "type='qcow2'/><source file='/var/lib/nova/instances/a/disk' "
	    "index='1'/><backingStore type='file'><format type='raw'/><source "
	    "file='/var/lib/nova/instances/_base/b'/><backingStore/>"
	    "</backingStore><target dev='vda' bus='virtio'/></disk>"
	    "<controller type='usb' index='0' model='piix3-uhci'><address "
	    "type='pci' domain='0x0000' bus='0x00' slot='0x01' "
	    "function='0x2'/></controller><controller type='pci' index='0' "
	    "model='pci-root'/><input type='mouse' bus='ps2'/><audio id='1' "
	    "type='none'/>" },
	/* An empty drive, and a volume of a pool. */
	{ "", "<disk type='file' device='cdrom'><target dev='hda' "
	      "bus='ide'/></disk><disk type='volume' device='disk'><driver "
	      "name='qemu' type='raw'/><source pool='p' volume='v'/><target "
	      "dev='vda' bus='virtio'/></disk>" },
	/* As nova joins it of its options. */
	{ "", "<disk type='file'><driver type='raw'/><source "
	      "file='/var/lib/nova//instances/./a/disk'/><target "
	      "dev='vda'/></disk>" },
	{ "", "<disk type='file'><driver type='raw'/><source "
	      "file='/var/lib/nova/mnt/0123456789abcdef0123456789abcdef/"
	      "volume-1'/><target dev='vda'/></disk><disk "
	      "type='block'><driver type='raw'/><source "
	      "dev='/dev/disk/by-path/ip-10.2.116.14:3260-iscsi-x-lun-1'/>"
	      "<target dev='vdb'/></disk><disk type='block'><driver "
	      "type='raw'/><source dev='/dev/vg/lv'/><target "
	      "dev='vdc'/></disk>" },
	{ "", "<interface type='ethernet'><script path=''/><target "
	      "dev='tap1'/></interface><interface type='vhostuser'><source "
	      "type='unix' path='/var/run/openvswitch/vhu1' "
	      "mode='server'/></interface><interface type='bridge'><source "
	      "bridge='br-int'/><virtualport type='openvswitch'><parameters "
	      "interfaceid='11111111-2222-3333-4444-555555555555'/>"
	      "</virtualport><filterref filter='f'><parameter name='IP' "
	      "value='10.2.116.14'/></filterref></interface>" },
	{ "", "<serial type='file'><source "
	      "path='/var/lib/nova/instances/a/console.log'/><target "
	      "port='0'/></serial><serial type='pty'><source "
	      "path='/dev/pts/2'/><log "
	      "file='/var/lib/nova/instances/a/console.log' append='off'/>"
	      "<target port='1'/></serial><serial type='tcp'><source "
	      "mode='bind' host='10.2.116.14' service='10000'/><protocol "
	      "type='raw'/></serial><console type='pty' tty='/dev/pts/2'>"
	      "<source path='/dev/pts/2'/><target port='0'/></console>"
	      "<channel type='unix'><source mode='bind' "
	      "path='/var/lib/libvirt/qemu/org.qemu.guest_agent.0.i.sock'/>"
	      "<target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
	      "<channel type='spicevmc'><target type='virtio' "
	      "name='com.redhat.spice.0'/></channel>" },
	{ "<os><type>hvm</type><loader readonly='yes' "
	  "type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader><nvram "
	  "template='/usr/share/OVMF/"
	  "OVMF_VARS.fd'>/var/lib/libvirt/qemu/nvram/a_VARS.fd</nvram>"
	  "<kernel>/var/lib/nova/instances/a/kernel</kernel></os>",
	    "" },
	{ "", "<rng model='virtio'><backend "
	      "model='random'>/dev/urandom</backend></rng><tpm "
	      "model='tpm-crb'><backend type='emulator' version='2.0'>"
	      "<encryption secret='11111111-2222-3333-4444-555555555555'/>"
	      "</backend></tpm><memory model='nvdimm'><source>"
	      "<path>/dev/dax0.0</path></source><target><size "
	      "unit='KiB'>1024</size></target></memory><redirdev bus='usb' "
	      "type='spicevmc'/>" },
};

static void
test_accepted(void **state)
{
	struct world *w = *state;
	size_t i;

	for (i = 0; i < COUNT(accepted); i++) {
		world_fresh(w);
		assert_string_equal(
		    judged_domain(w, accepted[i].top, accepted[i].devices), "");
	}
}

/* Networks, filters, pools and secrets. */
static const struct {
	enum item_kind kind;
	const char *xml, *want;
} others[] = {
	{ ITEM_NETWORK,
	    "<network ipv6='yes'><name>n</name><forward mode='nat'><nat>"
	    "<port start='1024' end='65535'/></nat></forward><bridge "
	    "name='virbr0' stp='on' delay='0'/><ip address='10.2.116.1' "
	    "netmask='255.255.255.0'><dhcp><range start='10.2.116.2' "
	    "end='10.2.116.9'/></dhcp></ip></network>",
	    "" },
	{ ITEM_NETWORK,
	    "<network xmlns:d='http://libvirt.org/schemas/network/dnsmasq/"
	    "1.0'><name>n</name><d:options><d:option "
	    "value='dhcp-script=/tmp/x'/></d:options></network>",
	    "commandline /network/options\n" },
	{ ITEM_NETWORK,
	    "<network><name>n</name><forward mode='hostdev'><pf "
	    "dev='eth0'/></forward></network>",
	    "hostdev /network/forward/@mode\n" },
	{ ITEM_NETWORK,
	    "<network><name>n</name><bridge name='b'/><ip address='10.1.1.1' "
	    "netmask='255.255.255.0'><tftp root='/'/></ip></network>",
	    "file /network/ip/tftp\n" },
	{ ITEM_NETWORK,
	    "<network><name>n</name><dns><txt name='x' "
	    "value='a&#10;dhcp-script=/tmp/x'/></dns></network>",
	    "unlisted /network/dns/txt/@value\n" },
	{ ITEM_NETWORK,
	    "<network><name>n</name><dns><host ip='10.1.1.1'><hostname>a\n"
	    "b</hostname></host></dns></network>",
	    "unlisted /network/dns/host/hostname\n" },
	{ ITEM_NWFILTER,
	    "<filter name='nova-base' chain='root'><filterref "
	    "filter='no-mac-spoofing'/><rule action='accept' direction='in' "
	    "priority='400'><tcp srcipaddr='10.2.116.14' "
	    "dstportstart='5900'/></rule></filter>",
	    "" },
	{ ITEM_NWFILTER, "<filter name='f'><hook path='/x'/></filter>",
	    "unlisted /filter/hook\n" },
	{ ITEM_POOL,
	    "<pool type='dir'><name>p</name><target>"
	    "<path>/srv/images</path><permissions><mode>0711</mode>"
	    "</permissions></target></pool>",
	    "" },
	{ ITEM_POOL,
	    "<pool type='iscsi'><name>p</name><source><host "
	    "name='10.2.116.14' port='3260'/><device path='iqn.2010-10.x:y'/>"
	    "</source><target><path>/dev/disk/by-path</path></target></pool>",
	    "" },
	{ ITEM_POOL,
	    "<pool type='dir'><name>p</name><target><path>/etc</path>"
	    "</target></pool>",
	    "pool /pool/target/path\n" },
	{ ITEM_POOL,
	    "<pool type='logical'><name>p</name><source><name>vg</name>"
	    "</source><target><path>/dev/vg</path></target></pool>",
	    "pool /pool/@type\n" },
	{ ITEM_POOL,
	    "<pool type='scsi'><name>p</name><source><adapter "
	    "type='scsi_host' name='host0'/></source></pool>",
	    "pool /pool/@type\n" },
	{ ITEM_SECRET,
	    "<secret ephemeral='no' private='yes'><uuid>11111111-2222-3333-"
	    "4444-555555555555</uuid><description>x</description><usage "
	    "type='ceph'><name>client.cinder</name></usage></secret>",
	    "" },
	{ ITEM_SECRET, "<secret><file path='/x'/></secret>",
	    "unlisted /secret/file\n" },
	{ ITEM_SECRET, "<domain type='kvm'/>", "unlisted /domain\n" },
	{ ITEM_DOMAIN, "<domain xmlns='urn:x' type='kvm'/>",
	    "unlisted /domain\n" },
	{ ITEM_DOMAIN, "<domain type='bhyve'><name>x</name></domain>",
	    "unlisted /domain/@type\n" },
	{ ITEM_DOMAIN,
	    "<domain type='kvm' xmlns:x='urn:x' x:y='1'><name>x</name>"
	    "</domain>",
	    "unlisted /domain/@y\n" },
};

static void
test_others(void **state)
{
	struct world *w = *state;
	size_t i;

	for (i = 0; i < COUNT(others); i++) {
		world_fresh(w);
		assert_string_equal(without_schema(judged(w, others[i].kind,
					"x:y", others[i].xml)),
		    others[i].want);
		if (others[i].want[0] == '\0')
			assert_string_equal(w->said, "");
	}
}

static void
test_schema(void **state)
{
	struct world *w = *state;
	const struct plan_record *rec;

	assert_string_equal(
	    judged_domain(w, "", "<graphics type='vnc' color='red'/>"),
	    "schema\n");
	assert_int_equal(plan_rewind(w->r.plan), 0);
	assert_int_equal(plan_next(w->r.plan, &rec), 1);
	assert_int_equal(rec->type, PLAN_FINDING);
	assert_string_equal(rec->name, "schema-invalid");
	assert_true(strcspn(rec->text, ";") > 10);
	world_fresh(w);
	assert_string_equal(judged(w, ITEM_NETWORK, "network:n",
				"<network><name>n</name><mtu/></network>"),
	    "schema\n");
}

static void
check_rows(const struct allow_row *rows, size_t count)
{
	const struct allow_name *names;
	size_t i, k, n;

	names = allow_names(&n);
	for (i = 0; i < count; i++) {
		if (rows[i].rule == ALLOW_YES) {
			assert_null(rows[i].name);
			continue;
		}
		for (k = 0; k < n && strcmp(names[k].name, rows[i].name); k++)
			;
		assert_true(k < n);
		if (rows[i].rule != ALLOW_PATH ||
		    strcmp(rows[i].arg, "pool") == 0)
			continue;
		for (k = 0; k < COUNT(folder_rows) &&
			    strcmp(folder_rows[k].sort, rows[i].arg);
		     k++)
			;
		assert_true(k < COUNT(folder_rows));
	}
}

/* The tables fit each other, and the names are sorted. */
static void
test_tables(void **state)
{
	const struct allow_name *names;
	size_t n, i;

	(void)state;
	check_rows(domain_rows, COUNT(domain_rows));
	check_rows(network_rows, COUNT(network_rows));
	check_rows(nwfilter_rows, COUNT(nwfilter_rows));
	check_rows(pool_rows, COUNT(pool_rows));
	check_rows(secret_rows, COUNT(secret_rows));
	names = allow_names(&n);
	for (i = 1; i < n; i++)
		assert_true(strcmp(names[i - 1].name, names[i].name) < 0);
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_accepted),
		TEST(test_others),
		TEST(test_schema),
		TEST(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
