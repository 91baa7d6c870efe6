#!/bin/bash
# Restores of bundles of one host each: one after the other they change what a
# bundle of the whole site would; into databases that have lost the rows, one
# alone brings back all that its rows refer to.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/zed.sh"
. "$lib/two.sh"
need jq

two_new
OLD=10.2.116.14 NEW=10.2.15.3
# The first host's address: where its volumes are, also in rows of the second.
sql <<-END
UPDATE nova.block_device_mapping SET connection_info = '{"driver_volume_type": "iscsi", "data": {"target_portal": "$OLD:3260"}}'
 WHERE volume_id IS NOT NULL;
UPDATE cinder.volumes SET provider_location = '$OLD:3260,1 iqn.2010-10.org.openstack:x 0';
UPDATE keystone.endpoint SET url = 'http://$OLD:5000/v3';
UPDATE nova.compute_nodes SET host_ip = '$OLD' WHERE host = '$ONE';
END
site_rows >"$TMPDIR/before"
rows=(--no-files --no-libvirt)
move() { # BUNDLE; on its own host
	local root=$ROOT
	[ "$1" != "$TMPDIR/$TWO" ] || root=$ROOT2
	set -- "$1" --trust "$PUB" --map "$OLD=$NEW" --root "$root" \
	    --defaults-file "$CNF" "${rows[@]}" --force-preflight "address-absent:$NEW"
	args=("$@")
}
for host in "$ONE" "$TWO"; do
	expect_exit 0 two_take "$host" "$TMPDIR/$host" --host "$host"
done
expect_exit 0 two_take "$ONE" "$TMPDIR/all" --no-sweep

# What a bundle of the whole site makes of it.
move "$TMPDIR/all"
expect_exit 0 novark restore "${args[@]}" --yes
site_rows >"$TMPDIR/wanted"
expect_exit 0 novark restore --undo --root "$ROOT" --yes
site_rows >"$TMPDIR/back"
assert_same "$TMPDIR/before" "$TMPDIR/back"

# The second host's rows alone: the first's are told, and are no leftovers.
move "$TMPDIR/$TWO"
expect_exit 0 novark restore "${args[@]}" --dry-run
assert_contains "$OUT" "the bundle has the rows of compute host $TWO only"
expect_exit 0 novark restore "${args[@]}" --yes
assert_contains "$OUT" "no old address is left in the rows of its hosts"
assert_equal "rows of the first host stay" 10 "$(sql nova "SELECT COUNT(*) FROM
    block_device_mapping WHERE deleted = 0 AND connection_info LIKE '%$OLD:%'")"
move "$TMPDIR/$TWO"
args=("${args[@]:0:9}" "${rows[@]}")
expect_exit 0 novark verify "${args[@]}"
assert_contains "$OUT" "note      row:nova.block_device_mapping:101"
assert_contains "$OUT" "not a row of the bundle's hosts: another bundle changes it"
expect_exit 0 novark verify "${args[@]}" --json
assert_equal "rows of" "$TWO" "$(jq -r '.rows_of[]' "$OUT")"
assert_equal "no leftover" 0 "$(jq '.leftovers | length' "$OUT")"
# A row of its own that is old again is one.
sql nova "UPDATE block_device_mapping SET connection_info = '{\"data\": {\"target_portal\": \"$OLD:3260\"}}' WHERE id = 111"
expect_exit 4 novark verify "${args[@]}"
assert_contains "$OUT" "row:nova.block_device_mapping:111"
sql nova "UPDATE block_device_mapping SET connection_info = '{\"driver_volume_type\": \"iscsi\", \"data\": {\"target_portal\": \"$NEW:3260\"}}' WHERE id = 111"

# The first host's behind it: as the whole site's.
move "$TMPDIR/$ONE"
expect_exit 0 novark restore "${args[@]}" --yes
site_rows >"$TMPDIR/both"
assert_same "$TMPDIR/wanted" "$TMPDIR/both"

# --- all rows of the catalogue are lost: one bundle brings a host back
jq -r '.items[] | select(.kind == "table") | "DELETE FROM \(.table.schema).`\(.table.table)`;"' \
    <(tar -xOf "$TMPDIR/all" MANIFEST.json) >"$TMPDIR/lose"
sql <<-END
SET foreign_key_checks = 0;
$(cat "$TMPDIR/lose")
END
expect_exit 0 novark restore "${args[@]}" --yes
assert_equal "instances" "10" "$(sql nova "SELECT COUNT(*) FROM instances WHERE host = '$ONE'")"
assert_equal "of other hosts" "0" "$(sql nova "SELECT COUNT(*) FROM instances WHERE host <> '$ONE'")"
assert_equal "ports" "14" "$(sql neutron "SELECT COUNT(*) FROM ports")"
expect_exit 0 novark verify "${args[@]:0:9}" "${rows[@]}"
move "$TMPDIR/$TWO"
expect_exit 0 novark restore "${args[@]}" --yes
assert_equal "instances" "22" "$(sql nova "SELECT COUNT(*) FROM instances")"
