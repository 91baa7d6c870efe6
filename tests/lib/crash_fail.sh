# crash_fail.sh: runs of which one call fails, or all from there on.  Source it
# behind crash.sh and crash_kill.sh.
#
#   fail_sweep COUNT WORDS RUN JUDGE...   RUN in turn with each call failing as
#                            WORDS tell (do=fail,errno=EIO,how=once); COUNT: how
#                            many, where not all are tried
#   run_snapshot, run_restore, run_resume, run_undo, run_verify, run_audit
#   judge_failed             what must hold after each
#
# Many calls come from the same line of the program: of each line two are tried,
# and of those that change something all, where ${every} is set.
# shellcheck shell=bash disable=SC2034,SC2154

# The numbers of a trace that are tried: of each line of the program that calls
# the first and one more; with ${only} those on an object of that name, with
# ${every} all that change something.
calls_of() { # COUNT
	if [ -n "${NOVARK_POINT:-}" ]; then
		echo "$NOVARK_POINT"
		return
	fi
	awk -v seed="$SEED" -v every="${every:-}" -v only="${only:-}" '
		BEGIN { srand(seed) }
		only { if (index($0, only)) print $1; next }
		every && $2 ~ /^(write|sync|name|meta|make|lock|virt|sql|commit)$/ {
			print $1
			next
		}
		{
			line = $2 " " $3 " " $4
			# Not every file has attributes.
			if ($3 ~ /xattr/) { sub(".*/", "", $5); line = line " " $5 }
			n[line]++
			at[line, n[line]] = $1
		}
		END {
			for (line in n) {
				print at[line, 1]
				print at[line, 1 + int(rand() * n[line])]
			}
		}' "$SITE/trace" | sort -nu >"$SITE/calls"
	if [ "${NOVARK_CRASH:-}" = all ]; then
		awk -v n="${NOVARK_SHARD%/*}" -v of="${NOVARK_SHARD#*/}" \
		    'of < 1 || NR % of == n - 1' "$SITE/calls"
	else
		shuf -n "$1" --random-source="$SITE/noise" "$SITE/calls"
	fi
}

fail_sweep() { # COUNT WORDS RUN
	# What was written stays, so no end of a journal is spoiled.
	local k words=$2 synced=999999999
	: "${NOVARK_SHARD:=}"
	"$3" "do=count,${words#do=*,},trace=$SITE/trace"
	[ "$code" -eq "${undisturbed:-0}" ] ||
	    { show "$ERR"; fail "undisturbed it ends with $code"; }
	while read -r k; do
		point "$part:$k"
		"$3" "$words,at=$k"
		[ "$code" -ne 0 ] || [ "$(reported fired)" != 0 ] || continue
		judge_quiet
		judge_failed "$3"
	done < <(calls_of "$1")
}

run_snapshot() { # WORDS
	rm -rf "$SITE/here"
	mkdir "$SITE/here"
	fault "$1" snapshot --output "$SITE/here/bundle" --sign "$KEY" "${SITE_ARGS[@]}"
}

run_restore() { # WORDS
	state_load "$START"
	fault "$1" restore "${MOVE[@]}"
}

# What the runs begin with and are compared with: one restore that was cut and one
# that was not; what undisturbed runs give.
fail_states() {
	state_load "$START"
	plain verify "${MOVE[@]:0:${#MOVE[@]}-1}"
	cp "$OUT" "$SITE/verify"
	plain snapshot --output "$SITE/reference" --sign "$KEY" "${SITE_ARGS[@]}"
	manifest_of "$SITE/reference" >"$SITE/manifest"
	plain audit "$BUNDLE" --trust "$PUB" --find "$OLD"
	cp "$OUT" "$SITE/audit"
	state_load "$START"
	count_points '' restore "${MOVE[@]}"
	state_load "$START"
	fault "do=kill,at=$((total * 6 / 10))" restore "${MOVE[@]}"
	state_save "$HALF"
	state_load "$START"
	plain restore "${MOVE[@]}"
	state_save "$DONE"
	state_load "$START"
}

run_resume() {
	state_load "$HALF"
	fault "$1" restore --resume "${HERE[@]}"
}

run_undo() {
	state_load "$DONE"
	fault "$1" restore --undo "${HERE[@]}"
}

