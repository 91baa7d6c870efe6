#!/bin/bash
# What a terminal shows of a plan: folded at its width with everything in its
# column (but the lines of files, which stand as they are), colour for what means
# something and none with NO_COLOR, the outcome last; a listing's table is fitted
# to it.  What is no terminal gets whole lines and no escape.
. "$(dirname "$0")/lib/lib.sh"
command -v script >/dev/null || skip "script of util-linux is not here"
esc=$(printf '\033')

site_new files
mkdir -p "$ROOT/etc/nova"
printf '[DEFAULT]\n# The outer address of this node is %s; ask first\nmy_ip = %s\nmetadata_listen = $my_ip\n' \
    "$OLD" "$OLD" >"$ROOT/etc/nova/nova.conf"
iscsi=$ROOT/etc/iscsi/nodes/iqn.2010-10.org.openstack:volume-0000001f/192.0.2.1,3260,1
mkdir -p "$iscsi"
echo 'node.startup = automatic' >"$iscsi/default"
expect_exit 0 site_snapshot "$TMPDIR/b"
move=(restore "$TMPDIR/b" --trust "$PUB" --map "$OLD=198.51.100.77" --dry-run "${SITE_ARGS[@]}")

terminal() { # COLUMNS NAME=VALUE...: what is seen there; \r, the bar's wiping and the hint at help taken away
	local columns=$1 code=0 run
	run=("${seen[@]}")
	shift
	script -qec "stty cols $columns; env -u NO_COLOR $* ${NOVARK@Q} ${run[*]@Q}" \
	    /dev/null </dev/null >"$TMPDIR/raw" || code=$?
	sed "s/\r//g; s/$esc\[K//g; /^novark help [1-6] /d" "$TMPDIR/raw" >"$TMPDIR/seen"
	sed "s/$esc\[[0-9;]*m//g" "$TMPDIR/seen" >"$TMPDIR/text"
	return "$code"
}

# --- no terminal: whole lines, plain
seen=("${move[@]}")
expect_exit 6 novark "${move[@]}"
assert_lacks "$OUT" "$esc"
assert "a held place is one line" grep -qE '^held .*line 2: a comment: .*ask first' "$OUT"
words() { tr -s ' \n' '\n' <"$1"; }
words "$OUT" >"$TMPDIR/words"

for columns in 80 200; do
	expect_exit 6 terminal "$columns" TERM=xterm
	assert_equal "$columns columns: no line is longer" "" \
	    "$(awk -v n="$columns" 'length > n' "$TMPDIR/text")"
	assert "the outcome is last" \
	    sh -c "tail -n 1 '$TMPDIR/text' | grep -q '^restore: NOT SAFE'"
	words "$TMPDIR/text" >"$TMPDIR/these"
	assert_same "$TMPDIR/words" "$TMPDIR/these"
done
ok "a terminal shows the same words"

expect_exit 6 terminal 80 TERM=xterm
assert "what is folded goes on in its column" \
    sh -c "grep -A1 '^held' '$TMPDIR/text' | grep -qE '^ {10}[^ ]'"
for painted in '33mheld' '1;31mfinding' '31m-my_ip' '32m+my_ip' '1;31mrestore: NOT SAFE'; do
	assert_contains "$TMPDIR/seen" "${esc}[$painted"
done
assert "what is only told has no colour" grep -q '^note ' "$TMPDIR/seen"

for plain in 'TERM=xterm NO_COLOR=1' TERM=dumb; do
	# shellcheck disable=SC2086
	expect_exit 6 terminal 80 $plain
	assert_lacks "$TMPDIR/seen" "${esc}["
	assert "it is folded all the same: $plain" grep -qE '^ {10}[^ ]' "$TMPDIR/seen"
done

# --- the table of a listing: names, sizes and notes in their columns; a name that
# is wider than its own has a line to itself
seen=(audit "$TMPDIR/b" --trust "$PUB" --list)
expect_exit 0 novark "${seen[@]}"
assert "piped, a name and its size are one line" \
    grep -qE '^file:/etc/iscsi/.*/default +[0-9]+ bytes$' "$OUT"
words "$OUT" >"$TMPDIR/words"
for columns in 80 200; do
	expect_exit 0 terminal "$columns" TERM=xterm
	words "$TMPDIR/text" >"$TMPDIR/these"
	assert_same "$TMPDIR/words" "$TMPDIR/these"
	assert_equal "$columns columns: the table is aligned" "" "$(awk -v n="$columns" '
	    /^ITEM/ { end = index($0, "SIZE") + 3; note = index($0, "NOTES") }
	    !end { next }
	    $0 == "" { exit }
	    NF == 1 { next }
	    length > n || substr($0, end, 1) == " " || substr($0, end + 1, 2) != substr("  ", 1, length > end ? 2 : 0) ||
	    (length > end && substr($0, note, 1) == " ") { print }' "$TMPDIR/text")"
done
assert "$columns columns: a long name has room" \
    grep -qE '^file:/etc/iscsi/.*/default +[0-9]+ bytes$' "$TMPDIR/text"
expect_exit 0 terminal 80 TERM=xterm
assert "80 columns: it has a line" grep -qE '^file:/etc/iscsi/.*/default$' "$TMPDIR/text"
