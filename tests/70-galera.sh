#!/bin/bash
# A restore of rows to a Galera cluster, while others write to the same tables
# on its other node, and while the node goes away and comes back.
. "$(dirname "$0")/lib/lib.sh"
host_alone
need strace
. "$lib/galera.sh"
site_new files db
story_load 4
expect_exit 0 site_snapshot "$TMPDIR/b"
story_move "$TMPDIR/map"
state=$TMPDIR/state
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}"
    --no-files --state-dir "$state" --yes)
site_rows >"$TMPDIR/before"
galera_new

# What both nodes have, without what others have written.
rows_are() { # FILE
	local n
	on b "DELETE FROM nova.volumes WHERE id LIKE 'theirs-%'"
	on b "UPDATE nova.networks SET rxtx_base = NULL"
	for n in a b; do
		on "$n" "SET SESSION wsrep_sync_wait = 15; SELECT 1" >"$OUT"
		CNF=$GALERA/$n.cnf site_rows >"$TMPDIR/rows-$n"
		assert_same "$1" "$TMPDIR/rows-$n"
	done
}

undo() {
	expect_exit 0 novark restore --undo --yes --state-dir "$state"
	rows_are "$TMPDIR/before"
}

# Another client: new rows and other rows of the tables, on node b, for as long
# as $TMPDIR/writing is there.
write_on_b() {
	local n=0
	while [ -e "$TMPDIR/writing" ] && [ "$n" -lt 500 ]; do
		n=$((n + 1))
		on b "INSERT INTO nova.volumes (id, size) VALUES ('theirs-$n', $n);
		    UPDATE nova.volumes SET size = size + 1 WHERE id LIKE 'theirs-%'" \
		    2>/dev/null || :
		sleep 0.05
	done
}

writer_start() {
	touch "$TMPDIR/writing"
	write_on_b &
	writer=$!
}

writer_stop() {
	rm "$TMPDIR/writing"
	wait "$writer"
	assert "another client wrote all the time" [ "$(on b "SELECT COUNT(*) FROM
	    nova.volumes WHERE id LIKE 'theirs-%'")" -gt 3 ]
}

restore_start() { # [WRAP...]: in the background
	# shellcheck disable=SC2086
	("$@" ${NOVARK_WRAP:-} "$NOVARK" restore "${move[@]}" ${WAIVE[@]+"${WAIVE[@]}"} \
	    >"$OUT" 2>"$ERR") &
	restoring=$!
}

restore_end() { # CODE
	local code=0
	wait "$restoring" || code=$?
	[ "$code" -eq "$1" ] || show "$ERR"
	assert_equal "the restore's exit code" "$1" "$code"
}

until_said() { # TEXT
	for _ in {1..400}; do
		! grep -qF "$1" "$ERR" || return 0
		sleep 0.05
	done
	show "$ERR"
	fail "'$1' was never said"
}

# The last table's rows take their time, on the node where they are written.
slow() {
	on b "CREATE TRIGGER glance.slow BEFORE UPDATE ON glance.images
	    FOR EACH ROW DO SLEEP(4)"
}
quick() {
	on b "DROP TRIGGER glance.slow"
}

# Nothing disturbs.
expect_exit 0 novark restore "${move[@]}"
assert_contains "$OUT" "restore: done: 14 changes"
CNF=$GALERA/b.cnf site_rows >"$TMPDIR/after"
rows_are "$TMPDIR/after"
assert_lacks "$TMPDIR/after" "$OLD:3260,"
undo

# Certification: all rows are written, the journal is synced, slowly, and before
# the commit another node changes the same rows: a column that the restore
# leaves alone, and one to the very value that the restore gives it.
volume=$(on a "SELECT id FROM nova.volumes WHERE provider_location LIKE
    '$OLD:%' ORDER BY id LIMIT 1")
writer_start
restore_start strace -f -o "$TMPDIR/calls" -e trace=fsync,sendto,write \
    -e inject=fsync:delay_enter=1000000
rows=0
for _ in {1..120}; do
	rows=$(on a "SELECT COALESCE(MAX(trx_rows_modified), 0)
	    FROM information_schema.innodb_trx WHERE trx_state = 'RUNNING'")
	[ "$rows" -ne 14 ] || break
	# What the server tells is a copy, as long as it is asked more often.
	sleep 0.15
done
assert_equal "all rows wait for the commit" 14 "$rows"
on b "UPDATE nova.networks SET rxtx_base = 7;
    UPDATE nova.volumes SET provider_location =
    REPLACE(provider_location, '$OLD', '$NEW') WHERE id = '$volume'"
restore_end 0
writer_stop
assert_contains "$ERR" "error 1213"
assert_contains "$ERR" "its rows are started again from the first"
assert_equal "commits that were tried" 2 \
    "$(grep -c '"\\7\\0\\0\\0\\3COMMIT"' "$TMPDIR/calls")"
assert_contains "$OUT" "restore: done: 14 changes"
assert_equal "the other's change stays" 7 \
    "$(on a "SELECT rxtx_base FROM nova.networks")"
rows_are "$TMPDIR/after"

# The way back, over what others have written beside it; not over what they have
# written to the same place.
on b "UPDATE nova.networks SET rxtx_base = 8"
on b "UPDATE nova.volumes SET provider_location = CONCAT(provider_location, ' x')
    WHERE id = '$volume'"
on a "SET SESSION wsrep_sync_wait = 15; SELECT 1" >"$OUT"
expect_exit 6 novark restore --undo --yes --state-dir "$state"
assert_contains "$OUT" "row:nova.volumes:$volume: column provider_location has"
on b "UPDATE nova.volumes SET provider_location =
    REPLACE(provider_location, ' x', '') WHERE id = '$volume'"
on a "SET SESSION wsrep_sync_wait = 15; SELECT 1" >"$OUT"
undo

# The node that novark speaks to is killed on the way, and comes back.
slow
restore_start
until_said "apply: row:glance.images"
sleep 1
writer_start
galera_kill a
until_said "waiting up to 300 s for the server"
sleep 1
quick
galera_back a
restore_end 0
writer_stop
assert_contains "$ERR" "its rows are started again from the first"
rows_are "$TMPDIR/after"
undo

# It is alive, but has lost its cluster: it takes no statement until it has one.
slow
restore_start
until_said "apply: row:glance.images"
kill -STOP "${GALERA_PID[b]}"
until_said "its rows are started again from the first"
until_said "not yet prepared node"
kill -CONT "${GALERA_PID[b]}"
restore_end 0
rows_are "$TMPDIR/after"
undo
quick

# The operator does not wait for it: nothing is changed; then it is resumed.
slow
restore_start
until_said "apply: row:glance.images"
galera_kill a
until_said "waiting up to 300 s for the server"
kill -TERM "$restoring"
restore_end 1
assert_contains "$ERR" "interrupted"
quick
galera_back a
rows_are "$TMPDIR/before"
expect_exit 0 novark restore "${move[@]}"
rows_are "$TMPDIR/after"
