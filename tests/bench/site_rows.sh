# site_rows.sh: a large site, for jobs of "make bench".  After bench.sh and
# site_new files db:
#
#   site_rows N      a controller's nova.conf, and rows of N instances in the
#                    database nova: 2 N volumes and 2 N attachments with 1 KB of
#                    JSON that hold $OLD, N caches of network information that
#                    do not; $RARE stands in every 500th instance.  About 4.7 KB
#                    of SQL for an instance.
#   site_files N     N files below $ROOT, in N / 2 folders of instances: the
#                    story's libvirt.xml (2 KB) as each would have it, and a
#                    disk.info
#
# Other addresses are those of tenants, of 16 networks whatever N is.
# shellcheck shell=bash disable=SC2034,SC2154
OLD=10.2.116.14
RARE=10.2.116.77

site_rows() { # N
	mkdir -p "$ROOT/etc/nova"
	printf '[DEFAULT]\nmy_ip = %s\nhost = cloud01\nsql_connection = mysql://nova:n0va-Pass@%s/nova\n' \
	    "$OLD" "$OLD" >"$ROOT/etc/nova/nova.conf"
	chmod 640 "$ROOT/etc/nova/nova.conf"
	sql <"$top/tests/story/nova.sql"
	sed "s/@N@/$1/g; s/@2N@/$((2 * $1))/g; s/@OLD@/$OLD/g; s/@RARE@/$RARE/g" <<-'END' | sql
	USE nova;
	SET foreign_key_checks = 0, unique_checks = 0, autocommit = 0;
	INSERT INTO services VALUES
	 ('2012-11-05 03:12:44', NULL, NULL, 0, 1, 'cloud01', 'nova-compute', 'compute', 92713, 0, 'nova');
	INSERT INTO instances (created_at, deleted, id, user_id, project_id,
	 image_ref, launch_index, key_name, key_data, power_state, vm_state,
	 memory_mb, vcpus, hostname, host, reservation_id, launched_at,
	 display_name, display_description, availability_zone, locked, os_type,
	 launched_on, instance_type_id, uuid, architecture, root_device_name,
	 access_ip_v4, progress, root_gb, ephemeral_gb)
	SELECT '2012-11-05 03:12:44', 0, seq, MD5(seq MOD 997), MD5(seq MOD 211),
	 '6ab6a5f0-90bb-4b1c-8a3a-6e1f2a5c0001', 0, 'key', CONCAT('ssh-rsa ',
	 REPEAT(MD5(seq MOD 997), 8), ' user@host'), 1, 'active', 512, 1,
	 CONCAT('web', seq), CONCAT('compute', seq MOD 400), CONCAT('r-', seq),
	 '2012-11-05 03:13:20', CONCAT('web', seq), CONCAT('server ', seq), 'nova',
	 0, 'linux', CONCAT('compute', seq MOD 400), 2,
	 INSERT(INSERT(INSERT(INSERT(MD5(seq), 21, 0, '-'), 17, 0, '-'), 13, 0, '-'), 9, 0, '-'),
	 'x86_64', '/dev/vda', IF(seq MOD 500 = 0, '@RARE@', NULL), 100, 10, 0
	FROM seq_1_to_@N@;
	COMMIT;
	INSERT INTO instance_info_caches
	SELECT '2012-11-05 03:12:44', NULL, NULL, 0, seq, CONCAT('[{"network": {"bridge": "br100", "subnets": [{"ips": [{"meta": {}, "version": 4, "type": "fixed", "floating_ips": [], "address": "192.168.',
	 seq DIV 250 MOD 16, '.', seq MOD 250 + 2,
	 '"}], "version": 4, "meta": {"dhcp_server": "192.168.', seq DIV 250 MOD 16,
	 '.1"}, "dns": [{"meta": {}, "version": 4, "type": "dns", "address": "8.8.4.4"}], "routes": [], "cidr": "192.168.',
	 seq DIV 250 MOD 16, '.0/24", "gateway": {"meta": {}, "version": 4, "type": "gateway", "address": "192.168.',
	 seq DIV 250 MOD 16, '.1"}}], "meta": {"injected": false, "tenant_id": "',
	 MD5(seq MOD 211), '"}, "id": "3f1c7a0e-55c1-4d1a-8d8e-2f9b7d0c1a11", "label": "private"}, "meta": {}, "id": "',
	 MD5(seq + 7), '", "address": "fa:16:3e:', LPAD(HEX(seq DIV 65536 MOD 256), 2, '0'), ':',
	 LPAD(HEX(seq DIV 256 MOD 256), 2, '0'), ':', LPAD(HEX(seq MOD 256), 2, '0'), '"}]'), uuid
	FROM seq_1_to_@N@ JOIN instances ON id = seq;
	COMMIT;
	INSERT INTO volumes (created_at, deleted, id, user_id, project_id, host,
	 size, availability_zone, instance_id, mountpoint, status, attach_status,
	 display_name, display_description, provider_location, provider_auth)
	SELECT '2012-11-05 03:20:01', 0, CONCAT('7d1f0a52-3c4e-4b8f-9a61-', LPAD(HEX(seq), 12, '0')),
	 MD5(seq MOD 997), MD5(seq MOD 211), 'cloud01', 20, 'nova', (seq + 1) DIV 2,
	 '/dev/vdb', 'in-use', 'attached', CONCAT('data', seq), CONCAT('volume ', seq),
	 CONCAT('@OLD@:3260,', seq, ' iqn.2010-10.org.openstack:volume-', LPAD(HEX(seq), 8, '0'), ' 1'),
	 CONCAT('CHAP chap', seq, ' ', MD5(seq + 11))
	FROM seq_1_to_@2N@;
	COMMIT;
	INSERT INTO block_device_mapping
	SELECT '2012-11-05 03:20:02', NULL, NULL, 0, seq, (seq + 1) DIV 2, '/dev/vdb', 0, NULL, NULL,
	 CONCAT('7d1f0a52-3c4e-4b8f-9a61-', LPAD(HEX(seq), 12, '0')), 20, NULL,
	 CONCAT('{"driver_volume_type": "iscsi", "data": {"auth_password": "', MD5(seq + 11),
	 '", "target_discovered": false, "encrypted": false, "qos_specs": null, "target_iqn": "iqn.2010-10.org.openstack:volume-',
	 LPAD(HEX(seq), 8, '0'), '", "target_portal": "@OLD@:3260", "volume_id": "7d1f0a52-3c4e-4b8f-9a61-',
	 LPAD(HEX(seq), 12, '0'), '", "target_lun": 1, "access_mode": "rw", "auth_username": "chap', seq,
	 '", "auth_method": "CHAP", "device_path": "/dev/disk/by-path/ip-@OLD@:3260-iscsi-iqn.2010-10.org.openstack:volume-',
	 LPAD(HEX(seq), 8, '0'), '-lun-1"}, "serial": "7d1f0a52-3c4e-4b8f-9a61-', LPAD(HEX(seq), 12, '0'),
	 '", "connector": {"platform": "x86_64", "host": "compute', (seq + 1) DIV 2 MOD 400,
	 '", "do_local_attach": false, "ip": "172.20.', (seq + 1) DIV 2 MOD 400 DIV 250, '.', (seq + 1) DIV 2 MOD 400 MOD 250 + 1,
	 '", "os_type": "linux2", "multipath": false, "initiator": "iqn.1993-08.org.debian:01:', LEFT(MD5(seq MOD 400), 12),
	 '"}, "status": "attached", "instance": "', MD5((seq + 1) DIV 2), '", "attached_at": "2012-11-05T03:20:02.000000", "detached_at": "", "notes": "', REPEAT(MD5(seq MOD 997), 3), '"}')
	FROM seq_1_to_@2N@;
	COMMIT;
	END
}

