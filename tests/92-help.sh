#!/bin/bash
# novark help: what it lists, and that every name that novark says (exit code,
# outcome, finding, what --allow releases, option) can be looked up.
. "$(dirname "$0")/lib/lib.sh"
need jq

page=$(dirname "$NOVARK")/novark.8
table=cmd/manual/topic_table.h
mapfile -t topics < <(sed -n 's/^\tTOPIC("\([^"]*\)".*/\1/p' $table)
mapfile -t sections < <(sed -n 's/^\tTOPIC("[^"]*", "\([^"]*\)".*/\1/p' $table)
assert "there are topics" test "${#topics[@]}" -gt 10

# --- the overview lists subcommands and topics; each fits a terminal
expect_exit 0 novark help
for topic in "${topics[@]}" keygen snapshot audit restore verify; do
	assert_contains "$OUT" "  $topic "
done
cp "$OUT" "$TMPDIR/all"
for c in keygen snapshot audit restore verify; do
	expect_exit 0 novark "$c" --help
	cp "$OUT" "$TMPDIR/usage"
	expect_exit 0 novark help "$c"
	assert_same "$TMPDIR/usage" "$OUT"
done
for topic in "${topics[@]}"; do
	expect_exit 0 novark help "$topic"
	assert_equal "nothing on stderr" "" "$(cat "$ERR")"
	cat "$OUT" >>"$TMPDIR/all"
done
assert_equal "no line is longer than 80" "" "$(awk 'length > 80' "$TMPDIR/all")"
assert_equal "no macro or mark is left" "" "$(grep -E '^ *\.[A-Z][a-z]( |$)|@' "$TMPDIR/all" |
    grep -vE 'nova@10|host@backend|the .@' || :)"

# --- every section is a topic, and says what the man page says
assert_same <(printf '%s\n' "${sections[@]}" | sort) \
    <(sed -n 's/^\.Sh //p' "$page" | grep -vxE 'NAME|SYNOPSIS|DESCRIPTION|SEE ALSO' | sort)
if command -v mandoc >/dev/null; then
	# Without bold; a section is named where help names the topic.
	mandoc -T ascii -O width=1000 "$page" | sed "s/.$(printf '\b')//g; s/\`/'/g" >"$TMPDIR/man"
	# However they are folded; a character a line shows where they differ.
	words() { tr -d ' \n' | fold -w 1; }
	for i in "${!topics[@]}"; do
		"$NOVARK" help "${topics[i]}" >"$TMPDIR/text"
		for k in "${!topics[@]}"; do
			sed -i -z -E "s/novark\s+help\s+${topics[k]}\b/${sections[k]}/g" "$TMPDIR/text"
		done
		awk -v head="${sections[i]}" '/^[A-Z]/ { on = $0 == head } on' "$TMPDIR/man" |
			words >"$TMPDIR/man-words"
		words <"$TMPDIR/text" >"$TMPDIR/help-words"
		assert "the man page has ${sections[i]}" test -s "$TMPDIR/man-words"
		assert_same "$TMPDIR/man-words" "$TMPDIR/help-words"
	done
	ok "help says what the man page says"
fi

# --- exit codes: by number, by the name in JSON, by the word of the last line
code() { # CODE WORD...
	local code=$1 word
	shift
	expect_exit 0 novark help "$code"
	cp "$OUT" "$TMPDIR/code"
	assert_equal "exit code $code" "EXIT STATUS    $code" \
	    "$(head -c 17 "$OUT" | tr -d '\n')"
	for word; do
		# Words on purpose.
		# shellcheck disable=SC2086
		expect_exit 0 novark help $word
		assert_same "$TMPDIR/code" "$OUT"
	done
}
code 0 done
code 1 failed FAILED
code 2 usage "wrong command line"
code 3 refused REFUSED
code 4 differs DIFFERENT
code 5 partial "STOPPED PART-WAY"
code 6 unsafe "NOT SAFE"
assert_same <(seq 0 6) <(sed -n '/^\tOUTCOME/s/.* = \([0-9]\).*/\1/p' archive/outcome.h)

# --- every name
look_up() { # SECTION NAME...
	local section=$1 name
	shift
	for name; do
		"$NOVARK" help "$name" >"$OUT" 2>"$ERR" || fail "no help on $name"
		grep -A1 "^$section$" "$OUT" | grep -qE "^    $name( |$)" ||
			fail "help on $name is not in $section"
	done
	ok "$section: $# names"
}
mapfile -t names < <(sed -n 's/^\t{ "\([a-z-]*\)", [01],.*/\1/p' restore/preflight/finding_table.h)
assert "there are findings" test "${#names[@]}" -gt 40
look_up FINDINGS "${names[@]}"
mapfile -t names < <(sed -n 's/^\t{ "\([a-z-]*\)",.*/\1/p' restore/allow/name_table.h)
assert "there are releases" test "${#names[@]}" -gt 10
look_up "WHAT DEFINITIONS MAY HAVE" "${names[@]}"
mapfile -t names < <(for c in keygen snapshot audit restore verify; do
	"$NOVARK" $c --help; done | sed -n 's/^  \(--[a-z-]*\).*/\1/p' | sort -u)
