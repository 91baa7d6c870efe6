#!/bin/bash
# Rows of a bundle into a server: 4 of 6 change by one map, against the operator's
# UPDATE ... REPLACE(); all are absent and inserted, against myloader.  Each run
# starts from the same rows.
. "$(dirname "$0")/bench.sh"
. "$(dirname "$0")/site_rows.sh"
. "$(dirname "$0")/kept_rows.sh"
need mydumper myloader
NEW=10.2.15.3
site_new files db
bundle=$TMPDIR/b state=$TMPDIR/state
restore="'$NOVARK' restore '$bundle' --trust '$PUB' --map $OLD=$NEW ${SITE_ARGS[*]} ${WAIVE[*]} --no-files --state-dir '$state' --yes"
again="--state-dir '$state' --yes"
client="mariadb --defaults-file='$CNF' nova"
same="UPDATE volumes SET provider_location = REPLACE(provider_location, '$OLD', '$NEW');
UPDATE block_device_mapping SET connection_info = REPLACE(connection_info, '$OLD', '$NEW')"
echo "$same" >"$TMPDIR/replace.sql"
theirs="$client <'$TMPDIR/replace.sql'"

# A site of N instances, captured; what brings its rows back.
site_of() { # N
	rows_keep "$1"
	rm -f "$bundle"
	novark snapshot --output "$bundle" --sign "$KEY" "${SITE_ARGS[@]}" \
	    >"$TMPDIR/snapshot.log" 2>&1 || { show "$TMPDIR/snapshot.log"; fail snapshot; }
	rows_back >"$TMPDIR/back.sql"
	rows_out >"$TMPDIR/out.sql"
	back="rm -rf '$state'; $client <'$TMPDIR/back.sql'"
	out="rm -rf '$state'; $client <'$TMPDIR/out.sql'"
}

both_same() { # WHAT
	local n
	for n in ours theirs; do
		timed_$n
		rows_digest >"$TMPDIR/$n.digest"
	done
	assert_same "$TMPDIR/ours.digest" "$TMPDIR/theirs.digest"
	ok "$1"
}

count=$(sized 500 50000)
site_of "$count"
ours="$restore >'$TMPDIR/restore.log'"
before_ours=$back before_theirs=$back
both_same "the same rows are changed"
pair "restore: $((4 * count)) of $((6 * count)) rows change" "UPDATE ... REPLACE()" 3

mydumper --defaults-file="$CNF" -t 2 -m -B kept -o "$TMPDIR/dump" >"$TMPDIR/dump.log" 2>&1
theirs="myloader --defaults-file='$CNF' -t 2 -B nova -d '$TMPDIR/dump'"
before_ours=$out before_theirs=$out after_theirs="$client <'$TMPDIR/replace.sql'"
both_same "the same rows are inserted"
after_theirs=''
pair "restore: $((6 * count)) rows absent" "myloader -t 2" 1.2

# Cut while the last row is changed, which another session holds.
cut="$back
(echo 'BEGIN; SELECT id FROM block_device_mapping ORDER BY id DESC LIMIT 1 FOR UPDATE; SELECT SLEEP(600)' |
    exec $client >/dev/null 2>&1) & locker=\$!
sleep 0.3
$restore >/dev/null 2>'$TMPDIR/cut.err' & cut=\$!
until grep -q 'apply: row:nova.block' '$TMPDIR/cut.err' || ! kill -0 \$cut; do sleep 0.2; done
sleep 2
kill -KILL \$cut
kill \$locker || :
wait || :
$client -N -e 'SELECT CONCAT(\"KILL \", id, \";\") FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user = \"root\"' >'$TMPDIR/kill.sql'
$client -f <'$TMPDIR/kill.sql' || :"

read -ra sizes <<<"$(sized '25 250' '250 2500 25000 250000')"
for n in "${sizes[@]}"; do
	site_of "$n"
	ours="$restore >'$TMPDIR/restore.log'"
	before_ours=$back
	grow "restore: rows that change" $((4 * n))
	[ "$n" -lt 100000 ] || break
	before_ours="$back; $restore >'$TMPDIR/restore.log'"
	ours="'$NOVARK' restore --undo $again >'$TMPDIR/restore.log'"
	grow "restore --undo: rows that change" $((4 * n))
	before_ours=$cut
	ours="'$NOVARK' restore --resume $again >'$TMPDIR/restore.log'"
	grow "restore --resume: rows that change" $((4 * n))
	before_ours=$out
	ours="$restore >'$TMPDIR/restore.log'"
	grow "restore: rows absent" $((6 * n))
done
