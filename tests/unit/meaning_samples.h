#ifndef TESTS_UNIT_MEANING_SAMPLES_H
#define TESTS_UNIT_MEANING_SAMPLES_H

/**
 * Definitions as nova writes them, and what may not change in them unseen. They
 * are given to a real libvirt, read back, and compared.
 */

/* 2012: the story's, for a host without KVM. */
static const char sample_essex[] =
    "<!-- made by hand -->\n"
    "<domain type='qemu'>\n"
    "  <name>instance-0000005f</name>\n"
    "  <uuid>e8f73117-1a19-4d3e-a8d5-f846199d3b75</uuid>\n"
    "  <memory>524288</memory>\n"
    "  <vcpu>1</vcpu>\n"
    "  <os>\n"
    "    <type arch='x86_64' machine='pc'>hvm</type>\n"
    "    <boot dev=\"hd\" />\n"
    "  </os>\n"
    "  <features>\n    <acpi/>\n  </features>\n"
    "  <clock offset='utc'/>\n"
    "  <devices>\n"
    "    <emulator>/usr/bin/qemu-system-x86_64</emulator>\n"
    "    <disk type='file' device='disk'>\n"
    "      <driver type='qcow2' cache='none'/>\n"
    "      <source file='/var/lib/nova/instances/instance-0000005f/disk'/>\n"
    "      <target dev='vda' bus='virtio'/>\n"
    "    </disk>\n"
    "    <disk type='block' device='disk'>\n"
    "      <driver name='qemu' type='raw' cache='none'/>\n"
    "      <source dev='/dev/disk/by-path/ip-10.2.116.14:3260-iscsi-"
    "iqn.2010-10.org.openstack:volume-00000007-lun-1'/>\n"
    "      <target dev='vdb' bus='virtio'/>\n"
    "    </disk>\n"
    "    <interface type='bridge'>\n"
    "      <source bridge='br100'/>\n"
    "      <mac address='FA:16:3E:1A:66:D3'/>\n"
    "      <model type='virtio'/>\n"
    "      <filterref filter='nova-instance-instance-0000005f-fa163e1a66d3'>\n"
    "        <parameter name='IP' value='192.168.4.40' />\n"
    "        <parameter name='DHCPSERVER' value='192.168.4.33' />\n"
    "      </filterref>\n"
    "    </interface>\n"
    "    <serial type='file'>\n"
    "      <source path='/var/lib/nova/instances/instance-0000005f/"
    "console.log'/>\n"
    "      <target port='1'/>\n"
    "    </serial>\n"
    "    <console type='pty' tty='/dev/pts/2'>\n"
    "      <source path='/dev/pts/2'/>\n"
    "      <target port='0'/>\n"
    "    </console>\n"
    "    <serial type='pty'>\n"
    "      <source path='/dev/pts/2'/>\n"
    "      <target port='0'/>\n"
    "    </serial>\n"
    "    <input type='tablet' bus='usb'/>\n"
    "    <graphics type='vnc' port='-1' autoport='yes' keymap='en-us' "
    "listen='10.2.15.3'/>\n"
    "    <video><model type='cirrus' vram='9216' heads='1'/></video>\n"
    "  </devices>\n"
    "</domain>\n";

