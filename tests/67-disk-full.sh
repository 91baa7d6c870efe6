#!/bin/bash
# A full disk: the snapshot leaves nothing behind and says which file; a restore
# says so, too, and does not end with 0; both go through when there is room.
#
# What is mounted goes away with a mount namespace, where there is one to have.
if [ "${1:-}" != inside ] && unshare -m true 2>/dev/null; then
	exec unshare -m bash "$0" inside
fi
. "$(dirname "$0")/lib/lib.sh"
need_root
mkdir "$TMPDIR/small"
mount -t tmpfs -o size=40k tmpfs "$TMPDIR/small" 2>/dev/null ||
    skip "machine: no tmpfs may be mounted here"
at_exit umount -l "$TMPDIR/small"

site_new
story_load 12
expect_exit 1 site_snapshot "$TMPDIR/small/node.bundle"
assert_contains "$ERR" "the disk is full"
assert_contains "$ERR" "$TMPDIR/small"
assert_equal "nothing is left in the folder" "" "$(ls -A "$TMPDIR/small")"
assert_equal "and all of its room is free" 0 \
    "$(df --output=used -B1 "$TMPDIR/small" | tail -n 1 | tr -d ' ')"

mount -o remount,size=10m "$TMPDIR/small"
expect_exit 0 site_snapshot "$TMPDIR/small/node.bundle"
cp "$TMPDIR/small/node.bundle" "$TMPDIR/node.bundle"
rm "$TMPDIR/small/node.bundle"

# The node's files on the small disk, filled up behind them.
cp -a "$ROOT/etc" "$TMPDIR/small/etc"
rm -rf "${ROOT:?}/etc"
mkdir "$ROOT/etc"
mount --bind "$TMPDIR/small/etc" "$ROOT/etc"
at_exit umount -l "$ROOT/etc"
site_state "$TMPDIR/before"
dd if=/dev/zero of="$TMPDIR/small/fill" bs=4k 2>/dev/null || :
code=0
story_move "$TMPDIR/map"
move=("$TMPDIR/node.bundle" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
# Preflight tells before anything is changed.
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$OUT" "finding   no-room: /etc/"
assert_contains "$OUT" "and the restore needs"
novark restore "${move[@]}" --yes --force-preflight no-room \
    >"$OUT" 2>"$ERR" </dev/null || code=$?
assert "a restore on a full disk ends with 1, 5 or 6 ($code)" \
    test "$code" -eq 1 -o "$code" -eq 5 -o "$code" -eq 6
grep -qE "disk is full|No space left" "$ERR" || fail "the reason is not said"
ok "the reason is said"
assert_equal "no half-written file" "" "$(find "$ROOT/etc" -size 0 -type f)"
rm "$TMPDIR/small/fill"
expect_exit 0 novark restore "${move[@]}" --yes
expect_exit 0 novark verify "${move[@]}"
