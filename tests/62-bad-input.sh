#!/bin/bash
# Bad input: each with its own message, which names the thing, and its exit code;
# nothing is written, nothing is changed.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
story_load 4
good=$TMPDIR/good.bundle
site_snapshot "$good" >/dev/null 2>&1 || fail "no snapshot"
site_state "$TMPDIR/before"

# bad CODE TEXT COMMAND...: the code, a message with the text on stderr (what
# stops a plan, 6, is in the plan), and with --json one document with that code.
bad() {
	local want=$1 text=$2 code=0 last
	shift 2
	"$@" >"$OUT" 2>"$ERR" </dev/null || code=$?
	[ "$want" -ne 6 ] || { sed 's/^/novark: /' "$OUT" >"$ERR"; }
	if [ "$code" -ne "$want" ] || ! grep -qF -e "$text" "$ERR"; then
		echo "# $*"
		show "$OUT"
		show "$ERR"
		fail "exit $code, want $want and '$text'"
	fi
	grep -qE '^novark: ' "$ERR" || fail "the message does not begin with novark: $(cat "$ERR")"
	if grep -E 'n0va-Pass|r00t-Pass|ch4p-Secret' "$OUT" "$ERR"; then
		fail "a secret on the screen"
	fi
	ok "exit $want, '$text'"
	if [ "$want" -ne 2 ]; then
		code=0
		"$@" --json >"$OUT" 2>"$ERR" </dev/null || code=$?
		last=$(jq -r .exit <"$OUT" 2>/dev/null) || last="no JSON"
		assert_equal "the same as JSON" "$want $want" "$code $last"
	fi
}
audit() { novark audit "$@"; }
restore() { novark restore "$1" --trust "$PUB" --yes "${SITE_ARGS[@]}" "${@:2}"; }
verify() { novark verify "$1" --trust "$PUB" "${SITE_ARGS[@]}" "${@:2}"; }
snapshot() { site_snapshot "$@"; }
move=(--map "$OLD=$NEW")

# --- the bundle
bad 1 "$TMPDIR/none" audit "$TMPDIR/none"
bad 1 "$TMPDIR/none" restore "$TMPDIR/none" "${move[@]}"
mkdir "$TMPDIR/folder"
bad 3 "$TMPDIR/folder" audit "$TMPDIR/folder" --trust "$PUB"
: >"$TMPDIR/empty"
bad 3 "$TMPDIR/empty" audit "$TMPDIR/empty" --trust "$PUB"
head -c 5000 /bin/ls >"$TMPDIR/binary"
bad 3 "$TMPDIR/binary" audit "$TMPDIR/binary" --trust "$PUB"
echo "this is no tar" >"$TMPDIR/text"
bad 3 "$TMPDIR/text" verify "$TMPDIR/text" "${move[@]}"
tar -cf "$TMPDIR/other.tar" -C "$story" nova.sql
bad 3 "$TMPDIR/other.tar" audit "$TMPDIR/other.tar" --trust "$PUB"
for member in SHA256SUMS SHA256SUMS.sig MANIFEST.json files.tar.zst \
    libvirt.tar.zst database.tar.zst end; do
	piece "$good" "$member" >"$TMPDIR/$member.piece"
done
cd "$TMPDIR"
cat SHA256SUMS.piece SHA256SUMS.sig.piece MANIFEST.json.piece files.tar.zst.piece \
    libvirt.tar.zst.piece database.tar.zst.piece end.piece >whole.bundle
assert_same whole.bundle "$good"
cat SHA256SUMS.piece SHA256SUMS.sig.piece MANIFEST.json.piece files.tar.zst.piece \
    libvirt.tar.zst.piece database.tar.zst.piece files.tar.zst.piece end.piece >extra
bad 3 "extra" audit extra --trust "$PUB"
cat SHA256SUMS.piece MANIFEST.json.piece files.tar.zst.piece \
    libvirt.tar.zst.piece database.tar.zst.piece end.piece >unsigned
bad 3 "SHA256SUMS.sig" audit unsigned --trust "$PUB"
cd "$top"
novark keygen --out "$TMPDIR/other" >/dev/null 2>&1
bad 3 "signature does not hold" audit "$good" --trust "$TMPDIR/other.pub"
bad 1 "$TMPDIR/none.pub" audit "$good" --trust "$TMPDIR/none.pub"
bad 1 "$TMPDIR/text" audit "$good" --trust "$TMPDIR/text"
expect_exit 3 novark audit "$good"
bad 1 file:/etc/nope audit "$good" --trust "$PUB" --cat file:/etc/nope

# --- the map
bad 2 "10.2.15.3" restore "$good" --map "$OLD=10.2.15.3" --map "$OLD=10.2.15.4"
assert_contains "$ERR" "10.2.15.4"
bad 2 "10.2.116.0/24" restore "$good" --map "10.2.116.0/24=10.2.15.0/25"
bad 2 "2001:db8::1" restore "$good" --map "2001:db8::1=10.2.15.3"
bad 2 "10.2.116.14" restore "$good" --map "10.2.116.14=2001:db8::1"
bad 2 "10.2.116.300" restore "$good" --map "10.2.116.300=10.2.15.3"
bad 2 "nonsense" restore "$good" --map "nonsense"
bad 2 "host" restore "$good" --map "host a b"
printf '10.2.116.14 = 10.2.15.3\nkeep 10.2.116.14\nbridge x\n' >"$TMPDIR/bad.map"
bad 2 "bad.map:3" restore "$good" --map-file "$TMPDIR/bad.map"
bad 2 "none.map" restore "$good" --map-file "$TMPDIR/none.map"

