#!/bin/bash
# Whom a host trusts: --trust takes a key or a folder of keys, the trust store
# below etc/novark is the default, and a revoked key vouches for nothing.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new files
mkdir -p "$ROOT/etc/nova" "$ROOT/etc/novark"
cat >"$ROOT/etc/nova/nova.conf" <<'END'
[DEFAULT]
my_ip = 10.2.116.14
END
# Notes beside the keys are not the node's.
echo 'keys of 10.2.116.14' >"$ROOT/etc/novark/README"
expect_exit 0 novark keygen --out "$TMPDIR/other"
store=$ROOT/etc/novark/trusted.d revoked=$ROOT/etc/novark/revoked.d
good=$TMPDIR/good move=(--map 10.2.116.14=10.2.15.3 "${SITE_ARGS[@]}")

restore() { # ARGUMENT...
	novark restore "$@" "${move[@]}" --force-preflight address-absent
}

verify() { # ARGUMENT...
	novark verify "$@" "${move[@]}"
}

# --- one fingerprint, wherever it is shown
id=SHA256:$(openssl pkey -pubin -in "$PUB" -outform DER |
    openssl dgst -sha256 -binary | base64 | tr -d =)
expect_exit 0 site_snapshot "$good"
assert_contains "$OUT" "signer    $id"
expect_exit 0 site_snapshot "$TMPDIR/again" --json
assert_equal "snapshot --json" "$id" "$(jq -r .signer "$OUT")"
expect_exit 0 novark audit "$good" --trust "$PUB"
assert_contains "$OUT" "signed by   $id"
assert_lacks "$OUT" "file:/etc/novark"
expect_exit 0 novark audit "$good" --trust "$PUB" --json
assert_equal "audit --json" "$id" "$(jq -r '.bundles[0].signer' "$OUT")"
expect_exit 0 novark keygen --out "$TMPDIR/third" --json
assert_equal "keygen --json" "$(jq -r .fingerprint "$OUT")" \
    "SHA256:$(openssl pkey -pubin -in "$TMPDIR/third.pub" -outform DER |
        openssl dgst -sha256 -binary | base64 | tr -d =)"

# --- nobody is trusted
find "$ROOT" -type f -exec sha256sum {} + | sort >"$TMPDIR/before"
for command in "restore --dry-run" "restore --yes" verify; do
	# shellcheck disable=SC2086
	expect_exit 2 $command "$good"
	assert_contains "$ERR" "--trust PUB"
	assert_contains "$ERR" "etc/novark/trusted.d"
done
expect_exit 3 novark audit "$good"
assert_contains "$OUT" "nobody vouches for it"

# --- a folder of keys
mkdir "$TMPDIR/keys"
expect_exit 1 restore "$good" --dry-run --trust "$TMPDIR/keys"
assert_contains "$ERR" "$TMPDIR/keys: no public key stands in it"
cp "$TMPDIR/other.pub" "$TMPDIR/third.pub" "$TMPDIR/keys"
expect_exit 3 restore "$good" --dry-run --trust "$TMPDIR/keys"
assert_contains "$ERR" "holds under none of the 2 keys in $TMPDIR/keys"
cp "$PUB" "$TMPDIR/keys/site"
expect_exit 0 restore "$good" --dry-run --trust "$TMPDIR/keys"
expect_exit 4 verify "$good" --trust "$TMPDIR/keys"
expect_exit 0 novark audit "$good" --trust "$TMPDIR/keys"
assert_contains "$OUT" "signed by   $id  ($TMPDIR/keys/site)"
expect_exit 0 novark audit "$good" --trust "$TMPDIR/keys/" --list --json
assert_equal "audit --json tells which key" "$id $TMPDIR/keys/site" \
    "$(jq -r '.bundles[0] | "\(.signer) \(.signer_file)"' "$OUT")"
echo hello >"$TMPDIR/keys/notes"
expect_exit 1 novark audit "$good" --trust "$TMPDIR/keys"
assert_equal "one message" "novark: $TMPDIR/keys/notes is no key in PEM; novark keygen makes one" \
    "$(grep '^novark:' "$ERR")"
rm "$TMPDIR/keys/notes"

# --- the trust store is the default, and is not mixed with what is given
mkdir "$store"
cp "$TMPDIR/other.pub" "$store/other"
for command in "restore --yes" verify; do
	# shellcheck disable=SC2086
	expect_exit 3 $command "$good"
	assert_contains "$ERR" "the signature does not hold under the key"
done
expect_exit 0 restore "$good" --dry-run --trust "$PUB"
cp "$PUB" "$store/site"
chmod 666 "$store/site"
expect_exit 1 restore "$good" --yes
assert_contains "$ERR" "others may change $store/site (mode 0666"
chmod 644 "$store/site"
expect_exit 0 restore "$good" --dry-run
rm "$store/other"
expect_exit 3 restore "$good" --dry-run --trust "$TMPDIR/other.pub"
# A plan that was saved and applied, a description, a receipt: the same.
expect_exit 0 novark snapshot --describe --output "$TMPDIR/there" --sign "$KEY" \
    "${SITE_ARGS[@]}"
