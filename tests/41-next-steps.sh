#!/bin/bash
# What a restore leaves to the operator: the services that this site has, by the
# names that they have here, in the order that works.
. "$(dirname "$0")/lib/lib.sh"

site_new
story_load 4
# More of a node than the story has.
mkdir -p "$ROOT"/etc/{mysql,memcached.d,rabbitmq,ssl,systemd/system/tgt.service.d}
printf '[mysqld]\nbind-address = %s\n' "$OLD" >"$ROOT/etc/mysql/my.cnf"
printf '127.0.0.1 localhost\n%s cloud01\n' "$OLD" >"$ROOT/etc/hosts"
printf '[Service]\nExecStart=\nExecStart=/usr/sbin/tgtd --iscsi portal=%s:3260\n' "$OLD" \
    >"$ROOT/etc/systemd/system/tgt.service.d/portal.conf"
certificate() { # FILE ADDRESS
	openssl req -x509 -newkey ed25519 -noenc -subj /CN=cloud01 -days 30 \
	    -addext "subjectAltName = IP:$2" -keyout /dev/null -out "$1" 2>/dev/null
}
certificate "$ROOT/etc/keystone/old.crt" "$OLD"
certificate "$ROOT/etc/keystone/other.crt" 10.2.116.140
# Elsewhere, but named; the plan tells it, too.
mkdir -p "$ROOT/srv/tls"
certificate "$ROOT/srv/tls/glance.pem" "$OLD"
sed -i '/^\[DEFAULT\]/a cert_file = /srv/tls/glance.pem' "$ROOT/etc/glance/glance-api.conf"
site_snapshot "$TMPDIR/b" >"$OUT" 2>"$ERR" || { show "$ERR"; fail "snapshot"; }
story_move "$TMPDIR/map"
move=("$TMPDIR/b" --trust "$PUB" --map-file "$TMPDIR/map" "${SITE_ARGS[@]}")

# steps FILE: what to do, one a line, of the JSON of a verify or of a receipt
steps() {
	python3 - "$1" <<-'END'
	import json, sys
	steps = json.load(open(sys.argv[1]))['next_steps']
	assert [s['order'] for s in steps] == list(range(1, len(steps) + 1))
	for s in steps:
	    assert set(s) == {'order', 'text', 'command', 'why'} and s['why']
	    print(s['text'], '|', s['command'])
	END
}
# in_order FILE TEXT...: each stands in the file, behind the one before
in_order() {
	local file=$1 at=0 line
	for text in "${@:2}"; do
		line=$(grep -nF -- "$text" "$file" | head -n 1 | cut -d: -f1)
		[ -n "$line" ] || { show "$file"; fail "there is no step: $text"; }
		[ "$line" -gt "$at" ] || { show "$file"; fail "out of order: $text"; }
		at=$line
	done
	ok "${#} steps are there, in order"
}

# No service is described below the root: the names of Debian.
expect_exit 0 novark restore "${move[@]}" --yes
cp "$OUT" "$TMPDIR/text"
assert "no line but a command, a bundle or a diff is wider than the page" test -z "$(
	sed -n '/^next:/,$p' "$TMPDIR/text" | grep -v '^        ' | grep '.\{79\}' | grep -v ^receipt)"
expect_exit 0 novark verify "${move[@]}" --json
steps "$OUT" >"$TMPDIR/steps" || fail "next_steps of verify --json"
in_order "$TMPDIR/steps" "getent hosts cloud01" "openssl x509 -noout" \
    "systemctl daemon-reload" "systemctl restart mariadb" \
    "systemctl restart rabbitmq-server" "systemctl restart libvirtd" \
    "systemctl restart tgt" \
    "systemctl restart keystone" "systemctl restart glance-api" \
    "systemctl restart nova-api nova-scheduler" \
    "systemctl restart nova-compute" "decide about 4 places held: a tenant's own data"
for file in /etc/keystone/old.crt /srv/tls/glance.pem; do
	assert_contains "$TMPDIR/steps" "issue the certificate $file again: it is for $OLD"
	assert_contains "$TMPDIR/text" "note      file:$file: this certificate must be issued again: it names $OLD"
done
assert_lacks "$TMPDIR/steps" other.crt
for none in iscsiadm placement cinder neutron chrony haproxy cell_v2 secret-set-value; do
	assert_lacks "$TMPDIR/steps" "$none"
