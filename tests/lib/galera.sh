# galera.sh: the site's database server as a cluster of two nodes.
#
#   galera_new               behind site_new ... db: nodes a, which has the
#                            site's socket, and b
#   galera_start NODE [ARGUMENT...]   and wait until it is ready
#   galera_kill NODE         SIGKILL; galera_back NODE brings it back as an
#                            operator does: recovered position, then IST
#   galera_stop              both
#   on NODE [ARGUMENT...]    sql of site.sh, on that node
#
# b has the greater weight: it stays primary when a goes away, and a is without
# a cluster when b does.  A node that joins has its own data and needs no more
# than what it missed: the script wsrep_sst_ist, made here, says so, and fails
# where the whole state would have to be sent.
# shellcheck shell=bash disable=SC2034,SC2153,SC2154
galera_library() {
	local lib
	for lib in /usr/lib/galera/libgalera_smm.so /usr/lib/libgalera_smm.so \
	    /usr/lib64/galera*/libgalera_smm.so; do
		[ ! -e "$lib" ] || { echo "$lib"; return; }
	done
	skip "needs galera-4 (libgalera_smm.so)"
}

galera_script() {
	mkdir -p "$GALERA/bin"
	cat >"$GALERA/bin/wsrep_sst_ist" <<-'END'
		#!/bin/bash
		bypass='' domain=0
		while [ $# -gt 0 ]; do
			case $1 in
			--role) role=$2 ;;
			--gtid) gtid=$2 ;;
			--gtid-domain-id) domain=$2 ;;
			--address) address=$2 ;;
			--bypass) bypass=1 ;;
			esac
			shift
		done
		state=$GALERA/sst
		case $role in
		donor)
			[ -n "$bypass" ] || exit 22
			echo continue
			echo "$gtid $domain" >"$state.new"
			mv "$state.new" "$state"
			echo "done $gtid"
			;;
		joiner)
			rm -f "$state"
			echo "ready $address"
			for _ in {1..300}; do
				[ ! -e "$state" ] || exec cat "$state"
				sleep 0.1
			done
			exit 110
			;;
		esac
	END
	chmod +x "$GALERA/bin/wsrep_sst_ist"
}

# What a node is started with.
galera_node() { # NODE: sets $node
	local port=13306 weight=1 others=
	[ "$1" = a ] || port=23306 weight=2
	# No node waits for another's clock: seconds, not half minutes.
	# shellcheck disable=SC2054
	node=(--no-defaults --datadir="$GALERA/$1" --socket="${GALERA_SOCKET[$1]}"
	    --port="$port" --bind-address=127.0.0.1 --pid-file="$GALERA/$1/pid"
	    --skip-name-resolve --default-time-zone=+00:00 --binlog-format=ROW
	    --innodb-autoinc-lock-mode=2 --innodb-flush-log-at-trx-commit=2
	    --innodb-buffer-pool-size=64M --innodb-log-file-size=4M
	    --wsrep-on=ON --wsrep-provider="$GALERA_LIB"
	    --wsrep-cluster-name=novark --wsrep-node-name="$1"
	    --wsrep-node-address="127.0.0.1:$((port + 1))"
	    --wsrep-cluster-address=gcomm://127.0.0.1:13307,127.0.0.1:23307
	    --wsrep-sst-method=ist
	    --wsrep-sst-receive-address="127.0.0.1:$((port + 3))"
	    --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$((port + 1));ist.recv_addr=127.0.0.1:$((port + 2));gcache.size=16M;pc.weight=$weight;evs.keepalive_period=PT0.3S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT3S;evs.install_timeout=PT3S")
	[ "$(id -u)" -ne 0 ] || node+=(--user=root)
}

on() { # NODE [ARGUMENT...]
	local CNF=$GALERA/$1.cnf
	sql "${@:2}"
}

galera_start() { # NODE [ARGUMENT...]
	local node n
	galera_node "$1"
	PATH=$GALERA/bin:$PATH mariadbd "${node[@]}" "${@:2}" \
	    >>"$GALERA/$1.log" 2>&1 &
	GALERA_PID[$1]=$!
	for n in {1..300}; do
		[ "$(on "$1" "SHOW STATUS LIKE 'wsrep_ready'" 2>/dev/null)" != \
		    $'wsrep_ready\tON' ] || return 0
		kill -0 "${GALERA_PID[$1]}" 2>/dev/null || break
		sleep 0.1
	done
	grep -v 'Passing config' "$GALERA/$1.log" >"$GALERA/shown"
	show "$GALERA/shown"
	fail "node $1 of the cluster did not come up (after $n looks)"
}

galera_kill() { # NODE
	kill -KILL "${GALERA_PID[$1]}"
	wait "${GALERA_PID[$1]}" 2>/dev/null || :
}

galera_back() { # NODE
	local node position
	galera_node "$1"
	position=$(PATH=$GALERA/bin:$PATH mariadbd "${node[@]}" --wsrep-recover \
	    2>&1 | sed -n 's/.*WSREP: Recovered position: *//p')
	galera_start "$1" --wsrep-start-position="$position"
}

galera_stop() {
	local n
	for n in "${!GALERA_PID[@]}"; do
		kill -CONT "${GALERA_PID[$n]}" 2>/dev/null || :
		kill -KILL "${GALERA_PID[$n]}" 2>/dev/null || :
		wait "${GALERA_PID[$n]}" 2>/dev/null || :
	done
}

galera_new() {
	export GALERA=$SITE/galera
	declare -gA GALERA_PID GALERA_SOCKET
	GALERA_SOCKET=([a]=$SOCKET [b]=$SOCKET.b)
	db_stop
	galera_script
	mv "$DB_DIR" "$GALERA/a"
	cp -a "$CNF" "$GALERA/a.cnf"
	sed "s|^socket=.*|socket=$SOCKET.b|" "$CNF" >"$GALERA/b.cnf"
	at_exit galera_stop
	# A cluster begins, and its second node as a copy of the first.
	galera_start a --wsrep-new-cluster
	kill "${GALERA_PID[a]}"
	wait "${GALERA_PID[a]}" || :
	cp -a --reflink=auto "$GALERA/a" "$GALERA/b"
	rm -f "$GALERA/b/galera.cache" "$GALERA/b/gvwstate.dat"
	galera_start a --wsrep-new-cluster
	galera_start b
}

GALERA_LIB=$(galera_library)
