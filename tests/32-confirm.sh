#!/bin/bash
# Nothing is changed before somebody says yes, in full, or --yes.  One restore at
# a time.
. "$(dirname "$0")/lib/lib.sh"
need script flock

site_new files
story_load 2
expect_exit 0 site_snapshot "$TMPDIR/b" --no-libvirt --no-database
move=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}" --only 'file:/etc/nova/*')
conf=$ROOT/etc/nova/nova.conf
cp "$conf" "$TMPDIR/conf"

# No terminal to ask on.
expect_exit 2 novark restore "${move[@]}"
assert_contains "$ERR" "--yes"
expect_exit 2 novark restore "${move[@]}" --json
assert_contains "$ERR" "--json asks nothing"
assert_contains "$OUT" '"exit":2'
assert_same "$conf" "$TMPDIR/conf"
assert_file_absent "$ROOT/var/lib/novark"

# A terminal: only yes is yes.
answer() { # CODE ANSWER
	local code=0
	printf '%s\n' "$2" | script -qec \
	    "$(printf '%q ' env NOVARK_REAPED=1 "$NOVARK" restore "${move[@]}")" \
	    /dev/null >"$OUT" 2>&1 || code=$?
	[ "$code" -eq "$1" ] || show "$OUT"
	assert_equal "exit $1 for '$2'" "$1" "$code"
}
for no in no y YES '' 'yes please' yesyesyesyesyesyesyes; do
	answer 1 "$no"
	assert_contains "$OUT" "Apply these 2 changes? [yes/no]"
	assert_contains "$OUT" "not confirmed, nothing was changed"
	assert_same "$conf" "$TMPDIR/conf"
done
answer 0 yes
assert_contains "$conf" "--my_ip=$NEW"
# Nothing to do, nothing to ask.
answer 0 ''
assert_lacks "$OUT" "[yes/no]"
assert_contains "$OUT" "restore: nothing to do"
cp "$TMPDIR/conf" "$conf"

# The lock: the folder is for its owner alone, and another holder is named.
assert_mode 700 "$ROOT/var/lib/novark"
assert_mode 600 "$ROOT/var/lib/novark/lock"
expect_exit 1 flock "$ROOT/var/lib/novark/lock" "$NOVARK" restore "${move[@]}" --yes
assert_contains "$ERR" "$ROOT/var/lib/novark/lock: another restore holds this lock"
assert_same "$conf" "$TMPDIR/conf"
# A dry run and a verify write nothing, so they need no lock.
expect_exit 0 flock "$ROOT/var/lib/novark/lock" "$NOVARK" restore "${move[@]}" --dry-run
expect_exit 4 flock "$ROOT/var/lib/novark/lock" "$NOVARK" verify "${move[@]}"
# A folder of one's own.
expect_exit 0 novark restore "${move[@]}" --yes --state-dir "$TMPDIR/state"
assert_mode 700 "$TMPDIR/state"
# A link in the node's tree leads nowhere out of it.
rm -r "$ROOT/var/lib/novark"
mkdir "$TMPDIR/elsewhere"
ln -s "$TMPDIR/elsewhere" "$ROOT/var/lib/novark"
cp "$TMPDIR/conf" "$conf"
expect_exit 1 novark restore "${move[@]}" --yes
assert_contains "$ERR" "/var/lib/novark"
assert_equal "nothing is made elsewhere" "" "$(ls "$TMPDIR/elsewhere")"
assert_same "$conf" "$TMPDIR/conf"
