#!/bin/bash
# audit on a machine that has neither libvirt nor a database's client: it reads
# everything; a snapshot says which library is missing.
. "$(dirname "$0")/lib/lib.sh"
need_root
. "$lib/mounts.sh"
flags=$(mounts_flags) || skip "machine: no mount namespace of its own"

site_new files db
sql <"$top/tests/story/nova.sql"
mkdir -p "$ROOT/etc/nova"
printf '[DEFAULT]\nmy_ip = 10.2.116.14\nsql_connection = mysql://nova:x@10.2.116.14/nova\n' \
    >"$ROOT/etc/nova/nova.conf"
site_snapshot "$TMPDIR/b" >/dev/null 2>&1 || fail "no snapshot"

# An empty file stands before each library, for what is run by this alone.
: >"$TMPDIR/empty"
ldconfig -p | sed -n 's/^[ \t]*\(libvirt\|libmariadb\)\.so\.[0-9]* .*=> //p' >"$TMPDIR/libraries"
assert_equal "both libraries are here" 2 "$(wc -l <"$TMPDIR/libraries")"
without() { # COMMAND...
	# shellcheck disable=SC2016,SC2086
	unshare $flags sh -c '
		while read -r file; do mount --bind "$EMPTY" "$file" || exit 70; done <"$LIBRARIES"
		exec "$@"' - "$@"
}
export EMPTY=$TMPDIR/empty LIBRARIES=$TMPDIR/libraries

assert "the program is linked with neither" sh -c \
    "! readelf -d '$NOVARK' | grep -E 'NEEDED.*(libvirt|libmariadb|libmysqlclient)'"
expect_exit 0 without "$NOVARK" audit "$TMPDIR/b" --trust "$PUB"
assert_contains "$OUT" "signature and all digests hold"
expect_exit 0 without "$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --find 10.2.116.14
expect_exit 1 without "$NOVARK" snapshot --sign "$KEY" --output "$TMPDIR/c" "${SITE_ARGS[@]}"
assert_contains "$ERR" "the database's client does not start: "
assert_contains "$ERR" "libmariadb.so.3"
expect_exit 1 without "$NOVARK" snapshot --sign "$KEY" --output "$TMPDIR/c" --root "$ROOT" \
    --connect qemu:///system --no-database
assert_contains "$ERR" "libvirt does not start: "
assert_contains "$ERR" "libvirt.so.0"
assert_contains "$ERR" "--no-libvirt"
assert_file_absent "$TMPDIR/c"
