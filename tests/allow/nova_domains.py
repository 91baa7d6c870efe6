#!/usr/bin/python3
"""Domains as nova writes them, made by nova's own classes (python3-nova).

nova_domains.py FOLDER: FOLDER/NAME/libvirt.xml for each.  Names that begin with "host-"
have devices of the host, which an operator has to allow.
"""
import os
import sys

from nova.virt.libvirt import config as c

BASE = '/var/lib/nova/instances/'


def of(cls, **kw):
    o = cls()
    for k, v in kw.items():
        setattr(o, k, v)
    return o


def disk(path=None, dev='vda', **kw):
    kw = dict(dict(driver_name='qemu', driver_format='qcow2',
                   driver_cache='none', source_path=path, target_dev=dev,
                   target_bus='virtio'), **kw)
    return of(c.LibvirtConfigGuestDisk, **kw)


def guest(name, virt_type='kvm', **kw):
    g = of(c.LibvirtConfigGuest, virt_type=virt_type, name=name,
           uuid='6a3f7b1e-0000-4000-8000-%012x' % len(made),
           memory=524288, vcpus=2, os_type='hvm', os_arch='x86_64',
           os_mach_type='pc', os_boot_dev=['hd'])
    for k, v in kw.items():
        setattr(g, k, v)
    made[name] = g
    return g


made = {}


def volumes():
    """Each kind of volume that nova attaches."""
    g = guest('volumes')
    here = BASE + 'volumes/'
    g.add_device(disk(here + 'disk'))
    g.add_device(disk(here + 'disk.config', 'hdd', source_device='cdrom',
                      driver_format='raw', target_bus='ide', readonly=True))
    g.add_device(disk(
        '/dev/disk/by-path/ip-10.2.116.14:3260-iscsi-iqn.2010-10.org.'
        'openstack:volume-1-lun-1', 'vdb', source_type='block',
        driver_format='raw', driver_io='native', serial='volume-1'))
    g.add_device(disk(
        '/dev/disk/by-id/dm-uuid-mpath-36005', 'vdc', source_type='block',
        driver_format='raw', logical_block_size='512',
        physical_block_size='4096'))
    g.add_device(disk(
        '/var/lib/nova/mnt/0123456789abcdef0123456789abcdef/volume-2', 'vdd',
        driver_format='raw', disk_total_iops_sec=100))
    g.add_device(disk(
        None, 'vde', source_type='network', source_protocol='rbd',
        source_name='volumes/volume-3', source_hosts=['10.2.116.14', 'mon'],
        source_ports=['6789', '6789'], auth_username='cinder',
        auth_secret_type='ceph', driver_format='raw', shareable=True,
        driver_discard='unmap', boot_order='2',
        auth_secret_uuid='11111111-2222-3333-4444-555555555555'))
    g.add_device(disk(
        None, 'vdf', source_type='network', source_protocol='sheepdog',
        source_name='volume-4', driver_format='raw',
        source_hosts=['10.2.116.14'], source_ports=['7000']))
    g.add_device(disk(
        None, 'vdg', source_type='network', source_protocol='iscsi',
        source_name='iqn.2010-10.org.openstack:volume-5/1',
        source_hosts=['10.2.116.14'], source_ports=['3260'],
        auth_username='chap', auth_secret_type='iscsi', driver_format='raw',
        auth_secret_uuid='11111111-2222-3333-4444-555555555555'))
    g.add_device(disk('/dev/nova-vg/instance_disk', 'vdh',
                      source_type='block', driver_format='raw'))
    crypt = of(c.LibvirtConfigGuestDiskEncryption, format='luks',
               secret=of(c.LibvirtConfigGuestDiskEncryptionSecret,
                         type='passphrase',
                         uuid='11111111-2222-3333-4444-555555555555'))
    g.add_device(disk('/dev/disk/by-path/pci-0000:05:00.2-fc-0x5006016-lun-1',
                      'vdi', source_type='block', driver_format='raw',
                      encryption=crypt))
    g.add_device(disk(None, 'vdj', source_type='network',
                      source_protocol='gluster', source_name='gv0/volume-6',
                      source_hosts=['10.2.116.14'], source_ports=['24007'],
                      driver_format='raw'))


