#!/bin/bash
# The story's own definition, as nova wrote it in 2012, on a host of today:
# preflight finds all that it needs and that is not here, and says what helps;
# with the rules that it proposes and what it asks for, all is green.  Findings
# on libvirt in embed mode; the green restore beside a libvirtd of its own.
. "$(dirname "$0")/lib/lib.sh"

host_alone
need ip qemu-img
WAIVE=()
name=instance-0000005f
filter=nova-instance-$name-fa163e1a66d3
dir=/var/lib/nova/instances/$name

# Debian's QEMU still has the emulator of then: this host has not.
hide_kvm() {
	[ -e /usr/bin/kvm ] || return 0
	mkdir -p "$TMPDIR/bin"
	mount -t tmpfs tmpfs "$TMPDIR/bin" || return
	at_exit umount -l "$TMPDIR/bin"
	mkdir "$TMPDIR/bin/upper" "$TMPDIR/bin/work" &&
	    mount -t overlay overlay -o "lowerdir=/usr/bin,upperdir=$TMPDIR/bin/upper,workdir=$TMPDIR/bin/work" /usr/bin || return
	at_exit umount -l /usr/bin
	rm /usr/bin/kvm
}

has_kvm() {
	virsh_ domcapabilities --virttype kvm >/dev/null 2>&1
}

# The old room: the definition stands in libvirt.xml only.  TYPE: as it was
# written, or for an emulator without KVM.
old_room() { # TYPE BUNDLE
	mkdir -p "$ROOT$dir"
	cp -a "$story/root/." "$ROOT/"
	sed "s:<domain type='qemu'>:<domain type='$1'>:" \
	    "$story/$name.xml" >"$ROOT$dir/libvirt.xml"
	expect_exit 0 site_snapshot "$2"
	rm -r "${ROOT:?}/var"
}

# finding NAME TEXT: of the last run, beside its item.
finding() {
	awk -v want="finding   $1: " 'index($0, want) == 1 { print; getline; print }' \
	    "$OUT" >"$TMPDIR/finding"
	assert_contains "$TMPDIR/finding" "domain:$name"
	assert_contains "$TMPDIR/finding" "$2"
}
findings() { # the names of those of the last run
	sed -n 's/^finding   \([a-z-]*\): .*/\1/p' "$OUT" | sort | paste -sd' '
}

hide_kvm || skip "machine: no overlay over /usr/bin, which has a kvm"
ip link del br100
if [ "${1:-}" = inside ]; then
	site_new files libvirtd
else
	site_new files libvirt
fi
type=kvm
has_kvm || type=qemu
old_room kvm "$TMPDIR/kvm"
old_room "$type" "$TMPDIR/b"
try() { # ARGUMENT...
	novark restore "$TMPDIR/b" --trust "$PUB" "${SITE_ARGS[@]}" \
	    --map "$OLD=$NEW" "$@"
}

if [ "${1:-}" != inside ]; then
	expect_exit 6 try --preflight
	assert_equal "all findings at once" \
	    "emulator machine missing-bridge missing-disk missing-nwfilter" "$(findings)"
	finding emulator "libvirt here has no emulator /usr/bin/kvm; in the map: path /usr/bin/kvm = /usr/bin/qemu-system-x86_64"
	finding machine "libvirt here has no machine type pc-1.0; in the map: machine pc-1.0 = $(story_machine)"
	finding missing-bridge "no interface here is the bridge br100; bridges here: none; make it, or in the map: bridge br100 = NAME"
	finding missing-bridge "/domain/devices/interface/source/@bridge"
	finding missing-nwfilter "the nwfilter $filter is neither here nor restored"
	finding missing-disk "the disk $dir/disk is not here"
	finding missing-disk "/domain/devices/disk/source/@file"
	# An interface of that name is not yet a bridge.
	ip tuntap add br100 mode tap
	expect_exit 6 try --preflight
	finding missing-bridge "here this interface is no bridge: br100"
	ip link del br100
	# What libvirt would not take cannot be waived, the rest can, by name.
	expect_exit 2 try --dry-run --force-preflight emulator
	assert_contains "$ERR" "emulator"
	expect_exit 6 try --dry-run --force-preflight missing-bridge \
	    --force-preflight "missing-nwfilter:domain:$name" --force-preflight missing-disk
	assert_equal "the waived ones are no findings" "emulator machine" "$(findings)"
	# The rules are taken from the messages.
	sed -n 's/.*; in the map: \(path .*\|machine .*\)$/\1/p' "$OUT" >"$TMPDIR/map"
	expect_exit 0 try --dry-run --map-file "$TMPDIR/map" --force-preflight missing-bridge \
	    --force-preflight missing-nwfilter --force-preflight missing-disk
	assert_contains "$OUT" "waived    missing-disk: domain:$name"
	# Without KVM there is one more, and no rule for it: a definition for
	# KVM needs a host that has it.
	if [ "$type" = qemu ]; then
		expect_exit 6 novark restore "$TMPDIR/kvm" --trust "$PUB" "${SITE_ARGS[@]}" \
		    --map "$OLD=$NEW" --map-file "$TMPDIR/map" --preflight
		finding virt-type "libvirt here has no domains of type kvm (/dev/kvm is not there, or not for libvirt"
		echo "ok - # SKIP machine: no KVM: what follows is for an emulator without"
	fi
	code=0
	"$lib/private-libvirtd" bash "$0" inside >"$TMPDIR/inside" 2>&1 || code=$?
	cat "$TMPDIR/inside"
	if [ "$code" -eq 77 ]; then
		echo "ok - # SKIP $(tail -n 1 "$TMPDIR/inside")"
		exit 0
	fi
	exit "$code"
