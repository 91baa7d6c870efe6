#include "tests/unit/allow_world.h"

/* What may not be in a domain: before its devices, in them, and what is told.
 * (The schema has a test of its own: here its lines are left out.) */
static const struct {
	const char *top, *devices, *want;
} refused[] = {
	/* Devices of the host. */
	{ "", "<hostdev mode='subsystem' type='usb'><source/></hostdev>",
	    "hostdev /domain/devices/hostdev\n" },
	{ "",
	    "<hostdev mode='subsystem' type='pci'/><hostdev "
	    "mode='capabilities' type='storage'/>",
	    "hostdev /domain/devices/hostdev[1]\n" },
	{ "", "<interface type='hostdev'><source><x/></source></interface>",
	    "hostdev /domain/devices/interface\n" },
	{ "",
	    "<interface type='vdpa'><source "
	    "dev='/dev/vhost-vdpa-0'/></interface>",
	    "hostdev /domain/devices/interface\n" },
	{ "", "<input type='evdev'><source dev='/dev/input/event1'/></input>",
	    "hostdev /domain/devices/input/@type\n" },
	{ "",
	    "<tpm><backend type='passthrough'><device path='/x'/></backend>"
	    "</tpm>",
	    "hostdev /domain/devices/tpm/backend/@type\n" },
	{ "",
	    "<video><model type='virtio'><acceleration "
	    "rendernode='/dev/dri/card0'/></model></video>",
	    "hostdev "
	    "/domain/devices/video/model/acceleration/@rendernode\n" },
	{ "", "<graphics type='spice'><gl rendernode='/dev/dri/x'/></graphics>",
	    "hostdev /domain/devices/graphics/gl/@rendernode\n" },
	{ "", "<audio id='1' type='oss'><input dev='/dev/dsp'/></audio>",
	    "hostdev /domain/devices/audio\n" },
	{ "", "<smartcard mode='host'/>",
	    "hostdev /domain/devices/smartcard/@mode\n" },
	{ "",
	    "<memory model='nvdimm'><source><path>/etc/shadow</path>"
	    "</source></memory>",
	    "hostdev /domain/devices/memory/source/path\n" },
	{ "",
	    "<rng model='virtio'><backend "
	    "model='random'>/dev/sda</backend></rng>",
	    "hostdev /domain/devices/rng/backend\n" },
	{ "",
	    "<interface type='bridge'><source bridge='b'/><backend "
	    "tap='/dev/mem'/></interface>",
	    "hostdev /domain/devices/interface/backend/@tap\n" },
	{ "",
	    "<disk type='block' device='lun' rawio='yes'><driver type='raw'/>"
	    "<source dev='/dev/none'/></disk>",
	    "hostdev /domain/devices/disk/@rawio\n" },

	/* Programs. */
	{ "", "<interface type='ethernet'><script path='/tmp/x'/></interface>",
	    "script /domain/devices/interface/script/@path\n" },
	{ "", "<interface type='ethernet'><downscript path='/x'/></interface>",
	    "script /domain/devices/interface/downscript/@path\n" },
	{ "<bootloader>/tmp/x</bootloader>", "",
	    "script /domain/bootloader\n" },
	{ "", "<filesystem type='mount'><binary path='/tmp/x'/></filesystem>",
	    "script /domain/devices/filesystem/binary\n" },
	{ "<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>"
	  "<q:arg value='-x'/></q:commandline>",
	    "", "commandline /domain/commandline\n" },
	{ "<q:override xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'/>",
	    "", "commandline /domain/override\n" },
	{ "<l:namespace xmlns:l='http://libvirt.org/schemas/domain/lxc/1.0'>"
	  "<l:sharenet type='netns' value='x'/></l:namespace>",
	    "", "commandline /domain/namespace\n" },

	/* Disks. */
	{ "",
	    "<disk type='file'><driver type='raw'/><source "
	    "file='/etc/shadow'/></disk>",
	    "disk /domain/devices/disk/source/@file\n" },
	{ "",
	    "<disk type='file'><driver type='raw'/><source "
	    "file='/var/lib/nova/instances/../../../../etc/shadow'/></disk>",
	    "disk /domain/devices/disk/source/@file\n" },
	{ "",
	    "<disk type='file'><driver type='raw'/><source "
	    "file='/var/lib/nova/instances'/></disk>",
	    "disk /domain/devices/disk/source/@file\n" },
	{ "",
	    "<disk type='file'><driver type='raw'/><source "
	    "file='/var/lib/nova/instances-else/x'/></disk>",
	    "disk /domain/devices/disk/source/@file\n" },
	{ "",
	    "<disk type='file'><driver type='raw'/><source "
	    "file='disk'/></disk>",
	    "disk /domain/devices/disk/source/@file\n" },
	{ "",
	    "<disk type='block'><driver type='raw'/><source "
	    "dev='/etc/shadow'/></disk>",
	    "disk /domain/devices/disk/source/@dev\n" },
	{ "",
	    "<disk type='file'><driver type='qcow2'/><source "
	    "file='/var/lib/nova/instances/a/disk'/><backingStore type='file'>"
	    "<format type='raw'/><source file='/etc/shadow'/><backingStore/>"
	    "</backingStore></disk>",
	    "disk /domain/devices/disk/backingStore/source/@file\n" },
	{ "",
	    "<disk type='file'><driver type='qcow2'/><source "
	    "file='/var/lib/nova/instances/a/disk'/><backingStore type='file'>"
	    "<format type='qcow2'/><source "
	    "file='/var/lib/nova/instances/_base/b'/>"
	    "<backingStore type='block'><format type='raw'/>"
	    "<source dev='/root/x'/></backingStore></backingStore></disk>",
	    "disk "
	    "/domain/devices/disk/backingStore/backingStore/source/@dev\n" },
	{ "",
	    "<disk type='file'><driver name='qemu'/><source "
	    "file='/var/lib/nova/instances/a/disk'/></disk>",
	    "disk-format /domain/devices/disk\n" },
	{ "",
	    "<disk type='file'><source "
	    "file='/var/lib/nova/instances/a/disk'/></disk>",
	    "disk-format /domain/devices/disk\n" },
	{ "",
	    "<disk type='file'><driver type='qcow2'/><source "
	    "file='/var/lib/nova/instances/a/disk'/><backingStore "
	    "type='file'><source file='/var/lib/nova/instances/_base/b'/>"
	    "</backingStore></disk>",
	    "disk-format /domain/devices/disk/backingStore\n" },
	{ "",
	    "<disk type='file'><driver type='vmdk'/><source "
	    "file='/var/lib/nova/instances/a/disk'/></disk>",
	    "disk-format /domain/devices/disk/driver/@type\n" },
	{ "", "<disk type='dir'><driver type='fat'/><source dir='/'/></disk>",
	    "disk-format /domain/devices/disk/driver/@type\n"
	    "disk-kind /domain/devices/disk/@type\n" },
	{ "", "<disk type='nvme'><driver type='raw'/></disk>",
	    "disk-kind /domain/devices/disk/@type\n" },
	{ "",
	    "<disk type='network'><driver type='raw'/><source protocol='ssh' "
	    "name='x'/></disk>",
	    "disk-kind /domain/devices/disk/source/@protocol\n" },
	{ "",
	    "<disk type='network'><driver type='raw'/><source protocol='rbd' "
	    "name='x'><host transport='unix' socket='/x'/><config "
	    "file='/etc/passwd'/></source></disk>",
	    "file /domain/devices/disk/source/config/@file\n"
	    "socket /domain/devices/disk/source/host/@socket\n" },
	{ "",
	    "<disk type='block'><driver type='raw'/><source dev='/dev/none'>"
	    "<reservations managed='no'/></source></disk>",
	    "socket /domain/devices/disk/source/reservations\n" },
	{ "", "<lease><target path='/etc/x'/></lease>",
	    "disk /domain/devices/lease\n" },
	{ "",
	    "<filesystem type='mount' accessmode='passthrough'><source "
	    "dir='/'/><target dir='x'/></filesystem>",
	    "filesystem /domain/devices/filesystem/source/@dir\n" },
	{ "",
	    "<filesystem type='mount'><source "
	    "dir='/var/lib/nova/instances'/><target dir='x'/></filesystem>",
	    "filesystem /domain/devices/filesystem/source/@dir\n" },

	/* Files. */
	{ "<os><type>hvm</type><kernel>/boot/vmlinuz</kernel>"
	  "<initrd>/etc/shadow</initrd></os>",
	    "", "file /domain/os/kernel\n" },
	{ "<os><type>hvm</type><loader>/var/lib/nova/instances/x</loader>"
	  "<nvram template='/etc/shadow'>/root/x</nvram></os>",
	    "", "file /domain/os/loader\n" },
	{ "<os><type>hvm</type><acpi><table type='slic'>/etc/shadow</table>"
	  "</acpi></os>",
	    "", "file /domain/os/acpi/table\n" },
	{ "<sysinfo type='fwcfg'><entry name='opt/x' "
	  "file='/etc/shadow'/></sysinfo>",
	    "", "file /domain/sysinfo/entry/@file\n" },
	{ "", "<interface type='user'><rom file='/etc/shadow'/></interface>",
	    "file /domain/devices/interface/rom/@file\n" },

	/* Consoles. */
	{ "", "<serial type='file'><source path='/etc/cron.d/x'/></serial>",
	    "console /domain/devices/serial/source/@path\n" },
	{ "", "<console type='pipe'><source path='/x'/></console>",
	    "console /domain/devices/console/@type\n" },
	{ "", "<parallel type='dev'><source path='/dev/sda'/></parallel>",
	    "console /domain/devices/parallel/@type\n" },
	{ "", "<serial type='stdio'/>",
	    "console /domain/devices/serial/@type\n" },
	{ "",
	    "<serial type='pty'><source path='/dev/sda'/><log "
	    "file='/root/.bashrc' append='on'/></serial>",
	    "console /domain/devices/serial/source/@path\n" },
	{ "",
	    "<channel type='unix'><source mode='bind' path='/run/x'/>"
	    "</channel>",
	    "socket /domain/devices/channel/source/@path\n" },
	{ "",
	    "<channel type='unix'><source mode='connect' "
	    "path='/var/lib/libvirt/qemu/a.sock'/></channel>",
	    "socket /domain/devices/channel/source/@mode\n" },
	{ "",
	    "<channel type='unix'><source mode='bind' "
	    "path='/var/lib/libvirt/qemu/nvram/a.sock'/></channel>",
	    "socket /domain/devices/channel/source/@path\n" },
	{ "",
	    "<serial type='tcp'><source mode='connect' host='h' "
	    "service='1'/></serial>",
	    "connect /domain/devices/serial/source/@mode\n" },
	{ "", "<serial type='udp'><source mode='bind' host='h'/></serial>",
	    "connect /domain/devices/serial/@type\n" },
	{ "",
	    "<rng model='virtio'><backend model='egd' type='tcp'><source "
	    "host='h'/></backend></rng>",
	    "connect /domain/devices/rng/backend/@model\n" },
	{ "", "<redirdev bus='usb' type='tcp'><source host='h'/></redirdev>",
	    "connect /domain/devices/redirdev/@type\n" },
	{ "", "<interface type='client'><source address='h'/></interface>",
	    "connect /domain/devices/interface\n" },
	{ "",
	    "<interface type='vhostuser'><source type='unix' path='/run/x' "
	    "mode='client'/></interface>",
	    "socket /domain/devices/interface/source/@path\n" },
	{ "", "<graphics type='vnc' socket='/run/x'/>",
	    "socket /domain/devices/graphics/@socket\n" },
	{ "",
	    "<graphics type='spice'><listen type='socket' socket='/x'/>"
	    "</graphics>",
	    "socket /domain/devices/graphics/listen/@socket\n" },

	/* Confinement. */
	{ "<seclabel type='none'/>", "",
	    "confinement /domain/seclabel/@type\n" },
	{ "<seclabel type='static' model='dac'><label>0:0</label></seclabel>",
	    "", "confinement /domain/seclabel/@type\n" },
	{ "<features><capabilities policy='allow'/></features>", "",
	    "confinement /domain/features/capabilities\n" },
	{ "",
	    "<disk type='file'><driver type='raw'/><source "
	    "file='/var/lib/nova/instances/a/d'><seclabel model='dac' "
	    "relabel='no'/></source></disk>",
	    "confinement /domain/devices/disk/source/seclabel\n" },

	/* What is in no table. */
	{ "<hook>x</hook>", "", "unlisted /domain/hook\n" },
	{ "", "<shmem name='../x'/>", "unlisted /domain/devices/shmem\n" },
	{ "", "<pstore backend='x'/>", "unlisted /domain/devices/pstore\n" },
	{ "", "<graphics type='sdl' display=':0'/>",
	    "file /domain/devices/graphics/@display\n"
	    "unlisted /domain/devices/graphics/@type\n" },
	{ "", "<interface type='bridge'><source bridge='a&#10;b'/></interface>",
	    "unlisted /domain/devices/interface/source/@bridge\n" },
};