site_files() { # N
	local instances=$ROOT/var/lib/nova/instances
	mkdir -p "$ROOT/etc/nova" "$instances"
	[ -e "$ROOT/etc/nova/nova.conf" ] ||
	    printf '[DEFAULT]\nmy_ip = %s\n' "$OLD" >"$ROOT/etc/nova/nova.conf"
	seq 1 $((($1 + 1) / 2)) | awk '{ printf "instance-%08x\n", $1 }' >"$TMPDIR/folders"
	(cd "$instances" && xargs mkdir -p <"$TMPDIR/folders")
	awk -v dir="$instances" -v old="$OLD" '
		NR == FNR { story = story $0 "\n"; next }
		{
			text = story
			gsub(/instance-0000005f/, $1, text)
			gsub(/10\.2\.116\.14/, old, text)
			sub(/1a19-4d3e-a8d5-f846199d3b75/, sprintf("1a19-4d3e-a8d5-%012x", FNR * 2654435761 % 2 ^ 32), text)
			mac = sprintf("%06x", FNR * 40503 % 2 ^ 24)
			gsub(/1a66d3/, mac, text)
			sub(/1a:66:d3/, substr(mac, 1, 2) ":" substr(mac, 3, 2) ":" substr(mac, 5), text)
			sub(/192\.168\.4\.40/, sprintf("192.168.%d.%d", FNR / 250 % 16, FNR % 250 + 2), text)
			file = dir "/" $1 "/libvirt.xml"
			printf "%s", text >file
			close(file)
			file = dir "/" $1 "/disk.info"
			printf "{\"/var/lib/nova/instances/%s/disk\": \"qcow2\"}\n", $1 >file
			close(file)
		}' "$top/tests/story/instance-0000005f.xml" "$TMPDIR/folders"
}
