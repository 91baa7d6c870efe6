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

cd "$TMPDIR"
readme_blocks 1 >unpack.sh
expect_exit 0 bash -euo pipefail unpack.sh
assert_contains "$OUT" "Signature Verified Successfully"
assert_contains "$OUT" "database.tar.zst: OK"
cd way-back
# "This is the moment for an editor": what no QEMU of today has.
sed -i -e 's:/usr/bin/kvm:/usr/bin/qemu-system-x86_64:' \
    -e "s:machine='pc-1.0':machine='pc':" libvirt/domains/instance-0000005f.xml
readme_blocks 2 9 >../bring.sh
assert_contains ../bring.sh mysqlimport
export DEST=$ROOT VIRSH="virsh -q -c $URI" MY="--defaults-file=$CNF"
expect_exit 0 bash -euo pipefail ../bring.sh
cd "$top"

site_state "$TMPDIR/after"
# Not in a bundle: it ties nothing to a place.
sed -i '/^nova.security_group_instance_association /d' "$TMPDIR/before/rows"
assert "all rows are back" diff "$TMPDIR/before/rows" "$TMPDIR/after/rows"
assert "instance-0000005f is defined" test -s "$TMPDIR/after/domains/instance-0000005f.xml"
rm "$TMPDIR/after/domains/instance-0000005f.xml"
assert "all definitions are back" diff -r "$TMPDIR/before/domains" "$TMPDIR/after/domains"
# Disks, images and consoles are not in a bundle.
find "$TMPDIR/before/root" \( -name disk -o -name console.log -o -name _base \) \
    -exec rm -rf {} +
assert "all files are back" diff -r "$TMPDIR/before/root" "$TMPDIR/after/root"
assert_equal "with their modes" \
    "$(cd "$TMPDIR/before/root" && find etc -type f -printf '%p %m %U %G\n' | sort)" \
    "$(cd "$TMPDIR/after/root" && find etc -type f -printf '%p %m %U %G\n' | sort)"
