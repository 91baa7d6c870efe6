#!/bin/bash
# Drift: what stands here is neither what was captured nor what the map makes of
# it.  Without a decision nothing at all is changed; each decision is kept to, for
# files, definitions and rows alike; edits beside the map's places stay.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
conf=$ROOT/etc/nova/nova.conf

# Edits that the map does not meet: they stay, and are no drift.
sed -i 's/--verbose=True/--verbose=False/; $a--edited=1' "$conf"
sql nova "UPDATE floating_ips SET pool = 'edited' WHERE id = 1"
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains "$conf" "--edited=1"
assert_contains "$conf" "--verbose=False"
assert_contains "$conf" "--my_ip=$NEW"
assert_equal "the row has both" "$NEW edited" \
    "$(sql nova 'SELECT address, pool FROM floating_ips WHERE id = 1' | tr '\t' ' ')"
expect_exit 0 novark verify "${move[@]}"

# Somebody else's values in the map's places.
sed -i 's/^--my_ip=.*/--my_ip=10.9.9.9/' "$conf"
sql nova "UPDATE floating_ips SET address = '10.9.9.9' WHERE id = 1"
virsh_ dumpxml --inactive instance-0000005e >"$TMPDIR/x.xml"
sed -i "s/$NEW/10.9.9.9/" "$TMPDIR/x.xml"
sed -i "s/listen='$NEW'/listen='10.9.9.9'/; s/address='$NEW'/address='10.9.9.9'/" "$TMPDIR/x.xml"
define "$TMPDIR/x.xml"
# And one that is still to be done.
sql nova "UPDATE volumes SET provider_location = REPLACE(provider_location, '$NEW', '$OLD')"
site_state "$TMPDIR/drifted"
same_as() { # FOLDER
	site_state "$TMPDIR/now"
	assert "the site is as in ${1##*/}" diff -r "$1" "$TMPDIR/now"
	rm -r "$TMPDIR/now"
}

for how in "--on-drift stop" ""; do
	# Words on purpose.
	# shellcheck disable=SC2086
	expect_exit 6 novark restore "${move[@]}" --yes $how
	assert_contains "$OUT" "drift     file:/etc/nova/nova.conf --my_ip: "
	assert_contains "$OUT" "drift     domain:instance-0000005e /domain/devices/graphics/"
	assert_contains "$OUT" "drift     row:nova.floating_ips:1 address: "
	assert_equal "the way out is in the last line" \
	    "restore: NOT SAFE: 3 drifts, 0 findings; nothing was changed (--on-drift keep, rewrite or replay decides drift)" \
	    "$(tail -n 1 "$OUT")"
done
expect_exit 6 novark restore "${move[@]}" --dry-run
same_as "$TMPDIR/drifted"
expect_exit 4 novark verify "${move[@]}"
assert_contains "$OUT" "differs   row:nova.floating_ips:1 address"
assert_contains "$OUT" "differs   row:nova.volumes:"
same_as "$TMPDIR/drifted"

# keep: the drift stays, all else is done.
expect_exit 0 novark restore "${move[@]}" --yes --on-drift keep
assert_contains "$conf" "--my_ip=10.9.9.9"
assert_equal "the row stays" 10.9.9.9 "$(sql nova 'SELECT address FROM floating_ips WHERE id = 1')"
assert_equal "the rest is done" 0 \
    "$(sql nova "SELECT COUNT(*) FROM volumes WHERE provider_location LIKE '$OLD%'")"
expect_exit 0 novark verify "${move[@]}" --on-drift keep
expect_exit 4 novark verify "${move[@]}"

# rewrite: the map goes over what is there now, wherever it stands.
sed -i "s/^--ec2_host=.*/--ec2_host=10.9.9.9:$OLD/" "$conf"
expect_exit 6 novark restore "${move[@]}" --yes
expect_exit 0 novark restore "${move[@]}" --yes --on-drift rewrite
assert_contains "$conf" "--my_ip=10.9.9.9"
assert_contains "$conf" "--ec2_host=10.9.9.9:$NEW"
assert_contains "$conf" "--edited=1"

# replay: the bundle's, mapped, over all of it.
expect_exit 0 novark restore "${move[@]}" --yes --on-drift replay
assert_contains "$conf" "--my_ip=$NEW"
assert_lacks "$conf" "--edited=1"
assert_equal "the row is the bundle's" "$NEW" \
    "$(sql nova 'SELECT address FROM floating_ips WHERE id = 1')"
virsh_ dumpxml --inactive instance-0000005e >"$OUT"
assert_contains "$OUT" "listen='$NEW'"
assert_lacks "$OUT" 10.9.9.9
expect_exit 0 novark verify "${move[@]}"
