#!/bin/bash
# A plan that is saved and applied: just what was looked at, or nothing, with the
# name of each thing that moved.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
mkdir -p "$ROOT/etc"
echo 0123456789abcdef0123456789abcdef >"$ROOT/etc/machine-id"
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")
plan=$TMPDIR/night.plan
site_state "$TMPDIR/before"
unchanged() {
	rm -rf "$TMPDIR/now"
	site_state "$TMPDIR/now"
	assert "nothing was changed" diff -r "$TMPDIR/before" "$TMPDIR/now"
}

# It belongs to a dry run, is nobody else's, and is not replaced by accident.
expect_exit 2 novark restore "${move[@]}" --yes --save-plan "$plan"
assert_contains "$ERR" "--save-plan works with --dry-run only"
expect_exit 2 novark restore "${move[@]}" --dry-run --save-plan "$plan" --plan "$plan"
assert_file_absent "$plan"
expect_exit 0 novark restore "${move[@]}" --dry-run --save-plan "$plan"
assert_contains "$OUT" "saved     $plan"
assert_mode 600 "$plan"
unchanged
expect_exit 1 novark restore "${move[@]}" --dry-run --save-plan "$plan"
assert_contains "$ERR" "--force"
expect_exit 0 novark restore "${move[@]}" --dry-run --save-plan "$plan" --force

# It is JSON, checks itself, names every change, and holds no value.
python3 - "$plan" <<-'END' || fail "the saved plan is not what it should be"
	import hashlib, json, sys
	data = open(sys.argv[1], 'rb').read()
	plan = json.loads(data)
	head = data[:data.rindex(b'"sha256"')]
	assert hashlib.sha256(head).hexdigest() == plan['sha256']
	assert plan['kind'] == 'novark-plan' and plan['schema_version'] == 1
	assert len(plan['changes']) == plan['count'] == 30, plan['count']
	assert plan['destination']['machine_id'] == '0123456789abcdef0123456789abcdef'
	assert plan['destination']['databases'][0]['id']
	assert '10.2.116.14 = 10.2.15.3' in plan['asked']['map']
	for c in plan['changes']:
	    assert set(c) == {'item', 'what', 'cells', 'before', 'after'}
	    assert c['after'].startswith('keyed:') and len(c['after']) == 70
	    assert (c['before'] is None) == (c['what'] == 'create'), c
	lines = b''.join(json.dumps(c, separators=(',', ':')).encode() + b'\n'
	    for c in plan['changes'])
	assert hashlib.sha256(lines).hexdigest() == plan['digest']
	END
ok "the saved plan is JSON, whole, with a digest of its changes"
for secret in n0va-Pass r4bbit-Pass ch4p-Secret r00t-Pass chap31; do
	assert_lacks "$plan" "$secret"
done

# Two plans of the same state tell different digests: the key is not the same.
expect_exit 0 novark restore "${move[@]}" --dry-run --save-plan "$TMPDIR/second"
assert "no digest is the same in two plans" test -z "$(
	grep -oh 'keyed:[0-9a-f]*' "$plan" "$TMPDIR/second" | sort | uniq -d | head -1)"

# A look at it changes nothing; what it says need not be said again.
cd /
expect_exit 0 novark restore --plan "$plan" --dry-run
assert_contains "$OUT" "dry run: 30 changes, none was made"
cd "$top"
unchanged

# One thing of each kind moved, and all are told at once.
# moved NAME [ITEM]
moved() {
	assert "told: $*" grep -q "^moved     $*" "$OUT"
}
conf=$ROOT/etc/nova/nova.conf
sed -i "s/^--my_ip=.*/--my_ip=192.0.2.7/" "$conf"
sed -i "s/^flavor.*/&\n# seen by somebody/; \$a # the end" "$ROOT/etc/keystone/keystone.conf"
cp "$ROOT/etc/glance/glance-api.conf" "$TMPDIR/glance-api.conf"
sed -i "s/$OLD/$NEW/g" "$ROOT/etc/glance/glance-api.conf"
sql nova "UPDATE networks SET dns1 = '$NEW'"
echo fedcba9876543210fedcba9876543210 >"$ROOT/etc/machine-id"
expect_exit 6 novark restore --plan "$plan" --yes --map-file "$TMPDIR/map" \
    --map 10.2.116.140=10.2.15.140 --not 'row:nova.floating_ips:*' --on-drift keep
