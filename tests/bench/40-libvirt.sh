#!/bin/bash
# libvirt's part, beside a daemon of one's own: a snapshot of domains with their
# nwfilters, against a virsh for each; and a restore that defines the domains,
# against a virsh for each.
. "$(dirname "$0")/bench.sh"
if [ "${1:-}" != inside ]; then
	template
	code=0
	NOVARK_TEMPLATE=$TEMPLATE "$lib/private-libvirtd" bash "$0" inside \
	    2>"$TMPDIR/inside.err" || code=$?
	cat "$TMPDIR/inside.err" >&2
	[ "$code" -eq 77 ] || exit "$code"
	tell "libvirt's part was not measured: $(tail -n 1 "$TMPDIR/inside.err")"
	exit 0
fi
OLD=10.2.116.14 NEW=10.2.15.3
site_new files libvirtd
instances=$ROOT/var/lib/nova/instances
mkdir -p "$ROOT/etc/nova" "$instances/_base"
printf '[DEFAULT]\nmy_ip = %s\n' "$OLD" >"$ROOT/etc/nova/nova.conf"
qemu-img create -q -f qcow2 "$instances/_base/precise" 1G
count=$(sized 30 1000)

# Definitions N to M below FOLDER, as nova and libvirt write them: each a domain
# that listens on the node's address, with an nwfilter of its own.
definitions() { # FOLDER N M
	mkdir -p "$1/domains" "$1/filters"
	awk -v dir="$1" -v from="$2" -v to="$3" -v old="$OLD" -v q="'" '
	BEGIN {
		for (n = from; n <= to; n++) {
			name = sprintf("instance-%08x", n)
			mac = sprintf("fa:16:3e:1a:%02x:%02x", n / 256, n % 256)
			filter = "nova-instance-" name "-" mac
			gsub(":", "", filter)
			text = "<domain type=@qemu@><name>" name "</name>" \
			    sprintf("<uuid>5bd1e995-1a19-4d3e-a8d5-%012x</uuid>", n) \
			    "<memory>524288</memory><vcpu>1</vcpu>" \
			    "<os><type arch=@x86_64@ machine=@pc@>hvm</type><boot dev=@hd@/></os>" \
			    "<features><acpi/></features><clock offset=@utc@/><devices>" \
			    "<emulator>/usr/bin/qemu-system-x86_64</emulator>" \
			    "<disk type=@file@ device=@disk@>" \
			    "<driver name=@qemu@ type=@qcow2@ cache=@none@/>" \
			    "<source file=@/var/lib/nova/instances/" name "/disk@/>" \
			    "<target dev=@vda@ bus=@virtio@/></disk>" \
			    "<interface type=@bridge@><mac address=@" mac "@/>" \
			    "<source bridge=@br100@/><model type=@virtio@/>" \
			    "<filterref filter=@" filter "@>" \
			    "<parameter name=@DHCPSERVER@ value=@192.168.4.33@/>" \
			    sprintf("<parameter name=@IP@ value=@192.168.%d.%d@/>", n / 250, n % 250 + 1) \
			    "</filterref></interface><serial type=@file@>" \
			    "<source path=@/var/lib/nova/instances/" name "/console.log@/></serial>" \
			    "<serial type=@pty@/><input type=@tablet@ bus=@usb@/>" \
			    "<graphics type=@vnc@ port=@-1@ autoport=@yes@ keymap=@en-us@ listen=@" old "@/>" \
			    "<video><model type=@cirrus@/></video></devices></domain>"
			gsub("@", q, text)
			print text >(dir "/domains/" name ".xml")
			close(dir "/domains/" name ".xml")
			text = "<filter name=@" filter "@ chain=@root@>" \
			    sprintf("<uuid>26717364-50cf-42d1-8185-%012x</uuid>", n) \
			    "<filterref filter=@nova-base@/>" \
			    "<rule action=@accept@ direction=@in@ priority=@400@>" \
			    "<tcp srcipaddr=@" old "@ dstportstart=@5900@/></rule></filter>"
			gsub("@", q, text)
			print text >(dir "/filters/" filter ".xml")
			close(dir "/filters/" filter ".xml")
		}
	}'
}

# COMMAND for each file or name of stdin, in one session.
at_once() { # COMMAND
	sed "s|^|$1 |" | virsh_ >"$TMPDIR/virsh.log" 2>&1 || :
	! grep '^error' "$TMPDIR/virsh.log" || fail "virsh $1"
}

