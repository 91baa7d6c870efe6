#!/bin/bash
# What the README says: its examples run as they stand there, in their order, on
# the story's site; and each example is run by something.
. "$(dirname "$0")/lib/lib.sh"

awk '/^<!-- run by /{ mark = $4; next }
	/^```sh$/ { print NR, mark == "" ? "nothing" : mark }
	{ mark = "" }' README.md >"$TMPDIR/blocks"
while read -r line test; do
	[ -f "$test" ] || fail "README.md line $line: run by $test"
	case $test in tests/*) grep -q readme_blocks "$test" ||
	    fail "$test does not run the README's blocks" ;; esac
done <"$TMPDIR/blocks"
ok "every example of the README has its test"

site_new
story_load 8
before=$(site_rows | grep -cE "$token")

# The examples name no site: a novark in PATH that adds it.
mkdir "$TMPDIR/bin" "$TMPDIR/work"
{
	echo '#!/bin/bash'
	declare -p NOVARK SITE_ARGS WAIVE
	cat <<-'END'
	case " $* " in
	*" --resume "* | *" --undo "* | *" --plan "*) ;;
	" restore "*) set -- "$@" ${WAIVE[@]+"${WAIVE[@]}"} ;;
	esac
	case $1 in
	snapshot | restore | verify) exec ${NOVARK_WRAP:-} "$NOVARK" "$@" "${SITE_ARGS[@]}" ;;
	*) exec ${NOVARK_WRAP:-} "$NOVARK" "$@" ;;
	esac
	END
} >"$TMPDIR/bin/novark"
chmod +x "$TMPDIR/bin/novark"
PATH=$TMPDIR/bin:$PATH

unset -f novark
readme_blocks >"$TMPDIR/blocks.sh"
n=0
cd "$TMPDIR/work"
while IFS= read -r line; do
	expect_exit 0 bash -c "$line"
	n=$((n + 1))
	case $line in
	*--draft-map*)
		assert_contains move.map "10.2.116.14"
		awk '/^<!-- move.map of /{ want = 1; next }
			want && /^```$/ { if (on) exit; on = 1; next } on' \
		    "$top/README.md" >move.map
		story_lose
		;;
	esac
done <"$TMPDIR/blocks.sh"
assert "all of them ran ($n)" test "$n" -ge 9
assert_equal "every domain is defined" 8 "$(virsh_ list --all --name | grep -c .)"
assert "rows had the old address ($before)" test "$before" -gt 10

# The map's examples are rules that novark takes.
awk '/^## The map/ { on = 1 } on && /^```$/ { if (in_block) exit; in_block = 1; next }
	in_block' "$top/README.md" >"$TMPDIR/example.map"
assert_contains "$TMPDIR/example.map" "bridge br100"
expect_exit 0 novark verify node.bundle --trust move.pub --map-file move.map
code=0
novark restore node.bundle --trust move.pub --map-file "$TMPDIR/example.map" \
    --dry-run >"$OUT" 2>"$ERR" || code=$?
assert "the map of the README is a map (exit $code)" test "$code" -ne 2

# The table of exit codes is design: seven of them.
assert_equal "exit codes 0 to 6" "0 1 2 3 4 5 6" \
    "$(sed -n 's/^| \([0-9]\) |.*/\1/p' "$top/README.md" | paste -sd' ')"

# make install puts what it says where it says.
make -s -C "$top" install BUILD="${NOVARK%/novark}" DESTDIR="$TMPDIR/dest" PREFIX=/usr >/dev/null
assert "make install installs novark" test -x "$TMPDIR/dest/usr/bin/novark"
assert "and its man page" test -f "$TMPDIR/dest/usr/share/man/man8/novark.8"