/* What nova writes ten years later, and some more. */
static const char sample_modern[] =
    "<domain type='qemu' "
    "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
    "  <name>instance-00000100</name>\n"
    "  <uuid>0D1A2B3C-1111-4222-8333-444455556666</uuid>\n"
    "  <title>web</title>\n"
    "  <metadata>\n"
    "    <nova:instance xmlns:nova='http://openstack.org/xmlns/libvirt/nova/"
    "1.1'>\n"
    "      <nova:name>web</nova:name>\n"
    "      <nova:ports><nova:port uuid='7'>"
    "<nova:ip type='fixed' address='10.2.116.77' ipVersion='4'/>"
    "</nova:port></nova:ports>\n"
    "    </nova:instance>\n"
    "  </metadata>\n"
    "  <memory unit='GiB'>2</memory>\n"
    "  <currentMemory unit='MiB'>1024</currentMemory>\n"
    "  <vcpu placement='static' cpuset='0,1,2,3'>2</vcpu>\n"
    "  <cputune>\n"
    "    <shares>2048</shares>\n"
    "    <vcpupin vcpu='0' cpuset='0,1'/>\n"
    "    <vcpupin vcpu='1' cpuset='2'/>\n"
    "  </cputune>\n"
    "  <sysinfo type='smbios'><system>"
    "<entry name='manufacturer'>OpenStack Foundation</entry>"
    "<entry name='serial'>007</entry></system></sysinfo>\n"
    "  <os>\n"
    "    <type arch='x86_64' machine='q35'>hvm</type>\n"
    "    <boot dev='network'/><boot dev='hd'/>\n"
    "    <smbios mode='sysinfo'/>\n"
    "  </os>\n"
    "  <features><acpi/><apic/><vmcoreinfo/></features>\n"
    "  <cpu mode='custom' match='exact'>\n"
    "    <model>qemu64</model>\n"
    "    <topology sockets='2' cores='1' threads='1'/>\n"
    "    <feature policy='require' name='x2apic'/>\n"
    "    <feature policy='disable' name='svm'/>\n"
    "  </cpu>\n"
    "  <clock offset='utc'>\n"
    "    <timer name='pit' tickpolicy='delay'/>\n"
    "    <timer name='rtc' tickpolicy='catchup'/>\n"
    "    <timer name='hpet' present='no'/>\n"
    "  </clock>\n"
    "  <on_crash>destroy</on_crash>\n"
    "  <devices>\n"
    "    <emulator>/usr/bin/qemu-system-x86_64</emulator>\n"
    "    <disk type='network' device='disk'>\n"
    "      <driver name='qemu' type='raw' cache='writeback' discard='unmap'/>\n"
    "      <auth username='cinder'>"
    "<secret type='ceph' uuid='457eb676-33da-42ec-9a8c-9293d545c337'/></auth>\n"
    "      <source protocol='rbd' name='volumes/volume-1'>\n"
    "        <host name='10.2.116.31' port='6789'/>\n"
    "        <host name='10.2.116.32' port='6789'/>\n"
    "      </source>\n"
    "      <target dev='vda' bus='virtio'/>\n"
    "      <serial>8a8b</serial>\n"
    "      <iotune><total_iops_sec>500</total_iops_sec></iotune>\n"
    "    </disk>\n"
    "    <disk type='file' device='cdrom'>\n"
    "      <driver name='qemu' type='raw'/>\n"
    "      <source file='/var/lib/nova/instances/i/disk.config'/>\n"
    "      <target dev='sda' bus='sata'/><readonly/>\n"
    "    </disk>\n"
    "    <interface type='ethernet'>\n"
    "      <mac address='fa:16:3e:00:00:01'/>\n"
    "      <target dev='tap0'/><model type='virtio'/><mtu size='1450'/>\n"
    "    </interface>\n"
    "    <interface type='bridge'>\n"
    "      <mac address='fa:16:3e:00:00:02'/>\n"
    "      <source bridge='br-int'/>\n"
    "      <virtualport type='openvswitch'><parameters "
    "interfaceid='b2c3d4e5-0000-4000-8000-000000000001'/></virtualport>\n"
    "      <model type='virtio'/>\n"
    "    </interface>\n"
    "    <interface type='udp'>\n"
    "      <mac address='fa:16:3e:00:00:03'/>\n"
    "      <source address='10.2.116.14' port='5000'>"
    "<local address='10.2.116.15' port='5001'/></source>\n"
    "      <model type='virtio'/>\n"
    "    </interface>\n"
    "    <serial type='tcp'>\n"
    "      <source mode='bind' host='10.2.116.14' service='10000'/>\n"
    "      <log file='/var/lib/nova/instances/i/console.log' append='off'/>\n"
    "    </serial>\n"
    "    <channel type='unix'>\n"
    "      <source mode='bind' path='/var/lib/libvirt/qemu/a.sock'/>\n"
    "      <target type='virtio' name='org.qemu.guest_agent.0'/>\n"
    "    </channel>\n"
    "    <graphics type='vnc' autoport='yes' passwd='geheim'>\n"
    "      <listen type='address' address='2001:DB8:1:0:0:0:0:E'/>\n"
    "    </graphics>\n"
    "    <video><model type='virtio'/></video>\n"
    "    <watchdog model='i6300esb' action='reset'/>\n"
    "    <memballoon model='virtio'><stats period='10'/></memballoon>\n"
    "    <rng model='virtio'><backend model='random'>/dev/urandom</backend>"
    "</rng>\n"
    "  </devices>\n"
    "  <qemu:commandline>\n"
    "    <qemu:arg value='-name'/><qemu:arg value='web'/>\n"
    "    <qemu:env name='A' value='b'/>\n"
    "  </qemu:commandline>\n"
    "</domain>\n";

