#!/bin/bash
# restore and verify as JSON: one document, whatever happens, and no secret in it.
. "$(dirname "$0")/lib/lib.sh"
need jq

site_new
host_address "$OLD/24" # for the restore that stays in place
story_load 6
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")

# document CODE OUTCOME ARGUMENT...: one document, its outcome and exit code.
document() {
	expect_exit "$1" novark "${@:3}" --json
	assert_equal "one document: $2" "1 $3 $2 $1" \
	    "$(jq -r '[.schema_version, .command, .outcome, .exit] | map(tostring) | join(" ")' "$OUT")"
	for secret in n0va-Pass k3y-Pass gl4nce-Pass ch4p-Secret; do
		assert_lacks "$OUT" "$secret"
	done
}
is() { # WHAT FILTER
	assert_equal "$1" true "$(jq "$2" "$OUT")"
}

document 0 done restore "${move[@]}" --dry-run
is "it is a dry run" '.dry_run and (has("applied") | not)'
is "changes" '.changes | length == 40'
is "a file as a diff" '.changes[] | select(.item == "file:/etc/nova/nova.conf") |
    .type == "change" and .kind == "file" and (.cells[0].diff | contains("+--my_ip=10.2.15.3\n"))'
is "a domain that is made" '.changes[] | select(.item == "domain:instance-0000005f") | .type == "create"'
is "a row by its values" '.changes[] | select(.item == "row:nova.floating_ips:1") | .cells ==
    [{"name": "address", "before": "10.2.116.14", "after": "10.2.15.3", "secret": false}]'
is "counts" '.counts.change == {"file": 16, "domain": 5, "row": 18} and .counts.create == {"domain": 1}'
is "held places with their reasons" '.held | map(.name) | unique |
    contains(["comment", "tenant"])'
is "where and from what" ".bundle == \"$TMPDIR/b\" and .host == \"cloud01\" and (.signer | startswith(\"SHA256:\"))"
is "no errors" '.errors == []'

document 4 differs verify "${move[@]}"
is "differences and leftovers" '(.differences | length == 40) and (.leftovers | length > 50)'
document 4 differs verify "${move[@]}" --only 'domain:*'
is "of the domains only" '.differences | map(.kind) | unique == ["domain"]'

# Drift, a rule that is of no use, an address that none covers.
sed -i 's/^--my_ip=.*/--my_ip=10.9.9.9/' "$ROOT/etc/nova/nova.conf"
document 6 unsafe restore "${move[@]}" --yes
is "the drift" '.drift | length == 1 and .[0].place == "--my_ip"'
sed -i "s/^--my_ip=.*/--my_ip=$OLD/" "$ROOT/etc/nova/nova.conf"
document 0 done restore "$TMPDIR/b" --trust "$PUB" "${SITE_ARGS[@]}" --dry-run \
    --map 10.99.0.1=10.99.0.2 --not domain:instance-0000005f
is "notes" '.notes | map(.name) | contains(["unused-rule", "uncovered"])'

# Stopped part-way: how much is done.
sql nova "CREATE TRIGGER no BEFORE UPDATE ON volumes FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
document 5 partial restore "${move[@]}" --yes
is "files and domains are done" '.applied == 22 and (.changes | length == 40)'
is "the restore has a name" '.restore_id | test("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$")'
id=$(jq -r .restore_id "$OUT")
document 6 unsafe restore "${move[@]}" --yes
is "both commands are named" '.errors[0] | contains("--resume '"$id"'") and contains("--undo '"$id"'")'
sql nova "DROP TRIGGER no"
document 0 done restore --resume --root "$ROOT" --yes
is "resumed, and verified" '.way == "resume" and .restore_id == "'"$id"'" and .rows == 18 and
    .applied == 18 and .verify.differences == [] and .verify.leftovers == []'
document 0 done restore --undo "$id" --root "$ROOT" --yes
is "taken back" '.way == "undo" and .undone == 40 and (.items | length == 22) and .planned == 40'
document 0 done restore "${move[@]}" --yes
is "applied, and verified" '.applied == 40 and .verify.differences == [] and .verify.leftovers == []'
document 0 done restore "${move[@]}" --yes
is "nothing to do" '.changes == [] and .message == "nothing to do"'
document 0 done verify "${move[@]}"
is "held places do not fail it" '.held | length == 6'
is "history is counted" '.history | map("\(.item) \(.places) \(.rows)") == ["table:nova.block_device_mapping 2 2"]'

# What goes wrong is in the document, too.
document 2 usage restore "$TMPDIR/b" --trust "$PUB" --map nonsense --yes
is "the rule is named" '.errors | length == 1 and (.[0] | contains("nonsense"))'
document 3 refused restore "$PUB" --trust "$PUB" --yes
is "the file is named" '.errors[0] | contains("key.pub")'
db_stop
document 1 failed restore "${move[@]}" --yes
is "the way out is named" '.errors[0] | contains("--no-database")'
