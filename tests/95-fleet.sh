#!/bin/bash
# takes long
# A fleet: three nodes, each with namespaces, an sshd, files and a libvirt of its
# own, moved by the playbooks of cmd/ansible.  One node fails part-way: the play
# stops and says which, undo takes it back, and the next play finishes.  A second
# play changes nothing.  The databases are brought back by one node, once.
. "$(dirname "$0")/lib/lib.sh"
need ansible-playbook sshd ssh ip nsenter jq
host_alone
. "$lib/sshd.sh"

# --- the site: the story's node with the databases, and two that only compute
site_new
story_load 4
cd "$TMPDIR"
NODES=(cloud01 cloud02 cloud03)
address_of() { # NODE old|new
	local n=${1#cloud0}
	if [ "$n" -eq 1 ]; then
		if [ "$2" = old ]; then echo "$OLD"; else echo "$NEW"; fi
	elif [ "$2" = old ]; then
		echo "10.2.116.2$n"
	else
		echo "10.2.15.2$n"
	fi
}
root_of() { # NODE
	if [ "$1" = cloud01 ]; then echo "$ROOT"; else echo "$SITE/$1/root"; fi
}
embed_of() { # NODE
	if [ "$1" = cloud01 ]; then echo "$SITE/embed"; else echo "$SITE/$1/embed"; fi
}

# A node that only computes: instances N and the one behind it.
compute_node() { # NODE N
	local node=$1 root embed OLD id name uuid mac address volume dir
	root=$(root_of "$node") embed=$(embed_of "$node") OLD=$(address_of "$1" old)
	mkdir -p "$root/etc/nova" "$root/var/lib/nova/instances/_base" "$embed" "$SITE/$node/xml"
	cp -a "$TEMPLATE/embed/cache" "$embed/"
	embed_settings "$embed"
	printf '[DEFAULT]\nhost = %s\nmy_ip = %s\n[vnc]\nserver_listen = %s\n' \
	    "$node" "$OLD" "$OLD" >"$root/etc/nova/nova.conf"
	cp "$ROOT/var/lib/nova/instances/_base/precise" "$root/var/lib/nova/instances/_base/"
	for id in "$2" $(($2 + 1)); do
		story_instance "$id"
		volume=
		dir=$root/var/lib/nova/instances/$name
		mkdir -p "$dir"
		story_xml >"$dir/libvirt.xml"
		cp "$dir/libvirt.xml" "$SITE/$node/xml/$name.xml"
		cp "$ROOT/var/lib/nova/instances/_base/precise" "$dir/disk"
		: >"$dir/console.log"
		sql nova "INSERT INTO instances (created_at, deleted, id, host, vm_state,
		    launched_at, uuid, access_ip_v4) VALUES ('2012-11-05 03:12:44', 0, $id,
		    '$node', 'active', '2012-11-05 03:13:20', '$uuid', '$OLD')"
	done
	URI="qemu:///embed?root=$embed" define "$SITE/$node"/xml/*.xml
	sql nova "INSERT INTO services (created_at, deleted, host, \`binary\`, topic, report_count,
	    disabled, availability_zone) VALUES ('2012-11-05 03:12:44', 0, '$node', 'nova-compute',
	    'compute', 1, 0, 'nova')"
}
compute_node cloud02 70
compute_node cloud03 80

state() { # FOLDER NODE: of its files and definitions
	mkdir -p "$1"
	cp -a "$(root_of "$2")" "$1/root"
	rm -rf "$1/root/var/lib/novark"
	mkdir "$1/domains"
	cp -a "$(embed_of "$2")"/etc/qemu/*.xml "$1/domains/" 2>/dev/null || :
}

# --- the nodes: each in a network and a mount namespace of its own, behind a bridge
. "$lib/mounts.sh"
flags=$(mounts_flags) || skip "machine: no mount namespace of its own"
if ! ip link add fleet type bridge 2>/dev/null || ! ip link set fleet up ||
    ! ip link add probe type veth peer name probe1 2>/dev/null; then
	skip "machine: no bridge or pair of interfaces can be made here"
fi
ip link delete probe
ip address add 192.0.2.254/24 dev fleet
cat >node.sh <<'END'
# node.sh NODE ADDRESS NEW COMMAND...: wait for the interface, then be a node
ip link set lo up
echo $$ >"$1.pid"
for _ in $(seq 100); do
	! ip link show eth0 >/dev/null 2>&1 || break
	sleep 0.1
done
ip address add "$2/24" dev eth0
ip link set eth0 up
ip address add "$3/24" dev lo
ip link add br100 type bridge
ip link set br100 up
shift 3
exec "$@"
END
sshd_keys
for node in "${NODES[@]}"; do
	n=${node#cloud0}
	(
		for _ in $(seq 100); do
			[ ! -s "$node.pid" ] || break
			sleep 0.1
		done
		ip link add "v$n" type veth peer name eth0 netns "$(cat "$node.pid")"
		ip link set "v$n" master fleet up
	) &
	# shellcheck disable=SC2086
	sshd_start "192.0.2.$n" 22 unshare $flags -n bash node.sh "$node" "192.0.2.$n" \
	    "$(address_of "$node" new)"
done
wait -n 2>/dev/null || :
sshd_client 22

# --- the controller
mkdir inventory home
cp "$PUB" inventory/move.pub
cp "$KEY" inventory/move.key
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=new -keyout inventory/site.key \
    -out inventory/site.pem 2>/dev/null
cat >inventory/hosts.yml <<END
novark:
  vars:
    ansible_user: root
    ansible_ssh_common_args: -F $SSHD/client
    ansible_python_interpreter: /usr/bin/python3
    ansible_remote_tmp: "$TMPDIR/home/{{ inventory_hostname }}"
    novark_program: $NOVARK
    novark_controller_program: $NOVARK
    novark_dir: "$TMPDIR/home/{{ inventory_hostname }}.novark"
    novark_sign_key_src: "{{ inventory_dir }}/move.key"
    novark_encrypt_to: ["{{ inventory_dir }}/site.pem"]
    novark_decrypt_key: "{{ inventory_dir }}/site.key"
    novark_restore_options: [--force-preflight, missing-nwfilter]
    novark_rules:
      - path /usr/bin/kvm = /usr/bin/qemu-system-x86_64
      - machine pc-1.0 = $(story_machine)
  hosts:
END
for node in "${NODES[@]}"; do
	cat >>inventory/hosts.yml <<-END
	    $node:
	      ansible_host: 192.0.2.${node#cloud0}
	      novark_root: $(root_of "$node")
	      novark_connect: qemu:///embed?root=$(embed_of "$node")
	      novark_addresses: {$(address_of "$node" old): $(address_of "$node" new)}
	END
done
cat >>inventory/hosts.yml <<END
novark_database:
  hosts:
    cloud01:
      novark_defaults_file: $CNF
END
export HOME=$TMPDIR/home ANSIBLE_HOME=$TMPDIR/home/ansible ANSIBLE_LOCAL_TEMP=$TMPDIR/home/local
export ANSIBLE_PIPELINING=1 ANSIBLE_FORKS=3 ANSIBLE_NOCOLOR=1 ANSIBLE_RETRY_FILES_ENABLED=0
export ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_INVENTORY=$TMPDIR/inventory/hosts.yml

play() { # CODE PLAYBOOK [ARGUMENT...]
	local code=0
	(cd "$top" && ansible-playbook "cmd/ansible/$2.yml" "${@:3}") >"$OUT" 2>"$ERR" </dev/null || code=$?
	if [ "$code" -ne "$1" ]; then
		tail -n 60 "$OUT" | sed 's/^/#   /'
		show "$ERR"
		fail "exit $code, not $1: $2"
	fi
	ok "exit $1: $2 ${*:3}"
}
recap() { # NODE WORD: its number of the last lines
	sed -n "/^PLAY RECAP/,\$s/^$1 .* $2=\([0-9]*\).*/\1/p" "$OUT"
}
changed() { # WHAT NODE=0|some...
	local want n
	for want in "${@:2}"; do
		n=$(recap "${want%=*}" changed)
		case ${want#*=}.$n in
		0.0 | some.[1-9]*) ;;
		*)
			grep -B 8 '^changed' "$OUT" | tail -n 40 | sed 's/^/#   /' || :
			fail "$1: ${want%=*} has changed=$n"
			;;
		esac
	done
	ok "$1: ${*:2}"
}

