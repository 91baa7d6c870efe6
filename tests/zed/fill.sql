-- The rows of the test site: two hosts, 20 instances, what belongs to them.
-- Addresses come from the table of places beside this; here are none but those
-- of tenants' fixed networks.
SET @born = '2023-05-04 03:12:44', @gone = '2023-06-01 10:00:00';
SET @one = 'ip-10-2-116-14', @two = 'ip-10-2-116-15';
SET @user = 'c0ffee00000000000000000000000001', @project = 'c0ffee00000000000000000000000002';

-- nova_api
USE nova_api;
UPDATE cell_mappings SET created_at = @born WHERE name = 'cell0';
UPDATE cell_mappings SET created_at = @born, uuid = '00000000-0000-4000-8000-0000000ce110'
 WHERE name = 'cell1';
INSERT INTO cell_mappings (created_at, uuid, name, transport_url, database_connection, disabled) VALUES
 (@born, '00000000-0000-4000-8000-0000000ce120', 'cell2',
 '{scheme}://{username}:{password}@{hostname}:{port}/{path}?{query}',
 '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell2?{query}', 1);
SET @cell1 = (SELECT id FROM cell_mappings WHERE name = 'cell1'),
 @cell0 = (SELECT id FROM cell_mappings WHERE name = 'cell0');
INSERT INTO host_mappings (id, created_at, cell_id, host) VALUES
 (1, @born, @cell1, @one), (2, @born, @cell1, @two);
INSERT INTO aggregates (id, created_at, uuid, name) VALUES
 (1, @born, '00000000-0000-4000-8000-0000000a0001', 'rack-1');
INSERT INTO aggregate_hosts (id, created_at, host, aggregate_id) VALUES
 (1, @born, @one, 1), (2, @born, @two, 1);
INSERT INTO aggregate_metadata (id, created_at, aggregate_id, `key`, value) VALUES
 (1, @born, 1, 'availability_zone', 'nova'), (2, @born, 1, 'note', '');
INSERT INTO instance_mappings (id, created_at, instance_uuid, cell_id, project_id, queued_for_delete, user_id)
 SELECT seq, @born, CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')),
 IF(seq = 23, @cell0, @cell1), @project, seq IN (21, 22), @user FROM mysql.seq_1_to_23;
INSERT INTO request_specs (id, created_at, instance_uuid, spec)
 SELECT seq, @born, CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')),
 CONCAT('{"nova_object.name": "RequestSpec", "nova_object.version": "1.14", "nova_object.data": {"num_instances": 1, "force_hosts": null, "ignore_hosts": null, "instance_uuid": "5bd10000-0000-4000-8000-', LPAD(seq, 12, '0'), '"}}')
 FROM mysql.seq_1_to_23;
INSERT INTO build_requests (id, created_at, project_id, instance_uuid, instance, block_device_mappings, tags) VALUES
 (1, @born, @project, '5bd10000-0000-4000-8000-000000000024', '{}', '[]', '[]');
INSERT INTO key_pairs (id, created_at, name, user_id, fingerprint, public_key, type) VALUES
 (1, @born, 'k1', @user, '00:11', 'ssh-rsa AAAA admin@home', 'ssh');

-- nova: cell1 and, with one instance that never got a host, cell0
USE nova;
INSERT INTO services (id, created_at, deleted, host, `binary`, topic, report_count, disabled, forced_down, version, uuid) VALUES
 (1, @born, 0, @one, 'nova-conductor', 'conductor', 9, 0, 0, 66, '00000000-0000-4000-8000-000000005e01'),
 (2, @born, 0, @one, 'nova-scheduler', 'scheduler', 9, 0, 0, 66, '00000000-0000-4000-8000-000000005e02'),
 (3, @born, 0, @one, 'nova-compute', 'compute', 9, 0, 0, 66, '00000000-0000-4000-8000-000000005e03'),
 (4, @born, 0, @two, 'nova-compute', 'compute', 9, 0, 0, 66, '00000000-0000-4000-8000-000000005e04'),
 (5, @born, 5, 'gone', 'nova-compute', 'compute', 9, 1, 0, 66, '00000000-0000-4000-8000-000000005e05');
