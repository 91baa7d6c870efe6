# story.sh: the node of the story, as it stood before the truck came.
#
#   story_load [N]   N instances (36), the last of them instance-0000005f:
#                    configuration and instance folders in $ROOT, rows in the
#                    databases nova, keystone and glance, definitions in
#                    libvirt; parts that the site does not have are left out
#   story_move FILE  the map of the move
#   story_lose       libvirt forgets every domain
#   story_extras     nwfilters, a network, a pool, a secret (not in embed)
#
# OLD stands in all places of the story, and in decoys that must stay:
# 10.2.116.140 and 110.2.116.14, a tenant's rule and metadata, comments.
# instance-0000005f is known to nova, but libvirt has lost it already; its
# libvirt.xml is the one of the story (for an emulator without KVM).
# shellcheck shell=bash disable=SC2034,SC2154
OLD=10.2.116.14
NEW=10.2.15.3
story=$top/tests/story

# The instance of row id N: id, name, uuid, mac, address.
story_instance() { # N
	id=$1
	printf -v name 'instance-%08x' "$id"
	printf -v uuid '%08x-1a19-4d3e-a8d5-f846199d%04x' $((0x5bd10000 + id * 7919)) "$id"
	printf -v mac 'fa:16:3e:1a:66:%02x' "$id"
	address=192.168.4.$((id - 24))
	if [ "$id" -eq 95 ]; then
		uuid=e8f73117-1a19-4d3e-a8d5-f846199d3b75
		mac=fa:16:3e:1a:66:d3
		address=192.168.4.40
	elif [ "$address" = 192.168.4.40 ]; then
		address=192.168.4.71
	fi
	# Every third one has a volume.
	volume=
	[ $((id % 3)) -ne 0 ] || volume=$((id / 3))
}

story_iqn() { # VOLUME
	printf 'iqn.2010-10.org.openstack:volume-%08x' "$1"
}

# A definition as nova and libvirt of the time write it.
story_xml() { # of the current instance; on stdout
	local disk=''
	if [ -n "$volume" ]; then
		disk="
    <disk type='block' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source dev='/dev/disk/by-path/ip-$OLD:3260-iscsi-$(story_iqn "$volume")-lun-1'/>
      <target dev='vdb' bus='virtio'/>
    </disk>"
	fi
	cat <<-END
	<domain type='qemu'>
	  <name>$name</name>
	  <uuid>$uuid</uuid>
	  <memory>524288</memory>
	  <vcpu>1</vcpu>
	  <os>
	    <type arch='x86_64' machine='pc'>hvm</type>
	    <boot dev='hd'/>
	  </os>
	  <features>
	    <acpi/>
	  </features>
	  <clock offset='utc'/>
	  <devices>
	    <emulator>/usr/bin/qemu-system-x86_64</emulator>
	    <disk type='file' device='disk'>
	      <driver name='qemu' type='qcow2' cache='none'/>
	      <source file='/var/lib/nova/instances/$name/disk'/>
	      <target dev='vda' bus='virtio'/>
	    </disk>$disk
	    <interface type='bridge'>
	      <mac address='$mac'/>
	      <source bridge='br100'/>
	      <model type='virtio'/>
	      <filterref filter='nova-instance-$name-${mac//:/}'>
	        <parameter name='DHCPSERVER' value='192.168.4.33'/>
	        <parameter name='IP' value='$address'/>
	      </filterref>
	    </interface>
	    <serial type='file'>
	      <source path='/var/lib/nova/instances/$name/console.log'/>
	    </serial>
	    <serial type='pty'/>
	    <input type='tablet' bus='usb'/>
	    <graphics type='vnc' port='-1' autoport='yes' keymap='en-us' listen='$OLD'/>
	    <video>
	      <model type='cirrus' vram='9216' heads='1'/>
	    </video>
	  </devices>
	</domain>
	END
}

