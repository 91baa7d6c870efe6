#!/bin/bash
# Failed everywhere: the k-th call of a snapshot, a restore, a resume, an undo, a
# verify and an audit fails, once or from there on: by an I/O error, a full disk,
# a quota, an interrupt, too many files, missing rights, missing memory; or it
# takes less than it was given.  Never is it exit 0 with something missing, never
# is a temporary file or a descriptor left; exit 1 has changed nothing, and
# behind exit 5 a resume and an undo both end right.
#
# Here some points, by the day's seed; "make check-crash" tries all.
. "$(dirname "$0")/lib/lib.sh"
. "$(dirname "$0")/lib/crash.sh"
. "$(dirname "$0")/lib/crash_kill.sh"
. "$(dirname "$0")/lib/crash_fail.sh"
crash_seed
crash_site
manifest_of "$BUNDLE" >"$SITE/manifest"

sweeps() { # RUN COUNT
	local e how
	for e in EIO ENOSPC EDQUOT EMFILE EACCES EPERM; do
		for how in once on; do
			crash_part "${1#run_}-$e-$how" fail_sweep "$2" \
			    "do=fail,kinds=change+look,errno=$e,how=$how" "$1"
		done
	done
	for how in once every; do
		crash_part "${1#run_}-EINTR-$how" fail_sweep "$2" \
		    "do=fail,kinds=change+look,errno=EINTR,how=$how" "$1"
	done
	crash_part "${1#run_}-short" fail_sweep "$2" "do=short,kinds=change+look,how=every" "$1"
	for how in once on; do
		crash_part "${1#run_}-memory-$how" fail_sweep "$2" \
		    "do=fail,kinds=alloc,libs=jansson,errno=ENOMEM,how=$how" "$1"
	done
}

plain snapshot --output "$SITE/bundle.start" --sign "$KEY" "${SITE_ARGS[@]}"
manifest_of "$SITE/bundle.start" >"$SITE/manifest"
sweeps run_snapshot 1
fail_states
sweeps run_restore 1
sweeps run_resume 1
sweeps run_undo 1
quietly_look() {
	plain audit "$BUNDLE" --trust "$PUB" --find "$OLD"
	cp "$OUT" "$SITE/audit"
	state_load "$START"
	plain verify "${MOVE[@]:0:${#MOVE[@]}-1}"
	cp "$OUT" "$SITE/verify"
}
quietly_look
for e in EIO EMFILE EACCES; do
	undisturbed=4 crash_part "verify-$e" fail_sweep 1 \
	    "do=fail,kinds=look,errno=$e,how=once" run_verify
	crash_part "audit-$e" fail_sweep 1 "do=fail,kinds=look,errno=$e,how=once" run_audit
done
for how in once on; do
	undisturbed=4 crash_part "verify-memory-$how" fail_sweep 1 \
	    "do=fail,kinds=alloc,libs=jansson,errno=ENOMEM,how=$how" run_verify
	crash_part "audit-memory-$how" fail_sweep 1 \
	    "do=fail,kinds=alloc,libs=jansson,errno=ENOMEM,how=$how" run_audit
done
crash_end
