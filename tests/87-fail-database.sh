#!/bin/bash
# The database fails everywhere: the connection is cut before, or behind, the k-th
# statement; the statement ends in a deadlock, a lock wait, a failed
# certification; the server is killed, by its own pid, and started again.  What
# is in a transaction is tried again, what became of a commit is looked at.
#
# Here some points, by the day's seed; "make check-crash" tries all.
. "$(dirname "$0")/lib/lib.sh"
. "$(dirname "$0")/lib/crash.sh"
. "$(dirname "$0")/lib/crash_kill.sh"
. "$(dirname "$0")/lib/crash_fail.sh"
crash_seed
crash_site
fail_states
# What is committed is with the system, and outlives the server's process.
rows_ask "SET GLOBAL innodb_flush_log_at_trx_commit = 2;"

# Run by the preloaded object, in the middle of a restore.
cat >"$SITE/again" <<END
#!/bin/bash
exec >>"$SITE/again.log" 2>&1
pid=\$(cat "$DB_DIR/pid")
kill -9 "\$pid"
while kill -0 "\$pid" 2>/dev/null && ! grep -q '^State:.Z' "/proc/\$pid/status" 2>/dev/null; do
	sleep 0.01
done
rm -f "$DB_DIR/pid" "$SOCKET"
user=()
[ "\$(id -u)" -ne 0 ] || user=(--user=root)
setsid mariadbd --no-defaults --datadir="$DB_DIR" --socket="$SOCKET" \
    --skip-networking "\${user[@]}" --init-file="$SITE/db.init" --pid-file="$DB_DIR/pid" \
    --innodb-flush-log-at-trx-commit=2 --innodb-buffer-pool-size=64M \
    --innodb-log-file-size=4M --skip-name-resolve --default-time-zone=+00:00 &
for n in {1..600}; do
	! mariadb --defaults-file="$CNF" -e 'SELECT 1' >/dev/null 2>&1 || exit 0
	sleep 0.02
done
exit 1
END
chmod 755 "$SITE/again"
at_exit end_server
end_server() {
	kill "$(cat "$DB_DIR/pid")" 2>/dev/null || :
}

# The server is another one, and has forgotten who asked before.
restarted() { # RUN
	eval "again_$1() { run_$1 \"\$1\"; rows_open; }"
	eval "judge_again_$1() { judge_run_$1; }"
}

every=1
for run in restore resume undo; do
	for do in lose late; do
		crash_some 6 "$run-$do" fail_sweep 2 "do=$do,kinds=sql+commit,how=once" "run_$run"
		crash_some 6 "$run-$do-look" fail_sweep 2 "do=$do,kinds=sqllook,how=once" "run_$run"
		# It is tried again for a while: too long for a sample.
		[ "${NOVARK_CRASH:-}" != all ] ||
		    crash_some 6 "$run-$do-on" fail_sweep 2 "do=$do,kinds=commit,how=on" "run_$run"
	done
	for number in 1213 1205; do
		crash_some 6 "$run-$number-once" fail_sweep 2 \
		    "do=fail,kinds=sql+commit,errno=$number,how=once" "run_$run"
		[ "${NOVARK_CRASH:-}" != all ] ||
		    crash_some 6 "$run-$number-on" fail_sweep 2 \
			"do=fail,kinds=commit,errno=$number,how=on" "run_$run"
	done
	crash_some 6 "$run-1290" fail_sweep 2 "do=fail,kinds=sql+sqllook+commit,errno=1290,how=on" "run_$run"
	restarted "$run"
	crash_some 6 "$run-server" fail_sweep 1 "do=hook,hook=$SITE/again,kinds=sql+commit,how=once" "again_$run"
done
state_load "$START"
for do in lose late; do
	crash_some 6 "snapshot-$do" fail_sweep 2 "do=$do,kinds=sql+sqllook,how=once" run_snapshot
done
crash_end
