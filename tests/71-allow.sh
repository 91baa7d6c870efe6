#!/bin/bash
# Definitions are code: what a bundle may not bring is refused before libvirt sees
# it, with the host as it was, and --allow releases it by name; all that nova itself
# writes passes.
. "$(dirname "$0")/lib/lib.sh"

need qemu-img
WAIVE=()
site_new files libvirt
mkdir -p "$ROOT/etc/nova"
echo --my_ip="$OLD" >"$ROOT/etc/nova/nova.conf"
dir=/var/lib/nova/instances

# It would be run by whoever asks libvirt what it can do.
evil=$TMPDIR/evil
printf '#!/bin/sh\necho run >>%s\nexec /usr/bin/qemu-system-x86_64 "$@"\n' "$evil.run" >"$evil"
chmod 755 "$evil"

domain() { # NAME EMULATOR DEVICES [MORE]
	mkdir -p "$ROOT$dir/$1"
	cat >"$ROOT$dir/$1/libvirt.xml" <<-END
	<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
	  <name>$1</name>
	  <memory>65536</memory>
	  <os><type arch='x86_64' machine='pc'>hvm</type></os>
	  <devices>
	    <emulator>$2</emulator>
	    <graphics type='vnc' autoport='yes' listen='$OLD'/>
	    $3
	  </devices>
	  ${4:-}
	</domain>
	END
}
qemu=/usr/bin/qemu-system-x86_64
domain good "$qemu" ''
domain emulator "$evil" ''
domain args "$qemu" '' \
    "<qemu:commandline><qemu:arg value='-chardev'/><qemu:arg value='file,id=x,path=/etc/cron.d/x'/></qemu:commandline>"
domain device "$qemu" \
    "<hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0x0000' bus='0x06' slot='0x12' function='0x5'/></source></hostdev>"
domain shadow "$qemu" \
    "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/etc/shadow'/><target dev='vda' bus='virtio'/></disk>"
domain probe "$qemu" \
    "<disk type='file' device='disk'><driver name='qemu'/><source file='$dir/probe/disk'/><target dev='vda' bus='virtio'/></disk>"
domain log "$qemu" "<serial type='file'><source path='/etc/cron.d/x'/></serial>"
mkdir -p "$ROOT/etc/libvirt/hooks"
printf '#!/bin/sh\n' >"$ROOT/etc/libvirt/hooks/qemu"
domain wrong "$qemu" "<sound model='ich6' color='red'/>"
expect_exit 0 site_snapshot "$TMPDIR/b"
rm -r "$ROOT$dir" "$ROOT/etc/libvirt"
site_state "$TMPDIR/before"

move=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}"
    --force-preflight address-absent --force-preflight missing-disk
    --force-preflight missing-file)
unchanged() { # WHAT
	rm -rf "$TMPDIR/after"
	site_state "$TMPDIR/after"
	assert "the host is as it was: $1" diff -r "$TMPDIR/before" "$TMPDIR/after"
	assert_file_absent "$evil.run"
}
refused="args commandline
device hostdev
file:/etc/libvirt/hooks/qemu hook
log console
probe disk-format
shadow disk"
names() { # of what was told with not-allowed: ITEM NAME
	jq -r --arg k "$1" '.[$k][] | select(.name == "not-allowed") |
	    (.item | sub("domain:"; "")) + " " + (.text | capture(".*--allow (?<n>[a-z-]+)").n)' \
	    "$OUT" | sort
}

