#!/bin/bash
# takes long
# Every place of what libvirt has beside domains, planted and looked up as scenario
# 51 does it: nwfilters, networks, pools, secrets (tests/zed/libvirtd.table).
. "$(dirname "$0")/lib/lib.sh"
need_root
if [ "${1:-}" != inside ]; then
	template
	code=0
	"$lib/private-libvirtd" bash "$0" inside >"$TMPDIR/inside" 2>&1 || code=$?
	cat "$TMPDIR/inside"
	[ "$code" -ne 77 ] || skip "machine: $(tail -n 1 "$TMPDIR/inside")"
	exit "$code"
fi
. "$lib/places.sh"
. "$lib/zed.sh"
unset -f places_template # no domains here
ZED_PARTS='files libvirtd db'

zed_new
zed_files
places_read tests/zed/tokens.places tests/zed/libvirtd.table
places_plant
places_expect
zed_map >"$TMPDIR/map"
bundle=$TMPDIR/site.bundle
move=("$bundle" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}"
    --not 'file:*' --not 'table:*')
expect_exit 0 site_snapshot "$bundle"
zed_find "$bundle"
places_found "$OUT"
expect_exit 0 novark restore "${move[@]}" --dry-run --json
places_held "$OUT"
expect_exit 0 novark restore "${move[@]}" --yes
places_prove
expect_exit 0 novark verify "${move[@]}"
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains "$OUT" "nothing to do"
expect_exit 0 novark restore --undo --root "$ROOT" --yes
places_dump "$TMPDIR/undone"
assert "taken back, every definition is as it was" \
    diff -r "$PLACES/before" "$TMPDIR/undone"

# What a secret is for libvirt does not change, where it has it already: told, with
# nothing changed.  Where it has not, the secret comes back for the new address.
id=5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de005
cat >"$TMPDIR/secret.xml" <<END
<secret ephemeral='no' private='no'>
  <uuid>$id</uuid>
  <usage type='iscsi'><target>at-10.2.116.14</target></usage>
</secret>
END
virsh_ secret-define "$TMPDIR/secret.xml" >/dev/null
virsh_ secret-set-value "$id" --base64 Y2g0cC1WYWx1ZQ== >/dev/null 2>&1
expect_exit 0 site_snapshot "$bundle" --force
move+=(--only "secret:$id")
places_dump "$TMPDIR/with"
expect_exit 6 novark restore "${move[@]}" --yes
assert_contains "$OUT" "finding   secret-usage: secret:$id"
assert_contains "$OUT" "virsh secret-undefine $id, and it is made anew with its value"
places_dump "$TMPDIR/still"
assert "nothing has changed" diff -r "$TMPDIR/with" "$TMPDIR/still"
virsh_ secret-undefine "$id" >/dev/null
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains <(virsh_ secret-dumpxml "$id") "<target>at-10.2.15.3</target>"
assert_equal "with its value" Y2g0cC1WYWx1ZQ== \
    "$(virsh_ secret-get-value "$id" 2>/dev/null)"
