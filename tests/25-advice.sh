#!/bin/bash
# audit --advice: what ties the story's node to its outer address, as it says
# it itself: by name, with the number of places, and the setting that would not.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 6
cd "$TMPDIR" || exit
site_snapshot a.bundle >/dev/null 2>&1 || fail "no snapshot"

expect_exit 0 novark audit a.bundle --trust "$PUB" --advice
assert_contains "$OUT" "10.2.116.14 (nova.conf my_ip): an outer address"
for line in '^vnc-listen: .* \([0-9]+ places\)$' '^  set   .*target_ip_address' \
    '^  from  nova-volume 2012\.1' '^  now   set here, to the outer address$' \
    '^  at    file:/etc/nova/nova\.conf --my_ip$' '^audit: [0-9]+ things tie this node'; do
	assert "a line fits $line" grep -qE -- "$line" "$OUT"
done
assert "no password on the screen" sh -c "! grep -qE 'n0va-Pass|r4bbit-Pass' '$OUT' '$ERR'"

# --- the story's last lesson: volumes at the outer address, no iscsi_ip_address
expect_exit 0 novark audit a.bundle --trust "$PUB" --advice --json
jq '.bundles[0]' "$OUT" >advice
assert "volumes" jq -e '.advice[] | select(.name == "iscsi-portal") | .now == "unset"' advice
assert "as many places as the volumes, attachments and definitions have" jq -e \
    --argjson n "$(novark audit a.bundle --trust "$PUB" --find 10.2.116.14 --json | jq '
	[.bundles[0].places[] | select(.held == null) | select(
	    ((.item | startswith("row:nova.volumes:")) and .place == "provider_location") or
	    ((.item | startswith("row:nova.block_device_mapping:")) and
		.place == "connection_info data.target_portal") or
	    ((.item | startswith("domain:")) and (.place | endswith("/source/@dev"))))] | length')" \
    '.advice[] | select(.name == "iscsi-portal") | .count == $n' advice
for name in own-address vnc-listen vnc-proxy endpoint database message-queue identity \
    image-service; do
	assert "$name" jq -e --arg n "$name" '.advice[] | select(.name == $n) | .count > 0' advice
done
assert "the outer address" jq -e '.outer == [{address: "10.2.116.14", where: "nova.conf my_ip",
    seen: "file:/etc/nova/nova.conf --novncproxy_base_url"}]' advice

# --- with the setting, what was made before is still told
sed -i 's/^--my_ip=.*/&\n--iscsi_ip_address=192.168.4.33/' "$ROOT/etc/nova/nova.conf"
site_snapshot b.bundle >/dev/null 2>&1 || fail "no snapshot"
expect_exit 0 novark audit b.bundle --trust "$PUB" --advice --json
assert "set" jq -e '.bundles[0].advice[] | select(.name == "iscsi-portal") |
    .now == "set" and .count > 0' "$OUT"

# --- one look at a time
expect_exit 2 novark audit a.bundle --trust "$PUB" --advice --draft-map