# --- the command line
bad 2 "nosuch" novark nosuch
bad 2 "nosuch" novark audit "$good" --nosuch
bad 2 "trust" novark restore "$good" "${move[@]}" --dry-run
bad 2 "output" novark snapshot --sign "$KEY"
bad 2 "sometimes" restore "$good" "${move[@]}" --on-drift sometimes
bad 2 "novark" novark

# --- what the snapshot needs
bad 1 "$good" snapshot "$good"
assert_contains "$ERR" "--force"
bad 1 "$TMPDIR/none" snapshot "$TMPDIR/none/b"
bad 1 "$TMPDIR/none.key" novark snapshot --output "$TMPDIR/b" --sign "$TMPDIR/none.key" "${SITE_ARGS[@]}"
bad 1 "$TMPDIR/text" novark snapshot --output "$TMPDIR/b" --sign "$TMPDIR/text" "${SITE_ARGS[@]}"
elsewhere=(--root "$ROOT" --defaults-file "$CNF" --connect "qemu+unix:///system?socket=$TMPDIR/no.sock")
bad 1 "--no-libvirt" novark snapshot --output "$TMPDIR/b" --sign "$KEY" "${elsewhere[@]}"
bad 1 "key.key" novark keygen --out "$SITE/key"
mv "$ROOT/etc/nova/nova.conf" "$TMPDIR/nova.conf"
printf '[DEFAULT\nbroken\n' >"$ROOT/etc/nova/nova.conf"
bad 1 "/etc/nova/nova.conf" snapshot "$TMPDIR/b"
mv "$TMPDIR/nova.conf" "$ROOT/etc/nova/nova.conf"

# --- the database is down
db_stop
bad 1 "--no-database" snapshot "$TMPDIR/b"
assert_contains "$ERR" "nova"
bad 1 "--no-database" restore "$good" "${move[@]}"
bad 1 "--no-database" verify "$good" "${move[@]}"
db_start
# --- a database without the tables
sql "ALTER TABLE nova.volumes RENAME nova.volumes_"
bad 6 "nova.volumes" restore "$good" "${move[@]}"
sql "ALTER TABLE nova.volumes_ RENAME nova.volumes"
# --- libvirt is down
bad 1 "--no-libvirt" novark restore "$good" --trust "$PUB" "${move[@]}" --yes "${elsewhere[@]}"

for f in b b.tmp; do assert_file_absent "$TMPDIR/$f"; done
site_state "$TMPDIR/after"
assert "nothing was changed by all that" diff -r "$TMPDIR/before" "$TMPDIR/after"

# --- no permission: as nobody, who may read the bundle's folder only
if [ "$(id -u)" -ne 0 ]; then
	echo "ok - # SKIP needs root: to become somebody without permission"
	exit 0
fi
nobody() {
	setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}
chmod 755 "$TMPDIR"
# Up to here everybody may go: where not, the binary itself is out of reach.
cp "$NOVARK" "$TMPDIR/novark"
cp "$good" "$TMPDIR/readable.bundle"
cp "$PUB" "$TMPDIR/readable.pub"
chmod 644 "$TMPDIR/readable.bundle" "$TMPDIR/readable.pub"
chmod 755 "$TMPDIR/novark"
path=$TMPDIR
while [ "$path" != / ]; do
	[ $(($(stat -c %a "$path") % 2)) -eq 1 ] || closed=$path
	path=$(dirname "$path")
done
if [ -n "${closed:-}" ]; then
	# The runner's own folder is private: open the way, not the content.
	chmod o+x "$closed" "$(dirname "$TMPDIR")"
fi
as_nobody() { nobody "$TMPDIR/novark" "$@"; }
bad 1 "$good" as_nobody audit "$good" --trust "$TMPDIR/readable.pub"
expect_exit 0 as_nobody audit "$TMPDIR/readable.bundle" --trust "$TMPDIR/readable.pub"
cp "$KEY" "$TMPDIR/nobody.key"
chown 65534 "$TMPDIR/nobody.key"
chmod 600 "$TMPDIR/nobody.key"
mkdir -m 755 "$TMPDIR/locked"
bad 1 "$TMPDIR/locked" as_nobody snapshot --output "$TMPDIR/locked/b" \
    --sign "$TMPDIR/nobody.key" --root "$TMPDIR/folder" --no-libvirt --no-database
mkdir -m 777 "$TMPDIR/open"
bad 1 "etc/nova" as_nobody snapshot --output "$TMPDIR/open/b" --sign "$TMPDIR/nobody.key" \
    --root "$ROOT" --no-libvirt --no-database
assert_equal "and no file" "" "$(ls -A "$TMPDIR/open")"
