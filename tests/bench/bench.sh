# bench.sh: what the jobs of "make bench" share.  A job, tests/bench/NN-NAME.sh,
# sources it, makes its inputs of real parts, as large as $SCALE says, and calls:
#
#   sized SMALL FULL     prints the one that $SCALE asks for
#   pair JOB PEER GOAL   times the command $ours (novark's) against $theirs, in
#                        $PAIRS pairs, each the other way round from the one
#                        before; tells the median of the pairs' ratios and the
#                        largest memory.  GOAL: the ratio that we want at most.
#                        $before_ours and $before_theirs run first each time and
#                        are not timed, $after_ours and $after_theirs behind it.
#   grow JOB N           times $ours, which works on N things: microseconds for
#                        each, and memory.  Called for several N: a curve.
#   tell TEXT            a line below the table
#
# Commands are lines for sh; a pair that does not do the same work on both sides
# is no measurement: compare counts or digests with assert_equal (lib.sh) before
# or after.  Nothing here fails because it took long.
# shellcheck shell=bash disable=SC2034,SC2154
. "$(dirname "${BASH_SOURCE[0]}")/../lib/lib.sh"

SCALE=${SCALE:-small}
PAIRS=${PAIRS:-5}
ours='' theirs=''
before_ours='' before_theirs='' after_ours='' after_theirs=''
export NOVARK

sized() { # SMALL FULL
	if [ "$SCALE" = full ]; then echo "$2"; else echo "$1"; fi
}

# Run a line of sh; leaves milliseconds, those of the processor, and KiB in $took.
timed() { # BEFORE COMMAND AFTER
	[ -z "$1" ] || sh -ec "$1" >"$TMPDIR/before.log" 2>&1 </dev/null || {
		show "$TMPDIR/before.log"
		fail "before it: $1"
	}
	"$HELPERS/cost" "$TMPDIR/cost" sh -ec "$2" >"$TMPDIR/run.log" \
	    2>"$TMPDIR/run.err" </dev/null || {
		show "$TMPDIR/run.err"
		fail "$2"
	}
	took=$(cat "$TMPDIR/cost")
	[ -z "$3" ] || sh -ec "$3" >"$TMPDIR/after.log" 2>&1 </dev/null || {
		show "$TMPDIR/after.log"
		fail "after it: $3"
	}
}

timed_ours() {
	timed "$before_ours" "$ours" "$after_ours"
	echo "$took" >"$TMPDIR/ours.took"
}

timed_theirs() {
	timed "$before_theirs" "$theirs" "$after_theirs"
	echo "$took" >"$TMPDIR/theirs.took"
}

pair() { # JOB PEER GOAL
	local n
	: >"$TMPDIR/pairs"
	for ((n = 0; n < PAIRS; n++)); do
		if [ $((n % 2)) -eq 0 ]; then
			timed_ours
			timed_theirs
		else
			timed_theirs
			timed_ours
		fi
		paste -d ' ' "$TMPDIR/ours.took" "$TMPDIR/theirs.took" >>"$TMPDIR/pairs"
	done
	# Ratios of the time that passed; largest memory, in MiB.
	awk '{ printf "%.4f\n", $1 / ($4 > 0 ? $4 : 1) }' "$TMPDIR/pairs" | sort -g |
	    awk -v job="$1" -v peer="$2" -v goal="$3" -v memory="$(awk '
		$3 > a { a = $3 } $6 > b { b = $6 }
		END { printf "%.1f\t%.1f", a / 1024, b / 1024 }' "$TMPDIR/pairs")" '
		{ r[NR] = $1 }
		END {
			m = NR % 2 ? r[(NR + 1) / 2] : (r[NR / 2] + r[NR / 2 + 1]) / 2
			printf "bench\t%s\t%s\t%.3f\t%.3f\t%.3f\t%s\t%s\n", job, peer, m,
			    r[1], r[NR], goal, memory
		}'
}

grow() { # JOB N
	local n times=3
	# What takes long once is not told better by three.
	[ "$2" -lt 100000 ] || times=1
	: >"$TMPDIR/grows"
	for ((n = 0; n < times; n++)); do
		timed_ours
		cat "$TMPDIR/ours.took" >>"$TMPDIR/grows"
	done
	sort -g "$TMPDIR/grows" | awk -v job="$1" -v n="$2" '
		{ t[NR] = $1 } $3 > m { m = $3 }
		END { printf "growth\t%s\t%d\t%.3f\t%.1f\n", job, n,
		    t[int((NR + 1) / 2)] * 1000 / n,
		    m / 1024 }'
}

tell() { # TEXT
	printf 'tell\t%s\n' "$*"
}
