#!/bin/bash
# audit of several bundles joins them: two hosts with one set of databases; what
# no bundle covers is named, and nothing else.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/zed.sh"
. "$lib/two.sh"
need jq

two_new
cd "$TMPDIR" || exit
joined() { # CODE BUNDLE...; what is missing into $OUT.missing: kind and name
	expect_exit "$1" novark audit "${@:2}" --trust "$PUB" --json
	jq -r '.join.missing[] | .kind + " " + .name' "$OUT" >"$OUT.missing"
}
missing() { # WHAT LINE...
	assert_equal "$1" "$(printf '%s\n' "${@:2}")" "$(cat "$OUT.missing")"
}
uuid() { # N
	printf '5bd10000-0000-4000-8000-%012d' "$1"
}
two_lacks() { # KIND: a line for each instance of the second host
	local n
	for n in {11..20}; do
		echo "$1 $(uuid "$n")"
	done
}

# --- each host with its own rows
expect_exit 0 two_take "$ONE" one --host "$ONE"
expect_exit 0 two_take "$TWO" two --host "$TWO"
joined 0 one two
missing "nothing is missing"
assert_equal "counts" "2 20" "$(jq -r '.join | "\(.bundles) \(.definitions)"' "$OUT")"
expect_exit 0 novark audit one two --trust "$PUB"
assert_contains "$OUT" "joined: 2 bundles"
assert_equal "outcome" "audit: 2 of 2 files hold; joined: nothing is missing" "$(tail -n 1 "$OUT")"
joined 0 two one

# As the README has it; the examples name neither site nor host.
mkdir readme
cp "$KEY" readme/move.key
cp "$PUB" readme/move.pub
as_written() { # NUMBER
	readme_blocks "$1" | sed "s/ compute1$/ $ONE/; s/^novark/here/"
}
here() {
	[ "$1" != snapshot ] || set -- "$@" --root "$ROOT" --connect "$URI" --defaults-file "$CNF"
	(cd "$TMPDIR/readme" && novark "$@")
}
eval "$(as_written 1)" >"$OUT" 2>&1 || fail "the README's snapshot of a host"
cp two readme/compute2.bundle
cd readme
eval "$(as_written 2)" >"$OUT" 2>&1 || fail "the README's audit of several bundles"
cd ..
assert_contains "$OUT" "2 of 2 files hold; joined: nothing is missing"

# A folder stands for its bundles.
mkdir all.d all.d/below none.d
cp one all.d/two.bundle
cp two all.d/one.bundle
cp two all.d/below/three.bundle
cp two all.d/.four.bundle
cp "$PUB" all.d/
joined 0 all.d
assert_equal "by name, and no others" "all.d/one.bundle all.d/two.bundle" \
    "$(jq -r '.bundles[].file' "$OUT" | paste -sd' ')"
joined 0 all.d/ one
assert_equal "beside others" 3 "$(jq '.bundles | length' "$OUT")"
: >all.d/zero.bundle
expect_exit 3 novark audit all.d --trust "$PUB"
assert_contains "$ERR" "all.d/zero.bundle: refused"
expect_exit 3 novark audit none.d --trust "$PUB"
expect_exit 3 novark audit all.d --find "$OLD" --trust "$PUB"
assert_contains "$ERR" "not a bundle but a folder"

# One is away: the other tells whose instances are uncovered.
joined 0 one
missing "what the first lacks" "host without a bundle $TWO" \
    "$(two_lacks 'instance without its rows')" \
    "$(two_lacks 'instance without a definition')"
expect_exit 0 novark audit one --trust "$PUB"
assert_contains "$OUT" "what this bundle alone does not cover:"
assert_contains "$OUT" "missing  compute host $TWO: no bundle has its files and definitions"
assert_contains "$OUT" "missing  instance $(uuid 11) (instance-0000000b) of host $TWO: no bundle has its definition"
assert_lacks "$OUT" "missing  instance $(uuid 10)"
joined 0 two
assert_equal "what the second lacks" 21 "$(wc -l <"$OUT.missing")"
# The same one twice is not two.
expect_exit 0 two_take "$ONE" one.again --host "$ONE"
joined 4 one one.again
assert_equal "several bundles of one" 21 "$(wc -l <"$OUT.missing")"
assert_equal "noted" "host with several bundles $ONE" \
    "$(jq -r '.join.notes[] | .kind + " " + .name' "$OUT")"
