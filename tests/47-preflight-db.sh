#!/bin/bash
# What makes rows unsafe to write is found before the first of them is: all of it
# at once, each with the object, what is wrong and what to do.  No row changes.
. "$(dirname "$0")/lib/lib.sh"

site_new files db
story_load 3
# Addresses that must differ, one that just fits, a name that is not ASCII.
sql nova "ALTER TABLE floating_ips ADD UNIQUE KEY uniq_address (address, deleted);
    UPDATE floating_ips SET address = CONCAT('10.2.200.', id), deleted = 0;
    ALTER TABLE networks MODIFY dns1 VARCHAR(12)"
sql keystone "UPDATE endpoint SET extra = '{\"publicurl\": \"http://$OLD/caf\u00e9\", \"x\": \"é\"}'
    ORDER BY id LIMIT 1"
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
base=("$TMPDIR/b" --trust "$PUB" "${SITE_ARGS[@]}" --no-files)
move=("${base[@]}" --map-file "$TMPDIR/map")
site_rows >"$TMPDIR/rows"
rows_as() { # FILE: they are as in it
	site_rows >"$TMPDIR/now"
	assert_same "$1" "$TMPDIR/now"
}
# The last run told a finding: its name, how its item begins, words of its text.
assert_finding() { # NAME ITEM TEXT...
	local text
	for text in "${@:3}"; do
		assert_contains "$OUT" "$text"
		# shellcheck disable=SC2016
		assert "$1 of $2: $text" jq -e --arg name "$1" --arg item "$2" \
		    --arg text "$text" '[.. | objects | select(.name? == $name and
			(.item? // "" | startswith($item)) and
			(.text? // "" | contains($text)))] | length > 0' "$TMPDIR/json"
	done
}
unsafe() { # ARGUMENT...: the preflight finds something
	expect_exit 6 novark restore "$@" --preflight --json
	cp "$OUT" "$TMPDIR/json"
	expect_exit 6 novark restore "$@" --preflight
}
safe() {
	expect_exit 0 novark restore "$@" --preflight
}
safe "${move[@]}"

# Tables and columns: all that differ, in one run.
sql nova "RENAME TABLE virtual_interfaces TO gone;
    ALTER TABLE volumes DROP COLUMN provider_auth;
    ALTER TABLE networks MODIFY dns1 VARCHAR(39)"
unsafe "${move[@]}"
assert_finding table-missing table:nova.virtual_interfaces \
    "has no table nova.virtual_interfaces that this login may read" \
    "nova-manage db sync" "--not 'table:nova.virtual_interfaces'"
assert_finding column-missing table:nova.volumes \
    "nova.volumes has no column provider_auth here, captured as varchar(256)" \
    "nova-manage db sync"
assert_finding column-type table:nova.networks \
    "dns1 is varchar(39) here, was varchar(12)" "--not 'table:nova.networks'"
sql nova "RENAME TABLE gone TO virtual_interfaces;
    ALTER TABLE networks MODIFY dns1 VARCHAR(12);
    ALTER TABLE volumes ADD COLUMN provider_auth VARCHAR(256) AFTER provider_location"

# A character set that is narrower matters where a value needs more.
sql keystone "DELETE FROM endpoint; ALTER TABLE endpoint MODIFY extra TEXT CHARACTER SET latin1"
unsafe "${move[@]}"
assert_finding charset row:keystone.endpoint: \
    "its character set here is latin1, was utf8" "leaves the row out"
assert "one value only" test "$(grep -c "character set here" "$OUT")" -eq 1
sql keystone "ALTER TABLE endpoint MODIFY extra TEXT CHARACTER SET utf8"

# A value that is longer than its column.
unsafe "${base[@]}" --map "$OLD=10.200.100.130"
assert_finding too-long row:nova.networks:1 \
    "it has 14 bytes, varchar(12) takes 12 characters" "--not 'row:nova.networks:1'"

# Unique keys: of a row here, which stays, or swaps with this one; of a row that is
# to be made, of two that the map makes alike.  NULL is equal to nothing.
sql nova "INSERT INTO floating_ips (id, address, deleted) VALUES (90, '10.2.201.1', 0);
    INSERT INTO floating_ips (id, address, deleted) VALUES (91, '10.2.201.2', NULL)"
unsafe "${base[@]}" --map 10.2.200.0/24=10.2.201.0/24
assert_finding unique-key row:nova.floating_ips:1 \
    "unique key uniq_address (address, deleted): row:nova.floating_ips:90 has these values here" \
    "--not 'row:nova.floating_ips:1'"
assert_lacks "$OUT" "row:nova.floating_ips:91"
assert_lacks "$OUT" "row:nova.floating_ips:2:"
unsafe "${base[@]}" --map 10.2.200.1=10.2.200.2
assert_finding unique-key row:nova.floating_ips:1 \
    "row:nova.floating_ips:2 has these values here: change or remove"
safe "${base[@]}" --map 10.2.200.1=10.2.200.2 --map 10.2.200.2=10.2.200.9
safe "${base[@]}" --map 10.2.200.2=10.2.200.1 --map 10.2.200.1=10.2.200.9
unsafe "${base[@]}" --map 10.2.200.1=10.2.200.2 --map 10.2.200.2=10.2.200.1
assert_finding unique-key row:nova.floating_ips:1 \
    "row:nova.floating_ips:2 has these values here, and waits in turn for this one"
unsafe "${base[@]}" --map 10.2.200.1=10.2.200.9 --map 10.2.200.2=10.2.200.9
assert_finding unique-key row:nova.floating_ips:2 \
    "row:nova.floating_ips:1 is to have the same values: correct the map"
sql nova "DELETE FROM floating_ips WHERE id IN (1, 2, 90, 91);
    INSERT INTO floating_ips (id, address, deleted) VALUES (92, '10.2.200.2 ', 0)"
unsafe "${base[@]}" --map 10.2.200.1=10.2.200.9
assert_finding unique-key row:nova.floating_ips:2 \
    "row:nova.floating_ips:92 has these values here"
assert_lacks "$OUT" "row:nova.floating_ips:1:"
safe "${base[@]}" --map 10.2.200.1=10.2.200.9 --not row:nova.floating_ips:2

# A column that the bundle does not fill: rows that are to be made need it.
sql nova "DELETE FROM floating_ips WHERE id = 92;
    ALTER TABLE floating_ips ADD zone VARCHAR(9) NOT NULL, ADD n INT NOT NULL DEFAULT 1"
unsafe "${base[@]}"
assert_finding no-default table:nova.floating_ips \
    "zone is not in the bundle and has no default here" "ALTER TABLE nova.floating_ips"
assert_lacks "$OUT" "n is not in the bundle"
sql nova "ALTER TABLE floating_ips DROP zone, DROP n"
safe "${base[@]}"

# An engine without transactions may be let pass; a trigger is worth a note.
sql nova "ALTER TABLE floating_ips DROP FOREIGN KEY floating_ips_ibfk_1;
    ALTER TABLE floating_ips ENGINE=MyISAM;
    CREATE TRIGGER tg_floating BEFORE INSERT ON floating_ips FOR EACH ROW SET @x = 1;
    CREATE TRIGGER tg_never BEFORE DELETE ON floating_ips FOR EACH ROW SET @x = 1"
unsafe "${base[@]}"
assert_finding no-transactions table:nova.floating_ips \
    "MyISAM, has no transactions" "ENGINE=InnoDB" "--force-preflight no-transactions"
safe "${base[@]}" --force-preflight no-transactions
expect_exit 0 novark restore "${base[@]}" --force-preflight no-transactions --dry-run
assert_contains "$OUT" "its trigger tg_floating (at each INSERT) runs"
assert_lacks "$OUT" "tg_never"
sql nova "DROP TRIGGER tg_floating; DROP TRIGGER tg_never;
    ALTER TABLE floating_ips ENGINE=InnoDB"

# Rights, and a server that takes no changes: asked for, not tried.
sql nova "CREATE USER reader IDENTIFIED BY 'r3ader-Pass';
    GRANT SELECT ON *.* TO reader;
    GRANT INSERT, UPDATE, DELETE ON keystone.* TO reader;
    GRANT INSERT ON nova.* TO reader"
(
	umask 077
	sed -e 's/^user=.*/user=reader/' -e 's/^password=.*/password=r3ader-Pass/' \
	    "$CNF" >"$TMPDIR/reader.cnf"
)
reader=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" --root "$ROOT"
    --no-libvirt --no-files --defaults-file "$TMPDIR/reader.cnf")
site_rows >"$TMPDIR/rows2"
unsafe "${reader[@]}"
assert_finding privilege table:nova.networks "UPDATE command denied" \
    "GRANT UPDATE" "--defaults-file"
assert_finding privilege table:nova.floating_ips "DELETE command denied" "--undo"
assert_lacks "$OUT" "table:keystone.endpoint"
assert_lacks "$OUT" "INSERT command denied"
assert_lacks "$OUT" r3ader-Pass
sql nova "GRANT ALL ON nova.* TO reader; GRANT ALL ON glance.* TO reader"
safe "${reader[@]}"
sql mysql "SET GLOBAL read_only = 1"
unsafe "${reader[@]}"
assert_finding read-only table: "takes no changes" "--read-only"
assert "said once a server" test "$(grep -c "takes no changes" "$OUT")" -eq 1
safe "${move[@]}"
sql mysql "SET GLOBAL read_only = 0"
rows_as "$TMPDIR/rows2"

# What was green is made.
expect_exit 0 novark restore "${reader[@]}" --yes
expect_exit 0 novark verify "${reader[@]}"