# --- before the truck comes
expect_exit 0 ansible-inventory -i "$top/cmd/ansible/inventory.example.yml" --list
assert "the example is an inventory" jq -e '.novark_database.hosts == ["control1"]' "$OUT"
expect_exit 0 ansible-playbook --syntax-check "$top"/cmd/ansible/{snapshot,audit,move,verify,undo,resume}.yml
play 0 snapshot
changed "snapshots are taken" cloud01=some cloud02=some cloud03=some
assert_mode 700 inventory/bundles
for node in "${NODES[@]}"; do
	assert_mode 600 "inventory/bundles/$node.bundle"
	assert_file_absent "home/$node.novark/sign.key"
done
expect_exit 0 novark audit inventory/bundles --trust "$PUB" --decrypt inventory/site.key --json
jq -c '.join | del(.notes)' "$OUT" | sed 's/^/# /'
assert "three bundles joined" jq -e '.join.bundles == 3 and .join.definitions == 8
    and (.join.missing | length) == 0' "$OUT"
play 0 snapshot
changed "a second time" cloud01=0 cloud02=0 cloud03=0
mv inventory/bundles/cloud03.bundle .
play 2 audit
assert_contains "$OUT" "compute host cloud03: no bundle has its files and definitions"
mv cloud03.bundle inventory/bundles/

# --- at the new site: libvirt has nothing, the files and rows are as they were
for node in "${NODES[@]}"; do
	URI="qemu:///embed?root=$(embed_of "$node")" story_lose
	state "before/$node" "$node"
	rm -rf "home/$node.novark"
