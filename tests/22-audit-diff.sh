#!/bin/bash
# audit --diff: what differs between two bundles, whatever the order of rows, and
# nothing else; secrets stay masked.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 6
cd "$TMPDIR" || exit
site_snapshot a.bundle >/dev/null 2>&1 || fail "no snapshot"
site_snapshot same.bundle >/dev/null 2>&1 || fail "no snapshot"

# --- no difference
expect_exit 0 novark audit a.bundle --trust "$PUB" --diff same.bundle
assert_equal "outcome" "audit: no difference" "$(tail -n 1 "$OUT")"
assert_equal "two heads, nothing more" 3 "$(wc -l <"$OUT")"
expect_exit 0 novark audit a.bundle --trust "$PUB" --diff a.bundle --json
assert_equal "document" "done 0 0" \
    "$(jq -r '"\(.outcome) \(.bundles[0].total) \(.bundles[0].differences | length)"' "$OUT")"

# --- one of each kind
sed -i 's/^--my_ip=.*/--my_ip=10.9.9.9/; s/n0va-Pass/other-Pass/' "$ROOT/etc/nova/nova.conf"
sed -i 's/keyst0ne/other/; s/\(mysql:..[a-z]*:\)[^@]*@/\1Another@/' "$ROOT/etc/keystone/keystone.conf"
chmod 600 "$ROOT/etc/nova/api-paste.ini"
rm "$ROOT/etc/iscsi/initiatorname.iscsi"
echo "[DEFAULT]" >"$ROOT/etc/nova/nova-compute.conf"
virsh_ autostart instance-0000005b >/dev/null
virsh_ undefine instance-0000005a >/dev/null
rm "$ROOT/var/lib/nova/instances/instance-0000005a/libvirt.xml"
sql nova "UPDATE volumes SET provider_location = '10.9.9.9:3260,1 iqn 1',
    provider_auth = 'CHAP a b' ORDER BY id LIMIT 1"
sql nova "DELETE FROM fixed_ips ORDER BY id LIMIT 1"
sql nova "UPDATE instances SET display_name = NULL ORDER BY id DESC LIMIT 1"
sql keystone "INSERT INTO endpoint SELECT 'new-one', region, service_id, extra
    FROM endpoint LIMIT 1" 2>/dev/null || sql keystone "DELETE FROM endpoint ORDER BY id LIMIT 1"
site_snapshot b.bundle >/dev/null 2>&1 || fail "no snapshot"
expect_exit 4 novark audit a.bundle --trust "$PUB" --diff b.bundle
cp "$OUT" ab
for line in '^--- a.bundle: cloud01 of ' '^\+\+\+ b.bundle: cloud01 of ' \
    '^- file:/etc/iscsi/initiatorname.iscsi$' '^\+ file:/etc/nova/nova-compute.conf$' \
    '^! file:/etc/nova/api-paste.ini: mode: 0640 -> 0600$' \
    '^! domain:instance-0000005b: autostart: no -> yes$' \
    '^- domain:instance-0000005a$' \
    '^-{3} file:/etc/nova/nova.conf$' '^@@ -' '^---my_ip=10.2.116.14$' '^\+--my_ip=10.9.9.9$' \
    '^- row:nova.fixed_ips:' '^! row:nova.volumes:' '^  provider_location$' \
    '^  - 10.2.116.14:3260,' '^  \+ 10.9.9.9:3260,1 iqn 1$' '^  provider_auth$' \
    '^! row:nova.instances:' '^  \+ NULL$' '^[-+] row:keystone.endpoint:' \
    '^audit: DIFFERENT: [0-9]+ differences$'; do
	assert "a line fits $line" grep -qE -e "$line" ab
done
assert "a secret's change shows, the secret does not" grep -qF "only secrets differ" ab
for secret in n0va-Pass other-Pass Another ch4p-Secret "CHAP a b"; do
	assert_lacks ab "$secret"
done
assert_lacks ab "instance-0000005c"

# --- the other way round it is the same, with the signs turned
expect_exit 4 novark audit b.bundle --trust "$PUB" --diff a.bundle
assert "what was gone is new" grep -qE '^\+ file:/etc/iscsi/initiatorname.iscsi$' "$OUT"
assert_equal "as many" "$(tail -n 1 ab)" "$(tail -n 1 "$OUT")"

# --- as a document
expect_exit 4 novark audit a.bundle --trust "$PUB" --diff b.bundle --json
assert_equal "one document" "differs 4" "$(jq -r '"\(.outcome) \(.exit)"' "$OUT")"
assert_equal "total" "$(jq '.bundles[0].differences | length' "$OUT")" \
    "$(jq '.bundles[0].total' "$OUT")"
assert_equal "kinds of differences" "about content gone new row changed row gone" \
    "$(jq -r '[.bundles[0].differences[].type] | unique - ["row new"] | join(" ")' "$OUT")"
assert_lacks "$OUT" "Another"

# --- the other one is judged as strictly
novark keygen --out other >/dev/null
expect_exit 0 novark snapshot --output c.bundle --sign other.key "${SITE_ARGS[@]}" --no-libvirt
expect_exit 3 novark audit a.bundle --trust "$PUB" --diff c.bundle
assert_contains "$ERR" "c.bundle"
expect_exit 1 novark audit a.bundle --trust "$PUB" --diff none.bundle
assert_contains "$ERR" "none.bundle"
flip b.bundle bad.bundle $(($(stat -c %s b.bundle) - 3000))
expect_exit 3 novark audit a.bundle --trust "$PUB" --diff bad.bundle
