#!/bin/bash
# What domains need of their host: one that names everything that can be missing,
# each found with what to do about it, each waived by its name, each of one item.
. "$(dirname "$0")/lib/lib.sh"

host_alone
need ip jq qemu-img
WAIVE=()
site_new files libvirt
mkdir -p "$ROOT/etc/nova"
echo --my_ip="$OLD" >"$ROOT/etc/nova/nova.conf"
dir=/var/lib/nova/instances

domain() { # NAME, with what is on stdin before its devices, and in them
	local top='' devices=$1 line
	while IFS= read -r line; do
		case $line in
		devices:*) devices=$devices${line#devices:} ;;
		*) top=$top$line ;;
		esac
	done
	mkdir -p "$ROOT$dir/$1"
	cat >"$ROOT$dir/$1/libvirt.xml" <<-END
	<domain type='qemu'>
	  <name>$1</name>
	  <memory>65536</memory>$top
	  <devices>
	    <emulator>/usr/bin/qemu-system-x86_64</emulator>
	    ${devices#"$1"}
	  </devices>
	</domain>
	END
}

os="<os><type arch='x86_64' machine='pc'>hvm</type>"
disk() { # FORMAT SOURCE-ATTRIBUTES DEVICE [MORE]
	echo "devices:<disk type='${5:-file}' device='disk'><driver name='qemu' type='$1'/>"
	echo "devices:<source $2/>${4:-}<target dev='$3' bus='virtio'/></disk>"
}

domain all <<END
$os
<kernel>/boot/none-k</kernel><initrd>/boot/none-i</initrd></os>
<cpu mode='custom' match='exact'><model fallback='forbid'>NoSuchCPU</model></cpu>
devices:<video><model type='xen'/></video>
devices:<interface type='network'><source network='no-net'/></interface>
devices:<interface type='direct'><source dev='no-eth' mode='bridge'/></interface>
devices:<interface type='bridge'><source bridge='no-br'/><filterref filter='no-filter'/></interface>
devices:<serial type='file'><source path='/var/log/no-folder/console'/></serial>
$(disk raw "pool='no-pool' volume='v'" vda '' volume)
$(disk raw "protocol='rbd' name='p/v'" vdb "<auth username='u'><secret type='ceph' uuid='11111111-2222-3333-4444-55555555555A'/></auth>" network)
$(disk raw "protocol='rbd' name='p/w'" vdc "<auth username='u'><secret type='ceph' usage='no use'/></auth>" network)
$(disk qcow2 "file='$dir/none-disk'" vdd)
$(disk qcow2 "file='$dir/text'" vde)
$(disk qcow2 "file='$dir/over'" vdf)
$(disk qcow2 "file='$dir/old'" vdg)
$(disk raw "dev='/dev/no-lv'" vdh '' block)
$(disk raw "dev='/dev/disk/by-path/ip-$OLD:3260-iscsi-iqn.x-lun-1'" vdi '' block)
END
domain uefi <<END
$os<loader readonly='yes' type='pflash'>/usr/share/none-code.fd</loader>
<nvram template='/usr/share/none-vars.fd'>/var/lib/libvirt/qemu/nvram/none</nvram></os>
$(disk qcow2 "file='$dir/none-disk'" vda)
$(disk raw "file='$dir/optional' startupPolicy='optional'" vdb)
$(disk vmdk "file='$dir/vmdk'" vdc)
$(disk raw "file='$dir/pipe'" vdd)
$(disk qcow2 "file='$dir/nbd'" vde)
END
domain good <<END
$os</os><cpu mode='custom'><model>qemu64</model></cpu>
devices:<video><model type='vga'/></video>
devices:<serial type='file'><source path='$dir/good/console.log'/></serial>
$(disk qcow2 "file='$dir/link'" vda)
$(disk raw "file='$dir/text'" vdb)
END
expect_exit 0 site_snapshot "$TMPDIR/b"

# The destination has some images.
(
	cd "$ROOT$dir"
	rm -r all uefi
	echo 'no image' >text
	touch vmdk
	mkfifo pipe
	qemu-img create -q -f raw base 1M
	qemu-img create -q -f qcow2 -b base -F raw 1
	for n in 2 3 4; do
		qemu-img create -q -f qcow2 -b "$((n - 1))" -F qcow2 "$n"
	done
	qemu-img create -q -f qcow2 -b 4 -F qcow2 5
	# It leads where it led on the node: below the root.
	ln -s "$dir/5" link
	qemu-img create -q -f qcow2 -u -b /no/where/base -F raw over 1M
	qemu-img create -q -f qcow2 -b base -F raw old
	at=$(LC_ALL=C grep -obUaP '\xe2\x79\x2a\xca' old | head -n 1)
	printf '\0\0\0\1' | dd of=old bs=1 seek="${at%%:*}" conv=notrunc status=none
	qemu-img create -q -f qcow2 -u -b nbd://10.9.9.9/x -F raw nbd 1M
)