INSERT INTO compute_nodes (id, created_at, deleted, service_id, vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used,
 local_gb_used, hypervisor_type, hypervisor_version, cpu_info, hypervisor_hostname, host, uuid, mapped, extra_resources, stats) VALUES
 (1, @born, 0, NULL, 24, 96678, 1800, 10, 5120, 200, 'QEMU', 7002000, '{"arch": "x86_64"}', @one, @one,
 '00000000-0000-4000-8000-00000000c001', 1, '{}', '{"failed_builds": "0"}'),
 (2, @born, 0, NULL, 24, 96678, 1800, 10, 5120, 200, 'QEMU', 7002000, '{"arch": "x86_64"}', @two, @two,
 '00000000-0000-4000-8000-00000000c002', 1, '{}', '{"failed_builds": "0"}'),
 (3, @born, 3, NULL, 24, 96678, 1800, 0, 512, 0, 'QEMU', 7002000, '{"arch": "x86_64"}', 'gone', 'gone',
 '00000000-0000-4000-8000-00000000c003', 1, '{}', '{}');
INSERT INTO instances (id, created_at, deleted_at, deleted, user_id, project_id, image_ref, power_state, vm_state,
 memory_mb, vcpus, hostname, host, node, launched_on, launched_at, display_name, display_description, availability_zone, uuid,
 root_device_name, config_drive, root_gb, ephemeral_gb, cleaned, hidden, instance_type_id)
 SELECT seq, @born, IF(seq > 20, @gone, NULL), IF(seq > 20, seq, 0), @user, @project,
 '00000000-0000-4000-8000-00000001a6e1', 1, IF(seq > 20, 'deleted', 'active'), 512, 1, CONCAT('vm', seq),
 IF(seq <= 10, @one, @two), IF(seq <= 10, @one, @two), IF(seq <= 10, @one, @two), @born,
 CONCAT('vm', seq), CONCAT('vm', seq), 'nova', CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')), '/dev/vda', '', 10, 0,
 seq > 20, 0, 1 FROM mysql.seq_1_to_22;
INSERT INTO instance_info_caches (id, created_at, deleted, instance_uuid, network_info)
 SELECT id, created_at, deleted, uuid, '[]' FROM instances;
INSERT INTO instance_extra (id, created_at, deleted, instance_uuid, flavor, pci_requests)
 SELECT id, created_at, deleted, uuid, '{"cur": {}, "old": null, "new": null}', '[]' FROM instances;
INSERT INTO instance_system_metadata (id, created_at, deleted, instance_uuid, `key`, value)
 SELECT id, created_at, deleted, uuid, 'image_base_image_ref', '00000000-0000-4000-8000-00000001a6e1' FROM instances;
INSERT INTO instance_metadata (id, created_at, deleted, instance_uuid, `key`, value)
 SELECT id, created_at, deleted, uuid, 'note', 'mine' FROM instances;
INSERT INTO virtual_interfaces (id, created_at, deleted, address, uuid, instance_uuid)
 SELECT id, created_at, deleted, CONCAT('fa:16:3e:00:00:', LPAD(HEX(id), 2, '0')),
 CONCAT('90000000-0000-4000-8000-', LPAD(id, 12, '0')), uuid FROM instances;
-- Root disks; then a volume for each of the first 12, and one that is detached.
INSERT INTO block_device_mapping (id, created_at, deleted, device_name, delete_on_termination, instance_uuid, source_type,
 destination_type, device_type, boot_index, image_id, uuid, no_device)
 SELECT id, created_at, deleted, '/dev/vda', 1, uuid, 'image', 'local', 'disk', 0, image_ref,
 CONCAT('b0000000-0000-4000-8000-', LPAD(id, 12, '0')), 0 FROM instances;
INSERT INTO block_device_mapping (id, created_at, deleted_at, deleted, device_name, delete_on_termination, instance_uuid, source_type,
 destination_type, device_type, disk_bus, volume_id, volume_size, attachment_id, uuid, no_device)
 SELECT 100 + seq, @born, IF(seq = 13, @gone, NULL), IF(seq = 13, 113, 0), '/dev/vdb', 0,
 CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')), 'volume', 'volume', 'disk', 'virtio',
 CONCAT('70000000-0000-4000-8000-', LPAD(seq, 12, '0')), 20, CONCAT('a7000000-0000-4000-8000-', LPAD(seq, 12, '0')),
 CONCAT('b0000000-0000-4000-8000-', LPAD(100 + seq, 12, '0')), 0 FROM mysql.seq_1_to_13;
