#!/bin/bash
# The package for Debian: the same bytes twice, nothing for lintian to say, and
# what it depends on is enough: in a bare tree that holds just these packages it is
# installed, does its work, and goes away.
# takes long
. "$(dirname "$0")/lib/lib.sh"
# What the make around this was told is not for the makes within.
unset MAKEFLAGS MFLAGS MAKELEVEL
need dpkg-shlibdeps lintian make
build=${NOVARK%/novark}
case $build in */release) ;; *) skip "packages are made of the release build" ;; esac
version=$("$NOVARK" --version | cut -d' ' -f2)
made=$TMPDIR/made
deb=$made/novark_${version}_$(dpkg --print-architecture).deb
pack() {
	make -s --no-print-directory deb BUILD="$build" MADE="$made" >/dev/null
}

# --- the package: the same bytes, and nothing wrong with it
pack
mv "$deb" "$TMPDIR/first.deb"
(umask 077 && pack)
assert_same "$TMPDIR/first.deb" "$deb"
run_as_root=()
[ "$(id -u)" -ne 0 ] || run_as_root=(--allow-root)
expect_exit 0 lintian --display-info --fail-on error,warning,info ${run_as_root[@]+"${run_as_root[@]}"} "$deb"
assert_equal "lintian says nothing" "" "$(cat "$OUT")"
assert_equal "its version is the program's" "$version" "$(dpkg-deb -f "$deb" Version)"
for library in libvirt0 libmariadb3 libarchive13 libssl3; do
	assert_contains <(dpkg-deb -f "$deb" Depends | tr ',' '\n') "$library (>="
done
dpkg-deb -c "$deb" | awk '{ print $1, $2, $6 }' >"$TMPDIR/contents"
for path in "-rwxr-xr-x root/root ./usr/bin/novark" \
    "-rw-r--r-- root/root ./usr/share/man/man8/novark.8.gz" \
    "-rw-r--r-- root/root ./usr/share/bash-completion/completions/novark" \
    "-rw-r--r-- root/root ./usr/share/zsh/vendor-completions/_novark" \
    "-rw-r--r-- root/root ./usr/share/novark/ansible/move.yml" \
    "-rw-r--r-- root/root ./usr/share/novark/ansible/roles/novark/library/novark.py" \
    "drwxr-xr-x root/root ./etc/novark/trusted.d/" \
    "drwxr-xr-x root/root ./etc/novark/revoked.d/"; do
	assert_contains "$TMPDIR/contents" "$path"
done

# The role is whole, but for its README, which is with the other documents.
(cd cmd/ansible && find . -name __pycache__ -prune -o -type f ! -name README.md -print | sort) >"$TMPDIR/role"
assert_same "$TMPDIR/role" <(sed -n 's|^-.* \./usr/share/novark/ansible/|./|p' "$TMPDIR/contents" | sort)
assert_contains "$TMPDIR/contents" "./usr/share/doc/novark/ansible.md.gz"

