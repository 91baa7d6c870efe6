#!/bin/bash
# The golden bundles of format 1 (tests/golden), put together by tar and base64
# alone: every later version has to read them as this one does, and restore them
# to what they say.  And damaged ones, a sample, by the program itself; the unit
# program test_golden has them all.
. "$(dirname "$0")/lib/lib.sh"
need zstd openssl jq

# The host is another one.
waive host-name
golden=$top/tests/golden
want=$TMPDIR/want
cd "$TMPDIR"
# The tree has ASCII names only.
cp -r "$golden/want" "$want"
mv "$want/files/etc/nova/not-ascii.conf" "$want/files/etc/nova/ä€.conf"

# assemble FOLDER FILE
assemble() {
	local name members=() from=$golden/$1
	mkdir "$1"
	for name in SHA256SUMS SHA256SUMS.sig $(sed -n 's/^[0-9a-f]*  //p' "$from/SHA256SUMS"); do
		members+=("$name")
		if [ -e "$from/$name" ]; then
			cp "$from/$name" "$1/$name"
		else
			base64 -d "$from/$name.base64" >"$1/$name"
		fi
	done
	tar --format=ustar -b 1 --mode=600 --numeric-owner --owner=0 --group=0 --mtime=@0 \
	    -cf "$2" -C "$1" "${members[@]}"
	(cd "$1" && sha256sum --quiet -c SHA256SUMS)
	openssl pkeyutl -verify -rawin -pubin -inkey "$from/signer.pub" \
	    -in "$1/SHA256SUMS" -sigfile "$1/SHA256SUMS.sig" >/dev/null
}
assert "tar and base64 make the plain one" assemble format-1 plain
assert "and the encrypted one" assemble format-1-sealed sealed
cp "$golden/format-1/signer.pub" signer.pub
for key in rsa ec; do
	install -m 600 "$golden/format-1-sealed/$key.key" "$key.key"
done

# Each item, as it was put in.
items() { # what novark makes of a bundle, below FOLDER
	local folder=$1 part path name
	shift
	mkdir "$folder"
	while IFS=$'\t' read -r name part path; do
		[[ $name != file:* || $path == *.* ]] || continue
		[ "$name" != file:/etc/nova/link.conf ] || continue
		mkdir -p "$folder/$part/$(dirname "$path")"
		novark audit "$@" --cat "$name" --show-secrets >"$OUT" \
		    2>"$ERR" || { show "$ERR"; fail "$name"; }
		# A secret's value is shown behind its definition.
		grep -v '^<!-- value in base64: c3VwZXIgc2VjcmV0 -->$' "$OUT" \
		    >"$folder/$part/$path" || :
	done < <(jq -r '.items[] | [.name, .part, .path] | @tsv' format-1/MANIFEST.json)
}
items got plain --trust signer.pub
assert "every item of the plain one" diff -r "$want" got
items got-rsa sealed --trust signer.pub --decrypt rsa.key
assert "of the encrypted one, by the RSA key" diff -r "$want" got-rsa
expect_exit 0 novark audit sealed --trust signer.pub --decrypt ec.key
expect_exit 0 novark audit plain --trust signer.pub
cp "$OUT" plain.txt
assert_contains plain.txt "secret:0b4b9c0e-8a0e-4b52-9d0a-0e3a5a6c7d01     99 bytes  with its value"
assert_contains plain.txt "audit: signature and all digests hold"
expect_exit 0 novark audit sealed --trust signer.pub
assert_contains "$OUT" 0f6e2d1c3b4a59687786958493a2b1c0
expect_exit 0 novark audit plain --trust signer.pub --find 10.2.116.14
for place in "file:/etc/nova/nova.conf" "domain:instance-0000005f" \
    "table:nova.volumes" "account:nova@10.2.116.14"; do
	assert_contains "$OUT" "${place#table:}"
done

# Restored to what it says.
bring_back() { # BUNDLE [ARGUMENT...]
	local root=$TMPDIR/root-$1
	mkdir -p "$root/etc"
	umask 022
	expect_exit 0 novark restore "$1" --trust signer.pub --root "$root" --map "$OLD=$NEW" \
	    --no-libvirt --no-database --yes "${@:2}"
	expect_exit 0 novark verify "$1" --trust signer.pub --root "$root" --map "$OLD=$NEW" \
	    --no-libvirt --no-database "${@:2}"
	assert_same <(sed -e "/^#/!s/10\.2\.116\.14\($\|[^0]\)/$NEW\1/" "$want/files/etc/nova/nova.conf") \
	    "$root/etc/nova/nova.conf"
	assert_same "$want/files/etc/nova/ä€.conf" "$root/etc/nova/ä€.conf"
	assert_equal "the link" nova.conf "$(readlink "$root/etc/nova/link.conf")"
	assert_mode 640 "$root/etc/nova/nova.conf"
	assert_mode 750 "$root/etc/nova"
}
if [ "$(id -u)" -eq 0 ]; then
	bring_back plain
	bring_back sealed --decrypt ec.key
else
	echo "ok - # SKIP needs root: the files are root's"
fi

# Damaged: each command ends with 3, one message, and has touched nothing.
mkdir -p dest/etc/nova
echo "my_ip = $NEW" >dest/etc/nova/nova.conf
"$HELPERS/tree" dest >dest.before
damaged=0
refused() { # WHAT [ARGUMENT...]
	local what=$1 command code
	local args=(bad --trust signer.pub "${@:2}")
	local here=(--root dest --map "$OLD=$NEW" --no-libvirt --no-database)
	for command in audit restore verify; do
		code=0
		case $command in
		audit) novark audit "${args[@]}" ;;
		restore) novark restore "${args[@]}" "${here[@]}" --yes ;;
		verify) novark verify "${args[@]}" "${here[@]}" ;;
		esac >"$OUT" 2>"$ERR" </dev/null || code=$?
		if [ "$code" -ne 3 ] || [ "$(grep -c '^novark: ' "$ERR")" -ne 1 ]; then
			show "$ERR"
			fail "$what: $command ends with $code"
		fi
	done
	damaged=$((damaged + 1))
}
storm() { # BUNDLE STEP [ARGUMENT...]
	local size at file=$1 step=$2
	shift 2
	size=$(stat -c %s "$file")
	for ((at = RANDOM % step; at < size; at += step)); do
		flip "$file" bad "$at"
		refused "$file, byte $at" "$@"
		head -c "$at" "$file" >bad
		refused "$file, cut at $at" "$@"
	done
}
SEED=${NOVARK_SEED:-$(date -u +%Y%m%d)}
RANDOM=$((10#$SEED % 32768))
echo "# NOVARK_SEED=$SEED"
storm plain 1111
storm sealed 2222 --decrypt rsa.key
"$HELPERS/tree" dest >dest.after
assert_same dest.before dest.after
echo "# figure: golden bundles, by the program: $damaged damaged ones, all refused"
ok "$damaged damaged ones refused"
