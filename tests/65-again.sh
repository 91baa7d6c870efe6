#!/bin/bash
# A restore ends in the same state from wherever it starts: an untouched site,
# one that is half restored, one with empty tables and nothing else; and once
# more changes nothing.
. "$(dirname "$0")/lib/lib.sh"

mkdir "$TMPDIR/1" "$TMPDIR/2"
SITE=$TMPDIR/1/site
site_new
story_load 12
site_state "$TMPDIR/before"
bundle=$TMPDIR/node.bundle
expect_exit 0 site_snapshot "$bundle"
cp "$PUB" "$TMPDIR/pub"
story_move "$TMPDIR/map"
again() { # WHAT
	expect_exit 0 novark restore "$bundle" --trust "$TMPDIR/pub" \
	    --map-file "$TMPDIR/map" --yes "${SITE_ARGS[@]}"
	site_state "$TMPDIR/$1"
}

again first
story_prove "$TMPDIR/before" "$TMPDIR/first" 12
stamp=$(find "$ROOT" -type f -printf '%p %T@ %i\n' | sort)
again second
assert "a second restore changes nothing" diff -r "$TMPDIR/first" "$TMPDIR/second"
assert_equal "and writes no file" "$stamp" "$(find "$ROOT" -type f -printf '%p %T@ %i\n' | sort)"
cat "$OUT" "$ERR" >"$TMPDIR/both"
assert_lacks "$TMPDIR/both" "+++"

# Some of it comes undone.
cp "$TMPDIR/before/root/etc/nova/nova.conf" "$ROOT/etc/nova/nova.conf"
rm "$ROOT/etc/keystone/keystone.conf"
virsh_ undefine instance-0000005c >/dev/null
sql "UPDATE nova.volumes SET provider_location = REPLACE(provider_location, '$NEW', '$OLD') LIMIT 2;
     DELETE FROM nova.block_device_mapping LIMIT 3;
     DELETE FROM nova.floating_ips; DELETE FROM keystone.endpoint LIMIT 1"
again third
assert "what came undone is done again" diff -r "$TMPDIR/first" "$TMPDIR/third"
db_stop

# Elsewhere: tables without rows, no files, no definitions.
SITE=$TMPDIR/2/site
site_new
sql <<-END
	$(cat "$story/nova.sql")
	$(sed '/^INSERT/,$d' "$story/keystone.sql")
	$(sed '/^INSERT/,$d' "$story/glance.sql")
END
# The disks did not come along.
waive missing-disk
again empty
# Not in a bundle: disks, consoles, and a table that ties nothing to a place.
find "$TMPDIR/first/root" \( -name disk -o -name console.log -o -name _base \) -exec rm -rf {} +
sed -i '/^nova.security_group_instance_association /d' "$TMPDIR/first/rows"
assert "an empty site ends the same: files" diff -r "$TMPDIR/first/root" "$TMPDIR/empty/root"
assert "definitions" diff -r "$TMPDIR/first/domains" "$TMPDIR/empty/domains"
# Deleted rows and tenants' own come as they were captured.
assert "rows" diff "$TMPDIR/first/rows" "$TMPDIR/empty/rows"
assert_equal "with their modes" \
    "$(cd "$TMPDIR/first/root" && find etc -type f -printf '%p %m %U %G\n' | sort)" \
    "$(cd "$TMPDIR/empty/root" && find etc -type f -printf '%p %m %U %G\n' | sort)"
again empty2
assert "and once more changes nothing" diff -r "$TMPDIR/empty" "$TMPDIR/empty2"
