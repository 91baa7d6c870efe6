# lib.sh: what scenarios share.  Source it first: . "$(dirname "$0")/lib/lib.sh"
#
# A scenario runs in strict mode and ends at its first failed check.  It has a
# folder of its own, $TMPDIR, that goes away with it, and what it starts is
# ended by its pid.  Checks print TAP lines that tests/run counts.
#
#   ok WHAT                        a check that held
#   fail WHAT                      ends the scenario
#   skip REASON                    ends it as skipped ("machine: ..." where
#                                  neither root nor a package could help)
#   need_root, need PROGRAM...
#   expect_exit CODE COMMAND...    runs it: stdout in $OUT, stderr in $ERR
#   assert WHAT COMMAND...         COMMAND succeeds
#   assert_equal WHAT WANT GOT
#   assert_contains FILE TEXT      fixed text; assert_lacks is the reverse
#   assert_same FILE FILE
#   assert_file_absent PATH
#   assert_mode MODE PATH
#   readme_blocks                  the README's examples that this one runs
#   flip FILE COPY OFFSET          a copy with one bit turned over
#   piece BUNDLE MEMBER            a member's bytes as they stand in the bundle
#   novark ARGUMENT...             the program (under valgrind where asked)
#
# site.sh has the throw-away site, host.sh the host that it is on.
# shellcheck shell=bash
set -euo pipefail
shopt -s nullglob inherit_errexit
umask 022
# libvirt in the process says more than errors unless told otherwise.
export LC_ALL=C.UTF-8 NO_COLOR=1 LIBVIRT_DEBUG=4
unset CDPATH

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
NOVARK=${NOVARK:-build/release/novark}
HELPERS=${HELPERS:-build/release/tests/lib}
case $NOVARK in /*) ;; *) NOVARK=$top/$NOVARK ;; esac
case $HELPERS in /*) ;; *) HELPERS=$top/$HELPERS ;; esac
lib=$top/tests/lib

# QEMU's capabilities are asked for quickly only where orphans are collected;
# and what a restore finds on its host is the scenario's own (host.sh).
if [ -z "${NOVARK_REAPED:-}" ] && [ -x "$HELPERS/reap" ]; then
	export NOVARK_REAPED=1
	alone=()
	[ ! -x "$HELPERS/alone" ] || alone=("$HELPERS/alone")
	exec ${alone[@]+"${alone[@]}"} "$HELPERS/reap" bash "$0" "$@"
fi

TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/s.XXXXXX")
export TMPDIR
OUT=$TMPDIR/out ERR=$TMPDIR/err
on_exit=()  # commands, run in reverse order

at_exit() { # COMMAND...
	local quoted
	printf -v quoted '%q ' "$@"
	on_exit=("$quoted" ${on_exit[@]+"${on_exit[@]}"})
}

finish() {
	local code=$? command
	trap - EXIT ERR
	set +e
	for command in ${on_exit[@]+"${on_exit[@]}"}; do
		eval "$command"
	done
	cd /
	rm -rf --one-file-system "$TMPDIR"
	exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'broken $? "$BASH_COMMAND" "${BASH_SOURCE[0]##*/}:$LINENO"' ERR

broken() { # CODE COMMAND WHERE
	# In a subshell the parent's own trap will speak.
	[ "$BASH_SUBSHELL" -eq 0 ] || return 0
	echo "not ok - $3: '$2' ended with $1"
}

ok() {
	echo "ok - $*"
}

fail() {
	trap - ERR
	echo "not ok - $* (${BASH_SOURCE[-1]##*/}:${BASH_LINENO[-2]:-0})"
	exit 1
}

skip() {
	trap - ERR
	echo "$*"
	exit 77
}

need_root() {
	[ "$(id -u)" -eq 0 ] || skip "needs root"
}

need() {
	local program
	for program; do
		command -v "$program" >/dev/null || skip "needs the program $program"
	done
}

