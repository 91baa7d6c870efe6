#!/bin/bash
# The receipt: what a restore, a resume and an undo leave for the change ticket.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
again=("${SITE_ARGS[@]:0:2}")
state=$ROOT/var/lib/novark
novark keygen --out "$TMPDIR/night" >/dev/null

# What cannot be signed or copied is told before anything is changed.
expect_exit 1 novark restore "${move[@]}" --yes --sign "$TMPDIR/night.pub"
expect_exit 1 novark restore "${move[@]}" --yes --receipt "$TMPDIR/no/folder"
: >"$TMPDIR/there"
expect_exit 1 novark restore "${move[@]}" --yes --receipt "$TMPDIR/there"
assert_contains "$ERR" "--force"
assert_lacks "$ROOT/etc/nova/nova.conf" "$NEW"

# A restore with all of it.
cp "$ROOT/etc/glance/glance-api.conf" "$TMPDIR/glance.before"
expect_exit 0 novark restore "${move[@]}" --yes --sign "$TMPDIR/night.key" \
    --receipt "$TMPDIR/ticket.json"
receipt=$(echo "$state"/2*/receipt.json)
assert_contains "$OUT" "receipt   $receipt"
for file in "$receipt" "$receipt.sig" "${receipt%.json}.key" "$TMPDIR/ticket.json" \
    "$TMPDIR/ticket.json.sig"; do
	assert_mode 600 "$file"
done
assert_same "$receipt" "$TMPDIR/ticket.json"
assert_equal "the last line is the outcome" \
    "restore: done: 30 changes, verified, no old address is left" "$(tail -n 1 "$OUT")"

# openssl has a look at it, and so has audit.
assert "openssl takes the signature" openssl pkeyutl -verify -rawin -pubin \
    -inkey "$TMPDIR/night.pub" -in "$receipt" -sigfile "$receipt.sig"
expect_exit 0 novark audit "$TMPDIR/ticket.json" --trust "$TMPDIR/night.pub"
for text in "receipt   restore" "host      " "map       $OLD = $NEW" \
    "bundle    $TMPDIR/b" "changed   file:/etc/nova/nova.conf" \
    "waived    missing-nwfilter domain:instance-0000005c: the nwfilter" \
    "created   domain:instance-0000005f" "changed   table:nova.volumes: 1 row" \
    "verify    done: 0 differences, 0 leftovers" "next:" \
    "audit: signature holds, the receipt is whole"; do
	assert_contains "$OUT" "$text"
done
expect_exit 3 novark audit "$TMPDIR/ticket.json"
assert_contains "$OUT" "nobody vouches for it"
expect_exit 3 novark audit "$TMPDIR/ticket.json" --trust "$PUB"
assert_contains "$ERR" "the signature does not hold"
assert_lacks "$OUT" "nova.conf"
expect_exit 2 novark audit "$TMPDIR/ticket.json" --trust "$TMPDIR/night.pub" --find "$OLD"
expect_exit 3 novark audit "$TMPDIR/ticket.json" "$TMPDIR/b" --trust "$PUB"
assert_contains "$OUT" "audit: REFUSED: 1 of 2 files hold"

# It says what was done, without a value.
expect_exit 0 novark audit "$receipt" --trust "$TMPDIR/night.pub" --json
python3 - "$receipt" "$OUT" "$TMPDIR/glance.before" "$ROOT" <<-'END' || fail "what the receipt says"
	import hashlib, json, sys
	r = json.load(open(sys.argv[1]))
	doc = json.load(open(sys.argv[2]))['bundles'][0]
	assert doc['receipt']['changes'] == r['changes'] and doc['signed_by']
	assert r['kind'] == 'novark-receipt' and r['way'] == 'restore', r['way']
	assert r['begun'] <= r['ended'] and r['outcome'] == 0
	assert '10.2.116.14 = 10.2.15.3' in r['map']
	assert len(r['bundle']['digest']) == 64 and r['bundle']['signer']
	assert r['verify']['outcome'] == 'done' and r['verify']['held'] == 6
	assert {w['name'] for w in r['waived_findings']} == {'missing-nwfilter'}
	assert r['saved_plan'] is None and 'missing-nwfilter' in r['waived']
	assert r['wrong'] == [] and r['next_steps'][0]['order'] == 1
	by = {c['item']: c for c in r['changes']}
	assert len(r['changes']) == 30
	sha = lambda f: 'sha256:' + hashlib.sha256(open(f, 'rb').read()).hexdigest()
	# Without a secret, as sha256sum has it; with one, keyed; rows always.
	glance = by['file:/etc/libvirt/qemu.conf']
	assert glance['after'] == sha(sys.argv[4] + '/etc/libvirt/qemu.conf'), glance
	assert by['file:/etc/nova/nova.conf']['after'].startswith('keyed:')
	assert by['file:/etc/nova/nova.conf']['cells'] == ['content']
	assert by['domain:instance-0000005f']['before'] is None
	assert by['row:nova.networks:1']['before'].startswith('keyed:')
	assert 'site' not in r and 'defaults_file' not in r
	END
ok "the receipt says all of it"
for secret in n0va-Pass r4bbit-Pass ch4p-Secret r00t-Pass chap31 mysql://; do
	assert_lacks "$receipt" "$secret"
