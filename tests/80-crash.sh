#!/bin/bash
# Killed everywhere: SIGKILL before the k-th call that changes something, in a
# snapshot, a restore, a resume and an undo.  Afterwards a resume and an undo,
# each from the same cut, end in exactly the state that they should: files with
# mode, owner and attributes, definitions, every table.  Where the journal's end
# was not durable yet, it is also tried torn, filled with zeros, and shorter.
#
# Here some points, by the day's seed; "make check-crash" tries all.
. "$(dirname "$0")/lib/lib.sh"
. "$(dirname "$0")/lib/crash.sh"
crash_seed
crash_site
. "$(dirname "$0")/lib/crash_kill.sh"

crash_imports
crash_part snapshot kill_snapshot 4
crash_part snapshot-force kill_snapshot 2 --force
crash_part snapshot-hidden kill_snapshot 2 ,notmpfile=1
crash_part restore kill_restore 6
crash_part resume kill_way 2 resume
crash_part undo kill_way 2 undo
crash_end
