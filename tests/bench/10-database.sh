#!/bin/bash
# Snapshot of a large site's rows, against mydumper with two threads and against
# mysqldump piped to zstd, all at the same server: it has the rows in memory, so
# that no disk is measured.
. "$(dirname "$0")/bench.sh"
. "$top/tests/bench/site_rows.sh"
DB_ARGS=(--innodb-buffer-pool-size=1G --innodb-log-file-size=256M --skip-innodb-doublewrite)
site_new files db

# A site of N instances and nothing else, six rows for each.
fill() { # N
	sql 'DROP DATABASE IF EXISTS nova'
	site_rows "$1"
}

ours="rm -f '$TMPDIR/b'; exec '$NOVARK' snapshot --quiet --output '$TMPDIR/b' --sign '$KEY' ${SITE_ARGS[*]}"
count=$(sized 2500 50000)
fill "$count"
# It may end with 0 whatever happened: the rows are counted.
theirs="rm -rf '$TMPDIR/m'; mkdir '$TMPDIR/m'; exec mydumper --defaults-file='$CNF' -t 2 -c -B nova -o '$TMPDIR/m'"
pair "snapshot, database: $((count * 6)) rows" "mydumper -t 2 -c" 1.0
rows=$("$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --json |
    jq '[.bundles[0].items[].table.rows?] | add')
assert_equal "every row is in the bundle" "$((count * 6 + 1))" "$rows"
assert_equal "every row is in the dump" "$rows" \
    "$(gzip -dc "$TMPDIR"/m/nova.*.sql.gz | grep -c '^,\?(')"
tell "database: bundle $(stat -c %s "$TMPDIR/b") bytes, mydumper $(cat "$TMPDIR"/m/* | wc -c) bytes, $(
    "$NOVARK" audit "$TMPDIR/b" --trust "$PUB" --json | jq '.bundles[0].items | map(.size) | add') unpacked"
theirs="mysqldump --defaults-file='$CNF' --single-transaction nova | zstd -q -f -o '$TMPDIR/d.zst'"
pair "snapshot, database: $((count * 6)) rows" "mysqldump | zstd" ""
assert_equal "every row is in the other dump" "$rows" \
    "$(zstd -dc "$TMPDIR/d.zst" | grep -c '^,\?(')"

for rows in 1000 10000 $(sized 100000 '100000 1000000'); do
	fill $((rows / 6))
	grow "snapshot, database, rows" "$rows"
done
