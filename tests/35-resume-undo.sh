#!/bin/bash
# A restore that is killed is ended by --resume or taken back by --undo, and a
# finished one is taken back without its bundle.  Both leave alone, and list,
# what somebody else has changed since.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 3
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
here=(--root "$ROOT" --yes)
conf=$ROOT/etc/nova/nova.conf
journals=$ROOT/var/lib/novark
# More than the content must come back.
chmod 640 "$conf"
setfattr -n user.origin -v here "$conf" 2>/dev/null || :
[ "$(id -u)" -ne 0 ] || chown 7:9 "$conf"

# Files with owner, mode and attributes, definitions and rows, as text.
state() { # FOLDER
	rm -rf "$1"
	site_state "$1"
	(
		cd "$ROOT"
		find . -path ./var/lib/novark -prune -o -printf '%p %y %m %U:%G %l\n' |
		    grep -v '^./var/lib ' | sort
		getfattr -R -h -d -m - . 2>/dev/null || :
	) >"$1/meta"
	[ "$(id -u)" -ne 0 ] || ls -ln "$DEFS/autostart" >"$1/autostart" 2>/dev/null || :
}
is_state() { # WANTED
	state "$TMPDIR/now"
	assert "${0##*/}: all is as in ${1##*/}" diff -r "$1" "$TMPDIR/now"
}
newest() {
	local all=("$journals"/*-*)
	[ ${#all[@]} -eq 0 ] || echo "${all[-1]##*/}"
}
cut() { # TABLE: killed while the first row of it is changed
	sql nova "CREATE TRIGGER slow BEFORE UPDATE ON $1 FOR EACH ROW DO SLEEP(20)"
	"$NOVARK" restore "${move[@]}" ${WAIVE[@]+"${WAIVE[@]}"} --yes >"$OUT" 2>"$ERR" &
	pid=$!
	for _ in {1..400}; do
		! grep -q "apply: row:nova.$1" "$ERR" || break
		sleep 0.05
	done
	kill -KILL "$pid" || { show "$OUT"; show "$ERR"; fail "ended by itself"; }
	{ wait "$pid" || :; } 2>/dev/null
	grep -q "apply: row:nova.$1" "$ERR" || fail "not cut"
	# The server would go on until it sees that nobody waits any more.
	for id in $(sql "SELECT id FROM information_schema.processlist
	    WHERE info LIKE 'UPDATE%'"); do
		sql "KILL HARD CONNECTION $id" || :
	done
	sql nova "DROP TRIGGER slow"
	ok "killed within $1"
}
# A table as statements that bring it back.
keep() { # FILE
	{
		echo 'USE nova;'
		sql nova "SELECT CONCAT('UPDATE volumes SET provider_location = ',
		    QUOTE(provider_location), ' WHERE id = ', QUOTE(id), ';') FROM volumes"
	} >"$1"
}
state "$TMPDIR/before"
keep "$TMPDIR/volumes.sql"

# Nothing to go on with, nothing to take back.
expect_exit 1 novark restore --undo "${here[@]}"
assert_contains "$ERR" "$ROOT/var/lib/novark: no such folder"
assert_file_absent "$ROOT/var/lib/novark"

# The undisturbed run, and taking it back; without the bundle.
expect_exit 0 novark restore "${move[@]}" --yes
state "$TMPDIR/after"
keep "$TMPDIR/volumes.after.sql"
assert_mode 700 "$journals/$(newest)"
assert_mode 600 "$journals/$(newest)/journal"
expect_exit 0 novark restore --resume "${here[@]}"
assert_contains "$OUT" "restore: nothing to do"
mv "$TMPDIR/b" "$TMPDIR/away"
# First only to look; then with --yes beside it, which is no consent then.
expect_exit 0 novark restore --undo --dry-run --root "$ROOT"
assert_contains "$OUT" "take back file:/etc/nova/nova.conf"
assert_contains "$OUT" "restore: dry run: 27 changes to take back, nothing was done"
expect_exit 0 novark restore --undo --dry-run "${here[@]}" --json
assert "counted" jq -e '.dry_run and .todo == 27 and .rows == 13 and (.changed | not)' "$OUT"
is_state "$TMPDIR/after"
expect_exit 0 novark restore --undo "${here[@]}"
assert_contains "$OUT" "take back file:/etc/nova/nova.conf"
assert_contains "$OUT" "take back domain:instance-0000005f"
assert_contains "$OUT" "take back 13 rows"
assert_contains "$OUT" "restore: undone: this host is as it was before $(newest)"
is_state "$TMPDIR/before"
mv "$TMPDIR/away" "$TMPDIR/b"
expect_exit 0 novark restore --undo "$(newest)" "${here[@]}"
assert_contains "$OUT" "nothing to do: $(newest) is taken back already"
expect_exit 0 novark restore --undo "$(newest)" --dry-run --root "$ROOT"
assert_contains "$OUT" "nothing to do: $(newest) is taken back already"
expect_exit 0 novark restore --undo "${here[@]}"
expect_exit 1 novark restore --resume "$(newest)" "${here[@]}"
assert_contains "$ERR" "taken back already"
expect_exit 1 novark restore --undo 1999 "${here[@]}"
assert_contains "$ERR" "1999: there is no restore"
assert_contains "$ERR" "there is $(newest), taken back"