INSERT INTO instance_actions (id, created_at, deleted, action, instance_uuid, request_id, user_id, project_id, start_time, message)
 SELECT id, created_at, 0, 'create', uuid, CONCAT('req-', id), user_id, project_id, @born, NULL FROM instances;
INSERT INTO instance_actions_events (id, created_at, deleted, event, action_id, start_time, result, host, details)
 SELECT id, created_at, 0, 'compute__do_build_and_run_instance', id, @born, 'Success', host, NULL FROM instances;
INSERT INTO instance_faults (id, created_at, deleted, instance_uuid, code, message, details, host)
 SELECT id, created_at, 0, uuid, 500, 'fault', NULL, host FROM instances WHERE id IN (3, 13);
INSERT INTO migrations (id, created_at, deleted, source_compute, dest_compute, source_node, dest_node, dest_host, status,
 instance_uuid, migration_type, hidden, uuid, cross_cell_move) VALUES
 (1, @born, 0, @two, @one, @two, @one, NULL, 'confirmed', '5bd10000-0000-4000-8000-000000000004', 'resize', 0,
 '00000000-0000-4000-8000-000000003101', 0),
 (2, @born, 0, @one, @two, @one, @two, NULL, 'running', '5bd10000-0000-4000-8000-000000000014', 'live-migration', 0,
 '00000000-0000-4000-8000-000000003102', 0);
INSERT INTO console_auth_tokens (id, created_at, token_hash, console_type, host, port, instance_uuid, expires, access_url_base) VALUES
 (1, @born, SHA2('token', 256), 'novnc', '127.0.0.1', 5900, '5bd10000-0000-4000-8000-000000000001', 1683170000, '');
INSERT INTO task_log (id, created_at, deleted, task_name, state, host, period_beginning, period_ending, message, task_items, errors) VALUES
 (1, @born, 0, 'instance_usage_audit', 'DONE', @one, @born, @gone, 'Instance usage audit ran', 10, 0);
INSERT INTO shadow_instances (id, created_at, deleted_at, deleted, uuid, hostname, host, node, display_name) VALUES
 (90, @born, @gone, 90, '5bd10000-0000-4000-8000-000000000090', 'old', @one, @one, 'old');
INSERT INTO shadow_block_device_mapping (id, created_at, deleted_at, deleted, instance_uuid, uuid) VALUES
 (190, @born, @gone, 190, '5bd10000-0000-4000-8000-000000000090', 'b0000000-0000-4000-8000-000000000190');
INSERT INTO shadow_instance_faults (id, created_at, deleted_at, deleted, instance_uuid, code, host) VALUES
 (90, @born, @gone, 90, '5bd10000-0000-4000-8000-000000000090', 500, @one);
INSERT INTO nova_cell0.instances (id, created_at, deleted, user_id, project_id, vm_state, hostname, display_name, uuid, hidden) VALUES
 (1, @born, 0, @user, @project, 'error', 'vm23', 'vm23', '5bd10000-0000-4000-8000-000000000023', 0);
INSERT INTO nova_cell0.instance_info_caches (id, created_at, deleted, instance_uuid, network_info) VALUES
 (1, @born, 0, '5bd10000-0000-4000-8000-000000000023', '[]');
INSERT INTO nova_cell0.block_device_mapping (id, created_at, deleted, instance_uuid, source_type, destination_type, volume_id, uuid) VALUES
 (1, @born, 0, '5bd10000-0000-4000-8000-000000000023', 'volume', 'volume', '70000000-0000-4000-8000-000000000012',
 'b0000000-0000-4000-8000-000000000901');
INSERT INTO nova_cell0.instance_faults (id, created_at, deleted, instance_uuid, code, message, host) VALUES
 (1, @born, 0, '5bd10000-0000-4000-8000-000000000023', 500, 'No valid host', NULL);
INSERT INTO nova_cell0.instance_metadata (id, created_at, deleted, instance_uuid, `key`, value) VALUES
 (1, @born, 0, '5bd10000-0000-4000-8000-000000000023', 'note', 'mine');

-- cinder
USE cinder;
SET @type = (SELECT id FROM volume_types LIMIT 1);
INSERT INTO clusters (id, created_at, deleted, name, `binary`, race_preventer, frozen) VALUES
 (1, @born, 0, 'c1@nfs', 'cinder-volume', 0, 0);
