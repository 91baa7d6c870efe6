#!/bin/bash
# Killed and failed everywhere, on a libvirtd with what embed does not have:
# nwfilters, a network, a pool, a secret; the connection to it is cut, too.
#
# Here some points, by the day's seed; "make check-crash" tries all.
if [ "${1:-}" = inside ]; then
	shift
	. "$(dirname "$0")/lib/lib.sh"
	. "$(dirname "$0")/lib/crash.sh"
	. "$(dirname "$0")/lib/crash_kill.sh"
	. "$(dirname "$0")/lib/crash_fail.sh"
	crash_seed
	crash_site libvirtd
	crash_part libvirtd-restore kill_restore 2
	few=1
	crash_part libvirtd-resume kill_way 1 resume
	crash_part libvirtd-undo kill_way 1 undo
	fail_states
	for run in restore resume undo; do
		for how in once on; do
			crash_some 3 "libvirtd-$run-error-$how" fail_sweep 1 \
			    "do=fail,kinds=virt+virtlook,errno=1,how=$how" "run_$run"
		done
		crash_some 3 "libvirtd-$run-lost" fail_sweep 1 \
		    "do=lose,kinds=virt+virtlook,how=once" "run_$run"
	done
	crash_end
	exit 0
fi
. "$(dirname "$0")/lib/lib.sh"
need_root
template
code=0
NOVARK_TEMPLATE=$TEMPLATE "$lib/private-libvirtd" bash "$0" inside || code=$?
exit "$code"
