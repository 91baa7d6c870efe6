#!/bin/bash
# A fleet: the joined audit of a folder of bundles, one a node with 20 instances,
# and one with the rows of all.
. "$(dirname "$0")/bench.sh"
novark keygen --out "$TMPDIR/key" >/dev/null

bundles() { # N: $TMPDIR/fleet has those of N nodes
	rm -rf "$TMPDIR/fleet"
	mkdir "$TMPDIR/fleet"
	"${HELPERS%/lib}/bench/fleet_input" "$TMPDIR/fleet" "$TMPDIR/key.key" "$1" 20
}

for n in $(sized '5 20' '50 150 500'); do
	bundles "$n"
	ours="exec '$NOVARK' audit '$TMPDIR/fleet' --trust '$TMPDIR/key.pub' --json"
	grow "joined audit: bundles of 20 instances" "$n"
	expect_exit 0 novark audit "$TMPDIR/fleet" --trust "$TMPDIR/key.pub" --json
	assert_equal "all is joined, and nothing is missing" "$((n + 1)) $((20 * n)) $((20 * n)) 0" \
	    "$(tail -c 2000 "$OUT" | tr -d '\n' | sed -n 's/.*"bundles":\([0-9]*\),"hosts":[0-9]*,"instances":\([0-9]*\),"definitions":\([0-9]*\),.*"missing":\[\].*/\1 \2 \3 0/p')"
done
tell "joined audit of $((n + 1)) bundles, $((20 * n)) instances:" \
    "$(awk '{ if (min == "" || $1 < min) min = $1; if ($3 > m) m = $3 } END { printf "%.1f s, %.0f MiB", min / 1000, m / 1024 }' "$TMPDIR/grows")"
# One that is not there is told.
rm "$TMPDIR/fleet/node00003.bundle"
expect_exit 4 novark audit "$TMPDIR/fleet" --trust "$TMPDIR/key.pub"
assert_contains "$OUT" "compute host node00003: no bundle has its files and definitions"