# --- refused, whatever was asked for
expect_exit 6 novark restore "${move[@]}" --dry-run --json
assert_equal "each by its name" "$refused" "$(names findings)"
assert_equal "and with the schema's and libvirt's words" "domain:emulator emulator
domain:wrong schema-invalid" "$(jq -r '.findings[] | select(.name != "not-allowed") |
    .item + " " + .name' "$OUT" | sort)"
assert_equal "with its place" /domain/devices/hostdev \
    "$(jq -r '.findings[] | select(.item == "domain:device").place' "$OUT")"
unchanged "dry run"
expect_exit 6 novark restore "${move[@]}" --preflight
assert_contains "$OUT" "finding   not-allowed: domain:shadow /domain/devices/disk/source/@file"
assert_contains "$OUT" "/etc/shadow is not where such files are: $dir/"
assert_contains "$OUT" "leave it out with --not 'domain:shadow', or, if that is meant, --allow disk"
assert_lacks "$OUT" "domain:good"
expect_exit 6 novark restore "${move[@]}" --yes
unchanged "restore"
expect_exit 2 novark restore "${move[@]}" --yes --allow hostdevs
assert_contains "$ERR" "--allow hostdevs: there is nothing of that name to be allowed"
expect_exit 6 novark restore "${move[@]}" --yes --allow disk:domain:log
unchanged "another item is released"
expect_exit 2 novark restore "${move[@]}" --yes --force-preflight not-allowed

# --- a verify tells it as notes
expect_exit 4 novark verify "$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" \
    "${SITE_ARGS[@]}" --json
assert_equal "in a verify, notes" "$(sort <<<"$refused"$'\n'"emulator emulator")" \
    "$(names notes)"
unchanged "verify"

# --- released by name, all but the emulator
allow=(--not domain:emulator --allow commandline --allow hostdev:domain:device
    --allow disk --allow disk-format --allow console --allow hook)
# A plan that was saved keeps what was allowed.
expect_exit 6 novark restore "${move[@]}" "${allow[@]}" --dry-run --json
assert_equal "what is left" "wrong schema-invalid" \
    "$(jq -r '.findings[] | (.item | sub("domain:"; "")) + " " + .name' "$OUT")"
assert_equal "what was released" "$refused" "$(names waived)"
allow+=(--not domain:wrong)
expect_exit 0 novark restore "${move[@]}" "${allow[@]}" --dry-run \
    --save-plan "$TMPDIR/plan"
expect_exit 0 novark restore "${move[@]:0:3}" --plan "$TMPDIR/plan" --yes
assert_equal "defined" "args device good log probe shadow" \
    "$(virsh_ list --all --name | sort | xargs)"
assert_contains "$(echo "$ROOT"/var/lib/novark/2*/receipt.json)" '"not-allowed"'
expect_exit 0 novark verify "$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" \
    "${SITE_ARGS[@]}" --not domain:wrong --not domain:emulator
expect_exit 0 novark restore --undo --root "$ROOT" --connect "$URI" --yes
assert_equal "taken back" "" "$(virsh_ list --all --name | xargs)"
# What the schema does not allow is then lost, and libvirt must not lose anything.
expect_exit 1 novark restore "${move[@]}" --only domain:wrong --allow schema --yes
assert_contains "$ERR" "libvirt does not take all of it"
assert_file_absent "$evil.run"

# --- an image's header names a file of the host
mkdir -p "$ROOT$dir/shadow" "$ROOT/etc"
qemu-img create -q -f qcow2 -u -b /etc/shadow -F raw "$ROOT$dir/shadow/disk" 1M
: >"$ROOT/etc/shadow"
domain image "$qemu" \
    "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='$dir/shadow/disk'/><target dev='vda' bus='virtio'/></disk>"
expect_exit 0 site_snapshot "$TMPDIR/image" --only domain:image
rm -r "$ROOT$dir/image"
expect_exit 6 novark restore "$TMPDIR/image" "${move[@]:1}" --dry-run
assert_contains "$OUT" "not-allowed: domain:image"
assert_contains "$OUT" "/etc/shadow, which the header of $dir/shadow/disk names, is not where such files are"
expect_exit 0 novark restore "$TMPDIR/image" "${move[@]:1}" --dry-run --allow disk
assert_contains "$OUT" "waived    not-allowed: domain:image"

# --- the instances folder is where the bundle says, but never one of the system
site_new files libvirt
rm -rf "$ROOT"
mkdir -p "$ROOT/etc/nova"
printf '%s\n' --my_ip="$OLD" --instances_path=/etc >"$ROOT/etc/nova/nova.conf"
dir=/etc
domain shadow "$qemu" \
    "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/etc/shadow'/><target dev='vda' bus='virtio'/></disk>"
expect_exit 0 site_snapshot "$TMPDIR/etc" --only 'domain:*' --only 'file:/etc/nova/*'
expect_exit 6 novark restore "$TMPDIR/etc" "${move[@]:1}" --dry-run --json
assert_equal "no disks in /etc" "shadow disk" "$(names findings)"

# --- what nova writes, by its own classes
/usr/bin/python3 -W ignore -c 'import nova.virt.libvirt.config' 2>/dev/null ||
    skip "needs python3-nova"
rm -rf "$ROOT"
mkdir -p "$ROOT/etc/nova"
echo --my_ip="$OLD" >"$ROOT/etc/nova/nova.conf"
dir=/var/lib/nova/instances
/usr/bin/python3 -W ignore "$top/tests/allow/nova_domains.py" "$ROOT$dir"
count=$(find "$ROOT$dir" -name libvirt.xml | wc -l)
expect_exit 0 site_snapshot "$TMPDIR/nova"
code=0
novark restore "$TMPDIR/nova" "${move[@]:1}" --dry-run --json >"$OUT" 2>"$ERR" || code=$?
assert_equal "nova's domains are looked at" "$count 6" \
    "$(jq '.counts.create.domain' "$OUT") $code"
assert_equal "only what is of the host is to be released" "host-mdev hostdev
host-pci hostdev
host-sriov hostdev" "$(names findings)"
assert_equal "and all is as the schema has it" "" \
    "$(jq -r '.findings[] | select(.name == "schema-invalid").item' "$OUT")"
# nova's empty script is not in libvirt's schema.
expect_exit 0 novark restore "$TMPDIR/nova" "${move[@]:1}" --only domain:script --yes
expect_exit 0 novark restore "$TMPDIR/nova" "${move[@]:1}" --only domain:script --yes
assert_contains "$OUT" "nothing to do"
