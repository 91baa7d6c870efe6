#!/bin/bash
# audit --cat, --find: one item, one row, every place of an address; secrets
# are masked unless they are asked for.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new files libvirt db
story_load 6
printf '\0geheim 10.2.116.14 geheim\n' >"$ROOT/etc/nova/blob.conf"
cd "$TMPDIR" || exit
site_snapshot a.bundle >/dev/null 2>&1 || fail "no snapshot"
tar -xf a.bundle
mkdir f l d
for part in files:f libvirt:l database:d; do
	tar --zstd -xf "${part%:*}.tar.zst" -C "${part#*:}"
done

cat_exact() { # ITEM FILE
	expect_exit 0 novark audit a.bundle --trust "$PUB" --cat "$1" --show-secrets
	assert_same "$OUT" "$2"
	assert_equal "outcome on stderr" "audit: $1" "$(cat "$ERR")"
}

# --- the exact bytes
cat_exact file:/etc/nova/nova.conf f/etc/nova/nova.conf
cat_exact domain:instance-0000005f l/domains/instance-0000005f.xml
cat_exact table:nova.volumes d/nova/volumes.txt
cat_exact table:nova.instance_info_caches d/nova/instance_info_caches.txt

# --- masked: as many lines, nothing else changed, no secret
secrets='n0va-Pass|r00t-Pass|ch4p-Secret|k3y|gl4nce|keyst0ne'
for item in file:/etc/nova/nova.conf file:/etc/keystone/keystone.conf table:nova.volumes \
    table:nova.block_device_mapping domain:instance-0000005f; do
	expect_exit 0 novark audit a.bundle --trust "$PUB" --cat "$item"
	cp "$OUT" masked
	assert_equal "outcome" "audit: $item (secrets masked)" "$(cat "$ERR")"
	novark audit a.bundle --trust "$PUB" --cat "$item" --show-secrets >exact 2>/dev/null
	assert_equal "lines of $item" "$(wc -l <exact)" "$(wc -l <masked)"
	assert "only lines with a mask differ" sh -c \
	    'diff exact masked | grep "^>" | grep -vqF "***" && exit 1; exit 0'
done
expect_exit 0 novark audit a.bundle --trust "$PUB" --cat file:/etc/nova/nova.conf
assert_lacks "$OUT" "n0va-Pass"
assert_contains "$OUT" "--sql_connection=mysql://nova:***@10.2.116.14/nova"

# --- one row, by the name that --find gives it
expect_exit 0 novark audit a.bundle --trust "$PUB" --find 10.2.116.14
row=$(awk -F'\t' '/^row:nova.volumes:/ { print $1; exit }' "$OUT")
expect_exit 0 novark audit a.bundle --trust "$PUB" --cat "$row"
assert "a column a line" grep -qE '^provider_location: 10\.2\.116\.14:3260,' "$OUT"
assert_contains "$OUT" "deleted_at: NULL"
assert_contains "$OUT" "provider_auth: ***"
expect_exit 0 novark audit a.bundle --trust "$PUB" --cat "$row" --show-secrets
assert "the secret, when asked for" grep -qE '^provider_auth: CHAP ' "$OUT"
expect_exit 0 novark audit a.bundle --trust "$PUB" --cat "$row" --json
assert_equal "row as an object" "*** null" \
    "$(jq -r '.bundles[0].rows[0] | "\(.provider_auth) \(.deleted_at)"' "$OUT")"
expect_exit 0 novark audit a.bundle --trust "$PUB" --cat table:nova.volumes --json
assert_equal "as many rows as lines" "$(wc -l <d/nova/volumes.txt)" \
    "$(jq '.bundles[0].rows | length' "$OUT")"
expect_exit 0 novark audit a.bundle --trust "$PUB" --cat file:/etc/nova/nova.conf --json --show-secrets
jq -j '.bundles[0].content' "$OUT" >content
assert_same content f/etc/nova/nova.conf

