#!/bin/bash
# A snapshot that is killed leaves nothing: not under the final name, not beside
# it.  SIGKILL comes with the k-th call that changes something, for twenty k
# from the first to the last.
. "$(dirname "$0")/lib/lib.sh"
need strace
strace -o /dev/null true 2>/dev/null || skip "machine: strace may not trace here"
[ -z "${NOVARK_WRAP:-}" ] || skip "machine: no strace under valgrind"

site_new
story_load 8
mkdir "$TMPDIR/here"
calls=openat,write,pwrite64,writev,fsync,fdatasync,ftruncate,linkat,renameat,renameat2,rename,unlink,unlinkat,fchmod,copy_file_range,sendfile
take() { # STRACE-ARGUMENT...
	strace -e "trace=$calls" "$@" "$NOVARK" snapshot --output "$TMPDIR/here/node.bundle" \
	    --sign "$KEY" "${SITE_ARGS[@]}" >"$OUT" 2>"$ERR" </dev/null
}

# The first run with a fresh libvirt has more to write than the others.
take -o /dev/null || { show "$ERR"; fail "no snapshot"; }
rm "$TMPDIR/here/node.bundle"
take -o "$TMPDIR/trace" || { show "$ERR"; fail "no snapshot"; }
expect_exit 0 novark audit "$TMPDIR/here/node.bundle" --trust "$PUB"
rm "$TMPDIR/here/node.bundle"

# strace counts each kind of call for itself: "write 17".
awk -F'(' '/^[a-z0-9_]+\(/ { print $1, ++n[$1] }' "$TMPDIR/trace" >"$TMPDIR/calls"
total=$(wc -l <"$TMPDIR/calls")

# The last ten calls each, and ten spread over what comes before.
points=()
for k in 1 2 3 4 5 6 7 8 9 10; do
	points+=($((1 + (total - 11) * (k - 1) / 10)) $((total - k + 1)))
done
killed=0
for k in "${points[@]}"; do
	read -r call nth < <(sed -n "${k}p" "$TMPDIR/calls")
	code=0
	{ take -o /dev/null -e "inject=$call:signal=SIGKILL:when=$nth" || code=$?; } 2>/dev/null
	if [ "$code" -eq 0 ]; then
		# The last calls do not come each time: it was done before.
		rm "$TMPDIR/here/node.bundle"
	elif [ -e "$TMPDIR/here/node.bundle" ]; then
		# The call that gives the name had been done.
		expect_exit 0 novark audit "$TMPDIR/here/node.bundle" --trust "$PUB"
		rm "$TMPDIR/here/node.bundle"
	else
		killed=$((killed + 1))
	fi
	assert_equal "killed at call $k of $total, $call: nothing is left" "" \
	    "$(ls -A "$TMPDIR/here")"
done
assert "killed at least 15 times ($killed)" test "$killed" -ge 15
assert_equal "no temporary files either" "" \
    "$(find "$TMPDIR" -maxdepth 1 -newer "$TMPDIR/trace" -type f \
	! -name out ! -name err ! -name calls)"

expect_exit 0 site_snapshot "$TMPDIR/here/node.bundle"
expect_exit 0 novark audit "$TMPDIR/here/node.bundle" --trust "$PUB"
