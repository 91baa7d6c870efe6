# site.sh: a throw-away site, on real parts, below $SITE.
#
#   site_new [PART...]   files, libvirt or libvirtd, db (files libvirt db, when
#                        none is named):
#     $ROOT         the node's files (--root)
#     $URI          libvirt in embed mode (--connect); with the part libvirtd
#                   the one that tests/lib/private-libvirtd has started
#     $DEFS         the folder where that libvirt keeps its definitions
#     $CNF          client options of the database (--defaults-file), 0600
#     $KEY, $PUB    a signing key
#     SITE_ARGS     --root, --connect, --defaults-file as far as there are
#   sql [DATABASE] [STATEMENT]     a statement, or those of stdin
#   db_start, db_stop              (DB_ARGS: more options of the server)
#   virsh_ COMMAND...              virsh on the site's libvirt
#   define FILE...                 define domains there
#   story_load [INSTANCES]         the story's node: tests/story/
#   site_snapshot FILE [ARGUMENT...]
#   site_state FOLDER              all that a restore may change, as text
# shellcheck shell=bash disable=SC2034,SC2120,SC2154

# Made once for all scenarios of a run: an empty database server's folder, and
# what libvirt found out about QEMU.  The first one makes it, others wait.
template() {
	local dir=${NOVARK_TEMPLATE:-$TMPDIR/template} user=()
	(
		flock 9
		[ ! -e "$dir/ready" ] || exit 0
		rm -rf "$dir"
		mkdir -p "$dir/embed/etc"
		[ "$(id -u)" -ne 0 ] || user=(--user=root)
		mariadb-install-db --no-defaults --datadir="$dir/db" "${user[@]}" \
		    --auth-root-authentication-method=normal --skip-test-db \
		    --skip-name-resolve --innodb-log-file-size=4M >"$dir/log" 2>&1 ||
		    { cat "$dir/log"; exit 1; }
		embed_settings "$dir/embed"
		virsh -q -c "qemu:///embed?root=$dir/embed" list --all \
		    >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
		touch "$dir/ready"
	) 9>"$dir.lock"
	TEMPLATE=$dir
}

embed_settings() { # FOLDER
	mkdir -p "$1/etc"
	{
		if [ "$(id -u)" -eq 0 ]; then
			printf 'user = "root"\ngroup = "root"\n'
		fi
		printf 'security_driver = "none"\nstdio_handler = "file"\n'
	} >"$1/etc/qemu.conf"
}

site_new() {
	[ $# -gt 0 ] || set -- files libvirt db
	SITE=${SITE:-$TMPDIR/site}
	ROOT=$SITE/root
	SITE_ARGS=()
	template
	mkdir -p "$SITE"
	KEY=$SITE/key.key PUB=$SITE/key.pub
	[ -e "$KEY" ] || novark keygen --out "$SITE/key" >/dev/null 2>&1 ||
	    fail "keygen"
	local part
	for part; do
		"site_new_$part"
	done
	# What this site does not have is not looked for on the machine.
	case " $* " in *" libvirt"*) ;; *) SITE_ARGS+=(--no-libvirt) ;; esac
	case " $* " in *" db "*) ;; *) SITE_ARGS+=(--no-database) ;; esac
}

site_new_files() {
	mkdir -p "$ROOT/etc"
	SITE_ARGS+=(--root "$ROOT")
}

site_new_libvirt() {
	URI="qemu:///embed?root=$SITE/embed"
	DEFS=$SITE/embed/etc/qemu
	mkdir -p "$SITE/embed"
	cp -a "$TEMPLATE/embed/cache" "$SITE/embed/"
	embed_settings "$SITE/embed"
	SITE_ARGS+=(--connect "$URI")
}

site_new_libvirtd() {
	URI=$NOVARK_TEST_URI
	DEFS=/etc/libvirt/qemu
	SITE_ARGS+=(--connect "$URI")
}

