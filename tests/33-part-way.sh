#!/bin/bash
# A restore that fails or is interrupted half-way: the rows are as they were, the
# message tells how far it came and which commands go on or take it back.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
site_state "$TMPDIR/before"
rows_as_before() {
	site_rows >"$TMPDIR/rows"
	assert_same "$TMPDIR/before/rows" "$TMPDIR/rows"
}

# The first change of all fails: nothing was changed.
sql nova "CREATE TRIGGER no BEFORE UPDATE ON networks FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
expect_exit 1 novark restore "${move[@]}" --yes --no-files --no-libvirt
assert_contains "$ERR" "row:nova.networks:1"
assert_contains "$ERR" "not today"
assert_contains "$OUT" "restore: FAILED: nothing was changed"
rows_as_before
sql nova "DROP TRIGGER no"

# A later one, behind files, definitions and other rows.
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
expect_exit 5 novark restore "${move[@]}" --yes
assert_contains "$ERR" "row:nova.volumes:"
assert_contains "$ERR" "16 of 30 changes are made, the rows are as they were"
assert_contains "$OUT" "restore: STOPPED PART-WAY"
assert_contains "$ROOT/etc/nova/nova.conf" "--my_ip=$NEW"
rows_as_before
assert_contains "$OUT" "novark restore --resume 20"
assert_contains "$OUT" "novark restore --undo 20"
assert_contains "$OUT" "--root $ROOT"
sql nova "DROP TRIGGER no"
# The same restore again would mix the two.
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$ERR" "novark restore --resume 20"
# Whom nobody trusts any more has nothing more to say.
mkdir -p "$ROOT/etc/novark/revoked.d"
cp "$PUB" "$ROOT/etc/novark/revoked.d/"
expect_exit 3 novark restore --resume --root "$ROOT" --yes
assert_contains "$ERR" "$TMPDIR/b: refused: the key SHA256:"
assert_contains "$ERR" "is revoked ($ROOT/etc/novark/revoked.d/"
assert_contains "$ERR" "novark restore --undo 20"
rows_as_before
rm -r "$ROOT/etc/novark"
expect_exit 0 novark restore --resume --root "$ROOT" --yes
assert_lacks "$ERR" "apply: file:"
assert_contains "$OUT" "restore: done: 30 changes"
site_state "$TMPDIR/after"
expect_exit 0 novark verify "${move[@]}"

# An interrupt, sent while a row is being changed: that one is not the last word.
site_old() { # the rows as they were
	sql nova "UPDATE volumes SET provider_location = REPLACE(provider_location, '$NEW', '$OLD');
	    UPDATE networks SET dns1 = '$OLD'"
}
site_old
site_rows >"$TMPDIR/before/rows"
sql nova "CREATE TRIGGER slow BEFORE UPDATE ON networks FOR EACH ROW DO SLEEP(2)"
# shellcheck disable=SC2086
(exec ${NOVARK_WRAP:-} "$NOVARK" restore "${move[@]}" --yes >"$OUT" 2>"$ERR") &
pid=$!
for _ in {1..100}; do
	! grep -q 'apply: row:nova.networks' "$ERR" || break
	sleep 0.05
done
kill -TERM "$pid"
code=0
wait "$pid" || code=$?
assert_equal "interrupted before the first change stays" 1 "$code"
assert_contains "$ERR" "interrupted"
assert_contains "$OUT" "nothing was changed"
rows_as_before
sql nova "DROP TRIGGER slow"
expect_exit 0 novark restore "${move[@]}" --yes
site_state "$TMPDIR/again"
assert "in the end all is the same" diff -r "$TMPDIR/after" "$TMPDIR/again"
