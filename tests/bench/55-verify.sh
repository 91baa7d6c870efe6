#!/bin/bash
# Verify with its leftover scan, against reading the same rows and files once.
. "$(dirname "$0")/bench.sh"
. "$(dirname "$0")/site_rows.sh"
. "$(dirname "$0")/kept_rows.sh"
need mydumper
NEW=10.2.15.3
site_new files db
bundle=$TMPDIR/b
args="'$bundle' --trust '$PUB' --map $OLD=$NEW ${SITE_ARGS[*]}"
ours="'$NOVARK' verify $args >'$TMPDIR/verify.log'"
theirs="mydumper --defaults-file='$CNF' -t 2 -B nova -o '$TMPDIR/dump'; find '$ROOT' -type f -exec cat {} + >/dev/null"
before_theirs="rm -rf '$TMPDIR/dump'"

# A site of N instances, captured and restored.
site_of() { # N
	rm -rf "$bundle" "$ROOT" "$TMPDIR/state"
	mkdir -p "$ROOT/etc"
	rows_keep "$1"
	# No more than a manifest takes.
	site_files "$(($1 > 200000 ? 20000 : $1 / 10))"
	novark snapshot --output "$bundle" --sign "$KEY" "${SITE_ARGS[@]}" \
	    >"$TMPDIR/snapshot.log" 2>&1 || { show "$TMPDIR/snapshot.log"; fail snapshot; }
	sh -ec "'$NOVARK' restore $args ${WAIVE[*]} --state-dir '$TMPDIR/state' --yes" \
	    >"$TMPDIR/restore.log" 2>&1 || { show "$TMPDIR/restore.log"; fail restore; }
}

count=$(sized 500 50000)
site_of "$count"
pair "verify: $((6 * count)) rows, $((count / 10)) files" "mydumper -t 2, cat" 1.2
assert_equal "every row was read" \
    "$(sql nova "$(printf 'SELECT COUNT(*) FROM %s UNION ALL ' "${rows_tables[@]}") SELECT 0" | awk '{ n += $1 } END { print n }')" \
    "$(for table in "${rows_tables[@]}"; do cat "$TMPDIR/dump/nova.$table"*.sql; done | grep -c '^[(,]')"

read -ra sizes <<<"$(sized '25 250' '250 2500 25000 250000')"
for n in "${sizes[@]}"; do
	site_of "$n"
	grow "verify: rows" $((6 * n))
done
