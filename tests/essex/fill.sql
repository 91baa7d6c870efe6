-- The rows of the older site: one host whose name is made from its address, six
-- instances, one that is deleted.  Addresses of the place come from the table of
-- places beside this; here are none but tenants' fixed ones.
SET @born = '2012-11-04 03:12:44', @gone = '2012-12-01 10:00:00';
SET @one = 'ip-10-2-116-14';

USE nova;
INSERT INTO services (id, created_at, deleted, host, `binary`, topic, report_count, disabled) VALUES
 (1, @born, 0, @one, 'nova-compute', 'compute', 9, 0), (2, @born, 0, @one, 'nova-network', 'network', 9, 0),
 (3, @born, 0, @one, 'nova-volume', 'volume', 9, 0), (4, @born, 1, 'gone', 'nova-compute', 'compute', 9, 1);
INSERT INTO compute_nodes (id, created_at, deleted, service_id, vcpus, memory_mb, local_gb, hypervisor_type,
 hypervisor_version, hypervisor_hostname, cpu_info) VALUES
 (1, @born, 0, 1, 24, 96678, 1800, 'QEMU', 1000000, @one, '{"vendor": "Intel", "model": "Westmere"}');
INSERT INTO instances (id, created_at, deleted_at, deleted, user_id, project_id, image_ref, power_state, vm_state,
 memory_mb, vcpus, hostname, host, launched_on, instance_type_id, display_name, display_description, uuid,
 shutdown_terminate, disable_terminate, root_gb, ephemeral_gb, locked)
 SELECT seq, @born, IF(seq = 7, @gone, NULL), seq = 7, 'u1', 'p1', '00000000-0000-4000-8000-00000001a6e1', 1,
 IF(seq = 7, 'deleted', 'active'), 512, 1, CONCAT('vm', seq), @one, @one, 1, CONCAT('vm', seq), '',
 CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')), 0, 0, 10, 0, 0 FROM mysql.seq_1_to_7;
INSERT INTO instance_info_caches (id, created_at, deleted, instance_id, network_info)
 SELECT seq, @born, seq = 7, CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')), '[]' FROM mysql.seq_1_to_7;
INSERT INTO instance_types (id, created_at, deleted, name, memory_mb, vcpus, root_gb, ephemeral_gb, flavorid, swap, rxtx_factor)
 VALUES (1, @born, 0, 'm1.tiny', 512, 1, 10, 0, '1', 0, 1);
INSERT INTO instance_actions (id, created_at, deleted, instance_uuid, action, error) VALUES
 (1, @born, 0, '5bd10000-0000-4000-8000-000000000001', 'reboot', NULL);
INSERT INTO instance_faults (id, created_at, deleted, instance_uuid, code, message, details) VALUES
 (1, @born, 0, '5bd10000-0000-4000-8000-000000000002', 500, 'DomainNotFound', '');
INSERT INTO instance_metadata (id, created_at, deleted, `key`, value, instance_id) VALUES
 (1, @born, 0, 'backup', 'none', 1), (2, @born, 0, 'note', '', 2);
INSERT INTO volumes (id, created_at, deleted_at, deleted, user_id, project_id, snapshot_id, host, size, availability_zone,
 instance_id, mountpoint, status, attach_status, display_name, display_description, volume_type_id)
 SELECT seq, @born, IF(seq = 5, @gone, NULL), seq = 5, 'u1', 'p1', NULL, @one, 10, 'nova', IF(seq < 4, seq, NULL), '/dev/vdb',
 IF(seq < 4, 'in-use', 'available'), IF(seq < 4, 'attached', 'detached'), CONCAT('data', seq), '', 1
 FROM mysql.seq_1_to_5;
INSERT INTO iscsi_targets (id, created_at, deleted, target_num, host, volume_id) SELECT seq, @born, 0, seq, @one, seq
 FROM mysql.seq_1_to_4;
INSERT INTO snapshots (id, created_at, deleted, user_id, project_id, volume_id, status, progress, volume_size, display_name,
 display_description) VALUES (1, @born, 0, 'u1', 'p1', 1, 'available', '100%', 10, 's1', '');
INSERT INTO block_device_mapping (id, created_at, deleted_at, deleted, instance_id, device_name, delete_on_termination,
 volume_id, volume_size, no_device)
 SELECT seq, @born, IF(seq = 4, @gone, NULL), seq = 4, seq, '/dev/vdb', 0, seq, 10, NULL FROM mysql.seq_1_to_4;
INSERT INTO migrations (id, created_at, deleted, source_compute, dest_compute, dest_host, old_instance_type_id,
 new_instance_type_id, instance_uuid, status) VALUES
 (1, @born, 0, @one, @one, '', 1, 1, '5bd10000-0000-4000-8000-000000000003', 'finished');
