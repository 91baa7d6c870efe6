#!/bin/bash
# The plan: every change as a diff, secrets on no line, what is held and why, what
# the map misses; what to take and what to leave.  A dry run writes nothing.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 6
# For the restores that stay in place, or swap the two.
host_address "$OLD/24" 10.2.116.140/24
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
site_state "$TMPDIR/before"
base=("$TMPDIR/b" --trust "$PUB" "${SITE_ARGS[@]}")
plan=(novark restore "${base[@]}" --map-file "$TMPDIR/map" --dry-run)
unchanged() {
	site_state "$TMPDIR/now"
	assert "nothing is changed" diff -r "$TMPDIR/before" "$TMPDIR/now"
	rm -r "$TMPDIR/now"
	assert_file_absent "$ROOT/var/lib/novark"
}
rule() { # RULE...: a dry run with these rules alone
	local rule maps=()
	for rule; do
		maps+=(--map "$rule")
	done
	expect_exit 0 novark restore "${base[@]}" "${maps[@]}" --dry-run \
	    --not domain:instance-0000005f
}
changes() { # how many changes the last dry run told of
	sed -n 's/^restore: dry run: \([0-9]*\) changes\{0,1\}, none was made$/\1/p' "$OUT"
}

# Files, definitions, rows: a diff each, and a line for each kind.
expect_exit 0 "${plan[@]}"
cp "$OUT" "$TMPDIR/plan"
assert_contains "$OUT" "+++ file:/etc/nova/nova.conf"
assert_contains "$OUT" "---my_ip=$OLD"
assert_contains "$OUT" "+--my_ip=$NEW"
assert_contains "$OUT" "+--sql_connection=mysql://nova:***@$NEW/nova"
assert_contains "$OUT" "+++ domain:instance-0000005e"
assert_contains "$OUT" "+      <listen type='address' address='$NEW'/>"
assert_contains "$OUT" "+++ row:nova.floating_ips:1"
assert_contains "$OUT" "-$OLD:3260,20 iqn."
assert_contains "$OUT" "+$NEW:3260,20 iqn."
assert_equal "one outcome, in the last line" \
    "restore: dry run: 40 changes, none was made" "$(tail -n 1 "$OUT")"
assert_equal "files in the summary" "file 0 16 2 0 0" \
    "$(awk '$1 == "file" { $1 = $1; print }' "$OUT")"
assert_equal "domains in the summary" "domain 1 5 0 0 0" \
    "$(awk '$1 == "domain" { $1 = $1; print }' "$OUT")"
assert_equal "rows in the summary" "row 0 18 4 0 0" \
    "$(awk '$1 == "row" { $1 = $1; print }' "$OUT")"
# What is held, and why; decoys are in no diff.
assert_contains "$OUT" "held      file:/etc/nova/nova.conf line 1: a comment"
assert_contains "$OUT" "held      row:nova.instance_metadata:1 value: a tenant's own data: $OLD"
assert_contains "$OUT" "history   table:nova.block_device_mapping: 2 places in 2 rows (deleted, or over): left alone"
assert_equal "no line of a decoy goes" "" \
    "$(grep -E '^[-+].*(10\.2\.116\.140|110\.2\.116\.14)' "$OUT" || :)"
for secret in n0va-Pass k3y-Pass gl4nce-Pass ch4p-Secret; do
	assert_lacks "$OUT" "$secret"
	assert_lacks "$ERR" "$secret"
done
unchanged

# Without notes; with the plan twice the same.
expect_exit 0 "${plan[@]}" --quiet
assert_equal "quiet has no notes" "" "$(grep -E '^(held|note)' "$OUT" || :)"
expect_exit 0 "${plan[@]}"
assert_same "$OUT" "$TMPDIR/plan"

# In place: no rule, and nothing is missing but the lost domain, which no QEMU
# of today can run.
rule
assert_contains "$OUT" "restore: nothing to do"
expect_exit 6 novark restore "${base[@]}" --dry-run
assert_contains "$OUT" "finding   machine: domain:instance-0000005f"
assert_contains "$OUT" "          libvirt here has no machine type pc-1.0"
assert_contains "$OUT" "restore: NOT SAFE: 0 drifts, 1 finding; nothing was changed"
# Rules that match nothing are told.
rule "$OLD=$NEW" 10.99.0.1=10.99.0.2
assert_contains "$OUT" '--map 10.99.0.1=10.99.0.2: the rule "10.99.0.1 = 10.99.0.2" matched nothing'
assert_lacks "$OUT" "--map $OLD=$NEW"
# The old node's own address, which no rule covers.
rule 10.99.0.1=10.99.0.2
assert_contains "$OUT" "no rule covers $OLD, the old node's own address"
assert_lacks "$OUT" "+--my_ip"
rule "keep $OLD"
assert_lacks "$OUT" "no rule covers"
# A swap is one pass.
rule "$OLD=10.2.116.140" "10.2.116.140=$OLD"
assert_contains "$OUT" "+--my_ip=10.2.116.140"
assert_contains "$OUT" "+--dns_server=$OLD"

# Parts and items.
expect_exit 0 "${plan[@]}" --only 'file:*'
assert_equal "files only" 16 "$(changes)"
expect_exit 0 "${plan[@]}" --only 'file:/etc/nova/*' --not '*/api-paste.ini'
assert_equal "one file" 1 "$(changes)"
expect_exit 0 "${plan[@]}" --no-files --no-database
assert_equal "domains only" 6 "$(changes)"
expect_exit 0 "${plan[@]}" --only 'table:*' --not 'table:nova.*'
assert_equal "tables by name" 6 "$(changes)"
expect_exit 2 "${plan[@]}" --only 'file:*' --only 'domain:no-such' --only 'x'
assert_contains "$ERR" "--only domain:no-such: the bundle has no such item"
assert_contains "$ERR" "--only x:"

# Held places are let go by name.
expect_exit 0 "${plan[@]}" --only 'file:/etc/nova/nova.conf' \
    --also 'file:/etc/nova/nova.conf line 1'
assert_contains "$OUT" "+# The outer address of this node is $NEW; ask"
assert_lacks "$OUT" "held      file:/etc/nova/nova.conf line 1"
expect_exit 0 "${plan[@]}" --only 'table:nova.*' --also 'row:nova.instance_metadata:*'
assert_contains "$OUT" "+++ row:nova.instance_metadata:1"
assert_contains "$OUT" "held      row:nova.instances:93 access_ip_v4"
unchanged
