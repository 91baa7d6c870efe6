# canary.sh: a secret of its own in every kind of place.  Source it behind lib.sh.
#
#   canary_start             $CANARIES: the list, for tests/lib/canary
#   secret NAME [LENGTH]     makes one, and writes it; NAME is the place
#   secret_is NAME[/WINDOW]  each line of stdin is one, made by somebody else
#   canary_files             in the files of $ROOT, which has the story's
#   canary_rows              in the databases; canary_domains in libvirt, and
#   canary_secret            in one of its secrets (not in embed)
#   canary_change            others in the places of all, coded ones left out
#   allow MODE PATH...       may hold secrets and be that wide: it is at its source
#   watched ARGUMENT...      novark under watch.so: what it says in $OUT and $ERR,
#                            its exit in $code
#   quiet CODE WHAT ARGUMENT...   so, with that exit, and nothing to be seen of any
#                            secret; what is, is kept and told by canary_end
#   seen WHAT FILE...        nothing of any secret may be in these files
#
# shellcheck shell=bash disable=SC2034,SC2154
[ -z "${NOVARK_WRAP:-}" ] || skip "machine: nothing is preloaded under valgrind"
[[ $NOVARK != */asan/* ]] || skip "machine: nothing is preloaded beside ASan"

canary_start() {
	CANARIES=$TMPDIR/canaries LEAKS=$TMPDIR/leaks ALLOWED=$TMPDIR/allowed
	REPORT=$TMPDIR/watch.report
	(umask 077; : >"$CANARIES"; : >"$LEAKS")
	: >"$ALLOWED"
	looks=0 watched=0
	SEED=${NOVARK_SEED:-$(date -u +%Y%m%d)}
	echo "# NOVARK_SEED=$SEED"
}

# Letters that no hex digit is.
secret() { # NAME [LENGTH]
	local s
	s=$(printf '%s %s' "$SEED" "$1" | openssl dgst -sha512 -binary | base64 -w 0 |
	    tr -dc 'g-zG-Z')
	s=${s:0:${2:-24}}
	printf '%s %s\n' "$1" "$s" >>"$CANARIES"
	printf '%s' "$s"
}

secret_is() { # NAME[/WINDOW]
	local line
	while IFS= read -r line; do
		[ ${#line} -lt 16 ] || printf '%s %s\n' "$1" "$line" >>"$CANARIES"
	done
}

allow() { # MODE PATH...
	local path
	for path in "${@:2}"; do
		printf '%s %s\n' "$1" "$path" >>"$ALLOWED"
	done
}

# --- looking

watched() { # ARGUMENT...
	local NOVARK_WRAP="timeout -k 1 120 env LD_PRELOAD=${PRELOAD:-}$HELPERS/watch.so NOVARK_WATCH=$CANARIES:$REPORT${CRASH:-}${FAULT:+ NOVARK_FAULT=$FAULT}"
	code=0
	rm -f "$REPORT"
	novark "$@" >"$OUT" 2>"$ERR" </dev/null || code=$?
	watched=$((watched + 1))
}

leak() { # WHAT, and the lines of stdin
	local line
	while IFS= read -r line; do
		printf '%s: %s\n' "$1" "$line" >>"$LEAKS"
	done
}

seen() { # WHAT FILE...
	looks=$((looks + $# - 1))
	{ "$HELPERS/canary" find "$CANARIES" "${@:2}" || :; } | leak "$1"
}

# Of what the watch saw: wide files that are none of those allowed, and did not
# become one.
reported() {
	[ ! -e "$REPORT" ] || awk '
		FILENAME == ARGV[1] { may[$2 " " $1 + 0]; next }
		$1 == "wide" {
			if (!(($NF " " $3) in may)) { mode[$4] = $3; line[$4] = $0 }
			next
		}
		$1 == "named" {
			if (($2 in line) && (($3 " " mode[$2]) in may)) delete line[$2]
			next
		}
		$1 != "ended" { print }
		END { for (k in line) print line[k] }' "$ALLOWED" "$REPORT"
}

# Everything that lies about, and is wide, and these files; not the database
# server's own.
lying() { # [FILE...]
	{
		find "$TMPDIR" \( -path "$SITE/db" -o -path "$SITE/db.log" \
		    -o -path "$TMPDIR/template" \) -prune -o -type f -perm /077 -print0
		[ $# -eq 0 ] || printf '%s\0' "$@"
	} | xargs -0 "$HELPERS/canary" find "$CANARIES" |
	    grep -vFf <(awk '{ print $2 ":" }' "$ALLOWED") || :
}

quiet() { # CODE WHAT ARGUMENT...
	watched "${@:3}"
	if [ "$code" -ne "$1" ]; then
		show "$OUT"
		show "$ERR"
		fail "$2: exit $code, not $1"
	fi
	ok "exit $1: $2"
	silent "$2"
}

# Behind a run: nothing to be seen.
silent() { # WHAT
	looks=$((looks + 2))
	reported | leak "$1"
	lying "$OUT" "$ERR" | leak "$1"
}

canary_end() {
	local n
	n=$(wc -l <"$LEAKS")
	# One of each kind of leak.
	sort -u "$LEAKS" | head -n "${NOVARK_SHOW:-40}" | sed 's/^/#   /'
	assert_equal "of $(grep -c . "$CANARIES") secrets nothing was seen in $looks files, $watched runs watched" 0 "$n"
	echo "# figure: secrets: $(cut -d " " -f 1 "$CANARIES" | sed "s,/.*,,; s,-2$,," | sort -u | wc -l) kinds of places, $(grep -c . "$CANARIES") secrets, $looks outputs looked at, $watched runs watched at every call"
}

. "$lib/canary_site.sh"
