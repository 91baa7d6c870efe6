#!/bin/bash
# The night of the move, as the README tells it: its commands as they stand
# there, with a restore that stops, goes on, is taken back and made again.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
mkdir "$TMPDIR/bin" "$TMPDIR/work"
# The examples name no site: a novark in PATH that adds it.
{
	echo '#!/bin/bash'
	declare -p NOVARK SITE_ARGS WAIVE
	cat <<-'END'
	wrap=${NOVARK_WRAP:-}
	case $1 in restore) ;; *) WAIVE=() ;; esac
	case " $* " in
	*" --against "*) SITE_ARGS=() ;;
	*" --plan "* | " audit "* | " keygen "*) SITE_ARGS=() WAIVE=() ;;
	*" --resume "* | *" --undo "*) SITE_ARGS=("${SITE_ARGS[@]:0:2}") WAIVE=() ;;
	esac
	exec $wrap "$NOVARK" "$@" "${SITE_ARGS[@]}" "${WAIVE[@]}"
	END
} >"$TMPDIR/bin/novark"
chmod +x "$TMPDIR/bin/novark"
PATH=$TMPDIR/bin:$PATH
unset -f novark
cd "$TMPDIR/work"

# block N [EXIT]: the N-th example, to end so
block() {
	readme_blocks "$1" >"$TMPDIR/block.sh"
	assert "example $1 is there" test -s "$TMPDIR/block.sh"
	expect_exit "${2:-0}" bash -e "$TMPDIR/block.sh"
}
assert_equal "examples of the night" 8 \
    "$(grep -c "^<!-- run by tests/43-night.sh -->" "$top/README.md")"

# The days before.
novark keygen --out move >/dev/null
novark snapshot --output node.bundle --sign move.key >"$OUT" 2>"$ERR" || fail snapshot
story_move move.map
block 1
assert_contains "$OUT" "dry run: "
story_lose
site_state "$TMPDIR/before"

# Before anything is changed.
block 2
block 3
assert_contains "$OUT" "dry run: 30 changes, none was made"
assert_mode 600 night.plan

# The change, which stops: and goes on, and is taken back.
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
block 4 5
assert_contains "$OUT" "--resume"
assert_contains "$OUT" "--undo"
assert_file_absent ticket.json
block 3 6
assert_contains "$OUT" "finding   unfinished"
sql nova "DROP TRIGGER no"
block 5
assert_contains "$OUT" "restore: done: "
assert_contains "$OUT" "next: "
block 6
assert_contains "$OUT" "restore: undone: this host is as it was before"
site_state "$TMPDIR/now"
assert "all is as it was" diff -r "$TMPDIR/before" "$TMPDIR/now"

# The same plan again: nothing moved.
block 4
assert_contains "$OUT" "restore: done: 30 changes, verified"
# What the README shows of the next steps is what is told.
awk '/^next: / { on = 1; next } on && /^```/ { exit } on' "$top/README.md" >"$TMPDIR/next"
assert "steps are shown" test "$(wc -l <"$TMPDIR/next")" -gt 8
while IFS= read -r line; do
	assert_contains "$OUT" "$line"
done <"$TMPDIR/next"
assert_contains "$OUT" "$(grep '^next: ' "$top/README.md")"

# The proof, and the ticket.
block 7
block 8
assert_contains "$OUT" "audit: signature holds, the receipt is whole"
assert_contains "$OUT" "Signature Verified Successfully"
