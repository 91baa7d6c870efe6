# crash_kill.sh: runs that are killed before one of their calls.  Source it behind
# crash.sh.
#
#   kill_snapshot COUNT [--force|,WORDS]
#   kill_restore COUNT             and what a resume and an undo make of it
#   kill_way COUNT resume|undo     one that is killed itself; ${few}: of one cut
#   crash_imports                  no call that changes something is overlooked
# shellcheck shell=bash disable=SC2034,SC2154

# How many calls there are to be killed at.
count_points() { # WORDS ARGUMENT...
	fault "do=count$1" "${@:2}"
	total=$(reported points)
	[ "$code" -eq 0 ] && [ "${total:-0}" -gt 0 ] || {
		show "$OUT"
		show "$ERR"
		fail "undisturbed it ends with $code"
	}
}

# --- snapshot: nothing under the name, or all of it

kill_snapshot() { # COUNT [--force|,WORDS]
	local dir=$SITE/here words='' k args
	[[ ${2:-} != ,* ]] || words=$2
	args=(snapshot --output "$dir/bundle" --sign "$KEY" "${SITE_ARGS[@]}")
	[ "${2:-}" != --force ] || args+=(--force)
	mkdir -p "$dir"
	state_load "$START"
	rm -f "$dir/bundle"
	count_points "$words" "${args[@]}"
	rm -f "$dir/bundle"
	while read -r k; do
		point "$part:$k"
		[ "${2:-}" != --force ] || cp "$BUNDLE" "$dir/bundle"
		fault "do=kill,at=$k$words" "${args[@]}"
		[ "$code" -eq 137 ] || wrong "exit $code, not killed"
		judge_snapshot "$dir" "${2:-}"
		rm -f "$dir"/bundle "$dir"/.novark-*
	done < <(points_of "$1" "$total")
	is_start || wrong 'a snapshot changes the site'
}

judge_snapshot() { # FOLDER HOW
	local left
	# Where a name is needed before the last one, a hidden file may stand there.
	left=$(find "$1" -mindepth 1 ! -name bundle)
	[ -n "$2" ] || [ -z "$left" ] || wrong "left behind: $left"
	[ -z "$(ls -A "$TEMP")" ] || wrong "left behind: $(ls -A "$TEMP")"
	if [ -e "$1/bundle" ]; then
		novark audit "$1/bundle" --trust "$PUB" >"$DIFF" 2>&1 || wrong 'no whole bundle'
	elif [ "$2" = --force ]; then
		wrong 'the old bundle is gone'
	fi
}

# --- restore

# How much of a journal is durable: what this run has synced of it, or else what
# the one before had.
durable() { # FILE
	awk -v file="$1" -v n="${synced:-0}" \
	    '$1 == "journal" && $2 == file && n < 999999999 { n = $4 } END { print n }' "$REPORT"
}

# The journals' ends that were not durable when the kill came: FILE FROM TO.
tails() {
	local file size from
	for file in "$ROOT"/var/lib/novark/*/journal; do
		size=$(stat -c %s "$file")
		from=$(durable "$file")
		[ "$size" -le "$from" ] || echo "$file $from $size"
	done
}

spoil() { # HOW
	local file from to
	while read -r file from to; do
		case $1 in
		torn) # the first of it may have come to the disk
			from=$((from + RANDOM % (to - from)))
			head -c "$((to - from))" "$SITE/noise" |
			    dd of="$file" bs=64k seek="$from" oflag=seek_bytes conv=notrunc status=none
			;;
		zero)
			truncate -s "$from" "$file"
			truncate -s "$to" "$file"
			;;
		cut) truncate -s "$((from + RANDOM % (to - from)))" "$file" ;;
		esac
	done <<<"$tails"
}

kill_restore() { # COUNT
	local k synced=0
	state_load "$START"
	count_points '' restore "${MOVE[@]}"
	while read -r k; do
		state_load "$START"
		point "$part:$k"
		fault "do=kill,at=$k" restore "${MOVE[@]}"
		[ "$code" -eq 137 ] || wrong "exit $code, not killed"
		judge_cut "$part:$k" start goal
	done < <(points_of "$1" "$total")
}

# A resume, or an undo, that is killed itself: of restores that were cut at some
# of their points, and of one that was not.
kill_way() { # COUNT resume|undo
	local base k j synced bases
	state_load "$START"
	count_points '' restore "${MOVE[@]}"
	# Beyond the last one: not cut at all.
	bases=($((total * 3 / 10)) $((total / 2)) $((total * 8 / 10)) $((total * 95 / 100)))
	[ "$2" = resume ] || bases+=($((total + 1)))
	if [ -n "${NOVARK_POINT:-}" ]; then
		bases=("${NOVARK_POINT%%:*}")
	elif [ "${NOVARK_CRASH:-}" != all ] || [ -n "${few:-}" ]; then
		bases=("${bases[RANDOM % ${#bases[@]}]}")
	fi
	for base in "${bases[@]}"; do
		state_load "$START"
		fault "do=kill,at=$base" restore "${MOVE[@]}"
		synced=$(durable "$(echo "$ROOT"/var/lib/novark/*/journal)")
		state_save "$HALF"
		fault "do=count" restore "--$2" "${HERE[@]}"
		while read -r j; do
			state_load "$HALF"
			point "$part:$base:$j"
			fault "do=kill,at=$j" restore "--$2" "${HERE[@]}"
			[ "$code" -eq 137 ] || wrong "exit $code, not killed"
			judge_cut "$part:$base:$j" start goal
		done < <(points_of "$1" "$(reported points)")
	done
}

