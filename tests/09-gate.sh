#!/bin/bash
# Mutation check of the trust gate: each of its steps (archive/bundle/gate.h) is
# switched off in turn in a build of tests/unit/test_gate.c, and then just the
# case of that name has to fail.  A step that no test misses is not guarded.
. "$(dirname "$0")/lib/lib.sh"

build=$(cd "$HELPERS/../.." && pwd)
steps=$(sed -n 's/^\t\(GATE_[A-Z]*\),\{0,1\} .*/\1/p' archive/bundle/gate.h)
[ -d "$build/gate" ] || fail "the builds are not here: make gates"

failed() { # PROGRAM: the cases that fail, one a line
	CMOCKA_MESSAGE_OUTPUT=STDOUT "$1" >"$OUT" 2>&1 || true
	grep -q 'test(s) run\.$' "$OUT" || fail "$1 did not run to its end"
	sed -n '/listed below/,$ s/^\[  FAILED  \] \(GATE_[A-Z]*\)$/\1/p' "$OUT" | sort -u
}

assert_equal "with all steps on, every case holds" "" \
    "$(failed "$build/tests/unit/test_gate")"
count=0
for step in $steps; do
	assert "a build without $step is here" test -x "$build/gate/$step"
	assert_equal "without $step its case fails, and no other" "$step" \
	    "$(failed "$build/gate/$step")"
	count=$((count + 1))
done
assert "every step of the enumeration was tried" test "$count" -ge 35
assert_equal "as many as there are in it" \
    "$(grep -c '^	GATE_' archive/bundle/gate.h)" "$((count + 1))"
echo "# figure: $count steps of the trust gate, each missed by a test when it is off"