def cards():
    """Each kind of network card."""
    g = guest('cards')
    card = c.LibvirtConfigGuestInterface
    n = iter(range(100))

    def add(**kw):
        g.add_device(of(card, mac_addr='fa:16:3e:00:00:%02x' % next(n),
                        model='virtio', **kw))
    add(net_type='bridge', source_dev='br100', filtername='nova-instance-1',
        filterparams=[{'key': 'IP', 'value': '10.2.116.14'}],
        target_dev='vnet0', mtu=1450)
    add(net_type='bridge', source_dev='br-int', vporttype='openvswitch',
        vportparams=[{'key': 'interfaceid',
                      'value': '11111111-2222-3333-4444-555555555555'}],
        vif_inbound_average=100, vif_outbound_average=100)
    add(net_type='ethernet', target_dev='tap1234', script='')
    add(net_type='direct', source_dev='eth1', source_mode='passthrough',
        vporttype='802.1Qbh',
        vportparams=[{'key': 'profileid', 'value': 'p'}])
    add(net_type='direct', source_dev='eth2', source_mode='vepa')
    add(net_type='vhostuser', vhostuser_mode='server', vhostuser_type='unix',
        vhostuser_path='/var/run/openvswitch/vhu1234', driver_name=None,
        vhost_queues=2, vhost_rx_queue_size=512)


def machine():
    """All else that a machine may have."""
    g = guest('machine', os_mach_type='q35')
    g.os_loader = '/usr/share/OVMF/OVMF_CODE.fd'
    g.os_loader_type = 'pflash'
    g.os_nvram_template = '/usr/share/OVMF/OVMF_VARS.fd'
    g.os_bootmenu = True
    g.os_smbios = c.LibvirtConfigGuestSMBIOS()
    g.sysinfo = of(c.LibvirtConfigGuestSysinfo, system_manufacturer='OpenStack',
                   system_product='OpenStack Nova', system_version='26.2',
                   system_serial='11111111-2222-3333-4444-555555555555',
                   system_uuid='11111111-2222-3333-4444-555555555555',
                   system_family='Virtual Machine')
    g.clock = of(c.LibvirtConfigGuestClock, offset='utc')
    g.clock.add_timer(of(c.LibvirtConfigGuestTimer, name='pit',
                         tickpolicy='delay'))
    g.clock.add_timer(of(c.LibvirtConfigGuestTimer, name='hpet',
                         present=False))
    g.cpu = of(c.LibvirtConfigGuestCPU, mode='host-model', match='exact',
               sockets=2, cores=1, threads=1)
    g.features = [c.LibvirtConfigGuestFeatureACPI(),
                  c.LibvirtConfigGuestFeatureAPIC(),
                  c.LibvirtConfigGuestFeatureKvmHidden(),
                  of(c.LibvirtConfigGuestFeatureHyperV, relaxed=True,
                     vapic=True, spinlocks=True)]
    g.cputune = of(c.LibvirtConfigGuestCPUTune, shares=1024)
    g.membacking = of(c.LibvirtConfigGuestMemoryBacking, locked=True,
                      sharedpages=False)
    g.numatune = c.LibvirtConfigGuestNUMATune()
    g.perf_events = ['cmt']
    g.metadata = [of(c.LibvirtConfigGuestMetaNovaInstance, package='26.2.0',
                     name='vm')]
    g.add_device(disk(BASE + 'machine/disk', 'sda', target_bus='scsi'))
    g.add_device(of(c.LibvirtConfigGuestController, type='scsi', index=0,
                    model='virtio-scsi'))
    g.add_device(of(c.LibvirtConfigGuestUSBHostController, index=0,
                    model='qemu-xhci'))
    g.add_device(c.LibvirtConfigGuestPCIeRootController())
    serial = of(c.LibvirtConfigGuestSerial, type='tcp', listen_port=10000,
                listen_host='10.2.116.14')
    serial.log = of(c.LibvirtConfigGuestCharDeviceLog,
                    file=BASE + 'machine/console.log')
    g.add_device(serial)
    g.add_device(of(c.LibvirtConfigGuestSerial, type='pty',
                    log=of(c.LibvirtConfigGuestCharDeviceLog,
                           file=BASE + 'machine/console.log')))
    g.add_device(of(c.LibvirtConfigGuestConsole, type='pty',
                    target_type='serial'))
    g.add_device(of(c.LibvirtConfigGuestChannel, type='unix',
                    target_name='org.qemu.guest_agent.0',
                    source_path='/var/lib/libvirt/qemu/org.qemu.'
                    'guest_agent.0.instance-00000001.sock'))
    g.add_device(of(c.LibvirtConfigGuestChannel, type='spicevmc',
                    target_name='com.redhat.spice.0'))
    g.add_device(of(c.LibvirtConfigGuestInput, type='tablet', bus='usb'))
    g.add_device(of(c.LibvirtConfigGuestGraphics, type='vnc',
                    listen='10.2.116.14', keymap='en-us'))
    g.add_device(of(c.LibvirtConfigGuestGraphics, type='spice',
                    listen='10.2.116.14'))
    g.add_device(of(c.LibvirtConfigGuestVideo, type='qxl', vram=65536))
    g.add_device(of(c.LibvirtConfigGuestRng, backend='/dev/urandom',
                    rate_period=1000, rate_bytes=100))
    g.add_device(of(c.LibvirtConfigGuestWatchdog, action='reset'))
    g.add_device(of(c.LibvirtConfigMemoryBalloon, model='virtio', period=10))
    g.add_device(c.LibvirtConfigGuestVTPM(
        of(V, model='tpm-crb', version='2.0'),
        '11111111-2222-3333-4444-555555555555'))
    g.add_device(of(c.LibvirtConfigGuestIOMMU, model='intel',
                    interrupt_remapping=True, caching_mode=True))


