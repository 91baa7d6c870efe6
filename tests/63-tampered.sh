#!/bin/bash
# A bundle that is not what was signed is refused with 3, whatever was done to
# it, by every command that reads one; and nothing is changed on the way.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 6
good=$TMPDIR/good.bundle
site_snapshot "$good" >/dev/null 2>"$ERR" || { show "$ERR"; fail "no snapshot"; }
site_state "$TMPDIR/before"

# Where members start: name, offset of the header, of the bytes, their number.
tar --block-number -tvf "$good" | awk '$1 == "block" && $3 !~ /\*\*/ {
	sub(":", "", $2)
	print $NF, $2 * 512, ($2 + 1) * 512, $5 }' >"$TMPDIR/members"
assert_equal "members of a bundle" \
    "SHA256SUMS SHA256SUMS.sig MANIFEST.json files.tar.zst libvirt.tar.zst database.tar.zst" \
    "$(cut -d' ' -f1 "$TMPDIR/members" | paste -sd' ')"

quiet_refusal() { # WHAT FILE [TRUST]: exit 3 from each, one line of reason
	local what=$1 file=$2 trust=${3:-$PUB} code command
	for command in audit verify "restore --yes"; do
		code=0
		# shellcheck disable=SC2086
		case $command in
		audit) novark audit "$file" --trust "$trust" ;;
		*) novark $command "$file" --trust "$trust" --map "$OLD=$NEW" \
		    "${SITE_ARGS[@]}" ;;
		esac >"$OUT" 2>"$ERR" </dev/null || code=$?
		if [ "$code" -ne 3 ]; then
			show "$OUT"
			show "$ERR"
			fail "$what: $command ends with $code, not 3"
		fi
		grep -q '^novark: ' "$ERR" || fail "$what: $command says no reason"
	done
	ok "refused with 3: $what"
}

bad=$TMPDIR/bad.bundle
while read -r name header bytes size; do
	for offset in "$bytes" $((bytes + size / 2)) $((bytes + size - 1)); do
		flip "$good" "$bad" "$offset"
		quiet_refusal "$name, byte $((offset - bytes)) of $size turned" "$bad"
	done
	flip "$good" "$bad" "$header"
	quiet_refusal "$name under another name" "$bad"
	for end in "$header" "$bytes" $((bytes + size)); do
		[ "$end" -gt 0 ] || continue
		head -c "$end" "$good" >"$bad"
		quiet_refusal "cut off at byte $end, at $name" "$bad"
	done
done <"$TMPDIR/members"

expect_exit 0 novark keygen --out "$TMPDIR/other"
quiet_refusal "the wrong key" "$good" "$TMPDIR/other.pub"

# Members swapped, one too many, one too few, one twice: whole pieces of a good
# bundle, so that nothing else is wrong with them.
sums=SHA256SUMS sig=SHA256SUMS.sig manifest=MANIFEST.json
files=files.tar.zst libvirt=libvirt.tar.zst db=database.tar.zst
pack() { # MEMBER...
	local member
	for member in "$@" end; do
		piece "$good" "$member"
	done >"$bad"
}
pack $sums $sig $manifest $files $libvirt $db
assert_same "$good" "$bad"
pack $sums $sig $manifest $files $libvirt
quiet_refusal "a missing member" "$bad"
pack $sums $sig $manifest $files $libvirt $db $db
quiet_refusal "a member twice" "$bad"
pack $sums $sig $manifest $files $db $libvirt
quiet_refusal "members in another order" "$bad"
pack $sums $manifest $files $libvirt $db
quiet_refusal "no signature" "$bad"
pack $sig $sums $manifest $files $libvirt $db
quiet_refusal "the signature first" "$bad"
cat "$good" "$good" >"$bad"
quiet_refusal "two bundles in one" "$bad"
echo hello >"$TMPDIR/extra"
{
	head -c -1024 "$good"
	tar --format=ustar -cf - -C "$TMPDIR" extra
} >"$bad"
quiet_refusal "an unknown member" "$bad"
# All digests right, but signed by somebody else.
tar -xOf "$good" SHA256SUMS >"$TMPDIR/sums"
openssl pkeyutl -sign -rawin -inkey "$TMPDIR/other.key" -in "$TMPDIR/sums" \
    -out "$TMPDIR/sig"
cp "$good" "$bad"
dd if="$TMPDIR/sig" of="$bad" bs=1 conv=notrunc status=none \
    seek="$(awk '$1 == "SHA256SUMS.sig" { print $3 }' "$TMPDIR/members")"
quiet_refusal "signed by somebody else" "$bad"
expect_exit 0 novark audit "$bad" --trust "$TMPDIR/other.pub"

site_state "$TMPDIR/after"
assert "nothing was changed by all that" diff -r "$TMPDIR/before" "$TMPDIR/after"
expect_exit 0 novark audit "$good" --trust "$PUB"
