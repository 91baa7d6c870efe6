#!/bin/bash
# An encrypted bundle: made to certificates, read by each of their holders and by
# nobody else, restored as a plain one would be; and opened with openssl, tar and
# zstd alone.
. "$(dirname "$0")/lib/lib.sh"
need openssl zstd od

site_new
story_load 6
cd "$TMPDIR"
cp "$KEY" move.key
cp "$PUB" move.pub
plain=$TMPDIR/plain.bundle
expect_exit 0 site_snapshot "$plain"

# The README's own commands, on this site.
readme_blocks 1 >make.sh
assert_contains make.sh --encrypt-to
(
	novark() {
		"$NOVARK" "$@" "${SITE_ARGS[@]}"
	}
	# shellcheck disable=SC1091
	. ./make.sh
) >"$OUT" 2>"$ERR" || { show "$ERR"; fail "the README's example"; }
assert_contains "$OUT" "encrypted to new-site.pem"
ok "the README's example makes an encrypted bundle"
assert_mode 600 new-site.key
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -days 365 \
    -subj "/O=both/CN=old site" -keyout old-site.key -out old-site.pem 2>/dev/null
sealed=$TMPDIR/two.bundle
expect_exit 0 site_snapshot "$sealed" --encrypt-to new-site.pem \
    --encrypt-to old-site.pem --json
assert "json" jq -e '.encrypted and .encrypted_to == ["new-site.pem",
    "old-site.pem"]' "$OUT"
assert_mode 600 "$sealed"

# What stands in it, and what cannot be seen in it.
assert_equal "members" \
    "SHA256SUMS SHA256SUMS.sig KEY.cms MANIFEST.json.enc files.tar.zst.enc libvirt.tar.zst.enc database.tar.zst.enc" \
    "$(tar -tf "$sealed" | paste -sd' ')"
for word in "$OLD" nova.conf instance-0000005f provider_location; do
	grep -qa "$word" "$plain" || fail "$word is not in the plain one"
	assert "nobody reads $word in it" test -z "$(grep -ac "$word" "$sealed" |
	    grep -v '^0$')"
done

# By hand: the README's commands, with each of the keys, give the members of a
# plain bundle; those of the plain one of the same state, even.
readme_blocks 2 >open.sh
assert_contains open.sh "openssl enc -d -aes-256-ctr"
mkdir parts
tar -xf "$plain" -C parts
for who in new-site old-site; do
	mkdir "by-$who"
	cd "by-$who"
	tar -xf "$sealed"
	expect_exit 0 openssl pkeyutl -verify -rawin -pubin -inkey ../move.pub \
	    -in SHA256SUMS -sigfile SHA256SUMS.sig
	expect_exit 0 sha256sum -c SHA256SUMS
	assert_contains "$OUT" "KEY.cms: OK"
	sed "s/new-site/$who/" ../open.sh >../open-as.sh
	expect_exit 0 bash -euo pipefail ../open-as.sh
	for part in files libvirt database; do
		assert "$part, opened by $who" cmp "$part.tar.zst" \
		    "../parts/$part.tar.zst"
	done
	assert "the manifest, opened by $who" jq -e \
	    '.host == "compute1" or (.items | length) > 10' MANIFEST.json
	mkdir files
	zstd -dc files.tar.zst | tar -xpf - -C files
	assert_same files/etc/nova/nova.conf "$ROOT/etc/nova/nova.conf"
	cd ..
done
assert_equal "the key is one text of 64 digits" 1 \
    "$(openssl cms -decrypt -inform DER -in by-old-site/KEY.cms \
	-inkey old-site.key | grep -cxE '[0-9a-f]{64}')"

