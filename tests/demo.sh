#!/bin/bash
# demo.sh: the story that novark starts from, lived through on a throw-away
# site under build/demo: a MariaDB and a libvirt of its own, 36 instances.
# Every claim on the screen is checked without novark; the first that does not
# hold ends the demo with 1.
colour=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then colour=1; fi
cd "$(dirname "$0")/.." || exit 1
export NOVARK_TEMPLATE=${NOVARK_TEMPLATE:-$PWD/build/template}
. tests/lib/lib.sh

place=$top/build/demo
rm -rf "$place"
mkdir -p "$place"
SITE=$place/site
started=$SECONDS

paint() { # CODE TEXT
	if [ -n "$colour" ]; then printf '\033[%sm%s\033[0m' "$1" "$2"; else printf '%s' "$2"; fi
}
chapter() {
	printf '\n%s\n' "$(paint 1 "$*")"
}
# In place of TAP lines.
ok() {
	printf '  %s  %s\n' "$(paint 32 ok)" "$*"
}
fail() {
	trap - ERR
	printf '  %s  %s\n' "$(paint 31 FAILED)" "$*"
	exit 1
}
# Run novark in build/demo and keep what it says; show only words that matter.
run() { # CODE ARGUMENT...
	local want=$1 code=0
	shift
	printf '  %s\n' "$(paint 36 "\$ novark $*")"
	case $1 in
	audit) set -- "$@" ;;
	*) set -- "$@" "${SITE_ARGS[@]}" ;;
	esac
	(cd "$place" && novark "$@") >"$OUT" 2>"$ERR" </dev/null || code=$?
	if [ "$code" -ne "$want" ]; then
		cat "$OUT" "$ERR"
		fail "exit code $code, not $want"
	fi
}
indent() { # [FIRST LAST]: stdin, only its first and last lines, cut to a screen
	awk -v first="${1:-9999}" -v last="${2:-0}" '
		{ gsub("\t", "  "); line[NR] = $0 }
		END {
			for (i = 1; i <= NR; i++) {
				if (i <= first || i > NR - last)
					print "    " (length(line[i]) > 96 ? substr(line[i], 1, 93) "..." : line[i])
				else if (i == first + 1)
					print "    ... " NR - first - last " more lines"
			}
		}'
}
# One place of each kind, of those that audit --find has listed.
sample() {
	awk -F'\t' 'NF > 1 {
		kind = $1
		if (kind ~ /^row:/) sub(/:[^:]*$/, "", kind)
		else if (kind ~ /libvirt.xml$/) kind = "xml"
		else if (kind ~ /iscsi/) kind = $2 == "path" ? "path" : "iscsi"
		else if (kind ~ /^domain:/) kind = "domain" ($2 ~ /disk/)
		if (kind !~ /^row|^file/ && n[kind]++ < 1 || n[kind]++ < 1) print }'
}
# Only what changes, of one item each kind.
excerpt() { # PLAN
	awk '
		/^--- / { next }
		/^\+\+\+ / {
			kind = $2
			if (kind ~ /^row:/) sub(/:[^:]*$/, "", kind)
			else if (kind ~ /^domain:/) kind = kind ~ /0000005f/ ? "d" : ""
			else if (kind !~ /nova.conf/) kind = ""
			show = kind != "" && !seen[kind]++
			if (show) print $2
			lines = 0
			next
		}
		/^(held|note) / { exit }
		show && /^[-+]/ {
			if (kind == "d" && $0 !~ /machine=|emulator|listen=/) next
			if (++lines <= 6) print "  " $0
			else if (lines == 7) print "  ..."
		}' "$1"
}
count() { # STATE PART WHAT: places, held
	printf '%s' "$(($(story_count "$1" "$2") - $(story_held "$1" "$2" | wc -l)))"
}

echo "A node moves to another room tonight. Its outer address $OLD becomes $NEW."

chapter "1  Before: a site of 36 instances"
site_new
story_load 36
site_state "$place/before"
echo "  $OLD stands in (counted by grep and SQL, in lines):"
story_census "$place/before" | indent
echo "  nova knows instance-0000005f, but libvirt has lost its definition; only nova's libvirt.xml is left."
echo "  Every command below also gets --root, --connect and --defaults-file of this site."
if [ ${#WAIVE[@]} -gt 0 ]; then
	echo "  Waived by name, as this throw-away host has none: ${WAIVE[*]/--force-preflight/}" |
	    tr -s ' ' | sed 's/^/ /'
fi

chapter "2  Take what ties the node to its place"
mv "$SITE/key.key" "$SITE/key.pub" "$place/"
run 0 snapshot --output node.bundle --sign key.key
cat "$ERR" "$OUT" | indent

chapter "3  What is in it, offline: no libvirt, no database, no root"
run 0 audit node.bundle --trust key.pub
sed '/^ITEM/,/^$/d' "$OUT" | indent
run 0 audit node.bundle --trust key.pub --find "$OLD"
cp "$OUT" "$place/found"
echo "  of each kind one:"
sample <"$place/found" | indent
tail -n 1 "$place/found" | indent

chapter "4  The truck: every definition is lost, and the disks come up elsewhere"
story_lose
virsh_ list --all --name | sed '/^$/d' >"$place/domains"
assert "libvirt knows no domain any more" test ! -s "$place/domains"

chapter "5  The map of the move, and the whole plan before anything changes"
story_move "$place/move.map"
indent <"$place/move.map"
run 0 restore node.bundle --trust key.pub --map-file move.map --dry-run
cp "$OUT" "$place/plan"
echo "  the changes of one item of each kind:"
excerpt "$place/plan" | indent
awk '/^held / { n++; if (n <= 3) print } END { if (n > 3) print "... " n - 3 " more are held" }' "$place/plan" | indent
sed '1,/^ *create/{/^ *create/!d}' "$place/plan" | indent
site_state "$place/lost"
assert "a dry run changes no file" diff -rq "$place/before/root" "$place/lost/root"
assert "a dry run changes no row" cmp "$place/before/rows" "$place/lost/rows"

chapter "6  Restore, and verify"
run 0 restore node.bundle --trust key.pub --map-file move.map --yes
tail -n 2 "$OUT" | indent
run 0 verify node.bundle --trust key.pub --map-file move.map
tail -n 1 "$OUT" | indent
run 0 restore node.bundle --trust key.pub --map-file move.map --yes
tail -n 1 "$OUT" | indent

chapter "7  After, looked at without novark"
site_state "$place/after"
printf '  %-14s %10s %10s %8s\n' "$OLD in" before after held
for part in files domains rows; do
	printf '  %-14s %10d %10d %8d\n' "$part" "$(story_count "$place/before" "$part")" \
	    "$(count "$place/after" "$part")" "$(story_held "$place/after" "$part" | wc -l)"
done
echo
story_prove "$place/before" "$place/after"

chapter "Done in $((SECONDS - started)) seconds"
cat <<END
  Look around in build/demo: node.bundle, move.map, plan, before/, after/.
  $(paint 36 '$') ${NOVARK#"$top"/} audit build/demo/node.bundle --trust build/demo/key.pub --list
END