static const char sample_filter[] =
    "<filter name='nova-base' chain='root'>"
    "<filterref filter='clean-ip'/>"
    "<filterref filter='clean-mac'/>"
    "<rule action='drop' direction='in' priority='100'>"
    "<tcp srcipaddr='10.2.116.14' srcipmask='24' dstportstart='22'/></rule>"
    "<rule action='accept' direction='out'>"
    "<ipv6 srcipaddr='2001:db8::1' protocol='udp'/></rule>"
    "<rule action='accept' direction='inout' statematch='false'>"
    "<mac protocolid='arp'/></rule></filter>";

static const char sample_leaf[] =
    "<filter name='%s' chain='root'>"
    "<rule action='drop' direction='out'><all/></rule></filter>";

static const char sample_network[] =
    "<network><name>nova</name>"
    "<forward mode='nat'/>"
    "<bridge name='virbr78'/>"
    "<domain name='novalocal'/>"
    "<dns><forwarder addr='10.2.116.53'/>"
    "<host ip='10.2.116.14'><hostname>ctl</hostname></host></dns>"
    "<ip address='10.3.0.1' prefix='24'><dhcp>"
    "<range start='10.3.0.10' end='10.3.0.20'/>"
    "<host mac='52:54:00:00:00:01' name='a' ip='10.3.0.11'/>"
    "<host mac='52:54:00:00:00:02' name='b' ip='10.3.0.12'/></dhcp></ip>"
    "<ip family='ipv6' address='2001:db8:ca2:2::1' prefix='64'/>"
    "<route address='10.9.0.0' prefix='24' gateway='10.3.0.2'/></network>";

static const char sample_pool[] =
    "<pool type='iscsi'><name>vols</name>"
    "<source><host name='10.2.116.14' port='3260'/>"
    "<device path='iqn.2010-10.org.openstack:volume-1'/>"
    "<initiator><iqn name='iqn.1993-08.org.debian:1'/></initiator></source>"
    "<target><path>/dev/disk/by-path</path></target></pool>";

static const char sample_secret[] =
    "<secret ephemeral='no' private='no'>"
    "<uuid>457EB676-33DA-42EC-9A8C-9293D545C337</uuid>"
    "<description>for cinder</description>"
    "<usage type='ceph'><name>client.cinder secret</name></usage></secret>";

/* One change of a definition that was read back: text that stands in it once,
 * and what takes its place. */
struct change {
	const char *from, *to;
};

