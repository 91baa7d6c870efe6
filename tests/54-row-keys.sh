#!/bin/bash
# Rows whose primary key holds the address, and tables without one: shown, saved,
# made, verified, gone on with, taken back.
. "$(dirname "$0")/lib/lib.sh"

site_new db files
story_load 4
sql nova "CREATE TABLE dns_domains (domain VARCHAR(80), scope VARCHAR(20),
    PRIMARY KEY (domain, scope)) ENGINE=InnoDB;
    INSERT INTO dns_domains VALUES ('$OLD', 'a'), ('$OLD', 'b'), ('10.9.9.9', 'a');
    CREATE TABLE console_pools (address VARCHAR(64), note VARCHAR(9)) ENGINE=InnoDB;
    INSERT INTO console_pools VALUES ('$OLD', 'x'), ('$OLD', 'x'), ('10.9.9.9', 'y')"
keys() {
	sql nova "SELECT GROUP_CONCAT(domain, ' ', scope ORDER BY scope, domain
	    SEPARATOR ', ') FROM dns_domains"
}
expect_exit 0 site_snapshot "$TMPDIR/b"
assert_contains "$ERR" "table:nova.console_pools: no primary key"
move=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}" --no-files --no-libvirt
    --only "table:nova.dns_domains" --only "table:nova.console_pools")
before=$(keys)
after="$NEW a, 10.9.9.9 a, $NEW b"

# The plan names the row by the key that was captured, and shows the other one.
expect_exit 0 novark restore "${move[@]}" --dry-run --save-plan "$TMPDIR/plan"
assert_contains "$OUT" "row:nova.dns_domains:$OLD,a"
assert_contains "$OUT" "+$NEW"
assert_contains "$OUT" "no primary key: left as they are, 2 of its 3 rows hold an address"
assert "nothing is made" test "$(keys)" = "$before"

# The saved plan is the one that is applied.
expect_exit 0 novark restore "${move[@]}" --yes --plan "$TMPDIR/plan"
assert "the keys are others" test "$(keys)" = "$after"
id=$(basename "$(ls -d "$ROOT"/var/lib/novark/20* | tail -n 1)")
expect_exit 0 novark verify "${move[@]}"
assert_contains "$OUT" "no primary key"
expect_exit 0 novark restore "${move[@]}" --yes
assert_contains "$OUT" "nothing to do"
expect_exit 0 novark restore --undo "$id" --root "$ROOT" --yes
assert "they are back" test "$(keys)" = "$before"

# Killed while the second row is changed: none is; gone on with, both are.
sql nova "CREATE TRIGGER slow BEFORE UPDATE ON dns_domains FOR EACH ROW
    DO SLEEP(IF(OLD.scope = 'b', 20, 0))"
# shellcheck disable=SC2086
(exec ${NOVARK_WRAP:-} "$NOVARK" restore "${move[@]}" --yes >"$OUT" 2>"$ERR") &
pid=$!
for _ in {1..200}; do
	[ -z "$(sql "SELECT id FROM information_schema.processlist
	    WHERE state = 'User sleep'")" ] || break
	sleep 0.05
done
kill -KILL "$pid" || fail "ended by itself"
{ wait "$pid" || :; } 2>/dev/null
# The server would go on until it sees that nobody waits any more.
for id in $(sql "SELECT id FROM information_schema.processlist
    WHERE info LIKE 'UPDATE%'"); do
	sql "KILL HARD CONNECTION $id" || :
done
sql nova "DROP TRIGGER slow"
assert "nothing was changed" test "$(keys)" = "$before"
expect_exit 0 novark restore --resume --root "$ROOT" --yes
assert "the keys are others again" test "$(keys)" = "$after"
expect_exit 0 novark verify "${move[@]}"
