#!/bin/bash
# What an instance has beside its definition: UEFI variables, kernel and ramdisk,
# libvirt's metadata of snapshots, all taken along; what is not is named, with
# what to do.
. "$(dirname "$0")/lib/lib.sh"

host_alone
need jq qemu-img xmllint
site_new files libvirt
mkdir -p "$ROOT/etc/nova" "$ROOT/var/lib"
echo --my_ip="$OLD" >"$ROOT/etc/nova/nova.conf"
dir=/var/lib/nova/instances/instance-00000001
mkdir -p "$ROOT$dir" "$ROOT/var/lib/libvirt/qemu/nvram" "$ROOT/var/lib/libvirt/qemu/snapshot"
qemu-img create -q -f qcow2 "$SITE/disk" 1M
cp "$SITE/disk" "$ROOT$dir/disk"
head -c 20000 /dev/urandom >"$ROOT$dir/kernel"
head -c 30000 /dev/urandom | gzip >"$ROOT$dir/ramdisk"
head -c 131072 /dev/zero >"$ROOT/var/lib/libvirt/qemu/nvram/instance-00000001_VARS.fd"
truncate -s 65M "$ROOT$dir/kernel.rescue"

domain() { # KERNEL RAMDISK NVRAM [DEVICES]
	cat <<-END
	<domain type='qemu'>
	  <name>instance-00000001</name>
	  <uuid>5bd10000-0000-4000-8000-000000000001</uuid>
	  <memory>65536</memory>
	  <os>
	    <type arch='x86_64' machine='q35'>hvm</type>
	    <loader readonly='yes' type='pflash'>/usr/share/qemu/bios-256k.bin</loader>
	    <nvram>$3</nvram>
	    <kernel>$1</kernel>
	    <initrd>$2</initrd>
	  </os>
	  <features><acpi/></features>
	  <devices>
	    <emulator>/usr/bin/qemu-system-x86_64</emulator>
	    <disk type='file' device='disk'>
	      <driver name='qemu' type='qcow2'/>
	      <source file='$SITE/disk'/>
	      <target dev='vda' bus='virtio'/>
	    </disk>
	    <graphics type='vnc' port='-1' autoport='yes' listen='$OLD'/>
	    ${4:-}
	  </devices>
	</domain>
	END
}
quiet() { "$@" >/dev/null; }
nvram=/var/lib/libvirt/qemu/nvram/instance-00000001_VARS.fd
domain "$dir/kernel" "$dir/ramdisk" "$nvram" >"$TMPDIR/domain.xml"
define "$TMPDIR/domain.xml"
virsh_ snapshot-create-as instance-00000001 before-move --description "at $OLD" \
    --disk-only --diskspec "vda,file=$SITE/overlay" >/dev/null 2>"$ERR" ||
    { show "$ERR"; fail "no snapshot of the instance"; }
metadata=$(find "$SITE/embed" -name before-move.xml)
metadata=${metadata%/*/*}
assert "libvirt keeps what it knows of it in a file" test -d "$metadata/instance-00000001"

# --- without libvirt's folder below the root: named
expect_exit 0 site_snapshot "$TMPDIR/a.bundle"
assert_contains "$ERR" "what libvirt knows of its 1 snapshot is not in the bundle"
assert_contains "$ERR" "kernel.rescue is left out, for it is larger than 32 MiB: carry it along"
assert_lacks "$ERR" "UEFI variables"

# --- with it: taken along
mount --bind "$metadata" "$ROOT/var/lib/libvirt/qemu/snapshot"
at_exit umount "$ROOT/var/lib/libvirt/qemu/snapshot"
expect_exit 0 site_snapshot "$TMPDIR/b.bundle"
assert_lacks "$ERR" "what libvirt knows"
expect_exit 0 novark audit "$TMPDIR/b.bundle" --trust "$PUB" --list --json
for file in "$dir/kernel" "$dir/ramdisk" "$nvram" \
    /var/lib/libvirt/qemu/snapshot/instance-00000001/before-move.xml; do
	assert "$file is in the bundle" quiet jq -e --arg n "file:$file" \
	    '.bundles[0].items[] | select(.name == $n)' "$OUT"
done

# --- a new host: nothing of it is there but the disk
cp -a "$ROOT" "$TMPDIR/was"
virsh_ snapshot-delete instance-00000001 before-move --metadata >/dev/null
virsh_ undefine instance-00000001 --keep-nvram >/dev/null
rm -rf "$ROOT$dir/kernel" "$ROOT$dir/ramdisk" "$ROOT$nvram" "${metadata:?}"/*
move=("$TMPDIR/b.bundle" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}")
move+=(--allow disk)
# Firmware and disk stand outside of the root.
waive missing-kernel missing-disk
expect_exit 0 novark restore "${move[@]}" --yes --json
assert "a step to take: libvirt reads it when it starts" quiet jq -e \
    '.next_steps[] | select(.text | startswith("restart libvirt for its snapshots"))' "$OUT"
for file in "$dir/kernel" "$dir/ramdisk" "$nvram"; do
	assert_same "$TMPDIR/was$file" "$ROOT$file"
done
assert_equal "libvirt knows the snapshot again" before-move \
    "$(virsh_ snapshot-list instance-00000001 --name | grep .)"
virsh_ snapshot-dumpxml instance-00000001 before-move >"$TMPDIR/snapshot.xml"
assert_contains "$TMPDIR/snapshot.xml" "listen='$NEW'"
assert "the old address is in its description alone" test "$(grep -cF "$OLD" "$TMPDIR/snapshot.xml")" -le 1
expect_exit 0 novark verify "${move[@]}"

# --- what is not in a bundle is named
domain /boot/k /boot/i /srv/vars.fd \
    "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>" >"$ROOT$dir/libvirt.xml"
virsh_ snapshot-delete instance-00000001 before-move --metadata >/dev/null
virsh_ undefine instance-00000001 --keep-nvram >/dev/null
expect_exit 0 site_snapshot "$TMPDIR/c.bundle"
for text in "its kernel, /boot/k, is not in the bundle: carry it along" \
    "its ramdisk, /boot/i, is not" "its UEFI variables, /srv/vars.fd, is not" \
    "the state of its TPM (/var/lib/libvirt/swtpm"; do
	assert_contains "$ERR" "$text"
done
expect_exit 0 novark audit "$TMPDIR/c.bundle" --trust "$PUB" --json
assert "and the bundle says so" jq -e '[.bundles[0].warnings[] |
    select(.item == "domain:instance-00000001") | .text | select(test("carry it along"))] | length >= 4' "$OUT"