look_up OPTIONS "${names[@]}"
look_up ENVIRONMENT NO_COLOR TMPDIR
# What a restore could say has its text, and how to let it pass.
expect_exit 0 novark help disk-format
assert_contains "$OUT" "--force-preflight disk-format[:ITEM]"
assert_contains "$OUT" "--allow disk-format[:ITEM]"
expect_exit 0 novark help file-type
assert_contains "$OUT" "--not ITEM leaves the item out"
assert_lacks "$OUT" "--force-preflight"

# --- what there is not
expect_exit 2 novark help exit-code
assert_contains "$ERR" "there is no help on exit-code; novark help exit-codes?"
assert_equal "nothing on stdout" "" "$(cat "$OUT")"
expect_exit 2 novark help xyzzy
assert_contains "$ERR" "novark help lists the topics"
assert_equal "the outcome is last" "help: wrong command line: nothing was done" "$(tail -n 1 "$ERR")"
expect_exit 2 novark help "$(printf 'x\033[31m')"
assert_lacks "$ERR" "$(printf '\033')"
expect_exit 2 novark help xyzzy --json
assert_equal "document" "help usage 2" "$(jq -r '"\(.command) \(.outcome) \(.exit)"' "$OUT")"
code=0
novark help map >/dev/full 2>"$ERR" || code=$?
assert_equal "help into a full disk" 1 "$code"

# --- at a terminal, what did not end well says where to look
if command -v script >/dev/null; then
	script -qec "'$NOVARK' audit '$TMPDIR/none'" /dev/null </dev/null >"$TMPDIR/screen" || :
	assert_contains "$TMPDIR/screen" "novark help 1 tells what this means"
	assert "the outcome is last" sh -c "tail -n 1 '$TMPDIR/screen' | grep -q '^audit: FAILED'"
	script -qec "'$NOVARK' audit '$TMPDIR/none' --quiet" /dev/null </dev/null >"$TMPDIR/screen" || :
	assert_lacks "$TMPDIR/screen" "novark help"
fi
expect_exit 1 novark audit "$TMPDIR/none"
assert_lacks "$ERR" "novark help"

# --- a message, as it stood on the screen, and an outcome line
novark audit "$TMPDIR/none" >"$OUT" 2>"$ERR" || :
message=$(head -n 1 "$ERR")
expect_exit 0 novark help "$message"
assert_contains "$OUT" "This is about a bundle as a file"
# shellcheck disable=SC2086
expect_exit 0 novark help $message
assert_contains "$OUT" "This is about a bundle as a file"
expect_exit 0 novark help "restore: NOT SAFE: 3 findings"
assert_equal "exit code 6" "EXIT STATUS" "$(head -n 1 "$OUT")"
assert_contains "$OUT" "    6 "

# --- what runs that fail say, line by line
mkdir -p "$TMPDIR/node/etc/nova" "$TMPDIR/folder"
echo 'value' >"$TMPDIR/node/etc/nova/nova.conf"
novark keygen --out "$TMPDIR/k" >"$OUT"
head -c 4000 /dev/zero >"$TMPDIR/zeros"
echo '10.2.116.14 = 10.2.116.300' >"$TMPDIR/map"
n=0
while read -r -a words; do
	code=0
	(cd "$TMPDIR" && "$NOVARK" "${words[@]}") >"$OUT" 2>"$ERR" </dev/null || code=$?
	[ "$code" -ne 0 ] || fail "it ended well: ${words[*]}"
	while IFS= read -r line; do
		"$NOVARK" help "$line" >"$TMPDIR/text" 2>&1 || fail "no help on: $line"
		n=$((n + 1))
	done < <(cat "$OUT" "$ERR" | grep -E '^(novark|keygen|snapshot|audit|restore|verify): ')
done <<-'END'
	keygen
	keygen --out k
	keygen --out none/k
	audit
	audit none --trust k.pub
	audit folder --trust k.pub
	audit zeros --trust k.pub
	audit zeros --trust map
	audit zeros --trust k.key
	audit --lst
	audit --list --draft-map zeros
	audit zeros --cat
	snapshot
	snapshot --output b --sign k.pub
	snapshot --output b --sign none
	snapshot --output b --sign k.key --root node
	snapshot --output none/b --sign k.key --root folder --no-database --no-libvirt
	snapshot --output b --sign k.key --no-files --no-database --no-libvirt
	restore zeros --trust k.pub --map a
	restore zeros --trust k.pub --map-file map --dry-run
	restore zeros --trust k.pub --map-file none --dry-run
	restore zeros --trust k.pub --map 10.0.0.1=10.0.0.2 --yes
	restore zeros --trust k.pub --on-drift jump
	restore --plan zeros --yes
	restore --undo --yes --root folder
	restore --resume --undo
	restore --undo
	verify zeros --trust k.pub
	verify zeros zeros
END
assert "there were messages ($n)" test "$n" -gt 50
