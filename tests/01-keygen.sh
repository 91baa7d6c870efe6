#!/bin/bash
# keygen: a key pair as openssl reads it, private from the first moment, and
# never over an existing file.
. "$(dirname "$0")/lib/lib.sh"
need jq openssl

cd "$TMPDIR"
(
	umask 000
	novark keygen --out move >"$OUT" 2>"$ERR"
)
assert_contains "$OUT" "private key  move.key"
assert_contains "$OUT" "public key   move.pub"
assert_contains "$OUT" "fingerprint  SHA256:"
assert_equal "outcome last" "keygen: done: keep move.key secret" \
    "$(tail -n 1 "$OUT" | cut -d, -f1)"
assert_equal "nothing on stderr" "" "$(cat "$ERR")"
assert_mode 600 move.key
assert "openssl reads the private key" openssl pkey -in move.key -noout
assert_mode 600 move.key
assert_mode 644 move.pub
assert "openssl reads the public key" openssl pkey -pubin -in move.pub -noout
assert_equal "Ed25519" "ED25519" \
    "$(openssl pkey -in move.key -noout -text | awk 'NR == 1 { print $1 }')"
openssl pkey -in move.key -pubout -out again.pub
assert_same move.pub again.pub
id=$(openssl pkey -pubin -in move.pub -outform DER | openssl dgst -sha256 -binary |
    base64 | tr -d =)
assert_contains "$OUT" "SHA256:$id"

cp move.key before
expect_exit 1 novark keygen --out move
assert_contains "$ERR" "move.key"
assert_same move.key before
rm move.key
expect_exit 1 novark keygen --out move
assert_file_absent move.key
assert_contains "$ERR" "move.pub"

expect_exit 1 novark keygen --out none/move
assert_contains "$ERR" "none"
expect_exit 0 novark keygen --out other --json
assert_equal "document" "other.key other.pub done" \
    "$(jq -r '"\(.private_key) \(.public_key) \(.outcome)"' "$OUT")"
assert "another key each time" test "$(cat other.pub)" != "$(cat move.pub)"
assert_equal "no other files" "again.pub before err move.pub other.key other.pub out" \
    "$(find . -type f -printf '%P\n' | sort | paste -sd' ')"
