#!/bin/bash
# takes long
# Nothing overlooked: the node's address in every text column of every table that
# OpenStack's own programs have made, known to novark or not.  A snapshot has to
# find each; a restore changes just those that its plan names, and tells of the
# others that they are held, or are history.
. "$(dirname "$0")/lib/lib.sh"
. "$lib/places.sh"
. "$lib/zed.sh"
ZED_PARTS='files db'
OLD=10.2.116.14 NEW=10.2.15.3

# One row for each table, as SQL.  Cells are left out: what they name is opened
# (scenario 51 has them).
every_row() {
	sql "SELECT c.table_schema, c.table_name, c.column_name,
	    c.data_type, IFNULL(c.character_maximum_length, 0), c.column_type
	    FROM information_schema.columns c JOIN information_schema.tables t
	    USING (table_schema, table_name) WHERE t.table_type = 'BASE TABLE'
	    AND c.table_schema IN ('${ZED_SCHEMAS// /\',\'}')
	    AND c.table_name NOT IN ('cell_mappings', 'alembic_version',
	    'alembic_version_api', 'alembic_version_main', 'alembic_version_neutron')
	    AND c.generation_expression IS NULL
	    ORDER BY 1, 2, c.ordinal_position" | awk -F'\t' -v old="$OLD" '
	function flush() {
		if (table != "")
			print "INSERT INTO " table " (" names ") VALUES (" values ");"
	}
	{
		t = "`" $1 "`.`" $2 "`"
		if (t != table) {
			flush()
			table = t
			names = values = ""
		}
		if ($3 == "deleted") v = 0
		else if ($3 == "deleted_at") v = "NULL"
		else if ($4 ~ /char|text|json/)
			v = "\047" ($5 >= length(old) ? old : substr("x", 1, $5)) "\047"
		else if ($4 == "enum") {
			v = $6
			gsub(/^enum\(|,.*$|\)$/, "", v)
		} else if ($4 ~ /date|time/) v = "\0472023-05-04 03:12:44\047"
		else if ($4 ~ /blob|binary/) v = "0x00"
		else v = $4 == "tinyint" ? 1 : 901
		names = names (names == "" ? "" : ", ") "`" $3 "`"
		values = values (values == "" ? "" : ", ") v
	}
	END { flush() }'
}

# What stands in each column that was planted: "schema.table.column old|new|gone".
every_column() {
	awk -F'[`]' '{
		split($0, part, /[()]/)
		n = split(part[2], name, /`, `/)
		m = split(part[4], value, /, /)
		for (i = 1; i <= n; i++) {
			gsub(/`/, "", name[i])
			if (value[i] == "\047" old "\047")
				print "SELECT \047" $2 "." $4 "." name[i] "\047, CASE" \
				    " WHEN SUM(BINARY `" name[i] "` = \047" new "\047) THEN \047new\047" \
				    " WHEN SUM(BINARY `" name[i] "` = \047" old "\047) THEN \047old\047" \
				    " ELSE \047gone\047 END FROM `" $2 "`.`" $4 "`;"
		}
	}' old="$OLD" new="$NEW" "$SITE/every.sql" | sql | LC_ALL=C sort
}

zed_new
zed_files
every_row >"$SITE/every.sql"
(echo "SET foreign_key_checks = 0;"; cat "$SITE/every.sql") | sql
every_column >"$TMPDIR/before"
n=$(wc -l <"$TMPDIR/before")
assert_equal "$n columns are planted" "$n" "$(grep -c 'old$' "$TMPDIR/before")"
places_dump "$TMPDIR/then"

bundle=$TMPDIR/site.bundle
move=("$bundle" --trust "$PUB" --map "$OLD = $NEW" "${SITE_ARGS[@]}")
expect_exit 0 site_snapshot "$bundle"
# Tables of which the snapshot said that they are history, and how many rows.
sed -n 's/^novark: table:\([^:]*\): [0-9]* rows\? .*counted, not captured.*/\1/p' "$ERR" |
    LC_ALL=C sort >"$TMPDIR/counted"
expect_exit 0 novark audit "$bundle" --trust "$PUB" --json --find "$OLD"
jq -r '.bundles[0].places[] | select(.item | startswith("row:")) |
    (.item | sub("^row:"; "") | sub(":.*"; "")) + "." + (.place | sub(" .*"; ""))' \
    "$OUT" | LC_ALL=C sort -u >"$TMPDIR/found"
expect_exit 0 novark restore "${move[@]}" --dry-run --json
jq -r '.changes[] | select(.kind == "row") |
    (.item | sub("^row:"; "") | sub(":.*"; "")) + "." + .cells[].name' \
    "$OUT" | LC_ALL=C sort -u >"$TMPDIR/changes"
jq -r '.held[] | select(.item | startswith("row:")) |
    (.item | sub("^row:"; "") | sub(":.*"; "")) + "." + (.place | sub(" .*"; ""))' \
    "$OUT" | LC_ALL=C sort -u >"$TMPDIR/held"

# Tables with places that the plan leaves alone as history, and counts.
jq -r '.history[].item | sub("^table:"; "")' "$OUT" >"$TMPDIR/past"

# Found or counted: every one.
awk 'FILENAME == ARGV[1] { counted[$1] = 1; next }
    FILENAME == ARGV[2] { found[$1] = 1; next }
    { t = $1; sub(/\.[^.]*$/, "", t) }
    !($1 in found) && !(t in counted) { print "# " $1 }' \
    "$TMPDIR/counted" "$TMPDIR/found" "$TMPDIR/before" >"$TMPDIR/overlooked"
if [ -s "$TMPDIR/overlooked" ]; then
	head -n 40 "$TMPDIR/overlooked"
	fail "$(wc -l <"$TMPDIR/overlooked") of $n columns are overlooked"
fi
ok "none of $n columns is overlooked"

expect_exit 0 novark restore "${move[@]}" --yes
every_column >"$TMPDIR/after"
assert_equal "what the plan named has changed, and nothing else" \
    "$(cat "$TMPDIR/changes")" "$(awk '$2 == "new" { print $1 }' "$TMPDIR/after")"
assert_equal "no value is lost" '' "$(awk '$2 == "gone"' "$TMPDIR/after")"
assert_equal "what did not change is held, or history" '' "$(awk '
    FILENAME == ARGV[1] { counted[$1] = 1; next }
    FILENAME == ARGV[2] { held[$1] = 1; next }
    { t = $1; sub(/\.[^.]*$/, "", t) }
    $2 == "old" && !($1 in held) && !(t in counted) { print $1 }' \
    <(cat "$TMPDIR/counted" "$TMPDIR/past") "$TMPDIR/held" "$TMPDIR/after")"
places_dump "$TMPDIR/now"
sed "s/${NEW//./\\.}/$OLD/g" "$TMPDIR/now/rows" | LC_ALL=C sort >"$TMPDIR/back"
assert_same "$TMPDIR/then/rows" "$TMPDIR/back"
echo "# columns $n in $(grep -c . "$SITE/every.sql") tables / found" \
    "$(wc -l <"$TMPDIR/found") / history, counted" \
    "$(grep -cFf <(sed 's/$/./' "$TMPDIR/counted") "$TMPDIR/before") / changed" \
    "$(wc -l <"$TMPDIR/changes") / held $(wc -l <"$TMPDIR/held")"
expect_exit 0 novark verify "${move[@]}"