INSERT INTO networks (id, created_at, deleted, label, injected, cidr, multi_host, netmask, bridge, bridge_interface, gateway,
 broadcast, dhcp_start, host, uuid) VALUES
 (1, @born, 0, 'private', 0, '192.168.4.32/27', 0, '255.255.255.224', 'br100', 'eth1', '192.168.4.33',
 '192.168.4.63', '192.168.4.34', @one, '00000000-0000-4000-8000-000000000e71');
INSERT INTO virtual_interfaces (id, created_at, deleted, address, network_id, instance_id, uuid)
 SELECT seq, @born, 0, CONCAT('02:16:3e:00:00:0', seq), 1, seq, CONCAT('00000000-0000-4000-8000-0000000f', LPAD(seq, 4, '0'))
 FROM mysql.seq_1_to_6;
INSERT INTO fixed_ips (id, created_at, deleted, address, network_id, virtual_interface_id, instance_id, allocated, leased,
 reserved, host) SELECT seq, @born, 0, CONCAT('192.168.4.', 33 + seq), 1, IF(seq > 6, NULL, seq), IF(seq > 6, NULL, seq),
 seq < 7, seq < 7, 0, NULL FROM mysql.seq_1_to_8;
INSERT INTO floating_ips (id, created_at, deleted, address, fixed_ip_id, project_id, host, auto_assigned, pool, interface)
 SELECT seq, @born, 0, NULL, seq, 'p1', @one, 0, 'nova', 'eth0' FROM mysql.seq_1_to_4;
INSERT INTO dns_domains (domain, created_at, deleted, scope, project_id) VALUES ('cloud.example', @born, 0, 'public', 'p1');
INSERT INTO security_groups (id, created_at, deleted, name, description, user_id, project_id) VALUES
 (1, @born, 0, 'default', 'default', 'u1', 'p1');
INSERT INTO security_group_rules (id, created_at, deleted, parent_group_id, protocol, from_port, to_port, cidr) VALUES
 (1, @born, 0, 1, 'tcp', 22, 22, '0.0.0.0/0'), (2, @born, 0, 1, 'tcp', 3260, 3260, NULL);
INSERT INTO provider_fw_rules (id, created_at, deleted, protocol, from_port, to_port, cidr) VALUES
 (1, @born, 0, 'tcp', 25, 25, NULL);
INSERT INTO console_pools (id, created_at, deleted, address, username, password, console_type, public_hostname, host,
 compute_host) VALUES (1, @born, 0, NULL, 'u', 'c0nsole-Pass', 'xvp', NULL, @one, @one);
INSERT INTO consoles (id, created_at, deleted, instance_name, instance_id, password, port, pool_id) VALUES
 (1, @born, 0, 'instance-00000001', 1, 'c0nsole-Pass', 5900, 1);
INSERT INTO cells (id, created_at, deleted, name, username, password, is_parent, rpc_port, rpc_virtual_host) VALUES
 (1, @born, 0, 'child', 'u', 'cell-Pass', 0, 5672, '/');
INSERT INTO agent_builds (id, created_at, deleted, hypervisor, os, architecture, version, md5hash) VALUES
 (1, @born, 0, 'xen', 'linux', 'x86_64', '1.0', 'd41d8cd98f00b204e9800998ecf8427e');
INSERT INTO auth_tokens (token_hash, created_at, deleted, user_id) VALUES ('t0ken-hash', @born, 0, 'u1');
INSERT INTO sm_flavors (id, created_at, deleted, label) VALUES (1, @born, 0, 'nfs');
INSERT INTO sm_backend_config (id, created_at, deleted, flavor_id, sr_uuid, sr_type) VALUES
 (1, @born, 0, 1, '00000000-0000-4000-8000-0000000005ab', 'nfs');
INSERT INTO aggregates (id, created_at, deleted, name, operational_state, availability_zone) VALUES
 (1, @born, 0, 'rack-1', 'created', 'nova');
INSERT INTO aggregate_hosts (id, created_at, deleted, host, aggregate_id) VALUES (1, @born, 0, @one, 1);
INSERT INTO aggregate_metadata (id, created_at, deleted, aggregate_id, `key`, value) VALUES (1, @born, 0, 1, 'note', '');
INSERT INTO key_pairs (id, created_at, deleted, name, user_id, fingerprint, public_key) VALUES
 (1, @born, 0, 'k1', 'u1', '00:11', 'ssh-rsa AAAA admin@home');
INSERT INTO projects (id, created_at, deleted, name, description) VALUES ('p1', @born, 0, 'p1', '');

USE glance;
INSERT INTO images (id, created_at, deleted_at, deleted, name, disk_format, container_format, size, status, is_public,
 min_disk, min_ram, protected)
 SELECT CONCAT('00000000-0000-4000-8000-00000001a6e', seq), @born, IF(seq = 4, @gone, NULL), seq = 4, CONCAT('image', seq),
 'qcow2', 'bare', 1000, IF(seq = 4, 'deleted', 'active'), 1, 0, 0, 0 FROM mysql.seq_1_to_4;
