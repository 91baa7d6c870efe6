#!/bin/bash
# What fuzzing started from and what it found, given to every parser once more
# (tests/fuzz); "make fuzz" looks further.
. "$(dirname "$0")/lib/lib.sh"

inputs=0
for folder in tests/fuzz/corpus/*/; do
	target=$(basename "$folder")
	program=$(dirname "$HELPERS")/fuzz/fuzz_$target
	[ -x "$program" ] || fail "there is a corpus, but no target: $target"
	"$program" "$folder" >"$OUT" 2>"$ERR" || {
		tail -n 20 "$ERR" >"$TMPDIR/last"
		show "$TMPDIR/last"
		tail -n 20 "$OUT" >"$TMPDIR/last"
		show "$TMPDIR/last"
		fail "$target: an input does what it must not"
	}
	ok "$target: $(tail -n 1 "$OUT")"
	inputs=$((inputs + $(tail -n 1 "$OUT" | sed 's/.*files, \([0-9]*\) runs/\1/')))
done
for source in tests/fuzz/fuzz_*.c; do
	target=$(basename "$source" .c)
	[ -n "$(ls "tests/fuzz/corpus/${target#fuzz_}")" ] ||
	    fail "a target without a corpus: $target"
done
echo "# figure: $inputs inputs replayed by $(ls tests/fuzz/fuzz_*.c | wc -l) parsers' targets"
