#!/bin/bash
# takes long
# Secrets stay secret when it goes wrong, too: calls that fail, a kill, a lost
# connection, a crash, at points of a restore, a resume, an undo, a verify, an
# audit and a snapshot; and whatever is lying about behind it.  A real crash
# leaves no core.
if [ "${1:-}" != inside ]; then
	. "$(dirname "$0")/lib/lib.sh"
	need_root
	template
	code=0
	NOVARK_TEMPLATE=$TEMPLATE "$lib/private-libvirtd" bash "$0" inside || code=$?
	exit "$code"
fi
shift
. "$(dirname "$0")/lib/lib.sh"
. "$lib/canary.sh"
need openssl

canary_start
RANDOM=$((10#${SEED//[!0-9]/} % 32768))
site_new files libvirtd db
story_load 3
canary_files
canary_rows
canary_domains
canary_secret
story_move "$TMPDIR/map"
bundle=$TMPDIR/b

# The watch sees what it is there for: cp makes such a file, and would be dumped.
env LD_PRELOAD="$HELPERS/watch.so" NOVARK_WATCH="$CANARIES:$REPORT" \
    cp --no-preserve=mode "$ROOT/root/.my.cnf" "$TMPDIR/wide"
assert "a wide file with a secret is seen" grep -qE '^wide [a-z]+ 644 .* root-my-cnf plain ' "$REPORT"
assert "so is a process that may be dumped" grep -q '^dumpable ' "$REPORT"
assert "and what lies about" grep -q root-my-cnf <<<"$(lying)"
rm "$TMPDIR/wide"

quiet 0 snapshot snapshot --output "$bundle" --sign "$KEY" "${SITE_ARGS[@]}"
item=secret:5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0deca2
quiet 0 "a secret of libvirt's" audit "$bundle" --trust "$PUB" --cat "$item"
(umask 077; novark audit "$bundle" --trust "$PUB" --cat "$item" --show-secrets >"$TMPDIR/shown" 2>/dev/null)
assert_equal "its value is shown when it is asked for" libvirt-secret \
    "$("$HELPERS/canary" each "$CANARIES" "$TMPDIR/shown")"
canary_change
move=("$bundle" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}" --on-drift replay)
here=(--root "$ROOT" --connect "$URI" --defaults-file "$CNF" --yes)
words=$TMPDIR/fault.report

run_snapshot() {
	rm -f "$TMPDIR/again"
	watched snapshot --output "$TMPDIR/again" --sign "$KEY" "${SITE_ARGS[@]}"
}
run_audit() { watched audit "$bundle" --trust "$PUB" --find "$OLD"; }
run_verify() { watched verify "${move[@]}"; }
run_restore() { watched restore "${move[@]}" --yes; }
run_resume() { watched restore --resume "${here[@]}"; }
run_undo() { watched restore --undo "${here[@]}"; }

# Undisturbed, and how many calls of some kinds it makes.
count() { # RUN KINDS
	FAULT="do=count,kinds=$2,report=$words" PRELOAD=$HELPERS/fault.so: "run_$1"
	silent "$1"
	case $1:$code in
	verify:4 | [!v]*:0) ok "an undisturbed $1" ;;
	*)
		show "$OUT"
		show "$ERR"
		fail "an undisturbed $1: exit $code"
		;;
	esac
	points=$(awk '$1 == "points" { print $2 }' "$words")
}

# A few of them fail, as the words say.
hit() { # RUN HOW-MANY POINTS WORDS
	local k at
	for ((k = 0; k < $2; k++)); do
		at=$((1 + $3 * k / $2 + RANDOM % (1 + $3 / $2)))
		FAULT="$4,at=$at,report=$words" PRELOAD=$HELPERS/fault.so: "run_$1"
		silent "$1 with $4 at $at"
		said=$((said + (code != 0)))
		tried=$((tried + 1))
		case $1 in restore | resume) back ;; esac
	done
}

# To where it began.
back() {
	run_undo
	silent "undo behind it"
}

tried=0 said=0
count restore change+look
all=$points
back
hit restore 4 "$all" do=fail,kinds=change+look,errno=EIO,how=once
hit restore 2 "$all" do=fail,kinds=change+look,errno=ENOSPC,how=on
count restore sql+sqllook
back
hit restore 1 "$points" do=fail,kinds=sql+sqllook,errno=1062,how=once
hit restore 1 "$points" do=lose,kinds=sql+sqllook,how=once
count restore virt+virtlook
back
hit restore 1 "$points" do=fail,kinds=virt+virtlook,errno=1,how=once
hit restore 1 "$points" do=lose,kinds=virt+virtlook,how=once
count restore alloc
back
hit restore 1 "$points" do=fail,kinds=alloc,errno=ENOMEM,how=on

# Killed, and gone on with.
count restore change
back
for k in 1 3; do
	FAULT="do=kill,kinds=change,at=$((points * k / 4)),report=$words" PRELOAD=$HELPERS/fault.so: run_restore
	assert_equal "killed at $((points * k / 4)) of $points" 137 "$code"
	silent killed
	FAULT="do=fail,kinds=change+look,errno=EIO,how=once,at=$((RANDOM % 200 + 20)),report=$words" \
	    PRELOAD=$HELPERS/fault.so: run_resume
	silent "a resume that fails"
	run_resume
	silent resume
	FAULT="do=fail,kinds=change+look,errno=EIO,how=once,at=$((RANDOM % 200 + 20)),report=$words" \
	    PRELOAD=$HELPERS/fault.so: run_undo
	silent "an undo that fails"
	back
done
for run in verify audit snapshot; do
	count "$run" change+look
	hit "$run" 2 "$points" do=fail,kinds=change+look,errno=EIO,how=once
done
assert "most of $tried runs said that something went wrong ($said)" test $((said * 2)) -gt "$tried"

# A real crash: no core, whatever the limits allow and the kernel is told.
crash() { # CALL K ARGUMENT...
	(
		cd "$TMPDIR/cores"
		CRASH=":$1:$2"
		NOVARK_WRAP="$HELPERS/canary dumps env LD_PRELOAD=$HELPERS/watch.so NOVARK_WATCH=$CANARIES:$REPORT$CRASH"
		novark "${@:3}" >"$OUT" 2>"$ERR" </dev/null
	)
	[ "$(tail -n 1 "$OUT")" = "signal 11 core 0" ] || { show "$OUT"; show "$ERR"; }
	assert_equal "a crash at $1 $2 of $3: no core" "signal 11 core 0" "$(tail -n 1 "$OUT")"
	seen "a crash" "$OUT" "$ERR"
	lying | leak "a crash"
}
mkdir "$TMPDIR/cores"
ulimit -c unlimited 2>/dev/null || :
control=$(cd "$TMPDIR/cores" && "$HELPERS/canary" dumps bash -c 'kill -SEGV $$')
echo "# a program that allows it: $control"
rm -rf "$TMPDIR/cores"
mkdir "$TMPDIR/cores"
crash open 30 snapshot --output "$TMPDIR/crashed" --sign "$KEY" "${SITE_ARGS[@]}"
crash open 3 audit "$bundle" --trust "$PUB" --find "$OLD"
crash write 40 restore "${move[@]}" --yes
back
crash rename 5 restore "${move[@]}" --yes
back
assert_equal "nothing was dumped" "" "$(ls -A "$TMPDIR/cores")"
canary_end
