# canary_site.sh: where the secrets of canary.sh stand.
# shellcheck shell=bash disable=SC2154

# Below the root, made for its owner alone.
put() { # PATH: from stdin
	mkdir -p "$ROOT/$(dirname "$1")"
	(umask 077; cat >"$ROOT/$1")
}

add() { # PATH: from stdin, behind what is there
	cat >>"$ROOT/$1"
}

canary_files() {
	files_openstack
	files_around
	files_keys
	find "$ROOT" -type f -exec chmod 600 {} +
	# As nova's packages have it: the group may read.
	chmod 640 "$ROOT/etc/nova/nova.conf"
	allow 640 "$ROOT/etc/nova/nova.conf"
}

files_openstack() {
	add etc/nova/nova.conf <<-END
	--sql_connection=mysql://nova:$(secret flags-url)@$OLD/nova
	--rabbit_password=$(secret flags-option)
	# --old_rabbit_password=$(secret flags-comment) for $OLD
	END
	put etc/nova/nova-compute.conf <<-END
	[DEFAULT]
	my_ip = $OLD
	transport_url = rabbit://openstack:$(secret ini-transport-1)@$OLD:5672,openstack:$(secret ini-transport-2)@$OLD:5673/
	# transport_url = rabbit://openstack:$(secret ini-comment-url)@$OLD:5672/
	# metadata_proxy_shared_secret = $(secret ini-comment)
	[database]
	connection = mysql+pymysql://nova:$(secret ini-at)@more@$OLD/nova
	slave_connection = mysql+pymysql://nova:%40$(secret ini-percent)%2F@$OLD/nova
	[glance]
	api_servers = http://$OLD:9292
	[keystone_authtoken]
	auth_url = http://$OLD:5000
	password = $(secret ini-password)
	memcache_secret_key = $(secret ini-secret-key)
	[neutron]
	metadata_proxy_shared_secret = $(secret ini-shared)
	password = "$(secret ini-quoted) $(secret ini-quoted-2)"
	[key_manager]
	fixed_key = $(secret ini-fixed-key)
	[vmware]
	host_password=$(secret ini-no-blank)
	[cache]
	memcache_servers = $OLD:11211
	memcache_password = $(secret ini-continued)
	  $(secret ini-continued-2)
	[workarounds]
	note = http://$OLD/?token=$(secret url-query-token)&user=x&password=$(secret url-query-password)
	END
	put etc/cinder/cinder.conf <<-END
	[DEFAULT]
	my_ip = $OLD
	san_ip = $OLD
	san_password = $(secret san)
	backup_swift_key = $(secret swift-key)
	[lvm]
	target_ip_address = $OLD
	chap_password = $(secret chap-option)
	netapp_password = $(secret netapp)
	END
	put etc/barbican/barbican.conf <<-END
	[DEFAULT]
	host_href = http://$OLD:9311
	[simple_crypto_plugin]
	kek = '$(secret kek)'
	[p11_crypto_plugin]
	login = '$(secret p11-login)'
	END
	put etc/heat/heat.conf <<-END
	[DEFAULT]
	heat_metadata_server_url = http://$OLD:8000
	auth_encryption_key = $(secret heat-key)
	stack_domain_admin_password=$(secret heat-admin)
	END
	put etc/swift/proxy-server.conf <<-END
	[filter:tempauth]
	user_admin_admin = $(secret tempauth) .admin .reseller_admin http://$OLD:8080/v1/AUTH_admin
	super_admin_key = $(secret super-admin)
	END
	put etc/swift/swift.conf <<-END
	[swift-hash]
	swift_hash_path_suffix = $(secret swift-suffix)
	# at $OLD
	END
	put etc/swift/container-sync-realms.conf <<-END
	[realm1]
	key = $(secret realm-key)
	key2 = $(secret realm-key2)
	cluster_one = http://$OLD:8080/v1/
	END
	put etc/openstack-dashboard/local_settings.py <<-END
	OPENSTACK_HOST = "$OLD"
	SECRET_KEY = '$(secret horizon-key)'
	DATABASES = {'default': {'HOST': '$OLD', 'PASSWORD': '$(secret horizon-db)'}}
	EMAIL_HOST_PASSWORD = "$(secret horizon-mail)"
	END
	put etc/openstack/clouds.yaml <<-END
	clouds:
	  here:
	    auth:
	      auth_url: http://$OLD:5000/v3
	      password: "$(secret clouds-password)"
	      application_credential_secret: $(secret clouds-credential)
	END
	put root/adminrc-openrc <<-END
	export OS_AUTH_URL=http://$OLD:5000/v2.0
	export OS_PASSWORD=$(secret openrc)
	export OS_TOKEN="$(secret openrc-token)"
	export SERVICE_TOKEN='$(secret openrc-service)'; export X=$OLD
	curl -u admin:$(secret curl-user) http://$OLD:5000/
	curl -H "X-Auth-Token: $(secret curl-header)" http://$OLD:8774/
	mysql -unova -p$(secret mysql-p) -h $OLD nova
	mysqldump --password=$(secret mysql-password) -h $OLD nova
	END
}