site_new_db() {
	DB_DIR=$SITE/db
	SOCKET=$TMPDIR/db.socket
	# The kernel wants a socket's path short.
	if [ ${#SOCKET} -gt 100 ]; then
		SOCKET=$(mktemp -d /tmp/novark.XXXXXX)/db
		at_exit rm -rf "${SOCKET%/*}"
	fi
	CNF=$SITE/client.cnf
	cp -a --reflink=auto "${DB_TEMPLATE:-$TEMPLATE/db}" "$DB_DIR"
	(
		umask 077
		printf '[client]\nsocket=%s\nuser=root\npassword=r00t-Pass\n' \
		    "$SOCKET" >"$CNF"
		echo "SET PASSWORD FOR root@localhost = PASSWORD('r00t-Pass');" \
		    >"$SITE/db.init"
	)
	SITE_ARGS+=(--defaults-file "$CNF")
	db_start
	at_exit db_stop
}

db_start() {
	local user=() n
	[ "$(id -u)" -ne 0 ] || user=(--user=root)
	mariadbd --no-defaults --datadir="$DB_DIR" --socket="$SOCKET" \
	    --skip-networking "${user[@]}" --init-file="$SITE/db.init" --pid-file="$DB_DIR/pid" \
	    --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=64M \
	    --innodb-log-file-size=4M --skip-name-resolve \
	    --default-time-zone=+00:00 ${DB_ARGS[@]+"${DB_ARGS[@]}"} >"$SITE/db.log" 2>&1 &
	DB_PID=$!
	for n in {1..300}; do
		! mariadb --defaults-file="$CNF" -e 'SELECT 1' >/dev/null 2>&1 ||
		    return 0
		kill -0 "$DB_PID" 2>/dev/null || break
		sleep 0.05
	done
	show "$SITE/db.log"
	fail "the database server did not come up (after $n looks)"
}

db_stop() {
	[ -n "${DB_PID:-}" ] || return 0
	kill "$DB_PID" 2>/dev/null || :
	wait "$DB_PID" 2>/dev/null || :
	DB_PID=
}

sql() { # [DATABASE] [STATEMENT]
	local how=(mariadb --defaults-file="$CNF" --default-character-set=utf8mb4
	    --batch --skip-column-names)
	if [ $# -ge 2 ]; then
		"${how[@]}" "$1" -e "$2"
	elif [ $# -eq 1 ]; then
		"${how[@]}" -e "$1"
	else
		"${how[@]}"
	fi
}

virsh_() {
	virsh -q -c "$URI" "$@"
}

define() { # FILE...
	local file
	# One session for all: each costs an opening of the driver.
	for file; do
		printf 'define %s\n' "$file"
	done | virsh_ >"$TMPDIR/define.log" 2>&1 || :
	if grep '^error' "$TMPDIR/define.log"; then
		fail "libvirt does not take a definition"
	fi
}

site_snapshot() { # FILE [ARGUMENT...]
	novark snapshot --output "$1" --sign "$KEY" "${SITE_ARGS[@]}" "${@:2}"
}

# Every table of the node's databases, as text.
site_rows() {
	local schema table
	sql "SELECT table_schema, table_name FROM information_schema.tables
	    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN
	    ('mysql', 'sys', 'performance_schema', 'information_schema')
	    ORDER BY 1, 2" | while read -r schema table; do
		sql "$schema" "SELECT * FROM \`$table\` ORDER BY 1" |
		    sed "s/^/$schema.$table /"
	done
}

site_state() { # FOLDER
	local file
	mkdir -p "$1/domains"
	[ ! -d "$ROOT" ] || cp -a "$ROOT" "$1/root"
	rm -rf "$1/root/var/lib/novark"
	for file in ${DEFS:+"$DEFS"/*.xml}; do
		cp "$file" "$1/domains/"
	done
	[ -z "${DB_PID:-}" ] || site_rows >"$1/rows"
}

. "$top/tests/story/story.sh"
