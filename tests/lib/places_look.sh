# places_look.sh: what became of the places that places.sh has planted.
#
#   places_count [FATE...]    how many places (of the fates changed, held,
#                             history, decoy)
#   places_look old|new       $PLACES/seen: numbers of those that hold that value
#   places_found FIND.JSON    what an audit --find said: every place, no decoy
#   places_counted TEXT       what a snapshot said: those that it only counted
#   places_held PLAN.JSON     what a plan said: each that is held, with its reason;
#                             and what is derived, among the changes
#   places_prove              the site against $PLACES/expected, place by place
#                             and whole; prints the figure
# shellcheck shell=bash disable=SC2034,SC2154

places_count() { # [FATE...]
	awk -F'\t' -v fates=" ${*:-changed held history counted decoy} " \
	    'index(fates, " " $2 " ") { n++ } END { print n + 0 }' "$PLACES/table"
}

# How many places of some fates are in a list of numbers.
places_among() { # LIST FATE...
	awk -F'\t' -v fates=" ${*:2} " '
	FILENAME == ARGV[1] { seen[$1] = 1; next }
	index(fates, " " $2 " ") && $1 in seen { n++ }
	END { print n + 0 }' "$PLACES/$1" "$PLACES/table"
}

# The places of some fates that are not in a list end the scenario by name.
places_lack() { # LIST FATES WHAT
	awk -F'\t' -v fates=" $2 " '
	FILENAME == ARGV[1] { seen[$1] = 1; next }
	index(fates, " " $2 " ") && !($1 in seen) {
		print "# " $9 " " $4 " (" $6 "): " substr($7, 1, 70)
	}' "$PLACES/$1" "$PLACES/table" >"$PLACES/log"
	if [ -s "$PLACES/log" ]; then
		cat "$PLACES/log"
		# Words on purpose.
		# shellcheck disable=SC2086
		fail "$(wc -l <"$PLACES/log") of $(places_count $2) places are not $3"
	fi
	# shellcheck disable=SC2086
	ok "all $(places_count $2) places are $3"
}