# --- a bare tree: what every Debian has, the packages that it depends on, and
# nothing else
need_root
closure() { # PACKAGE...: these and all that they depend on, as installed here
	local todo=("$@") package name
	local -A seen=()
	while [ ${#todo[@]} -gt 0 ]; do
		package=${todo[0]} todo=("${todo[@]:1}")
		[ -z "${seen[$package]:-}" ] || continue
		# Of several names the one that is here; virtual ones are nobody's.
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
			grep -qx installed || continue
		seen[$package]=1
		for name in $(dpkg-query -W -f '${Depends}, ${Pre-Depends}\n' "$package" |
		    head -n 1 | sed 's/([^)]*)//g; s/:any//g; s/[,|]/ /g'); do
			todo+=("$name")
		done
	done
	printf '%s\n' "${!seen[@]}" | sort
}
mapfile -t always < <(dpkg-query -W -f '${Essential} ${Package}\n' | sed -n 's/^yes //p')
# Words on purpose.
# shellcheck disable=SC2046
mapfile -t packages < <(closure "${always[@]}" \
    $(dpkg-deb -f "$deb" Depends | sed 's/([^)]*)//g; s/,/ /g'))
tree=$TMPDIR/tree
admin=$tree/var/lib/dpkg
mkdir -p "$admin"/{info,updates,triggers} "$tree"/{dev,tmp}
mknod -m 666 "$tree/dev/null" c 1 3
for folder in bin lib lib64 sbin; do
	if [ -L /$folder ]; then
		mkdir -p "$tree/$(readlink /$folder)"
		cp -P /$folder "$tree/$folder"
	fi
done
dpkg-query -L "${packages[@]}" | sort -u | while read -r file; do
	[ -d "$file" ] || [[ $file != /* ]] || [[ $file == /usr/share/doc/* ]] ||
		[ ! -e "$file" ] || printf '%s\0' "$file"
done >"$TMPDIR/files"
tar -cf - --null -T "$TMPDIR/files" 2>/dev/null | tar -C "$tree" --keep-directory-symlink -xf -
for package in "${packages[@]}"; do
	dpkg-query -s "$package"
	echo
done >"$admin/status"
assert "it is bare" test ! -e "$tree/usr/bin/virsh"

dpkg_there() {
	dpkg --root="$tree" --log=/dev/null "$@"
}
inside() {
	chroot "$tree" /usr/bin/novark "$@"
}
(cd "$tree" && find . -path ./var/lib/dpkg -prune -o -print | sort) >"$TMPDIR/before"
# First an older one; what an operator put there stays.
cmd/package/deb "$build" "$build/novark-linked" "0~older" "$made/older.deb"
expect_exit 0 dpkg_there -i "$made/older.deb"
mkdir -p "$tree/var/lib/novark/20261122T161547Z-00000000"
echo mine >"$tree/var/lib/novark/20261122T161547Z-00000000/journal"
"$NOVARK" keygen --out "$TMPDIR/lost" >/dev/null
cp "$TMPDIR/lost.pub" "$tree/etc/novark/revoked.d/"
expect_exit 0 dpkg_there -i "$deb"
assert_equal "it is the new one" "$version" "$(dpkg-query --admindir="$admin" -W -f '${Version}' novark)"
expect_exit 0 dpkg_there -V novark
assert_equal "every file is as it was packed" "" "$(cat "$OUT")"
expect_exit 0 inside --version
assert_equal "version" "novark $version" "$(cat "$OUT")"
expect_exit 0 inside help
assert_contains "$OUT" "bundle-format"
expect_exit 0 inside keygen --out /tmp/move
# libvirt is loaded and asked: its driver for tests needs no daemon.
mkdir -p "$tree/node/etc/nova"
printf '[DEFAULT]\nmy_ip = 10.2.116.14\n' >"$tree/node/etc/nova/nova.conf"
expect_exit 0 inside snapshot --root /node --connect test:///default --no-database \
    --output /tmp/node.bundle --sign /tmp/move.key
cp "$tree/tmp/move.pub" "$tree/etc/novark/trusted.d/move.pub"
expect_exit 0 inside audit /tmp/node.bundle
assert_contains "$OUT" "file:/etc/nova/nova.conf"
assert_contains "$OUT" "domain:test"
# The database's client is loaded: it tells why it cannot connect.
printf '[database]\nconnection = mysql://nova:x@127.0.0.1:1/nova\n' >>"$tree/node/etc/nova/nova.conf"
expect_exit 1 inside snapshot --root /node --no-libvirt --output /tmp/no.bundle --sign /tmp/move.key
assert_contains "$ERR" "Can't connect to server on '127.0.0.1'"

# --- it goes away, but for what is the operator's
rm -r "$tree"/tmp/* "$tree/node"
expect_exit 0 dpkg_there --purge novark
assert "a key that was put there stays" test -e "$tree/etc/novark/trusted.d/move.pub"
assert "so does a revoked one" test -e "$tree/etc/novark/revoked.d/lost.pub"
assert "and what an undo needs" test -s "$tree/var/lib/novark/20261122T161547Z-00000000/journal"
rm -r "$tree/etc/novark" "$tree/var/lib/novark"
rmdir --ignore-fail-on-non-empty "$tree/etc"
(cd "$tree" && find . -path ./var/lib/dpkg -prune -o -print | sort) >"$TMPDIR/after"
assert_same "$TMPDIR/before" "$TMPDIR/after"