# So many domains and nwfilters are in libvirt, with disks where they want them.
have=0
grow_to() { # N
	local dir=$TMPDIR/definitions name
	definitions "$dir" $((have + 1)) "$1"
	printf '%s\n' "$dir"/filters/* | at_once nwfilter-define
	printf '%s\n' "$dir"/domains/* | at_once define
	for name in "$dir"/domains/*; do
		name=$instances/$(basename "$name" .xml)
		mkdir -p "$name"
		cp "$instances/_base/precise" "$name/disk"
		: >"$name/console.log"
	done
	have=$1
}

# All that libvirt has, each by a virsh of its own, into FOLDER.
dump() { # FOLDER
	echo "rm -rf '$1'; mkdir -p '$1/domains' '$1/nwfilters';
	for d in \$(virsh -q list --all --name); do
		virsh -q dumpxml --inactive --security-info \$d >'$1/domains/'\$d.xml
	done
	virsh -q nwfilter-list | while read -r u f; do
		virsh -q nwfilter-dumpxml \$f </dev/null >'$1/nwfilters/'\$f.xml
	done"
}

echo "<filter name='nova-base' chain='root'/>" >"$TMPDIR/base.xml"
virsh_ nwfilter-define "$TMPDIR/base.xml" >/dev/null
bundle=$TMPDIR/bundle
snapshot="rm -f '$bundle'; exec '$NOVARK' snapshot --output '$bundle' --sign '$KEY' --no-files ${SITE_ARGS[*]}"
domains="$bundle --trust $PUB ${SITE_ARGS[*]} --map $OLD=$NEW --only domain:*"
restore="exec '$NOVARK' restore $domains --yes ${WAIVE[*]-}"
# What libvirt has of domains goes, and what a restore keeps.
lose="virsh -q list --all --name | sed -n 's/^./undefine &/p' | virsh -q; rm -rf '$ROOT/var/lib/novark'"

for n in $((count / 10)) $((count / 3)) "$count"; do
	grow_to "$n"
	ours=$snapshot
	grow "snapshot: domains with an nwfilter" "$n"
	ours=$restore before_ours=$lose
	grow "restore: domains defined" "$n"
	before_ours=
	# The next size begins with them as they were.
	sh -ec "$lose" >/dev/null 2>&1
	printf '%s\n' "$TMPDIR"/definitions/domains/* | at_once define
done

ours=$snapshot theirs=$(dump "$TMPDIR/dumps")
pair "snapshot: $count domains with an nwfilter" "a virsh dumpxml for each" 0.1
mkdir "$TMPDIR/unpacked"
tar -xOf "$bundle" libvirt.tar.zst | tar --zstd -xf - -C "$TMPDIR/unpacked"
assert_equal "$count domains" "$count" "$(ls "$TMPDIR/dumps/domains" | wc -l)"
# virsh ends what it prints with a line more.
sed -i '${/^$/d}' "$TMPDIR"/dumps/*/*
assert "both have the same definitions" diff -r "$TMPDIR/dumps" "$TMPDIR/unpacked"

# The operator has changed the addresses in the files beforehand.
sed -i "s/$OLD/$NEW/g" "$TMPDIR"/dumps/domains/*
ours=$restore before_ours=$lose before_theirs=$lose
for how in '' ' --validate'; do
	theirs="for f in '$TMPDIR'/dumps/domains/*; do virsh -q define$how \$f; done"
	pair "restore: $count domains defined" "a virsh define$how for each" 0.2
done
sh -ec "$lose" >/dev/null 2>&1
sh -ec "$theirs" >/dev/null
sh -ec "$(dump "$TMPDIR/by-hand")"
# What is libvirt's own of it: with --validate it reads its schema anew for each
# definition; novark reads it once.
for how in '' ' --validate'; do
	timed "$lose" "ls -d '$TMPDIR'/dumps/domains/* | sed 's|^|define$how |' | virsh -q" ''
	echo "${took%% *}" >"$TMPDIR/took$how"
done
tell "libvirt defines $count domains in $(cat "$TMPDIR/took") ms, with --validate in" \
    "$(cat "$TMPDIR/took --validate") ms (one virsh for all, one at a time)"
sh -ec "$lose" >/dev/null 2>&1
sh -ec "$restore" >/dev/null 2>&1
sh -ec "$(dump "$TMPDIR/by-novark")"
assert "both have defined the same" diff -r "$TMPDIR/by-hand" "$TMPDIR/by-novark"