# Into $PLACES/seen: the numbers of the places that hold their old or new value.
places_look() { # old|new
	local n path key value
	{
		places_sql "$1" look | sql
		awk -F'\t' -v which="$1" -v root="$ROOT" -v OFS='\t' '
		FILENAME == ARGV[1] { line[$1] = $2; next }
		$3 == "file" {
			path = root (which == "old" ? $4 : $5)
			want = which == "old" ? $7 : $8
			if ($6 == "name" || $6 == "folder") {
				if (system("test -e \"" path "\"") == 0) print $1
				next
			}
			n = 0
			while (n < line[$1] && (getline text <path) > 0) n++
			close(path)
			if ($6 ~ /^\[/) sub(/^[^=]* = /, "", text)
			if (n == line[$1] && text == want) print $1
		}' "$PLACES/lines" "$PLACES/table"
		awk -F'\t' '$3 ~ /^(domain|virt)$/ { print $1 "\t" $4 "\t" $6 }' \
		    "$PLACES/table" | while IFS=$'\t' read -r n path key; do
			value=$(places_value "$path" "$key") && [ -n "$value" ] || continue
			# When planted there is nothing yet to compare it with.
			[ "$1" = old ] || [ "$value" = \
			    "$(places_value "$path" "$key" "$PLACES/expected")" ] || continue
			echo "$n"
		done
	} >"$PLACES/seen"
}

# The name that novark has for each place: number, item, label.
places_names() {
	awk -F'\t' '
	function ident(s) { return "`" s "`" }
	FILENAME == ARGV[1] { keys[$1] = $2; next }
	$3 == "row" {
		split($4, p, ".")
		print "SELECT " $1 ", CONCAT(\047row:" p[1] "." p[2] ":\047, CONCAT_WS(\047,\047, " \
		    keys[p[1] "." p[2]] ")), \047" p[3] "\047 FROM " ident(p[1]) "." ident(p[2]) \
		    " WHERE " $6 ";"
	}' <(sql "SELECT CONCAT(table_schema, '.', table_name),
	    GROUP_CONCAT('\`', column_name, '\`' ORDER BY ordinal_position)
	    FROM information_schema.key_column_usage WHERE constraint_name = 'PRIMARY'
	    GROUP BY 1") "$PLACES/table" | sql
	awk -F'\t' -v OFS='\t' '
	FILENAME == ARGV[1] { line[$1] = $2; next }
	$3 == "file" {
		label = $6 == "folder" ? "name" : $6 == "line" || $2 == "comment" ? "line " line[$1] : $6
		print $1, "file:" $4, label
	}
	$3 ~ /^(domain|virt)$/ { print $1, $4, $6 }
	$3 == "account" { print $1, $4 "@" $7, "" }' "$PLACES/lines" "$PLACES/table"
}

# Hold what novark said ("item place reason" lines) against the table.  Into
# $PLACES/OUT: numbers of the places that it named, and for which reason.
places_named() { # SAID OUT
	awk -F'\t' '
	FILENAME == ARGV[1] {
		n = ++said[$1]
		place[$1, n] = $2
		why[$1, n] = $3
		next
	}
	{
		for (i = 1; i <= said[$2]; i++)
			if ($3 == "" || place[$2, i] == $3 || index(place[$2, i], $3 " ") == 1) {
				print $1 "\t" why[$2, i]
				break
			}
	}' "$1" "$PLACES/names" >"$PLACES/$2"
}

places_found() { # FIND.JSON
	places_names >"$PLACES/names"
	jq -r '.bundles[0].places[] | [.item, .place, .held // ""] | @tsv' "$1" \
	    >"$PLACES/said"
	places_named "$PLACES/said" found
	# Made of an address: a plan has to tell of those.
	awk -F'\t' '$9 == "derived" { print $1 }' "$PLACES/table" >>"$PLACES/found"
	places_lack found 'changed held history' "found by audit --find"
	awk -F'\t' 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $2 == "decoy" && $1 in seen { print "# " $4 " " $6 ": " $7 }' \
	    "$PLACES/found" "$PLACES/table" >"$PLACES/log"
	[ ! -s "$PLACES/log" ] || { cat "$PLACES/log"; fail "decoys are found"; }
	ok "no decoy is found"
	jq -r '.bundles[0].places[] | select(.kind != null) | [.item, .place] | @tsv' \
	    "$1" >"$PLACES/said"
	places_named "$PLACES/said" kinds
	awk -F'\t' 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $9 ~ /^(outside|derived)$/ || $3 == "account" { print $1 }' /dev/null "$PLACES/table" >>"$PLACES/kinds"
	places_lack kinds 'changed held history' "of a kind that has a name, or outside of all"
}

# Of each table with such places that many rows, and each file.
places_counted() { # TEXT
	awk -F'\t' '
	$2 == "counted" && $3 == "file" { print $4 ": an image that holds an address" }
	$2 == "counted" && $3 == "row" {
		sub(/\.[^.]*$/, "", $4)
		if (!seen[$4, $6]++) rows[$4]++
	}
	END { for (t in rows) print "table:" t ": " rows[t] " rows hold an address" }' \
	    "$PLACES/table" | sort >"$PLACES/want"
	grep -oFf "$PLACES/want" "$1" | sort -u >"$PLACES/log" || :
	assert_equal "what is not captured is told of" \
	    "$(cat "$PLACES/want")" "$(cat "$PLACES/log")"
	awk -F'\t' '$2 == "counted" { print $1 }' "$PLACES/table" >>"$PLACES/found"
}

places_held() { # PLAN.JSON
	jq -r '.held[] | [.item, .place, .name] | @tsv' "$1" >"$PLACES/said"
	places_named "$PLACES/said" held
	places_lack held held "reported as held"
	awk -F'\t' '
	FILENAME == ARGV[1] { why[$1] = $2; next }
	$2 != "held" { next }
	{ want = $9 == "C" ? "tenant" : $9 == "H" ? "host" : $9 }
	why[$1] != want { print "# " $4 " (" $6 "): " why[$1] ", not " want }' \
	    "$PLACES/held" "$PLACES/table" >"$PLACES/log"
	[ ! -s "$PLACES/log" ] || { cat "$PLACES/log"; fail "other reasons than expected"; }
	ok "each for its reason"
	jq -r '.changes[] | [.item, (.cells[].diff // .cells[].after // "" |
	    @json)] | @tsv' "$1" >"$PLACES/said"
	awk -F'\t' '$9 == "derived" { print $4 "\t" $6 }' "$PLACES/table" |
	while IFS=$'\t' read -r item place; do
		assert "the plan changes $item $place" grep -qF "$item" "$PLACES/said"
	done
}

places_prove() {
	local n found wrong changed
	rm -rf "$PLACES/after"
	places_dump "$PLACES/after"
	places_look new
	{
		diff "$PLACES/expected/rows" "$PLACES/after/rows" || :
		diff "$PLACES/expected/accounts" "$PLACES/after/accounts" || :
		diff "$PLACES/expected/modes" "$PLACES/after/modes" || :
		diff -r "$PLACES/expected/root" "$PLACES/after/root" || :
		[ -z "${DEFS:-}" ] || diff -r "$PLACES/expected/domains" "$PLACES/after/domains" || :
		[ -z "${DEFS:-}" ] || diff -r "$PLACES/expected/beside" "$PLACES/after/beside" || :
	} >"$PLACES/differs"
	wrong=$(grep -c '^>\|^Only in .*/after' "$PLACES/differs" || :)
	n=$(places_count changed held history counted)
	found=$(places_among found changed held history counted)
	changed=$(places_among seen changed)
	echo "# figure: places planted $n / found $found / changed $changed of" \
	    "$(places_count changed) / wrongly changed $wrong; held" \
	    "$(places_count held), history $(places_count history counted)," \
	    "decoys $(places_count decoy)"
	if [ -s "$PLACES/differs" ]; then
		cut -c1-400 "$PLACES/differs" | head -n 60 | sed 's/^/# /'
		fail "not all is as it has to be"
	fi
	assert_equal "every place is found" "$n" "$found"
	assert_equal "every place of class A and B holds its new value" \
	    "$(places_count changed)" "$changed"
	assert_equal "nothing else changed in any table, file or definition" 0 "$wrong"
}