# Where there is something to be found, it is found, or it is said why not.
run_verify() {
	fault "$1" verify "${MOVE[@]:0:${#MOVE[@]}-1}"
}

run_audit() {
	fault "$1" audit "$BUNDLE" --trust "$PUB" --find "$OLD"
}

# No word is missing, and nothing stays.
judge_quiet() {
	local left
	[ "$code" -lt 124 ] || wrong "ended by a signal, or never: $code"
	# Findings are a result.
	[ "$code" -eq "${undisturbed:-0}" ] || [ -s "$ERR" ] || [ "$code" -eq 6 ] || wrong "exit $code without a word"
	[ -z "$(ls -A "$TEMP")" ] || {
		wrong "left behind: $(ls -A "$TEMP")"
		rm -rf "${TEMP:?}"/*
	}
	left=$(grep '^open' "$REPORT") && wrong "left open: $left" || :
}

manifest_of() { # BUNDLE: but for what is another each time
	tar -xOf "$1" MANIFEST.json | grep -vE '^ *"(id|created)":' |
	    sed -E 's/"mtime": *[0-9]+//g'
}

judge_failed() { # RUN
	local was=$code
	# A call that was only interrupted, or took less, is done again; so is a
	# transaction.
	case $words in
	*EINTR* | *short* | *kinds=sql+commit*how=once*)
		[ "$code" -eq 0 ] || wrong "exit $code"
		;;
	esac
	"judge_$1"
	code=$was
}

judge_run_snapshot() {
	local left
	if [ "$code" -eq 0 ]; then
		novark audit "$SITE/here/bundle" --trust "$PUB" >"$DIFF" 2>&1 ||
		    wrong 'exit 0 without a whole bundle'
		manifest_of "$SITE/here/bundle" 2>"$DIFF" | diff "$SITE/manifest" - >"$DIFF" ||
		    wrong 'exit 0, but the bundle is not what it should be'
	else
		left=$(ls -A "$SITE/here")
		# It is there and whole, but could not be told or taken back.
		[ "$left" = bundle ] &&
		    grep -qE 'the result is not whole|it cannot be removed' "$ERR" &&
		    novark audit "$SITE/here/bundle" --trust "$PUB" >/dev/null 2>&1 ||
		    [ -z "$left" ] || wrong "exit $code, left behind: $left"
		[ "$code" -eq 1 ] || wrong "exit $code"
	fi
}

judge_run_restore() {
	case $code in
	0) is_goal || wrong 'exit 0, but not all is done' ;;
	4) is_goal || wrong 'exit 4, but not all is applied' ;;
	1 | 2 | 3 | 6)
		is_start || wrong "exit $code, but something was changed"
		# A journal that is left must not stand in the way.
		[ -n "$(find "$ROOT/var/lib/novark" -mindepth 1 -type d 2>/dev/null)" ] || return 0
		state_save "$CUT"
		plain restore "${MOVE[@]}"
		# Where the disk takes nothing any more, it could not be removed.
		if [[ $words == *how=on* ]] && [ "$code" -eq 6 ]; then
			judge_cut "$point" start goal
		else
			[ "$code" -eq 0 ] && is_goal || wrong "the next restore: exit $code"
		fi
		;;
	5)
		judge_cut "$point" start goal
		;;
	*) wrong "exit $code" ;;
	esac
}

judge_run_resume() {
	case $code in
	0 | 4) is_goal || wrong "exit $code, but not all is done" ;;
	1 | 5 | 6) judge_cut "$point" start goal ;;
	*) wrong "exit $code" ;;
	esac
}

judge_run_undo() {
	case $code in
	# 4: all is taken back, and that could not be told.
	0 | 4) is_start || wrong "exit $code, but not all is taken back" ;;
	1 | 5 | 6) judge_cut "$point" start goal ;;
	*) wrong "exit $code" ;;
	esac
}

judge_run_verify() {
	if [ "$code" -eq 0 ]; then
		wrong 'verify finds nothing where there is something'
	elif [ "$code" -eq 4 ] && [ ! -s "$ERR" ]; then
		diff "$SITE/verify" "$OUT" >"$DIFF" || wrong 'verify misses something'
	fi
}

judge_run_audit() {
	[ "$code" -ne 0 ] || diff "$SITE/audit" "$OUT" >"$DIFF" ||
	    wrong 'exit 0, but something is missing'
}
