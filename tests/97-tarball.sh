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
)
assert_equal "it builds by itself" "novark $version" \
    "$("$TMPDIR/novark-$version/build/release/novark" --version)"
assert_same "$TMPDIR/first.tar.gz" "$TMPDIR/novark-$version/build/novark-$version.tar.gz"