story_files() { # ID...
	local dir
	cp -a "$story/root/." "$ROOT/"
	chmod 640 "$ROOT"/etc/{nova,keystone,glance}/*
	mkdir -p "$ROOT/var/lib/nova/instances/_base"
	qemu-img create -q -f qcow2 "$ROOT/var/lib/nova/instances/_base/precise" 1G
	for id; do
		story_instance "$id"
		dir=$ROOT/var/lib/nova/instances/$name
		mkdir -p "$dir"
		if [ "$id" -eq 95 ]; then
			cp "$story/$name.xml" "$dir/libvirt.xml"
		else
			story_xml >"$dir/libvirt.xml"
		fi
		cp "$ROOT/var/lib/nova/instances/_base/precise" "$dir/disk"
		: >"$dir/console.log"
		echo "{\"/var/lib/nova/instances/$name/disk\": \"qcow2\"}" >"$dir/disk.info"
		[ -n "$volume" ] || continue
		dir=$ROOT/etc/iscsi/nodes/$(story_iqn "$volume")/$OLD,3260,1
		mkdir -p "$dir"
		(
			umask 077
			cat >"$dir/default" <<-END
			# BEGIN RECORD 2.0-871
			node.name = $(story_iqn "$volume")
			node.tpgt = 1
			node.startup = automatic
			iface.iscsi_ifacename = default
			node.discovery_address = $OLD
			node.discovery_port = 3260
			node.discovery_type = send_targets
			node.session.auth.authmethod = CHAP
			node.session.auth.username = chap$volume
			node.session.auth.password = ch4p-Secret$volume
			node.conn[0].address = $OLD
			node.conn[0].port = 3260
			# END RECORD
			END
		)
	done
}

# Columns that all of nova's tables begin with: created, updated, deleted.
story_born="'2012-11-05 03:12:44', NULL, NULL, 0"

story_network_info() {
	local floating=''
	[ "$id" -ne 95 ] || floating="{\"meta\": {}, \"version\": 4, \"type\": \"floating\", \"address\": \"$OLD\"}"
	[ "$id" -ne 94 ] || floating='{"meta": {}, "version": 4, "type": "floating", "address": "10.2.116.140"}'
	printf '[{"network": {"bridge": "br100", "subnets": [{"ips": [{"meta": {}, "version": 4, "type": "fixed", "floating_ips": [%s], "address": "%s"}], "version": 4, "meta": {"dhcp_server": "192.168.4.33"}, "dns": [{"meta": {}, "version": 4, "type": "dns", "address": "%s"}], "routes": [], "cidr": "192.168.4.32/27", "gateway": {"meta": {}, "version": 4, "type": "gateway", "address": "192.168.4.33"}}], "meta": {"injected": false, "tenant_id": null}, "id": "3f1c7a0e-55c1-4d1a-8d8e-2f9b7d0c1a11", "label": "private"}, "meta": {}, "id": "%s", "address": "%s"}]' \
	    "$floating" "$address" "$OLD" "$uuid" "$mac"
}

story_connection() { # VOLUME
	printf '{"driver_volume_type": "iscsi", "data": {"auth_password": "ch4p-Secret%s", "target_discovered": false, "target_iqn": "%s", "target_portal": "%s:3260", "volume_id": %s, "auth_username": "chap%s", "auth_method": "CHAP"}}' \
	    "$1" "$(story_iqn "$1")" "$OLD" "$1" "$1"
}

story_rows() { # ID...; nova's rows as SQL on stdout
	local volume_id
	cat <<-END
	USE nova;
	INSERT INTO services VALUES
	 ($story_born, 1, 'cloud01', 'nova-compute', 'compute', 92713, 0, 'nova'),
	 ($story_born, 2, 'cloud01', 'nova-network', 'network', 92701, 0, 'nova'),
	 ($story_born, 3, 'cloud01', 'nova-volume', 'volume', 92700, 0, 'nova');
	INSERT INTO compute_nodes VALUES
	 ($story_born, 1, 1, 24, 96678, 1800, 36, 19456, 360, 'QEMU', 1000000,
	 '{"vendor": "Intel", "model": "Westmere", "arch": "x86_64", "topology": {"cores": 6, "threads": 2, "sockets": 2}}',
	 1440, 77222, 1440, 0, 36, 'cloud01');
	INSERT INTO networks VALUES
	 ($story_born, 1, 0, '192.168.4.32/27', '255.255.255.224', 'br100', '192.168.4.33',
	 '192.168.4.63', '$OLD', NULL, '$OLD', 1000, NULL, '192.168.4.34', NULL,
	 'cloud01', NULL, NULL, 'private', NULL, 'eth1', 0, '10.2.116.140',
	 '3f1c7a0e-55c1-4d1a-8d8e-2f9b7d0c1a11', NULL, NULL);
	INSERT INTO security_groups VALUES
	 ($story_born, 1, 'default', 'default', 'u1', 'p1'),
	 ($story_born, 2, 'office', 'only from the old office: $OLD', 'u1', 'p1');
	INSERT INTO security_group_rules VALUES
	 ($story_born, 1, 1, 'tcp', 22, 22, '0.0.0.0/0', NULL),
	 ($story_born, 2, 2, 'tcp', 443, 443, '$OLD/32', NULL),
	 ($story_born, 3, 2, 'tcp', 443, 443, '10.2.116.140/32', NULL);
	END
	for id; do
		story_instance "$id"
		cat <<-END
		INSERT INTO instances (created_at, deleted, id, user_id, project_id,
		 image_ref, launch_index, key_data, power_state, vm_state, memory_mb,
		 vcpus, hostname, host, user_data, reservation_id, launched_at,
		 display_name, locked, launched_on, instance_type_id, uuid,
		 root_device_name, access_ip_v4, progress, root_gb, ephemeral_gb) VALUES
		 ('2012-11-05 03:12:44', 0, $id, 'u1', 'p1',
		 '6ab6a5f0-90bb-4b1c-8a3a-6e1f2a5c0001', 0, 'ssh-rsa AAAAB3\tone\nline two',
		 1, 'active', 512, 1, 'web$id', 'cloud01', NULL, 'r-$id',
		 '2012-11-05 03:13:20', 'web$id', 0, 'cloud01', 2, '$uuid', '/dev/vda',
		 $([ "$id" -eq 93 ] && echo "'$OLD'" || echo NULL), 100, 10, 0);
		INSERT INTO instance_info_caches VALUES
		 ($story_born, $id, '$(story_network_info)', '$uuid');
		INSERT INTO virtual_interfaces VALUES
		 ($story_born, $id, '$mac', 1, $id, '$uuid');
		INSERT INTO fixed_ips VALUES
		 ($story_born, $id, '$address', 1, $id, 1, 1, 0, $id, NULL);
		INSERT INTO security_group_instance_association VALUES
		 ($story_born, $id, 1, $id);
		END
		[ -n "$volume" ] || continue
		printf -v volume_id '7d1f0a52-3c4e-4b8f-9a61-0000%08x' "$volume"
		cat <<-END
		INSERT INTO volumes (created_at, deleted, id, user_id, project_id, host,
		 size, availability_zone, instance_id, mountpoint, status,
		 attach_status, display_name, provider_location, provider_auth) VALUES
		 ('2012-11-05 03:20:01', 0, '$volume_id', 'u1', 'p1', 'cloud01',
		 20, 'nova', $id, '/dev/vdb', 'in-use', 'attached', 'data$id',
		 '$OLD:3260,$((volume - 10)) $(story_iqn "$volume") 1',
		 'CHAP chap$volume ch4p-Secret$volume');
		INSERT INTO iscsi_targets VALUES
		 ($story_born, $volume, $((volume - 10)), 'cloud01', '$volume_id');
		INSERT INTO block_device_mapping VALUES
		 ($story_born, $volume, $id, '/dev/vdb', 0, NULL, NULL, '$volume_id',
		 20, NULL, '$(story_connection "$volume")'),
		 ('2012-10-01 10:00:00', NULL, '2012-10-02 10:00:00', 1, $((volume + 1000)),
		 $id, '/dev/vdc', 0, NULL, NULL, '$volume_id', 20, NULL,
		 '$(story_connection "$volume")');
		END
	done
	cat <<-END
	INSERT INTO instance_metadata VALUES
	 ($story_born, 1, $id, 'licence-server', '$OLD');
	INSERT INTO floating_ips VALUES
	 ($story_born, 1, '$OLD', $id, 'p1', 'cloud01', 0, 'nova', 'eth0'),
	 ($story_born, 2, '10.2.116.140', NULL, NULL, NULL, 0, 'nova', 'eth0'),
	 ($story_born, 3, '110.2.116.14', NULL, NULL, NULL, 0, 'nova', 'eth0');
	END
}

story_load() { # [N]
	local ids first
	first=$((95 - ${1:-36} + 1))
	# Nova makes the filters of its domains anew when it starts them.
	waive missing-nwfilter
	mapfile -t ids < <(seq "$first" 95)
	[ -z "${ROOT:-}" ] || [ ! -d "$ROOT" ] || story_files "${ids[@]}"
	if [ -n "${URI:-}" ]; then
		mkdir -p "$SITE/xml"
		for id in "${ids[@]}"; do
			[ "$id" -ne 95 ] || continue
			story_instance "$id"
			story_xml >"$SITE/xml/$name.xml"
		done
		define "$SITE"/xml/*.xml
	fi
	if [ -n "${CNF:-}" ]; then
		{
			cat "$story/nova.sql"
			echo 'START TRANSACTION;'
			story_rows "${ids[@]}"
			echo 'COMMIT;'
			cat "$story/keystone.sql" "$story/glance.sql"
		} >"$SITE/load.sql"
		sql <"$SITE/load.sql"
	fi
}

# The machine type that this QEMU has instead of pc-1.0.
story_machine() {
	qemu-system-x86_64 -machine help |
	    sed -n 's/^pc .*(alias of \(.*\))$/\1/p'
}

story_move() { # FILE
	cat >"$1" <<-END
	# the outer address
	$OLD = $NEW
	# what instance-0000005f asks for and no QEMU of today has
	path /usr/bin/kvm = /usr/bin/qemu-system-x86_64
	machine pc-1.0 = $(story_machine)
	END
}

story_lose() {
	local names
	# One after the other: two sessions in embed mode shut each other out.
	names=$(virsh_ list --all --name)
	sed -n 's/^./undefine &/p' <<<"$names" | virsh_ >/dev/null
}

# What embed does not have: nwfilters that refer to each other, networks, a pool
# and secrets, one of which libvirt keeps to itself.
story_extras() {
	local dir=$SITE/extras name
	mkdir -p "$dir"
	cat >"$dir/1.xml" <<-END
	<filter name='nova-base' chain='root'>
	  <uuid>26717364-50cf-42d1-8185-29bf893ab110</uuid>
	  <filterref filter='nova-base-arp'/>
	</filter>
	END
	cat >"$dir/2.xml" <<-END
	<filter name='nova-base-arp' chain='arp'>
	  <uuid>26717364-50cf-42d1-8185-29bf893ab111</uuid>
	  <rule action='drop' direction='out' priority='500'>
	    <arp match='no' arpsrcipaddr='\$IP'/>
	  </rule>
	</filter>
	END
	cat >"$dir/3.xml" <<-END
	<filter name='nova-instance-instance-0000005f-fa163e1a66d3' chain='root'>
	  <uuid>26717364-50cf-42d1-8185-29bf893ab112</uuid>
	  <filterref filter='nova-base'/>
	  <rule action='accept' direction='in' priority='400'>
	    <tcp srcipaddr='$OLD' dstportstart='5900'/>
	  </rule>
	</filter>
	END
	# Leaves first, whatever their names.
	for name in 2 1 3; do
		virsh_ nwfilter-define "$dir/$name.xml" >/dev/null
	done
	cat >"$dir/net.xml" <<-END
	<network>
	  <name>outer</name>
	  <uuid>5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de001</uuid>
	  <forward mode='nat'/>
	  <bridge name='virbr9' stp='on' delay='0'/>
	  <dns>
	    <host ip='$OLD'>
	      <hostname>cloud01</hostname>
	    </host>
	    <host ip='10.2.116.140'>
	      <hostname>branch</hostname>
	    </host>
	  </dns>
	  <ip address='192.168.77.1' netmask='255.255.255.0'/>
	</network>
	END
	virsh_ net-define "$dir/net.xml" >/dev/null
	virsh_ net-autostart outer >/dev/null
	cat >"$dir/pool.xml" <<-END
	<pool type='netfs'>
	  <name>images</name>
	  <uuid>5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de002</uuid>
	  <source>
	    <host name='$OLD'/>
	    <dir path='/export/images'/>
	  </source>
	  <target>
	    <path>/var/lib/libvirt/images</path>
	  </target>
	</pool>
	END
	virsh_ pool-define "$dir/pool.xml" >/dev/null
	cat >"$dir/secret.xml" <<-END
	<secret ephemeral='no' private='no'>
	  <uuid>5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de003</uuid>
	  <description>CHAP at $OLD</description>
	  <usage type='iscsi'>
	    <target>libvirtiscsi</target>
	  </usage>
	</secret>
	END
	virsh_ secret-define "$dir/secret.xml" >/dev/null
	virsh_ secret-set-value 5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de003 \
	    --base64 Y2g0cC1WYWx1ZQ== >/dev/null 2>&1
}

story_lose_extras() {
	local name
	for name in nova-instance-instance-0000005f-fa163e1a66d3 nova-base nova-base-arp; do
		virsh_ nwfilter-undefine "$name" >/dev/null
	done
	virsh_ net-undefine outer >/dev/null
	virsh_ pool-undefine images >/dev/null
	virsh_ secret-undefine 5a2b1c7e-8f5a-4b41-9d3b-0f5f3c0de003 >/dev/null
}

. "$story/checks.sh"