INSERT INTO image_properties (id, created_at, deleted, image_id, name, value) VALUES
 (1, @born, 0, '00000000-0000-4000-8000-00000001a6e1', 'source', '');

USE cinder;
INSERT INTO services (id, created_at, deleted, host, `binary`, topic, report_count, disabled) VALUES
 (1, @born, 0, @one, 'cinder-volume', 'cinder-volume', 9, 0);
INSERT INTO volumes (id, created_at, deleted_at, deleted, user_id, project_id, host, size, availability_zone, instance_uuid,
 mountpoint, status, attach_status, display_name)
 SELECT CONCAT('70000000-0000-4000-8000-00000000000', seq), @born, IF(seq = 4, @gone, NULL), seq = 4, 'u1', 'p1', @one, 10,
 'nova', NULL, NULL, 'available', 'detached', CONCAT('disk', seq) FROM mysql.seq_1_to_4;
INSERT INTO iscsi_targets (id, created_at, deleted, target_num, host, volume_id) VALUES
 (1, @born, 0, 1, @one, '70000000-0000-4000-8000-000000000001');
INSERT INTO migrations (id, created_at, deleted, source_compute, dest_compute, dest_host, status) VALUES
 (1, @born, 0, @one, @one, '', 'finished');
INSERT INTO volume_metadata (id, created_at, deleted, `key`, value, volume_id) VALUES
 (1, @born, 0, 'from', '', '70000000-0000-4000-8000-000000000001');

USE quantum;
INSERT INTO networks (tenant_id, id, name, status, admin_state_up, shared) VALUES
 ('p0', 'net-ext', 'outside', 'ACTIVE', 1, 0), ('p1', 'net-own', 'inside', 'ACTIVE', 1, 0);
INSERT INTO externalnetworks (network_id) VALUES ('net-ext');
INSERT INTO subnets (tenant_id, id, name, network_id, ip_version, cidr, gateway_ip, enable_dhcp, shared) VALUES
 ('p0', 'sub-ext', '', 'net-ext', 4, '', NULL, 0, 0), ('p1', 'sub-own', '', 'net-own', 4, '', NULL, 1, 0);
INSERT INTO ipallocationpools (id, subnet_id, first_ip, last_ip) VALUES
 ('pool-ext', 'sub-ext', '', ''), ('pool-own', 'sub-own', '', '');
INSERT INTO ports (tenant_id, id, name, network_id, mac_address, admin_state_up, status, device_id, device_owner) VALUES
 ('p0', 'port-gw', '', 'net-ext', 'fa:16:3e:00:00:01', 1, 'ACTIVE', 'r1', 'network:router_gateway'),
 ('p1', 'port-1', '', 'net-own', 'fa:16:3e:00:00:02', 1, 'ACTIVE', '5bd10000-0000-4000-8000-000000000001', 'compute:nova');
INSERT INTO ipallocations (port_id, ip_address, subnet_id, network_id) VALUES
 ('port-gw', '10.99.0.1', 'sub-ext', 'net-ext'), ('port-1', '10.99.0.2', 'sub-own', 'net-own');
INSERT INTO routers (tenant_id, id, name, status, admin_state_up, gw_port_id) VALUES ('p1', 'r1', 'r1', 'ACTIVE', 1, 'port-gw');
INSERT INTO floatingips (tenant_id, id, floating_ip_address, floating_network_id, floating_port_id, fixed_port_id,
 fixed_ip_address, router_id) VALUES ('p1', 'float-1', '', 'net-ext', 'port-gw', 'port-1', '192.168.9.2', 'r1');
INSERT INTO dnsnameservers (address, subnet_id) VALUES ('10.99.0.3', 'sub-own');
INSERT INTO ovs_tunnel_ips (ip_address) VALUES ('10.99.0.4');
INSERT INTO ovs_tunnel_endpoints (ip_address, id) VALUES ('10.99.0.5', 7);

USE keystone;
INSERT INTO service (id, type, extra) SELECT CONCAT('s', seq), ELT(seq, 'identity', 'compute', 'image', 'volume', 'ec2'),
 '{"description": "", "name": "x"}' FROM mysql.seq_1_to_5;
INSERT INTO endpoint (id, region, service_id, extra) SELECT CONCAT('e', seq), 'RegionOne', CONCAT('s', seq), '{}'
 FROM mysql.seq_1_to_5;
INSERT INTO `user` (id, name, extra) VALUES ('u1', 'admin', '{}'), ('u2', 'nova', '{}');
INSERT INTO tenant (id, name, extra) VALUES ('p1', 'demo', '{"enabled": true}');
INSERT INTO role (id, name) VALUES ('r1', 'admin');
INSERT INTO token (id, expires, extra) VALUES ('t0ken-Secret', '2012-12-01 10:00:00', '{}');