done
steps "$(echo "$ROOT"/var/lib/novark/2*/receipt.json)" |
    sed 's/ --force-preflight [^ ]*//g' >"$TMPDIR/receipt" # verify waives nothing
assert_same "$TMPDIR/steps" "$TMPDIR/receipt"
while IFS='|' read -r text command; do
	assert_contains "$TMPDIR/text" "${command# }"
done < <(grep -v ^decide "$TMPDIR/steps")
# verify tells people what it found, and no more.
expect_exit 0 novark verify "${move[@]}"
assert_lacks "$OUT" "next:"
expect_exit 0 novark restore "${move[@]}" --yes --quiet
assert_lacks "$OUT" "next:"

# What --also would release is the command that is proposed: it does.
sed -n 's/^decide about 4.*| //p' "$TMPDIR/steps" >"$TMPDIR/command"
assert_contains "$TMPDIR/command" "--also 'row:nova.security_group_rules:*'"
mkdir "$TMPDIR/bin"
printf '#!/bin/sh\nexec %s "$@"\n' "${NOVARK_WRAP:-} $NOVARK" >"$TMPDIR/bin/novark"
chmod +x "$TMPDIR/bin/novark"
expect_exit 0 env PATH="$TMPDIR/bin:$PATH" sh -c "$(cat "$TMPDIR/command") --dry-run"
assert_contains "$OUT" "+$NEW/32"

# By the names that services have here: RDO's, on a compute node.
units=$ROOT/usr/lib/systemd/system
mkdir -p "$units"
touch "$units"/{openstack-nova-compute,libvirtd,memcached,neutron-openvswitch-agent}.service
expect_exit 0 novark verify "${move[@]}" --json
steps "$OUT" >"$TMPDIR/steps"
in_order "$TMPDIR/steps" "systemctl restart memcached" "systemctl restart libvirtd" \
    "systemctl restart neutron-openvswitch-agent" "systemctl restart openstack-nova-compute"
for none in "restart keystone" "restart mariadb" nova-api rabbitmq-server "restart tgt"; do
	assert_lacks "$TMPDIR/steps" "$none"
done
rm -r "${ROOT:?}/usr"

# Of old: upstart takes one service at a time.
mkdir -p "$ROOT/etc/init"
touch "$ROOT"/etc/init/{nova-api,nova-scheduler,nova-cert,nova-compute,nova-network,glance-api,glance-registry}.conf
expect_exit 0 novark verify "${move[@]}" --json
steps "$OUT" >"$TMPDIR/steps"
in_order "$TMPDIR/steps" \
    "service glance-registry restart; service glance-api restart" \
    "service nova-api restart; service nova-scheduler restart; service nova-cert restart" \
    "service nova-network restart; service nova-compute restart"
rm -r "$ROOT/etc/init"

# memcached elsewhere, where the configuration says so; cells of a newer nova.
cat >>"$ROOT/etc/keystone/keystone.conf" <<-END

	[cache]
	memcache_servers = 10.2.15.9:11211,inet6:[2001:db8::9]:11222,\$(reboot)
END
expect_exit 0 novark verify "${move[@]}" --json
steps "$OUT" >"$TMPDIR/steps"
in_order "$TMPDIR/steps" "printf 'flush_all\\r\\nquit\\r\\n' | nc 10.2.15.9 11211" \
    "nc 2001:db8::9 11222" "restart keystone"
assert_lacks "$TMPDIR/steps" reboot

# One that was issued again is no step.
certificate "$ROOT/srv/tls/glance.pem" "$NEW"
expect_exit 0 novark verify "${move[@]}" --json
steps "$OUT" >"$TMPDIR/steps"
assert_lacks "$TMPDIR/steps" /srv/tls/glance.pem
assert_contains "$TMPDIR/steps" /etc/keystone/old.crt

# An undo tells which services to start again, and asks for no decision.
sed -i '/^\[cache\]/,$d' "$ROOT/etc/keystone/keystone.conf"
sed -i '$d' "$ROOT/etc/keystone/keystone.conf"
expect_exit 0 novark restore --undo --yes "${SITE_ARGS[@]:0:2}"
assert_contains "$OUT" "systemctl restart mariadb"
assert_contains "$OUT" "systemctl restart nova-compute"
assert_lacks "$OUT" decide