static const struct change essex_changes[] = {
	{ "<name>instance-0000005f<", "<name>instance-0000005e<" },
	{ "-1a19-", "-1a18-" },
	{ "type='qemu'>\n  <name", "type='kvm'>\n  <name" },
	{ "<memory unit='KiB'>524288<", "<memory unit='KiB'>524289<" },
	{ "<memory unit='KiB'>", "<memory unit='MiB'>" },
	{ ">1</vcpu>", ">2</vcpu>" },
	{ "arch='x86_64'", "arch='i686'" },
	{ "machine='pc-i440fx-", "machine='pc-q35-" },
	{ ">hvm<", ">xen<" },
	{ "<boot dev='hd'/>", "<boot dev='network'/>" },
	{ "<acpi/>", "" },
	{ "offset='utc'", "offset='localtime'" },
	{ "qemu-system-x86_64", "kvm" },
	{ "type='file' device='disk'", "type='file' device='cdrom'" },
	{ "type='qcow2'", "type='raw'" },
	{ "type='qcow2' cache='none'", "type='qcow2' cache='writeback'" },
	{ "type='qcow2' cache='none'", "type='qcow2'" },
	{ "0000005f/disk'/>", "0000005e/disk'/>" },
	{ "dev='vda' bus='virtio'", "dev='vda' bus='ide'" },
	{ "dev='vda'", "dev='vdc'" },
	{ "ip-10.2.116.14:3260", "ip-10.2.116.140:3260" },
	{ "fa:16:3e:1a:66:d3", "fa:16:3e:1a:66:d4" },
	{ "bridge='br100'", "bridge='br101'" },
	{ "<model type='virtio'/>", "<model type='e1000'/>" },
	{ "filter='nova-instance", "filter='nova" },
	{ "value='192.168.4.40'", "value='192.168.4.41'" },
	{ "name='IP' value", "name='IQ' value" },
	{ "<parameter name='IP' value='192.168.4.40'/>", "" },
	{ "<parameter name='IP' value='192.168.4.40'/>",
	    "<parameter name='IP' value='192.168.4.40'/>"
	    "<parameter name='IP' value='192.168.4.41'/>" },
	{ "<serial type='file'>", "<serial type='pty'>" },
	{ "0000005f/console.log'/>\n      <target type='isa-serial' port='1'",
	    "0000005e/console.log'/>\n      <target type='isa-serial' "
	    "port='1'" },
	{ "<input type='tablet' bus='usb'>", "<input type='mouse' bus='usb'>" },
	{ "type='vnc'", "type='spice'" },
	{ "autoport='yes'", "autoport='no'" },
	{ "listen='10.2.15.3'", "listen='10.2.116.14'" },
	{ "keymap='en-us'", "keymap='de'" },
	{ "keymap='en-us'", "keymap='en-us' passwd='x'" },
	{ "type='cirrus'", "type='vga'" },
	{ "vram='16384'", "vram='32768'" },
	{ "<serial type='file'>",
	    "<disk type='file' device='disk'><source file='/x'/><target "
	    "dev='vdc' bus='virtio'/></disk><serial type='file'>" },
	{ "<serial type='file'>",
	    "<interface type='network'><mac address='52:54:00:00:00:01'/>"
	    "<source network='default'/></interface><serial type='file'>" },
	{ "<serial type='file'>",
	    "<filesystem type='mount'><source dir='/'/><target dir='x'/>"
	    "</filesystem><serial type='file'>" },
	{ "<serial type='file'>",
	    "<hostdev mode='subsystem' type='usb'/><serial type='file'>" },
	{ "<serial type='file'>",
	    "<graphics type='spice' autoport='yes'/><serial type='file'>" },
	{ "<features>", "<description>mine</description><features>" },
};

static const struct change modern_changes[] = {
	{ "<title>web<", "<title>db<" },
	{ "<nova:name>web", "<nova:name>db" },
	{ "\"10.2.116.77", "\"10.2.116.78" },
	{ "<nova:name>", "<nova:more/><nova:name>" },
	{ ">2097152<", ">2097153<" },
	{ ">1048576<", ">1048577<" },
	{ "cpuset='0-3'", "cpuset='0-2'" },
	{ "<shares>2048", "<shares>2049" },
	{ "vcpu='0' cpuset='0-1'", "vcpu='0' cpuset='0'" },
	{ ">007<", ">7<" },
	{ "<boot dev='network'/>\n    <boot dev='hd'/>",
	    "<boot dev='hd'/>\n    <boot dev='network'/>" },
	{ "<vmcoreinfo state='on'/>", "" },
	{ "<apic/>", "" },
	{ "sockets='2'", "sockets='1'" },
	{ "policy='disable' name='svm'", "policy='require' name='svm'" },
	{ "<feature policy='require' name='x2apic'/>", "" },
	{ "tickpolicy='catchup'", "tickpolicy='delay'" },
	{ "present='no'", "present='yes'" },
	{ "<on_crash>destroy", "<on_crash>restart" },
	{ "discard='unmap'", "discard='ignore'" },
	{ "username='cinder'", "username='nova'" },
	{ "uuid='457eb676-", "uuid='457eb677-" },
	{ "<host name='10.2.116.31' port='6789'/>", "" },
	{ "name='10.2.116.32'", "name='10.2.116.33'" },
	{ "<host name='10.2.116.31' port='6789'/>",
	    "<host name='10.2.116.31' port='6789'/><host name='10.2.116.30' "
	    "port='6789'/>" },
	{ "<serial>8a8b<", "<serial>8a8c<" },
	{ ">500<", ">501<" },
	{ "<readonly/>", "" },
	{ "<mtu size='1450'/>", "" },
	{ "interfaceid='b2c3d4e5", "interfaceid='b2c3d4e6" },
	{ "<source address='10.2.116.14'", "<source address='10.2.116.140'" },
	{ "<local address='10.2.116.15'", "<local address='10.2.116.16'" },
	{ "host='10.2.116.14' service='10000'",
	    "host='10.2.15.3' service='10000'" },
	{ "/console.log' append='off'", "/other.log' append='off'" },
	{ "path='/var/lib/libvirt/qemu/a.sock'",
	    "path='/var/lib/libvirt/qemu/b.sock'" },
	{ "passwd='geheim'", "passwd='offen'" },
	{ "passwd='geheim'", "" },
	{ "<listen type='address' address='2001:DB8:1:0:0:0:0:E'/>",
	    "<listen type='address' address='2001:DB8:1:0:0:0:0:F'/>" },
	{ "action='reset'", "action='none'" },
	{ "<stats period='10'/>", "<stats period='11'/>" },
	{ ">/dev/urandom<", ">/dev/random<" },
	{ "<qemu:arg value='web'/>", "" },
	{ "<qemu:arg value='web'/>",
	    "<qemu:arg value='web'/><qemu:arg value='-S'/>" },
	{ "value='b'", "value='c'" },
};