expect_exit 4 novark audit one one.again --trust "$PUB"
assert_equal "outcome" "audit: DIFFERENT: 2 of 2 files hold; joined: 21 missing" "$(tail -n 1 "$OUT")"
assert_contains "$OUT" "host $ONE has 2 bundles"
# Rows of both, files and definitions of the first.
expect_exit 0 two_take "$ONE" both --host "$ONE" --host "$TWO"
joined 4 both one
missing "rows alone do not cover" "host without a bundle $TWO" \
    "$(two_lacks 'instance without a definition')"
# The list alone is no join.
expect_exit 0 novark audit one one.again --list --trust "$PUB"
assert_lacks "$OUT" "joined: "
# Nobody vouches, and the join is shown all the same.
expect_exit 3 novark audit one one.again
assert_contains "$OUT" "missing  compute host $TWO"

# --- rows of the whole site at the controller, a compute node without database
expect_exit 0 two_take "$ONE" all
two_without_database "$ROOT2"
expect_exit 0 two_take "$TWO" bare
joined 0 all bare
missing "nothing is missing"
joined 0 all
missing "without the compute node" "host without a bundle $TWO" \
    "$(two_lacks 'instance without a definition')"
joined 4 bare bare
missing "without the controller" "instance without its rows nova"

# --- what is wrong at the site itself
printf 'undefine %s\n' instance-0000000b instance-0000000c | URI=$URI2 virsh_ >/dev/null
sed 's/0000000c/0000dead/; s/000000000012/0000000000dd/' "$SITE/xml.11/instance-0000000c.xml" >orphan.xml
sed 's/instance-0000000c/gateway/; s/000000000012/0000000000de/' "$SITE/xml.11/instance-0000000c.xml" >gateway.xml
# A definition made by hand, without nova's uuid.
sed 's/000000000013/0000000000df/' "$SITE/xml.11/instance-0000000d.xml" >hand.xml
printf 'undefine %s\n' instance-0000000d | URI=$URI2 virsh_ >/dev/null
URI=$URI2 define orphan.xml gateway.xml hand.xml
# Shelved, being built, failed before it was there: their hosts have nothing.
sql nova "UPDATE instances SET vm_state = 'shelved_offloaded', host = NULL WHERE id = 12;
    INSERT INTO instances (deleted, uuid, host, vm_state, hidden) VALUES
    (0, '$(uuid 30)', '$TWO', 'building', 0), (0, '$(uuid 31)', '$TWO', 'error', 0),
    (0, '$(uuid 32)', '', 'active', 0), (32, '$(uuid 33)', '$TWO', 'deleted', 0)"
sql nova "UPDATE services SET deleted = 0, host = 'three' WHERE id = 5"
sql cinder "UPDATE volume_attachment SET deleted = 1 WHERE volume_id LIKE '%011';
    UPDATE volumes SET status = 'in-use' WHERE id LIKE '%013'"
sql nova "UPDATE block_device_mapping SET deleted = id WHERE volume_id LIKE '%011';
    UPDATE block_device_mapping SET volume_id = '70000000-0000-4000-8000-000000000099'
    WHERE volume_id LIKE '%010' AND deleted = 0"
expect_exit 0 two_take "$ONE" all --force
expect_exit 0 two_take "$TWO" bare --force
joined 4 all bare
missing "what is wrong" "host without a bundle three" \
    "instance without a definition $(uuid 11)" \
    "definition without an instance domain:instance-0000dead" \
    "volume without an attachment 70000000-0000-4000-8000-000000000011" \
    "volume without an attachment 70000000-0000-4000-8000-000000000013" \
    "attachment without a volume row:nova.block_device_mapping:110"
assert_equal "noted" "definition that is not nova's domain:gateway" \
    "$(jq -r '.join.notes[] | .kind + " " + .name' "$OUT")"