# --- what is not there, with the nearest name
none() { # ITEM TEXT
	expect_exit 1 novark audit a.bundle --trust "$PUB" --cat "$1"
	assert_contains "$ERR" "$2"
	assert_equal "nothing on stdout" "" "$(cat "$OUT")"
	assert_equal "outcome" "audit: FAILED: $1: nothing was shown" "$(tail -n 1 "$ERR")"
}
none nova.conf "did you mean file:/etc/nova/nova.conf?"
none file:/etc/nova/nova.cnf "did you mean file:/etc/nova/nova.conf?"
none instance-0000005f "did you mean domain:instance-0000005f?"
none table:nova.nothing-like-it "--list names them all"
none row:nova.volumes:0 "no such row in table:nova.volumes"
none row:nova.nothing:0 "no such item"
none file:/etc/nova "a folder"
none file:/etc/nova/blob.conf "--show-secrets gives its bytes"
cat_exact file:/etc/nova/blob.conf f/etc/nova/blob.conf

# --- every place of an address: as grep finds it in the parts, and no others
places() { # TABS: item, place, value, kind, (why it is held)
	expect_exit 0 novark audit a.bundle --trust "$PUB" --find "$@"
	head -n -1 "$OUT" >places
}
places 10.2.116.14
token='(^|[^0-9.])10\.2\.116\.14([^0-9.]|\.[^0-9]|\.?$)'
for file in etc/nova/nova.conf etc/keystone/keystone.conf etc/glance/glance-api.conf etc/nova/api-paste.ini; do
	assert_equal "places in $file" "$(grep -cE "$token" "f/$file")" \
	    "$(grep -c "^file:/$file	" places)"
done
assert_equal "domains" 6 "$(cut -f1,2 places | grep -c '^domain:.*/graphics/@listen$')"
assert_equal "volumes" "$(grep -cE "$token" d/nova/volumes.txt)" \
    "$(cut -f1,2 places | grep '^row:nova.volumes:' | cut -f1 | sort -u | wc -l)"
assert_lacks places 10.2.116.140:
assert "decoys are other addresses" test "$(grep -cE '110\.2\.116\.14' places)" = 0
for text in "file:/etc/nova/nova.conf	--my_ip	10.2.116.14	own address" \
    "mysql://nova:***@10.2.116.14/nova" "	(a comment)" "	(a tenant's own data)" \
    "connection_info data.target_portal	10.2.116.14:3260"; do
	assert_contains places "$text"
done
assert_contains places "file:/etc/nova/blob.conf	binary	10.2.116.14	nova's configuration	(a binary file)"
assert_equal "consoles in definitions and libvirt.xml have their kind" 12 \
    "$(cut -f2,4 places | grep -c "^/domain/devices/graphics/@listen	console's listen address")"
assert_lacks places geheim
assert "no secret" sh -c "! grep -E '$secrets' places"
# History is counted, not listed; for programs each is.
assert_lacks places "(history)"
assert_equal "history" "history   table:nova.block_device_mapping: 2 places in 2 rows (deleted, or over): left alone" \
    "$(grep '^history' places)"
n=$(($(grep -vc '^history' places) + 2))
assert_equal "total" "audit: $n places" "$(tail -n 1 "$OUT")"
expect_exit 0 novark audit a.bundle --trust "$PUB" --find 10.2.116.14 --json
assert_equal "as a document" "$n $n" \
    "$(jq -r '.bundles[0] | "\(.total) \(.places | length)"' "$OUT")"

# --- ranges, several, names, none
places 10.2.116.0/24
assert "a range finds more" test "$(wc -l <places)" -gt "$n"
assert_contains places 10.2.116.140
wide=$(wc -l <places)
places 10.2.116.0/24 --find 10.2.116.14
assert_equal "a place counts once" "$wide" "$(wc -l <places)"
places cloud01
assert_contains places "file:/etc/nova/nova.conf	--host	cloud01"
places ::ffff:10.2.116.14 || :
expect_exit 0 novark audit a.bundle --trust "$PUB" --find 9.9.9.9 --find 2001:db8::1
assert_equal "none" "audit: 0 places" "$(cat "$OUT")"
