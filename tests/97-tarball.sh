#!/bin/bash
# The source as a tarball: the same bytes twice, and it makes program and tarball
# by itself, without git.
# takes long
. "$(dirname "$0")/lib/lib.sh"
# What the make around this was told is not for the makes within.
unset MAKEFLAGS MFLAGS MAKELEVEL
need gcc make tar gzip
version=$("$NOVARK" --version | cut -d' ' -f2)
made=$TMPDIR/made
dist=$made/novark-$version.tar.gz
pack() {
	make -s --no-print-directory dist MADE="$made" >/dev/null
}

pack
assert "the tarball is there" test -s "$dist"
mv "$dist" "$TMPDIR/first.tar.gz"
(umask 077 && pack)
assert_same "$TMPDIR/first.tar.gz" "$dist"
tar -tf "$dist" >"$TMPDIR/list"
assert_equal "all of it is in one folder" "novark-$version" "$(cut -d/ -f1 "$TMPDIR/list" | sort -u)"
assert_lacks "$TMPDIR/list" "/build/"
assert_contains "$TMPDIR/list" "/cmd/options_table.h"
tar -C "$TMPDIR" -xf "$dist"
(
	# Without git, and away from the work tree; quick, not good.
	cd "$TMPDIR/novark-$version"
	make -s -j2 all OPT=-O0 HARDEN=-fPIE HARDEN_LINK=-pie CFLAGS=-g0
	make -s dist >/dev/null
	make -s install DESTDIR="$TMPDIR/installed" PREFIX=/usr OPT=-O0 HARDEN=-fPIE \
	    HARDEN_LINK=-pie CFLAGS=-g0
)
assert_equal "it builds by itself" "novark $version" \
    "$("$TMPDIR/novark-$version/build/release/novark" --version)"
assert_same "$TMPDIR/first.tar.gz" "$TMPDIR/novark-$version/build/novark-$version.tar.gz"

# --- installed, and gone again
there=$TMPDIR/installed/usr
(cd "$there" && find . -type f | sort) >"$TMPDIR/files"
for file in bin/novark share/man/man8/novark.8 share/bash-completion/completions/novark \
    share/zsh/site-functions/_novark share/novark/ansible/resume.yml \
    share/novark/ansible/roles/novark/meta/argument_specs.yml; do
	assert_contains "$TMPDIR/files" "./$file"
done
expect_exit 0 "$there/bin/novark" keygen --out "$TMPDIR/move"
mkdir -p "$TMPDIR/node/etc/nova"
printf '[DEFAULT]\nmy_ip = 10.2.116.14\n' >"$TMPDIR/node/etc/nova/nova.conf"
expect_exit 0 "$there/bin/novark" snapshot --root "$TMPDIR/node" --no-libvirt --no-database \
    --output "$TMPDIR/node.bundle" --sign "$TMPDIR/move.key"
expect_exit 0 "$there/bin/novark" audit "$TMPDIR/node.bundle" --trust "$TMPDIR/move.pub"
if command -v ansible-playbook >/dev/null; then
	expect_exit 0 ansible-playbook --syntax-check -i "$there/share/novark/ansible/inventory.example.yml" \
	    "$there"/share/novark/ansible/{snapshot,audit,move,verify,resume,undo}.yml
fi
make -s -C "$TMPDIR/novark-$version" uninstall DESTDIR="$TMPDIR/installed" PREFIX=/usr
assert_equal "nothing is left" "" "$(find "$there" -type f)"

# --- a clean clone gives the same tarball, where nothing is changed here
if [ -e .git ] && [ -z "$(git status --porcelain)" ]; then
	git clone -q --no-local --depth 1 "file://$top" "$TMPDIR/clone"
	make -s -C "$TMPDIR/clone" dist >/dev/null
	assert_same "$TMPDIR/first.tar.gz" "$TMPDIR/clone/build/novark-$version.tar.gz"
fi
