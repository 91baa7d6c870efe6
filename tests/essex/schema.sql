-- The tables of OpenStack as of 2012: nova, keystone, glance of Essex (2012.1),
-- cinder, quantum of Folsom (2012.2), by those releases' models; what deployments
-- had for a character set then.

CREATE DATABASE nova CHARACTER SET latin1;
USE nova;
CREATE TABLE services (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, `host` varchar(255),
 `binary` varchar(255), topic varchar(255), report_count int NOT NULL, disabled tinyint(1),
 availability_zone varchar(255), PRIMARY KEY (id));
CREATE TABLE compute_nodes (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, service_id int, vcpus int,
 memory_mb int, local_gb int, vcpus_used int, memory_mb_used int, local_gb_used int,
 hypervisor_type text, hypervisor_version int, hypervisor_hostname varchar(255),
 free_ram_mb int, free_disk_gb int, current_workload int, running_vms int, cpu_info text,
 disk_available_least int, PRIMARY KEY (id));
CREATE TABLE certificates (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, user_id varchar(255),
 project_id varchar(255), file_name varchar(255), PRIMARY KEY (id));
CREATE TABLE instances (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, user_id varchar(255),
 project_id varchar(255), image_ref varchar(255), kernel_id varchar(255),
 ramdisk_id varchar(255), server_name varchar(255), launch_index int, key_name varchar(255),
 key_data text, power_state int, vm_state varchar(255), task_state varchar(255),
 memory_mb int, vcpus int, root_gb int, ephemeral_gb int, hostname varchar(255),
 `host` varchar(255), instance_type_id int, user_data text, reservation_id varchar(255),
 scheduled_at datetime, launched_at datetime, terminated_at datetime,
 availability_zone varchar(255), display_name varchar(255),
 display_description varchar(255), launched_on text, locked tinyint(1),
 os_type varchar(255), architecture varchar(255), vm_mode varchar(255), uuid varchar(36),
 root_device_name varchar(255), default_ephemeral_device varchar(255),
 default_swap_device varchar(255), config_drive varchar(255), access_ip_v4 varchar(255),
 access_ip_v6 varchar(255), auto_disk_config tinyint(1), progress int,
 shutdown_terminate tinyint(1) NOT NULL, disable_terminate tinyint(1) NOT NULL,
 cell_name varchar(255), PRIMARY KEY (id));
CREATE TABLE instance_info_caches (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, network_info text,
 instance_id varchar(36) NOT NULL, PRIMARY KEY (id));
CREATE TABLE instance_actions (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 instance_uuid varchar(36), action varchar(255), error text, PRIMARY KEY (id));
CREATE TABLE instance_types (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255), memory_mb int,
 vcpus int, root_gb int, ephemeral_gb int, flavorid varchar(255), swap int NOT NULL,
 rxtx_factor float NOT NULL, vcpu_weight int, PRIMARY KEY (id));
CREATE TABLE volumes (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, user_id varchar(255),
 project_id varchar(255), snapshot_id varchar(255), `host` varchar(255), size int,
 availability_zone varchar(255), instance_id int, mountpoint varchar(255),
 attach_time varchar(255), status varchar(255), attach_status varchar(255),
 scheduled_at datetime, launched_at datetime, terminated_at datetime,
 display_name varchar(255), display_description varchar(255),
 provider_location varchar(255), provider_auth varchar(255), volume_type_id int,
 PRIMARY KEY (id));
CREATE TABLE volume_metadata (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, `key` varchar(255), value varchar(255),
 volume_id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE volume_types (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255), PRIMARY KEY (id));
