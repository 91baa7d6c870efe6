# places.sh: plant an address in every place of a table, and look afterwards what
# became of each.  SQL, sed, awk, grep and diff; nothing of novark's but what it
# says, so that the one can be held against the other.
#
# A table of places is a text file, fields separated by tabs (one or more):
#
#   =      NAME  OLD  NEW                a token: @NAME@ in what follows
#   CLASS  PLACE KEY  VALUE  [WANTED]
#
#   CLASS  A B      changed; WANTED, else VALUE with the tokens' new values
#          C        a tenant's own: held         H        a host's name: held
#          comment  in configuration: held       outside  of the catalogue: held
#          inner    base64, gzip: held           history  left alone
#          decoy    looks like it, is not        -        no place, only there
#   PLACE  schema.table.column   KEY: a condition that picks one row
#          /path of a file       KEY: "[section] option", "line" (of text),
#                                "name" (of the file itself; VALUE is not used),
#                                else the place in it; VALUE is put into the
#                                file as "option = VALUE", else as it is, and
#                                lines stand in the file as they do here
#          domain:NAME           KEY: an XPath; VALUE is put into its <devices>
#                                or is its <metadata>, <description>, <title>
#   The path, too, may hold tokens: then the file is to be renamed.
#
#   places_read FILE          the table; errors in it end the scenario
#   places_token NAME OLD NEW a token that has to be computed; before the above
#   places_plant              all of it, where a site stands (site.sh); then
#                             every place is looked up again
#   places_dump FOLDER        all databases, files and definitions, as text
#   places_expect             $PLACES/before and $PLACES/expected: the site as
#                             it stands, and as it has to be
#   places_found FIND.JSON    what an audit --find said, for each place
#   places_held PLAN.JSON     what a plan said of those that are held
#   places_prove              the site against $PLACES/expected, place by place
#                             and whole; prints the figure
# shellcheck shell=bash disable=SC2034,SC2154
PLACES=$TMPDIR/places
mkdir -p "$PLACES"
: >"$PLACES/tokens"

# What may stand in a class's "held" of a plan.
places_reasons='
	reasons["C"] = " tenant "
	reasons["H"] = " host tenant "
	reasons["comment"] = " comment "
	reasons["outside"] = " outside "
	reasons["inner"] = " inner "'

places_token() { # NAME OLD NEW
	printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$PLACES/tokens"
}