try() { # ARGUMENT...
	novark restore "$TMPDIR/b" --trust "$PUB" "${SITE_ARGS[@]}" \
	    --map "$OLD=$NEW" --not 'file:*' --allow file --allow console \
	    --allow disk-format --allow disk --allow disk-kind "$@"
}
told() { # TYPE NAME ITEM TEXT: of the last run
	awk -v want="$1 $2: domain:$3" '{ $1 = $1 }
	    index($0, want) == 1 { print; getline; print }' "$OUT" >"$TMPDIR/told"
	assert_contains "$TMPDIR/told" "$4"
}
findings() { # names of those of the last run, each once
	sed -n 's/^finding   \([a-z-]*\): .*/\1/p' "$OUT" | sort -u | paste -sd' '
}

expect_exit 6 try --preflight
told finding cpu-model all "libvirt here has no CPU model NoSuchCPU; it has "
told finding cpu-model all "qemu64"
told finding device all "libvirt here has no video model xen; it has vga, cirrus"
told finding missing-network all "the network no-net is neither here nor restored"
told finding missing-pool all "the storage pool no-pool is neither here nor restored"
told finding missing-secret all "the secret 11111111-2222-3333-4444-55555555555a is neither here"
told finding missing-secret all "a secret for ceph no use is neither here"
told finding missing-nwfilter all "the nwfilter no-filter is neither here nor restored"
told finding missing-bridge all "no interface here is the bridge no-br; bridges here: br100"
told finding missing-bridge all "no interface here is no-eth, which a macvtap stands on"
told finding missing-kernel all "the kernel /boot/none-k is not here"
told finding missing-kernel all "the ramdisk /boot/none-i is not here"
told finding missing-kernel uefi "the loader /usr/share/none-code.fd is not here"
told finding missing-nvram uefi "/usr/share/none-vars.fd is not here"
told finding missing-nvram uefi "the file of its UEFI variables /var/lib/libvirt/qemu/nvram/none is not here"
told finding missing-file all "the folder of its console /var/log/no-folder is not here: make it"
told finding missing-disk all "the disk $dir/none-disk is not here (1 more need it): bring it there"
told finding missing-disk all "the disk /dev/no-lv is not here"
told finding missing-disk uefi "the disk $dir/pipe is neither file nor block device"
told finding disk-format all "$dir/text is no qcow2 image, as it is said to be"
told finding missing-backing all "/no/where/base, behind $dir/over, is not here: copy it there"
told finding backing-format all "qemu-img rebase -u -F raw -b base $dir/old"
assert_contains "$OUT" "/dev/disk/by-path/ip-$NEW:3260-iscsi-iqn.x-lun-1 is made when nova attaches the volume"
assert_contains "$OUT" "the disk $dir/optional is not here; it starts without it"
assert_contains "$OUT" "$dir/vmdk is of a format that novark does not read"
assert_contains "$OUT" "nbd://10.9.9.9/x is no file's name"
assert_lacks "$OUT" "domain:good"
all=$(findings)

# Each by its name alone.
for name in $all; do
	expect_exit 6 try --preflight --force-preflight "$name"
	assert_equal "$name is waived" "$(tr ' ' '\n' <<<"$all" | grep -vx "$name" | paste -sd' ')" "$(findings)"
	assert_contains "$OUT" "waived    $name: "
done
# Of one item.
expect_exit 6 try --preflight --force-preflight "missing-kernel:domain:uefi"
told finding missing-kernel all "/boot/none-k"
told waived missing-kernel uefi "/usr/share/none-code.fd"
# All of them: the same code as the real run would end with.
waived=()
for name in $all; do
	waived+=(--force-preflight "$name")
done
expect_exit 0 try --dry-run "${waived[@]}"
# Left out: nothing is wrong with what is left.
expect_exit 0 try --dry-run --not domain:all --not domain:uefi
# The map knows where images went; their headers do not.
expect_exit 6 try --preflight --map 'path /no/where = /srv/nova'
told finding missing-backing all "the map makes it /srv/nova/base: qemu-img rebase -u -F raw -b /srv/nova/base $dir/over"
expect_exit 6 try --preflight --json
assert_equal "as JSON the same" "$all" \
    "$(jq -r '[.findings[].name] | unique | join(" ")' "$OUT")"