INSERT INTO services (id, created_at, deleted, host, `binary`, topic, report_count, disabled, uuid) VALUES
 (1, @born, 0, CONCAT(@one, '@lvm'), 'cinder-volume', 'cinder-volume', 9, 0, '00000000-0000-4000-8000-00000000ce01'),
 (2, @born, 0, @one, 'cinder-scheduler', 'cinder-scheduler', 9, 0, '00000000-0000-4000-8000-00000000ce02'),
 (3, @born, 0, @one, 'cinder-backup', 'cinder-backup', 9, 0, '00000000-0000-4000-8000-00000000ce03');
INSERT INTO `groups` (id, created_at, deleted, user_id, project_id, host, name, status) VALUES
 ('00000000-0000-4000-8000-0000000060a1', @born, 0, @user, @project, CONCAT(@one, '@lvm#lvm'), 'g1', 'available');
INSERT INTO consistencygroups (id, created_at, deleted, user_id, project_id, host, name, status) VALUES
 ('00000000-0000-4000-8000-0000000060c1', @born, 0, @user, @project, CONCAT(@one, '@lvm#lvm'), 'cg1', 'available');
INSERT INTO volumes (id, created_at, deleted_at, deleted, user_id, project_id, host, size, availability_zone, status, attach_status,
 display_name, display_description, volume_type_id, service_uuid, use_quota)
 SELECT CONCAT('70000000-0000-4000-8000-', LPAD(seq, 12, '0')), @born, IF(seq = 14, @gone, NULL), seq = 14, @user, @project,
 CONCAT(@one, '@lvm#lvm'), 20, 'nova', IF(seq = 14, 'deleted', IF(seq = 13, 'available', 'in-use')), IF(seq > 12, 'detached', 'attached'), CONCAT('data', seq), NULL, @type,
 '00000000-0000-4000-8000-00000000ce01', 1 FROM mysql.seq_1_to_14;
INSERT INTO volume_attachment (id, created_at, deleted_at, deleted, volume_id, attached_host, instance_uuid, mountpoint, attach_mode, attach_status)
 SELECT CONCAT('a7000000-0000-4000-8000-', LPAD(seq, 12, '0')), @born, IF(seq > 12, @gone, NULL), seq > 12,
 CONCAT('70000000-0000-4000-8000-', LPAD(seq, 12, '0')), IF(seq <= 10, @one, @two),
 CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')), '/dev/vdb', 'rw', IF(seq > 12, 'detached', 'attached') FROM mysql.seq_1_to_13;
INSERT INTO attachment_specs (id, created_at, deleted, attachment_id, `key`, value) VALUES
 (1, @born, 0, 'a7000000-0000-4000-8000-000000000001', 'ip', ''),
 (2, @born, 0, 'a7000000-0000-4000-8000-000000000001', 'host', @one),
 (3, @born, 0, 'a7000000-0000-4000-8000-000000000001', 'initiator', 'iqn.2004-10.com.ubuntu:01:e9d0');
INSERT INTO snapshots (id, created_at, deleted, volume_id, user_id, project_id, status, volume_size, display_name, volume_type_id, use_quota) VALUES
 ('5a000000-0000-4000-8000-000000000001', @born, 0, '70000000-0000-4000-8000-000000000001', @user, @project, 'available', 20, 's1', @type, 1),
 ('5a000000-0000-4000-8000-000000000002', @born, 1, '70000000-0000-4000-8000-000000000001', @user, @project, 'deleted', 20, 's2', @type, 1);
INSERT INTO backups (id, created_at, deleted, volume_id, user_id, project_id, host, status, size, service) VALUES
 ('ba000000-0000-4000-8000-000000000001', @born, 0, '70000000-0000-4000-8000-000000000001', @user, @project, @one, 'available', 20,
 'cinder.backup.drivers.swift.SwiftBackupDriver');
INSERT INTO driver_initiator_data (id, created_at, initiator, namespace, `key`, value) VALUES
 (1, @born, 'iqn.2004-10.com.ubuntu:01:e9d0', 'lvm', 'portal', '');
INSERT INTO volume_admin_metadata (id, created_at, deleted, volume_id, `key`, value) VALUES
 (1, @born, 0, '70000000-0000-4000-8000-000000000001', 'export_ip', ''),
 (2, @born, 0, '70000000-0000-4000-8000-000000000001', 'readonly', 'False');