# Into $PLACES/table: number, class, kind of store, place before and after, key,
# value before and after.
places_read() { # FILE
	awk -F'\t+' '$1 == "=" { print $2 "\t" $3 "\t" $4 }' "$1" >>"$PLACES/tokens"
	awk -F'\t+' -v OFS='\t' -v name="${1##*/}" '
	function bad(why) { print name ":" FNR ": " why >"/dev/stderr"; failed = 1 }
	function put(text, into,    t) {
		for (t in into)
			while ((at = index(text, "@" t "@")) > 0)
				text = substr(text, 1, at - 1) into[t] \
				    substr(text, at + length(t) + 2)
		if (text ~ /@[A-Z][A-Z0-9]*@/)
			bad("a token that is not known: " text)
		return text
	}
	FILENAME == ARGV[1] { before[$1] = $2; after[$1] = $3; next }
	/^[ \t]*(#|$)/ || $1 == "=" { next }
	$1 !~ /^(A|B|C|H|comment|outside|inner|history|decoy|-)$/ {
		bad("class " $1); next
	}
	NF < 4 || NF > 5 { bad(NF " fields"); next }
	{
		changes = $1 ~ /^[AB]$/
		if ($2 ~ /^\//) kind = "file"
		else if ($2 ~ /^domain:/) kind = "domain"
		else if ($2 ~ /^[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+$/) kind = "row"
		else { bad("place " $2); next }
		old = put($4, before)
		new = old
		if (changes)
			new = NF == 5 ? put($5, after) : put($4, after)
		if (changes && old == new && $3 != "name")
			bad("nothing would change")
		print ++n, $1, kind, put($2, before), put($2, after), $3, old, new
	}
	END { exit failed }' "$PLACES/tokens" "$1" >"$PLACES/table" ||
	    fail "the table of places"
}

# One statement a place, as FORM says: UPDATE to the old or new values, or a
# SELECT of the numbers of those that stand.
places_sql() { # old|new set|look
	awk -F'\t' -v which="$1" -v how="$2" '
	function quote(s) {
		gsub(/\\/, "\\\\", s)
		gsub(/\047/, "\047\047", s)
		return "\047" s "\047"
	}
	$3 == "row" {
		split($4, p, ".")
		t = "`" p[1] "`.`" p[2] "`"
		v = quote(which == "old" ? $7 : $8)
		if (how == "set" && (which == "old" || $7 != $8))
			print "UPDATE " t " SET `" p[3] "` = " v " WHERE " $6 ";"
		if (how == "undo" && $7 != $8)
			print "UPDATE " t " SET `" p[3] "` = " v " WHERE " $6 ";"
		if (how == "look")
			print "SELECT " $1 " FROM DUAL WHERE (SELECT COUNT(*) FROM " \
			    t " WHERE (" $6 ") AND BINARY `" p[3] "` = " v \
			    ") = 1 AND (SELECT COUNT(*) FROM " t " WHERE " $6 ") = 1;"
	}' "$PLACES/table"
}

# The table's files below FOLDER; and of each place of a text its line.
places_files() { # old|new FOLDER
	local path
	awk -F'\t' -v which="$1" '$3 == "file" { print which == "old" ? $4 : $5 }' \
	    "$PLACES/table" | sort -u | while read -r path; do
		mkdir -p "$2${path%/*}"
		[ ! -d "$2$path" ] || continue
		: >"$2$path"
	done
	awk -F'\t' -v which="$1" -v root="$2" '
	$3 == "file" && $6 != "name" {
		path = root (which == "old" ? $4 : $5)
		value = which == "old" ? $7 : $8
		if (match($6, /^\[[^]]*\] /)) {
			section = substr($6, 1, RLENGTH - 1)
			option = substr($6, RLENGTH + 1)
			sub(/#[0-9]+$/, "", option)
			if (in_section[path] != section) {
				in_section[path] = section
				print section >>path
				line[path]++
			}
			value = option " = " value
		}
		print value >>path
		line[path]++
		print $1 "\t" line[path]
	}' "$PLACES/table" >"$PLACES/lines"
}

# A definition with the table's parts in it.
places_domain() { # old|new NAME; the template on stdin
	awk -F'\t' -v which="$1" -v name="domain:$2" '
	FILENAME == ARGV[1] {
		if ($3 == "domain" && $4 == name) {
			v = which == "old" ? $7 : $8
			if (v ~ /^<(metadata|description|title)/) top = top v "\n"
			else devices = devices v "\n"
		}
		next
	}
	{ print }
	/<\/uuid>/ { printf "%s", top }
	/<devices>/ { printf "%s", devices }' "$PLACES/table" -
}

# Define every domain that places_template NAME makes; each with parts of the
# table where it has some.
places_domains() { # old|new
	local name dir=$PLACES/domains.$1
	mkdir -p "$dir"
	for name in $(places_template); do
		places_template "$name" | places_domain "$1" "$name" >"$dir/$name.xml"
	done
	define "$dir"/*.xml
}

places_plant() {
	places_sql old set | sql >"$PLACES/log" 2>&1 ||
	    { show "$PLACES/log"; fail "a place cannot be planted"; }
	places_files old "$ROOT"
	[ -z "${URI:-}" ] || places_domains old
	places_look old
	local missing
	missing=$(awk -F'\t' 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $2 != "-" && !($1 in seen) { print "# " $1 ": " $4 " " $6 }' \
	    "$PLACES/seen" "$PLACES/table")
	if [ -n "$missing" ]; then
		echo "$missing"
		fail "not planted"
	fi
	ok "$(places_count) places are planted"
}

places_count() { # [CLASS-PATTERN]
	awk -F'\t' -v class="^(${1:-A|B|C|H|comment|outside|inner|history|decoy})\$" \
	    '$2 ~ class { n++ } END { print n + 0 }' "$PLACES/table"
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
			if ($6 == "name") {
				if (system("test -e \"" path "\"") == 0) print $1
				next
			}
			n = 0
			while (n < line[$1] && (getline text <path) > 0) n++
			close(path)
			if ($6 ~ /^\[/) sub(/^[^=]* = /, "", text)
			if (n == line[$1] && text == want) print $1
		}' "$PLACES/lines" "$PLACES/table"
		awk -F'\t' '$3 == "domain" { print $1 "\t" $4 "\t" $6 }' "$PLACES/table" |
		while IFS=$'\t' read -r n path key; do
			path=${path#domain:}.xml
			value=$(xmllint --xpath "string($key)" "$DEFS/$path" 2>/dev/null) || continue
			# Not planted yet is not there, and then it is as expected.
			[ -n "$value" ] || continue
			[ ! -e "$PLACES/expected/domains/$path" ] || [ "$1" = old ] ||
			    [ "$value" = "$(xmllint --xpath "string($key)" \
			        "$PLACES/expected/domains/$path")" ] || continue
			echo "$n"
		done
	} >"$PLACES/seen"
}

# Every row of every database one line, with the accounts' tables.
places_dump() { # FOLDER
	local how=(mysqldump --defaults-file="$CNF" --default-character-set=binary
	    --skip-extended-insert --complete-insert --order-by-primary --skip-comments
	    --skip-triggers --hex-blob --skip-tz-utc --skip-lock-tables --skip-add-locks
	    --skip-disable-keys)
	local schemas
	mkdir -p "$1"
	mapfile -t schemas < <(sql "SELECT schema_name FROM information_schema.schemata
	    WHERE schema_name NOT IN
	    ('mysql', 'sys', 'performance_schema', 'information_schema') ORDER BY 1")
	"${how[@]}" --databases "${schemas[@]}" | grep -v ' AUTO_INCREMENT=' |
	    awk '/^USE / { gsub(/[`;]/, "", $2); schema = $2 } { print schema ": " $0 }' |
	    LC_ALL=C sort >"$1/rows"
	"${how[@]}" --no-create-info mysql global_priv db tables_priv columns_priv \
	    procs_priv >"$1/accounts"
	cp -a "$ROOT" "$1/root"
	rm -rf "$1/root/var/lib/novark"
	(cd "$1/root" && find . -printf '%p %y %m %U %G %l\n' | LC_ALL=C sort) >"$1/modes"
	[ -z "${DEFS:-}" ] || cp -a "$DEFS" "$1/domains"
}

places_expect() {
	places_dump "$PLACES/before"
	places_sql new set | sql
	mkdir -p "$PLACES/new"
	mv "$ROOT" "$PLACES/old"
	cp -a "$PLACES/old" "$ROOT"
	places_rename
	[ -z "${URI:-}" ] || places_domains new
	places_dump "$PLACES/expected"
	places_sql old undo | sql
	rm -rf "$ROOT"
	mv "$PLACES/old" "$ROOT"
	[ -z "${URI:-}" ] || places_domains old
	places_dump "$PLACES/again"
	diff -r "$PLACES/before" "$PLACES/again" >"$PLACES/log" ||
	    { show "$PLACES/log"; fail "the checker does not come back to where it was"; }
	rm -rf "$PLACES/again"
	ok "the site as it stands, and as it has to be, are known"
}

# The files as they have to be, in $ROOT: those that the table has, written anew,
# under their new names.
places_rename() {
	local old new mode
	awk -F'\t' '$3 == "file" && $4 != $5 { print $4 "\t" $5 }' "$PLACES/table" |
	    sort -u >"$PLACES/renamed"
	rm -rf "$PLACES/new"
	cp -a "$PLACES/lines" "$PLACES/lines.old"
	places_files new "$PLACES/new"
	mv "$PLACES/lines.old" "$PLACES/lines"
	while IFS=$'\t' read -r old new; do
		[ -e "$ROOT$old" ] || continue
		mkdir -p "$ROOT${new%/*}"
		chmod --reference="$ROOT${old%/*}" "$ROOT${new%/*}"
		mv "$ROOT$old" "$ROOT$new"
		rmdir -p --ignore-fail-on-non-empty "$ROOT${old%/*}" 2>/dev/null || :
	done <"$PLACES/renamed"
	(cd "$PLACES/new" && find . -type f) | while read -r new; do
		cat "$PLACES/new/$new" >"$ROOT/$new"
	done
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
		label = $6 == "line" || $2 == "comment" ? "line " line[$1] : $6
		print $1, "file:" $4, label
	}
	$3 == "domain" { print $1, $4, $6 }' "$PLACES/lines" "$PLACES/table"
}

# Hold what novark said ("item place reason" lines) against the table.  Into
# $PLACES/OUT: numbers of the places that it named.
places_named() { # SAID OUT
	awk -F'\t' '
	FILENAME == ARGV[1] { said[$1] = said[$1] "\n" $2; next }
	($2 in said) {
		n = split(said[$2], place, "\n")
		for (i = 2; i <= n; i++)
			if (place[i] == $3 || index(place[i], $3 " ") == 1) {
				print $1
				break
			}
	}' "$1" "$PLACES/names" >"$PLACES/$2"
}

places_found() { # FIND.JSON
	places_names >"$PLACES/names"
	jq -r '.bundles[0].places[] | [.item, .place, .held // ""] | @tsv' "$1" \
	    >"$PLACES/said"
	places_named "$PLACES/said" found
	places_lack found 'A|B|C|H|comment|outside|inner|history' "found by audit --find"
	awk -F'\t' 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $2 == "decoy" && $1 in seen { print "# " $4 " " $6 ": " $7 }' \
	    "$PLACES/found" "$PLACES/table" >"$PLACES/log"
	[ ! -s "$PLACES/log" ] || { cat "$PLACES/log"; fail "decoys are found"; }
	ok "no decoy is found"
}

places_held() { # PLAN.JSON
	jq -r '.held[] | [.item, .place, .name] | @tsv' "$1" >"$PLACES/said"
	places_named "$PLACES/said" held
	places_lack held 'C|H|comment|outside|inner' "reported as held"
}

# The places of some classes that are not in a list end the scenario by name.
places_lack() { # LIST CLASS-PATTERN WHAT
	awk -F'\t' -v class="^($2)\$" 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $2 ~ class && !($1 in seen) { print "# " $2 " " $4 " " $6 ": " substr($7, 1, 60) }' \
	    "$PLACES/$1" "$PLACES/table" >"$PLACES/log"
	if [ -s "$PLACES/log" ]; then
		cat "$PLACES/log"
		fail "$(wc -l <"$PLACES/log") of $(places_count "$2") places are not $3"
	fi
	ok "all $(places_count "$2") places are $3"
}

places_prove() {
	local n found wrong changed
	places_dump "$PLACES/after"
	places_look new
	changed=$(awk -F'\t' 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $2 ~ /^[AB]$/ && $1 in seen { n++ } END { print n + 0 }' \
	    "$PLACES/seen" "$PLACES/table")
	{
		diff "$PLACES/expected/rows" "$PLACES/after/rows" || :
		diff "$PLACES/expected/accounts" "$PLACES/after/accounts" || :
		diff "$PLACES/expected/modes" "$PLACES/after/modes" || :
		diff -r "$PLACES/expected/root" "$PLACES/after/root" || :
		diff -r "$PLACES/expected/domains" "$PLACES/after/domains" || :
	} >"$PLACES/differs"
	wrong=$(grep -c '^>\|^Only in .*/after' "$PLACES/differs" || :)
	n=$(($(places_count) - $(places_count decoy)))
	found=$(awk -F'\t' 'FILENAME == ARGV[1] { seen[$1] = 1; next }
	    $2 !~ /^(decoy|-)$/ && $1 in seen { n++ } END { print n + 0 }' \
	    "$PLACES/found" "$PLACES/table")
	echo "# places planted $n / found $found / changed $changed of" \
	    "$(places_count 'A|B') / wrongly changed $wrong;" \
	    "held $(places_count 'C|H|comment|outside|inner')," \
	    "history $(places_count history), decoys $(places_count decoy)"
	if [ -s "$PLACES/differs" ]; then
		cut -c1-400 "$PLACES/differs" | head -n 60 | sed 's/^/# /'
		fail "not all is as it has to be"
	fi
	assert_equal "every place is found" "$n" "$found"
	assert_equal "every place of class A and B holds its new value" \
	    "$(places_count 'A|B')" "$changed"
	assert_equal "nothing else changed in any table, file or definition" 0 "$wrong"
}
