#!/bin/bash
# The way back without novark: the README's own commands bring a bundle's files,
# definitions and rows into an empty site.
. "$(dirname "$0")/lib/lib.sh"
need openssl sha256sum zstd mysqlimport

mkdir "$TMPDIR/a" "$TMPDIR/b"
SITE=$TMPDIR/a/site
site_new
story_load 12
site_state "$TMPDIR/before"
expect_exit 0 site_snapshot "$TMPDIR/node.bundle"
cp "$PUB" "$TMPDIR/move.pub"
db_stop

# A second site with nothing but the tables.
SITE=$TMPDIR/b/site
site_new
sql <<-END
	$(cat "$story/nova.sql")
	$(sed '/^INSERT/,$d' "$story/keystone.sql")
	$(sed '/^INSERT/,$d' "$story/glance.sql")
END
assert_equal "the second site has no row" 0 "$(site_rows | wc -l)"

readme_blocks >"$TMPDIR/blocks.sh"
assert "the README has the way back" grep -q mysqlimport "$TMPDIR/blocks.sh"
cd "$TMPDIR"
export DEST=$ROOT VIRSH="virsh -q -c $URI" MY="--defaults-file=$CNF"
expect_exit 0 bash -euo pipefail "$TMPDIR/blocks.sh"
cd "$top"
assert_contains "$OUT" "Signature Verified Successfully"

site_state "$TMPDIR/after"
assert "all rows are back" diff "$TMPDIR/before/rows" "$TMPDIR/after/rows"
# libvirt had lost instance-0000005f, and cannot take what it asks for; the rest
# is as it was.
assert "all definitions are back" diff -r "$TMPDIR/before/domains" "$TMPDIR/after/domains"
# Disks, images and consoles are not in a bundle.
find "$TMPDIR/before/root" \( -name disk -o -name console.log -o -name _base \) \
    -exec rm -rf {} +
assert "all files are back" diff -r "$TMPDIR/before/root" "$TMPDIR/after/root"
assert_equal "with their modes" \
    "$(cd "$TMPDIR/before/root" && find etc -type f -printf '%p %m %U %G\n' | sort)" \
    "$(cd "$TMPDIR/after/root" && find etc -type f -printf '%p %m %U %G\n' | sort)"