moved "gone file:/etc/nova/nova.conf"
moved "gone file:/etc/glance/glance-api.conf"
moved "current file:/etc/keystone/keystone.conf"
moved "wanted file:/etc/keystone/keystone.conf"
moved "current row:nova.networks:1"
moved "gone row:nova.floating_ips:1"
moved "map 10.2.116.140 = 10.2.15.140"
moved "option --not"
moved "option --on-drift"
moved "destination machine_id"
assert_contains "$OUT" "restore: NOT SAFE: "
assert_contains "$OUT" "moved since the plan was saved"
expect_exit 6 novark restore --plan "$plan" --yes --json
python3 - "$OUT" <<-'END' || fail "moved as JSON"
	import json, sys
	doc = json.load(open(sys.argv[1]))
	assert doc['exit'] == 6 and doc['outcome'] == 'unsafe'
	names = {m['name'] for m in doc['moved']}
	assert names == {'gone', 'current', 'wanted', 'destination'}, names
	assert len(doc['plan']) == 64
	END
ok "the same as JSON"
assert "nothing was applied" grep -q 'my_ip=192.0.2.7' "$conf"

# Back again: a new change, and a new bundle.
cp -a "$TMPDIR/before/root/." "$ROOT/"
sql nova "UPDATE networks SET dns1 = '$OLD'"
rm "$ROOT/etc/nova/api-paste.ini"
sql nova "UPDATE floating_ips SET address = '$NEW' WHERE id = 1"
expect_exit 0 novark restore "${move[@]}" --dry-run --save-plan "$TMPDIR/third"
sql nova "UPDATE floating_ips SET address = '$OLD' WHERE id = 1"
expect_exit 6 novark restore --plan "$TMPDIR/third" --yes
moved "new row:nova.floating_ips:1"
cp -a "$TMPDIR/before/root/." "$ROOT/"
expect_exit 6 novark restore --plan "$TMPDIR/third" --yes
moved "wanted file:/etc/nova/api-paste.ini\|^moved     current file:/etc/nova/api-paste.ini"
unchanged
expect_exit 0 site_snapshot "$TMPDIR/other"
expect_exit 6 novark restore "$TMPDIR/other" --plan "$plan" --yes
moved "bundle $TMPDIR/other: this is another bundle"
unchanged

# What is no saved plan is refused with one message.
# bad FILE TEXT
bad() {
	expect_exit 1 novark restore --plan "$1" --yes
	assert_contains "$ERR" "$2"
	assert_equal "one message" 1 "$(grep -c ^novark: "$ERR")"
}
flip "$plan" "$TMPDIR/flipped" 900
bad "$TMPDIR/flipped" "$TMPDIR/flipped: refused: it is damaged"
head -c 3000 "$plan" >"$TMPDIR/cut"
bad "$TMPDIR/cut" "it is damaged"
: >"$TMPDIR/empty"
bad "$TMPDIR/empty" "it is damaged"
bad "$TMPDIR/b" "it is damaged"
bad "$TMPDIR/nowhere" "$TMPDIR/nowhere: the saved plan cannot be opened"
sed 's/"schema_version":1/"schema_version":2/' "$plan" >"$TMPDIR/version"
bad "$TMPDIR/version" "another version of novark"

# A plan that is not safe is not saved.
sed -i "s/^--my_ip=.*/--my_ip=192.0.2.7/" "$conf"
expect_exit 6 novark restore "${move[@]}" --dry-run --save-plan "$TMPDIR/unsafe"
assert_contains "$OUT" "the plan is not saved"
assert_file_absent "$TMPDIR/unsafe"
cp -a "$TMPDIR/before/root/." "$ROOT/"

# In the night: just that plan.
cd /
expect_exit 0 novark restore --plan "$plan" --yes
cd "$top"
assert_contains "$OUT" "restore: done: 30 changes"
expect_exit 0 novark verify "${move[@]}"
# It is used up.
expect_exit 6 novark restore --plan "$plan" --yes
assert_equal "all its changes are gone" 30 "$(grep -c '^moved     gone' "$OUT")"
