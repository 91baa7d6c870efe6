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
#          history  left alone                   decoy    looks like it, is not
#          counted  told of, not captured: archived rows, images
#          derived  changed: made of an address that does not stand in it
#          -        no place, only there         any other word: held, and that
#                                                is the reason's name (comment)
#   PLACE  schema.table.column   KEY: a condition that picks one row
#          /path of a file       KEY: "[section] option", "line" (of text),
#                                "name" (of the file or folder itself), "folder"
#                                (one that is made; VALUE is not used), else the place in it; VALUE is put into the
#                                file as "option = VALUE", else as it is, and
#                                lines stand in the file as they do here
#          domain:NAME           KEY: an XPath; VALUE is put into its <devices>
#                                or is its <metadata>, <description>, <title>,
#                                <qemu:commandline>
#          network:NAME  nwfilter:NAME  pool:NAME  secret:UUID
#                                KEY: an XPath; VALUE is the definition, or - for
#                                one that a line above has
#          account:USER          of the database server; KEY: its right (ALL ON
#                                nova.*); VALUE is its host
#   The path, too, may hold tokens: then the file is to be renamed.
#
#   places_read FILE...       the table; errors in it end the scenario
#   places_token NAME OLD NEW a token that has to be computed; before the above
#   places_plant              all of it, where a site stands (site.sh); then
#                             every place is looked up again
#   places_dump FOLDER        all databases, files and definitions, as text
#   places_expect             $PLACES/before and $PLACES/expected: the site as
#                             it stands, and as it has to be
# What is looked at afterwards: places_look.sh.
# shellcheck shell=bash disable=SC2034,SC2154
PLACES=$TMPDIR/places
mkdir -p "$PLACES"
: >"$PLACES/tokens"

places_token() { # NAME OLD NEW
	printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$PLACES/tokens"
}

# Into $PLACES/table: number; what becomes of it (changed, held, history,
# counted, decoy, -);
# kind of store; place before and after; key; value before and after; class.
places_read() { # FILE...
	awk -F'\t+' '$1 == "=" { print $2 "\t" $3 "\t" $4 }' "$@" >>"$PLACES/tokens"
	awk -F'\t+' -v OFS='\t' '
	function bad(why) {
		print FILENAME ":" FNR ": " why >"/dev/stderr"
		failed = 1
	}
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
	$1 !~ /^([ABCH]|[a-z-]*[a-z]|-)$/ { bad("class " $1); next }
	NF < 4 || NF > 5 { bad(NF " fields"); next }
	{
		fate = $1 ~ /^([AB]|derived)$/ ? "changed" : \
		    $1 ~ /^(history|counted|decoy|-)$/ ? $1 : "held"
		changes = fate == "changed"
		if ($2 ~ /^\//) kind = "file"
		else if ($2 ~ /^(domain|account):/) kind = substr($2, 1, index($2, ":") - 1)
		else if ($2 ~ /^(network|nwfilter|pool|secret):/) kind = "virt"
		else if ($2 ~ /^[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+$/) kind = "row"
		else { bad("place " $2); next }
		old = put($4, before)
		new = old
		if (changes)
			new = NF == 5 ? put($5, after) : put($4, after)
		if (changes && old == new && old != "-" && $3 != "name" && $3 != "folder")
			bad("nothing would change")
		path = put($2, before)
		print ++n, fate, kind, path, changes || kind == "file" ? \
		    put($2, after) : path, $3, old, new, $1
	}
	END { exit failed }' "$PLACES/tokens" "$@" >"$PLACES/table" ||
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
	$3 == "account" {
		user = quote(substr($4, 9)) "@"
		a = user quote(which == "old" ? $7 : $8)
		b = user quote(which == "old" ? $8 : $7)
		if (how == "set" && which == "old")
			print "CREATE USER " a " IDENTIFIED BY \047acc0unt-Pass\047;" \
			    " GRANT " $6 " TO " a ";"
		else if (how != "look" && $7 != $8)
			print "RENAME USER " b " TO " a ";"
		else if (how == "look")
			print "SELECT " $1 " FROM mysql.user WHERE User = " \
			    quote(substr($4, 9)) " AND Host = " quote(which == "old" ? $7 : $8) ";"
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
	awk -F'\t' -v OFS='\t' -v which="$1" '$3 == "file" && $6 != "name" {
		print which == "old" ? $4 : $5, $6 == "folder"
	}' "$PLACES/table" | sort -u | while IFS=$'\t' read -r path folder; do
		mkdir -p "$2${path%/*}"
		[ "$folder" -eq 1 ] && mkdir -p "$2$path" || : >"$2$path"
	done
	awk -F'\t' -v which="$1" -v root="$2" '
	$3 == "file" && $6 != "name" && $6 != "folder" {
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

places_plant() {
	places_sql old set | sql >"$PLACES/log" 2>&1 ||
	    { show "$PLACES/log"; fail "a place cannot be planted"; }
	places_files old "$ROOT"
	[ -z "${URI:-}" ] || places_define old
	places_look old
	places_lack seen 'changed held history counted decoy' planted
}

# Every row of every database one line, with the accounts' tables.
places_dump() { # FOLDER
	local how=(mysqldump --defaults-file="$CNF" --default-character-set=utf8mb4
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
	    procs_priv | LC_ALL=C sort >"$1/accounts"
	cp -a "$ROOT" "$1/root"
	rm -rf "$1/root/var/lib/novark"
	(cd "$1/root" && find . -printf '%p %y %m %U %G %l\n' | LC_ALL=C sort) >"$1/modes"
	[ -z "${DEFS:-}" ] || cp -a "$DEFS" "$1/domains"
	[ -z "${DEFS:-}" ] || places_beside "$1"
}

places_expect() {
	places_dump "$PLACES/before"
	places_sql new set | sql
	mv "$ROOT" "$PLACES/old"
	cp -a "$PLACES/old" "$ROOT"
	places_rename
	[ -z "${URI:-}" ] || places_define new
	places_dump "$PLACES/expected"
	places_sql old undo | sql
	rm -rf "$ROOT"
	mv "$PLACES/old" "$ROOT"
	[ -z "${URI:-}" ] || places_define old
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
	awk -F'\t' '$3 == "file" && $6 != "name" && $4 != $5 { print $4 "\t" $5 }' "$PLACES/table" |
	    sort -u >"$PLACES/renamed"
	rm -rf "$PLACES/new"
	mkdir "$PLACES/new"
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

. "$lib/places_virt.sh"
. "$lib/places_look.sh"