done
site_rows >before/rows
sql "CREATE DATABASE seen; CREATE TABLE seen.rows (id VARCHAR(80))"
for table in volumes block_device_mapping networks floating_ips instance_info_caches; do
	sql nova "CREATE TRIGGER seen_$table AFTER UPDATE ON $table FOR EACH ROW
	    INSERT INTO seen.rows VALUES (CONCAT('$table ', NEW.id))"
done
as_before() { # NODE...
	local node
	for node; do
		rm -rf now
		state now "$node"
		assert "$node is as before" diff -r "before/$node" now
	done
}

play 0 move --check --diff -e novark_serial=100%
for line in "+my_ip = $(address_of cloud02 new)" "-my_ip = $(address_of cloud02 old)" \
    "create domain:instance-00000050" "change row:nova.volumes:"; do
	assert_contains "$OUT" "$line"
done
for secret in n0va-Pass ch4p-Secret "$(sed -n 2p inventory/site.key)"; do
	assert_lacks "$OUT" "$secret"
done
as_before "${NODES[@]}"
assert_equal "no row has changed" 0 "$(sql "SELECT COUNT(*) FROM seen.rows")"

on_node() { # NODE COMMAND...
	nsenter -t "$(cat "$1.pid")" -m -n -r --wd="$PWD" "${@:2}"
}
read_only() { # NODE: its libvirt cannot write
	on_node "$1" mount --bind "$(embed_of "$1")/etc/qemu" "$(embed_of "$1")/etc/qemu"
	on_node "$1" mount -o remount,bind,ro "$(embed_of "$1")/etc/qemu"
}
writable() { # NODE
	on_node "$1" umount "$(embed_of "$1")/etc/qemu"
}

# --- one fails part-way: its libvirt cannot write
read_only cloud02
play 2 move -e novark_serial=1
assert_equal "cloud02 has failed" 1 "$(recap cloud02 failed)"
assert_contains "$OUT" "stopped part-way: 3 of 5 changes are made"
as_before cloud01 cloud03
assert_equal "no row has changed" 0 "$(sql "SELECT COUNT(*) FROM seen.rows")"
rm -rf now
state now cloud02
assert "some of it was done" test -n "$(diff -rq before/cloud02 now)"
writable cloud02
play 0 undo --limit cloud02 --check --diff
changed "it would be taken back" cloud02=some
assert_contains "$OUT" "take back file:/etc/nova/nova.conf"
assert "nothing was taken back" test -n "$(diff -rq before/cloud02/root "$(root_of cloud02)")"
play 0 undo --limit cloud02
changed "it is taken back" cloud02=some
as_before "${NODES[@]}"

# --- again, to the end; and once more
play 0 move -e novark_serial=100%
changed "the move" cloud01=some cloud02=some cloud03=some
for node in "${NODES[@]}"; do
	assert_file_absent "home/$node.novark/decrypt.key"
	assert_equal "definitions of $node" "$([ "$node" = cloud01 ] && echo 4 || echo 2)" \
	    "$(find "$(embed_of "$node")/etc/qemu" -name '*.xml' | wc -l)"
	assert "no old address in nova.conf of $node" test -z "$(grep -v '^#' \
	    "$(root_of "$node")/etc/nova/nova.conf" | grep -wF "$(address_of "$node" old)")"
done
sql "SELECT COUNT(*), COUNT(DISTINCT id) FROM seen.rows" >"$TMPDIR/seen"
assert "every row was changed once ($(tr '\t' ' ' <seen))" awk '$1 < 4 || $1 != $2 { exit 1 }' seen
play 0 move -e novark_serial=100%
changed "a second play" cloud01=0 cloud02=0 cloud03=0

# --- one that stopped part-way without Ansible is gone on with; the others have
# nothing to do
on_node cloud03 "$NOVARK" restore --undo --yes --root "$(root_of cloud03)" >/dev/null
read_only cloud03
cp inventory/site.key home/cloud03.novark/decrypt.key
expect_exit 5 on_node cloud03 "$NOVARK" restore --yes home/cloud03.novark/cloud03.bundle \
    --trust "$PUB" --decrypt home/cloud03.novark/decrypt.key --no-database \
    --map-file home/cloud03.novark/move.map --root "$(root_of cloud03)" \
    --connect "qemu:///embed?root=$(embed_of cloud03)" --force-preflight missing-nwfilter
rm home/cloud03.novark/decrypt.key
writable cloud03
play 0 resume -e novark_serial=100%
changed "the rest of one" cloud01=0 cloud02=0 cloud03=some
assert_file_absent home/cloud03.novark/decrypt.key

# --- verify finds what somebody has changed since, and changes nothing
sed -i "s/$(address_of cloud03 new)/$(address_of cloud03 old)/" "$(root_of cloud03)/etc/nova/nova.conf"
play 2 verify
changed "verify" cloud01=0 cloud02=0 cloud03=0
assert_equal "only there" "0 0 1" "$(recap cloud01 failed) $(recap cloud02 failed) $(recap cloud03 failed)"
