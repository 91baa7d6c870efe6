# crash.sh: a small site, in memory, that is cut or failed at each call in turn.
# Source it behind lib.sh.
#
#   crash_site [libvirtd]    the site; $BUNDLE, ${MOVE[@]} and ${HERE[@]} (what a
#                            resume and an undo need); $START and $GOAL: how all
#                            looks before and behind the restore
#   state_save FOLDER        keeps files, definitions and rows there
#   state_load FOLDER        puts them back
#   is_start, is_goal        all is exactly so; else $DIFF tells what is not
#   fault WORDS ARGUMENT...  novark under fault.so (see tests/fault/fault.h): its
#                            exit in $code, its report in $REPORT, what it said
#                            in $OUT and $ERR
#   reported WORD            a number from the report
#   crash_seed               $SEED: NOVARK_SEED, else the day
#   points_of COUNT TOTAL    the points to try: all (NOVARK_CRASH=all), or COUNT
#                            of 1..TOTAL by the seed; those of a shard only
#                            (NOVARK_SHARD=N/OF)
#   point NAME               one more point is tried
#   wrong WHAT               it failed
#   crash_part NAME COMMAND ARGUMENT...   a part of the points
#   crash_some OF NAME COMMAND ARGUMENT...   one of so many in a sample
#   crash_end                the check: no point of any part failed
#
# A failure names its part and the point: NOVARK_PART=restore NOVARK_POINT=17 and
# the seed try that one again.
# Owners are set by root only; a file system without attributes has none.
# shellcheck shell=bash disable=SC2034,SC2154
[ -z "${NOVARK_WRAP:-}" ] || skip "machine: nothing is preloaded under valgrind"
[[ $NOVARK != */asan/* ]] || skip "machine: nothing is preloaded beside ASan"

crash_seed() {
	SEED=${NOVARK_SEED:-$(date -u +%Y%m%d)}
	RANDOM=$((10#$SEED % 32768))
	echo "# NOVARK_SEED=$SEED"
}

# In memory where there is room: there, what is synced costs nothing.
crash_folder() {
	local free
	free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || free=0
	if [ "${free:-0}" -gt 500000 ] && SITE=$(mktemp -d /dev/shm/novark.XXXXXX); then
		at_exit rm -rf "$SITE"
	else
		SITE=$TMPDIR/site
	fi
}

crash_site() { # [libvirtd]
	local virt=${1:-libvirt}
	need mariadb-dump
	crash_folder
	site_new files "$virt" db
	story_load 2
	crash_special
	accounts_put crash1@"$OLD" crash2@"$OLD"
	BUNDLE=$SITE/bundle REPORT=$SITE/report DIFF=$SITE/diff
	START=$SITE/start GOAL=$SITE/goal HALF=$SITE/half DONE=$SITE/done CUT=$SITE/cut TEMP=$SITE/temp
	mkdir "$TEMP"
	openssl enc -aes-128-ctr -K "$(printf %032d "$((10#$SEED))")" -iv 0 \
	    </dev/zero 2>/dev/null | head -c 1000000 >"$SITE/noise" || :
	objects=() all_points=0 all_failures=0
	[ "$virt" != libvirtd ] || crash_extras
	quietly site_snapshot "$BUNDLE"
	story_move "$SITE/map"
	HERE=("${SITE_ARGS[@]}" --yes)
	MOVE=("$BUNDLE" --trust "$PUB" --map-file "$SITE/map" "${HERE[@]}")
	crash_start
	[ "$virt" != libvirtd ] || crash_start_extras

	# The tables that a restore touches are those that differ behind one.
	rows_open
	rows_dump "$SITE/rows" "${tables[@]}"
	state_look >"$START.look"
	state_save "$START"
	quietly novark restore "${MOVE[@]}"
	state_look >"$GOAL.look"
	state_save "$GOAL"
	mapfile -t changed < <(diff "$START/sums" "$GOAL/sums" | sed -n 's/^> \([^\t]*\).*/\1/p')
	rows_dump "$GOAL.rows" "${changed[@]}"
	sql <"$SITE/rows"
	rows_dump "$START.rows" "${changed[@]}"
	state_load "$START"
	is_start || { show "$DIFF"; fail "the site cannot be put back"; }
	! cmp -s "$START.look" "$GOAL.look" || fail "a restore changes nothing here"
}

quietly() { # COMMAND...
	"$@" >"$OUT" 2>"$ERR" </dev/null || { show "$ERR"; fail "$1 $2: exit $?"; }
}

# Owners, modes and attributes that only a careful restore keeps.
crash_special() {
	local etc=$ROOT/etc
	chmod 2750 "$etc/nova"
	chmod 600 "$etc/nova/nova.conf"
	chmod 4711 "$etc/nova/api-paste.ini"
	"$HELPERS/tree" --set "$etc/nova/nova.conf" user.origin 'the old room' || :
	"$HELPERS/tree" --set "$etc/keystone/keystone.conf" user.note keep || :
	if [ "$(id -u)" -eq 0 ]; then
		chown 4711:4712 "$etc/nova/nova.conf" "$etc/keystone"
		chown 4711 "$etc/keystone/keystone.conf"
		chmod 4711 "$etc/nova/api-paste.ini"
	fi
	ln -s /etc/nova/nova.conf "$etc/nova/nova-volume.conf"
	# Names that follow the map: a folder, a link in one.
	mkdir -p "$etc/iscsi/nodes/iqn/$OLD,3260,1" "$etc/iscsi/send_targets/$OLD,3260"
	echo "node.conn[0].address = $OLD" >"$etc/iscsi/nodes/iqn/$OLD,3260,1/default"
	ln -s "/etc/iscsi/nodes/iqn/$OLD,3260,1/default" \
	    "$etc/iscsi/send_targets/$OLD,3260/iqn,$OLD,3260,1,default"
	virsh_ autostart instance-0000005e >/dev/null
}

crash_extras() {
	story_extras
	objects=(nwfilter:nova-base-arp nwfilter:nova-base
	    nwfilter:nova-instance-instance-0000005f-fa163e1a66d3
	    net:outer pool:images secret:5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de003
	    domain:instance-0000005e domain:instance-0000005f)
}

# Where the restore begins: some is as captured, some is gone.
crash_start() {
	rm -r "$ROOT/etc/keystone" "$ROOT/var/lib/nova/instances/instance-0000005f/libvirt.xml"
	sql nova "DELETE FROM floating_ips WHERE id = 1"
	virsh_ autostart --disable instance-0000005e >/dev/null
}

crash_start_extras() {
	virsh_ nwfilter-undefine nova-instance-instance-0000005f-fa163e1a66d3 >/dev/null
	virsh_ secret-undefine 5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de003 >/dev/null
	virsh_ pool-undefine images >/dev/null
	virsh_ net-autostart --disable outer >/dev/null
}

# --- rows: one client for all, because each costs more than what it is asked

rows_open() {
	if [ -n "${rows_pid:-}" ]; then
		rows_close
		exec {rows_in}>&- {rows_out}<&-
	else
		at_exit rows_close
	fi
	coproc ROWS { exec mariadb --defaults-file="$CNF" --default-character-set=utf8mb4 \
	    --batch --skip-column-names --unbuffered --force 2>&1; }
	rows_pid=$ROWS_PID
	# A coprocess's own descriptors are shut to subshells.
	exec {rows_in}>&"${ROWS[1]}" {rows_out}<&"${ROWS[0]}"
	mapfile -t tables < <(rows_ask "SELECT CONCAT(table_schema, '.', table_name)
	    FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND
	    table_schema IN ('nova', 'keystone', 'glance') ORDER BY 1;")
	printf -v sums ', %s' "${tables[@]}"
	sums="CHECKSUM TABLE ${sums#, };"
}

rows_close() {
	kill "$rows_pid" 2>/dev/null || :
	wait "$rows_pid" 2>/dev/null || :
}

rows_ask() { # STATEMENTS: the answer on stdout
	local line
	printf '%s\n' "$1" "SELECT 'end of the answer';" >&"$rows_in"
	while IFS= read -r line <&"$rows_out"; do
		[ "$line" != 'end of the answer' ] || return 0
		printf '%s\n' "$line"
	done
	return 1
}

rows_look() {
	rows_ask "$sums"
}

# As a script that brings them back, in one transaction.
rows_dump() { # FILE TABLE...
	local schema of
	{
		echo 'SET FOREIGN_KEY_CHECKS = 0; START TRANSACTION;'
		printf 'DELETE FROM %s;\n' "${@:2}"
		for schema in nova keystone glance; do
			mapfile -t of < <(printf '%s\n' "${@:2}" | sed -n "s/^$schema\.//p")
			[ ${#of[@]} -gt 0 ] || continue
			echo "USE $schema;"
			mariadb-dump --defaults-file="$CNF" --no-create-info --compact \
			    --skip-opt --hex-blob --default-character-set=utf8mb4 \
			    "$schema" "${of[@]}"
		done
		echo 'COMMIT; SET FOREIGN_KEY_CHECKS = 1;'
	} >"$1"
}

# --- accounts: those of the site, with their rights

accounts_look() {
	rows_ask "SELECT CONCAT(User, '@', Host) FROM mysql.user WHERE User LIKE 'crash_' ORDER BY 1;
	    SELECT 'schema', User, Host, Db FROM mysql.db WHERE User LIKE 'crash_' ORDER BY 2, 3;
	    SELECT 'table', User, Host, Table_name FROM mysql.tables_priv WHERE User LIKE 'crash_' ORDER BY 2, 3;"
}

accounts_put() { # USER@HOST...: these and no others
	local name all="DROP USER IF EXISTS crash1@'$OLD', crash1@'$NEW', crash2@'$OLD', crash2@'$NEW';"
	for name; do
		name="${name%@*}@'${name##*@}'"
		all+="CREATE USER $name; GRANT SELECT ON nova.* TO $name; GRANT UPDATE ON nova.volumes TO $name;"
	done
	sql "$all"
}

# --- definitions: asked of libvirt; in embed, its files

virt_look() {
	local object
	if [ ${#objects[@]} -eq 0 ]; then
		# It makes its folders as it needs them.
		"$HELPERS/tree" "$DEFS" | grep -v '^[^ ]* 4' || :
		return
	fi
	for object in "${objects[@]}"; do
		virt_show "${object%%:*}" "${object#*:}"
	done | virsh_all 2>&1 | sed 's/ @@/\n/g' | grep -E '^(==|error|[ <]|Autostart|Persistent)|^[A-Za-z0-9+/=]+$'
}

# The commands of stdin, in one session and without its prompt.
virsh_all() {
	local commands
	mapfile -t commands
	printf -v commands '%s; ' "${commands[@]}"
	virsh_ "$commands" || :
}

virt_show() { # KIND NAME: virsh commands
	# What ends no line.
	echo "echo == $1:$2 @@"
	case $1 in
	domain) printf '%s\n' "dumpxml --inactive --security-info $2" "dominfo $2" ;;
	net | pool) printf '%s\n' "$1-dumpxml --inactive $2" "$1-info $2" ;;
	secret) printf '%s\n' "secret-dumpxml $2" "secret-get-value $2" "echo ' @@'" ;;
	nwfilter) echo "nwfilter-dumpxml $2" ;;
	esac
}

# A file for each object and each of its sides.
virt_save() { # FOLDER
	if [ ${#objects[@]} -eq 0 ]; then
		cp -a "$DEFS" "$1/defs"
		return
	fi
	mkdir "$1/defs"
	virt_look | awk -v dir="$1/defs/" '
		/^== / { file = dir $2; next }
		/^Autostart: *(enable|yes)/ { print >(file ".auto") }
		/^[A-Za-z0-9+\/=]+$/ { print >(file ".value") }
		/^[ <]/ { print >(file ".xml") }'
}

virt_load() { # FOLDER
	local object
	if [ ${#objects[@]} -eq 0 ]; then
		rm -rf "$DEFS"
		cp -a "$1/defs" "$DEFS"
		return
	fi
	for object in "${objects[@]}"; do
		virt_put "${object%%:*}" "${object#*:}" "$1/defs/$object"
	done | virsh_all >/dev/null 2>&1 || :
}

virt_put() { # KIND NAME FILES: virsh commands
	local prefix=$1-
	[ "$1" != domain ] || prefix=
	# What stands there may have another value, or another flag.
	[ -e "$3.xml" ] && [ "$1" != secret ] || echo "${prefix}undefine $2"
	[ -e "$3.xml" ] || return 0
	echo "${prefix}define $3.xml"
	case $1 in
	secret) [ ! -e "$3.value" ] || echo "secret-set-value $2 --base64 $(cat "$3.value")" ;;
	nwfilter) ;;
	*) echo "${prefix}autostart $2 $([ -e "$3.auto" ] || echo --disable)" ;;
	esac
}

# --- all of it

state_save() { # FOLDER
	rm -rf "$1"
	mkdir "$1"
	cp -a "$ROOT" "$1/root"
	virt_save "$1"
	accounts_look >"$1/accounts"
	rows_look >"$1/sums"
}

# Rows are those of the start or of the goal; anything else is a failure, which
# was seen before it is loaded.
state_load() { # FOLDER
	rm -rf "$ROOT"
	cp -a "$1/root" "$ROOT"
	virt_load "$1"
	if ! accounts_look | cmp -s - "$1/accounts"; then
		# shellcheck disable=SC2046
		accounts_put $(grep '^crash' "$1/accounts")
	fi
	if cmp -s "$1/sums" "$GOAL/sums"; then
		rows_ask "source $GOAL.rows"
	else
		rows_ask "source $START.rows"
	fi
}

state_look() {
	"$HELPERS/tree" "$ROOT" var/lib/novark
	virt_look
	accounts_look
	rows_look
}

is_start() {
	state_look | diff "$START.look" - >"$DIFF"
}

is_goal() {
	state_look | diff "$GOAL.look" - >"$DIFF"
}

# --- points

fault() { # WORDS ARGUMENT...
	local NOVARK_WRAP="timeout -k 1 60 env LD_PRELOAD=$HELPERS/fault.so NOVARK_FAULT=$1,report=$REPORT"
	rm -f "$REPORT"
	plain "${@:2}" 2>/dev/null
}

# The same without a fault.
plain() { # ARGUMENT...
	code=0
	TMPDIR=$TEMP novark "$@" >"$OUT" 2>"$ERR" </dev/null || code=$?
}

reported() { # WORD
	awk -v word="$1" '$1 == word { print $2 }' "$REPORT" 2>/dev/null
}

points_of() { # COUNT TOTAL
	local shard=${NOVARK_SHARD:-1/1} k at
	if [ -n "${NOVARK_POINT:-}" ]; then
		echo "${NOVARK_POINT##*:}"
	elif [ "${NOVARK_CRASH:-}" = all ]; then
		seq "${shard%/*}" "${shard#*/}" "$2"
	else
		for ((k = 0; k < $1; k++)); do
			# One of each part, so that they are spread.
			at=$((1 + $2 * k / $1 + RANDOM % (1 + $2 / $1)))
			echo $((at < $2 ? at : $2))
		done
	fi
}

point() { # NAME
	point=$1
	points=$((points + 1))
}

wrong() { # WHAT
	failures=$((failures + 1))
	echo "# $point: $*"
	sed -n "s/^at /#   at $(where) /p" "$REPORT" 2>/dev/null || :
	[ "$failures" -le "${NOVARK_SHOW:-5}" ] || return 0
	show "$ERR"
	show "$DIFF"
	: >"$DIFF"
}

# The line of the call that was hit.
where() {
	local at
	at=$(awk '$1 == "at" { print "0x" $4 }' "$REPORT" 2>/dev/null)
	[ -z "$at" ] || addr2line -ipse "$NOVARK" "$at" 2>/dev/null |
	    sed 's,.*/,,; s/ .*//' | head -n 4 | tr '\n' ' '
}

# One part of a scenario, with its line for the table; the scenario goes on, so
# that all of what is wrong is seen.
crash_part() { # NAME COMMAND ARGUMENT...
	local start=$EPOCHREALTIME
	part=$1
	# A pattern on purpose.
	# shellcheck disable=SC2053
	[[ $part == ${NOVARK_PART:-*} ]] || return 0
	points=0 failures=0
	"${@:2}"
	start=$(((${EPOCHREALTIME/./} - ${start/./}) / 100000))
	echo "# $part: $points points, $failures failures, $((start / 10)).$((start % 10)) s"
	[ -z "${NOVARK_CRASH_LOG:-}" ] ||
	    echo "$part $points $failures $start" >>"$NOVARK_CRASH_LOG"
	all_points=$((all_points + points)) all_failures=$((all_failures + failures))
}

# One of many: in a sample only every OF-th is tried, another one each day.
crash_some() { # OF NAME COMMAND ARGUMENT...
	parts=$((${parts:-0} + 1))
	[ "${NOVARK_CRASH:-}" = all ] || [ -n "${NOVARK_PART:-}" ] ||
	    [ $(((parts + 10#$SEED) % $1)) -eq 0 ] || return 0
	crash_part "${@:2}"
}

crash_end() {
	assert "there are points ($all_points)" test "$all_points" -gt 0
	assert_equal "of $all_points points none fails" 0 "$all_failures"
}
