#!/bin/bash
# What preflight finds of the host: services that run, clients of libvirt,
# addresses that are not here, names of the host, too little room.  Each with
# what to do, each waived by its name; nothing is written.
. "$(dirname "$0")/lib/lib.sh"
need_root
host_alone
WAIVE=()

if [ "${1:-}" != inside ]; then
	bash "$lib/private-libvirtd" bash "$0" inside || exit $?
fi
[ "${1:-}" = inside ] && parts=(files libvirtd) || parts=(files libvirt)
site_new "${parts[@]}"
mkdir -p "$ROOT/etc/nova" "$ROOT/var/lib/nova" "$ROOT/etc/mysql"
printf '[DEFAULT]\nmy_ip = %s\nmetadata_listen = $my_ip\n[vnc]\nserver_listen = %s\n' \
    "$OLD" "$OLD" >"$ROOT/etc/nova/nova.conf"
printf '[mysqld]\nbind-address = %s\n' "$OLD" >"$ROOT/etc/mysql/my.cnf"
echo cloud01 >"$ROOT/etc/hostname"
echo 11111111-1111-4111-8111-111111111111 >"$ROOT/var/lib/nova/compute_id"
cat >"$TMPDIR/d.xml" <<END
<domain type='qemu'>
  <name>d</name><memory>65536</memory>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <serial type='tcp'><source mode='bind' host='$OLD' service='7000'/></serial>
    <graphics type='vnc' autoport='yes' listen='$OLD'/>
  </devices>
</domain>
END
define "$TMPDIR/d.xml"
expect_exit 0 site_snapshot "$TMPDIR/b"
move=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}")
site_state "$TMPDIR/before"
try() { # CODE ARGUMENT...
	expect_exit "$1" novark restore "${move[@]}" --preflight "${@:2}"
}
# finding NAME ITEM TEXT: of the last run; then waived by its name, by its item,
# and not by another's; in JSON too.
finding() {
	assert_contains "$OUT" "finding   $1: $2"
	assert_contains "$OUT" "$3"
	assert_contains "$OUT" "--force-preflight $1"
	try 6 --json
	assert_equal "$1 in JSON" "$2 true" "$(jq -r --arg n "$1" \
	    'first(.findings[] | select(.name == $n)) | "\(.item) \(.waivable)"' "$OUT")"
	assert "and its text" jq -e --arg t "$3" \
	    '[.findings[].text | contains($t)] | any' "$OUT"
	try 0 --force-preflight "$1"
	assert_contains "$OUT" "waived    $1: $2"
	assert_contains "$OUT" "preflight: nothing stands in the way (1 finding waived)"
	try 0 --force-preflight "$1:${2:0:3}*" --json
	assert_equal "waived in JSON" "$1 $2" "$(jq -r '.waived[] | "\(.name) \(.item)"' "$OUT")"
	try 6 --force-preflight "$1:x*"
}
start() { # COMMAND...: one that says when it is ready
	"$@" >"$TMPDIR/started" 2>&1 &
	PID=$!
	for _ in {1..100}; do
		! grep -q . "$TMPDIR/started" || return 0
		sleep 0.05
	done
	fail "it did not start: $*"
}
stop() {
	kill "$PID"
	wait "$PID" 2>/dev/null || :
}

try 0
assert_contains "$OUT" "restore: preflight: nothing stands in the way"

# --- a client of libvirt: with a daemon only
if [ "${1:-}" = inside ]; then
	virsh -c "$URI" event --all --loop --timeout 60 >/dev/null 2>&1 &
	PID=$!
	for _ in {1..100}; do
		novark restore "${move[@]}" --preflight >"$OUT" 2>&1 </dev/null || break
		sleep 0.05
	done
	finding libvirt-client virsh "it is connected to libvirt here, pid $PID"
	stop
	# One that only reads is in nobody's way.
	virsh -r -c qemu:///system event --all --loop --timeout 60 >/dev/null 2>&1 &
	PID=$!
	sleep 0.5
	try 0
	stop
	exit 0
fi