files_around() {
	put etc/mysql/my.cnf <<-END
	[client]
	host = $OLD
	password = $(secret my-cnf)
	[mysqld]
	bind-address = $OLD
	wsrep_sst_auth = sst:$(secret wsrep-auth)
	wsrep_cluster_address = gcomm://$OLD
	END
	put root/.my.cnf <<-END
	[client]
	host=$OLD
	password="$(secret root-my-cnf)"
	END
	put etc/iscsi/iscsid.conf <<-END
	node.session.auth.username = user
	node.session.auth.password = $(secret iscsid)
	node.session.auth.password_in = $(secret iscsid-in)
	discovery.sendtargets.auth.password = $(secret iscsid-discovery)
	iface.ipaddress = $OLD
	END
	put "etc/iscsi/nodes/iqn.2010-10.org.openstack:volume-00000c01/$OLD,3260,1/default" <<-END
	# BEGIN RECORD 2.0-871
	node.name = iqn.2010-10.org.openstack:volume-00000c01
	node.session.auth.password = $(secret iscsi-node)
	node.conn[0].address = $OLD
	# END RECORD
	END
	put etc/tgt/targets.conf <<-END
	<target iqn.2010-10.org.openstack:volume-00000c01>
	    initiator-address $OLD
	    incominguser chap $(secret tgt-incoming)
	    outgoinguser chap $(secret tgt-outgoing)
	</target>
	END
	put etc/target/saveconfig.json <<-END
	{"targets": [{"tpgs": [{"portals": [{"ip_address": "$OLD", "port": 3260}],
	"node_acls": [{"chap_userid": "user", "chap_password": "$(secret lio)",
	"chap_mutual_password": "$(secret lio-mutual)"}]}]}]}
	END
	put etc/nvme/config.json <<-END
	[{"hostnqn": "nqn", "dhchap_key": "DHHC-1:00:$(secret nvme)",
	"subsystems": [{"ports": [{"traddr": "$OLD", "dhchap_ctrl_key": "$(secret nvme-ctrl)"}]}]}]
	END
	put etc/fstab <<-END
	//$OLD/share /mnt cifs username=user,password=$(secret fstab-cifs),uid=0 0 0
	$OLD:6789:/ /ceph ceph name=admin,secret=$(secret fstab-ceph),noatime 0 0
	END
	put etc/ceph/ceph.conf <<-END
	[global]
	mon_host = $OLD
	key = $(secret ceph-conf)
	END
	put etc/ceph/ceph.client.admin.keyring <<-END
	[client.admin]
	key = $(secret ceph-keyring)
	END
	printf '%s\n' "$(secret ceph-secret)" | put etc/ceph/admin.secret
	put etc/rabbitmq/rabbitmq.config <<-END
	[{rabbit, [{tcp_listeners, [{"$OLD", 5672}]},
	  {default_pass, <<"$(secret rabbit-pass)">>}]}].
	END
	put etc/rabbitmq/rabbitmq.conf <<-END
	listeners.tcp.1 = $OLD:5672
	default_pass = $(secret rabbit-default)
	END
	put etc/rabbitmq/rabbitmq-env.conf <<-END
	NODE_IP_ADDRESS=$OLD
	SERVER_ADDITIONAL_ERL_ARGS="-setcookie $(secret rabbit-cookie)"
	END
	put etc/redis/redis.conf <<-END
	bind $OLD
	requirepass $(secret redis)
	masterauth $(secret redis-master)
	user default on >$(secret redis-acl) ~* +@all
	END
	put etc/redis/sentinel.conf <<-END
	sentinel monitor mymaster $OLD 6379 2
	sentinel auth-pass mymaster $(secret redis-sentinel)
	END
	put etc/haproxy/haproxy.cfg <<-END
	listen stats
	    bind $OLD:1936
	    stats auth admin:$(secret haproxy-stats)
	userlist ops
	    user joe insecure-password $(secret haproxy-user)
	    user jim password $(secret haproxy-hash)
	END
	put etc/keepalived/keepalived.conf <<-END
	vrrp_instance one {
	    authentication {
	        auth_type PASS
	        auth_pass $(secret keepalived)
	    }
	    virtual_ipaddress {
	        $OLD
	    }
	}
	END
	put etc/apache2/sites-available/keystone.conf <<-END
	Listen $OLD:5000
	SetEnv OS_PASSWORD $(secret apache-env)
	AuthLDAPBindPassword "$(secret apache-ldap)"
	OIDCClientSecret $(secret apache-oidc)
	OIDCCryptoPassphrase $(secret apache-crypto)
	RequestHeader set X-Auth-Token "$(secret apache-header)"
	END
	put etc/nginx/nginx.conf <<-END
	listen $OLD:80;
	proxy_set_header Authorization "Basic $(printf 'admin:%s' "$(secret nginx-basic)" | base64 -w 0)";
	proxy_set_header Authorization "Bearer $(secret nginx-bearer)";
	END
	put etc/nginx/.htpasswd <<-END
	admin:{PLAIN}$(secret htpasswd)
	# $OLD
	END
	put etc/chrony/chrony.keys <<-END
	1 SHA1 ASCII:$(secret chrony)
	# $OLD
	END
	put etc/etcd/etcd.conf <<-END
	ETCD_LISTEN_PEER_URLS=http://$OLD:2380
	ETCD_INITIAL_CLUSTER_TOKEN=$(secret etcd)
	END
	put etc/network/interfaces <<-END
	iface eth0 inet static
	    address $OLD
	    wpa-psk $(secret wpa-psk)
	    wpa-passphrase $(secret wpa-phrase)
	END
	put etc/NetworkManager/system-connections/one.nmconnection <<-END
	[ipv4]
	address1=$OLD/24
	[wifi-security]
	psk=$(secret nm-psk)
	wep-key0=$(secret nm-wep)
	[802-1x]
	private-key-password=$(secret nm-key)
	END
	put etc/systemd/network/wg0.netdev <<-END
	[WireGuard]
	PrivateKey=$(secret wg-private)
	[WireGuardPeer]
	PresharedKey=$(secret wg-shared)
	Endpoint=$OLD:51820
	END
	put etc/netplan/one.yaml <<-END
	network:
	  ethernets: {eth0: {addresses: [$OLD/24], auth: {password: "$(secret netplan)"}}}
	END
	put etc/libvirt/qemu.conf <<-END
	vnc_listen = "$OLD"
	vnc_password = "$(secret qemu-vnc)"
	spice_password = "$(secret qemu-spice)"
	END
	put etc/libvirt/auth.conf <<-END
	[credentials-one]
	authname=admin
	password=$(secret libvirt-auth)
	# $OLD
	END
	put etc/systemd/system/tgt.service.d/one.conf <<-END
	[Service]
	Environment=OS_PASSWORD=$(secret systemd-env) ADDRESS=$OLD
	ExecStart=/usr/bin/thing --password $(secret systemd-argument) --at $OLD
	END
	# Of no set: the sweep takes it for its address.
	put etc/backup/run.conf <<-END
	target = $OLD
	login = ftp://backup:$(secret outside-url)@$OLD/
	password = $(secret outside)
	wrapped = $(printf 'password=%s' "$(secret outside-base64)" | base64 -w 0)
	END
}