class V:
    """What nova's settings of a vTPM are."""


def kernel():
    """A kernel and ramdisk of their own; console in a file."""
    g = guest('kernel', 'qemu', os_kernel=BASE + 'kernel/kernel',
              os_initrd=BASE + 'kernel/ramdisk',
              os_cmdline='root=/dev/vda console=tty0 console=ttyS0')
    g.add_device(disk(BASE + 'kernel/disk'))
    g.add_device(of(c.LibvirtConfigGuestSerial, type='file',
                    source_path=BASE + 'kernel/console.log'))


def defined():
    """One that any host takes: a card without a script."""
    g = guest('script', 'qemu')
    g.add_device(of(c.LibvirtConfigGuestInterface, net_type='ethernet',
                    target_dev='tap1234', script='', model='virtio',
                    mac_addr='fa:16:3e:00:02:00'))


def others():
    g = guest('lxc', 'lxc', os_type='exe', os_init_path='/sbin/init',
              os_mach_type=None, os_arch=None, os_boot_dev=[])
    g.os_init_env['product_name'] = 'OpenStack Nova'
    g.idmaps = [of(c.LibvirtConfigGuestUIDMap, start=0, target=1000, count=9),
                of(c.LibvirtConfigGuestGIDMap, start=0, target=1000, count=9)]
    g.add_device(of(c.LibvirtConfigGuestFilesys, source_type='mount',
                    source_dir=BASE + 'lxc/rootfs'))
    g.add_device(of(c.LibvirtConfigGuestConsole, type='pty'))
    g = guest('xen', 'xen', os_loader='/usr/lib/xen/boot/hvmloader',
              os_arch=None, os_mach_type=None)
    g.add_device(disk(BASE + 'xen/disk', 'xvda', target_bus='xen',
                      driver_name='qemu'))


def of_the_host():
    """What nova gives of the host itself: to be allowed."""
    g = guest('host-pci')
    g.add_device(of(c.LibvirtConfigGuestHostdevPCI, domain='0000', bus='06',
                    slot='00', function='1'))
    g = guest('host-mdev')
    g.add_device(of(c.LibvirtConfigGuestHostdevMDEV, model='vfio-pci',
                    uuid='11111111-2222-3333-4444-555555555555'))
    g = guest('host-sriov')
    g.add_device(of(c.LibvirtConfigGuestInterface, net_type='hostdev',
                    source_dev='0000:06:00.1', vlan=100,
                    mac_addr='fa:16:3e:00:01:00'))


def main():
    for make in (volumes, cards, machine, kernel, defined, others,
                 of_the_host):
        make()
    for name, g in made.items():
        folder = os.path.join(sys.argv[1], name)
        os.makedirs(folder)
        with open(os.path.join(folder, 'libvirt.xml'), 'w') as f:
            f.write(g.to_xml())


main()
