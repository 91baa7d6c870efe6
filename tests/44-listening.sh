#!/bin/bash
# verify looks who listens: where the configuration names an address of this
# host and a port, and on addresses that this host does not have.  Notes: they
# fail nothing.
. "$(dirname "$0")/lib/lib.sh"
need_root
host_alone

site_new files
mkdir -p "$ROOT/etc/nova" "$ROOT/etc/mysql"
cat >"$ROOT/etc/nova/nova.conf" <<END
[DEFAULT]
host = cloud01
my_ip = $OLD
# transport_url = rabbit://$OLD:5999/
transport_url = rabbit://nova:x@$OLD:5672/
metadata_listen = \$my_ip
metadata_listen_port = 9775
[vnc]
server_listen = $OLD
[glance]
api_servers = http://$OLD:9292,http://10.2.15.99:9293
END
printf '[mysqld]\nbind-address = %s\nport = 3307\n' "$OLD" >"$ROOT/etc/mysql/my.cnf"
expect_exit 0 site_snapshot "$TMPDIR/b"
move=("$TMPDIR/b" --trust "$PUB" --map "$OLD=$NEW" "${SITE_ARGS[@]}")
expect_exit 0 novark restore "${move[@]}" --yes
assert_lacks "$OUT" "nothing listens on"

start() { # ADDRESS PORT
	bash -c 'exec -a mariadbd "$0" --listen "$@"' "$HELPERS/idle" "$@" >"$TMPDIR/started" 2>&1 &
	at_exit kill "$!"
	for _ in {1..100}; do
		! grep -q ready "$TMPDIR/started" || return 0
		sleep 0.05
	done
	fail "nothing listens on $*"
}

start "$NEW" 3307
start 0.0.0.0 5672
start "$OLD" 3306
expect_exit 0 novark verify "${move[@]}"
assert_contains "$OUT" "note      nothing listens on $NEW port 9292, which file:/etc/nova/nova.conf [glance] api_servers names"
assert_contains "$OUT" "note      nothing listens on $NEW port 9775, which file:/etc/nova/nova.conf [DEFAULT] metadata_listen names"
assert_contains "$OUT" "listens on $OLD port 3306, an address that this host does not have"
assert_contains "$OUT" "note      idle (pid "
for other in 3307 5672 5999 9293; do
	assert_lacks "$OUT" "port $other"
done
expect_exit 0 novark verify "${move[@]}" --json
assert_equal "all of them in JSON" "$OLD 3306 nowhere idle
$NEW 3307 listening idle
$NEW 5672 listening idle
$NEW 9292 absent null
$NEW 9775 absent null" "$(jq -r '.listening[] | "\(.address) \(.port) \(.state) \(.program)"' "$OUT" | sort -k2n)"
expect_exit 0 novark verify "${move[@]}" --quiet
assert_lacks "$OUT" "listens"
