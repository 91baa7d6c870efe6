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
fail_states

# A sample tries one of so many parts.
sweeps() { # RUN
	local e how run=${1#run_} all=do=fail,kinds=change+look
	every=1 crash_some 12 "$run-EIO-once" fail_sweep 2 "$all,errno=EIO,how=once" "$1"
	crash_some 12 "$run-EIO-on" fail_sweep 2 "$all,errno=EIO,how=on" "$1"
	for e in ENOSPC EDQUOT EMFILE EACCES EPERM; do
		for how in once on; do
			crash_some 12 "$run-$e-$how" fail_sweep 2 "$all,errno=$e,how=$how" "$1"
		done
	done
	for how in once every; do
		crash_some 12 "$run-EINTR-$how" fail_sweep 2 "$all,errno=EINTR,how=$how" "$1"
	done
	crash_some 12 "$run-short" fail_sweep 2 "do=short,kinds=change+look,how=every" "$1"
	memory "$1"
}

memory() { # RUN
	local how
	for how in once on; do
		crash_some 12 "${1#run_}-memory-$how" fail_sweep 2 \
		    "do=fail,kinds=alloc,libs=jansson,errno=ENOMEM,how=$how" "$1"
	done
}

# What a first run has made, and the second could not look at, is taken back.
only=glance-registry.conf crash_part resume-stops fail_sweep 2 \
    "do=fail,kinds=stat,errno=EIO,how=once" run_resume
state_load "$START"
for run in run_snapshot run_restore run_resume run_undo; do
	sweeps "$run"
done
state_load "$START"
for e in EIO EMFILE EACCES; do
	undisturbed=4 crash_some 12 "verify-$e" fail_sweep 2 \
	    "do=fail,kinds=look,errno=$e,how=once" run_verify
	crash_some 12 "audit-$e" fail_sweep 2 \
	    "do=fail,kinds=look,errno=$e,how=once" run_audit
done
undisturbed=4 memory run_verify
memory run_audit
crash_end
