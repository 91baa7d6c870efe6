#!/bin/bash
# Every exit code of the README is reached, and --dry-run ends with the same one.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 6
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=(--trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")

expect_exit 1 novark audit "$TMPDIR/none"
expect_exit 2 novark audit
expect_exit 3 novark audit "$TMPDIR/b"

# 4: verify before the restore; two bundles that differ.
expect_exit 4 novark verify "$TMPDIR/b" "${move[@]}"
sed -i 's/--verbose=True/--verbose=False/' "$ROOT/etc/nova/nova.conf"
expect_exit 0 site_snapshot "$TMPDIR/c"
expect_exit 4 novark audit "$TMPDIR/b" --trust "$PUB" --diff "$TMPDIR/c"
assert_contains "$OUT" "verbose"
expect_exit 0 novark audit "$TMPDIR/b" --trust "$PUB" --diff "$TMPDIR/b"
sed -i 's/--verbose=False/--verbose=True/' "$ROOT/etc/nova/nova.conf"

# 6: drift, in each kind; nothing is changed.
sed -i 's/^--my_ip=.*/--my_ip=10.9.9.9/' "$ROOT/etc/nova/nova.conf"
site_state "$TMPDIR/before"
expect_exit 6 novark restore "$TMPDIR/b" "${move[@]}" --dry-run
expect_exit 6 novark restore "$TMPDIR/b" "${move[@]}" --yes
grep -h my_ip "$OUT" "$ERR" >/dev/null || fail "the drift is not named"
ok "the drift is named"
site_state "$TMPDIR/after"
assert "nothing was changed" diff -r "$TMPDIR/before" "$TMPDIR/after"
sed -i "s/^--my_ip=.*/--my_ip=$OLD/" "$ROOT/etc/nova/nova.conf"
# A domain of that name with another uuid is a refusal, not a replacement.
virsh_ undefine instance-0000005e >/dev/null
sed 's/<uuid>.*/<uuid>00000000-0000-4000-8000-000000000001<\/uuid>/' \
    "$SITE/xml/instance-0000005e.xml" >"$TMPDIR/foreign.xml"
define "$TMPDIR/foreign.xml"
site_state "$TMPDIR/before2"
expect_exit 6 novark restore "$TMPDIR/b" "${move[@]}" --yes
cat "$OUT" "$ERR" >"$TMPDIR/both"
assert_contains "$TMPDIR/both" instance-0000005e
site_state "$TMPDIR/after2"
assert "nothing was changed" diff -r "$TMPDIR/before2" "$TMPDIR/after2"
virsh_ undefine instance-0000005e >/dev/null
define "$SITE/xml/instance-0000005e.xml"

# 5: the server refuses in the middle, when files and definitions are done; the
# rows are taken back as a whole.
sql <<-'END'
	CREATE TRIGGER nova.refuse BEFORE UPDATE ON nova.volumes FOR EACH ROW
	  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not tonight';
END
site_rows >"$TMPDIR/rows"
expect_exit 5 novark restore "$TMPDIR/b" "${move[@]}" --yes
assert_contains "$ERR" "not tonight"
site_rows >"$TMPDIR/rows.after"
assert_same "$TMPDIR/rows" "$TMPDIR/rows.after"
sql "DROP TRIGGER nova.refuse"

# 6: not over one that is unfinished; 0: and on again.
expect_exit 6 novark restore "$TMPDIR/b" "${move[@]}" --dry-run
expect_exit 6 novark restore "$TMPDIR/b" "${move[@]}" --yes
expect_exit 0 novark restore --resume --yes --root "$ROOT"
expect_exit 0 novark verify "$TMPDIR/b" "${move[@]}"
# 4: a leftover behind our back.
echo "--ec2_url=http://$OLD:8773/services/Cloud" >>"$ROOT/etc/nova/nova.conf"
expect_exit 4 novark verify "$TMPDIR/b" "${move[@]}"
cat "$OUT" "$ERR" >"$TMPDIR/both"
assert_contains "$TMPDIR/both" ec2_url