static const struct change filter_changes[] = {
	{ "name='nova-base'", "name='nova-base2'" },
	{ "chain='root'", "chain='ipv4'" },
	{ "<filterref filter='clean-mac'/>", "" },
	{ "filter='clean-mac'", "filter='clean-mac2'" },
	{ "<filterref filter='clean-ip'/>",
	    "<filterref filter='clean-ip'/><filterref filter='x'/>" },
	{ "action='drop'", "action='reject'" },
	{ "direction='in' ", "direction='out' " },
	{ "priority='100'", "priority='101'" },
	{ "srcipaddr='10.2.116.14'", "srcipaddr='10.2.116.140'" },
	{ "srcipmask='24'", "srcipmask='25'" },
	{ "srcipmask='24'", "" },
	{ "dstportstart='22'", "dstportstart='23'" },
	{ "dstportstart='22'", "dstportstart='22' dstportend='30'" },
	{ "2001:db8::1", "2001:db8::2" },
	{ "statematch='false'", "statematch='true'" },
	{ "</filter>", "<rule action='drop' direction='in'><all/></rule>"
		       "</filter>" },
};

static const struct change network_changes[] = {
	{ "<name>nova<", "<name>nov<" },
	{ "<forward mode='nat'/>", "<forward mode='route'/>" },
	{ "<forward mode='nat'/>", "" },
	{ "name='virbr78'", "name='virbr79'" },
	{ "name='novalocal'", "name='local'" },
	{ "addr='10.2.116.53'", "addr='10.2.116.54'" },
	{ "<host ip='10.2.116.14'", "<host ip='10.2.116.15'" },
	{ "<hostname>ctl<", "<hostname>ct<" },
	{ "address='10.3.0.1'", "address='10.3.0.2'" },
	{ "end='10.3.0.20'", "end='10.3.0.21'" },
	{ "ip='10.3.0.12'", "ip='10.3.0.13'" },
	{ "<host mac='52:54:00:00:00:02' name='b' ip='10.3.0.12'/>", "" },
	{ "2001:db8:ca2:2::1", "2001:db8:ca2:2::2" },
	{ "gateway='10.3.0.2'", "gateway='10.3.0.3'" },
	{ "</network>",
	    "<route address='10.8.0.0' prefix='24' gateway='10.3.0.2'/>"
	    "</network>" },
};

static const struct change pool_changes[] = {
	{ "type='iscsi'", "type='netfs'" },
	{ "<name>vols<", "<name>vol<" },
	{ "<host name='10.2.116.14'", "<host name='10.2.116.140'" },
	{ "port='3260'", "port='3261'" },
	{ "volume-1", "volume-2" },
	{ "debian:1", "debian:2" },
	{ ">/dev/disk/by-path<", ">/dev/disk/by-id<" },
};

static const struct change secret_changes[] = {
	{ "457eb676-", "457eb677-" },
	{ "ephemeral='no'", "ephemeral='yes'" },
	{ "private='no'", "private='yes'" },
	{ ">for cinder<", ">for glance<" },
	{ "type='ceph'", "type='iscsi'" },
	{ ">client.cinder secret<", ">client.glance secret<" },
};

#endif
