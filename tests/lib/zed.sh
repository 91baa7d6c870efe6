# zed.sh: a site on the real schemas of Debian's OpenStack (in Debian 12: Zed), made
# by OpenStack's own programs from the packages python3-nova and its like.
#
#   zed_new          site_new files libvirt db (or $ZED_PARTS), the databases nova_api, nova_cell0,
#                    nova, cinder, keystone, glance, neutron and placement empty
#   zed_fill         two hosts, 20 instances: tests/zed/fill.sql
#   zed_files        files that name the databases
#   zed_map, zed_find
#   zed_places       the places of tests/zed, read (places.sh)
# shellcheck shell=bash disable=SC2034,SC2154
ZED_SCHEMAS='nova_api nova_cell0 nova cinder keystone glance neutron placement'

# Made once for each state of the packages, and kept below build/: a database
# folder with nothing in it but what the programs make.
zed_template() {
	local key dir
	key=$({
		dpkg-query -W python3-{nova,cinder,keystone,glance,neutron,placement} \
		    python3-{sqlalchemy,alembic,oslo.db} 2>&1
		mariadbd --version
		declare -f zed_url zed_manage zed_make zed_schemas zed_nova zed_others
	} | sha256sum | cut -c1-16)
	dir=$top/build/zed
	mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || dir=$TEMPLATE.zed
	mkdir -p "$dir"
	(
		flock 9
		[ ! -e "$dir/$key/ready" ] || exit 0
		rm -rf "${dir:?}"/*/
		zed_make "$dir/$key" || exit 1
		touch "$dir/$key/ready"
	) 9>"$dir/lock" || fail "the schemas cannot be made"
	DB_TEMPLATE=$dir/$key/db
}

zed_url() { # SCHEMA
	echo "mysql+pymysql://root@localhost/$1?unix_socket=$zed_socket&charset=utf8"
}

# A program of OpenStack, by its entry point: what Debian has as a command in a
# package that would bring a running service along.
zed_manage() { # MODULE ARGUMENT...
	local module=$1
	shift
	(cd "$zed_dir" && HOME=$zed_dir /usr/bin/python3 -W ignore -c "
import sys
from $module import main
sys.argv[0] = '$module'
sys.exit(main())" "$@") >"$zed_dir/$module.log" 2>&1 ||
	    { show "$zed_dir/$module.log"; echo "# $module $*"; return 1; }
}

zed_make() { # FOLDER
	local zed_dir zed_socket user=() pid n code=0
	mkdir -p "$1"
	cp -a "$TEMPLATE/db" "$1/db"
	zed_dir=$(mktemp -d /tmp/novark.XXXXXX)
	zed_socket=$zed_dir/socket
	[ "$(id -u)" -ne 0 ] || user=(--user=root)
	mariadbd --no-defaults --datadir="$1/db" --socket="$zed_socket" \
	    --skip-networking "${user[@]}" --pid-file="$zed_dir/pid" \
	    --innodb-flush-log-at-trx-commit=0 --skip-innodb-doublewrite \
	    --innodb-log-file-size=4M --skip-name-resolve \
	    --default-time-zone=+00:00 >"$zed_dir/db.log" 2>&1 9>&- &
	pid=$!
	for n in {1..300}; do
		! mariadb --no-defaults -u root -S "$zed_socket" -e 'SELECT 1' \
		    >/dev/null 2>&1 || break
		sleep 0.05
	done
	zed_schemas || code=1
	kill "$pid"
	wait "$pid" || :
	[ "$code" -eq 0 ] || show "$zed_dir/db.log"
	rm -rf "$zed_dir"
	return "$code"
}

zed_schemas() {
	local schema service
	for schema in $ZED_SCHEMAS; do
		echo "CREATE DATABASE $schema CHARACTER SET utf8mb3;"
	done | mariadb --no-defaults -u root -S "$zed_socket" || return 1
	for service in nova cinder keystone glance neutron placement; do
		cat >"$zed_dir/$service.conf" <<-END
		[DEFAULT]
		state_path = $zed_dir
		transport_url = fake:/
		[database]
		connection = $(zed_url "$service")
		[api_database]
		connection = $(zed_url nova_api)
		[placement_database]
		connection = $(zed_url placement)
		END
	done
	# Half of it each, at once.
	zed_others &
	zed_nova && wait "$!"
}

zed_nova() {
	local nova=(zed_manage nova.cmd.manage --config-file "$zed_dir/nova.conf")
	"${nova[@]}" api_db sync &&
	    "${nova[@]}" cell_v2 map_cell0 --database_connection "$(zed_url nova_cell0)" &&
	    "${nova[@]}" db sync && "${nova[@]}" cell_v2 create_cell --name cell1
}

zed_others() {
	zed_manage neutron.db.migration.cli --config-file "$zed_dir/neutron.conf" \
	    upgrade heads &&
	    zed_manage keystone.cmd.manage --config-file "$zed_dir/keystone.conf" db_sync &&
	    zed_manage cinder.cmd.manage --config-file "$zed_dir/cinder.conf" db sync &&
	    zed_manage glance.cmd.manage --config-file "$zed_dir/glance.conf" db sync &&
	    zed_manage placement.cmd.manage --config-file "$zed_dir/placement.conf" db sync
}

zed_new() {
	template
	zed_template
	# Words on purpose.
	# shellcheck disable=SC2086
	site_new ${ZED_PARTS:-files libvirt db}
}

# What names the databases, and no more.
zed_files() {
	local service
	# Novark's own journal has its folder there.
	mkdir -p "$ROOT/var/lib"
	for service in nova cinder keystone glance neutron placement; do
		mkdir -p "$ROOT/etc/$service"
		{
			[ "$service" != nova ] || printf '[DEFAULT]\nmy_ip = 10.2.116.14\nhost = one\n'
			printf '[database]\nconnection = mysql://%s:%s-Pass@10.2.116.14/%s\n' \
			    "$service" "$service" "$service"
			[ "$service" != nova ] ||
			    printf '[api_database]\nconnection = mysql://nova:nova-Pass@10.2.116.14/nova_api\n'
		} >"$ROOT/etc/$service/$service.conf"
	done
	mv "$ROOT/etc/glance/glance.conf" "$ROOT/etc/glance/glance-api.conf"
	sed -i 's/^\[database]/[placement_database]/' "$ROOT/etc/placement/placement.conf"
}

zed_fill() {
	local n dir
	sql <"$top/tests/zed/fill.sql"
	for n in {1..10}; do
		printf -v dir '%s/var/lib/nova/instances/5bd10000-0000-4000-8000-%012d' "$ROOT" "$n"
		mkdir -p "$dir"
		[ -e "$SITE/disk" ] || qemu-img create -q -f qcow2 "$SITE/disk" 10G
		cp "$SITE/disk" "$dir/disk"
	done
}

# The move of tests/zed/tokens.places, as a map; and a search for all it moves.
zed_map() {
	cat <<-END
	10.2.116.14 = 10.2.15.3
	10.2.116.15 = 10.2.15.4
	10.9.0.14 = 10.8.0.3
	10.2.118.0/24 = 10.2.17.0/24
	2001:db8:1::e = 2001:db8:2::e
	2001:db8:1:8::/64 = 2001:db8:2:8::/64
	name ctl.old.example = ctl.new.example
	END
}

zed_find() { # BUNDLE; into $OUT, as JSON
	local what=()
	mapfile -t what < <(zed_map | sed 's/^name //; s/ = .*//; s/^/--find\n/')
	expect_exit 0 novark audit "$1" --trust "$PUB" --json "${what[@]}"
}

zed_places() {
	local share=10.2.116.14:/export/vols text
	places_token NFS "$(zed_md5 "$share")" "$(zed_md5 "${share/10.2.116.14/10.2.15.3}")"
	text=$(printf '#!/bin/sh\nmount 10.2.116.14:/export/home /home\n' | base64 -w 0)
	places_token USERDATA "$text" "$text"
	text=$(printf '#!/bin/sh\necho 10.2.116.14\n' | gzip -n | base64 -w 0)
	places_token USERDATAGZ "$text" "$text"
	places_read "$top"/tests/zed/*.places
}

# Nova's and cinder's name for the folder that a share is mounted at.
zed_md5() { # SHARE
	printf %s "$1" | md5sum | cut -c1-32
}

# The definition of an instance: places_domains of places.sh.  Without a name,
# all names.
places_template() { # [NAME]
	local n id
	if [ $# -eq 0 ]; then
		seq -f 'instance-%08.0f' 10 | sed 's/-0*10$/-0000000a/'
		return
	fi
	n=$((16#${1#instance-}))
	printf -v id '5bd10000-0000-4000-8000-%012d' "$n"
	cat <<-END
	<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
	  <name>$1</name>
	  <uuid>$id</uuid>
	  <memory>524288</memory>
	  <vcpu>1</vcpu>
	  <os>
	    <type arch='x86_64' machine='pc'>hvm</type>
	  </os>
	  <devices>
	    <emulator>/usr/bin/qemu-system-x86_64</emulator>
	    <disk type='file' device='disk'>
	      <driver name='qemu' type='qcow2'/>
	      <source file='/var/lib/nova/instances/$id/disk'/>
	      <target dev='vda' bus='virtio'/>
	    </disk>
	    <interface type='bridge'>
	      <mac address='fa:16:3e:00:00:$(printf %02x "$n")'/>
	      <source bridge='br100'/>
	      <model type='virtio'/>
	    </interface>
	  </devices>
	</domain>
	END
}
