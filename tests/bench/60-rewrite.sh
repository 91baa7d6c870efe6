#!/bin/bash
# A dump of a nova and cinder database, rows as lines with JSON in them, through
# maps of 1 to 100,000 rules: against sed, and against the map of one rule.
. "$(dirname "$0")/bench.sh"
programs=$(dirname "$HELPERS")/bench

# Rules for the first N of the input's nodes; its storage servers come first.
# Sed gets them by pattern: no address in the input is a part of another one.
rules() { # N map|sed
	awk -v n="$1" -v as="$2" 'BEGIN {
		line["map"] = "10.2.%d.%d = 10.3.%d.%d\n"
		line["sed"] = "s/10\\.2\\.%d\\.%d/10.3.%d.%d/g\n"
		for (i = 0; i < n; i++) {
			c = 100 + int(i / 100)
			d = 100 + i % 100
			printf line[as], c, d, c, d
		}
	}'
}

# The map of one rule, and more that match nothing: N in all.
others() { # N
	rules 1 map
	awk -v n="$1" 'BEGIN {
		for (i = 1; i < n; i++)
			printf "10.%d.%d.%d = 10.3.%d.%d\n",
			    128 + i / 65536, i / 256 % 256, i % 256,
			    i / 256 % 256, i % 256
	}'
}

# The lines for sh: what is put out is compared, but not stored when timed.
by_map() { # MAP FILE [FORMAT]
	echo "exec '$programs/rewrite' ${3:-value} '$TMPDIR/$1' <'$2'"
}

by_sed() { # N FILE
	echo "exec env LC_ALL=C sed -f '$TMPDIR/$1.sed' '$2'"
}

digest() { # LINE
	sh -ec "$1" 2>"$ERR" | sha256sum
}

against() { # WHAT PEER GOAL
	assert_equal "$1: both put out the same" "$(digest "$theirs")" \
	    "$(digest "$ours")"
	ours="$ours >/dev/null" theirs="$theirs >/dev/null"
	pair "$@"
}

for n in 1 10 100 10000; do
	rules $n map >"$TMPDIR/$n"
	rules $n sed >"$TMPDIR/$n.sed"
done
others 10000 >"$TMPDIR/others-10000"
others 100000 >"$TMPDIR/others-100000"

# Large enough that reading the map, which takes milliseconds, does not tell.
mib=$(sized 256 1000)
dump=$TMPDIR/dump
"$programs/rewrite_input" $((mib << 20)) >"$dump"
lines=$(wc -l <"$dump")
# Sed with many rules is slow: a part shows as much.
part=$(sized 8 100)
head -n $((lines * part / mib)) "$dump" >"$TMPDIR/part"
head -n 200 "$dump" >"$TMPDIR/few"

ours=$(by_map 1 "$dump") theirs=$(by_sed 1 "$dump")
against "rewrite, $mib MiB, rules: 1" 'sed, rules: 1' 0.5
for n in 10 100; do
	ours=$(by_map $n "$TMPDIR/part") theirs=$(by_sed $n "$TMPDIR/part")
	against "rewrite, $part MiB, rules: $n" "sed, rules: $n" -
done
for n in 10000 100000; do
	ours=$(by_map others-$n "$dump") theirs=$(by_map 1 "$dump")
	against "rewrite, $mib MiB, rules: $n, the same work" 'novark, rules: 1' \
	    "$([ $n -eq 10000 ] && echo 1.15 || echo -)"
done
# By all of them: more is replaced, too.
assert_equal 'by 10,000 rules novark and sed make the same of a few rows' \
    "$(digest "$(by_sed 10000 "$TMPDIR/few")")" \
    "$(digest "$(by_map 10000 "$TMPDIR/few")")"
ours="$(by_map 10000 "$dump") >/dev/null" theirs="$(by_map 1 "$dump") >/dev/null"
pair "rewrite, $mib MiB, rules: 10000, each used" 'novark, rules: 1' 1.15
theirs="$(by_sed 1 "$dump") >/dev/null"
pair "rewrite, $mib MiB, rules: 10000, each used" 'sed, rules: 1' 0.5

# As rows and files have it: what a JSON column holds, key by key, with secrets
# held and base64 looked into; lines of a file, with secrets and comments held.
grep -oE "'[[{].*[]}]'" "$TMPDIR/part" | sed "s/^'//; s/'\$//; s/\\\\\"/\"/g" \
    >"$TMPDIR/json"
ours=$(by_map 10 "$TMPDIR/json" json) theirs=$(by_sed 10 "$TMPDIR/json")
against "rewrite as JSON, rules: 10" 'sed, rules: 10' -
ours=$(by_map 10 "$TMPDIR/part" text) theirs=$(by_sed 10 "$TMPDIR/part")
against "rewrite as lines of a file, rules: 10" 'sed, rules: 10' -

for rows in 1000 10000 100000 $(sized '' 1000000); do
	head -n "$rows" "$dump" >"$TMPDIR/rows"
	[ "$(wc -l <"$TMPDIR/rows")" -eq "$rows" ] || break
	ours="$(by_map 1 "$TMPDIR/rows") >/dev/null"
	grow 'rewrite, rows' "$rows"
done
replaced() { # MAP
	sh -ec "$(by_map "$1" "$dump")" 2>&1 >/dev/null | awk '{ print $1 }'
}
tell "rewrite: $lines rows; one rule replaces $(($(replaced 1) / mib)) addresses" \
    "a MiB, 10,000 rules $(($(replaced 10000) / mib)) of" \
    "$(($(grep -oE '[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+' "$dump" | wc -l) / mib))"
