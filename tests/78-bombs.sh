#!/bin/bash
# Bombs: little that becomes much.  Bundles signed by the right key, maps; what is
# refused and what is taken costs at most 64 MiB of memory and 2 seconds of the
# processor.  What tests/hostile has of them is not here again.
. "$(dirname "$0")/lib/lib.sh"

MOST_KIB=65536 MOST_MS=2000
[ -z "${NOVARK_SLOW:-}" ] || MOST_MS=120000
site_new files
recipe=$TMPDIR/recipe bundle=$TMPDIR/b.bundle
most_kib=0 most_ms=0 bombs=0

cost() { # WHAT CODE TEXT COMMAND...
	local what=$1 want=$2 text=$3 code=0 ms kib
	# Words on purpose.
	# shellcheck disable=SC2086
	"$HELPERS/cost" "$TMPDIR/cost" ${NOVARK_WRAP:-} "$NOVARK" "${@:4}" \
	    >"$OUT" 2>"$ERR" </dev/null || code=$?
	read -r _ ms kib <"$TMPDIR/cost"
	# A rehearsal of what is taken may have findings.
	[ "$want $code" != "0 6" ] || code=0
	if [ "$code" -ne "$want" ] ||
	    { [ -n "$text" ] && ! grep -qF -e "$text" "$ERR"; }; then
		head -c 2000 "$ERR" >"$TMPDIR/err"
		show "$TMPDIR/err"
		fail "$what: $4 ends with $code, not $want and '$text'"
	fi
	[ -n "${NOVARK_SLOW:-}" ] || [ "$kib" -le $MOST_KIB ] ||
	    fail "$what: $4 took $kib KiB of memory"
	[ "$ms" -le $MOST_MS ] || fail "$what: $4 took $ms ms"
	[ "$kib" -le "$most_kib" ] || most_kib=$kib
	[ "$ms" -le "$most_ms" ] || most_ms=$ms
}

counted() { # WHAT CODE TEXT
	bombs=$((bombs + 1))
	ok "$1: exit $2${3:+, $3}"
}

# bomb WHAT CODE TEXT, with the recipe on stdin: audit, and a rehearsal.
bomb() {
	cat >"$recipe"
	"$HELPERS/wrong" "$KEY" "$recipe" "$bundle" || fail "$1: no bundle"
	cost "$1" "$2" "$3" audit "$bundle" --trust "$PUB"
	cost "$1" "$2" '' restore "$bundle" --dry-run --trust "$PUB" \
	    --map 10.2.116.14=10.2.15.3 "${SITE_ARGS[@]}"
	counted "$@"
}

# Lines of WHAT|TEXT|RECIPE on stdin: refused, with one file before it.
lists() {
	local what text line
	while IFS='|' read -r what text line; do
		bomb "$what" 3 "$text" <<<"file /etc/nova/a a"$'\n'"$line"
	done
}

# --- sizes
bomb "400 MB of zeros that are listed" 3 "more than 64 MiB and 1000 times" <<-'END'
	file /etc/nova/a
	zeros 400000000
END
bomb "two sizes whose sum is over 2^64" 3 "more than" <<-'END'
	file /etc/nova/a a
	json '"size":1' '"size":72057594037927936'
	file /etc/nova/b b
	json '"size":1' '"size":72057594037927936'
END
bomb "no more than it may be: 30 MB of zeros" 0 "" <<-'END'
	file /etc/nova/a
	zeros 10000000
	file /etc/nova/b
	zeros 10000000
	file /etc/nova/c
	zeros 10000000
	format opaque
END