files_keys() {
	local file
	mkdir -p "$ROOT/etc/keystone/fernet-keys" "$ROOT/etc/keystone/credential-keys"
	printf '%s=\n' "$(secret fernet)" | put etc/keystone/fernet-keys/0
	printf '%s=\n' "$(secret credential-key)" | put etc/keystone/credential-keys/0
	printf '%s' "$(secret erlang-cookie)" | put etc/rabbitmq/.erlang.cookie
	printf 'secret\0%s\0%s\n' "$(secret binary)" "$OLD" | put etc/corosync/authkey
	printf 'password=%s at %s\n' "$(secret gzip)" "$OLD" | gzip -n | put etc/nova/old.conf.gz
	# A private key by itself, behind its certificate, in a setting, in JSON.
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=canary \
	    -addext "subjectAltName=IP:$OLD" -keyout "$TMPDIR/k.pem" \
	    -out "$TMPDIR/c.pem" 2>/dev/null
	# What stands in the certificate, too, is none: the modulus.
	grep -v -- ----- "$TMPDIR/k.pem" | tail -n +9 | secret_is private-key
	put etc/pki/libvirt/private/serverkey.pem <"$TMPDIR/k.pem"
	cat "$TMPDIR/c.pem" "$TMPDIR/k.pem" | put etc/haproxy/site.pem
	{
		echo "[ssl]"
		echo "listen = $OLD"
		echo "inline_pem = "
		sed 's/^/  /' "$TMPDIR/k.pem"
	} | put etc/glance/glance-key.conf
	printf '{"address": "%s", "pem": "%s"}\n' "$OLD" \
	    "$(sed 's/$/\\n/' "$TMPDIR/k.pem" | tr -d '\n')" | put etc/nova/vendor.json
	file=$TMPDIR/k.pem
	rm -f "$file"
}