static void
test_refused(void **state)
{
	struct world *w = *state;
	size_t i;

	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		world_fresh(w);
		assert_string_equal(without_schema(judged_domain(
					w, refused[i].top, refused[i].devices)),
		    refused[i].want);
	}
	print_message("# figure: kinds of attack in a domain: %zu\n", i);
}

/* Each is released by its name, and by no other. */
static void
test_released(void **state)
{
	struct world *w = *state;
	const struct allow_name *names;
	const char *allow[32], *said;
	size_t i, k, n;

	names = allow_names(&n);
	assert_true(n < 31);
	for (i = 0; i < n; i++)
		allow[i] = names[i].name;
	allow[n] = NULL;
	w->opt.allow = allow;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		world_fresh(w);
		said = judged_domain(w, refused[i].top, refused[i].devices);
		for (; *said != '\0'; said = strchr(said, '\n') + 1)
			assert_memory_equal(said, "waived ", 7);
	}
	/* Only the name that is asked for. */
	for (i = 0; i < n; i++) {
		for (k = 0; k < n; k++)
			allow[k] = names[k].name;
		allow[i] = "script:domain:b";
		world_fresh(w);
		said = judged_domain(
		    w, "<bootloader>/x</bootloader><hook/>", "<hostdev/>");
		assert_true((strstr(said, "waived script") == NULL) ==
			    (strcmp(names[i].name, "script") == 0));
		assert_true((strstr(said, "waived hostdev") == NULL) ==
			    (strcmp(names[i].name, "hostdev") == 0));
		assert_true((strstr(said, "waived unlisted") == NULL) ==
			    (strcmp(names[i].name, "unlisted") == 0));
	}
	w->opt.allow = NULL;
}