fi

# The host is prepared as the findings ask.
ip link add br-ext type bridge
ip address add "$NEW/24" dev br-ext
cat >"$TMPDIR/base.xml" <<-END
<filter name='nova-base' chain='root'>
  <filterref filter='nova-no-mac-spoofing'/>
</filter>
END
cat >"$TMPDIR/filter.xml" <<-END
<filter name='$filter' chain='root'>
  <filterref filter='nova-base'/>
</filter>
END
mkdir -p "$ROOT$dir" "$ROOT/var/lib/nova/instances/_base"
(
	cd "$ROOT/var/lib/nova/instances"
	qemu-img create -q -f raw _base/precise 1G
	qemu-img create -q -f qcow2 -b ../_base/precise -F raw "$name/disk"
	# As nova of then made them, and qemu-img of today does not: without
	# the header's word on what is behind.
	at=$(LC_ALL=C grep -obUaP '\xe2\x79\x2a\xca' "$name/disk" | head -n 1)
	printf '\0\0\0\1' |
	    dd of="$name/disk" bs=1 seek="${at%%:*}" conv=notrunc status=none
)
map=(--map 'path /usr/bin/kvm = /usr/bin/qemu-system-x86_64' --map "machine pc-1.0 = $(story_machine)"
    --map 'bridge br100 = br-ext')
virsh_ nwfilter-define "$TMPDIR/base.xml" >/dev/null
virsh_ nwfilter-define "$TMPDIR/filter.xml" >/dev/null
expect_exit 6 try "${map[@]}" --preflight
assert_equal "two are left" "backing-format missing-nwfilter" "$(findings)"
finding missing-nwfilter "the nwfilter nova-no-mac-spoofing, which nwfilter:nova-base refers to, is neither here nor restored"
finding backing-format "qemu-img rebase -u -F raw -b ../_base/precise $dir/disk"
# The command of the message, below this root.
command=$(sed -n 's/.*does not guess: \(qemu-img .*\) (or .*/\1/p' "$OUT")
(cd "$ROOT$dir" && eval "${command/ $dir/ $ROOT$dir}")
echo "<filter name='nova-no-mac-spoofing' chain='mac'/>" >"$TMPDIR/leaf.xml"
virsh_ nwfilter-define "$TMPDIR/leaf.xml" >/dev/null
mv "$ROOT/var/lib/nova/instances/_base/precise" "$TMPDIR/precise"
expect_exit 6 try "${map[@]}" --preflight
assert_equal "one is left" missing-backing "$(findings)"
finding missing-backing "/../_base/precise, behind $dir/disk, is not here: copy it there"
mv "$TMPDIR/precise" "$ROOT/var/lib/nova/instances/_base/precise"

expect_exit 0 try "${map[@]}" --preflight
assert_equal "green" "" "$(findings)"
expect_exit 0 try "${map[@]}" --yes
virsh_ dumpxml --inactive "$name" >"$TMPDIR/now.xml"
assert_contains "$TMPDIR/now.xml" "<domain type='$type'>"
assert_contains "$TMPDIR/now.xml" "<emulator>/usr/bin/qemu-system-x86_64</emulator>"
assert_contains "$TMPDIR/now.xml" "machine='$(story_machine)'"
assert_contains "$TMPDIR/now.xml" "<source bridge='br-ext'/>"
assert_contains "$TMPDIR/now.xml" "listen='$NEW'"
expect_exit 0 novark verify "$TMPDIR/b" --trust "$PUB" "${SITE_ARGS[@]}" --map "$OLD=$NEW" "${map[@]}"
