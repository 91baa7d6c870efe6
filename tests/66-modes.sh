#!/bin/bash
# No file of ours is at any moment wider than its source: every file that novark
# makes is made for its owner alone, whatever the umask, and only ever opened up
# to what it was at the source.
. "$(dirname "$0")/lib/lib.sh"
need strace
strace -o /dev/null true 2>/dev/null || skip "machine: strace may not trace here"
[ -z "${NOVARK_WRAP:-}" ] || skip "machine: no strace under valgrind"

site_new
story_load 6
story_move "$TMPDIR/map"
chmod 600 "$ROOT/etc/keystone/keystone.conf"
chmod 4755 "$ROOT/etc/nova/api-paste.ini"
umask 0
trace=(strace -f -y -o "$TMPDIR/trace" -e "trace=openat,openat2,open,creat,mkdir,mkdirat,mknod,mknodat,chmod,fchmod,fchmodat,umask")

# wide FILE: calls that make something wider than 0600 (folders: 0700), below
# the site or in a folder for temporary files.
wide() {
	grep -E "O_CREAT|O_TMPFILE|creat\(|mkdir" "$1" | grep -vE '= -1 E' |
	    grep -F "$TMPDIR" | grep -vF "$TMPDIR/site/embed" |
	    grep -vE '(O_CREAT|O_TMPFILE)[A-Z_|]*, 0?[0-6]00\)|mode=0[0-6]00|0700\)|mkdir' || :
}

expect_exit 0 "${trace[@]}" "$NOVARK" keygen --out "$TMPDIR/k"
assert "keygen: nothing wider than 0600 but the public half" \
    test "$(wide "$TMPDIR/trace" | wc -l)" -le 1
assert_mode 600 "$TMPDIR/k.key"
expect_exit 0 "${trace[@]}" "$NOVARK" snapshot --output "$TMPDIR/b" --sign "$TMPDIR/k.key" "${SITE_ARGS[@]}"
assert_equal "snapshot: nothing wider than 0600" "" "$(wide "$TMPDIR/trace")"
assert_mode 600 "$TMPDIR/b"

find "$ROOT/etc" -type f -printf '%P %m %U %G\n' | sort >"$TMPDIR/modes"
rm -r "$ROOT/etc/keystone"
expect_exit 0 "${trace[@]}" "$NOVARK" restore "$TMPDIR/b" --trust "$TMPDIR/k.pub" \
    --map-file "$TMPDIR/map" --yes "${SITE_ARGS[@]}" ${WAIVE[@]+"${WAIVE[@]}"}
assert_equal "restore: nothing wider than 0600 while it is written" "" "$(wide "$TMPDIR/trace")"
find "$ROOT/etc" -type f -printf '%P %m %U %G\n' | sort >"$TMPDIR/modes.after"
# open-iscsi's records have the address in their names.
sed -i 's/10.2.116.14,3260/10.2.15.3,3260/' "$TMPDIR/modes"
assert_same "$TMPDIR/modes" "$TMPDIR/modes.after"
assert "the trace saw the writing" grep -qE 'O_CREAT|O_TMPFILE' "$TMPDIR/trace"