done

# It is refused when a byte of it is another one, and when it is cut.
flip "$receipt" "$TMPDIR/flipped" 700
cp "$receipt.sig" "$TMPDIR/flipped.sig"
expect_exit 3 novark audit "$TMPDIR/flipped" --trust "$TMPDIR/night.pub"
assert_contains "$ERR" "the signature does not hold"
expect_exit 3 novark audit "$TMPDIR/flipped"
assert_contains "$ERR" "$TMPDIR/flipped: refused: it is damaged"
head -c 2000 "$receipt" >"$TMPDIR/cut"
expect_exit 3 novark audit "$TMPDIR/cut"
expect_exit 3 novark audit "$TMPDIR/cut" --trust "$TMPDIR/night.pub"
assert_contains "$ERR" "it is not signed (there is no $TMPDIR/cut.sig)"
truncate -s 300M "$TMPDIR/cut"
expect_exit 3 novark audit "$TMPDIR/cut"
assert_contains "$ERR" "it is too long"
# Another signature of the same key is none of it.
tar -xf "$TMPDIR/b" -C "$TMPDIR" SHA256SUMS SHA256SUMS.sig
cp "$receipt" "$TMPDIR/other.json"
cp "$TMPDIR/SHA256SUMS.sig" "$TMPDIR/other.json.sig"
expect_exit 3 novark audit "$TMPDIR/other.json" --trust "$PUB"

# The undo has one of its own.
cp "$receipt" "$TMPDIR/receipt"
expect_exit 0 novark restore --undo --yes "${again[@]}" --sign "$TMPDIR/night.key"
undo=${receipt%receipt.json}undo.json
assert_contains "$OUT" "receipt   $undo"
assert_mode 600 "$undo"
assert_same "$receipt" "$TMPDIR/receipt"
expect_exit 0 novark audit "$undo" --trust "$TMPDIR/night.pub"
assert_contains "$OUT" "receipt   undo"
assert_contains "$OUT" "put back  file:/etc/nova/nova.conf"
assert_contains "$OUT" "removed   domain:instance-0000005f"
python3 - "$receipt" "$undo" <<-'END' || fail "the undo is the restore, the other way round"
	import json, sys
	a, b = (json.load(open(f)) for f in sys.argv[1:3])
	assert b['way'] == 'undo' and a['id'] == b['id'] and b['verify'] is None
	there = {(c['item'], c['before'], c['after']) for c in a['changes']}
	back = {(c['item'], c['after'], c['before']) for c in b['changes']}
	assert there == back
	END
ok "the undo's receipt is the restore's, the other way round"

# Verify disagrees: the receipt says so.  A resume has its receipt, too.
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
expect_exit 5 novark restore "${move[@]}" --yes
second=$(ls -d "$state"/2* | tail -n 1)
assert_file_absent "$second/receipt.json"
sql nova "DROP TRIGGER no"
expect_exit 0 novark restore --resume --yes "${again[@]}" --receipt "$TMPDIR/resumed.json"
assert_same "$second/receipt.json" "$TMPDIR/resumed.json"
assert_file_absent "$second/receipt.json.sig"
expect_exit 3 novark audit "$second/receipt.json"
assert_contains "$OUT" "verify    done"
# One that was cut behind its last change writes it when it is asked again.
rm "$second/receipt.json"
expect_exit 0 novark restore --resume "${second##*/}" --yes "${again[@]}"
assert_contains "$OUT" "receipt   $second/receipt.json"
expect_exit 0 novark restore --resume "${second##*/}" --yes "${again[@]}"
assert_contains "$OUT" "nothing to do"
expect_exit 0 novark restore --undo --yes "${again[@]}"

# A file that came after the snapshot: what verify finds stands there.
printf '[DEFAULT]\nmy_ip = %s\n' "$OLD" >"$ROOT/etc/nova/later.conf"
expect_exit 4 novark restore "${move[@]}" --yes
third=$(ls -d "$state"/2* | tail -n 1)
python3 - "$third/receipt.json" <<-'END' || fail "what verify found wrong"
	import json, sys
	r = json.load(open(sys.argv[1]))
	assert r['outcome'] == 4 and r['verify']['outcome'] == 'differs'
	assert r['verify']['leftovers'] > 0
	assert {w['type'] for w in r['wrong']} == {'leftover'}, r['wrong']
	assert any(w['item'] == 'file:/etc/nova/later.conf' for w in r['wrong'])
	END
ok "what verify found wrong stands in the receipt"
expect_exit 3 novark audit "$third/receipt.json"
assert_contains "$OUT" "leftover  file:/etc/nova/later.conf [DEFAULT] my_ip"

# By a saved plan: its digest is in the receipt.
rm "$ROOT/etc/nova/later.conf"
expect_exit 0 novark restore --undo --yes "${again[@]}"
expect_exit 0 novark restore "${move[@]}" --dry-run --save-plan "$TMPDIR/plan"
expect_exit 0 novark restore --plan "$TMPDIR/plan" --yes
digest=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["digest"])' "$TMPDIR/plan")
assert_contains "$(ls -d "$state"/2* | tail -n 1)/receipt.json" "\"saved_plan\":\"$digest\""