INSERT INTO volume_metadata (id, created_at, deleted, volume_id, `key`, value) VALUES
 (1, @born, 0, '70000000-0000-4000-8000-000000000001', 'note', 'mine');
INSERT INTO volume_glance_metadata (id, created_at, deleted, volume_id, `key`, value) VALUES
 (1, @born, 0, '70000000-0000-4000-8000-000000000001', 'licence', '');
INSERT INTO image_volume_cache_entries (id, host, image_id, volume_id, size, last_used) VALUES
 (1, CONCAT(@one, '@lvm#lvm'), '00000000-0000-4000-8000-00000001a6e1', '70000000-0000-4000-8000-000000000012', 20, @born);

-- keystone
USE keystone;
INSERT INTO region (id, description, extra) VALUES ('RegionOne', '', '{}');
INSERT IGNORE INTO project (id, name, extra, description, enabled, domain_id, is_domain) VALUES
 ('<<keystone.domain.root>>', '<<keystone.domain.root>>', '{}', '', 0, '<<keystone.domain.root>>', 1);
INSERT INTO project (id, name, extra, description, enabled, domain_id, is_domain) VALUES
 ('default', 'Default', '{}', '', 1, '<<keystone.domain.root>>', 1);
INSERT INTO project (id, name, extra, description, enabled, domain_id, parent_id, is_domain) VALUES
 (@project, 'admin', '{}', '', 1, 'default', 'default', 0);
INSERT INTO service (id, type, enabled, extra) VALUES
 ('5e0001', 'identity', 1, '{"name": "keystone"}'), ('5e0002', 'compute', 1, '{"name": "nova"}'),
 ('5e0003', 'volumev3', 1, '{"name": "cinderv3"}'), ('5e0004', 'image', 1, '{"name": "glance"}'),
 ('5e0005', 'network', 1, '{"name": "neutron"}'), ('5e0006', 'placement', 1, '{"name": "placement"}'),
 ('5e0007', 'dns', 1, '{"name": "elsewhere"}');
INSERT INTO endpoint (id, interface, service_id, url, extra, enabled, region_id)
 SELECT CONCAT('e', interface, s.id), interface, s.id, '', '{}', 1, 'RegionOne' FROM service s,
 (SELECT 'public' interface UNION SELECT 'internal' UNION SELECT 'admin') i;
INSERT INTO service_provider (id, auth_url, enabled, description, sp_url) VALUES ('sp1', '', 1, '', '');
INSERT INTO identity_provider (id, enabled, description, domain_id) VALUES ('idp1', 1, '', 'default');
INSERT INTO idp_remote_ids (idp_id, remote_id) VALUES ('idp1', 'none');
INSERT INTO whitelisted_config (domain_id, `group`, `option`, value) VALUES ('default', 'ldap', 'url', '""');
INSERT INTO sensitive_config (domain_id, `group`, `option`, value) VALUES ('default', 'ldap', 'password', '"s3cret"');
INSERT INTO policy (id, type, `blob`, extra) VALUES ('p1', 'application/json', '{}', '{}');

-- glance
USE glance;
INSERT INTO images (id, name, size, status, created_at, deleted_at, deleted, disk_format, container_format, owner, min_disk, min_ram, visibility)
 SELECT CONCAT('00000000-0000-4000-8000-00000001a6e', seq), CONCAT('image', seq), 1000, IF(seq = 7, 'deleted', 'active'), @born,
 IF(seq = 7, @gone, NULL), seq = 7, 'qcow2', 'bare', @project, 0, 0, 'public' FROM mysql.seq_1_to_7;
INSERT INTO image_locations (id, image_id, value, created_at, deleted_at, deleted, meta_data, status)
 SELECT seq, CONCAT('00000000-0000-4000-8000-00000001a6e', seq), '', @born, IF(seq = 7, @gone, NULL), seq = 7, '{}',
 IF(seq = 7, 'deleted', 'active') FROM mysql.seq_1_to_7;
INSERT INTO image_properties (id, image_id, name, value, created_at, deleted) VALUES
 (1, '00000000-0000-4000-8000-00000001a6e1', 'kernel_url', '', @born, 0);
INSERT INTO tasks (id, type, status, owner, created_at, deleted, image_id) VALUES
 ('7a000000-0000-4000-8000-000000000001', 'import', 'success', @project, @born, 0, '00000000-0000-4000-8000-00000001a6e1');
INSERT INTO task_info (task_id, input, result, message) VALUES ('7a000000-0000-4000-8000-000000000001', '{}', NULL, '');