show() { # FILE: its last lines, as a comment
	[ ! -s "$1" ] || tail -n 25 "$1" | sed 's/^/#   /'
}

novark() {
	# What this host cannot have is waived, where a preflight is made.
	case " $* " in
	*" --resume "* | *" --undo "* | *" --plan "*) ;;
	" restore "*) set -- "$@" ${WAIVE[@]+"${WAIVE[@]}"} ;;
	esac
	# Words on purpose.
	# shellcheck disable=SC2086
	${NOVARK_WRAP:-} "$NOVARK" "$@"
}

expect_exit() { # CODE COMMAND...
	local want=$1 code=0
	shift
	"$@" >"$OUT" 2>"$ERR" </dev/null || code=$?
	if [ "$code" -ne "$want" ]; then
		echo "# $*"
		echo "# stdout:"
		show "$OUT"
		echo "# stderr:"
		show "$ERR"
		fail "exit $code, not $want: ${*:1:3}"
	fi
	ok "exit $want: ${*:1:3}"
}

assert() { # WHAT COMMAND...
	local what=$1
	shift
	"$@" || fail "$what"
	ok "$what"
}

assert_equal() { # WHAT WANT GOT
	if [ "$2" != "$3" ]; then
		printf '# want: %s\n# got:  %s\n' "$2" "$3"
		fail "$1"
	fi
	ok "$1"
}

assert_contains() { # FILE TEXT
	if ! grep -qF -e "$2" "$1"; then
		show "$1"
		fail "${1##*/} lacks '$2'"
	fi
	ok "${1##*/} has '$2'"
}

assert_lacks() { # FILE TEXT
	if grep -nF -e "$2" "$1" | sed 's/^/#   /' | grep .; then
		fail "${1##*/} has '$2'"
	fi
	ok "${1##*/} lacks '$2'"
}

assert_same() { # FILE FILE
	if ! cmp "$1" "$2"; then
		diff -u "$1" "$2" | head -20 | sed 's/^/#   /' || :
		fail "$1 and $2 differ"
	fi
	ok "${1##*/} and ${2##*/} are the same"
}

assert_file_absent() { # PATH
	if [ -e "$1" ] || [ -L "$1" ]; then
		fail "$1 is there"
	fi
	ok "no $(basename "$1")"
}

assert_mode() { # MODE PATH
	assert_equal "mode $1 of $(basename "$2")" "$1" "$(stat -c %a "$2")"
}

# The code blocks of the README that stand behind a line
# "<!-- run by tests/NAME -->", NAME being this scenario's: all, or FIRST to LAST.
readme_blocks() { # [FIRST [LAST]]
	awk -v mark="<!-- run by tests/${0##*/} -->" -v first="${1:-1}" \
	    -v last="${2:-${1:-999}}" '
		$0 == mark { want = 1; n++; next }
		want && /^```sh$/ { in_block = 1; next }
		/^```$/ { want = in_block = 0 }
		in_block && n >= first && n <= last' "$top/README.md"
}

# Make COPY of FILE with one bit of the byte at OFFSET turned over.
flip() { # FILE COPY OFFSET
	local byte
	cp "$1" "$2"
	byte=$(od -An -tu1 -j "$3" -N 1 "$1")
	printf "\\x$(printf %02x $((byte ^ 1)))" |
	    dd of="$2" bs=1 seek="$3" conv=notrunc status=none
}

# The bytes of a bundle's member, header and padding included; "end" is what
# comes behind the last one.
piece() { # BUNDLE MEMBER
	tar --block-number -tf "$1" | awk -v name="$2" '
		{ sub(":", "", $2); if (at != "" && to == "") to = $2 }
		$NF == name || (name == "end" && /\*\*/) { at = $2 }
		END { print at, to }' | {
		read -r from to
		dd if="$1" bs=512 skip="$from" ${to:+count=$((to - from))} status=none
	}
}

. "$lib/host.sh"
. "$lib/site.sh"