# --- databases

canary_rows() {
	rows_plant | sql
	sql "SELECT authentication_string FROM mysql.user WHERE User = 'canary'" |
	    secret_is account-hash/16
	echo 9172635481726354 | secret_is json-number
}

rows_plant() {
	local base64
	base64=$(printf '#cloud-config\npassword: %s\n# %s\n' "$(secret user-data)" "$OLD" | base64 -w 0)
	cat <<-END
	UPDATE nova.volumes SET provider_auth = 'CHAP chap $(secret provider-auth)';
	UPDATE nova.block_device_mapping SET connection_info = '{"driver_volume_type": "iscsi", "data": {"auth_password": "$(secret connection-info)", "discovery_auth_password": "$(secret connection-discovery)", "target_portal": "$OLD:3260", "auth_method": "CHAP", "serverToken": "$(secret connection-token)", "pin_key": 9172635481726354}}';
	CREATE USER canary@'$OLD' IDENTIFIED BY '$(secret account-password)';
	GRANT SELECT ON nova.* TO canary@'$OLD';
	CREATE TABLE keystone.token (id VARCHAR(64) PRIMARY KEY, expires DATETIME, extra TEXT, valid INT) ENGINE=InnoDB;
	INSERT INTO keystone.token VALUES ('$(secret token-id)', '2030-01-01 00:00:00', '{"id": "$(secret token-extra)", "at": "http://$OLD:5000"}', 1);
	UPDATE nova.instances SET user_data = '$base64' WHERE id = 94;
	UPDATE glance.images SET location = 'swift+http://service:glance:$(secret glance-location)@$OLD:5000/v2.0/images/1' WHERE name = 'lucid-server';
	INSERT INTO nova.instance_metadata (created_at, deleted, id, instance_id, \`key\`, value)
	  VALUES ('2012-11-05 03:12:44', 0, 77, 95, 'admin_password', '$(secret metadata)'),
	  ('2012-11-05 03:12:44', 0, 78, 95, 'url', 'http://u:$(secret metadata-url)@$OLD/');
	UPDATE keystone.endpoint SET extra = '{"adminurl": "http://admin:$(secret endpoint)@$OLD:8774/v2", "publicurl": "http://$OLD:8774/v2"}' LIMIT 1;
	CREATE TABLE keystone.credential (id VARCHAR(64) PRIMARY KEY, user_id VARCHAR(64), type VARCHAR(255), \`blob\` TEXT, extra TEXT) ENGINE=InnoDB;
	INSERT INTO keystone.credential VALUES ('c1', 'u1', 'ec2', '{"access": "a1", "secret": "$(secret credential-blob)", "at": "$OLD"}', '{"x": "$OLD"}');
	CREATE TABLE keystone.user (id VARCHAR(64) PRIMARY KEY, name VARCHAR(64), extra TEXT) ENGINE=InnoDB;
	INSERT INTO keystone.user VALUES ('u1', 'admin', '{"password": "\$6\$rounds=40000\$$(secret user-extra)", "email": "root@$OLD", "enabled": true}');
	CREATE TABLE keystone.sensitive_config (domain_id VARCHAR(64), \`group\` VARCHAR(255), \`option\` VARCHAR(255), value TEXT, PRIMARY KEY (domain_id, \`group\`, \`option\`)) ENGINE=InnoDB;
	INSERT INTO keystone.sensitive_config VALUES ('d1', 'ldap', 'password', '"$(secret sensitive-config)"'), ('d1', 'ldap', 'url', '"ldap://x:$(secret sensitive-url)@$OLD"');
	CREATE TABLE nova.plugin_settings (id INT PRIMARY KEY, name VARCHAR(40), value TEXT, note TEXT) ENGINE=InnoDB;
	INSERT INTO nova.plugin_settings VALUES (1, 'admin_password', '$(secret plugin-value)', 'at $OLD'),
	  (2, 'url', 'http://u:$(secret plugin-url)@$OLD/', 'password = $(secret plugin-note)'),
	  (3, 'blob', '$(printf 'password=%s\nhost=%s\n' "$(secret plugin-base64)" "$OLD" | base64 -w 0)', NULL),
	  (4, 'json', '{"auth": {"password": "$(secret plugin-json)"}, "ip": "$OLD"}', NULL),
	  (5, 'json2', '{"inner": "{\\\\"password\\\\": \\\\"$(secret plugin-json-in-json)\\\\"}", "ip": "$OLD"}', NULL),
	  (6, 'hex', '$(printf 'password=%s' "$(secret plugin-hex)" | od -An -v -tx1 | tr -d ' \n')', '$OLD'),
	  (7, 'query', '%7B%22password%22%3A%22$(secret plugin-percent)%22%7D', '$OLD'),
	  (8, 'tuple', '[(''user'', ''x''), (''password'', ''$(secret plugin-tuple)'')]', '$OLD');
	END
}

# --- libvirt

canary_domains() {
	local file=$TMPDIR/canary.xml
	(umask 077; story_instance 94; story_xml | sed \
	    -e "s|listen='$OLD'|listen='$OLD' passwd='$(secret vnc-passwd 8)'|" \
	    -e 's|<name>.*|<name>canary</name>|' \
	    -e 's|<uuid>.*|<uuid>5bd10000-0000-4000-8000-00000000ca2a</uuid>|' \
	    -e "s|</devices>|</devices><metadata><x:y xmlns:x='urn:x' admin_password='$(secret xml-metadata)'/></metadata>|" >"$file")
	define "$file"
	rm "$file"
}

# Not in embed.
canary_secret() {
	local file=$TMPDIR/secret.xml id=5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0deca2
	cat >"$file" <<-END
	<secret ephemeral='no' private='no'>
	  <uuid>$id</uuid>
	  <usage type='iscsi'>
	    <target>canary</target>
	  </usage>
	</secret>
	END
	virsh_ secret-define "$file" >/dev/null
	secret_value "$(secret libvirt-secret)"
}

secret_value() { # VALUE
	virsh_ secret-set-value 5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0deca2 \
	    --base64 "$(printf '%s' "$1" | base64 -w 0)" >/dev/null 2>&1
}

# Another secret in the place of each: the letters the other way around.  What
# is coded stays.
canary_change() {
	local list=$TMPDIR/others
	(
		umask 077
		grep -vE '^(private|signing|recipient)-key' "$CANARIES" |
		    while read -r name value; do
			printf '%s-2 %s\n' "$name" "$(rev <<<"$value")"
		done >"$list"
		paste -d ' ' <(grep -vE '^(private|signing|recipient)-key' "$CANARIES") "$list" |
		    awk '{ printf "s/%s/%s/g\n", $2, $4 }' >"$TMPDIR/others.sed"
	)
	cat "$list" >>"$CANARIES"
	find "$ROOT" -type f ! -name '*.gz' -exec sed -i -f "$TMPDIR/others.sed" {} +
	mariadb-dump --defaults-file="$CNF" --default-character-set=utf8mb4 \
	    --databases nova keystone glance | sed -f "$TMPDIR/others.sed" | sql
	(umask 077; virsh_ dumpxml --inactive --security-info canary |
	    sed -f "$TMPDIR/others.sed" >"$TMPDIR/others.xml")
	define "$TMPDIR/others.xml"
	! grep -q '^libvirt-secret ' "$CANARIES" ||
	    secret_value "$(sed -n 's/^libvirt-secret-2 //p' "$list")"
}