# --- the manifest
lists <<-'END'
	a size of 2^63|MANIFEST.json: refused|json '"size":1' '"size":9223372036854775808'
	a million warnings|it would take more than 24 MiB of memory|manifest '"warnings":[' '"warnings":['"{\"text\":\"a\"},"*1000000'{"text":"a"}'
	a million hosts|MANIFEST.json: refused|manifest '"databases":' '"hosts":['"\"a\","*250000'"a"],"databases":'
	an entry of 300,000 empty objects|it would take too much memory|manifest '"warnings":[' '"warnings":[['"{},"*300000'{}],'
	objects in objects|MANIFEST.json: refused|manifest '"warnings":[' '"warnings":['"{\"a\":"*1000000'1'"}"*1000000','
	a text that never ends|MANIFEST.json: refused|manifest '"warnings":[' '"warnings":[{"text":"'"a"*12000000
	50,000 attributes of a file|refused|json '"format":' '"xattrs":{'"\"a\":\"\","*50000'"b":""},"format":'
END
bomb "60,000 items in 14 MB" 3 "it would take more than 24 MiB of memory" <<-'END'
	folder /%d
	many 60000
END
bomb "30,000 roles of an account" 3 "1 to 64 databases" <<-'END'
	account nova@10.2.116.14 ''
	json '"roles":[' '"roles":['"\"nova\","*30000
END
bomb "a table of 5,000 columns" 3 "MANIFEST.json: refused: table:nova.a" <<-'END'
	table nova.a nova 'id:int(11):1' ''
	json '"columns":[' '"columns":['"{\"name\":\"a\",\"type\":\"t\",\"nullable\":true,\"generated\":false,\"key\":0},"*5000
END
python3 - >"$recipe.index" <<-'END'
	pairs = ",".join("[%d,1]" % i for i in range(20000))
	index = ",".join('"10.0.0.%d":[%s]' % (i, pairs) for i in range(40))
	print("folder /%d\nmany 20000")
	print("manifest '\"index\":{' '\"index\":{" + index + "}}'")
END
bomb "an index of 800,000 pairs" 3 "it would take more than 24 MiB of memory" <"$recipe.index"

# --- definitions: what tests/hostile has not, and the largest that is taken
bomb "200,000 texts between comments" 3 "too much memory" <<-'END'
	domain a '<domain>'"x<!---->"*200000'</domain>'
END
bomb "attributes on many elements" 3 "refused: network:a" <<-'END'
	network a '<network>'"<a a='' b='' c='' d=''/>"*32000'</network>'
END

# --- files that are looked into, not refused: nesting, sizes, twisted names
for format in json xml ini text; do
	case $format in
	json) byte='"["*3000000"]"*3000000' ;;
	xml) byte='"<a>"*1000000"</a>"*1000000' ;;
	ini) byte='"[a]\n"*1000000' ;;
	text) byte='"10.2.116.14 "*700000' ;;
	esac
	bomb "a file of nothing but $format" 0 "" <<-END
		file /etc/nova/a $byte
		format $format
	END
	cost "$format: the search" 0 "" audit "$bundle" --trust "$PUB" \
	    --find 192.0.2.77 --quiet
done

# --- maps: their own limits
printf 'file /etc/nova/a a\n' >"$recipe"
"$HELPERS/wrong" "$KEY" "$recipe" "$bundle"
rules() { # NUMBER FORMAT WHAT CODE TEXT
	awk -v n="$1" -v f="$2\n" 'BEGIN { for (i = 0; i < n; i++)
		printf f, i / 65536, i / 256 % 256, i % 256, i / 65536,
		    i / 256 % 256, i % 256 }' >"$TMPDIR/map"
	cost "${@:3}" restore "$bundle" --dry-run --trust "$PUB" \
	    --map-file "$TMPDIR/map" "${SITE_ARGS[@]}"
	counted "${@:3}"
}
rules 1000000 'keep 1.%d.%d.%d' "10^6 rules" 2 "a map has at most 100000 rules"
rules 1000000 '10.%d.%d.%d = 11.%d.%d.%d' "10^6 long rules" 2 \
    "too large for a map file"
rules 1000000 'nonsense %d' "10^6 wrong lines" 2 "too many lines are wrong"
rules 99999 '10.%d.%d.%d=11.%d.%d.%d' "as many rules as there may be" 0 ""

echo "# figure: $bombs bombs: at most $((most_kib / 1024)) MiB of memory, $most_ms ms of the processor"