-- neutron: net1 the outside, net2 the tenant's, net3 another tenant's that uses
-- the node's own range inside, net4 one that uses the outside's range inside
USE neutron;
INSERT INTO standardattributes (id, resource_type, created_at, updated_at, description, revision_number)
 SELECT seq, 'x', @born, @born, '', 1 FROM mysql.seq_1000_to_1199;
INSERT INTO networks (project_id, id, name, status, admin_state_up, standard_attr_id, mtu)
 SELECT @project, CONCAT('20000000-0000-4000-8000-00000000000', seq), CONCAT('net', seq), 'ACTIVE', 1, 1000 + seq, 1450 FROM mysql.seq_1_to_4;
INSERT INTO externalnetworks (network_id, is_default) VALUES ('20000000-0000-4000-8000-000000000001', 1);
INSERT INTO networksegments (id, network_id, network_type, physical_network, segmentation_id, standard_attr_id)
 SELECT CONCAT('21000000-0000-4000-8000-00000000000', seq), CONCAT('20000000-0000-4000-8000-00000000000', seq),
 IF(seq = 1, 'flat', 'vxlan'), IF(seq = 1, 'physnet1', NULL), IF(seq = 1, NULL, seq), 1010 + seq FROM mysql.seq_1_to_4;
INSERT INTO segmenthostmappings (segment_id, host) SELECT id, @one FROM networksegments WHERE network_type = 'flat';
INSERT INTO subnetpools (project_id, id, name, ip_version, default_prefixlen, min_prefixlen, max_prefixlen, standard_attr_id) VALUES
 (@project, '22000000-0000-4000-8000-000000000001', 'pool', 4, 26, 8, 32, 1015);
INSERT INTO subnets (project_id, id, name, network_id, ip_version, cidr, gateway_ip, enable_dhcp, standard_attr_id)
 SELECT @project, CONCAT('23000000-0000-4000-8000-00000000000', seq), CONCAT('sub', seq),
 CONCAT('20000000-0000-4000-8000-00000000000', seq), 4, CONCAT('192.168.', seq, '.0/24'), CONCAT('192.168.', seq, '.1'), 1, 1020 + seq FROM mysql.seq_1_to_4;
INSERT INTO subnets (project_id, id, name, network_id, ip_version, cidr, gateway_ip, enable_dhcp, standard_attr_id) VALUES
 (@project, '23000000-0000-4000-8000-000000000006', 'sub6', '20000000-0000-4000-8000-000000000001', 6, 'fd00::/64', 'fd00::1', 0, 1026);
INSERT INTO ipallocationpools (id, subnet_id, first_ip, last_ip)
 SELECT CONCAT('24000000-0000-4000-8000-00000000000', seq), CONCAT('23000000-0000-4000-8000-00000000000', seq),
 CONCAT('192.168.', seq, '.10'), CONCAT('192.168.', seq, '.200') FROM mysql.seq_1_to_4;
INSERT INTO ipamsubnets (id, neutron_subnet_id)
 SELECT CONCAT('2d000000-0000-4000-8000-00000000000', seq), CONCAT('23000000-0000-4000-8000-00000000000', seq) FROM mysql.seq_1_to_4;
INSERT INTO ipamallocationpools (id, ipam_subnet_id, first_ip, last_ip)
 SELECT CONCAT('2e000000-0000-4000-8000-00000000000', seq), CONCAT('2d000000-0000-4000-8000-00000000000', seq),
 CONCAT('192.168.', seq, '.10'), CONCAT('192.168.', seq, '.200') FROM mysql.seq_1_to_4;
INSERT INTO ipamallocations (ip_address, status, ipam_subnet_id)
 SELECT CONCAT('192.168.', seq, '.20'), 'ALLOCATED', CONCAT('2d000000-0000-4000-8000-00000000000', seq) FROM mysql.seq_1_to_4;
INSERT INTO dnsnameservers (address, subnet_id, `order`)
 SELECT '9.9.9.9', CONCAT('23000000-0000-4000-8000-00000000000', seq), 0 FROM mysql.seq_1_to_2;
INSERT INTO subnetroutes (destination, nexthop, subnet_id)
 SELECT '172.16.0.0/16', '192.168.9.9', CONCAT('23000000-0000-4000-8000-00000000000', seq) FROM mysql.seq_1_to_2;
