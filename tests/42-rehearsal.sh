#!/bin/bash
# Rehearsal at home: the destination is described where it stands, and the
# restore planned against that description elsewhere, before anything moves.
# What the rehearsal finds is what the restore finds there.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
# A console with a password, which no description may tell.
console() {
	define "$TMPDIR/console.xml"
}
virsh_ dumpxml --inactive --security-info instance-0000005c |
    sed "s/<graphics type='vnc'/& passwd='c4nary'/" >"$TMPDIR/console.xml"
assert_contains "$TMPDIR/console.xml" c4nary
console
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
cp "$KEY" "$PUB" "$TMPDIR/"
KEY=$TMPDIR/key.key PUB=$TMPDIR/key.pub
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map")

# The destination: a file that is there already as it is wanted, one that is
# gone, two that somebody changed, one where the map would; no domains; a column
# less, another of another type.
sed -i "s/$OLD/$NEW/g" "$ROOT/etc/nova/api-paste.ini"
mv "$ROOT/etc/libvirt/qemu.conf" "$TMPDIR/"
cp "$ROOT/etc/glance/glance-api.conf" "$TMPDIR/"
sed -i "s/$OLD/10.9.9.9/g" "$ROOT/etc/glance/glance-api.conf"
echo '# mine' >>"$ROOT/etc/iscsi/initiatorname.iscsi"
story_lose
console
sql nova "ALTER TABLE volumes DROP COLUMN provider_auth;
    ALTER TABLE networks MODIFY dns1 VARCHAR(12)"
site_state "$TMPDIR/before"
expect_exit 0 novark snapshot --describe --output "$TMPDIR/d" --sign "$KEY" \
    "${SITE_ARGS[@]}"
assert_contains "$OUT" "a description of this host"
site_state "$TMPDIR/after"
assert "describing changes nothing" diff -r "$TMPDIR/before" "$TMPDIR/after"
assert_mode 600 "$TMPDIR/d"

# It carries no contents, no rows and no secrets; audit tells what it is.
expect_exit 0 novark audit "$TMPDIR/d" --trust "$PUB"
assert_contains "$OUT" "description $TMPDIR/d"
assert_contains "$OUT" "no contents, no values, no rows"
assert_contains "$OUT" "table:nova.instances"
assert_contains "$OUT" "4 rows"
expect_exit 0 novark audit "$TMPDIR/d" --trust "$PUB" --json
assert "json" jq -e '.bundles[0].describes == true' "$OUT"
mkdir "$TMPDIR/open"
tar -xf "$TMPDIR/d" -C "$TMPDIR/open"
for part in files database; do
	assert "no entry in $part" test -z \
	    "$(zstd -dc "$TMPDIR/open/$part.tar.zst" | tar -tf -)"
done
assert "no password" test -z \
    "$(zstd -dc "$TMPDIR/open/libvirt.tar.zst" | grep -a c4nary)"
for word in r00t-Pass $(grep -oh '://[^@/]*@' -r "$ROOT/etc" |
    sed 's/.*:\(.*\)@/\1/' | sort -u); do
	assert_lacks "$TMPDIR/open/MANIFEST.json" "$word"
done
expect_exit 3 novark audit "$TMPDIR/d" --trust "$PUB" --cat file:/etc/nova/nova.conf
assert_contains "$ERR" "without its contents"
expect_exit 3 novark audit "$TMPDIR/d" --trust "$PUB" --find "$OLD"
assert_contains "$ERR" "it has no contents to look into"