# Killed behind files and definitions, with rows turned but not committed.
cut volumes
id=$(newest)
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$ERR" "novark restore --resume $id --root $ROOT"
assert_contains "$ERR" "novark restore --undo $id --root $ROOT"
expect_exit 6 novark restore "${move[@]}" --dry-run
assert_contains "$OUT" "finding   unfinished: $id"
expect_exit 2 novark restore --resume --root "$ROOT"
assert_contains "$ERR" "--yes"
state "$TMPDIR/half"
expect_exit 0 novark restore --resume --dry-run --root "$ROOT"
assert_contains "$OUT" "restore: dry run: 13 changes to make, nothing was done"
is_state "$TMPDIR/half"
expect_exit 0 novark restore --resume "${here[@]}"
assert_contains "$OUT" "make      13 rows"
assert_lacks "$OUT" "make      file:"
assert_contains "$OUT" "verified, no old address is left"
is_state "$TMPDIR/after"
expect_exit 0 novark restore --undo "${id:0:17}" "${here[@]}"
is_state "$TMPDIR/before"

# A journal whose end never came to the disk.
cut networks
id=$(newest)
journal=$journals/$id/journal
printf 'novarkJ1\5\0\0\0torn' >>"$journal"
head -c 5000 /dev/zero >>"$journal"
expect_exit 0 novark restore --undo "${here[@]}"
is_state "$TMPDIR/before"
# One that is damaged is no journal, and stands in the way until it is looked at.
cut networks
id=$(newest)
journal=$journals/$id/journal
cp "$journal" "$TMPDIR/journal"
printf x | dd of="$journal" bs=1 seek=3000 conv=notrunc status=none
for what in --resume --undo; do
	expect_exit 1 novark restore "$what" "${here[@]}"
	assert_contains "$ERR" "$journal: is damaged at byte"
done
expect_exit 1 novark restore "${move[@]}" --yes
assert_contains "$ERR" "is damaged"
cp "$TMPDIR/journal" "$journal"
chmod 644 "$journal"
expect_exit 1 novark restore --undo "${here[@]}"
assert_contains "$ERR" "$journal: is not as novark makes it"
chmod 600 "$journal"

# What is neither as before nor as after is listed, all of it, and nothing is
# done: a file, a definition, and rows, which are still as before.
echo '# mine' >>"$conf"
virsh_ dumpxml --inactive --security-info instance-0000005d |
    sed 's/<vcpu[^>]*>.*<\/vcpu>/<vcpu>7<\/vcpu>/' >"$TMPDIR/mine.xml"
define "$TMPDIR/mine.xml"
sql nova "UPDATE volumes SET provider_location = 'mine'"
state "$TMPDIR/mine"
expect_exit 6 novark restore --resume --dry-run --root "$ROOT"
expect_exit 6 novark restore --resume "${here[@]}"
assert_contains "$OUT" "changed   file:/etc/nova/nova.conf: "
assert_contains "$OUT" "changed   domain:instance-0000005d: "
assert_contains "$OUT" "changed   row:nova.volumes:"
assert_contains "$OUT" "restore: NOT SAFE: "
is_state "$TMPDIR/mine"
# The rows are nothing to take back.
expect_exit 6 novark restore --undo "${here[@]}"
assert_contains "$OUT" "changed   file:/etc/nova/nova.conf: "
assert_contains "$OUT" "changed   domain:instance-0000005d: "
assert_lacks "$OUT" "changed   row:"
is_state "$TMPDIR/mine"
sed -i '/^# mine$/d' "$conf"
define "$TMPDIR/after/domains/instance-0000005d.xml"
expect_exit 0 novark restore --undo "${here[@]}"
assert_equal "others' rows are theirs" mine "$(sql nova "SELECT DISTINCT provider_location FROM volumes")"
sql <"$TMPDIR/volumes.sql"
is_state "$TMPDIR/before"

# A finished one: rows that were changed since are in the way.
expect_exit 0 novark restore "${move[@]}" --yes
sql nova "UPDATE volumes SET provider_location = 'mine' ORDER BY id LIMIT 1"
expect_exit 6 novark restore --undo "${here[@]}" --json
assert_contains "$OUT" '"state":"changed"'
assert_contains "$OUT" 'row:nova.volumes:'
sql <"$TMPDIR/volumes.after.sql"
is_state "$TMPDIR/after"
expect_exit 0 novark restore --undo "${here[@]}"
is_state "$TMPDIR/before"

# The bundle is not there any more, or it is another one: all is done, but not
# verified.
cut networks
mv "$TMPDIR/b" "$TMPDIR/away"
expect_exit 4 novark restore --resume "${here[@]}"
assert_contains "$OUT" "could not be verified"
is_state "$TMPDIR/after"
expect_exit 0 novark restore --undo "${here[@]}"
mv "$TMPDIR/away" "$TMPDIR/b"
cut networks
mv "$TMPDIR/b" "$TMPDIR/away"
expect_exit 0 site_snapshot "$TMPDIR/b"
expect_exit 4 novark restore --resume "${here[@]}"
assert_contains "$ERR" "is not the bundle that was restored"
is_state "$TMPDIR/after"
expect_exit 0 novark restore --undo "${here[@]}"
is_state "$TMPDIR/before"