# --- services, by what they are called
start bash -c 'exec -a /usr/bin/nova-compute "$0"' "$HELPERS/idle"
try 6
finding service-running nova-compute \
    "it runs here (pid $PID) and writes where this restore does; stop it: systemctl stop nova-compute"
stop
start bash -c 'exec -a /usr/bin/python3 "$0" "$@"' "$HELPERS/idle" \
    /usr/bin/neutron-openvswitch-agent --config-file=/etc/neutron/neutron.conf
try 6
assert_contains "$OUT" "finding   service-running: neutron-openvswitch-agent"
stop
start bash -c 'exec -a "cinder-api: master" "$0"' "$HELPERS/idle"
try 6
assert_contains "$OUT" "finding   service-running: cinder-api"
stop
# What only looks like one.
start bash -c 'exec -a /usr/bin/tail "$0" -f nova-compute' "$HELPERS/idle"
try 0
stop

# --- an address that is to be listened on
ip address del "$NEW/24" dev lo
try 6
finding address-absent "$NEW" "no interface here has this address"
try 6
assert_contains "$OUT" \
    "file:/etc/mysql/my.cnf line 2 and 6 more places need it: ip address add $NEW/"
# Only what is restored counts.
try 6 --no-files
assert_contains "$OUT" "domain:d /domain/devices/serial/source/@host and 2 more places need it"
try 0 --only 'file:/etc/hostname'
ip address add "$NEW/24" dev lo

# --- names
echo other >"$ROOT/etc/hostname"
name=("${move[@]}" --on-drift keep --not file:/etc/hostname)
move=("${name[@]}")
try 6
finding host-name other "nova will call this host other, but its rows are of host cloud01"
try 6
assert_contains "$OUT" \
    "hostnamectl set-hostname cloud01 (or host = cloud01 in nova.conf), or in the map: host cloud01 = other"
try 0 --map "host cloud01 = other"
# Where the restore brings the name, or nova.conf says it, all is well.
move=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}" --on-drift keep)
try 0
echo cloud01 >"$ROOT/etc/hostname"
echo 22222222-2222-4222-8222-222222222222 >"$ROOT/var/lib/nova/compute_id"
try 6
finding compute-id file:/var/lib/nova/compute_id \
    "nova's compute_id here is 22222222-2222-4222-8222-222222222222, the captured node's is 11111111"
echo 11111111-1111-4111-8111-111111111111 >"$ROOT/var/lib/nova/compute_id"
# libvirt asks the kernel for the host's name.
if unshare -u true 2>/dev/null; then
	try_there() {
		unshare -u bash -c 'hostname there; exec "$@"' - \
		    "$NOVARK" restore "${move[@]}" --preflight "$@"
	}
	expect_exit 6 try_there
	assert_contains "$OUT" "finding   hypervisor-name: there"
	assert_contains "$OUT" "libvirt calls this host there, but nova's rows have the hypervisor"
	expect_exit 0 try_there --force-preflight hypervisor-name
	expect_exit 0 try_there --map "host $(hostname) = there"
fi

# --- room
mkdir "$TMPDIR/small"
if mount -t tmpfs -o size=64k tmpfs "$TMPDIR/small" 2>/dev/null; then
	at_exit umount -l "$TMPDIR/small"
	try 0 --state-dir "$TMPDIR/small"
	dd if=/dev/zero of="$TMPDIR/small/fill" bs=4k 2>/dev/null || :
	move+=(--state-dir "$TMPDIR/small/state")
	try 6
	finding no-room "$TMPDIR/small/state" "kB left, and the restore needs"
fi

# --- what cannot be waived, and what is no finding
expect_exit 2 novark restore "${move[@]}" --preflight --force-preflight no-such
assert_contains "$ERR" "--force-preflight no-such: there is no such finding"
assert_contains "$ERR" "service-running, libvirt-client, address-absent"
expect_exit 2 novark restore "${move[@]}" --preflight --force-preflight machine
assert_contains "$ERR" "it cannot be waived"
expect_exit 2 novark restore "${move[@]}" --preflight --force-preflight address-absent:
site_state "$TMPDIR/after"
assert "nothing was changed" diff -r "$TMPDIR/before" "$TMPDIR/after"
assert_file_absent "$ROOT/var/lib/novark"