CREATE TABLE volume_type_extra_specs (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 `key` varchar(255), value varchar(255), volume_type_id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE quotas (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, project_id varchar(255),
 resource varchar(255), hard_limit int, PRIMARY KEY (id));
CREATE TABLE snapshots (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, user_id varchar(255),
 project_id varchar(255), volume_id int, status varchar(255), progress varchar(255),
 volume_size int, display_name varchar(255), display_description varchar(255),
 PRIMARY KEY (id));
CREATE TABLE block_device_mapping (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 instance_id int NOT NULL, device_name varchar(255) NOT NULL,
 delete_on_termination tinyint(1), virtual_name varchar(255), snapshot_id int,
 volume_id int, volume_size int, no_device tinyint(1), connection_info text,
 PRIMARY KEY (id));
CREATE TABLE iscsi_targets (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, target_num int, `host` varchar(255),
 volume_id int, PRIMARY KEY (id));
CREATE TABLE security_group_instance_association (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 security_group_id int, instance_id int, PRIMARY KEY (id));
CREATE TABLE security_groups (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255),
 description varchar(255), user_id varchar(255), project_id varchar(255), PRIMARY KEY (id));
CREATE TABLE security_group_rules (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 parent_group_id int, protocol varchar(5), from_port int, to_port int, cidr varchar(255),
 group_id int, PRIMARY KEY (id));
CREATE TABLE provider_fw_rules (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 protocol varchar(5), from_port int, to_port int, cidr varchar(255), PRIMARY KEY (id));
CREATE TABLE key_pairs (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255),
 user_id varchar(255), fingerprint varchar(255), public_key text, PRIMARY KEY (id));
CREATE TABLE migrations (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, source_compute varchar(255),
 dest_compute varchar(255), dest_host varchar(255), old_instance_type_id int,
 new_instance_type_id int, instance_uuid varchar(255), status varchar(255),
 PRIMARY KEY (id));
CREATE TABLE networks (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, label varchar(255),
 injected tinyint(1), cidr varchar(255), cidr_v6 varchar(255), multi_host tinyint(1),
 gateway_v6 varchar(255), netmask_v6 varchar(255), netmask varchar(255),
 bridge varchar(255), bridge_interface varchar(255), gateway varchar(255),
 broadcast varchar(255), dns1 varchar(255), dns2 varchar(255), vlan int,
 vpn_public_address varchar(255), vpn_public_port int, vpn_private_address varchar(255),
 dhcp_start varchar(255), rxtx_base int, project_id varchar(255), priority int,
 `host` varchar(255), uuid varchar(36), PRIMARY KEY (id));
CREATE TABLE virtual_interfaces (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 address varchar(255), network_id int NOT NULL, instance_id int NOT NULL, uuid varchar(36),
 PRIMARY KEY (id));
CREATE TABLE fixed_ips (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, address varchar(255), network_id int,
 virtual_interface_id int, instance_id int, allocated tinyint(1), leased tinyint(1),
 reserved tinyint(1), `host` varchar(255), PRIMARY KEY (id));
CREATE TABLE floating_ips (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, address varchar(255), fixed_ip_id int,
 project_id varchar(255), `host` varchar(255), auto_assigned tinyint(1) NOT NULL,
 pool varchar(255), interface varchar(255), PRIMARY KEY (id));
CREATE TABLE auth_tokens (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), token_hash varchar(255) NOT NULL, user_id varchar(255),
 server_management_url varchar(255), storage_url varchar(255),
 cdn_management_url varchar(255), PRIMARY KEY (token_hash));
CREATE TABLE users (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id varchar(255) NOT NULL, name varchar(255), access_key varchar(255),
 secret_key varchar(255), is_admin tinyint(1), PRIMARY KEY (id));
CREATE TABLE projects (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id varchar(255) NOT NULL, name varchar(255), description varchar(255),
 project_manager varchar(255), PRIMARY KEY (id));
CREATE TABLE dns_domains (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), domain varchar(512) NOT NULL, scope varchar(255),
 availability_zone varchar(255), project_id varchar(255), PRIMARY KEY (domain));
CREATE TABLE user_project_role_association (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), user_id varchar(255) NOT NULL,
 project_id varchar(255) NOT NULL, role varchar(255) NOT NULL,
 PRIMARY KEY (user_id, project_id, role));
CREATE TABLE user_role_association (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), user_id varchar(255) NOT NULL,
 role varchar(255) NOT NULL, PRIMARY KEY (user_id, role));
CREATE TABLE user_project_association (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), user_id varchar(255) NOT NULL,
 project_id varchar(255) NOT NULL, PRIMARY KEY (user_id, project_id));