INSERT INTO subnetpoolprefixes (cidr, subnetpool_id) VALUES ('172.31.0.0/16', '22000000-0000-4000-8000-000000000001');
INSERT INTO routers (project_id, id, name, status, admin_state_up, enable_snat, standard_attr_id) VALUES
 (@project, '25000000-0000-4000-8000-000000000001', 'r1', 'ACTIVE', 1, 1, 1030);
-- Ports 1-20 of the instances, 21 the router's outside, 22 floating, 23 and 24 in
-- the tenants' networks that look like ours
INSERT INTO ports (project_id, id, name, network_id, mac_address, admin_state_up, status, device_id, device_owner, standard_attr_id)
 SELECT @project, CONCAT('90000000-0000-4000-8000-', LPAD(seq, 12, '0')), '',
 CONCAT('20000000-0000-4000-8000-00000000000', CASE WHEN seq <= 20 THEN 2 WHEN seq <= 22 THEN 1 ELSE seq - 20 END),
 CONCAT('fa:16:3e:00:00:', LPAD(HEX(seq), 2, '0')), 1, 'ACTIVE',
 CASE WHEN seq = 21 THEN '25000000-0000-4000-8000-000000000001' ELSE CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')) END,
 CASE WHEN seq = 21 THEN 'network:router_gateway' WHEN seq = 22 THEN 'network:floatingip' ELSE 'compute:nova' END,
 1040 + seq FROM mysql.seq_1_to_24;
UPDATE routers SET gw_port_id = '90000000-0000-4000-8000-000000000021';
INSERT INTO ipallocations (port_id, ip_address, subnet_id, network_id)
 SELECT p.id, CONCAT('192.168.', RIGHT(p.network_id, 1), '.', 10 + RIGHT(p.id, 2)),
 CONCAT('23000000-0000-4000-8000-00000000000', RIGHT(p.network_id, 1)), p.network_id FROM ports p;
INSERT INTO ml2_port_bindings (port_id, host, vif_type, profile, vif_details)
 SELECT id, IF(RIGHT(id, 2) BETWEEN 11 AND 20, @two, @one), 'ovs', '', '{"port_filter": true}' FROM ports;
INSERT INTO ml2_port_binding_levels (port_id, host, level, driver, segment_id)
 SELECT p.id, b.host, 0, 'openvswitch', CONCAT('21000000-0000-4000-8000-00000000000', RIGHT(p.network_id, 1))
 FROM ports p JOIN ml2_port_bindings b ON b.port_id = p.id;
INSERT INTO ml2_distributed_port_bindings (port_id, host, vif_type, status) VALUES
 ('90000000-0000-4000-8000-000000000021', @one, 'ovs', 'ACTIVE');
INSERT INTO allowedaddresspairs (port_id, mac_address, ip_address) VALUES
 ('90000000-0000-4000-8000-000000000001', 'fa:16:3e:00:00:01', '192.168.2.250');
INSERT INTO extradhcpopts (id, port_id, opt_name, opt_value) VALUES
 ('26000000-0000-4000-8000-000000000001', '90000000-0000-4000-8000-000000000001', 'tftp-server', '');
INSERT INTO portdnses (port_id, current_dns_name, current_dns_domain, previous_dns_name, previous_dns_domain, dns_name) VALUES
 ('90000000-0000-4000-8000-000000000001', '', '', '', '', 'vm1');
INSERT INTO routerroutes (destination, nexthop, router_id) VALUES
 ('172.20.0.0/16', '192.168.2.9', '25000000-0000-4000-8000-000000000001');
INSERT INTO floatingips (project_id, id, floating_ip_address, floating_network_id, floating_port_id, fixed_port_id, fixed_ip_address,
 router_id, status, standard_attr_id) VALUES
 (@project, '27000000-0000-4000-8000-000000000001', '192.168.1.32', '20000000-0000-4000-8000-000000000001',
 '90000000-0000-4000-8000-000000000022', '90000000-0000-4000-8000-000000000001', '192.168.2.11',
 '25000000-0000-4000-8000-000000000001', 'ACTIVE', 1070);
INSERT INTO floatingipdnses (floatingip_id, dns_name, dns_domain, published_dns_name, published_dns_domain) VALUES
 ('27000000-0000-4000-8000-000000000001', '', '', '', '');
