#!/bin/bash
# Derived places: what no search for the address finds, or no rewriting of text
# moves.  Folders and links of open-iscsi that are named after an address, the
# folders of shares that are named by a hash of the share's name (and every path
# through them), by-path names, targets' files.  What they become is worked out
# here by Python, and compared with what novark makes: names, bytes, owners,
# modes; then again after an undo, a kill and a resume.
. "$(dirname "$0")/lib/lib.sh"

OLD6=2001:db8:1::e NEW6=2001:db8:2::3
share=$OLD:/srv/nfs share_new=$NEW:/srv/nfs
md5() {
	printf %s "$1" | md5sum | cut -d' ' -f1
}
hash=$(md5 "$share") hash_new=$(md5 "$share_new")
# hash() of Python 2, as nova of 2012.2 named these folders.
py=4535793293130337620 py_new=8052862528887221212
iqn=iqn.2010-10.org.openstack:volume-6

record() { # FILE ADDRESS
	mkdir -p "${1%/*}"
	cat >"$1" <<-END
	# BEGIN RECORD 2.1.8
	node.name = $iqn
	node.tpgt = 1
	iface.iscsi_ifacename = ${1##*/}
	node.discovery_address = $2
	node.discovery_port = 3260
	node.session.auth.password = ch4p-Secret6
	node.conn[0].address = $2
	node.conn[0].port = 3260
	# END RECORD
	END
	chmod 600 "$1"
}

plant() {
	local st=$ROOT/etc/iscsi/send_targets a
	for a in "$OLD" "$OLD6" 10.2.116.140; do
		record "$ROOT/etc/iscsi/nodes/$iqn/$a,3260,1/default" "$a"
		mkdir -p "$st/$a,3260"
		printf 'discovery.startup = manual\ndiscovery.sendtargets.address = %s\n' \
		    "$a" >"$st/$a,3260/st_config"
		ln -s "/etc/iscsi/nodes/$iqn/$a,3260,1/default" \
		    "$st/$a,3260/$iqn,$a,3260,1,default"
	done
	record "$ROOT/var/lib/iscsi/nodes/$iqn/$OLD,3260,1/eth9" "$OLD"
	mkdir -p "$ROOT/etc/iscsi/ifaces" "$ROOT/etc/tgt/conf.d" "$ROOT/etc/target" \
	    "$ROOT/var/lib/nova/volumes" "$ROOT/var/lib/cinder/volumes" \
	    "$ROOT/etc/cinder" "$ROOT/var/lib/nova/mnt/$hash" "$ROOT/var/lib/cinder/mnt/$hash"
	printf 'iface.iscsi_ifacename = eth9\niface.ipaddress = %s\n' "$OLD" \
	    >"$ROOT/etc/iscsi/ifaces/eth9"
	# A name that nothing is found by.
	echo "$OLD" >"$ROOT/etc/tgt/conf.d/$OLD.conf"
	for a in nova cinder; do
		printf '<target %s>\n\tbacking-store /dev/nova-volumes/volume-6\n\tinitiator-address %s\n\tinitiator-address %s\n\tincominguser chap6 ch4p-Secret6\n</target>\n' \
		    "$iqn" "$OLD" "$OLD6" >"$ROOT/var/lib/$a/volumes/volume-6"
	done
	printf 'include /etc/tgt/conf.d/*.conf\n<iscsi>\n\tportal %s:3260\n\tportal [%s]:3260\n</iscsi>\n' \
	    "$OLD" "$OLD6" >"$ROOT/etc/tgt/targets.conf"
	printf '{"targets": [{"fabric": "iscsi", "tpgs": [{"portals": [{"ip_address": "%s", "port": 3260}, {"ip_address": "[%s]", "port": 3260}]}], "wwn": "%s"}]}\n' \
	    "$OLD" "$OLD6" "$iqn" >"$ROOT/etc/target/saveconfig.json"
	printf '# shares\n%s -o vers=4\n%s:/srv/other\n' "$share" 10.2.116.140 >"$ROOT/etc/cinder/nfs_shares"
	printf '[DEFAULT]\nenabled_backends = nfs\n[nfs]\nnfs_shares_config = /etc/cinder/nfs_shares\n' \
	    >"$ROOT/etc/cinder/cinder.conf"
	echo 5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de049 >"$ROOT/var/lib/nova/compute_id"
	chmod 640 "$ROOT"/etc/cinder/*
	[ "$(id -u)" -ne 0 ] || chown -hR 4711:4712 "$ROOT/etc/iscsi/nodes/$iqn" \
	    "$ROOT/etc/iscsi/send_targets" "$ROOT/etc/cinder" "$ROOT/var/lib/nova/mnt"
	chmod 700 "$ROOT/etc/iscsi/nodes/$iqn/$OLD,3260,1"
	# One instance with a volume on the share, and one by IPv6.
	story_instance 94
	virsh_ dumpxml --inactive "$name" | sed "/<interface/i\\
	    <disk type='file' device='disk'><driver name='qemu' type='raw'/>\\
	    <source file='/var/lib/nova/mnt/$hash/volume-6'/><target dev='vdd' bus='virtio'/></disk>\\
	    <disk type='file' device='disk'><driver name='qemu' type='raw'/>\\
	    <source file='/var/lib/nova/mnt/$py/volume-7'/><target dev='vde' bus='virtio'/></disk>\\
	    <disk type='block' device='disk'><driver name='qemu' type='raw'/>\\
	    <source dev='/dev/disk/by-path/ip-[$OLD6]:3260-iscsi-$iqn-lun-1'/><target dev='vdf' bus='virtio'/></disk>" \
	    >"$TMPDIR/nfs.xml"
	define "$TMPDIR/nfs.xml"
	virsh_ autostart "$name" >/dev/null
	sql nova "UPDATE block_device_mapping SET connection_info = '$(
		printf '{"driver_volume_type": "nfs", "data": {"export": "%s", "name": "volume-6", "device_path": "/var/lib/nova/mnt/%s/volume-6", "mount_point_base": "/var/lib/cinder/mnt", "options": null}, "old": "/var/lib/nova/mnt/%s/volume-7", "by": "/dev/disk/by-path/ip-[%s]:3260-iscsi-x"}' \
		    "$share" "$hash" "$py" "$OLD6")' WHERE deleted = 0;
	    UPDATE volumes SET provider_location = '$share'"
}

# What it all must become: by Python, from the tree before.
cat >"$TMPDIR/become.py" <<'END'
import hashlib, os, re, sys
root, old, new, old6, new6 = sys.argv[1:]
md5 = lambda s: hashlib.md5(s.encode()).hexdigest()
def become(s):
    s = re.sub(r'(?<![0-9.])(?<!\d\.)' + re.escape(old) + r'(?![0-9])(?!\.[0-9])', new, s)
    s = s.replace(old6, new6)
    for o, n in ((md5(old + ':/srv/nfs'), md5(new + ':/srv/nfs')),
            ('4535793293130337620', '8052862528887221212')):
        s = s.replace('/' + o + '/', '/' + n + '/')
    return s
for top, dirs, files in os.walk(root, topdown=False):
    for name in files + dirs:
        path = os.path.join(top, name)
        if os.path.islink(path):
            st, to = os.lstat(path), become(os.readlink(path))
            if to != os.readlink(path):
                os.unlink(path)
                os.symlink(to, path)
                os.lchown(path, st.st_uid, st.st_gid)
        elif os.path.isfile(path) and os.path.getsize(path) < 100000:
            lines = open(path, 'rb').read().decode('latin1').split('\n')
            text = '\n'.join(l if l.lstrip().startswith('#') else become(l) for l in lines)
            with open(path, 'r+b') as f:
                f.truncate(0)
                f.write(text.encode('latin1'))
        inside = path[len(root):]
        if re.match(r'(/etc|/var/lib)/iscsi/(nodes|send_targets)/', inside):
            os.rename(path, os.path.join(top, become(name)))
        elif re.match(r'/var/lib/(nova|cinder)/mnt/', inside):
            os.rename(path, os.path.join(top, become('/' + name + '/')[1:-1]))
END

# Names, types, modes, owners, links and bytes.
look() { # ROOT
	(
		cd "$1"
		find . -path ./var/lib/novark -prune -o -printf '%p %y %m %U:%G %l\n' | LC_ALL=C sort
		find . -path ./var/lib/novark -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
	)
}
is() { # WHAT FILE
	look "$ROOT" >"$TMPDIR/now"
	diff "$2" "$TMPDIR/now" >"$TMPDIR/diff" || { show "$TMPDIR/diff"; fail "$1"; }
	ok "$1"
}

site_new
story_load 3
plant
mkdir "$ROOT/var/lib/novark"
expect_exit 0 site_snapshot "$TMPDIR/b"
site_rows >"$TMPDIR/rows"
story_move "$TMPDIR/map"
echo "$OLD6 = $NEW6" >>"$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
here=(--root "$ROOT" --yes)
# What is in such a folder and was not captured goes with it.
mine=etc/iscsi/nodes/$iqn/$OLD,3260,1/mine
echo mine >"$ROOT/$mine"
look "$ROOT" >"$TMPDIR/before"
cp -a "$ROOT" "$TMPDIR/want"
python3 "$TMPDIR/become.py" "$TMPDIR/want" "$OLD" "$NEW" "$OLD6" "$NEW6"
# The map's other two rules.
sed -i -e 's:/usr/bin/kvm:/usr/bin/qemu-system-x86_64:' \
    -e "s:machine='pc-1.0':machine='$(story_machine)':" \
    "$TMPDIR/want/var/lib/nova/instances/instance-0000005f/libvirt.xml"
look "$TMPDIR/want" >"$TMPDIR/after"
assert "the two differ in names" test -n "$(
	cut -d' ' -f1 "$TMPDIR/before" | grep iscsi | grep -vxFf <(cut -d' ' -f1 "$TMPDIR/after"))"

# The plan says what it is, as text and as JSON.
expect_exit 0 novark restore "${move[@]}" --dry-run
nodes=/etc/iscsi/nodes/$iqn
for line in "rename from $nodes/$OLD,3260,1" "rename to $nodes/$NEW,3260,1" \
    "rename from $nodes/$OLD6,3260,1" "rename to $nodes/$NEW6,3260,1" \
    "rename from /etc/iscsi/send_targets/$NEW,3260/$iqn,$OLD,3260,1,default" \
    "rename to /etc/iscsi/send_targets/$NEW,3260/$iqn,$NEW,3260,1,default" \
    "+++ file:$nodes/$NEW,3260,1/default" \
    "rename to /var/lib/nova/mnt/$hash_new" "rename to /var/lib/cinder/mnt/$hash_new" \
    "$hash = $hash_new (derived from $share; " "$py = $py_new (derived from $share; " \
    "held      file:/etc/tgt/conf.d/$OLD.conf name: the name of a file"; do
	assert_contains "$OUT" "$line"
done
assert_lacks "$OUT" "10.2.116.140,3260 "
assert_lacks "$OUT" ch4p-Secret6
is "a dry run changes nothing" "$TMPDIR/before"
expect_exit 0 novark restore "${move[@]}" --dry-run --json
assert_equal "a rename in JSON" '[{"name":"path","before":"'"$nodes/$OLD,3260,1"'","after":"'"$nodes/$NEW,3260,1"'","secret":false}]' \
    "$(jq -c '.changes[] | select(.item == "file:'"$nodes/$OLD,3260,1"'") | .cells' "$OUT")"
expect_exit 4 novark verify "${move[@]}"
assert_contains "$OUT" "differs   file:$nodes/$OLD,3260,1 path"

# Done, to the letter; and nothing is left to do.
expect_exit 0 novark restore "${move[@]}" --yes
is "all is what Python makes of it" "$TMPDIR/after"
assert_contains "$ROOT/${mine/$OLD/$NEW}" mine
receipt=$(echo "$ROOT"/var/lib/novark/*/receipt.json)
assert_equal "the receipt tells of the rename" '["path"]' \
    "$(jq -c '.changes[] | select(.item == "file:'"$nodes/$OLD,3260,1"'") | .cells' "$receipt")"
story_instance 94
virsh_ dumpxml --inactive "$name" >"$TMPDIR/xml"
for path in "/var/lib/nova/mnt/$hash_new/volume-6" "/var/lib/nova/mnt/$py_new/volume-7" \
    "by-path/ip-[$NEW6]:3260-iscsi-"; do
	assert_contains "$TMPDIR/xml" "$path"
done
assert "it starts with the host still" test -L "$DEFS/autostart/$name.xml"
sed -e "s#$share#$share_new#g; s:/$hash/:/$hash_new/:g; s:/$py/:/$py_new/:g; s/$OLD6/$NEW6/g" \
    <"$TMPDIR/rows" | grep -E '^nova\.(volumes|block_device_mapping) ' |
    awk -F'\t' '$4 == 0' >"$TMPDIR/rows.want"
assert "rows follow" diff "$TMPDIR/rows.want" <(site_rows |
    grep -E '^nova\.(volumes|block_device_mapping) ' | awk -F'\t' '$4 == 0')
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains "$OUT" "nothing to do"
expect_exit 0 novark verify "${move[@]}"

# An old record that comes back is a leftover, by its name and by its bytes.
record "$ROOT$nodes/$OLD,3260,2/default" "$OLD"
expect_exit 4 novark verify "${move[@]}"
assert_contains "$OUT" "leftover  file:$nodes/$OLD,3260,2 name: $OLD,3260,2"
assert_contains "$OUT" "leftover  file:$nodes/$OLD,3260,2/default line"
rm -r "$ROOT$nodes/$OLD,3260,2"

# Back, by the journal alone; a folder that somebody has made again is in the way.
mkdir "$ROOT$nodes/$OLD,3260,1"
expect_exit 6 novark restore --undo "${here[@]}"
assert_contains "$OUT" "changed   file:$nodes/$OLD,3260,1: its other name is there too"
rmdir "$ROOT$nodes/$OLD,3260,1"
mv "$TMPDIR/b" "$TMPDIR/away"
expect_exit 0 novark restore --undo "${here[@]}"
is "undone: all is as it was" "$TMPDIR/before"
site_rows >"$TMPDIR/rows.now"
assert_same "$TMPDIR/rows" "$TMPDIR/rows.now"
mv "$TMPDIR/away" "$TMPDIR/b"

# Killed before a call that changes something, at some of the renames and around
# them: a resume ends it, an undo takes it back.
if [ -z "${NOVARK_WRAP:-}" ] && [[ $NOVARK != */asan/* ]]; then
	fault() { # WORDS ARGUMENT...
		code=0
		LD_PRELOAD=$HELPERS/fault.so NOVARK_FAULT=$1,report=$TMPDIR/report \
		    novark "${@:2}" >"$OUT" 2>"$ERR" </dev/null || code=$?
	}
	fault do=count restore "${move[@]}" --yes
	total=$(awk '$1 == "points" { print $2 }' "$TMPDIR/report")
	assert "it can be counted ($total)" test "$total" -gt 50
	expect_exit 0 novark restore --undo "${here[@]}"
	for k in 30 45 50 55 60 70 80 95 110; do
		for way in resume undo; do
			fault "do=kill,at=$((total * k / 200))" restore "${move[@]}" --yes
			[ "$code" -eq 137 ] || fail "not killed at $k: $code"
			code=0
			novark restore "--$way" "${here[@]}" >"$OUT" 2>"$ERR" || code=$?
			# Before its journal was whole, it was none.
			if grep -qE 'nothing to do|cut before it' "$OUT" "$ERR"; then
				way=undo
			elif [ "$code" -ne 0 ]; then
				show "$ERR"
				fail "killed at $k: $way ends with $code"
			fi
			if [ "$way" = resume ]; then
				is "killed at $k, resumed" "$TMPDIR/after"
				expect_exit 0 novark restore --undo "${here[@]}"
			fi
			is "killed at $k, undone" "$TMPDIR/before"
		done
	done
fi

# Half of it was done by hand: what is renamed already is looked at there.
mv "$ROOT$nodes/$OLD,3260,1" "$ROOT$nodes/$NEW,3260,1"
expect_exit 0 novark restore "${move[@]}" --yes
assert_lacks "$OUT" "rename from $nodes/$OLD,"
is "the rest is done" "$TMPDIR/after"
expect_exit 0 novark restore --undo "${here[@]}"
mv "$ROOT$nodes/$NEW,3260,1" "$ROOT$nodes/$OLD,3260,1"
is "and undone" "$TMPDIR/before"

# Both names: the operator decides.
mkdir "$ROOT$nodes/$NEW,3260,1"
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$OUT" "finding   two-names: file:$nodes/$OLD,3260,1"
assert_contains "$OUT" "$nodes/$OLD,3260,1 stands here, and $nodes/$NEW,3260,1"
expect_exit 0 novark restore "${move[@]}" --dry-run --not "file:$nodes/$OLD,3260,1*"
assert_lacks "$OUT" "rename from $nodes/$OLD,"
rmdir "$ROOT$nodes/$NEW,3260,1"

# None here: made under the new name.  A folder left out keeps its name.
mv "$ROOT$nodes" "$TMPDIR/nodes"
expect_exit 0 novark restore "${move[@]}" --dry-run
assert_contains "$OUT" "+++ file:$nodes/$NEW,3260,1/default"
assert_lacks "$OUT" "rename from $nodes/"
mv "$TMPDIR/nodes" "$ROOT$nodes"
expect_exit 0 novark restore "${move[@]}" --dry-run --not "file:$nodes/$OLD,3260,1"
assert_contains "$OUT" "+++ file:$nodes/$OLD,3260,1/default"

# The folder of a share: mounted, in use, or there under both names.
mnt=$ROOT/var/lib/nova/mnt
touch "$mnt/$hash/volume-6"
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$OUT" "finding   folder-used: file:/var/lib/nova/mnt/$hash"
assert_contains "$OUT" "/var/lib/nova/mnt/$hash is no mount and holds something"
rm "$mnt/$hash/volume-6"
mkdir "$mnt/$hash_new"
expect_exit 0 novark restore "${move[@]}" --dry-run
assert_lacks "$OUT" "rename from /var/lib/nova/mnt/$hash"
rmdir "$mnt/$hash_new"
if [ -n "${NOVARK_ALONE:-}" ] && mount -t tmpfs none "$mnt/$hash" 2>/dev/null; then
	at_exit umount "$mnt/$hash"
	expect_exit 6 novark restore "${move[@]}" --yes
	assert_contains "$OUT" "finding   mounted: file:/var/lib/nova/mnt/$hash"
	assert_contains "$OUT" "/var/lib/nova/mnt/$hash is mounted: unmount it"
	expect_exit 0 novark restore "${move[@]}" --dry-run --force-preflight mounted
	umount "$mnt/$hash"
fi
is "none of that changed anything" "$TMPDIR/before"

# The machine's own compute_id is not the node's: nova would take it for another.
echo 00000000-0000-4000-8000-000000000000 >"$ROOT/var/lib/nova/compute_id"
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$OUT" "finding   compute-id: file:/var/lib/nova/compute_id"