# Far from there: no such files, no libvirt, no database.
plan_of() { # FILE: without what only one of the two can say
	sed -e '/planned against the description/d' -e '/on the night/d' \
	    -e '/contents are not in a description/d' \
	    -e '/the place that the map changes/d' "$1"
}
rehearse=(novark restore "${move[@]}" --against "$TMPDIR/d" --dry-run)
db_stop
mv "$SITE" "$TMPDIR/away"
expect_exit 6 "${rehearse[@]}"
cp "$OUT" "$TMPDIR/rehearsed"
assert_contains "$OUT" "planned against the description of"
assert_contains "$OUT" "+++ file:/etc/libvirt/qemu.conf"
assert_contains "$OUT" "+++ file:/etc/nova/nova.conf"
assert_lacks "$OUT" "+++ file:/etc/nova/api-paste.ini"
assert_contains "$OUT" "file:/etc/glance/glance-api.conf: differs there (contents are not in a description)"
assert_contains "$OUT" "file:/etc/iscsi/initiatorname.iscsi: differs there (contents are not in a description); the map changes nothing in the captured one"
assert_contains "$OUT" "+++ domain:instance-0000005e"
assert_contains "$OUT" "--- domain:instance-0000005c"
assert_lacks "$OUT" c4nary
assert_contains "$OUT" "nova.volumes has no column provider_auth here, captured as varchar(256)"
assert_contains "$OUT" "dns1 is varchar(12) here, was varchar(255)"
assert_contains "$OUT" "table:keystone.endpoint: its rows are compared on the night: 6 there"
expect_exit 6 "${rehearse[@]}" --json
assert "json" jq -e '.against.host and .against.signer' "$OUT"
expect_exit 6 novark restore "$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" \
    --preflight --against "$TMPDIR/d"
assert_lacks "$OUT" "+++"
assert_contains "$OUT" "provider_auth"

# Another key may have signed it, and must be named.
expect_exit 0 novark keygen --out "$TMPDIR/other"
expect_exit 3 "${rehearse[@]}" --against-trust "$TMPDIR/other.pub"
assert_contains "$ERR" "the signature does not hold"
expect_exit 6 "${rehearse[@]}" --against-trust "$PUB"

# The real thing, there: the same plan and the same findings.
mv "$TMPDIR/away" "$SITE"
db_start
expect_exit 6 novark restore "${move[@]}" "${SITE_ARGS[@]}" --dry-run
cp "$OUT" "$TMPDIR/real"
for kind in file domain; do
	plan_of "$TMPDIR/rehearsed" | grep "^[-+][-+][-+] $kind:" | sort -u >"$TMPDIR/plan1"
	plan_of "$TMPDIR/real" | grep "^[-+][-+][-+] $kind:" | sort -u >"$TMPDIR/plan2"
	assert_same "$TMPDIR/plan1" "$TMPDIR/plan2"
	assert "$kind is planned" test -s "$TMPDIR/plan1"
done
findings() {
	plan_of "$1" | sed -n '/^finding/p; /^drift/s/:.*//p' | sort -u
}
findings "$TMPDIR/rehearsed" >"$TMPDIR/found1"
findings "$TMPDIR/real" >"$TMPDIR/found2"
assert_same "$TMPDIR/found1" "$TMPDIR/found2"
assert "there are findings" test -s "$TMPDIR/found1"

# What the rehearsal asked for is done; then nothing stands in the way.
sql nova "ALTER TABLE networks MODIFY dns1 VARCHAR(255);
    ALTER TABLE volumes ADD COLUMN provider_auth VARCHAR(256) AFTER provider_location"
cp "$TMPDIR/glance-api.conf" "$ROOT/etc/glance/"
expect_exit 0 novark snapshot --describe --output "$TMPDIR/d" --sign "$KEY" \
    "${SITE_ARGS[@]}" --force
expect_exit 0 "${rehearse[@]}"
expect_exit 0 novark restore "${move[@]}" "${SITE_ARGS[@]}" --yes

# What is no description, and what cannot be.
expect_exit 3 novark restore "$TMPDIR/d" --trust "$PUB" --map-file "$TMPDIR/map" \
    --dry-run "${SITE_ARGS[@]}"
assert_contains "$ERR" "holds nothing to restore"
expect_exit 3 novark verify "$TMPDIR/d" --trust "$PUB" --map-file "$TMPDIR/map" \
    "${SITE_ARGS[@]}"
expect_exit 3 novark restore "${move[@]}" --dry-run --against "$TMPDIR/b"
assert_contains "$ERR" "a bundle, no description"
expect_exit 2 novark restore "${move[@]}" --yes --against "$TMPDIR/d"
assert_contains "$ERR" "--against works with --dry-run or --preflight only"
expect_exit 2 novark restore "${move[@]}" --dry-run --against "$TMPDIR/d" --root /x
