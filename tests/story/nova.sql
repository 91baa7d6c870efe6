-- nova's tables of the story's era (Essex, 2012), as far as they tie instances
-- to a place.  Our own writing of their shape: names and types of the columns
-- are what a node of that time has.
CREATE DATABASE nova DEFAULT CHARACTER SET utf8;
USE nova;

CREATE TABLE services (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  host VARCHAR(255), `binary` VARCHAR(255), topic VARCHAR(255),
  report_count INT NOT NULL, disabled TINYINT(1), availability_zone VARCHAR(255)
) ENGINE=InnoDB;

CREATE TABLE compute_nodes (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  service_id INT NOT NULL,
  vcpus INT NOT NULL, memory_mb INT NOT NULL, local_gb INT NOT NULL,
  vcpus_used INT NOT NULL, memory_mb_used INT NOT NULL, local_gb_used INT NOT NULL,
  hypervisor_type MEDIUMTEXT NOT NULL, hypervisor_version INT NOT NULL,
  cpu_info MEDIUMTEXT NOT NULL, disk_available_least INT,
  free_ram_mb INT, free_disk_gb INT, current_workload INT, running_vms INT,
  hypervisor_hostname VARCHAR(255),
  FOREIGN KEY (service_id) REFERENCES services (id)
) ENGINE=InnoDB;

CREATE TABLE instances (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  internal_id INT, user_id VARCHAR(255), project_id VARCHAR(255),
  image_ref VARCHAR(255), kernel_id VARCHAR(255), ramdisk_id VARCHAR(255),
  server_name VARCHAR(255), launch_index INT, key_name VARCHAR(255),
  key_data MEDIUMTEXT, power_state INT, vm_state VARCHAR(255),
  memory_mb INT, vcpus INT, hostname VARCHAR(255), host VARCHAR(255),
  user_data MEDIUMTEXT, reservation_id VARCHAR(255), scheduled_at DATETIME,
  launched_at DATETIME, terminated_at DATETIME, display_name VARCHAR(255),
  display_description VARCHAR(255), availability_zone VARCHAR(255),
  locked TINYINT(1), os_type VARCHAR(255), launched_on MEDIUMTEXT,
  instance_type_id INT, vm_mode VARCHAR(255), uuid VARCHAR(36),
  architecture VARCHAR(255), root_device_name VARCHAR(255),
  access_ip_v4 VARCHAR(255), access_ip_v6 VARCHAR(255),
  config_drive VARCHAR(255), task_state VARCHAR(255),
  default_ephemeral_device VARCHAR(255), default_swap_device VARCHAR(255),
  progress INT, auto_disk_config TINYINT(1), shutdown_terminate TINYINT(1),
  disable_terminate TINYINT(1), root_gb INT, ephemeral_gb INT,
  UNIQUE KEY uuid (uuid), KEY project_id (project_id)
) ENGINE=InnoDB;

CREATE TABLE instance_info_caches (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  network_info MEDIUMTEXT, instance_id VARCHAR(36) NOT NULL,
  FOREIGN KEY (instance_id) REFERENCES instances (uuid)
) ENGINE=InnoDB;

CREATE TABLE instance_metadata (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  instance_id INT NOT NULL, `key` VARCHAR(255), `value` VARCHAR(255),
  FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;

CREATE TABLE volumes (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  ec2_id VARCHAR(255), user_id VARCHAR(255), project_id VARCHAR(255),
  host VARCHAR(255), size INT, availability_zone VARCHAR(255),
  instance_id INT, mountpoint VARCHAR(255), attach_time VARCHAR(255),
  status VARCHAR(255), attach_status VARCHAR(255), scheduled_at DATETIME,
  launched_at DATETIME, terminated_at DATETIME, display_name VARCHAR(255),
  display_description VARCHAR(255), provider_location VARCHAR(256),
  provider_auth VARCHAR(256), snapshot_id VARCHAR(36), volume_type_id INT,
  FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;

CREATE TABLE iscsi_targets (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  target_num INT, host VARCHAR(255), volume_id VARCHAR(36),
  FOREIGN KEY (volume_id) REFERENCES volumes (id)
) ENGINE=InnoDB;

CREATE TABLE block_device_mapping (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  instance_id INT NOT NULL, device_name VARCHAR(255) NOT NULL,
  delete_on_termination TINYINT(1), virtual_name VARCHAR(255),
  snapshot_id VARCHAR(36), volume_id VARCHAR(36), volume_size INT,
  no_device TINYINT(1), connection_info MEDIUMTEXT,
  FOREIGN KEY (instance_id) REFERENCES instances (id),
  FOREIGN KEY (volume_id) REFERENCES volumes (id)
) ENGINE=InnoDB;

CREATE TABLE networks (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  injected TINYINT(1), cidr VARCHAR(255), netmask VARCHAR(255),
  bridge VARCHAR(255), gateway VARCHAR(255), broadcast VARCHAR(255),
  dns1 VARCHAR(255), vlan INT, vpn_public_address VARCHAR(255),
  vpn_public_port INT, vpn_private_address VARCHAR(255),
  dhcp_start VARCHAR(255), project_id VARCHAR(255), host VARCHAR(255),
  cidr_v6 VARCHAR(255), gateway_v6 VARCHAR(255), label VARCHAR(255),
  netmask_v6 VARCHAR(255), bridge_interface VARCHAR(255),
  multi_host TINYINT(1), dns2 VARCHAR(255), uuid VARCHAR(36), priority INT,
  rxtx_base INT
) ENGINE=InnoDB;

CREATE TABLE virtual_interfaces (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  address VARCHAR(255), network_id INT, instance_id INT NOT NULL,
  uuid VARCHAR(36),
  UNIQUE KEY address (address),
  FOREIGN KEY (network_id) REFERENCES networks (id),
  FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;

CREATE TABLE fixed_ips (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  address VARCHAR(255), network_id INT, instance_id INT, allocated TINYINT(1),
  leased TINYINT(1), reserved TINYINT(1), virtual_interface_id INT,
  host VARCHAR(255),
  KEY address (address),
  FOREIGN KEY (network_id) REFERENCES networks (id),
  FOREIGN KEY (instance_id) REFERENCES instances (id),
  FOREIGN KEY (virtual_interface_id) REFERENCES virtual_interfaces (id)
) ENGINE=InnoDB;

CREATE TABLE floating_ips (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  address VARCHAR(255), fixed_ip_id INT, project_id VARCHAR(255),
  host VARCHAR(255), auto_assigned TINYINT(1), pool VARCHAR(255),
  interface VARCHAR(255),
  FOREIGN KEY (fixed_ip_id) REFERENCES fixed_ips (id)
) ENGINE=InnoDB;

CREATE TABLE security_groups (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(255), description VARCHAR(255), user_id VARCHAR(255),
  project_id VARCHAR(255)
) ENGINE=InnoDB;

CREATE TABLE security_group_rules (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_group_id INT, protocol VARCHAR(255), from_port INT, to_port INT,
  cidr VARCHAR(255), group_id INT,
  FOREIGN KEY (parent_group_id) REFERENCES security_groups (id),
  FOREIGN KEY (group_id) REFERENCES security_groups (id)
) ENGINE=InnoDB;

CREATE TABLE security_group_instance_association (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, deleted TINYINT(1),
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  security_group_id INT, instance_id INT,
  FOREIGN KEY (security_group_id) REFERENCES security_groups (id),
  FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;