/* One finding, however often it stands there. */
static void
test_many(void **state)
{
	struct world *w = *state;
	const struct plan_record *rec;
	char devices[12000] = "";
	size_t i;

	for (i = 0; i < 1000; i++)
		strcat(devices, "<hostdev/>");
	assert_string_equal(without_schema(judged_domain(w, "", devices)),
	    "hostdev /domain/devices/hostdev[1]\n");
	assert_int_equal(plan_rewind(w->r.plan), 0);
	assert_int_equal(plan_next(w->r.plan, &rec), 1);
	assert_non_null(strstr(rec->text, "and 999 more"));
	assert_non_null(strstr(rec->text, "--not 'domain:a'"));
}

/* A verify tells, and has nothing to release. */
static void
test_reading(void **state)
{
	static const char *const allow[] = { "hostdev", NULL };
	struct world *w = *state;

	w->r.reading = 1;
	assert_string_equal(without_schema(judged_domain(w, "", "<hostdev/>")),
	    "note hostdev /domain/devices/hostdev\n");
	world_fresh(w);
	w->opt.allow = allow;
	assert_string_equal(
	    without_schema(judged_domain(w, "", "<hostdev/>")), "");
	w->opt.allow = NULL;
	/* Emulators are told by nobody else then. */
	world_fresh(w);
	assert_string_equal(judged_domain(w, "", "<emulator>/tmp/x</emulator>"),
	    "note emulator /domain/devices/emulator\n");
	world_fresh(w);
	assert_string_equal(
	    judged_domain(w, "", "<emulator>/usr/bin/kvm-spice</emulator>"),
	    "");
	w->r.reading = 0;
}