CREATE TABLE console_pools (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, address varchar(255),
 username varchar(255), password varchar(255), console_type varchar(255),
 public_hostname varchar(255), `host` varchar(255), compute_host varchar(255),
 PRIMARY KEY (id));
CREATE TABLE consoles (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, instance_name varchar(255),
 instance_id int, password varchar(255), port int, pool_id int, PRIMARY KEY (id));
CREATE TABLE instance_metadata (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 `key` varchar(255), value varchar(255), instance_id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE instance_type_extra_specs (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 `key` varchar(255), value varchar(255), instance_type_id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE cells (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255),
 api_url varchar(255), username varchar(255), password varchar(255), weight_offset float,
 weight_scale float, is_parent tinyint(1), rpc_host varchar(255), rpc_port int,
 rpc_virtual_host varchar(255), PRIMARY KEY (id));
CREATE TABLE aggregate_hosts (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, `host` varchar(255),
 aggregate_id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE aggregate_metadata (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 `key` varchar(255) NOT NULL, value varchar(255) NOT NULL, aggregate_id int NOT NULL,
 PRIMARY KEY (id));
CREATE TABLE aggregates (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255),
 operational_state varchar(255) NOT NULL, availability_zone varchar(255) NOT NULL,
 PRIMARY KEY (id));
CREATE TABLE agent_builds (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, hypervisor varchar(255),
 os varchar(255), architecture varchar(255), version varchar(255), url varchar(255),
 md5hash varchar(255), PRIMARY KEY (id));
CREATE TABLE bw_usage_cache (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, mac varchar(255) NOT NULL,
 start_period datetime NOT NULL, last_refreshed datetime, bw_in bigint, bw_out bigint,
 PRIMARY KEY (id));
CREATE TABLE s3_images (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, uuid varchar(36) NOT NULL,
 PRIMARY KEY (id));
CREATE TABLE sm_flavors (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, label varchar(255),
 description varchar(255), PRIMARY KEY (id));
CREATE TABLE sm_backend_config (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 flavor_id int NOT NULL, sr_uuid varchar(255), sr_type varchar(255),
 config_params varchar(2047), PRIMARY KEY (id));
CREATE TABLE sm_volume (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, backend_id int NOT NULL,
 vdi_uuid varchar(255), PRIMARY KEY (id));
CREATE TABLE instance_faults (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, instance_uuid varchar(36) NOT NULL,
 code int NOT NULL, message varchar(255), details text, PRIMARY KEY (id));

CREATE DATABASE glance CHARACTER SET latin1;
USE glance;
CREATE TABLE images (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id varchar(36) NOT NULL, name varchar(255), disk_format varchar(20),
 container_format varchar(20), size bigint, status varchar(30) NOT NULL,
 is_public tinyint(1) NOT NULL, location text, checksum varchar(32), min_disk int NOT NULL,
 min_ram int NOT NULL, owner varchar(255), protected tinyint(1) NOT NULL, PRIMARY KEY (id));
CREATE TABLE image_properties (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 image_id varchar(36) NOT NULL, name varchar(255) NOT NULL, value text, PRIMARY KEY (id));
CREATE TABLE image_members (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, image_id varchar(36) NOT NULL,
 member varchar(255) NOT NULL, can_share tinyint(1) NOT NULL, PRIMARY KEY (id));

CREATE DATABASE cinder CHARACTER SET latin1;
USE cinder;
CREATE TABLE services (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, `host` varchar(255),
 `binary` varchar(255), topic varchar(255), report_count int NOT NULL, disabled tinyint(1),
 availability_zone varchar(255), PRIMARY KEY (id));
CREATE TABLE cinder_nodes (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, service_id int, PRIMARY KEY (id));
CREATE TABLE volumes (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id varchar(36) NOT NULL, ec2_id int, user_id varchar(255),
 project_id varchar(255), snapshot_id varchar(36), `host` varchar(255), size int,
 availability_zone varchar(255), instance_uuid varchar(36), mountpoint varchar(255),
 attach_time varchar(255), status varchar(255), attach_status varchar(255),
 scheduled_at datetime, launched_at datetime, terminated_at datetime,
 display_name varchar(255), display_description varchar(255),
 provider_location varchar(255), provider_auth varchar(255), volume_type_id int,
 PRIMARY KEY (id));
CREATE TABLE volume_metadata (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, `key` varchar(255), value varchar(255),
 volume_id varchar(36) NOT NULL, PRIMARY KEY (id));
CREATE TABLE volume_types (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, name varchar(255), PRIMARY KEY (id));
CREATE TABLE volume_type_extra_specs (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 `key` varchar(255), value varchar(255), volume_type_id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE quotas (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, project_id varchar(255),
 resource varchar(255), hard_limit int, PRIMARY KEY (id));
CREATE TABLE quota_classes (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, class_name varchar(255),
 resource varchar(255), hard_limit int, PRIMARY KEY (id));
CREATE TABLE quota_usages (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, project_id varchar(255),
 resource varchar(255), in_use int, reserved int, until_refresh int, PRIMARY KEY (id));
CREATE TABLE reservations (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, uuid varchar(36) NOT NULL,
 usage_id int NOT NULL, project_id varchar(255), resource varchar(255), delta int,
 expire datetime NOT NULL, PRIMARY KEY (id));
CREATE TABLE snapshots (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id varchar(36) NOT NULL, user_id varchar(255), project_id varchar(255),
 volume_id varchar(36), status varchar(255), progress varchar(255), volume_size int,
 display_name varchar(255), display_description varchar(255), PRIMARY KEY (id));
CREATE TABLE iscsi_targets (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, target_num int, `host` varchar(255),
 volume_id varchar(36), PRIMARY KEY (id));
CREATE TABLE migrations (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, source_compute varchar(255),
 dest_compute varchar(255), dest_host varchar(255), old_instance_type_id int,
 new_instance_type_id int, instance_uuid varchar(255), status varchar(255),
 PRIMARY KEY (id));
CREATE TABLE sm_flavors (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id int NOT NULL AUTO_INCREMENT, label varchar(255),
 description varchar(255), PRIMARY KEY (id));
CREATE TABLE sm_backend_config (created_at datetime, updated_at datetime,
 deleted_at datetime, deleted tinyint(1), id int NOT NULL AUTO_INCREMENT,
 flavor_id int NOT NULL, sr_uuid varchar(255), sr_type varchar(255),
 config_params varchar(2047), PRIMARY KEY (id));
CREATE TABLE sm_volume (created_at datetime, updated_at datetime, deleted_at datetime,
 deleted tinyint(1), id varchar(36) NOT NULL, backend_id int NOT NULL,
 vdi_uuid varchar(255), PRIMARY KEY (id));

CREATE DATABASE quantum CHARACTER SET latin1;
USE quantum;
CREATE TABLE ipavailabilityranges (allocation_pool_id varchar(36) NOT NULL,
 first_ip varchar(64) NOT NULL, last_ip varchar(64) NOT NULL,
 PRIMARY KEY (allocation_pool_id, first_ip, last_ip));
CREATE TABLE ipallocationpools (id varchar(36) NOT NULL, subnet_id varchar(36),
 first_ip varchar(64) NOT NULL, last_ip varchar(64) NOT NULL, PRIMARY KEY (id));
CREATE TABLE ipallocations (port_id varchar(36), ip_address varchar(64) NOT NULL,
 subnet_id varchar(36) NOT NULL, network_id varchar(36) NOT NULL, expiration datetime,
 PRIMARY KEY (ip_address, subnet_id, network_id));
CREATE TABLE ports (tenant_id varchar(255), id varchar(36) NOT NULL, name varchar(255),
 network_id varchar(36) NOT NULL, mac_address varchar(32) NOT NULL,
 admin_state_up tinyint(1) NOT NULL, status varchar(16) NOT NULL,
 device_id varchar(255) NOT NULL, device_owner varchar(255) NOT NULL, PRIMARY KEY (id));
CREATE TABLE dnsnameservers (address varchar(128) NOT NULL, subnet_id varchar(36) NOT NULL,
 PRIMARY KEY (address, subnet_id));
CREATE TABLE routes (destination varchar(64) NOT NULL, nexthop varchar(64) NOT NULL,
 subnet_id varchar(36) NOT NULL, PRIMARY KEY (destination, nexthop, subnet_id));
CREATE TABLE subnets (tenant_id varchar(255), id varchar(36) NOT NULL, name varchar(255),
 network_id varchar(36), ip_version int NOT NULL, cidr varchar(64) NOT NULL,
 gateway_ip varchar(64), enable_dhcp tinyint(1), shared tinyint(1), PRIMARY KEY (id));
CREATE TABLE networks (tenant_id varchar(255), id varchar(36) NOT NULL, name varchar(255),
 status varchar(16), admin_state_up tinyint(1), shared tinyint(1), PRIMARY KEY (id));
CREATE TABLE routers (tenant_id varchar(255), id varchar(36) NOT NULL, name varchar(255),
 status varchar(16), admin_state_up tinyint(1), gw_port_id varchar(36), PRIMARY KEY (id));
CREATE TABLE externalnetworks (network_id varchar(36) NOT NULL, PRIMARY KEY (network_id));
CREATE TABLE floatingips (tenant_id varchar(255), id varchar(36) NOT NULL,
 floating_ip_address varchar(64) NOT NULL, floating_network_id varchar(36) NOT NULL,
 floating_port_id varchar(36) NOT NULL, fixed_port_id varchar(36),
 fixed_ip_address varchar(64), router_id varchar(36), PRIMARY KEY (id));
CREATE TABLE ovs_vlan_allocations (physical_network varchar(64) NOT NULL,
 vlan_id int NOT NULL, allocated tinyint(1) NOT NULL,
 PRIMARY KEY (physical_network, vlan_id));
CREATE TABLE ovs_tunnel_allocations (tunnel_id int NOT NULL AUTO_INCREMENT,
 allocated tinyint(1) NOT NULL, PRIMARY KEY (tunnel_id));
CREATE TABLE ovs_network_bindings (network_id varchar(36) NOT NULL,
 network_type varchar(32) NOT NULL, physical_network varchar(64), segmentation_id int,
 PRIMARY KEY (network_id));
CREATE TABLE ovs_tunnel_ips (ip_address varchar(255) NOT NULL, PRIMARY KEY (ip_address));
CREATE TABLE ovs_tunnel_endpoints (ip_address varchar(64) NOT NULL, id int NOT NULL,
 PRIMARY KEY (ip_address));

CREATE DATABASE keystone CHARACTER SET latin1;
USE keystone;
CREATE TABLE service (id varchar(64) NOT NULL, type varchar(255), extra text, PRIMARY KEY (id));
CREATE TABLE endpoint (id varchar(64) NOT NULL, region varchar(255),
 service_id varchar(64) NOT NULL, extra text, PRIMARY KEY (id),
 FOREIGN KEY (service_id) REFERENCES service (id));
CREATE TABLE ec2_credential (access varchar(64) NOT NULL, secret varchar(64), user_id varchar(64),
 tenant_id varchar(64), PRIMARY KEY (access));
CREATE TABLE `user` (id varchar(64) NOT NULL, name varchar(64) NOT NULL, extra text,
 PRIMARY KEY (id), UNIQUE KEY name (name));
CREATE TABLE tenant (id varchar(64) NOT NULL, name varchar(64) NOT NULL, extra text,
 PRIMARY KEY (id), UNIQUE KEY name (name));
CREATE TABLE role (id varchar(64) NOT NULL, name varchar(64) NOT NULL,
 PRIMARY KEY (id), UNIQUE KEY name (name));
CREATE TABLE metadata (user_id varchar(64) NOT NULL, tenant_id varchar(64) NOT NULL, data text,
 PRIMARY KEY (user_id, tenant_id));
CREATE TABLE user_tenant_membership (user_id varchar(64) NOT NULL, tenant_id varchar(64) NOT NULL,
 PRIMARY KEY (user_id, tenant_id));
CREATE TABLE token (id varchar(64) NOT NULL, expires datetime, extra text, PRIMARY KEY (id));
