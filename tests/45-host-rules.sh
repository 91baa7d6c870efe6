#!/bin/bash
# A host rule of the map: it changes the names of hosts where names of hosts
# stand, and nothing that only looks like one; taken back, all is as it was.
. "$(dirname "$0")/lib/lib.sh"

site_new files db
story_load 4
story_move "$TMPDIR/map"
echo cloud01 >"$ROOT/etc/hostname"
echo "10.2.116.14 cloud01.old.example cloud01" >>"$ROOT/etc/hosts"
sql nova "UPDATE compute_nodes SET hypervisor_hostname = 'cloud01.old.example';
    UPDATE volumes SET host = 'cloud01@lvm#pool', display_name = 'cloud01';
    UPDATE services SET host = 'cloud010' WHERE id = 1;
    UPDATE instances SET display_name = 'cloud01', hostname = 'cloud01'"
expect_exit 0 site_snapshot "$TMPDIR/b"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
site_state "$TMPDIR/before"

# Two that would be one, and one that is renamed twice.
expect_exit 2 novark restore "${move[@]}" --map 'host cloud01 = n1' \
    --map 'host c2 = N1' --dry-run
assert_contains "$ERR" "two hosts would have one name"
expect_exit 2 novark restore "${move[@]}" --map 'host cloud01 = n1' \
    --map 'host CLOUD01 = n2' --dry-run
assert_contains "$ERR" "contradicts itself"

host=(--map 'host cloud01 = compute-a1'
    --map 'host cloud01.old.example = compute-a1.new.example')
expect_exit 0 novark restore "${move[@]}" "${host[@]}" --yes
assert_contains "$ROOT/etc/nova/nova.conf" "--host=compute-a1"
assert_equal "etc/hostname" compute-a1 "$(cat "$ROOT/etc/hostname")"
assert_contains "$ROOT/etc/hosts" "cloud01.old.example cloud01"
assert_equal "host of volumes" "compute-a1@lvm#pool cloud01" \
    "$(sql nova "SELECT DISTINCT host, display_name FROM volumes" | tr '\t' ' ')"
assert_equal "hypervisor's name" compute-a1.new.example \
    "$(sql nova "SELECT hypervisor_hostname FROM compute_nodes")"
assert_equal "host of instances" "compute-a1 cloud01 cloud01" \
    "$(sql nova "SELECT DISTINCT host, hostname, display_name FROM instances
    WHERE deleted = 0" | tr '\t' ' ')"
assert_equal "host like the old one" cloud010 \
    "$(sql nova "SELECT host FROM services WHERE id = 1")"
expect_exit 0 novark verify "${move[@]}" "${host[@]}"
expect_exit 0 novark restore "${move[@]}" "${host[@]}" --yes
assert_contains "$OUT" "nothing to do"

# An old name that comes back is a leftover.
echo cloud01 >"$ROOT/etc/hostname"
sql nova "UPDATE instances SET host = 'cloud01' WHERE deleted = 0 LIMIT 1"
expect_exit 4 novark verify "${move[@]}" "${host[@]}"
assert_contains "$OUT" "file:/etc/hostname"
echo compute-a1 >"$ROOT/etc/hostname"
sql nova "UPDATE instances SET host = 'compute-a1' WHERE host = 'cloud01' AND deleted = 0"

expect_exit 0 novark restore --undo --root "$ROOT" --yes
site_state "$TMPDIR/after"
rm -f "$TMPDIR"/{before,after}/root/etc/mtab
assert "as it was" diff -r "$TMPDIR/before" "$TMPDIR/after"