# And FORMAT.md's own.
awk '/^## 11/ { in_section = 1 } in_section && /^By hand/ { want = 1 }
	/^```$/ && want { n++; next } want && n == 1' "$top/archive/FORMAT.md" \
    >format.sh
assert_contains format.sh "openssl cms -decrypt"
sed -i 's:KEY\.pem:../old-site.key:' format.sh
cd by-old-site
expect_exit 0 bash -euo pipefail ../format.sh
assert_contains "$OUT" "etc/nova/nova.conf"
cd ..

# Without a private key: what stands outside, and that it holds.
expect_exit 0 novark audit "$sealed" --trust "$PUB"
id=$(head -1 by-new-site/SHA256SUMS | cut -d' ' -f4)
assert_contains "$OUT" "$id"
assert_contains "$OUT" "$(head -1 by-new-site/SHA256SUMS | cut -d' ' -f6)"
assert_contains "$OUT" "signed by   SHA256:"
assert_contains "$OUT" "of CN=old site,O=both"
assert_contains "$OUT" "of CN=new site"
assert_contains "$OUT" "signature and all digests of what is stored hold"
assert_lacks "$OUT" "nova.conf"
expect_exit 0 novark audit "$sealed" --trust "$PUB" --json
assert "json without a key" jq -e --arg id "$id" '.bundles[0] | .id == $id and
    .encrypted and (.recipients | length) == 2 and .stored.files > 0 and
    (has("items") | not)' "$OUT"
for look in --list "--cat file:/etc/nova/nova.conf" "--find $OLD" \
    "--diff $plain" --draft-map --advice; do
	# shellcheck disable=SC2086
	expect_exit 1 novark audit "$sealed" --trust "$PUB" $look
	assert_contains "$ERR" "is encrypted: ${look%% *} needs --decrypt KEY"
done
# Beside a plain one, which is looked at as always.
expect_exit 0 novark audit "$plain" "$sealed" --trust "$PUB"
assert_contains "$OUT" "2 of 2 files hold"
expect_exit 3 novark audit "$sealed"
assert_contains "$OUT" "nobody vouches for it"
expect_exit 2 novark audit "$sealed" --decrypt new-site.key
assert_contains "$ERR" "nothing is decrypted before a signature holds"

# With one of them: as of a plain one.
expect_exit 0 novark audit "$plain" --trust "$PUB" --list
sed -n '/^KIND/,/^audit/p' "$OUT" >list
for who in new-site old-site; do
	expect_exit 0 novark audit "$sealed" --trust "$PUB" --decrypt "$who.key"
	sed -n '/^KIND/,/^coverage/p' "$OUT" >sealed-list
	assert "the list" diff <(sed '/^coverage/,$d' list) \
	    <(sed '/^coverage/,$d' sealed-list)
	assert_contains "$OUT" "of CN=new site"
	assert_contains "$OUT" "signature and all digests hold"
done
expect_exit 0 novark audit "$sealed" --trust "$PUB" --decrypt old-site.key \
    --cat file:/etc/nova/nova.conf --show-secrets
assert_same "$OUT" "$ROOT/etc/nova/nova.conf"
expect_exit 0 novark audit "$sealed" --trust "$PUB" --decrypt old-site.key \
    --diff "$plain"
expect_exit 0 novark audit "$sealed" --trust "$PUB" --decrypt old-site.key \
    --find "$OLD"
assert_contains "$OUT" "row:nova.volumes:"

# Keys that are none, or not the right one; certificates that are none.
site_state before
story_move map
move=("$sealed" --trust "$PUB" --map-file map "${SITE_ARGS[@]}")
openssl genrsa -out stranger.key 2048 2>/dev/null
openssl rsa -in new-site.key -aes256 -passout pass:x -out phrase.key 2>/dev/null
cp new-site.key open.key
chmod 644 open.key
refused() { # FILE MESSAGE
	local command
	for command in audit "restore --yes"; do
		# shellcheck disable=SC2086
		case $command in
		audit) expect_exit 1 novark audit "$sealed" --trust "$PUB" \
		    --decrypt "$1" ;;
		*) expect_exit 1 novark $command "${move[@]}" --decrypt "$1" ;;
		esac
		assert_contains "$ERR" "$2"
	done
}
refused stranger.key "the key stranger.key opens it for none of its 2 recipients"
refused phrase.key "has a pass phrase"
refused open.key "chmod 600 it"
refused new-site.pem "is a certificate; --decrypt takes its private key"
refused move.key "is neither an RSA nor an EC key"
refused none.key "cannot open the key none.key"
expect_exit 1 novark restore "${move[@]}" --yes
assert_contains "$ERR" "is encrypted: --decrypt KEY"
expect_exit 1 novark verify "${move[@]}"
expect_exit 1 site_snapshot no.bundle --encrypt-to move.pub
assert_contains "$ERR" "move.pub is a public key"
expect_exit 1 site_snapshot no.bundle --encrypt-to new-site.pem \
    --encrypt-to new-site.pem
assert_contains "$ERR" "this certificate is given twice"
assert_file_absent no.bundle

# Changed on the way: whoever looks, with the key or without.
tar --block-number -tvf "$sealed" | awk '$1 == "block" && $3 !~ /\*\*/ {
	sub(":", "", $2); print $NF, ($2 + 1) * 512, $5 }' >members
while read -r name bytes size; do
	flip "$sealed" bad.bundle $((bytes + size / 2))
	expect_exit 3 novark audit bad.bundle --trust "$PUB"
	expect_exit 3 novark audit bad.bundle --trust "$PUB" --decrypt old-site.key
	expect_exit 3 novark verify bad.bundle "${move[@]:1}" --decrypt old-site.key
	expect_exit 3 novark restore bad.bundle "${move[@]:1}" \
	    --decrypt old-site.key --yes
	assert_equal "one line about $name" 1 "$(grep -c '^novark: ' "$ERR")"
done <members
site_state after
assert "nothing was changed by all that" diff -r before after

# A restore, planned, cut, gone on with, verified: as with a plain one.
expect_exit 0 novark restore "${move[@]}" --decrypt new-site.key --dry-run \
    --save-plan night.plan
assert_lacks night.plan "$(sed -n 2p new-site.key)"
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
expect_exit 5 novark restore --plan night.plan --yes
sql nova "DROP TRIGGER no"
mkdir elsewhere
mv new-site.key elsewhere/
expect_exit 0 novark restore --resume --root "$ROOT" --yes \
    --decrypt elsewhere/new-site.key
assert_contains "$OUT" "restore: done"
expect_exit 0 novark verify "${move[@]}" --decrypt old-site.key
expect_exit 0 novark restore "$plain" "${move[@]:1}" --yes
assert_contains "$OUT" "nothing to do"
expect_exit 0 novark restore --undo --root "$ROOT" --yes
rm -rf after
site_state after
assert "taken back" diff -r before after

# A description can be encrypted, too.
expect_exit 0 site_snapshot here.desc --describe --encrypt-to old-site.pem
assert "no name in it" test -z "$(grep -ac nova.conf here.desc | grep -v '^0$')"
expect_exit 1 novark restore "$plain" --trust "$PUB" --map-file map \
    --dry-run --against here.desc
assert_contains "$ERR" "here.desc is encrypted"
expect_exit 0 novark restore "$sealed" --trust "$PUB" --map-file map \
    --dry-run --against here.desc --decrypt old-site.key
