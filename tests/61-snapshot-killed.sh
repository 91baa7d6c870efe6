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
mkdir "$TMPDIR/out"
calls=openat,write,pwrite64,writev,fsync,fdatasync,ftruncate,linkat,renameat,renameat2,rename,unlink,unlinkat,fchmod,copy_file_range,sendfile
take() { # STRACE-ARGUMENT...
	strace -e "trace=$calls" "$@" "$NOVARK" snapshot --output "$TMPDIR/out/node.bundle" \
	    --sign "$KEY" "${SITE_ARGS[@]}" >"$OUT" 2>"$ERR" </dev/null
}

take -o "$TMPDIR/trace" || { show "$ERR"; fail "no snapshot"; }
total=$(grep -cE '^[a-z0-9_]+\(' "$TMPDIR/trace")
expect_exit 0 novark audit "$TMPDIR/out/node.bundle" --trust "$PUB"
rm "$TMPDIR/out/node.bundle"

# The last ten calls each, and ten spread over what comes before.
points=()
for k in 1 2 3 4 5 6 7 8 9 10; do
	points+=($((1 + (total - 11) * (k - 1) / 10)) $((total - k + 1)))
done
killed=0
for k in "${points[@]}"; do
	code=0
	take -o /dev/null -e "inject=$calls:signal=SIGKILL:when=$k" || code=$?
	if [ "$code" -eq 0 ]; then
		# The call came after the name was given, or not at all this time.
		rm -f "$TMPDIR/out/node.bundle"
	else
		killed=$((killed + 1))
	fi
	assert_equal "killed at call $k of $total: nothing is left" "" \
	    "$(ls -A "$TMPDIR/out")"
done
assert "killed at least 15 times ($killed)" test "$killed" -ge 15
assert_equal "no temporary files either" "" \
    "$(find "$TMPDIR" -maxdepth 1 -newer "$TMPDIR/trace" ! -path "$TMPDIR" \
	! -name out ! -name err ! -name trace ! -name site ! -name 'db.*')"

expect_exit 0 site_snapshot "$TMPDIR/out/node.bundle"
expect_exit 0 novark audit "$TMPDIR/out/node.bundle" --trust "$PUB"