/* Before a restore: hardware tells, unless some are released. */
static void
test_emulator(void **state)
{
	static const char *const allow[] = { "emulator:domain:b", NULL };
	struct world *w = *state;

	assert_string_equal(
	    judged_domain(w, "", "<emulator>/tmp/x</emulator>"), "");
	w->opt.allow = allow;
	assert_string_equal(judged_domain(w, "", "<emulator>/tmp/x</emulator>"),
	    "emulator /domain/devices/emulator\n");
	assert_int_equal(allow_emulator(&w->r, CAPS, "/tmp/x", "domain:b"), 1);
	assert_int_equal(allow_emulator(&w->r, CAPS, "/tmp/x", "domain:a"), 0);
	assert_int_equal(allow_emulator(&w->r, CAPS, "kvm", "domain:a"), 0);
	assert_int_equal(allow_emulator(&w->r, NULL,
			     "/usr/bin/qemu-system-x86_64", "domain:a"),
	    0);
	assert_int_equal(allow_emulator(&w->r, CAPS,
			     "/usr/bin/qemu-system-x86_64", "domain:a"),
	    1);
	assert_int_equal(
	    allow_emulator(&w->r, "<none", "/usr/bin/x", "domain:a"), -1);
	w->opt.allow = NULL;
}

static void
test_names(void **state)
{
	static const char *const good[] = { "hostdev", "disk:domain:*",
		"script:a", NULL };
	static const char *const bad[][2] = { { "host", NULL },
		{ "hostdev:", NULL }, { "", NULL }, { ":a", NULL },
		{ "hostdevs", NULL }, { "not-allowed", NULL } };
	const char *const *said;
	size_t i, n;

	(void)state;
	assert_int_equal(allow_check(NULL), 0);
	assert_int_equal(allow_check(good), 0);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		warn_forget();
		assert_int_equal(allow_check(bad[i]), -1);
		said = warn_said(&n);
		assert_int_equal(n, 2);
		assert_non_null(strstr(said[0], "--allow "));
		assert_non_null(strstr(said[1], "hostdev, "));
	}
	assert_true(allow_released(good, "hostdev", "domain:a"));
	assert_true(allow_released(good, "disk", "domain:a"));
	assert_false(allow_released(good, "disk-kind", "domain:a"));
	assert_false(allow_released(good, "disk", "network:a"));
	assert_false(allow_released(good, "script", "domain:a"));
	assert_false(allow_released(NULL, "script", "domain:a"));
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_refused),
		TEST(test_released),
		TEST(test_many),
		TEST(test_reading),
		TEST(test_emulator),
		TEST(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