INSERT INTO portforwardings (id, floatingip_id, internal_neutron_port_id, protocol, standard_attr_id, internal_ip_address,
 internal_port_start, internal_port_end, external_port_start, external_port_end) VALUES
 ('28000000-0000-4000-8000-000000000001', '27000000-0000-4000-8000-000000000001', '90000000-0000-4000-8000-000000000002',
 'tcp', 1071, '192.168.2.12', 22, 22, 2222, 2222);
INSERT INTO securitygroups (project_id, id, name, standard_attr_id) VALUES
 (@project, '29000000-0000-4000-8000-000000000001', 'default', 1080);
INSERT INTO securitygrouprules (project_id, id, security_group_id, direction, ethertype, protocol, remote_ip_prefix, standard_attr_id) VALUES
 (@project, '2a000000-0000-4000-8000-000000000001', '29000000-0000-4000-8000-000000000001', 'ingress', 'IPv4', 'tcp', NULL, 1081),
 (@project, '2a000000-0000-4000-8000-000000000002', '29000000-0000-4000-8000-000000000001', 'ingress', 'IPv4', 'tcp', NULL, 1082);
INSERT INTO address_groups (project_id, id, name, standard_attr_id) VALUES
 (@project, '2b000000-0000-4000-8000-000000000001', 'office', 1083);
INSERT INTO address_associations (address, address_group_id) VALUES ('172.19.0.0/16', '2b000000-0000-4000-8000-000000000001');
INSERT INTO local_ips (project_id, id, standard_attr_id, name, local_port_id, network_id, local_ip_address, ip_mode) VALUES
 (@project, '2f000000-0000-4000-8000-000000000001', 1084, 'l1', '90000000-0000-4000-8000-000000000003',
 '20000000-0000-4000-8000-000000000002', '192.168.2.77', 'translate');
INSERT INTO ndp_proxies (project_id, id, name, router_id, port_id, ip_address, standard_attr_id) VALUES
 (@project, '2f000000-0000-4000-8000-000000000001', 'n1', '25000000-0000-4000-8000-000000000001',
 '90000000-0000-4000-8000-000000000003', 'fd00::7', 1085);
INSERT INTO agents (id, agent_type, `binary`, topic, host, created_at, started_at, heartbeat_timestamp, configurations) VALUES
 ('2c000000-0000-4000-8000-000000000001', 'Open vSwitch agent', 'neutron-openvswitch-agent', 'N/A', @one, @born, @born, @born, '{}'),
 ('2c000000-0000-4000-8000-000000000002', 'Open vSwitch agent', 'neutron-openvswitch-agent', 'N/A', @two, @born, @born, @born, '{}'),
 ('2c000000-0000-4000-8000-000000000003', 'Metadata agent', 'neutron-metadata-agent', 'N/A', @one, @born, @born, @born, '{}'),
 ('2c000000-0000-4000-8000-000000000004', 'L3 agent', 'neutron-l3-agent', 'l3_agent', @one, @born, @born, @born, '{}');
INSERT INTO ml2_vxlan_endpoints (ip_address, udp_port, host) VALUES ('192.0.2.1', 4789, @one), ('192.0.2.2', 4789, @two);
INSERT INTO ml2_gre_endpoints (ip_address, host) VALUES ('192.0.2.1', @one);
INSERT INTO ml2_geneve_endpoints (ip_address, host) VALUES ('192.0.2.1', @one);
INSERT INTO dvr_host_macs (host, mac_address) VALUES (@one, 'fa:16:3f:00:00:01');

-- placement
USE placement;
INSERT INTO resource_providers (id, created_at, uuid, name, generation, root_provider_id) VALUES
 (1, @born, '00000000-0000-4000-8000-00000000c001', @one, 9, 1),
 (2, @born, '00000000-0000-4000-8000-00000000c002', @two, 9, 2);
INSERT INTO inventories (id, created_at, resource_provider_id, resource_class_id, total, reserved, min_unit, max_unit, step_size, allocation_ratio) VALUES
 (1, @born, 1, 0, 24, 0, 1, 24, 1, 16), (2, @born, 2, 0, 24, 0, 1, 24, 1, 16);
INSERT INTO allocations (created_at, resource_provider_id, consumer_id, resource_class_id, used)
 SELECT @born, IF(seq <= 10, 1, 2), CONCAT('5bd10000-0000-4000-8000-', LPAD(seq, 12, '0')), 0, 1 FROM mysql.seq_1_to_20;
