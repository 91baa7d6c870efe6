#!/bin/bash
# The command line as its user meets it: help, mistakes, the outcome line, one
# JSON document; and the man page names the options that there are.
. "$(dirname "$0")/lib/lib.sh"
need jq

commands="keygen snapshot audit restore verify"

# --- help and version go to standard output and end with 0
for how in --help -h help; do
	expect_exit 0 novark "$how"
	for c in $commands; do
		assert_contains "$OUT" "  $c "
	done
	assert_equal "nothing on stderr" "" "$(cat "$ERR")"
done
for how in --version -V; do
	expect_exit 0 novark "$how"
	assert_equal "version" "novark" "$(cut -d' ' -f1 "$OUT")"
done
for c in $commands; do
	expect_exit 0 novark "$c" --help
	assert_contains "$OUT" "usage: novark $c"
	cp "$OUT" "$TMPDIR/help-$c"
	expect_exit 0 novark "$c" --bogus -h
	expect_exit 0 novark "$c" --version
done

# --- the man page that was made has the same options, and no others
man=$(dirname "$NOVARK")/novark.8
for c in $commands; do
	sed -n 's/^  --\([a-z-]*\).*/\1/p' "$TMPDIR/help-$c"
done | sort -u >"$TMPDIR/options"
sed -n 's/^\.It Fl -\([a-z-]*\).*/\1/p' "$man" | sort >"$TMPDIR/man-options"
assert_same "$TMPDIR/options" "$TMPDIR/man-options"
# Each under a heading that names the subcommands which have it.
awk '/^\.Ss / { sub(/^\.Ss /, ""); gsub(/,| and/, ""); head = $0 }
	/^\.Sh / { head = "" }
	/^\.It Fl -/ { sub(/^-/, "", $3); print $3, head }' "$man" |
while read -r option head; do
	[ "$head" != All ] || head=$commands
	for c in $commands; do
		has=no want=no
		! grep -q "^  --$option\( \|$\)" "$TMPDIR/help-$c" || has=yes
		[[ " $head " != *" $c "* ]] || want=yes
		[ $has = $want ] || fail "--$option of $c: help says $has, man page $want"
	done
done
ok "the man page tells which subcommand has which option"
for c in $commands; do
	assert_contains "$man" ".It Cm $c"
done
# What it takes is written the same in both.
for pair in "out NAME" "output FILE" "trust PUB" "map OLD=NEW" "connect URI"; do
	assert_contains "$man" ".It Fl -${pair% *} Ar ${pair#* }"
	assert_contains <(cat "$TMPDIR"/help-*) "--$pair"
done

# --- mistakes: exit 2, a message, the outcome last, nothing on stdout
usage_error() { # TEXT ARGUMENT...
	local text=$1 last
	shift
	expect_exit 2 novark "$@"
	assert_contains "$ERR" "$text"
	assert_equal "nothing on stdout" "" "$(cat "$OUT")"
	last=$(tail -n 1 "$ERR")
	[[ $last == *": wrong command line: "* ]] || fail "last line: $last"
	# The same as one document.
	expect_exit 2 novark "$@" --json
	assert_equal "document" "1 usage 2 true" \
	    "$(jq -rs '"\(length) \(.[0].outcome) \(.[0].exit) \(.[0].errors | length > 0)"' "$OUT")"
}
usage_error "a subcommand is missing"
usage_error "unknown subcommand audi" audi
usage_error "keygen needs --out NAME" keygen
usage_error "snapshot needs --output FILE" snapshot
usage_error "snapshot needs --sign KEY" snapshot
usage_error "audit needs a FILE" audit
usage_error "unknown option --lst; novark audit --help lists them" audit x --lst
usage_error "unknown option --tru" audit x --tru y
usage_error "--trust is given twice" audit x --trust a --trust=b
usage_error "--trust needs a value: PUB" restore x --trust --yes
usage_error "--json takes no value" audit x --json=yes
usage_error "exclude each other" audit x --list --draft-map
usage_error "one argument too many: y" verify x y --trust p
usage_error "leave nothing to do" verify x --trust p --no-files --no-libvirt --no-database
usage_error "neither an address nor a range nor a DNS name" audit x --find 10.2.3
usage_error "neither an address nor a range nor a DNS name" audit x --find 10.0.0.0/33
expect_exit 2 novark audit "$(printf 'x\033[31m')" --bogus
expect_exit 2 novark "$(printf 'a\033[31m\nb')"
assert_lacks "$ERR" "$(printf '\033')"

# --- failures end with an outcome line, too
expect_exit 1 novark audit "$TMPDIR/none"
assert_equal "outcome of a failure" "audit: FAILED: $TMPDIR/none" "$(tail -n 1 "$ERR")"
expect_exit 1 novark audit -- --list
assert_contains "$ERR" "--list"

# --- what cannot be written is a failure
code=0
novark --help >/dev/full 2>"$ERR" || code=$?
assert_equal "help into a full disk" 1 "$code"
code=0
novark keygen --out "$TMPDIR/k" --json >/dev/full 2>"$ERR" || code=$?
assert_equal "a document into a full disk" 1 "$code"
assert_contains "$ERR" "No space left on device"
code=0
novark keygen --out "$TMPDIR/k2" >&- 2>"$ERR" || code=$?
assert_equal "stdout closed" 1 "$code"
assert_equal "a key is not written into by it" "-----BEGIN PRIVATE KEY-----" \
    "$(head -n 1 "$TMPDIR/k2.key")"
code=0
novark audit "$TMPDIR/none" 2>&- || code=$?
assert_equal "stderr closed" 1 "$code"

# --- no core file, and nothing for others to read
novark keygen --out "$TMPDIR/mode" >/dev/null
assert_mode 600 "$TMPDIR/mode.key"