expect_exit 0 novark restore "$good" --dry-run --against "$TMPDIR/there" \
    --trust "$PUB" --against-trust "$TMPDIR/keys" --map 10.2.116.14=10.2.15.3 \
    --no-libvirt --no-database --force-preflight address-absent
expect_exit 3 novark restore "$good" --dry-run --against "$TMPDIR/there" \
    --trust "$PUB" --against-trust "$TMPDIR/other.pub" \
    --map 10.2.116.14=10.2.15.3 --no-libvirt --no-database
sed "s/ .*//" "$TMPDIR/before" >"$TMPDIR/sums"
assert_equal "nothing was changed so far" "$(cat "$TMPDIR/sums")" \
    "$(find "$ROOT" -type f ! -path '*/trusted.d/*' -exec sha256sum {} + | sort |
        sed 's/ .*//')"
expect_exit 0 restore "$good" --dry-run --save-plan "$TMPDIR/plan"
expect_exit 0 novark restore --plan "$TMPDIR/plan" --yes --sign "$KEY" \
    --receipt "$TMPDIR/receipt" "${SITE_ARGS[@]}"
assert_contains "$ROOT/etc/nova/nova.conf" "my_ip = 10.2.15.3"
expect_exit 0 verify "$good"
expect_exit 0 novark audit "$TMPDIR/receipt" --trust "$TMPDIR/keys"
assert_contains "$OUT" "signed by $id"
expect_exit 3 novark audit "$TMPDIR/receipt" --trust "$TMPDIR/other.pub"
assert_contains "$ERR" "the signature does not hold"

# --- audit reads the store of this machine
if [ -n "${NOVARK_ALONE:-}" ] && cp -a /etc "$TMPDIR/etc" &&
    mount --bind "$TMPDIR/etc" /etc 2>"$ERR"; then
	mkdir -p /etc/novark/trusted.d
	cp "$PUB" /etc/novark/trusted.d/
	expect_exit 0 novark audit "$good"
	assert_contains "$OUT" "signed by   $id"
	expect_exit 0 novark audit "$TMPDIR/receipt"
	mv "$TMPDIR/receipt.sig" "$TMPDIR/kept"
	expect_exit 3 novark audit "$TMPDIR/receipt"
	assert_contains "$OUT" "nobody vouches for it"
	expect_exit 3 novark audit "$TMPDIR/receipt" --trust "$PUB"
	assert_contains "$ERR" "it is not signed"
	mv "$TMPDIR/kept" "$TMPDIR/receipt.sig"
	cp "$TMPDIR/other.pub" /etc/novark/trusted.d/"${PUB##*/}"
	expect_exit 3 novark audit "$good"
	# What this machine knows to be revoked counts below --root, too.
	mkdir /etc/novark/revoked.d
	cp "$PUB" /etc/novark/revoked.d/
	expect_exit 3 verify "$good" --trust "$PUB"
	assert_contains "$ERR" "is revoked (/etc/novark/revoked.d/"
	umount /etc
else
	echo "# no /etc of its own: the store of this machine was not tried"
fi

# --- revoked: nothing of that key is accepted, and nothing is signed with it
mkdir "$revoked"
cp "$PUB" "$revoked/stolen"
cp -a "$ROOT/etc" "$TMPDIR/etc.before"
for trust in "" "--trust $PUB" "--trust $TMPDIR/keys"; do
	for command in "restore --yes" "restore --dry-run" verify; do
		# shellcheck disable=SC2086
		expect_exit 3 $command "$good" $trust
		assert_equal "one message" \
		    "novark: $good: refused: the key $id that signed it is revoked ($revoked/stolen)" \
		    "$(grep '^novark:' "$ERR")"
	done
done
expect_exit 1 site_snapshot "$TMPDIR/none"
assert_contains "$ERR" "is revoked ($revoked/stolen): what it signs is refused"
assert_file_absent "$TMPDIR/none"
assert "nothing was changed by it" diff -r "$TMPDIR/etc.before" "$ROOT/etc"
mkdir "$TMPDIR/keys/revoked.d" "$TMPDIR/revoked.d"
for beside in "$TMPDIR/keys/revoked.d" "$TMPDIR/revoked.d"; do
	cp "$PUB" "$beside/gone"
	expect_exit 3 novark audit "$good" --trust "$TMPDIR/keys"
	assert_contains "$ERR" "is revoked ($TMPDIR/keys/"
	expect_exit 3 novark audit "$TMPDIR/receipt" --trust "$TMPDIR/keys"
	assert_contains "$ERR" "$TMPDIR/receipt: refused: the key $id"
	rm "$beside/gone"
done
# What cannot be read there might revoke anything.
ln -s nowhere "$TMPDIR/revoked.d/x"
expect_exit 1 novark audit "$good" --trust "$TMPDIR/keys"
assert_contains "$ERR" "revoked.d/x"

# What was restored before can still be taken back: that needs no bundle.
expect_exit 1 novark restore --undo --yes --sign "$KEY" --root "$ROOT"
assert_contains "$ERR" "is revoked ($revoked/stolen)"
expect_exit 0 novark restore --undo --yes --root "$ROOT"
assert_contains "$ROOT/etc/nova/nova.conf" "my_ip = 10.2.116.14"
