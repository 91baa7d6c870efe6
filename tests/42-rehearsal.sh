#!/bin/bash
# Rehearsal at home: the destination is described where it stands, and the
# restore planned against that description elsewhere, before anything moves.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map")

site_state "$TMPDIR/before"
expect_exit 0 novark snapshot --describe --output "$TMPDIR/d" --sign "$KEY" \
    "${SITE_ARGS[@]}"
expect_exit 0 novark audit "$TMPDIR/d" --trust "$PUB"
assert_contains "$OUT" "no contents, no values, no rows"
expect_exit 0 novark restore "${move[@]}" --dry-run --against "$TMPDIR/d"
assert_contains "$OUT" "planned against the description"
expect_exit 3 novark restore "$TMPDIR/d" --trust "$PUB" --map-file "$TMPDIR/map" \
    --dry-run "${SITE_ARGS[@]}"
assert_contains "$ERR" "holds nothing to restore"
expect_exit 3 novark restore "${move[@]}" --dry-run --against "$TMPDIR/b"
assert_contains "$ERR" "a bundle, no description"
expect_exit 2 novark restore "${move[@]}" --yes --against "$TMPDIR/d"
