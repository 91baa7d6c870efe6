#!/bin/bash
# verify: one line for each thing that is not as bundle and map say, in files,
# definitions and rows; old addresses that are left anywhere, also in what the
# bundle does not know; and never a write.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 6
virsh_ autostart instance-0000005b >/dev/null
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
conf=$ROOT/etc/nova/nova.conf

# Before anything is restored: nothing is missing but what libvirt had lost.
site_state "$TMPDIR/old"
expect_exit 4 novark verify "${move[@]}"
assert_equal "what is missing" "missing domain:instance-0000005f" \
    "$(awk '$1 == "missing" { $1 = $1; print }' "$OUT")"
assert_contains "$OUT" "differs   file:/etc/nova/nova.conf"
assert_contains "$OUT" "leftover  file:/etc/nova/nova.conf --my_ip: $OLD"
assert_contains "$OUT" "leftover  file:/etc/nova/nova.conf --sql_connection: mysql://nova:***@$OLD/nova"
assert_contains "$OUT" "leftover  domain:instance-0000005a /domain/devices/graphics/@listen: $OLD"
assert_contains "$OUT" "leftover  row:nova.floating_ips:1 address: $OLD"
assert_lacks "$OUT" 10.2.116.140
assert_lacks "$OUT" 110.2.116.14
site_state "$TMPDIR/now"
assert "verify writes nothing" diff -r "$TMPDIR/old" "$TMPDIR/now"
assert_file_absent "$ROOT/var/lib/novark"
rm -r "$TMPDIR/now"

expect_exit 0 novark restore "${move[@]}" --yes
expect_exit 0 novark verify "${move[@]}"
assert_equal "nothing but what is held" "held" \
    "$(sed '$d' "$OUT" | awk '{ print $1 }' | grep -vE "note|history" | sort -u)"
assert_contains "$OUT" "verify: all as expected, no old address is left (6 places held)"
cp "$conf" "$TMPDIR/conf"

# wrong TEXT: verify tells exactly this, and nothing else is wrong.
wrong() {
	expect_exit 4 novark verify "${move[@]}" --quiet
	assert_equal "verify tells" "$1" \
	    "$(sed '$d' "$OUT" | cut -c1-"${#1}" | paste -sd'|')"
}
sed -i "s/^--my_ip=.*/--my_ip=$OLD/" "$conf"
expect_exit 4 novark verify "${move[@]}" --quiet
assert_contains "$OUT" "differs   file:/etc/nova/nova.conf content"
assert_contains "$OUT" "leftover  file:/etc/nova/nova.conf --my_ip: $OLD"
assert_contains "$OUT" "verify: DIFFERENT: 1 difference, 1 leftover "
rm "$conf"
wrong "missing   file:/etc/nova/nova.conf"
cp -p "$TMPDIR/conf" "$conf"

virsh_ autostart --disable instance-0000005b >/dev/null
wrong "differs   domain:instance-0000005b autostart"
virsh_ autostart instance-0000005b >/dev/null
virsh_ dumpxml --inactive instance-0000005c >"$TMPDIR/x.xml"
virsh_ undefine instance-0000005c >/dev/null
wrong "missing   domain:instance-0000005c"
sed "s/listen='$NEW'/listen='10.9.9.9'/; s/address='$NEW'/address='10.9.9.9'/" \
    "$TMPDIR/x.xml" >"$TMPDIR/y.xml"
define "$TMPDIR/y.xml"
wrong "differs   domain:instance-0000005c /domain/devices/graphics/"
virsh_ undefine instance-0000005c >/dev/null
define "$TMPDIR/x.xml"

sql nova "UPDATE volumes SET provider_location = NULL LIMIT 1"
wrong "differs   row:nova.volumes:"
sql nova "UPDATE volumes SET provider_location = CONCAT('$NEW:3260,', 20, ' iqn.2010-10.org.openstack:volume-0000001e 1') WHERE provider_location IS NULL"
sql nova "DELETE FROM instance_metadata"
wrong "missing   row:nova.instance_metadata:1"
sql nova "INSERT INTO instance_metadata VALUES ($story_born, 1, 95, 'licence-server', '$OLD')"
expect_exit 0 novark verify "${move[@]}"

# Old addresses in what came after the snapshot.
sed "s/instance-0000005c/instance-new/; /<uuid>/d; /<mac/d; s/$NEW/$OLD/" "$TMPDIR/x.xml" >"$TMPDIR/y.xml"
sed -i "s/listen='$NEW'/listen='$OLD'/; s/address='$NEW'/address='$OLD'/" "$TMPDIR/y.xml"
define "$TMPDIR/y.xml"
expect_exit 4 novark verify "${move[@]}" --quiet
assert_contains "$OUT" "leftover  domain:instance-new /domain/devices/graphics/@listen: $OLD"
assert_lacks "$OUT" "differs "
virsh_ undefine instance-new >/dev/null
printf '[DEFAULT]\nmy_ip = %s\n# %s\n' "$OLD" "$OLD" >"$ROOT/etc/nova/nova-compute.conf"
wrong "leftover  file:/etc/nova/nova-compute.conf [DEFAULT] my_ip: $OLD"
rm "$ROOT/etc/nova/nova-compute.conf"
sql nova "INSERT INTO floating_ips VALUES ($story_born, 9, '$OLD', NULL, NULL, NULL, 0, 'nova', 'eth0')"
wrong "leftover  row:nova.floating_ips:9 address: $OLD"
sql nova "DELETE FROM floating_ips WHERE id = 9"

# A part that is left out is not compared; the rest is.
virsh_ undefine instance-0000005c >/dev/null
expect_exit 0 novark verify "${move[@]}" --no-libvirt
expect_exit 0 novark verify "${move[@]}" --only 'file:*' --only 'table:*'
expect_exit 4 novark verify "${move[@]}" --only 'domain:*'
define "$TMPDIR/x.xml"

# An account that may only look is enough.
sql "CREATE USER looker@localhost IDENTIFIED BY 'l00k-Pass';
    GRANT SELECT ON *.* TO looker@localhost"
(umask 077 && sed 's/^user=.*/user=looker/; /^password/d' "$CNF" >"$TMPDIR/looker" &&
    echo 'password=l00k-Pass' >>"$TMPDIR/looker")
expect_exit 0 novark verify "${move[@]/"$CNF"/$TMPDIR/looker}"
expect_exit 0 novark restore "${move[@]/"$CNF"/$TMPDIR/looker}" --dry-run