# What is there was cut: each way, from each journal that may be left.
judge_cut() { # NAME BACK FORTH: what an undo, and a resume, end in
	local tail way
	tails=$(tails)
	state_save "$CUT"
	for tail in whole torn zero cut; do
		[ "$tail" = whole ] || [ -n "$tails" ] || break
		for way in resume undo; do
			[ "$tail:$way" = whole:resume ] || {
				state_load "$CUT"
				point "$1:$tail:$way"
			}
			[ "$tail" = whole ] || spoil "$tail"
			"judge_$way" "$2" "$3"
		done
	done
}

# A restore that was cut before its first change is none yet: it is begun anew.
judge_resume() { # BACK FORTH
	plain restore --resume "${HERE[@]}"
	[ "$code" -eq 0 ] || grep -q 'no such folder, so no restore\|tells of no restore\|cut before it changed anything' "$ERR" ||
	    wrong "resume: exit $code"
	if [ "$2" = goal ] && is_start &&
	    grep -qE 'nothing to do|no such folder|tells of no restore|cut before it changed' "$OUT" "$ERR"; then
		plain restore "${MOVE[@]}"
		[ "$code" -eq 0 ] || wrong "the same restore again: exit $code"
	fi
	"is_$2" || wrong "resume: not the state it should end in"
	judge_left
}

judge_undo() { # BACK FORTH
	plain restore --undo "${HERE[@]}"
	[ "$code" -eq 0 ] || grep -q 'no such folder, so no restore\|tells of no restore\|cut before it changed anything' "$ERR" || wrong "undo: exit $code"
	"is_$1" || wrong "undo: not the state it should end in"
	judge_left
}

judge_left() {
	[ -z "$(ls -A "$TEMP")" ] || {
		wrong "left behind: $(ls -A "$TEMP")"
		rm -rf "${TEMP:?}"/*
	}
}

# Each function of a library that changes something, and that the program calls,
# is one that fault.so stands before.
crash_imports() {
	nm -D --undefined-only "$NOVARK" | awk '{ sub(/@.*/, "", $2); print $2 }' |
	    grep -E '^(__)?(p?writev?|copy_file|sendfile|splice|f?allocate|posix_fall|f?truncate|f?datasync|f?sync|rename|(un)?link|symlink|mk|rmdir|remove|f?l?ch(mod|own)|f?l?(set|remove)xattr|f?utime|flock|lockf|f?open(at)?(64)?(_2)?$|creat|tmpfile|mysql_(real_query|query|send|stmt_(prepare|execute|send)|commit|rollback|autocommit|change)|vir.*(Define|Undefine|Set[A-Z]|Create|Destroy|Delete|Update|Attach|Detach|Build))' |
	    grep -vE '^(__open.*_chk|virSetErrorFunc)$' | sort >"$SITE/calls"
	nm -D --defined-only "$HELPERS/fault.so" | awk '{ print $3 }' | sort >"$SITE/stands"
	assert_equal "no call that changes something is overlooked" "" \
	    "$(comm -23 "$SITE/calls" "$SITE/stands")"
}
