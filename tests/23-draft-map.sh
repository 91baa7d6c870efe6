#!/bin/bash
# audit --draft-map: a map to fill in: the node's own addresses first, every
# address once; refused until it is filled in, and then a map.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 6
cd "$TMPDIR" || exit
site_snapshot a.bundle >/dev/null 2>&1 || fail "no snapshot"

expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map
cp "$OUT" draft.map
assert "the outcome is not in the map" grep -qE '^audit: [0-9]+ addresses to look at$' "$ERR"
assert_lacks draft.map "audit:"
assert_equal "what is to be filled in: own addresses alone" "10.2.116.14 = ?" \
    "$(grep -v '^#' draft.map | grep .)"
assert "own addresses come first" sh -c \
    "grep -nE '= \?\$' draft.map | head -n 1 | grep -q ':10.2.116.14 = '"
assert_contains draft.map "# from nova.conf my_ip"
for line in "^#  +[0-9]+  console's listen address \\(VNC, SPICE\\)\$" \
    '^#  +1  own address$' '\(held: a comment\)$' "\\(held: a tenant's own data\\)\$" \
    '^# 10\.2\.116\.140 = \?$' '^# 192\.168\.4\.32/27 = \?$' '^# 0\.0\.0\.0  \([0-9]+\)$'; do
	assert "a line fits $line" grep -qE "$line" draft.map
done
assert_equal "every address once" "" \
    "$(sed -nE 's/^(# )?([0-9a-f.:/]+) = \?$/\2/p' draft.map | sort | uniq -d)"

# --- the counts are those of --find
expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map --json
jq '.bundles[0].addresses' "$OUT" >addresses
for address in 10.2.116.14 10.2.116.140 192.168.4.33; do
	assert_equal "places of $address" \
	    "$(novark audit a.bundle --trust "$PUB" --find "$address" --json | jq '[.bundles[0].places[].count] | add')" \
	    "$(jq "[.[] | select(.address == \"$address\") | .count] | add" addresses)"
done
assert "classes in order" jq -e '[.[].class | {own: 0, mapped: 1, held: 2, special: 3}[.]] | . == sort' addresses
assert "most used first" jq -e '[.[] | select(.class == "mapped") | .count] | . == (sort | reverse)' addresses
assert "counts add up" jq -e 'all(.[]; .count == ([.kinds[].count] | add // 0))' addresses

# --- refused as long as a rule has no right side, with the line
site_state before
expect_exit 2 novark verify a.bundle --trust "$PUB" --map-file draft.map "${SITE_ARGS[@]}"
assert_contains "$ERR" "draft.map:$(grep -n '^10.2.116.14 = ?' draft.map | cut -d: -f1)"

# --- filled in it is a map
sed 's/^10.2.116.14 = ?/10.2.116.14 = 10.2.15.3/' draft.map >move.map
expect_exit 0 novark restore a.bundle --trust "$PUB" --map-file move.map --dry-run \
    --no-libvirt "${SITE_ARGS[@]}"
assert_contains "$OUT" "10.2.15.3"
site_state after
assert "nothing was written" diff -r before after

# --- the addresses of this host, where it is clear which
expect_exit 2 novark audit a.bundle --trust "$PUB" --here
if [ -n "${NOVARK_ALONE:-}" ] && ip link add new0 type dummy 2>"$ERR"; then
	expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map --here
	assert "nothing here: the question stays" grep -qxF '10.2.116.14 = ?' "$OUT"
	ip address add 10.2.15.3/24 dev new0
	ip link set new0 up
	expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map --here
	assert "the only one here" grep -qxF '10.2.116.14 = 10.2.15.3  # here on new0' "$OUT"
	cp "$OUT" here.map
	expect_exit 0 novark restore a.bundle --trust "$PUB" --map-file here.map --dry-run \
	    --no-libvirt "${SITE_ARGS[@]}"
	expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map --here --json
	assert "in JSON" jq -e '.bundles[0].addresses[0] |
	    .address == "10.2.116.14" and .here == "10.2.15.3" and .interface == "new0"' "$OUT"
	ip address add 10.2.15.4/24 dev new0
	expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map --here
	assert "two here: not guessed" grep -qxF '10.2.116.14 = ?' "$OUT"
	assert_contains "$OUT" "# here is 10.2.15.4 on new0"
	ip address add 10.2.116.14/24 dev new0
	expect_exit 0 novark audit a.bundle --trust "$PUB" --draft-map --here
	assert "it stands here" grep -qxF 'keep 10.2.116.14  # stands here, on new0' "$OUT"
fi
